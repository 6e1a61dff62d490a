from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .elearning_common import TODAY, ElearningCase


@tagged("post_install", "-at_install")
class TestCourseReminder(ElearningCase, MailCase):
    """Learners who have stopped are written to, once for each silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_course_silence = 14

    def run_cron(self):
        with self.enter_registry_test_mode(), self.mock_mail_gateway():
            self.env.ref(
                "qualiopi_compliance_portal.ir_cron_remind_learners"
            ).method_direct_trigger()
        return self._new_mails

    def reminded(self):
        return self.course.channel_partner_ids.filtered("qualiopi_reminded_on")

    def test_who_is_silent_is_reminded_once(self):
        with self.on("2026-06-10"):
            self.tick(self.bruno, self.lesson)
        mails = self.run_cron()
        self.assertEqual(self.reminded(), self.alice)
        self.assertEqual(self.alice.qualiopi_reminded_on, self.date(TODAY))
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails.recipient_ids, self.alice.partner_id)
        self.assertIn("<strong>Spreadsheets online</strong>", mails.body_html)
        # proof of it stays in the file
        bodies = " ".join(self.alice.message_ids.mapped("body"))
        self.assertIn("Spreadsheets online", bodies)
        for day in ("2026-06-16", "2026-06-20"):
            with self.on(day):
                self.assertFalse(self.run_cron())

    def test_each_silence_has_its_reminder(self):
        self.run_cron()
        with self.on("2026-06-18"):
            self.tick(self.alice, self.lesson)
        with self.on("2026-06-25"):
            self.assertFalse(self.run_cron())
        with self.on("2026-07-10"):
            self.run_cron()
            self.assertEqual(self.alice.qualiopi_reminded_on, self.date("2026-07-10"))
            self.assertEqual(self.bruno.qualiopi_reminded_on, self.date(TODAY))

    def test_who_is_left_in_peace(self):
        self.finish(self.alice)
        self.bruno.qualiopi_dropped_on = TODAY
        with self.on("2026-05-04"):
            self.join("Chloé Blanc", status="invited")
            self.join("Denis Vert").active = False
            self.join("Emma Noir", self.new_course("Cooking"))
            self.join("Fanny Gris").partner_id.email = False
        with self.on("2025-01-06"):
            self.join("Gilles Brun")
        with self.on("2026-07-20"):
            self.assertFalse(self.run_cron())

    def test_a_course_that_is_no_longer_there(self):
        self.course.is_published = False
        self.assertFalse(self.run_cron())

    def test_the_company_decides(self):
        self.company.qualiopi_course_silence = 0
        self.assertFalse(self.run_cron())
        self.company.qualiopi_course_silence = 43
        self.assertFalse(self.run_cron())
        self.company.qualiopi_course_silence = 42
        self.assertEqual(len(self.run_cron()), 2)
        with self.assertRefused("negative"):
            self.company.qualiopi_course_silence = -1

    def test_by_hand(self):
        self.finish(self.bruno)
        both = (self.alice | self.bruno).with_user(self.manager)
        with self.mock_mail_gateway():
            told = both.action_qualiopi_remind()
        self.assertEqual(self.reminded(), self.alice)
        self.assertIn("Bruno Roy", told["params"]["message"])
        for user in (self.internal_auditor, self.contributor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.alice.with_user(user).action_qualiopi_remind()
