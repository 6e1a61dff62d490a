from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .session_common import FIRST, LAST, NO_TRAINER, SessionCase


@tagged("post_install", "-at_install")
class TestHalfDayPlan(SessionCase):
    def plan(self, session):
        session.action_qualiopi_plan_half_days()
        return [
            (str(row.date), row.period, row.hours)
            for row in session.qualiopi_half_day_ids.sorted()
        ]

    def test_mornings_and_afternoons(self):
        session = self.new_session(last="2026-03-03", qualiopi_hours=14)
        self.assertEqual(
            self.plan(session),
            [
                ("2026-03-02", "am", 3.5),
                ("2026-03-02", "pm", 3.5),
                ("2026-03-03", "am", 3.5),
                ("2026-03-03", "pm", 3.5),
            ],
        )

    def test_stops_when_the_hours_are_used_up(self):
        session = self.new_session(qualiopi_hours=8)
        self.assertEqual([hours for *_slot, hours in self.plan(session)], [3.5, 3.5, 1])

    def test_longer_half_days_where_days_are_few(self):
        session = self.new_session(last=FIRST, qualiopi_hours=8)
        self.assertEqual([hours for *_slot, hours in self.plan(session)], [4, 4])

    def test_weekends_are_left_out(self):
        session = self.new_session(first="2026-03-06", last="2026-03-09")
        days = {day for day, *_rest in self.plan(session)}
        self.assertEqual(days, {"2026-03-06", "2026-03-09"})

    def test_weekend_course(self):
        session = self.new_session(
            first="2026-03-07", last="2026-03-08", qualiopi_hours=14
        )
        self.assertEqual(len(self.plan(session)), 4)

    def test_keeps_what_is_planned(self):
        session = self.new_session(last=FIRST, qualiopi_hours=7)
        session.qualiopi_half_day_ids = [
            Command.create({"date": FIRST, "period": "am", "hours": 3})
        ]
        self.assertEqual(self.plan(session), [(FIRST, "am", 3), (FIRST, "pm", 4)])

    def test_says_when_nothing_is_left_to_plan(self):
        session = self.new_session()
        self.assertIsNone(session.action_qualiopi_plan_half_days())
        before = session.qualiopi_half_day_ids
        action = session.action_qualiopi_plan_half_days()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(session.qualiopi_half_day_ids, before)

    def test_needs_hours(self):
        session = self.new_session(qualiopi_hours=0)
        with self.assertRefused("Enter the planned hours", UserError):
            session.action_qualiopi_plan_half_days()

    def test_more_hours_than_days_can_hold(self):
        session = self.new_session(last=FIRST, qualiopi_hours=40)
        with self.assertRefused("40 hours do not fit into 2", UserError):
            session.action_qualiopi_plan_half_days()
        self.assertFalse(session.qualiopi_half_day_ids)

    def test_length_of_a_half_day(self):
        for hours in (0, -1, 12.5):
            with (
                self.subTest(hours=hours),
                self.assertRefused("at most 12 hours"),
            ):
                self.session.qualiopi_half_day_ids = [
                    Command.create({"date": FIRST, "period": "am", "hours": hours})
                ]

    def test_warns_of_too_many_hours(self):
        self.plan(self.session)
        self.assertEqual(self.session.qualiopi_warning, NO_TRAINER)
        self.session.qualiopi_hours = 20
        self.assertIn("far beyond", self.session.qualiopi_warning)

    def test_warns_of_other_days(self):
        self.session.qualiopi_half_day_ids = [
            Command.create({"date": "2026-03-01", "period": "am"}),
            Command.create({"date": LAST, "period": "am"}),
        ]
        self.assertIn("outside the dates", self.session.qualiopi_warning)
        self.assertIn(self.day("2026-03-01"), self.session.qualiopi_warning)
        self.assertNotIn(self.day(LAST), self.session.qualiopi_warning)

    def test_the_desk_plans_nothing(self):
        with self.assertRaises(AccessError):
            self.session.with_user(self.desk).action_qualiopi_plan_half_days()
