from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .trainer_common import FIRST, LAST, PLANNED_ON, TrainerCase


@tagged("post_install", "-at_install")
class TestQualificationOfTheDays(TrainerCase):
    """The same questions for an employee and for an outsider."""

    def trainers(self):
        for trainer in (self.insider, self.outsider):
            with self.subTest(trainer=trainer.kind):
                yield trainer

    def lacking(self, trainer, **validity):
        """:return: whether the title is found lacking with that validity"""
        skill = self.hold(trainer, self.title, **validity)
        assignment = self.assign(trainer)
        codes = self.codes(assignment)
        assignment.unlink()
        skill.unlink()
        return f"skill-{self.title.id}" in codes

    def test_validity_against_the_days_of_the_session(self):
        # Monday 2 to Friday 6 March 2026
        cases = (
            ({}, False),
            ({"first": FIRST, "last": LAST}, False),
            ({"last": "2026-03-01"}, True),
            ({"last": FIRST}, True),
            ({"last": "2026-03-04"}, True),
            ({"last": "2026-03-05"}, True),
            ({"last": LAST}, False),
            ({"first": FIRST}, False),
            ({"first": "2026-03-03"}, True),
            ({"first": LAST}, True),
            ({"first": "2026-03-07"}, True),
        )
        for trainer in self.trainers():
            for validity, expected in cases:
                with self.subTest(**validity):
                    self.assertEqual(self.lacking(trainer, **validity), expected)

    def test_renewal_during_the_session(self):
        for trainer in self.trainers():
            self.hold(trainer, self.title, last="2026-03-03")
            self.hold(trainer, self.title, first="2026-03-04")
            self.assertEqual(self.codes(self.assign(trainer)), set())

    def test_gap_during_the_session_names_its_days(self):
        for trainer in self.trainers():
            self.hold(trainer, self.title, last="2026-03-03")
            self.hold(trainer, self.title, first="2026-03-05")
            assignment = self.assign(trainer)
            self.assertIn(self.day("2026-03-04"), assignment.problem_text)
            self.assertNotIn(self.day("2026-03-05"), assignment.problem_text)

    def test_level(self):
        self.program.skill_ids.unlink()
        self.require(self.program, self.pivot, self.expert)
        for trainer in self.trainers():
            skill = self.hold(trainer, self.pivot, level=self.beginner)
            assignment = self.assign(trainer)
            self.assertEqual(self.codes(assignment), {f"skill-{self.pivot.id}"})
            skill.skill_level_id = self.expert
            self.assertEqual(self.codes(assignment), set())

    def test_any_level_will_do_without_a_least_one(self):
        self.program.skill_ids.unlink()
        self.require(self.program, self.pivot)
        self.hold(self.outsider, self.pivot, level=self.beginner)
        self.assertEqual(self.codes(self.assign(self.outsider)), set())

    def test_days_are_those_of_the_sessions_own_time_zone(self):
        # 10 March in Noumea begins on 9 March in UTC
        self.hold(self.outsider, self.title, first="2026-03-10")
        session = self.new_session(
            date_tz="Pacific/Noumea",
            date_begin="2026-03-09 21:00:00",
            date_end="2026-03-10 05:00:00",
        )
        self.assertEqual(self.codes(self.assign(self.outsider, session)), set())
        session.date_tz = "Europe/Paris"
        self.assertEqual(
            self.codes(session.qualiopi_assignment_ids), {f"skill-{self.title.id}"}
        )

    def test_only_his_half_days_count(self):
        self.session.action_qualiopi_plan_half_days()
        self.hold(self.outsider, self.title, last="2026-03-03")
        assignment = self.assign(self.outsider)
        self.assertEqual(self.codes(assignment), {f"skill-{self.title.id}"})
        assignment.half_day_ids = self.session.qualiopi_half_day_ids.filtered(
            lambda row: str(row.date) <= "2026-03-03"
        )
        self.assertEqual(self.codes(assignment), set())
        self.assertEqual(assignment.hours, 14)

    def test_a_session_on_scattered_days(self):
        self.session.qualiopi_half_day_ids = [
            Command.create({"date": day, "period": "am", "hours": 3.5})
            for day in ("2026-03-02", "2026-03-06")
        ]
        self.hold(self.outsider, self.title, last="2026-03-03")
        self.hold(self.outsider, self.title, first="2026-03-05")
        self.assertEqual(self.codes(self.assign(self.outsider)), set())

    def test_a_moved_session_is_judged_anew(self):
        self.hold(self.outsider, self.title, last=LAST)
        assignment = self.assign(self.outsider)
        self.assertEqual(self.codes(assignment), set())
        self.session.date_end = "2026-03-09 16:00:00"
        self.assertEqual(self.codes(assignment), {f"skill-{self.title.id}"})


