from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .trainer_common import PLANNED_ON, TrainerCase


@tagged("post_install", "-at_install")
class TestReminders(TrainerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # everybody is reminded in his own language
        cls.env["res.lang"]._activate_lang("en_US")
        (cls.manager | cls.event_user).lang = "en_US"
        cls.outsider.user_id = cls.manager
        cls.insider.state = "draft"

    def night(self, day, until=None):
        """Run the night of ``day``.

        :param until: number of commits after which the process is killed
        """
        commits = []

        def commit_progress(cron, processed=0, *, remaining=None, deactivate=False):
            commits.append(processed)
            if until is not None and len(commits) >= until:
                raise KeyboardInterrupt
            return 60

        with self.on(day), patch.object(IrCron, "_commit_progress", commit_progress):
            with suppress(KeyboardInterrupt):
                self.env["res.company"]._cron_qualiopi_remind()

    def todo(self, record):
        """:return: what is open on a record: summary -> day"""
        self.forget()
        return {
            activity.summary: str(activity.date_deadline)
            for activity in record.activity_ids
        }

    def test_cv_before_its_end_and_once(self):
        self.outsider.cv_on = "2025-06-01"
        self.night("2026-03-02")
        self.assertEqual(self.todo(self.outsider), {})
        self.night("2026-03-03")
        self.assertEqual(self.todo(self.outsider), {"Update the CV": "2026-06-01"})
        self.assertEqual(self.outsider.activity_ids.user_id, self.manager)
        self.night("2026-03-04")
        self.assertEqual(len(self.outsider.activity_ids), 1)

    def test_done_is_not_asked_again(self):
        self.outsider.cv_on = "2025-06-01"
        self.night("2026-05-03")
        self.outsider.activity_ids.action_feedback(feedback="asked for")
        self.night("2026-05-04")
        self.assertEqual(self.todo(self.outsider), {})

    def test_again_when_the_day_moves(self):
        self.outsider.cv_on = "2025-06-01"
        self.night("2026-05-03")
        self.outsider.cv_on = "2025-06-15"
        self.night("2026-05-04")
        self.assertEqual(self.todo(self.outsider), {"Update the CV": "2026-06-15"})

    def test_settled_by_itself(self):
        self.outsider.cv_on = "2025-06-01"
        self.night("2026-05-03")
        self.outsider.cv_on = "2026-05-03"
        self.night("2026-05-04")
        self.assertEqual(self.todo(self.outsider), {})
        self.assertFalse(
            self.env["qualiopi.reminder"].search([("company_id", "=", self.company.id)])
        )

    def test_assessment_and_certification(self):
        self.outsider.assessment_ids = [(0, 0, {"date": "2025-05-20"})]
        self.hold(self.outsider, self.title, last="2026-06-30")
        self.hold(self.outsider, self.first_aid, last="2027-06-30")
        self.night("2026-05-03")
        self.assertEqual(
            self.todo(self.outsider),
            {
                "Assess the trainer": "2026-05-20",
                "Renew “Trainer title”": "2026-06-30",
            },
        )

    def test_renewed_certification_is_left_alone(self):
        self.hold(self.outsider, self.title, last="2026-06-30")
        self.hold(self.outsider, self.title, first="2026-07-01")
        self.night("2026-05-03")
        self.assertEqual(self.todo(self.outsider), {})

    def test_expired_certification_only_where_it_is_required(self):
        self.hold(self.outsider, self.title, last="2025-12-31")
        self.hold(self.outsider, self.first_aid, last="2025-12-31")
        self.night("2026-05-03")
        self.assertEqual(
            self.todo(self.outsider), {"Renew “Trainer title”": "2025-12-31"}
        )

    def test_session_whose_trainer_will_have_expired_by_then(self):
        self.session.user_id = self.event_user
        self.hold(self.outsider, self.title, last="2026-03-03")
        self.assign(self.outsider)
        self.night(PLANNED_ON)
        [activity] = self.session.activity_ids
        self.assertEqual(activity.user_id, self.event_user)
        self.assertIn("does not hold", activity.note)
        self.night("2026-02-03")
        self.assertEqual(self.session.activity_ids, activity)

    def test_new_problem_of_the_same_session_is_a_new_matter(self):
        self.assign(self.outsider)
        self.night(PLANNED_ON)
        before = self.session.activity_ids
        self.outsider.state = "suspended"
        self.night("2026-02-03")
        self.assertEqual(len(self.session.activity_ids), 1)
        self.assertNotEqual(self.session.activity_ids, before)

    def test_waived_called_off_or_past_sessions_are_left_alone(self):
        self.assign(self.outsider, waiver="Observed")
        self.assign(self.outsider, self.new_session("2026-01-05", "2026-01-06"))
        off = self.new_session("2026-04-06", "2026-04-07", kanban_state="cancel")
        self.assign(self.outsider, off)
        self.night(PLANNED_ON)
        for session in self.outsider.assignment_ids.event_id:
            self.assertFalse(session.activity_ids)

    def test_killed_and_run_again(self):
        people = [
            self.new_trainer(f"T{number}", cv_on="2025-06-01") for number in range(3)
        ]
        with patch(
            "odoo.addons.qualiopi_compliance.models.organisation"
            ".res_company_reminders.BATCH",
            1,
        ):
            self.night("2026-05-03", until=2)
            self.forget()
            reminded = [trainer for trainer in people if trainer.activity_ids]
            self.assertTrue(0 < len(reminded) < 3, len(reminded))
            self.night("2026-05-03")
        self.forget()
        self.assertEqual([len(row.activity_ids) for row in people], [1, 1, 1])

    def test_drafts_and_those_who_left_are_left_alone(self):
        self.outsider.cv_on = "2025-06-01"
        for state in ("draft", "left"):
            self.outsider.state = state
            self.night("2026-05-03")
            self.assertEqual(self.todo(self.outsider), {})
