from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .result_common import TODAY, YEAR, ResultCase


@tagged("post_install", "-at_install")
class TestWeakPointProposal(ResultCase):
    """What the results of a period propose, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.points = cls.env["qualiopi.weak.point"]
        cls.tag = cls.env["qualiopi.verbatim.tag"].create(
            {"name": "Pace", "company_id": cls.company.id}
        )

    def propose(self, first=YEAR[0], last=YEAR[1], programs=None):
        with self.on(TODAY):
            return self.points._propose(
                self.company, self.to_date(first), self.to_date(last), programs
            )

    def weak(self, count=5, session=None, mark=2):
        for _number in range(count):
            self.answer(session or self.session, mark)

    def tagged(self, count, session=None):
        for number in range(count):
            answer = self.answer(session or self.session, remark=f"Too fast {number}")
            line = answer.user_input_line_ids.filtered("value_text_box")
            line.qualiopi_tag_ids = self.tag

    def test_a_question_under_the_threshold(self):
        self.weak()
        [point] = self.propose()
        self.assertEqual(
            (point.kind, point.question_id, point.state),
            ("question", self.mark, "proposed"),
        )
        self.assertEqual((point.value, point.threshold, point.sample), (25, 60, 5))
        self.assertIn("Did it suit you?", point.name)
        self.assertIn("25 % of the scale over 5 answers", point.found)
        self.assertTrue(point.automatic)
        self.assertFalse(point.program_id)

    def test_not_over_too_few_answers(self):
        self.weak(4)
        self.assertFalse(self.propose())
        self.company.qualiopi_sample_minimum = 4
        self.assertTrue(self.propose())

    def test_not_at_the_threshold(self):
        self.company.qualiopi_weak_below = 25
        self.weak()
        self.assertFalse(self.propose())
        self.company.qualiopi_weak_below = 25.5
        self.assertTrue(self.propose())

    def test_a_tag_that_comes_back(self):
        self.tagged(2)
        self.assertFalse(self.propose())
        self.tagged(1)
        [point] = self.propose()
        self.assertEqual((point.kind, point.tag_id, point.sample), ("tag", self.tag, 3))
        self.assertIn("Pace", point.name)

    def test_once_for_a_period(self):
        self.weak()
        self.tagged(3)
        self.assertEqual(len(self.propose()), 2)
        self.assertFalse(self.propose())
        # whatever was decided
        point = self.points.search([("kind", "=", "question")])
        point.reason = "One group only"
        point.action_dismiss()
        self.assertFalse(self.propose())

    def test_the_database_knows_it_once(self):
        self.weak()
        point = self.propose()
        values = {"automatic": True}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            point.sudo().copy(values)

    def test_again_for_another_period(self):
        self.weak()
        self.assertEqual(len(self.propose()), 1)
        # a day later the period is the same for the most part
        self.assertFalse(self.propose("2026-01-02", "2027-01-01"))
        # March stands out in a year already looked at
        self.assertFalse(self.propose("2026-03-01", "2026-03-31"))
        # most of these days are others
        self.assertTrue(self.propose("2025-03-01", "2026-03-31"))

    def test_programme_by_programme(self):
        other = self.new_program(name="Word processing", user_id=self.manager.id)
        session = self.new_session(qualiopi_program_id=other.id)
        self.weak(session=session)
        self.weak(mark=5, count=20)
        # together they are fine
        self.assertFalse(self.propose())
        [point] = self.propose(programs=self.program | other)
        self.assertEqual(point.program_id, other)
        # its responsible is whom to ask
        self.assertEqual(point.user_id, self.manager)

    def test_the_other_company_has_its_own(self):
        self.weak()
        with self.on(TODAY):
            self.assertFalse(
                self.points._propose(self.other_company, *map(self.to_date, YEAR))
            )

    def test_the_number_of_queries_does_not_grow(self):
        def propose(programs):
            with self.on(TODAY):
                return self.queries(
                    lambda: self.points._propose(
                        self.company, *map(self.to_date, YEAR), programs
                    )
                )

        programs = self.program
        for number in range(6):
            programs |= self.new_program(name=f"Programme {number}")
            self.answer(self.new_session(qualiopi_program_id=programs[-1].id), 3)
        self.assertLessEqual(propose(programs), propose(programs[:2]))


@tagged("post_install", "-at_install")
class TestWeakPointDecision(ResultCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.point = (
            cls.env["qualiopi.weak.point"]
            .with_user(cls.manager)
            .create(
                {
                    "name": "The room is too small",
                    "program_id": cls.program.id,
                    "first": "2026-01-01",
                    "last": "2026-06-30",
                }
            )
        )

    def test_noting_needs_who_and_what(self):
        with self.assertRefused("who does what", UserError):
            self.point.action_note()
        self.point.user_id = self.contributor
        with self.assertRefused("who does what", UserError):
            self.point.action_note()
        self.point.action = "  "
        with self.assertRefused("who does what", UserError):
            self.point.action_note()

    def test_its_owner_must_be_able_to_read_it(self):
        self.point.write({"user_id": self.plain.id, "action": "Rent a room"})
        with self.assertRefused("no access to Qualiopi", UserError):
            self.point.action_note()
        self.assertEqual(self.point.state, "proposed")

    def test_noted_is_on_the_list_of_its_owner(self):
        self.point.write(
            {
                "user_id": self.contributor.id,
                "action": "Rent a larger room",
                "deadline": "2026-12-15",
            }
        )
        with self.on(TODAY):
            self.point.action_note()
        self.assertEqual(self.point.state, "noted")
        self.assertEqual(self.point.decided_by_id, self.manager)
        self.assertEqual(str(self.point.decided_on), TODAY)
        [action] = self.point.action_ids
        self.assertEqual(action.user_id, self.contributor)
        self.assertEqual(str(action.deadline), "2026-12-15")
        self.assertIn("larger room", action.description)
        self.assertEqual(
            (action.name, action.origin, action.state, action.program_id),
            ("The room is too small", "weak_point", "todo", self.program),
        )
        self.assertEqual(action.company_id, self.company)
        # it is on the list of actions, and not a second time among the activities
        self.assertFalse(self.point.activity_ids)
        mine = self.env["qualiopi.action"].with_user(self.contributor)
        self.assertEqual(mine.search([]), action)
        self.assertTrue(self.point.with_user(self.contributor).read(["name"]))

    def test_what_an_action_will_take_over(self):
        self.point.write({"user_id": self.contributor.id, "action": "Rent a room"})
        with self.on(TODAY):
            values = self.point._action_values()
        self.assertEqual(
            values,
            {
                "name": "The room is too small",
                "what": "Rent a room",
                "user_id": self.contributor.id,
                "deadline": self.to_date(TODAY),
                "program_id": self.program.id,
                "company_id": self.company.id,
            },
        )

    def test_dismissing_needs_a_reason(self):
        with self.assertRefused("why it is dismissed", UserError):
            self.point.action_dismiss()
        self.point.reason = "One group only"
        self.point.action_dismiss()
        self.assertEqual(self.point.state, "dismissed")

    def test_thinking_again(self):
        self.point.write({"user_id": self.contributor.id, "action": "Rent a room"})
        self.point.action_note()
        self.point.action_reopen()
        self.assertEqual(self.point.state, "proposed")
        self.assertFalse(self.point.decided_by_id)
        self.assertEqual(self.point.action_ids.mapped("state"), ["cancelled"])
        self.point.action_note()
        self.assertEqual(self.point.action_ids.mapped("state"), ["cancelled", "todo"])

    def test_thinking_again_while_somebody_is_at_it(self):
        self.point.write({"user_id": self.contributor.id, "action": "Rent a room"})
        self.point.action_note()
        action = self.point.action_ids
        action.with_user(self.contributor).action_start()
        self.point.action_reopen()
        self.assertEqual(action.state, "doing")
        self.point.action_note()
        self.assertEqual(self.point.action_ids, action)

    def test_opens_what_is_done_about_it(self):
        self.point.write({"user_id": self.contributor.id, "action": "Rent a room"})
        self.assertEqual(self.point.action_count, 0)
        self.point.action_note()
        self.point.invalidate_recordset()
        self.assertEqual(self.point.action_count, 1)
        found = self.env["qualiopi.action"].search(
            self.point.action_open_actions()["domain"]
        )
        self.assertEqual(found, self.point.action_ids)

    def test_what_was_found_and_decided_is_not_typed(self):
        for vals in (
            {"state": "noted"},
            {"value": 99},
            {"sample": 99},
            {"found": "100 %"},
            {"decided_on": "2020-01-01"},
            {"automatic": True},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.point.write(vals)
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.point.create({"name": "Another", **vals})

    def test_a_default_decides_nothing_either(self):
        points = self.point.with_context(default_state="noted", default_sample=99)
        point = points.create({"name": "Another"})
        self.assertEqual((point.state, point.sample), ("proposed", 0))

    def test_what_was_decided_stays(self):
        self.point.reason = "One group only"
        self.point.action_dismiss()
        with self.assertRefused("part of the evidence", UserError):
            self.point.unlink()
        self.point.action_reopen()
        self.point.unlink()
        self.assertFalse(self.point.exists())

    def test_the_subject_must_be_said(self):
        for kind in ("question", "tag", "rate"):
            with self.subTest(kind=kind), self.assertRefused("choose which one"):
                self.point.kind = kind

    def test_a_period_does_not_end_before_it_begins(self):
        with self.assertRefused("before it begins"):
            self.point.first = "2026-07-01"

    def test_opens_the_results_it_comes_from(self):
        context = self.point.action_open_results()["context"]
        self.assertEqual(context["default_program_ids"], self.program.ids)
        self.assertEqual(context["default_first"], self.point.first)
