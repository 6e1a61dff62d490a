from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .session_common import LAST
from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyNotReached(SurveyCase):
    """Without an address, or when the mail does not get there."""

    def test_without_a_valid_address(self):
        self.plan("feedback", reminders=2)
        self.alice.email = False
        self.bruno.email = "bruno@"
        self.run_on(LAST, "17:00")
        for row in (self.alice, self.bruno):
            with self.subTest(learner=row.name):
                asked = self.invitation(row)
                self.assertEqual(asked.state, "failed")
                self.assertIn("No valid e-mail", asked.failure)
                self.assertFalse(asked.sent_on)
        self.assertFalse(self.mails())
        # nobody who was not reached is reminded
        self.run_on("2026-03-13")
        self.assertFalse(self.mails())
        # the address is put right, and the button does the rest
        self.alice.email = "alice@example.com"
        rows = self.invitation(self.alice) | self.invitation(self.bruno)
        with self.at("2026-03-14 10:00:00"):
            action = rows.with_user(self.event_user).action_send_again()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("Bruno Petit", action["params"]["message"])
        asked = self.invitation(self.alice)
        self.assertEqual((asked.state, asked.email), ("sent", "alice@example.com"))
        self.assertEqual(str(asked.sent_on), "2026-03-14")
        self.assertFalse(asked.failure)
        self.assertEqual(self.mails().mapped("email_to"), ["alice@example.com"])
        self.assertEqual(self.invitation(self.bruno).state, "failed")

    def leave(self, **patches):
        """Let the mails of the queue leave, or fail to."""
        Server = type(self.env["ir.mail_server"])
        with (
            patch.object(Server, "_disable_send", return_value=False),
            patch.object(Server, "_connect__", **patches),
            patch.object(Server, "send_email", return_value="<id@example.com>"),
        ):
            self.mails().send()

    def test_mail_that_cannot_leave(self):
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        self.leave(side_effect=OSError("No route to host"))
        asked = self.invitation(self.alice)
        self.assertEqual(asked.state, "failed")
        self.assertIn("No route to host", asked.failure)
        # the queue tries again
        self.mails().action_retry()
        self.leave(return_value=None)
        self.assertEqual(asked.state, "sent")
        self.assertFalse(asked.failure)

    def test_mail_that_comes_back(self):
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        asked = self.invitation(self.alice)
        message = asked.sudo().mail_message_ids
        bounce = {
            "bounced_email": "alice.martin@example.com",
            "bounced_partner": self.env["res.partner"],
            "bounced_msg_ids": [message.message_id],
            "bounced_message": message,
            "body": "<p>User unknown</p>",
            "email_from": "mailer@example.com",
            "to": "bounce@example.com",
            "message_id": "<1@example.com>",
        }
        self.env["mail.thread"]._routing_handle_bounce(None, bounce)
        self.assertEqual(asked.state, "failed")
        self.assertIn("User unknown", asked.failure)
        self.assertEqual(self.invitation(self.bruno).state, "sent")

    def test_answered_all_the_same(self):
        """The mail came back from one address and got through to another."""
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        asked = self.invitation(self.alice).sudo()
        asked._fail("Came back")
        self.answer(asked, marks=4)
        self.assertEqual(asked.state, "answered")
        asked._fail("Came back later")
        self.assertEqual(asked.state, "answered")

    def test_other_mails_that_fail_change_nothing(self):
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        mail = self.env["mail.mail"].create({"email_to": "x@example.com"})
        mail._postprocess_sent_message([], [], failure_type="unknown")
        self.assertEqual(self.invitation(self.alice).state, "sent")


