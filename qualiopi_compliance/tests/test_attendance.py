from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .session_common import FIRST, LAST, SessionCase

TODAY = "2026-03-04"
# one more query each so many rows inserted
INSERT_BATCH = 100


class AttendanceCase(SessionCase):
    """The Wednesday of a session whose ten half-days are planned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session.action_qualiopi_plan_half_days()
        cls.learners = cls.new_learners(cls.session, 3)
        cls.ada, cls.alan, cls.grace = cls.learners

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    def cell(self, learner, day=FIRST, period="am", state="present", **more):
        return {
            "registration_id": learner.id,
            "date": day,
            "period": period,
            "state": state,
            **more,
        }

    def record(self, *cells):
        return self.env["qualiopi.attendance"]._record(self.session, cells)

    def cells_of(self, session, state="present"):
        return [
            self.cell(learner, str(half_day.date), half_day.period, state)
            for learner in session.registration_ids
            for half_day in session.qualiopi_half_day_ids
        ]


@tagged("post_install", "-at_install")
class TestRecordAttendance(AttendanceCase):
    def test_present_for_the_planned_hours(self):
        self.session.qualiopi_half_day_ids[0].hours = 4
        row = self.record(self.cell(self.ada))
        self.assertEqual((row.state, row.hours, row.kind), ("present", 4, "planned"))
        self.assertEqual(row.event_id, self.session)
        self.assertEqual(row.company_id, self.company)

    def test_no_hours_for_who_was_not_there(self):
        rows = self.record(
            self.cell(self.ada, state="absent"),
            self.cell(self.alan, state="excused", hours=3),
        )
        self.assertEqual(rows.mapped("hours"), [0, 0])

    def test_part_of_a_half_day(self):
        row = self.record(self.cell(self.ada, hours=2))
        self.assertEqual(row.hours, 2)
        self.assertEqual(self.ada.qualiopi_hours_present, 2)

    def test_other_days_are_catching_up(self):
        row = self.record(self.cell(self.ada, "2026-03-03", "pm"))
        self.session.qualiopi_half_day_ids.filtered(
            lambda half_day: str(half_day.date) == TODAY
        ).unlink()
        other = self.record(self.cell(self.ada, TODAY))
        self.assertEqual(row.kind, "planned")
        self.assertEqual((other.kind, other.hours), ("catch_up", 3.5))

    def test_keeps_the_kind(self):
        row = self.record(self.cell(self.ada, kind="distance"))
        self.record(self.cell(self.ada, state="absent"))
        self.assertEqual((row.kind, row.state), ("distance", "absent"))

    def test_changes_and_forgets(self):
        row = self.record(self.cell(self.ada))
        other = self.record(self.cell(self.alan))
        self.record(
            self.cell(self.ada, state="excused"), self.cell(self.alan, state="")
        )
        self.assertEqual((row.state, row.hours), ("excused", 0))
        self.assertFalse(other.exists())

    def test_forgetting_what_is_not_there(self):
        self.assertFalse(self.record(self.cell(self.ada, state="")))

    def test_the_last_of_two_holds(self):
        row = self.record(self.cell(self.ada), self.cell(self.ada, state="absent"))
        self.assertEqual(row.state, "absent")

    def test_learner_of_another_session(self):
        stranger = self.new_learners(self.new_session(), 1)
        with self.assertRefused("does not belong", ValidationError):
            self.record(self.cell(stranger))

    def test_all_or_nothing(self):
        with self.assertRaises(ValidationError):
            self.record(self.cell(self.ada), self.cell(self.alan, LAST))
        self.assertFalse(self.learners.qualiopi_attendance_ids)

    @mute_logger("odoo.sql_db")
    def test_twice_the_same_half_day(self):
        row = self.record(self.cell(self.ada))
        with self.assertRaises(IntegrityError):
            row.copy()
            self.env.flush_all()

    def test_one_batch(self):
        """As many queries for 15 learners as for 60, but for the inserts."""
        few, many = self.new_session(), self.new_session()
        for session, count in ((few, 15), (many, 60)):
            session.action_qualiopi_plan_half_days()
            self.new_learners(session, count)
        Attendance = self.env["qualiopi.attendance"]
        with self.on(LAST):
            for states in ("present", "absent"):
                counts = {}
                for session in (few, many):
                    cells = self.cells_of(session, states)
                    counts[len(cells)] = self.queries(
                        lambda session=session, cells=cells: Attendance._record(
                            session, cells
                        )
                    )
                with self.subTest(states=states):
                    self.assertEqual(list(counts), [150, 600])
                    batches = 600 // INSERT_BATCH - 150 // INSERT_BATCH
                    self.assertLessEqual(counts[600] - counts[150], 2 * batches)
                    self.assertLess(counts[600], 60)
        self.assertEqual(len(many.registration_ids.qualiopi_attendance_ids), 600)


@tagged("post_install", "-at_install")
class TestRefusedAttendance(AttendanceCase):
    def test_before_the_session_begins(self):
        for state in ("present", "absent"):
            with (
                self.subTest(state=state),
                self.assertRefused(
                    f"Learner 00 cannot attend on {self.day('2026-03-01')}",
                    ValidationError,
                ),
            ):
                self.record(self.cell(self.ada, "2026-03-01", state=state))

    def test_day_that_has_not_come(self):
        with self.assertRefused(
            f"{self.day('2026-03-05')} has not come yet", ValidationError
        ):
            self.record(self.cell(self.ada, "2026-03-05"))
        row = self.record(self.cell(self.ada, "2026-03-05", state="excused"))
        self.assertEqual(row.state, "excused")

    def test_today_is_no_future(self):
        self.assertTrue(self.record(self.cell(self.ada, TODAY)))

    def test_cancelled(self):
        self.ada.state = "cancel"
        with self.assertRefused("Learner 00 is cancelled", ValidationError):
            self.record(self.cell(self.ada))

    def test_after_dropping_out(self):
        self.ada.qualiopi_dropped_on = FIRST
        with self.assertRefused(f"dropped out on {self.day(FIRST)}", ValidationError):
            self.record(self.cell(self.ada, "2026-03-03"))
        row = self.record(self.cell(self.ada, FIRST))
        self.assertEqual(row.state, "present")

    def test_hours_that_cannot_be(self):
        for hours in (-1, 12.5):
            with (
                self.subTest(hours=hours),
                self.assertRefused("cannot be right", ValidationError),
            ):
                self.record(self.cell(self.ada, hours=hours))

    def test_hours_of_who_was_not_there(self):
        row = self.record(self.cell(self.ada, state="absent"))
        with self.assertRefused("was not there", ValidationError):
            row.hours = 3