@tagged("post_install", "-at_install")
class TestOtherProblems(TrainerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hold(cls.outsider, cls.title)

    def test_nothing_to_report(self):
        assignment = self.assign(self.outsider)
        self.assertEqual(assignment.status, "clear")
        self.assertFalse(assignment.problem_text)
        self.assertEqual(assignment.hours, 35)

    def test_programme_he_may_not_teach(self):
        self.outsider.program_ids = False
        self.assertEqual(self.codes(self.assign(self.outsider)), {"programme"})

    def test_state_of_the_file(self):
        assignment = self.assign(self.outsider)
        with self.on(PLANNED_ON):
            for state in ("draft", "suspended", "left"):
                self.outsider.state = state
                self.assertEqual(self.codes(assignment), {state})

    def test_who_left_after_the_session_taught_it(self):
        assignment = self.assign(self.outsider)
        self.outsider.write({"state": "left", "left_on": LAST})
        self.assertEqual(self.codes(assignment), set())
        self.outsider.left_on = "2026-03-05"
        self.assertEqual(self.codes(assignment), {"left"})

    def test_suspended_today_says_nothing_of_a_past_session(self):
        assignment = self.assign(self.outsider)
        self.outsider.state = "suspended"
        with self.on("2026-04-01"):
            self.assertEqual(self.codes(assignment), set())

    def test_archived_trainer_or_person_is_refused(self):
        self.outsider.active = False
        with self.assertRefused("Nadia Outsider is archived"):
            self.assign(self.outsider)
        self.outsider.active = True
        self.outsider.partner_id.active = False
        with self.assertRefused("Nadia Outsider is archived"):
            self.assign(self.outsider)

    def test_overlapping_sessions_name_each_other(self):
        first = self.assign(self.outsider)
        other = self.new_session("2026-03-06", "2026-03-10", name="Another one")
        second = self.assign(self.outsider, other)
        self.assertEqual(self.codes(first), {f"overlap-{other.id}"})
        self.assertEqual(self.codes(second), {f"overlap-{self.session.id}"})
        self.assertIn("Another one", first.problem_text)
        other.kanban_state = "cancel"
        self.assertEqual(self.codes(first), set())

    def test_following_sessions_do_not_overlap(self):
        first = self.assign(self.outsider)
        self.assign(self.outsider, self.new_session("2026-03-07", "2026-03-10"))
        self.assertEqual(self.codes(first), set())

    def test_morning_here_and_afternoon_there(self):
        morning = self.new_session(
            date_begin="2026-04-01 07:00:00", date_end="2026-04-01 10:00:00"
        )
        afternoon = self.new_session(
            date_begin="2026-04-01 12:00:00", date_end="2026-04-01 15:00:00"
        )
        first = self.assign(self.outsider, morning)
        self.assign(self.outsider, afternoon)
        self.assertEqual(self.codes(first), set())
        afternoon.date_begin = "2026-04-01 09:00:00"
        self.assertEqual(self.codes(first), {f"overlap-{afternoon.id}"})

    def test_twice_on_one_session_is_refused(self):
        self.assign(self.outsider)
        with mute_logger("odoo.sql_db"), self.assertRefused("already", Exception):
            self.assign(self.outsider)

    def test_half_days_of_another_session_are_refused(self):
        other = self.new_session("2026-05-04", "2026-05-05")
        other.action_qualiopi_plan_half_days()
        with self.assertRefused("half-days of Nadia Outsider"):
            self.assign(self.outsider, half_day_ids=other.qualiopi_half_day_ids.ids)

    def test_event_without_programme_is_refused(self):
        plain = self.new_event(name="Open evening")
        with self.assertRefused("Open evening.*delivers no programme"):
            self.assign(self.outsider, plain)

    def test_trainer_of_another_company_is_refused(self):
        stranger = self.new_trainer("Stranger", self.other_company)
        with self.assertRefused("company", Exception):
            self.assign(stranger)

    def test_negative_hours_are_refused(self):
        with self.assertRefused("cannot teach -1 hours"):
            self.assign(self.outsider, hours=-1)

    def test_searching_by_status(self):
        clear = self.assign(self.outsider)
        lacking = self.assign(self.insider)
        Assignment = self.env["qualiopi.assignment"]
        both = [("id", "in", (clear | lacking).ids)]
        self.assertEqual(Assignment.search([*both, ("status", "=", "clear")]), clear)
        self.assertEqual(
            Assignment.search([*both, ("status", "=", "problem")]), lacking
        )
        self.assertEqual(Assignment.search([*both, ("status", "!=", "problem")]), clear)

    def test_same_queries_for_many_assignments(self):
        sessions = [
            self.new_session(f"2026-0{month}-02", f"2026-0{month}-04")
            for month in range(4, 10)
        ]
        rows = [self.assign(self.outsider, session) for session in sessions]
        rows += [
            self.assign(self.new_trainer(f"T{n}"), session)
            for n, session in enumerate(sessions)
        ]
        # one that is clear and one that is not: both have their sentences
        few = self.env["qualiopi.assignment"].browse([rows[0].id, rows[-1].id])
        many = self.env["qualiopi.assignment"].browse([row.id for row in rows])
        few.mapped("status")
        self.assertLessEqual(
            self.queries(lambda: many.mapped("status")),
            self.queries(lambda: few.mapped("status")),
        )


@tagged("post_install", "-at_install")
class TestTaughtSession(TrainerCase):
    def test_session_without_trainer_says_so(self):
        self.assertIn("No trainer is assigned", self.session.qualiopi_warning)
        self.hold(self.outsider, self.title)
        self.assign(self.outsider)
        self.assertFalse(self.session.qualiopi_warning)

    def test_session_without_trainer_is_found(self):
        other = self.new_session()
        self.assign(self.outsider)
        without = self.env["event.event"].search(
            [
                ("qualiopi_assignment_ids", "=", False),
                ("id", "in", (self.session | other).ids),
            ]
        )
        self.assertEqual(without, other)

    def test_sessions_of_a_trainer_are_found(self):
        self.assign(self.outsider)
        self.env.flush_all()
        found = self.env["event.event"].search(
            [("qualiopi_trainer_ids", "in", self.outsider.ids)]
        )
        self.assertEqual(found, self.session)

    def test_problem_shows_on_the_session_until_it_is_waived(self):
        row = self.assign(self.outsider)
        self.assertIn("does not hold", self.session.qualiopi_warning)
        row.waiver = "He is observed by the lead trainer."
        self.assertFalse(self.session.qualiopi_warning)

    def test_plain_event_and_cancelled_session_say_nothing(self):
        plain = self.new_event(name="Open evening")
        self.assertFalse(plain.qualiopi_warning)
        self.session.kanban_state = "cancel"
        self.assertFalse(self.session.qualiopi_warning)

    def test_contract_names_the_trainers_and_what_they_hold(self):
        self.hold(self.outsider, self.title)
        self.hold(self.outsider, self.first_aid, last="2025-01-01")
        self.assign(self.outsider)
        self.assertEqual(
            self.session._qualiopi_trainers_text(),
            "Nadia Outsider – Trainer title (Granted)",
        )
        self.session.qualiopi_trainers = "As written"
        self.assertEqual(self.session._qualiopi_trainers_text(), "As written")

    def test_those_who_taught_are_the_teaching_team(self):
        referent = self.env["res.partner"].create({"name": "Rose"})
        self.session.qualiopi_referent_id = referent
        self.assign(self.outsider)
        team = self.session.with_user(self.event_user)._qualiopi_teaching_team()
        self.assertEqual(team, referent | self.outsider.partner_id)

    def test_duplicated_session_has_no_trainer_yet(self):
        self.assign(self.outsider)
        self.assertFalse(self.session.copy().qualiopi_assignment_ids)

    def test_choosing_him_on_the_session_warns_at_once(self):
        with Form(self.session.with_user(self.event_user)) as form:
            with form.qualiopi_assignment_ids.new() as line:
                with self.assertLogs("odoo.tests.form", "WARNING") as caught:
                    line.trainer_id = self.outsider
        self.assertIn("does not hold", "".join(caught.output))


@tagged("post_install", "-at_install")
class TestPolicy(TrainerCase):
    def policy(self, policy):
        self.company.qualiopi_assignment_policy = policy
        return self.on(PLANNED_ON)

    def test_warn(self):
        with self.policy("warn"):
            self.assertEqual(self.assign(self.outsider).status, "problem")

    def test_block(self):
        with self.policy("block"):
            with self.assertRefused("does not hold.*\n\nChoose another trainer"):
                self.assign(self.outsider)
            with self.assertRefused("does not hold"):
                self.assign(self.outsider, waiver="All the same")
            self.hold(self.outsider, self.title)
            row = self.assign(self.outsider)
            with self.assertRefused("does not hold"):
                row.trainer_id = self.insider
        self.assertEqual(row.trainer_id, self.outsider)

    def test_waiver_is_asked_for_and_kept(self):
        with self.policy("waiver"):
            with self.assertRefused("write a waiver"):
                self.assign(self.outsider)
            with self.assertRefused("write a waiver"):
                self.assign(self.outsider, waiver="  ")
            rows = self.env["qualiopi.assignment"].with_user(self.event_user)
            row = rows.create(
                {
                    "event_id": self.session.id,
                    "trainer_id": self.outsider.id,
                    "waiver": "Jury on 5 March, observed until then",
                }
            )
        self.assertEqual(row.status, "waived")
        self.assertEqual(row.waived_by_id, self.event_user)
        self.assertEqual(str(row.waived_on), PLANNED_ON)
        message = self.session.message_ids[0]
        self.assertIn("observed until then", message.body)
        self.assertIn("does not hold", message.body)

    def test_waiver_answers_only_what_it_was_written_for(self):
        with self.policy("waiver"):
            row = self.assign(self.outsider, waiver="Observed")
            self.outsider.state = "suspended"
            self.forget()
            self.assertEqual(row.status, "problem")
            with self.assertRefused("is suspended"):
                row.half_day_ids = False
            row.waiver = "Observed, and back on Monday"
        self.assertEqual(row.status, "waived")

    def test_waiver_of_one_trainer_is_not_that_of_the_next(self):
        with self.policy("waiver"):
            row = self.assign(self.outsider, waiver="Observed")
            self.outsider.state = "draft"
            self.insider.state = "suspended"
            with self.assertRefused("Marc Employee is suspended"):
                row.trainer_id = self.insider

    def test_what_is_over_is_recorded_as_it_was(self):
        for policy in ("block", "waiver"):
            self.company.qualiopi_assignment_policy = policy
            with self.on("2026-04-01"):
                row = self.assign(self.outsider)
                self.assertEqual(row.status, "problem")
                row.unlink()

    def test_withdrawn_waiver(self):
        row = self.assign(self.outsider, waiver="Observed")
        row.waiver = False
        self.assertFalse(row.waived_by_id or row.waived_on or row.waived_codes)
        self.assertEqual(row.status, "problem")


@tagged("post_install", "-at_install")
class TestWhoAssigns(TrainerCase):
    def test_event_users_assign_without_any_other_right(self):
        rows = self.env["qualiopi.assignment"].with_user(self.event_user)
        row = rows.create({"event_id": self.session.id, "trainer_id": self.insider.id})
        self.assertIn("does not hold", row.problem_text)

    def test_registration_desk_reads_only(self):
        row = self.assign(self.insider).with_user(self.desk)
        self.assertTrue(row.read())
        with self.assertRaises(AccessError):
            row.hours = 3
