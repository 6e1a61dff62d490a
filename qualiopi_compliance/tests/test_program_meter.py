from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .trainer_common import TrainerCase

TODAY = "2026-11-23"


@tagged("post_install", "-at_install")
class TestMeters(TrainerCase):
    """People teaching and hours by permanent staff, over twelve months."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    def meter(self, program=None, day=TODAY):
        """:return: people, hours, hours by permanent staff"""
        self.forget()
        program = program or self.program
        Framework = self.env["qualiopi.framework"]
        day = Framework._fields["date_from"].to_date(day)
        meter = program._meters(day)[program.id]
        return meter.people, meter.hours, meter.permanent_hours

    def standings(self, program=None):
        self.forget()
        program = program or self.program
        return program.referent_standing, program.permanent_standing

    def apprenticeship(self):
        self.program.category_id = self.category("CFA")
        return self.program

    def test_nobody_yet(self):
        self.assertEqual(self.meter(), (0, 0, 0))
        self.assertEqual(self.standings(), ("no_data", False))
        self.apprenticeship()
        self.company.qualiopi_permanent_threshold = 50
        self.company.qualiopi_teacher_threshold = 3
        self.assertEqual(self.standings(), ("no_data", "no_data"))

    def test_people_are_counted_once(self):
        self.assign(self.outsider, hours=10)
        self.assign(self.insider, hours=20)
        second = self.new_session("2026-05-04", "2026-05-05")
        self.assign(self.outsider, second, hours=5)
        self.assertEqual(self.meter(), (2, 35, 20))

    def test_sessions_of_the_twelve_months(self):
        cases = {
            ("2025-11-20", "2025-11-23"): 0,
            ("2025-11-20", "2025-11-24"): 1,
            ("2026-11-23", "2026-11-27"): 1,
            ("2026-11-24", "2026-11-27"): 0,
            # an apprenticeship lasts longer than the period
            ("2025-09-01", "2027-06-30"): 1,
        }
        for (first, last), people in cases.items():
            program = self.new_program(name=f"From {first} to {last}")
            session = self.new_session(first, last, qualiopi_program_id=program.id)
            self.assign(self.outsider, session)
            with self.subTest(first=first, last=last):
                self.assertEqual(self.meter(program)[0], people)

    def test_days_begin_and_end_in_paris(self):
        cases = {
            ("2026-11-23 22:30:00", "2026-11-23 22:45:00"): 1,
            ("2026-11-23 23:30:00", "2026-11-23 23:45:00"): 0,
            ("2025-11-23 22:00:00", "2025-11-23 22:45:00"): 0,
            ("2025-11-23 23:15:00", "2025-11-23 23:45:00"): 1,
        }
        for (begin, end), people in cases.items():
            program = self.new_program(name=f"At {begin}")
            session = self.new_session(qualiopi_program_id=program.id)
            session.write({"date_begin": begin, "date_end": end})
            self.assign(self.outsider, session)
            with self.subTest(begin=begin):
                self.assertEqual(self.meter(program)[0], people)

    def test_the_figures_of_another_day(self):
        self.assign(self.outsider)
        self.assertEqual(self.meter(day="2026-03-01")[0], 0)
        self.assertEqual(self.meter(day="2026-03-02")[0], 1)
        self.assertEqual(self.meter(day="2027-03-05")[0], 1)
        self.assertEqual(self.meter(day="2027-03-06")[0], 0)

    def test_cancelled_and_archived_sessions_are_left_out(self):
        self.assign(self.outsider)
        self.session.kanban_state = "cancel"
        self.assertEqual(self.meter(), (0, 0, 0))
        self.session.kanban_state = "normal"
        self.assertEqual(self.meter()[0], 1)
        self.session.active = False
        self.assertEqual(self.meter(), (0, 0, 0))

    def test_the_file_says_who_is_permanent(self):
        self.assign(self.insider, hours=20)
        self.assign(self.outsider, hours=10)
        self.outsider.permanent = True
        self.assertEqual(self.meter(), (2, 30, 30))
        self.outsider.permanent = False
        self.company.qualiopi_permanent_kinds = "employee_manager"
        self.insider.kind = "manager"
        self.assertEqual(self.meter(), (2, 30, 20))

    def test_awaited_as_long_as_no_order_sets_the_thresholds(self):
        program = self.apprenticeship()
        self.assign(self.insider, hours=20)
        self.assign(self.outsider, hours=60)
        self.assertEqual(self.standings(), ("awaited", "awaited"))
        self.assertEqual(program.permanent_share, 25)
        self.assertEqual(program.teacher_count, 2)

    def test_a_referent_above_the_number(self):
        self.assign(self.insider)
        self.assign(self.outsider)
        self.company.qualiopi_teacher_threshold = 2
        self.assertEqual(self.standings()[0], "not_asked")
        self.company.qualiopi_teacher_threshold = 1
        self.assertEqual(self.standings()[0], "missing")
        self.program.referent_id = self.insider.partner_id
        self.assertEqual(self.standings()[0], "named")

    def test_supervision_below_the_share(self):
        self.apprenticeship()
        self.assign(self.insider, hours=20)
        self.assign(self.outsider, hours=20)
        self.company.qualiopi_permanent_threshold = 50
        self.assertEqual(self.standings()[1], "reached")
        self.company.qualiopi_permanent_threshold = 50.5
        self.assertEqual(self.standings()[1], "below")

    def test_only_apprenticeship_is_asked_for_permanent_staff(self):
        self.assign(self.insider)
        self.company.qualiopi_permanent_threshold = 50
        for code in ("AFC", "BC", "VAE"):
            self.program.category_id = self.category(code)
            with self.subTest(code=code):
                self.assertFalse(self.standings()[1])

    def test_a_company_follows_its_own_thresholds(self):
        self.other_company.qualiopi_teacher_threshold = 1
        self.assign(self.insider)
        self.assign(self.outsider)
        self.assertEqual(self.standings()[0], "awaited")

    def test_found_by_what_follows(self):
        self.assign(self.insider)
        self.assign(self.outsider)
        self.company.qualiopi_teacher_threshold = 1
        self.apprenticeship()
        self.company.qualiopi_permanent_threshold = 80
        quiet = self.new_program(name="Quiet")
        self.forget()
        Program = self.env["qualiopi.program"].with_user(self.manager)
        missing = Program.search([("referent_standing", "=", "missing")])
        self.assertEqual(missing, self.program)
        self.assertEqual(
            Program.search([("permanent_standing", "=", "below")]), self.program
        )
        self.assertEqual(
            Program.search([("referent_standing", "in", ("missing", "no_data"))]),
            self.program | quiet,
        )
        self.assertEqual(
            Program.search([("referent_standing", "!=", "missing")]), quiet
        )

    def test_the_note_says_where_it_comes_from(self):
        note = self.program.meter_note
        days = ("2026-11-01", "2025-11-24", "2026-11-23")
        for words in ("rnq-2026", *map(self.day, days)):
            self.assertIn(words, note)

    def test_figures_open_what_they_count(self):
        counted = self.assign(self.insider)
        later = self.new_session("2026-12-01", "2026-12-02")
        self.assign(self.insider, later)
        action = self.program.with_user(self.manager).action_open_teaching()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, counted)

    def test_as_many_queries_for_many_programmes(self):
        def read(programs):
            self.forget()
            before = self.env.cr.sql_log_count
            programs.mapped("teacher_count")
            return self.env.cr.sql_log_count - before

        programs = self.program.browse()
        for number in range(20):
            program = self.new_program(name=f"Programme {number}")
            session = self.new_session(qualiopi_program_id=program.id)
            for trainer in (self.insider, self.outsider):
                self.assign(trainer, session)
            programs |= program
        self.assertEqual(read(programs[:2]), read(programs))
        self.assertEqual(set(programs.mapped("teacher_count")), {2})

    def test_whoever_reads_programmes_reads_the_figures(self):
        self.assign(self.insider)
        self.forget()
        program = self.program.with_user(self.contributor)
        self.assertEqual(program.teacher_count, 1)
        with self.assertRaises(AccessError):
            self.env["qualiopi.assignment"].with_user(self.contributor).search([])

    def test_supervision_is_written_on_a_validated_programme(self):
        self.program.sudo()._set_state("validated")
        program = self.program.with_user(self.manager)
        program.supervision = "Lessons observed"
        self.assertEqual(program.supervision, "Lessons observed")
        with self.assertRefused("is validated", UserError):
            program.name = "Other"

    def test_people_teaching_one_session(self):
        self.assertEqual(self.session.qualiopi_teacher_count, 0)
        self.assign(self.insider)
        self.assign(self.outsider)
        other = self.new_session("2026-05-04", "2026-05-05")
        self.forget()
        self.assertEqual(
            (self.session | other).mapped("qualiopi_teacher_count"), [2, 0]
        )
        self.assertEqual(self.session.with_user(self.desk).qualiopi_teacher_count, 2)
