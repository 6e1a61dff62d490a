from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .defect_common import DefectCase

INPUT = (
    "odoo.addons.qualiopi_compliance_portal.models.defects.qualiopi_program_page_input"
)
CLAIM = {"methods": "Réussite garantie"}


@tagged("post_install", "-at_install")
class TestPageDefect(DefectCase):
    """A page is read as visitors see it, when it is validated and published."""

    def test_a_complete_page_lacks_nothing(self):
        for program in (self.program, self.new_certifying(name="Web")):
            self.validated(program)
            self.assertEqual(self.defects(program), set())
            self.assertEqual(program.page_read_on, date(2026, 11, 23))
            page = program.sudo()._linted_page(due=False)
            self.assertEqual(page.lang, "fr_FR")
            for text in (page.page_text, page.sheet_text):
                self.assertIn("Construire un tableau croisé", text)
                self.assertIn("Salle accessible", text)

    def test_each_category_can_be_complete(self):
        for code in ("AFC", "BC", "VAE", "CFA"):
            with self.subTest(category=code):
                values = {"vae_demands": "Un livret", "vae_feasibility": "Un entretien"}
                if code != "VAE":
                    values = {}
                maker = self.new_certifying if code in ("VAE", "CFA") else None
                program = (maker or self.new_program)(code, name=code, **values)
                self.validated(program)
                self.assertEqual(self.defects(program), set())

    def test_said_at_validation_and_not_refused(self):
        program = self.new_program(name="Bureautique", **CLAIM)
        self.validated(program)
        self.assertEqual(program.state, "validated")
        self.assertEqual(self.defects(program), {("claims_success", "methods")})
        defect = program.page_defect_ids
        self.assertEqual(defect.passage, "Réussite garantie")
        self.assertEqual(defect.indicator_id.number, 1)
        self.assertEqual(defect.version_number, 1)
        self.assertEqual(defect.found_on, date(2026, 11, 23))
        self.assertEqual(defect.company_id, self.company)
        self.assertTrue(defect.blocking and defect.gap)
        self.assertIn("award rate", defect.remedy)
        notes = self.notes(program)
        self.assertIn("Réussite garantie", notes)
        self.assertIn("would still lack", notes)

    def test_a_blocking_defect_keeps_the_page_off_the_website(self):
        program = self.validated(self.new_program(**CLAIM))
        with self.assertRaises(UserError) as refused:
            program.with_user(self.manager).is_published = True
        self.assertIn("Réussite garantie", str(refused.exception))
        self.assertFalse(program.is_published)
        self.company.qualiopi_page_policy = "warn"
        program.with_user(self.manager).is_published = True
        self.assertTrue(program.is_published)
        self.assertTrue(program.page_defect_ids.published)
        self.assertIn("although", self.notes(program))

    def test_a_new_version_of_a_published_page_is_kept_off_too(self):
        self.validated(self.program)
        program = self.program.with_user(self.manager)
        program.is_published = True
        program.action_revise()
        program.methods = "Réussite garantie"
        with self.assertRaises(UserError) as refused:
            program.action_validate()
        self.assertIn("Réussite garantie", str(refused.exception))
        self.assertEqual(program.current_version_id.number, 1)
        self.assertEqual(program.state, "draft")
        self.company.qualiopi_page_policy = "warn"
        program.action_validate()
        self.assertEqual(program.current_version_id.number, 2)
        # what it said already does not keep other corrections back
        self.company.qualiopi_page_policy = "block"
        program.action_revise()
        program.assessment = "Mise en situation"
        program.action_validate()
        self.assertEqual(program.current_version_id.number, 3)

    def test_lesser_defects_are_only_said(self):
        program = self.new_program(price=0, price_note="Nous consulter")
        self.validated(program)
        program.with_user(self.manager).is_published = True
        self.assertEqual(self.defects(program), {("price_without_basis", "price")})
        self.assertIn("although", self.notes(program))

    def test_a_clean_page_is_published_without_a_word(self):
        self.validated(self.program)
        before = len(self.program.message_ids)
        self.program.with_user(self.manager).is_published = True
        self.assertEqual(len(self.program.message_ids), before)

    def test_writing_on_a_published_page_does_not_read_it_again(self):
        self.validated(self.program)
        self.program.is_published = True
        self.program.page_read_on = "2026-11-20"
        self.program.with_user(self.manager).write(
            {"is_published": True, "website_meta_title": "Tableur"}
        )
        self.assertEqual(self.program.page_read_on, date(2026, 11, 20))

    def test_what_is_gone_disappears_and_what_stays_keeps_its_day(self):
        program = self.new_program(**CLAIM, assessment="Emploi garanti")
        self.validated(program)
        [stays] = program.page_defect_ids.filtered(
            lambda row: row.code == "claims_success"
        )
        with self.on("2026-12-01"):
            program.with_user(self.manager).action_revise()
            program.with_user(self.manager).assessment = "Cas pratique"
            self.validated(program)
        self.assertEqual(program.page_defect_ids, stays)
        self.assertEqual(stays.found_on, date(2026, 11, 23))
        self.assertEqual(stays.version_number, 2)
        self.assertEqual(program.page_read_on, date(2026, 12, 1))

    def test_the_draft_is_not_read(self):
        self.validated(self.program)
        self.program.with_user(self.manager).action_revise()
        self.program.methods = "Réussite garantie"
        self.read_again(self.program)
        self.assertEqual(self.defects(self.program), set())

    def test_dates_pass(self):
        program = self.validated(self.new_certifying(name="Web"))
        for day, expected in (
            ("2027-10-20", {("certification_ends", "certification_from")}),
            (
                "2028-01-16",
                {
                    ("certification_expired", "certification_from"),
                    ("authorisation_ends", "authorisation"),
                },
            ),
        ):
            self.read_again(program, day)
            self.assertEqual(self.defects(program), expected)

    def test_the_law_of_the_day(self):
        program = self.validated(self.new_program())
        version = program.current_version_id
        content = {
            lang: {
                **values,
                "access_arrangements": "",
                "recognition": "",
                "recognition_note": "",
            }
            for lang, values in version.content.items()
        }
        self.env.cr.execute(
            "UPDATE qualiopi_program_version SET content = %s WHERE id = %s",
            (
                self.env["qualiopi.program.version"]
                ._fields["content"]
                .convert_to_column(content, version),
                version.id,
            ),
        )
        version.invalidate_recordset()
        self.read_again(program, "2026-10-31")
        self.assertEqual(
            self.defects(program), {("item_missing", "access_arrangements")}
        )
        self.read_again(program, "2026-11-01")
        self.assertEqual(self.defects(program), {("item_missing", "recognition")})

    def test_what_the_website_editor_changed_is_read(self):
        self.validated(self.program)
        view = self.env.ref("qualiopi_compliance_portal.program")
        specific = view.with_context(website_id=self.website.id)
        layout = '<t t-call="website.layout">'
        self.assertIn(layout, view.arch)
        specific.write(
            {
                "arch": view.arch.replace(
                    layout,
                    f"{layout}<div>Emploi <b>garanti</b></div>"
                    '<div class="d-none">Réussite garantie</div>'
                    '<img src="/web/image/9-ab/logo-qualiopi.png" alt=""/>'
                    "<section style=\"background-image: url('/a/qualiopi.jpg')\"/>",
                )
            }
        )
        self.read_again(self.program)
        self.assertEqual(
            self.defects(self.program), {("claims_job", "page"), ("logo", "images")}
        )
        self.assertEqual(len(self.program.page_defect_ids), 3)

    def test_what_the_website_editor_removed_is_missed(self):
        self.validated(self.program)
        view = self.env.ref("qualiopi_compliance_portal.program")
        self.env["ir.ui.view"].create(
            {
                "name": "Nothing is shown",
                "type": "qweb",
                "inherit_id": view.id,
                "website_id": self.website.id,
                "key": "qualiopi_compliance_portal.program_emptied",
                "arch": """
                    <data><xpath expr="//div[@id='wrap']" position="replace">
                        <div id="wrap"><t t-out="page['name']" /></div>
                    </xpath></data>
                """,
            }
        )
        self.read_again(self.program)
        found = self.defects(self.program)
        self.assertIn(("item_not_on_page", "price"), found)
        self.assertIn(("item_not_on_page", "accessibility"), found)

    def test_a_page_that_cannot_be_rendered_is_judged_by_its_version(self):
        program = self.new_program(**CLAIM)
        view = self.env.ref("qualiopi_compliance_portal.program")
        view.with_context(
            website_id=self.website.id
        ).arch = "<t t-name='x'><t t-call='website.layout'><t t-out='1 / 0' /></t></t>"
        with mute_logger(INPUT):
            self.validated(program)
        self.assertEqual(self.defects(program), {("claims_success", "methods")})

    def test_results_are_missed_once_sessions_are_over(self):
        self.validated(self.program)
        event = self.new_event(day="2026-10-01", qualiopi_program_id=self.program.id)
        self.read_again(self.program)
        self.assertEqual(self.defects(self.program), set())
        self.env["event.registration"].create(
            {
                "event_id": event.id,
                "name": "Ana",
                "state": "done",
                "qualiopi_override_reason": "Comes on trial",
            }
        )
        self.read_again(self.program, "2026-10-20")
        self.assertEqual(self.defects(self.program), set())
        self.read_again(self.program)
        self.assertEqual(self.defects(self.program), {("results_missing", "results")})
        self.assertFalse(self.program.page_defect_ids.blocking)
        self.assertTrue(self.program.page_defect_ids.gap)
        # said no more as soon as there are some
        self.env["qualiopi.publication"]._propose(self.company)._publish()
        self.assertEqual(self.defects(self.program), set())

    def test_retired_it_lacks_nothing_more(self):
        program = self.validated(self.new_program(**CLAIM))
        program.with_user(self.manager).action_retire()
        self.assertFalse(program.page_defect_ids)

    def test_hostile_words_are_only_words(self):
        nasty = "<script>alert(1)</script> réussite garantie"
        program = self.validated(self.new_program(methods=nasty))
        self.assertEqual(self.defects(program), {("claims_success", "methods")})
        self.assertNotIn("<script>", str(program.page_defect_list))
        self.assertNotIn("<script>", self.notes(program))

    def test_forty_objectives(self):
        rows = [Command.create({"name": f"Savoir-faire {n}"}) for n in range(40)]
        program = self.validated(self.new_program(objective_ids=rows))
        self.assertEqual(self.defects(program), set())

    def test_a_company_without_website(self):
        self.website.unlink()
        program = self.validated(self.new_program(**CLAIM))
        self.assertIn(("claims_success", "methods"), self.defects(program))

    def test_in_french(self):
        program = self.validated(self.new_program(**CLAIM))
        defect = program.page_defect_ids.with_context(lang="fr_FR")
        self.assertTrue(defect.display_name)
        self.assertIn("Réussite garantie", defect._sentences()[0])

    def test_the_number_of_queries_does_not_grow_with_what_is_found(self):
        clean, claims = self.new_program(), self.new_program(**CLAIM, name="B")
        self.validated(clean, claims)
        counts = []
        for program in (clean, claims, clean, claims):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.read_again(program)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[3] - counts[2], 2)


