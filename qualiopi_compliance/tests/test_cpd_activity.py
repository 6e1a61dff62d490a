from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .cpd_common import TODAY, CpdCase

TOMORROW = "2026-06-16"


@tagged("post_install", "-at_install")
class TestCpdRefused(CpdCase):
    def test_hours_that_the_days_cannot_hold_are_refused(self):
        for hours, last, words in (
            (0, False, "more than 0"),
            (-2, False, "more than 0"),
            (30, False, "30 hours do not fit into 1 day"),
            (24.5, False, "24.5 hours do not fit"),
            (49, "2026-05-12", "49 hours do not fit into 2 day"),
        ):
            with self.subTest(hours=hours), self.assertRefused(words):
                self.new_activity(hours=hours, date_end=last)

    def test_hours_that_were_right_are_checked_again_when_the_days_change(self):
        activity = self.new_activity(hours=30, date_end="2026-05-13")
        with self.assertRefused("do not fit"):
            activity.date_end = False

    def test_hours_are_never_truncated(self):
        for hours in (0.25, 1 / 3, 7.75, 24):
            activity = self.new_activity(hours=hours)
            self.forget()
            with self.subTest(hours=hours):
                self.assertEqual(activity.hours, hours)
                self.assertEqual(self.ledger(self.outsider).hours, hours)
            activity.unlink()

    def test_last_day_before_the_first_is_refused(self):
        with self.assertRefused("before it begins"):
            self.new_activity(date_end="2026-05-10")

    def test_what_is_not_over_is_not_done(self):
        for days in (
            {"date": TOMORROW},
            {"date": TODAY, "date_end": TOMORROW},
        ):
            with self.subTest(**days), self.assertRefused("is not over before"):
                self.new_activity(state="done", **days)
            activity = self.new_activity(**days)
            with self.subTest(button=True, **days), self.assertRefused("is not over"):
                activity.action_done()
        self.assertEqual(self.new_activity(date=TODAY, state="done").state, "done")

    def test_archived_trainer_is_refused(self):
        activity = self.new_activity()
        self.outsider.active = False
        with self.assertRefused("Nadia Outsider is archived"):
            self.new_activity()
        activity.practice_change = "What is kept of him can still be completed"

    def test_line_of_somebody_elses_resume_is_refused(self):
        line = self.new_line()
        for trainer in (self.outsider, self.promote(self.new_employee("Another"))):
            case = self.subTest(trainer=trainer.name)
            with case, self.assertRefused("somebody else"):
                self.new_activity(trainer, resume_line_id=line.id)
        self.new_activity(self.insider, resume_line_id=line.id)

    @mute_logger("odoo.sql_db")
    def test_one_activity_for_one_session_and_one_line(self):
        line = self.new_line()
        self.new_activity(self.insider, resume_line_id=line.id)
        self.new_activity(self.insider, event_id=self.session.id)
        for about in (
            {"resume_line_id": line.id},
            {"event_id": self.session.id},
        ):
            with self.subTest(**about), self.assertRaises(UniqueViolation):
                self.new_activity(self.insider, **about)
        self.new_activity(self.outsider, event_id=self.session.id)

    def test_session_of_another_company_is_refused(self):
        program = self.new_program(company_id=self.other_company.id)
        session = self.new_session(
            company_id=self.other_company.id, qualiopi_program_id=program.id
        )
        with self.assertRaises(UserError):
            self.new_activity(event_id=session.id)


