from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLeadNeed(LeadCase):
    """The need analysis form of a request: sent, answered, written down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "Your need",
                "qualiopi_purpose": "need",
                "access_mode": "token",
                "question_and_page_ids": [
                    Command.create({"title": "What for?", "question_type": "text_box"})
                ],
            }
        )
        Plans = cls.env["qualiopi.survey.plan"].with_context(active_test=False)
        Plans.search([("company_id", "=", cls.company.id)]).unlink()
        cls.plan = Plans.create(
            {"company_id": cls.company.id, "survey_id": cls.survey.id, "days": 7}
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.on("2026-02-15"))

    def ask(self, lead=None, user=None):
        lead = (lead or self.lead).with_user(user or self.salesman)
        return lead.action_qualiopi_ask_need()

    def invitations(self, lead=None):
        return self.env["qualiopi.survey.invitation"].search(
            [("lead_id", "=", (lead or self.lead).id)]
        )

    def reply(self, lead=None, text="To make my tables"):
        answer = self.invitations(lead)._open_answer()
        answer._save_lines(self.survey.question_ids, text)
        answer._mark_done()
        return answer

    def test_salesman_asks_and_the_answer_comes_back(self):
        action = self.ask()
        self.assertIn("alice@example.com", action["params"]["message"])
        [invitation] = self.invitations()
        self.assertEqual(invitation.company_id, self.company)
        lead = self.lead.with_user(self.salesman)
        self.assertIn("not answered yet", lead.qualiopi_need_sent)
        [mail] = self.env["mail.mail"].search(
            [("mail_message_id", "in", invitation.mail_message_ids.ids)]
        )
        self.assertIn("alice@example.com", mail.email_to)
        self.assertIn(invitation.start_url, mail.body_html)
        # the mail leaves its trace on the request
        self.assertEqual((mail.model, mail.res_id), ("crm.lead", self.lead.id))
        with self.on("2026-02-18"):
            self.reply()
        self.assertEqual(str(self.lead.qualiopi_need_on), "2026-02-18")
        self.assertIn("To make my tables", self.lead.qualiopi_need)
        self.assertIn("Answered on", self.lead.qualiopi_need_sent)

    def test_need_goes_on_to_the_learner_s_file(self):
        self.ask()
        self.reply()
        self.new_wizard(event_id=self.session.id).action_register()
        learner = self.lead.qualiopi_registration_ids
        self.assertEqual(str(learner.qualiopi_need_on), "2026-02-15")
        self.assertIn("To make my tables", learner.qualiopi_need)

    def test_registered_first_answered_later(self):
        self.ask()
        self.new_wizard(event_id=self.session.id).action_register()
        learner = self.lead.qualiopi_registration_ids
        self.assertFalse(learner.qualiopi_need_on)
        self.reply()
        self.assertEqual(str(learner.qualiopi_need_on), "2026-02-15")

    def test_what_was_written_down_stays(self):
        self.lead.qualiopi_need = "Said on the telephone"
        self.ask()
        self.reply()
        self.assertEqual(self.lead.qualiopi_need, "Said on the telephone")
        self.assertTrue(self.lead.qualiopi_need_on)

    def test_asked_again_is_a_reminder_to_one_person(self):
        self.ask()
        self.ask()
        [invitation] = self.invitations()
        self.assertEqual(invitation.reminded, 1)
        self.assertEqual(len(invitation.mail_message_ids), 2)

    def test_answered_is_not_asked_again(self):
        self.ask()
        self.reply()
        sent = self.invitations().mail_message_ids
        action = self.ask()
        self.assertEqual(self.invitations().mail_message_ids, sent)
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("Answered on", action["params"]["message"])

    def test_without_valid_address_is_refused(self):
        for address in (False, "alice(at)example"):
            self.lead.email_from = address
            with self.assertRefused("no valid e-mail address", UserError):
                self.ask()
        self.assertFalse(self.invitations())

    def test_without_form_is_refused(self):
        self.survey.active = False
        with self.assertRefused("is closed", UserError):
            self.ask()
        self.plan.unlink()
        with self.assertRefused("no need analysis form", UserError):
            self.ask()

    def test_form_that_is_not_sent_by_itself_is_asked_by_hand(self):
        self.plan.active = False
        self.ask()
        self.assertEqual(len(self.invitations()), 1)

    def test_programme_s_own_form_comes_first(self):
        own = self.survey.copy(
            {"title": "For spreadsheets", "qualiopi_company_id": self.company.id}
        )
        self.env["qualiopi.survey.plan"].create(
            {
                "company_id": self.company.id,
                "survey_id": own.id,
                "program_id": self.program.id,
            }
        )
        self.ask()
        self.assertEqual(self.invitations().survey_id, own)

    def test_in_the_language_of_the_request(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.lead.lang_id = lang
        self.ask()
        self.assertEqual(self.invitations().lang, "fr_FR")

    def test_who_may_not_write_the_request_sends_nothing(self):
        for user in (self.internal_auditor, self.contributor, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ask(user=user)
        self.ask(user=self.manager)

    def test_merged_requests_are_asked_once(self):
        other = self.new_lead(qualiopi_requested_on="2026-02-03")
        self.ask(other)
        merged = (self.lead | other).with_user(self.salesman).merge_opportunity()
        [invitation] = self.invitations(merged)
        self.assertEqual(merged.id, invitation.lead_id.id)
        self.ask(merged)
        self.assertEqual(self.invitations(merged), invitation)
        self.reply(merged)
        self.assertIn("To make my tables", merged.qualiopi_need)

    def test_merged_requests_that_were_both_asked_keep_both(self):
        other = self.new_lead()
        self.ask(other)
        self.ask()
        merged = (self.lead | other).with_user(self.salesman).merge_opportunity()
        self.assertEqual(len(self.invitations(merged)), 2)
        self.ask(merged)
        self.assertEqual(len(self.invitations(merged)), 2)
