import logging
from contextlib import ExitStack
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .session_common import LAST
from .survey_common import Killed, SurveyCase

SENDING = "odoo.addons.qualiopi_compliance.models.training.qualiopi_survey_sending"


@tagged("post_install", "-at_install")
class TestSurveyInterrupted(SurveyCase):
    """Killed anywhere and run again, each person is asked exactly once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for purpose in ("feedback", "final", "team"):
            cls.plan(purpose, reminders=1)
        cls.new_learner("Chloé Roux")
        cls.learners = ["Alice Martin", "Bruno Petit", "Chloé Roux"]
        cls.startClassPatcher(patch(f"{SENDING}.BATCH", 2))

    def expected(self):
        return sorted([*self.learners, *self.learners, "Rose Durand"])

    def run_until(self, step):
        """:return: whether the job was killed"""
        try:
            with self.stopped_at(step):
                self.env["qualiopi.survey.plan"]._cron_send()
        except Killed:
            return True
        return False

    def test_killed_at_each_step(self):
        with self.at(f"{LAST} 17:00:00"):
            step, killed = 0, True
            while killed:
                step += 1
                with self.subTest(step=step):
                    undo = self.env.cr.savepoint()
                    killed = self.run_until(step)
                    self.forget()
                    self.run_job()
                    self.assertEqual(self.asked(), self.expected())
                    mails = self.mails()
                    self.assertEqual(len(mails), len(self.expected()))
                    self.assertEqual(len(set(mails.mail_message_id.ids)), len(mails))
                    undo.rollback()
                    self.env.clear()
        # seven mails, and the commits before and after each of five batches
        self.assertGreater(step, 7 + 10)

    def test_killed_at_each_step_of_the_reminders(self):
        self.run_on(LAST, "17:00")
        self.answer(self.invitation(self.alice), marks=5)
        count = len(self.expected())
        with self.at("2026-03-13 10:00:00"):
            step, killed = 0, True
            while killed:
                step += 1
                with self.subTest(step=step):
                    undo = self.env.cr.savepoint()
                    killed = self.run_until(step)
                    self.forget()
                    self.run_job()
                    rows = self.invitations.search([("state", "=", "sent")])
                    self.assertEqual(set(rows.mapped("reminded")), {1})
                    self.assertEqual(len(self.mails()), count + count - 1)
                    undo.rollback()
                    self.env.clear()
        self.assertGreater(step, count)

    def test_run_twice(self):
        for _time in range(2):
            self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), self.expected())
        self.assertEqual(len(self.mails()), len(self.expected()))

    def test_two_workers_at_once(self):
        """What the other has just asked is not seen yet: the key is what decides."""
        self.plans.search([("purpose", "!=", "feedback")]).active = False
        plan = self.plan("feedback")
        with self.at(f"{LAST} 17:00:00"):
            known = plan._recipients()
            self.assertEqual(len(known), 3)
            self.run_job()
            for names in (["_recipients"], ["_recipients", "_fresh"]):
                with self.subTest(stale=names), ExitStack() as stack:
                    for name in names:
                        stack.enter_context(
                            patch.object(
                                type(plan), name, lambda plan, rows=known: rows
                            )
                        )
                    stack.enter_context(mute_logger("odoo.sql_db"))
                    if "_fresh" in names:
                        # “INFO” is another level by that name in Odoo
                        logs = stack.enter_context(
                            self.assertLogs(SENDING, logging.INFO)
                        )
                    self.run_job()
                self.assertEqual(self.asked(), self.learners)
                self.assertEqual(len(self.mails()), 3)
        self.assertEqual({row.levelname for row in logs.records}, {"INFO"})
        self.assertIn("somebody else", logs.output[0])

    def test_a_plan_that_another_worker_sends_is_left_to_it(self):
        plan = type(self.plan("feedback"))
        with (
            self.at(f"{LAST} 17:00:00"),
            patch.object(plan, "try_lock_for_update", lambda plan: plan.browse()),
        ):
            self.run_job()
        self.assertEqual(self.asked(), [])

    def test_the_key_is_unique_in_the_database(self):
        self.run_on(LAST, "17:00")
        row = self.invitation(self.alice)
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            row.sudo().copy({"token": "another"})
            self.env.flush_all()

    def test_one_plan_that_breaks_does_not_stop_the_others(self):
        broken = self.plan("feedback")
        invite = type(broken)._invite

        def break_down(plan, recipients):
            if plan == broken:
                raise ZeroDivisionError
            return invite(plan, recipients)

        with (
            self.at(f"{LAST} 17:00:00"),
            patch.object(type(broken), "_invite", break_down),
            mute_logger(SENDING),
        ):
            self.run_job()
        self.assertEqual(self.asked("feedback"), [])
        self.assertEqual(len(self.asked("final")), 3)
        self.run_on(LAST, "18:00")
        self.assertEqual(self.asked(), self.expected())

    def test_a_mail_that_cannot_be_written_is_said(self):
        Template = type(self.env["mail.template"])
        with (
            self.at(f"{LAST} 17:00:00"),
            patch.object(Template, "send_mail", side_effect=UserError("Bad template")),
        ):
            self.run_job()
        rows = self.invitations.search([("company_id", "=", self.company.id)])
        self.assertEqual(set(rows.mapped("state")), {"failed"})
        self.assertEqual(set(rows.mapped("failure")), {"Bad template"})
        # put right, and sent again
        self.invitation(self.alice).with_user(self.manager).action_send_again()
        self.assertEqual(self.invitation(self.alice).state, "sent")
        self.assertFalse(self.invitation(self.alice).failure)
        self.assertEqual(len(self.mails()), 1)

    def test_time_of_the_job_runs_out(self):
        with (
            self.at(f"{LAST} 17:00:00"),
            self.stopped_at(None),
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0
            ),
        ):
            self.env["qualiopi.survey.plan"]._cron_send()
        self.assertEqual(len(self.asked()), 2)
        self.run_on(LAST, "18:00")
        self.assertEqual(self.asked(), self.expected())