@tagged("post_install", "-at_install")
class TestPageDefectRights(DefectCase):
    """Read by the house, written by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spoilt = cls.validated(cls.new_program(name="Bureautique", **CLAIM))
        cls.defect = cls.spoilt.page_defect_ids

    def test_those_of_the_house_read(self):
        for user in (self.contributor, self.internal_auditor, self.manager):
            with self.subTest(user=user.login):
                row = self.defect.with_user(user)
                self.assertEqual(
                    row.web_read({"code": {}, "remedy": {}})[0]["code"],
                    "claims_success",
                )
                action = self.spoilt.with_user(user).action_open_page_defects()
                found = row.search(action["domain"])
                self.assertEqual(found, self.defect)
                action = row.action_open_program()
                self.assertEqual(action["res_id"], self.spoilt.id)

    def test_nobody_writes(self):
        for user in (self.contributor, self.internal_auditor, self.manager):
            row = self.defect.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    row.write({"blocking": False})
                with self.assertRaises(AccessError):
                    row.unlink()
                with self.assertRaises(AccessError):
                    row.create({"program_id": self.spoilt.id})

    def test_others_do_not_read(self):
        public = self.env.ref("base.public_user")
        for user in (self.portal, public, self.plain, self.other_manager):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.defect.with_user(user).read(["passage"])
                with self.assertRaises(AccessError):
                    self.spoilt.with_user(user).action_read_page()

    def test_whoever_reads_programmes_only_opens_them(self):
        program = self.spoilt.with_user(self.desk)
        self.assertEqual(program.web_read({"name": {}})[0]["name"], "Bureautique")
        with self.assertRaises(AccessError):
            program.read(["page_defect_ids"])

    def test_a_contributor_reads_the_page_again(self):
        self.spoilt.page_read_on = False
        action = self.spoilt.with_user(self.contributor).action_read_page()
        self.assertEqual(action["res_model"], "qualiopi.page.defect")
        self.assertEqual(self.spoilt.page_read_on, date(2026, 11, 23))

    def test_other_companies_see_theirs_only(self):
        rows = self.env["qualiopi.page.defect"].with_user(self.other_manager)
        self.assertFalse(rows.search([("program_id", "=", self.spoilt.id)]))
