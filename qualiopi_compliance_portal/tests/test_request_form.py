from lxml import html

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .request_common import RequestCase


@tagged("post_install", "-at_install")
class TestRequestForm(RequestCase):
    """The form is read, filled in and sent; a request comes of it, nothing more."""

    def test_the_form_is_preset_by_the_page(self):
        status, page = self.get(kind="quote", session=str(self.event.id))
        self.assertEqual(status, 200)
        self.assertEqual(self.value(page, "kind"), "quote")
        self.assertEqual(self.value(page, "session"), str(self.event.id))
        self.assertFalse(page.xpath("//div[@role='status']"))

    def test_an_adjustment_is_preset(self):
        _status, page = self.get(kind="adjustment")
        self.assertEqual(self.value(page, "kind"), "adjustment")
        self.assertEqual(self.value(page, "adjustment"), "yes")

    def test_a_session_that_cannot_be_asked_for_is_left_out_with_a_sentence(self):
        other = self.new_program(name="Autre")
        self.publish(other)
        sessions = {
            "of another programme": self.coming(program=other),
            "unpublished": self.coming(is_published=False),
            "past": self.coming(days=-3),
            "cancelled": self.coming(kanban_state="cancel"),
        }
        asked = {name: str(event.id) for name, event in sessions.items()}
        asked |= {"garbage": "12 OR 1=1", "unknown": "99999999"}
        for name, session in asked.items():
            with self.subTest(name):
                status, page = self.get(session=session)
                self.assertEqual(status, 200)
                self.assertEqual(self.value(page, "session"), "")
                self.assertEqual(len(page.xpath("//div[@role='status']")), 1)

    def test_a_full_session_may_be_wished_for(self):
        full = self.coming(days=40, seats_limited=True, seats_max=1)
        self.env["event.registration"].create(
            {
                "event_id": full.id,
                "name": "A",
                "state": "open",
                "qualiopi_override_reason": "Essai",
            }
        )
        _status, page = self.get(session=str(full.id))
        label = page.xpath(f"//option[@value='{full.id}']")[0].text
        self.assertIn("waiting list", label)

    def test_what_is_sent_is_on_the_request(self):
        before = self.env["event.registration"].search_count([])
        self.assertSent(
            self.send(
                session=str(self.event.id),
                wished_from="2030-01-07",
                wished_until="31/01/2030",
                funding="cpf",
                adjustment="no",
            )
        )
        lead = self.leads()
        self.assertRecordValues(
            lead,
            [
                {
                    "contact_name": "Zoé Blanc",
                    "email_from": "zoe@example.com",
                    "partner_name": "Atelier Blanc",
                    "qualiopi_request_kind": "place",
                    "qualiopi_event_id": self.event.id,
                    "qualiopi_learner_count": 2,
                    "qualiopi_funding": "cpf",
                    "qualiopi_adjustment": "no",
                    "qualiopi_need": "Tenir la comptabilité\nde l'atelier",
                    "qualiopi_website_id": self.website.id,
                    "qualiopi_page_url": self.program.website_url,
                    "company_id": self.company.id,
                    "partner_id": False,
                    "user_id": False,
                }
            ],
        )
        self.assertEqual(str(lead.qualiopi_wished_from), "2030-01-07")
        self.assertEqual(str(lead.qualiopi_wished_until), "2030-01-31")
        today = self.env["qualiopi.framework"]._today()
        self.assertEqual(lead.qualiopi_requested_on, today)
        self.assertEqual(lead.qualiopi_agreed_on, today)
        self.assertEqual(lead.medium_id.name.lower(), "website")
        self.assertIn("23", lead.phone)
        self.assertIn("Tenir la comptabilité<br>de l'atelier", lead.description)
        # nobody was enrolled
        self.assertEqual(self.env["event.registration"].search_count([]), before)
        self.assertFalse(lead.qualiopi_registration_ids)

    def test_somebody_is_asked_to_answer(self):
        self.send()
        activity = self.leads().activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(activity.summary, "Answer the request from the website")

    def test_a_responsible_who_cannot_read_requests_is_not_asked(self):
        self.program.with_context(qualiopi_force=True).user_id = self.plain
        self.website.write(
            {
                "crm_default_user_id": self.salesman.id,
                "crm_default_team_id": False,
            }
        )
        self.send()
        self.assertEqual(self.leads().activity_ids.user_id, self.salesman)

    def test_a_team_of_another_company_does_not_get_the_request(self):
        team = self.env["crm.team"].create(
            {"name": "Autre", "company_id": self.other_company.id}
        )
        self.website.crm_default_team_id = team
        self.assertSent(self.send())
        lead = self.leads()
        self.assertEqual(lead.company_id, self.company)
        self.assertNotEqual(lead.team_id, team)

    def test_what_happens_next_is_said_and_reading_it_again_asks_nothing(self):
        response = self.url_open(self.form_url(), data=self.filled())
        self.assertTrue(response.url.endswith("/demande/merci"))
        self.assertIn("zoe@example.com", response.text)
        self.assertIn("You are not enrolled yet", response.text)
        again = self.url_open(response.url)
        self.assertEqual(again.status_code, 200)
        self.assertEqual(len(self.leads()), 1)

    def test_nobody_is_thanked_who_asked_nothing(self):
        response = self.url_open(f"{self.form_url()}/merci", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/demande"))

    def test_an_older_address_leads_to_the_form(self):
        url = f"/formations/autre-nom-{self.program.id}/demande?kind=quote"
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, 301)
        self.assertIn(f"{self.form_url()}?kind=quote", response.headers["Location"])

    def test_who_is_logged_in_finds_his_details(self):
        self.visitor()
        _status, page = self.get()
        self.assertEqual(self.value(page, "contact_name"), "Paul Portail")
        self.assertEqual(self.value(page, "email"), "paul@example.com")
        self.send(email="Paul@Example.com", phone="")
        self.assertEqual(self.leads().partner_id, self.portal.partner_id)

    def test_who_is_logged_in_may_ask_for_somebody_else(self):
        other = self.env["res.partner"].create(
            {"name": "Zoé", "email": "zoe@example.com"}
        )
        self.visitor()
        self.assertSent(self.send(email="zoe@example.com"))
        lead = self.leads()
        self.assertFalse(lead.partner_id)
        self.assertEqual(lead.email_from, "zoe@example.com")
        self.assertFalse(other.phone)

    def test_a_form_does_not_rewrite_the_card_of_a_contact(self):
        self.portal.partner_id.phone = "+33 1 99 99 99 99"
        self.visitor()
        self.assertSent(self.send(email="paul@example.com", phone="01 23 45 67 89"))
        self.assertEqual(self.portal.partner_id.phone, "+33 1 99 99 99 99")
        self.assertEqual(self.portal.partner_id.name, "Paul Portail")

    def test_an_employee_of_the_company_may_send_it_too(self):
        self.authenticate(self.plain.login, self.plain.login)
        self.assertSent(self.send())
        self.assertFalse(self.leads().user_id)

    def visitor(self):
        """Somebody with an account on the website."""
        self.portal.partner_id.write(
            {"name": "Paul Portail", "email": "paul@example.com"}
        )
        self.authenticate(self.portal.login, self.portal.login)

    def test_a_website_of_another_company_has_no_such_form(self):
        data = self.filled()
        self.website.company_id = self.other_company
        with mute_logger("odoo.http"):
            self.assertEqual(self.get()[0], 404)
            response = self.url_open(self.form_url(), data=data)
        self.assertEqual(response.status_code, 404)
        self.assertFalse(self.leads())

    def test_requests_from_the_website_are_found(self):
        self.send()
        leads = self.env["crm.lead"].with_user(self.manager)
        found = leads.search([("qualiopi_page_url", "!=", False)])
        self.assertIn(self.leads(), found)
        others = self.env["crm.lead"].with_user(self.other_manager)
        self.assertFalse(others.search([("id", "in", self.leads().ids)]))

    def test_the_privacy_policy_is_linked_once_there_is_one(self):
        link = "//form//a[@href='/privacy']"
        # sudo: website.page - whatever the database holds already
        pages = self.env["website.page"].sudo()
        pages.search([("url", "=", "/privacy")]).unlink()
        self.assertFalse(self.get()[1].xpath(link))
        pages.create(
            {
                "name": "Données personnelles",
                "url": "/privacy",
                "type": "qweb",
                "arch": "<t t-name='x'><div>x</div></t>",
                "website_id": self.website.id,
                "is_published": True,
            }
        )
        self.assertTrue(self.get()[1].xpath(link))

    def test_the_language_of_the_visitor_is_kept(self):
        french = self.url_open(f"/fr{self.form_url()}", allow_redirects=True)
        self.assertEqual(french.status_code, 200)
        self.authenticate(None, None)
        response = self.url_open(french.url, data=self.filled(), allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertEqual(self.leads().lang_id.code, "fr_FR")


@tagged("post_install", "-at_install")
class TestRequestAdjustment(RequestCase):
    """What is said of an adjustment is the disability referent's alone to read."""

    NOTE = "Zibeline : une boucle magnétique"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referent = new_test_user(
            cls.env,
            "q_referent",
            "qualiopi_compliance.group_qualiopi_disability_referent,"
            "sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.company.qualiopi_disability_contact_id = cls.referent.partner_id

    def ask(self, **vals):
        self.assertSent(
            self.send(
                **{
                    "kind": "adjustment",
                    "learners": "1",
                    "adjustment": "yes",
                    "adjustment_note": self.NOTE,
                    "adjustment_consent": "1",
                    **vals,
                }
            )
        )
        return self.leads()

    def test_the_note_is_kept_with_a_dated_consent(self):
        lead = self.ask()
        self.assertEqual(lead.qualiopi_adjustment, "yes")
        self.assertEqual(lead.qualiopi_adjustment_note, self.NOTE)
        self.assertEqual(
            lead.qualiopi_adjustment_consent_on,
            self.env["qualiopi.framework"]._today(),
        )

    def test_nobody_else_reads_it(self):
        lead = self.ask()
        names = ["qualiopi_adjustment_note", "qualiopi_adjustment_consent_on"]
        for user in (self.salesman, self.manager, self.internal_auditor):
            with self.subTest(user.login), self.assertRaises(AccessError):
                lead.with_user(user).read(names)
            fields = lead.with_user(user).fields_get(names)
            self.assertFalse(fields)
        self.assertEqual(
            lead.with_user(self.referent).read(names)[0][names[0]], self.NOTE
        )

    def test_each_opens_the_form_of_the_request(self):
        lead = self.ask()
        for user in (
            self.salesman,
            self.manager,
            self.internal_auditor,
            self.referent,
        ):
            with self.subTest(user.login):
                theirs = lead.with_user(user)
                arch = html.fromstring(theirs.get_view(view_type="form")["arch"])
                names = set(arch.xpath("//field[not(ancestor::field)]/@name"))
                self.assertIn("qualiopi_request_kind", names)
                self.assertEqual(
                    "qualiopi_adjustment_note" in names, user == self.referent
                )
                self.assertTrue(theirs.web_read({name: {} for name in names}))

    def test_it_stands_nowhere_else(self):
        lead = self.ask()
        texts = [lead.description, lead.name, lead.qualiopi_need]
        texts += lead.message_ids.mapped("body")
        texts += lead.activity_ids.mapped("note")
        values = lead.message_ids.tracking_value_ids
        texts += values.mapped("new_value_char") + values.mapped("new_value_text")
        for text in texts:
            self.assertNotIn("Zibeline", text or "")

    def test_the_referent_hears_that_one_is_asked_for(self):
        lead = self.ask()
        self.assertIn(self.referent, lead.activity_ids.user_id)
        self.assertIn(self.manager, lead.activity_ids.user_id)

    def test_without_consent_it_is_not_kept(self):
        response = self.send(adjustment="yes", adjustment_note=self.NOTE)
        page = self.assertWrong(response, "adjustment_consent")
        self.assertEqual(self.value(page, "adjustment_note").strip(), self.NOTE)

    def test_a_description_needs_the_answer_yes(self):
        self.assertWrong(
            self.send(
                adjustment="no",
                adjustment_note=self.NOTE,
                adjustment_consent="1",
            ),
            "adjustment",
        )

    def test_the_question_need_not_be_answered(self):
        lead = self.ask(
            kind="place", adjustment=None, adjustment_note="", adjustment_consent=None
        )
        self.assertFalse(lead.qualiopi_adjustment)
        self.assertFalse(lead.qualiopi_adjustment_consent_on)

    def test_it_goes_to_the_file_of_the_only_learner(self):
        lead = self.ask()
        registration = self.register(lead, 1)
        self.assertEqual(registration.qualiopi_adjustment, "yes")
        self.assertEqual(registration.qualiopi_adjustment_note, self.NOTE)
        self.assertTrue(registration.qualiopi_adjustment_consent_on)

    def test_with_several_learners_nobody_gets_it(self):
        registrations = self.register(self.ask(learners="2"), 2)
        self.assertEqual(registrations.mapped("qualiopi_adjustment_note"), [False] * 2)

    def register(self, lead, count):
        lead = lead.with_user(self.salesman)
        action = lead.action_qualiopi_register()
        wizards = lead.env[action["res_model"]].with_context(**action["context"])
        wizard = wizards.create({"mode": "existing", "event_id": self.event.id})
        wizard.line_ids.unlink()
        wizard.line_ids = [
            Command.create({"name": f"Learner {number}"}) for number in range(count)
        ]
        wizard.action_register()
        return lead.sudo().qualiopi_registration_ids

    def test_a_merge_keeps_it_whoever_merges(self):
        lead = self.ask()
        other = lead.copy({"name": "Again", "qualiopi_request_kind": False})
        self.assertFalse(other.qualiopi_adjustment_note)
        other.type = "opportunity"
        merged = (lead | other).with_user(self.salesman).merge_opportunity()
        self.assertEqual(len(self.leads()), 1)
        self.assertEqual(merged.sudo().qualiopi_adjustment_note, self.NOTE)
        self.assertTrue(merged.sudo().qualiopi_adjustment_consent_on)
        self.assertEqual(merged.qualiopi_request_kind, "adjustment")
        for body in merged.sudo().message_ids.mapped("body"):
            self.assertNotIn("Zibeline", body or "")