@tagged("post_install", "-at_install")
class TestCpdWarned(CpdCase):
    def warning(self, **vals):
        return self.new_activity(self.insider, **vals).warning or ""

    def test_long_day(self):
        self.assertIn("more than 10 a day", self.warning(hours=10.5))
        self.assertNotIn("more than", self.warning(hours=10))
        self.assertIn("more than", self.warning(hours=21, date_end="2026-05-12"))
        self.assertNotIn("more than", self.warning(hours=20, date_end="2026-05-12"))

    def test_planned_and_past(self):
        self.assertIn("say whether it took place", self.warning())
        self.assertNotIn("took place", self.warning(date=TODAY))
        self.assertNotIn("took place", self.warning(date_end=TODAY))

    def test_what_changed_and_proof_are_asked_for_once_done(self):
        self.assertNotIn("changed", self.warning())
        activity = self.new_activity(state="done")
        self.assertIn("what changed in practice", activity.warning)
        self.assertIn("no proof", activity.warning)
        activity.write(
            {"practice_change": "Shorter tests", "proof_url": "https://example.com"}
        )
        self.assertFalse(activity.warning)

    def test_same_topic_and_day_twice(self):
        self.new_activity(self.insider, name="assessing Skills")
        self.assertIn("recorded twice", self.warning())
        self.assertNotIn("twice", self.warning(date="2026-05-12"))
        self.assertNotIn("twice", self.new_activity(self.outsider).warning or "")

    def test_trainer_of_the_session_does_not_attend_it(self):
        self.assertNotIn("teaches", self.warning(event_id=self.session.id))
        other = self.new_session(name="Another")
        self.assign(self.insider, other)
        self.assertIn("teaches “Another”", self.warning(event_id=other.id))

    def test_warning_shows_while_typing(self):
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.manager))
        form.trainer_id = self.outsider
        form.name = "Long day"
        form.hours = 12
        self.assertIn("more than 10 a day", form.warning)
        form.hours = 7
        self.assertFalse(form.warning)

    def test_empty_form_says_nothing_odd(self):
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.manager))
        self.assertFalse(form.warning)
        self.assertFalse(form.trainer_id)


@tagged("post_install", "-at_install")
class TestCpdFilledIn(CpdCase):
    def test_contributor_starts_with_himself(self):
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.contributor))
        form.name = "Reading"
        form.hours = 2
        activity = form.save()
        self.assertEqual(activity.trainer_id, self.own)
        self.assertEqual(activity.company_id, self.company)

    def test_session_fills_in_what_is_empty(self):
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.manager))
        form.trainer_id = self.outsider
        form.event_id = self.session
        self.assertEqual(form.name, self.session.name)
        self.assertEqual(form.hours, 35)
        self.assertEqual(str(form.date), "2026-03-02")
        self.assertEqual(str(form.date_end), "2026-03-06")

    def test_line_of_the_resume_fills_in_what_is_empty(self):
        line = self.new_line()
        for user in (self.manager, self.internal_auditor):
            self.assertFalse(user.has_group("hr.group_hr_user"))
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.manager))
        form.trainer_id = self.insider
        form.hours = 12.5
        form.resume_line_id = line
        self.assertEqual(form.name, line.name)
        self.assertEqual(form.hours, 12.5)
        self.assertEqual(form.date, line.date_start)
        self.assertEqual(form.kind, "course")
        self.assertEqual(form.save().resume_line_id, line)

    def test_validity_of_a_certification_is_not_its_length(self):
        survey = self.env["survey.survey"].create({"title": "Exam"})
        line = self.new_line(survey_id=survey.id, date_end="2029-05-11")
        form = Form(self.env["qualiopi.cpd.activity"].with_user(self.manager))
        form.trainer_id = self.insider
        form.resume_line_id = line
        self.assertFalse(form.date_end)
        self.assertEqual(form.kind, "certification")

    def test_calendar_shows_what_lasts_one_day(self):
        activity = self.new_activity()
        self.assertEqual(activity.date_last, activity.date)
        activity.date_end = "2026-05-12"
        self.assertEqual(str(activity.date_last), "2026-05-12")
        arch = self.env["qualiopi.cpd.activity"].get_view(None, "calendar")["arch"]
        self.assertIn('date_stop="date_last"', arch)

    def test_copy_is_a_plan_without_proof(self):
        activity = self.new_activity(
            state="validated", proof_url="https://example.com", event_id=self.session.id
        )
        copy = activity.copy()
        self.assertEqual(copy.state, "planned")
        self.assertFalse(copy.proof_url or copy.assessed_on or copy.event_id)
        self.assertEqual(copy.name, activity.name)
