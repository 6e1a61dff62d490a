from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools.misc import format_date

from .session_common import FIRST, LAST
from .test_attendance import TODAY, AttendanceCase


@tagged("post_install", "-at_install")
class TestAttendanceGrid(AttendanceCase):
    def grid(self, session=None, user=None):
        """What the screen receives."""
        return self.call("qualiopi_attendance_grid", session=session, user=user)

    def call(self, method, *args, session=None, user=None):
        session = (session or self.session).with_user(user or self.desk)
        self.forget()
        return call_kw(session.browse(), method, [session.ids, *args], {})

    def learner(self, grid, learner):
        return next(row for row in grid["learners"] if row["id"] == learner.id)

    def test_columns_are_the_planned_half_days(self):
        columns = self.grid()["columns"]
        self.assertEqual(len(columns), 10)
        self.assertEqual(
            columns[0],
            {
                "date": FIRST,
                "period": "am",
                "hours": 3.5,
                "planned": True,
                "kind": "planned",
            },
        )
        self.assertEqual((columns[-1]["date"], columns[-1]["period"]), (LAST, "pm"))

    def test_columns_of_other_days(self):
        with self.on("2026-03-07"):
            self.record(self.cell(self.ada, "2026-03-07", kind="distance", hours=2))
            columns = self.grid()["columns"]
        self.assertEqual(len(columns), 11)
        self.assertEqual(
            (columns[-1]["planned"], columns[-1]["kind"]), (False, "distance")
        )

    def test_learners_with_what_they_lack(self):
        self.ada.write({"qualiopi_need_on": "2026-02-01", "qualiopi_adjustment": "no"})
        row = self.learner(self.grid(), self.ada)
        self.assertEqual((row["name"], row["state"]), ("Learner 00", "open"))
        labels = [piece["label"] for piece in row["missing"]]
        self.assertNotIn("Need analysis", labels)
        self.assertIn("Signed contract or agreement", labels)
        contract = next(p for p in row["missing"] if p["code"] == "contract")
        # the call carries no language: the reader's own one holds
        due_on = format_date(self.env(user=self.desk, context={}), FIRST)
        self.assertEqual((contract["due_on"], contract["late"]), (due_on, True))
        self.assertEqual(row["late_count"], sum(p["late"] for p in row["missing"]))
        self.assertEqual(self.ada.qualiopi_late_count, row["late_count"])

    def test_cancelled_and_dropped_out(self):
        self.ada.state = "cancel"
        self.alan.qualiopi_dropped_on = FIRST
        grid = self.grid()
        self.assertEqual(self.learner(grid, self.ada)["state"], "cancel")
        self.assertEqual(self.learner(grid, self.ada)["missing"], [])
        self.assertEqual(self.learner(grid, self.alan)["dropped_on"], FIRST)

    def test_records_and_shows_at_once(self):
        grid = self.call(
            "qualiopi_record_attendance",
            [self.cell(self.ada), self.cell(self.alan, state="absent")],
        )
        self.assertEqual(
            sorted(
                (row["registration_id"], row["state"], row["hours"])
                for row in grid["cells"]
            ),
            [(self.ada.id, "present", 3.5), (self.alan.id, "absent", 0)],
        )
        row = self.learner(grid, self.ada)
        self.assertNotIn("attendance", [piece["code"] for piece in row["missing"]])

    def test_dates_and_labels(self):
        grid = self.grid()
        self.assertEqual(
            (grid["first_day"], grid["last_day"], grid["today"]), (FIRST, LAST, TODAY)
        )
        self.assertEqual(
            grid["labels"]["state"],
            {"present": "Present", "absent": "Absent", "excused": "Excused"},
        )

    def test_what_is_printed_for_all_can_be_called(self):
        documents = self.grid()["documents"]
        self.assertTrue(documents)
        for document in documents:
            self.assertTrue(hasattr(self.session, document["method"]))

    def test_not_for_plain_events(self):
        plain = self.new_event(name="Open day")
        for method, args in (
            ("qualiopi_attendance_grid", []),
            ("qualiopi_record_attendance", [[]]),
        ):
            with (
                self.subTest(method=method),
                self.assertRefused("“Open day” delivers no programme", UserError),
            ):
                self.call(method, *args, session=plain)

    def test_cells_that_are_not_cells(self):
        good = self.cell(self.ada)
        for bad in (
            {},
            "cell",
            {**good, "registration_id": "1"},
            {**good, "date": "Monday"},
            {**good, "date": False},
            {**good, "period": "night"},
            {**good, "state": "late"},
            {**good, "kind": "other"},
            {**good, "hours": "2"},
        ):
            with (
                self.subTest(bad=bad),
                self.assertRefused("not understood", UserError),
            ):
                self.call("qualiopi_record_attendance", [good, bad])
        self.assertFalse(self.ada.qualiopi_attendance_ids)

    def test_learner_of_another_session(self):
        stranger = self.new_learners(self.new_session(), 1)
        with self.assertRefused("does not belong", UserError):
            self.call("qualiopi_record_attendance", [self.cell(stranger)])
        self.assertFalse(stranger.qualiopi_attendance_ids)

    def test_same_queries_for_15_and_60_learners(self):
        few, many = self.new_session(), self.new_session()
        for session, count in ((few, 15), (many, 60)):
            session.action_qualiopi_plan_half_days()
            self.new_learners(session, count, qualiopi_dropped_on=LAST)
        with self.on(LAST):
            for session in (few, many):
                self.env["qualiopi.attendance"]._record(session, self.cells_of(session))
            counts = [
                self.queries(lambda session=session: self.grid(session))
                for session in (few, few, many)
            ]
        self.assertEqual(counts[2], counts[1])
        self.assertLess(counts[2], 40)


@tagged("post_install", "-at_install")
class TestAttendanceGridRights(AttendanceCase):
    def call(self, user, method, *args):
        session = self.session.with_user(user)
        self.forget()
        return call_kw(session.browse(), method, [session.ids, *args], {})

    def test_who_records(self):
        for user in (self.desk, self.event_user, self.manager):
            with self.subTest(user=user.login):
                self.assertTrue(
                    self.call(user, "qualiopi_attendance_grid")["can_write"]
                )
                self.call(user, "qualiopi_record_attendance", [self.cell(self.ada)])
                rows = self.ada.qualiopi_attendance_ids
                self.assertEqual(rows.write_uid, user)
                rows.unlink()

    def test_who_only_reads(self):
        grid = self.call(self.internal_auditor, "qualiopi_attendance_grid")
        self.assertEqual(len(grid["learners"]), 3)
        self.assertFalse(grid["can_write"])
        with self.assertRaises(AccessError):
            self.call(
                self.internal_auditor,
                "qualiopi_record_attendance",
                [self.cell(self.ada)],
            )

    def test_who_does_not_read(self):
        public = self.env.ref("base.public_user")
        other_desk = new_test_user(
            self.env,
            "q_other_desk",
            "event.group_event_registration_desk",
            company_id=self.other_company.id,
            company_ids=[(6, 0, self.other_company.ids)],
        )
        for user in (
            self.plain,
            self.contributor,
            self.portal,
            public,
            self.other_manager,
            other_desk,
        ):
            for method, args in (
                ("qualiopi_attendance_grid", []),
                ("qualiopi_record_attendance", [[self.cell(self.ada)]]),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    self.call(user, method, *args)
        self.assertFalse(self.ada.qualiopi_attendance_ids)
