from base64 import b64decode, b64encode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .certificate_common import HTML, PDF, SVG, CertificateCase, image

CERTIFICATION = "qualiopi.certification"


@tagged("post_install", "-at_install")
class TestCertificateWebsite(CertificateCase):
    """What the company chooses to show, and what is offered to visitors."""

    # The logo

    def test_logo_is_kept_as_it_is(self):
        # bigger than what Odoo keeps of other images
        big = image(size=(2600, 1400))
        self.company.with_user(self.manager).qualiopi_logo = b64encode(big)
        self.forget()
        self.assertEqual(b64decode(self.company.qualiopi_logo), big)
        company = self.new_company("Nouvelle", qualiopi_logo=b64encode(big))
        self.forget()
        self.assertEqual(b64decode(company.qualiopi_logo), big)
        self.assertNotIn("image_no_postprocess", company.env.context)

    def test_logo_of_another_kind_is_refused(self):
        for content in (SVG, HTML, PDF, b"nothing", image("GIF")):
            refused = self.assertRefused("must be a PNG or a JPEG")
            with self.subTest(content=content[:10]), refused:
                self.company.qualiopi_logo = b64encode(content)

    def test_logo_is_the_quality_managers(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.contributor).qualiopi_logo = False
        with self.assertRaises(AccessError):
            self.company.with_user(self.other_manager).qualiopi_logo = False
        with self.assertRaises(AccessError):
            self.company.with_user(self.portal).qualiopi_logo  # noqa: B018

    # The copy

    def test_copy_is_a_file_of_the_certificate(self):
        cycle = self.certified()
        foreign = self.env["ir.attachment"].create({"name": "x.pdf", "raw": PDF})
        with self.assertRefused("is no file of this certificate"):
            cycle.website_copy_id = foreign

    def test_copy_of_another_kind_is_refused(self):
        cycle = self.certified()
        for content in (SVG, HTML, b"text", image("GIF")):
            file = self.file(cycle, content)
            cycle.attachment_ids = [Command.link(file.id)]
            refused = self.assertRefused("is not a PDF, a PNG or a JPEG")
            with self.subTest(content=content[:10]), refused:
                cycle.website_copy_id = file

    def test_copy_taken_off_the_certificate_is_no_longer_shown(self):
        cycle = self.shown()
        cycle.attachment_ids = self.file(cycle)
        self.assertFalse(cycle.website_copy_id)
        self.assertEqual(self.get(f"/qualiopi/certificat/{cycle.id}").status_code, 404)

    def test_nothing_is_chosen_by_itself(self):
        cycle = self.certified()
        cycle.attachment_ids = self.file(cycle)
        self.assertFalse(cycle.website_copy_id)
        self.assertEqual(self.get(f"/qualiopi/certificat/{cycle.id}").status_code, 404)

    def test_only_the_manager_chooses(self):
        cycle = self.shown()
        for user in (self.contributor, self.internal_auditor, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                cycle.with_user(user).website_copy_id = False
        cycle.with_user(self.manager).website_copy_id = False
        self.assertFalse(cycle.website_copy_id)

    # The menu and the sitemap

    def menu(self, user="base.public_user"):
        return (
            self.env["website.menu"]
            .with_user(self.env.ref(user))
            .with_context(website_id=self.website.id)
            .search([("url", "=", "/qualiopi"), ("website_id", "=", self.website.id)])
        )

    def offered(self):
        self.forget()
        [menu] = self.menu()
        said = [
            menu.is_visible,
            'href="/qualiopi"' in self.get("/event").text,
        ]
        self.env["ir.attachment"].search([("url", "=like", "/sitemap%")]).unlink()
        said.append("/qualiopi<" in self.get("/sitemap.xml").text)
        return said

    def test_offered_only_while_something_is_claimed(self):
        self.assertEqual(self.offered(), [False] * 3)
        cycle = self.shown()
        self.assertEqual(self.offered(), [True] * 3)
        self.decide(cycle, "suspended", "2026-11-20")
        self.assertEqual(self.offered(), [False] * 3)

    def test_other_menus_are_left_alone(self):
        menus = self.env["website.menu"].search(
            [("website_id", "=", self.website.id), ("url", "!=", "/qualiopi")]
        )
        self.assertTrue(all(menus.mapped("is_visible")))

    def test_new_website_has_the_menu(self):
        website = self.env["website"].create({"name": "Second"})
        self.assertTrue(
            self.env["website.menu"].search(
                [("url", "=", "/qualiopi"), ("website_id", "=", website.id)]
            )
        )

    # The display recorded

    def record(self, cycle, user=None):
        return cycle.with_user(user or self.manager).action_record_website_display()

    def test_display_is_recorded_once_a_day(self):
        cycle = self.shown()
        told = self.record(cycle)
        self.assertIn("/qualiopi", told["params"]["message"])
        self.record(cycle)
        [display] = cycle.display_ids
        self.assertEqual(display.where, "website")
        self.assertEqual(display.url, self.website.get_base_url() + "/qualiopi")
        self.assertEqual(str(display.seen_on), "2026-11-23")
        with self.on("2026-12-01"):
            self.record(cycle)
        self.assertEqual(len(cycle.display_ids), 2)

    def test_each_website_of_the_company_is_recorded(self):
        cycle = self.shown()
        self.env["website"].create(
            {
                "name": "Second",
                "company_id": self.company.id,
                "domain": "https://second.example.fr",
            }
        )
        self.record(cycle)
        urls = cycle.display_ids.mapped("url")
        self.assertEqual(len(urls), 2)
        self.assertIn("https://second.example.fr/qualiopi", urls)

    def test_display_is_not_recorded_when_there_is_none(self):
        cycle = self.shown()
        cycle.website_copy_id = False
        with self.assertRefused("choose the file", UserError):
            self.record(cycle)
        cycle.website_copy_id = cycle.attachment_ids
        self.website.company_id = self.other_company
        with self.assertRefused("No website belongs to", UserError):
            self.record(cycle)
        self.website.company_id = self.company
        self.decide(cycle, "suspended", "2026-11-20")
        with self.assertRefused("valid today", UserError):
            self.record(cycle)
        self.assertFalse(cycle.display_ids)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_only_the_manager_records(self):
        cycle = self.shown()
        for user in (
            self.contributor,
            self.internal_auditor,
            self.plain,
            self.portal,
            self.other_manager,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.record(cycle, user)

    def test_page_opens_from_the_form(self):
        cycle = self.shown()
        for user in (self.manager, self.internal_auditor, self.contributor):
            action = cycle.with_user(user).action_open_website_page()
            self.assertEqual(action["params"]["path"], "/qualiopi")
            self.assertEqual(action["params"]["website_id"], self.website.id)
        self.website.company_id = self.other_company
        with self.assertRefused("No website belongs to", UserError):
            cycle.action_open_website_page()

    def test_forms_show_what_is_chosen(self):
        for model, names in (
            (CERTIFICATION, {"website_copy_id", "on_website"}),
            ("res.company", {"qualiopi_logo"}),
        ):
            view = (
                self.env.ref("qualiopi_compliance.res_company_view_form_qualiopi").id
                if model == "res.company"
                else False
            )
            fields = self.env[model].with_user(self.manager).get_view(view, "form")
            self.assertLessEqual(names, set(fields["models"][model]))