@tagged("post_install", "-at_install")
class TestSurveyReminders(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan("feedback", reminders=2, reminder_days=7)

    def setUp(self):
        super().setUp()
        self.run_on(LAST, "17:00")
        self.asked_alice = self.invitation(self.alice)
        self.asked_bruno = self.invitation(self.bruno)

    def test_stop_when_there_is_nothing_to_wait_for(self):
        for change, back in (
            ({"state": "cancel"}, {"state": "open"}),
            ({"qualiopi_dropped_on": LAST}, {"qualiopi_dropped_on": False}),
            ({"active": False}, {"active": True}),
        ):
            with self.subTest(change=change):
                self.bruno.write(change)
                self.assertEqual(self.due("2026-03-13"), self.asked_alice)
                self.bruno.write(back)
        self.assertEqual(self.due("2026-03-13"), self.asked_alice | self.asked_bruno)
        self.session.kanban_state = "cancel"
        self.assertFalse(self.due("2026-03-13"))
        self.session.kanban_state = "normal"
        self.plan("feedback").active = False
        self.assertFalse(self.due("2026-03-13"))

    def due(self, day):
        with self.at(f"{day} 10:00:00"):
            return self.invitations._due_for_reminder()

    def test_stop_once_answered(self):
        self.answer(self.asked_alice, marks=3)
        self.assertEqual(self.due("2026-03-13"), self.asked_bruno)

    def test_need_that_somebody_wrote_down(self):
        self.plan("need", reminders=1)
        session = self.new_session("2026-06-01", "2026-06-05")
        learner = self.new_learner("Carla", session)
        self.run_on("2026-05-25")
        asked = self.invitation(learner, "need")
        self.assertEqual(asked.state, "sent")
        learner.qualiopi_need_on = "2026-05-26"
        self.assertNotIn(asked, self.due("2026-06-01"))

    def test_switched_on_much_later_wake_nobody_up(self):
        self.plan("feedback").reminders = 0
        self.run_on("2026-03-20")
        self.plan("feedback").reminders = 2
        self.assertFalse(self.due("2026-09-01"))

    def test_by_hand(self):
        rows = self.asked_alice | self.asked_bruno
        self.answer(self.asked_alice, marks=3)
        with self.at("2026-03-08 10:00:00"):
            rows.with_user(self.manager).action_send_again()
        self.assertEqual(rows.mapped("reminded"), [0, 1])
        with self.assertRaisesRegex(UserError, "nothing is asked again"):
            self.asked_alice.with_user(self.manager).action_send_again()

    def test_for_those_who_plan_sessions(self):
        for user in (self.desk, self.internal_auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.asked_alice.with_user(user).action_send_again()


@tagged("post_install", "-at_install")
class TestSurveyMovedSession(SurveyCase):
    """A session that moves after its surveys had left."""

    def warnings(self):
        self.session.invalidate_recordset(["qualiopi_warning"])
        return self.session.qualiopi_warning or ""

    def test_says_so_and_waits(self):
        self.plan("feedback", reminders=2)
        self.plan("need")
        self.run_on("2026-02-23")
        self.run_on(LAST, "17:00")
        self.assertNotIn("had left", self.warnings())
        self.session.write(
            {"date_begin": "2026-05-04 08:00:00", "date_end": "2026-05-08 16:00:00"}
        )
        warning = self.warnings()
        for day in ("2026-02-23", LAST, "2026-05-08", "2026-05-04"):
            self.assertIn(self.day(day), warning)
        self.assertIn("(invitations: 2)", warning)
        # nobody is asked what he thought before it has taken place
        self.run_on("2026-03-20")
        self.assertEqual(self.invitation(self.alice).reminded, 0)
        self.run_on("2026-05-08")
        self.assertEqual(self.invitation(self.alice).reminded, 1)
        # and nobody is asked twice
        self.run_on("2026-05-08", "17:00")
        self.assertEqual(len(self.asked("feedback")), 2)

    def test_moved_back(self):
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        self.session.date_end = "2026-03-07 16:00:00"
        self.assertIn("had left", self.warnings())
        self.session.date_end = f"{LAST} 16:00:00"
        self.assertNotIn("had left", self.warnings())

    def test_nothing_to_say_of_the_first_day(self):
        """What is asked at the end does not mind when it began."""
        self.plan("feedback")
        self.run_on(LAST, "17:00")
        self.session.date_begin = "2026-03-03 08:00:00"
        self.assertNotIn("had left", self.warnings())


@tagged("post_install", "-at_install")
class TestSurveyHeard(SurveyCase):
    """Heard at a meeting, in an interview: as good as an answer."""

    def hear(self, user=None, **vals):
        wizard = (
            self.env["qualiopi.survey.hearing"]
            .with_user(user or self.manager)
            .create(
                {
                    "partner_ids": self.funder.ids,
                    "heard_on": "2026-05-12",
                    "note": "Yearly meeting",
                    **vals,
                }
            )
        )
        action = wizard.action_record()
        return self.invitations.search(action["domain"])

    def test_funder_heard_is_not_asked_that_year(self):
        with self.at("2026-05-12 15:00:00"):
            heard = self.hear()
        self.assertEqual(heard.state, "heard")
        self.assertEqual(str(heard.answered_on), "2026-05-12")
        self.assertEqual(heard.note, "Yearly meeting")
        self.assertEqual(heard.purpose, "funder")
        self.plan("funder", month="11")
        self.run_on("2026-11-02")
        self.assertEqual(self.invitations.search_count([("purpose", "=", "funder")]), 1)
        # the year after he is
        self.new_learner("Carla", self.new_session("2027-05-03", "2027-05-07"))
        self.run_on("2027-11-02")
        self.assertEqual(self.invitations.search_count([("purpose", "=", "funder")]), 2)

    def test_who_was_asked_and_then_heard(self):
        self.plan("funder", month="1", reminders=2)
        self.run_on("2026-04-01")
        with self.at("2026-05-12 15:00:00"):
            heard = self.hear()
            self.assertEqual(heard.state, "heard")
            with self.assertRaisesRegex(UserError, "nothing is recorded twice"):
                self.hear()
        self.run_on("2026-06-01")
        self.assertEqual(heard.reminded, 0)

    def test_company_about_a_session(self):
        with self.at("2026-05-12 15:00:00"):
            heard = self.hear(
                purpose="company",
                event_id=self.session.id,
                partner_ids=self.client_company.ids,
                heard_on="2026-03-06",
            )
        self.assertEqual(heard.event_id, self.session)
        self.assertEqual(heard.program_id, self.program)
        self.plan("company")
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked("company"), ["Atelier Nord"])
        self.assertEqual(self.session.qualiopi_answered_count, 1)

    def test_from_a_session_the_companies_are_meant(self):
        wizards = self.env["qualiopi.survey.hearing"].with_user(self.manager)
        for context, purpose in (
            ({}, "funder"),
            ({"default_event_id": self.session.id}, "company"),
        ):
            with self.subTest(context=context):
                form = Form(wizards.with_context(**context))
                self.assertEqual(form.purpose, purpose)

    def test_refused(self):
        with self.at("2026-05-12 15:00:00"):
            for vals, regex in (
                ({"heard_on": "2026-05-13"}, "still to come"),
                ({"purpose": "company"}, "Choose the session"),
            ):
                with self.subTest(vals=vals), self.assertRefused(regex):
                    self.hear(**vals)
            self.plans.search([("purpose", "=", "funder")]).unlink()
            with self.assertRaisesRegex(UserError, "What Is Sent"):
                self.hear()
            for user in (self.desk, self.internal_auditor, self.contributor):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.hear(user)


@tagged("post_install", "-at_install")
class TestSurveyInvitation(SurveyCase):
    def test_what_was_sent_is_not_deleted(self):
        self.plan("feedback")
        self.bruno.email = False
        self.run_on(LAST, "17:00")
        with self.assertRaisesRegex(UserError, "part of the evidence"):
            self.invitation(self.alice).with_user(self.manager).unlink()
        # who was never written to may go
        self.invitation(self.bruno).with_user(self.manager).unlink()
        self.assertEqual(self.asked(), ["Alice Martin"])

    def test_buttons_open_what_they_say(self):
        self.plan("feedback")
        self.plan("team")
        self.run_on(LAST, "17:00")
        asked = self.invitation(self.alice).with_user(self.manager)
        action = asked.action_open_thread()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("event.registration", self.alice.id),
        )
        with self.assertRaisesRegex(UserError, "no answer to show"):
            asked.action_open_answer()
        answer = self.answer(asked, marks=3)
        self.assertEqual(asked.action_open_answer()["res_id"], answer.id)
        session = self.session.with_user(self.manager)
        self.assertEqual(
            (session.qualiopi_asked_count, session.qualiopi_answered_count), (3, 1)
        )
        found = self.invitations.search(session.action_qualiopi_invitations()["domain"])
        self.assertEqual(len(found), 3)
        answers = self.env["survey.user_input"]
        for record in (session, self.alice.with_user(self.manager)):
            domain = record.action_qualiopi_answers()["domain"]
            self.assertEqual(answers.search(domain), answer)
        self.assertEqual(self.alice.qualiopi_answer_count, 1)
        self.assertEqual(self.bruno.qualiopi_answer_count, 0)
