from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .result_common import TODAY, YEAR, ResultCase


@tagged("post_install", "-at_install")
class TestQuestions(ResultCase):
    """Results per question: means, distributions, choices."""

    def asked(self, first=YEAR[0], last=YEAR[1], **options):
        """:return: results by question"""
        with self.on(TODAY):
            rows = self.analysis._questions(
                self.company, self.to_date(first), self.to_date(last), **options
            )
        self.assertEqual(len({row.question for row in rows}), len(rows))
        return {row.question: row.result for row in rows}

    def test_mean_and_distribution_of_a_scale(self):
        for mark in (1, 3, 3, 5, None):
            self.answer(self.session, mark)
        result = self.asked()[self.mark]
        self.assertEqual((result.answers, result.mean), (4, 50))
        self.assertEqual(
            [(mark, count) for mark, count, _share in result.distribution()],
            [(1, 1), (2, 0), (3, 2), (4, 0), (5, 1)],
        )

    def test_choices_by_answer(self):
        friends, web = self.choice.suggested_answer_ids
        self.answer(self.session, choices=(0, 1))
        self.answer(self.session, choices=(1,))
        result = self.asked()[self.choice]
        self.assertEqual(result.answers, 2)
        self.assertEqual(result.distribution(), ((friends, 1, 0.5), (web, 2, 1.0)))
        self.assertIsNone(result.mean)

    def test_texts_are_counted(self):
        self.answer(self.session, remark="Too fast", complaint="No chairs")
        self.answer(self.session, remark="Fine")
        asked = self.asked()
        self.assertEqual(asked[self.remark].answers, 2)
        self.assertEqual(asked[self.complaint].answers, 1)

    def test_questions_that_nobody_answered_do_not_show(self):
        self.answer(self.session, 3)
        self.assertEqual(set(self.asked()), {self.mark})

    def test_in_the_order_of_the_survey(self):
        self.answer(self.session, 3, choices=(0,), remark="Too fast")
        with self.on(TODAY):
            rows = self.analysis._questions(self.company, *map(self.to_date, YEAR))
        self.assertEqual(
            [row.question for row in rows], [self.mark, self.choice, self.remark]
        )

    def test_rows_of_a_matrix_stand_apart(self):
        matrix = self.env["survey.question"].create(
            {
                "survey_id": self.survey.id,
                "title": "How was...",
                "question_type": "matrix",
                "suggested_answer_ids": [(0, 0, {"value": "Good"})],
                "matrix_row_ids": [
                    (0, 0, {"value": "The room"}),
                    (0, 0, {"value": "The meal"}),
                ],
            }
        )
        room, meal = matrix.matrix_row_ids
        good = matrix.suggested_answer_ids
        self.answer(
            self.session,
            user_input_line_ids=[
                (
                    0,
                    0,
                    {
                        "question_id": matrix.id,
                        "answer_type": "suggestion",
                        "suggested_answer_id": good.id,
                        "matrix_row_id": row.id,
                    },
                )
                for row in (room, meal)
            ],
        )
        with self.on(TODAY):
            rows = self.analysis._questions(self.company, *map(self.to_date, YEAR))
        self.assertEqual([row.row for row in rows], [room, meal])
        self.assertEqual(rows[0].result.distribution(), ((good, 1, 1.0),))

    def test_of_two_answers_of_one_learner_the_last_counts(self):
        [learner] = self.new_learners(self.session, 1)
        self.answer(self.session, 1, learner, end_datetime="2026-03-08 10:00:00")
        self.answer(self.session, 5, learner, end_datetime="2026-03-09 10:00:00")
        result = self.asked()[self.mark]
        self.assertEqual((result.answers, result.mean), (1, 100))

    def test_what_does_not_count(self):
        [learner] = self.new_learners(self.session, 1)
        self.answer(self.session, 1, learner)
        self.answer(self.session, 1, test_entry=True)
        self.answer(self.session, 1, state="in_progress")
        entry = self.new_survey("Where do you stand?", "entry")
        self.answer(self.session, 1, survey=entry)
        learner.state = "cancel"
        self.assertFalse(self.asked())

    def test_the_period_is_that_of_the_session(self):
        self.session.write(
            {"date_begin": "2025-12-29 08:00:00", "date_end": "2025-12-31 16:00:00"}
        )
        self.answer(self.session, 3, end_datetime="2026-01-15 10:00:00")
        self.assertFalse(self.asked())
        self.assertTrue(self.asked("2025-01-01", "2025-12-31"))

    def test_a_session_moved_takes_its_answers_with_it(self):
        answer = self.answer(self.session, 3)
        self.assertEqual(answer.qualiopi_day, date(2026, 3, 6))
        self.session.write(
            {"date_begin": "2026-05-04 08:00:00", "date_end": "2026-05-05 16:00:00"}
        )
        self.assertEqual(answer.qualiopi_day, date(2026, 5, 5))

    def test_funders_answer_about_no_session(self):
        survey = self.new_survey("Our funders", "funder")
        answer = self.answer(
            None,
            3,
            survey=survey,
            end_datetime="2026-11-10 23:30:00",
            qualiopi_company_id=self.company.id,
        )
        # half past midnight in Paris
        self.assertEqual(answer.qualiopi_day, date(2026, 11, 11))
        self.assertEqual(len(self.asked()), 1)
        self.assertFalse(self.asked(programs=self.program))

    def test_programmes_and_sessions(self):
        other = self.new_session(
            qualiopi_program_id=self.new_program(name="Word processing").id
        )
        self.answer(self.session, 1)
        self.answer(other, 5)
        self.assertEqual(self.asked()[self.mark].mean, 50)
        self.assertEqual(self.asked(programs=self.program)[self.mark].mean, 0)
        self.assertEqual(self.asked(events=other)[self.mark].mean, 100)
        with self.on(TODAY):
            apart = self.analysis._questions(
                self.company, *map(self.to_date, YEAR), apart=True
            )
        self.assertEqual(
            {row.program: row.result.mean for row in apart},
            {self.program.id: 0, other.qualiopi_program_id.id: 100},
        )

    def test_other_companies_answers_do_not_show(self):
        self.answer(self.session, 1)
        with self.on(TODAY):
            self.assertFalse(
                self.analysis._questions(self.other_company, *map(self.to_date, YEAR))
            )

    def test_few_anonymous_answers_are_kept_back(self):
        self.survey.qualiopi_anonymous = True
        for number in (1, 2):
            self.answer(self.session, number)
            self.assertTrue(self.asked()[self.mark].kept_back)
        self.answer(self.session, 3)
        self.assertFalse(self.asked()[self.mark].kept_back)

    def test_few_answers_are_kept_back_from_who_may_not_read_them(self):
        self.answer(self.session, 1)
        self.assertFalse(self.asked()[self.mark].kept_back)
        self.assertTrue(self.asked(named=False)[self.mark].kept_back)

    def test_the_number_of_queries_does_not_grow(self):
        def ask():
            return self.analysis._questions(self.company, *map(self.to_date, YEAR))

        self.answer(self.session, 3, choices=(0,), remark="Too fast")
        with self.on(TODAY):
            few = self.queries(ask)
            for number in range(8):
                survey = self.new_survey(f"Survey {number}")
                self.answer(self.session, 3, choices=(0, 1), survey=survey)
            self.assertLessEqual(self.queries(ask), few)


@tagged("post_install", "-at_install")
class TestRemarks(ResultCase):
    """Remarks are read and tagged, without giving away who wrote them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.new_tag("Pace")

    @classmethod
    def new_tag(cls, name, company=None):
        return cls.env["qualiopi.verbatim.tag"].create(
            {"name": name, "company_id": (company or cls.company).id}
        )

    def line(self, answer, question=None):
        return answer.user_input_line_ids.filtered(
            lambda line: line.question_id == (question or self.remark)
        )

    def listed(self, user, action="survey_user_input_line_qualiopi_action", extra=()):
        """:return: what somebody finds in the list of remarks"""
        values = self.env["ir.actions.act_window"]._for_xml_id(
            f"qualiopi_compliance.{action}"
        )
        lines = self.env["survey.user_input.line"].with_user(user)
        return lines.search([*safe_eval(values["domain"]), *extra])

    def test_the_list_holds_what_was_written(self):
        [learner] = self.new_learners(self.session, 1)
        answer = self.answer(
            self.session, 3, learner, remark="Too fast", complaint="No chairs"
        )
        self.answer(self.session, 3)
        self.answer(self.session, remark="Trying it out", test_entry=True)
        self.answer(self.session, remark="Not finished", state="in_progress")
        lines = self.line(answer) | self.line(answer, self.complaint)
        self.assertEqual(self.listed(self.manager), lines)
        self.assertEqual(
            self.listed(
                self.manager, "survey_user_input_line_qualiopi_action_complaint"
            ),
            self.line(answer, self.complaint),
        )

    def test_it_says_what_it_is_about(self):
        [learner] = self.new_learners(self.session, 1)
        line = self.line(self.answer(self.session, 3, learner, remark="Too fast"))
        line = line.with_user(self.manager)
        self.assertEqual(line.qualiopi_text, "Too fast")
        self.assertEqual(line.qualiopi_program_id, self.program)
        self.assertEqual(line.qualiopi_session, self.session.name)
        self.assertEqual(line.qualiopi_author, learner.name)
        self.assertEqual(line.qualiopi_measure, "verbatim")

    def test_tagging_is_reading(self):
        line = self.line(self.answer(self.session, remark="Too fast"))
        self.assertFalse(line.qualiopi_read)
        line.with_user(self.manager).qualiopi_tag_ids = self.tag
        self.assertTrue(line.qualiopi_read)
        line.with_user(self.manager).action_qualiopi_mark_unread()
        self.assertFalse(line.qualiopi_read)
        line.with_user(self.manager).action_qualiopi_mark_read()
        self.assertTrue(line.qualiopi_read)

    def test_filters_of_the_list_work(self):
        line = self.line(self.answer(self.session, remark="Too fast"))
        line.write({"qualiopi_tag_ids": self.tag.ids})
        other = self.line(self.answer(self.session, remark="Fine"))
        for extra, expected in (
            ([("qualiopi_read", "=", False)], other),
            ([("qualiopi_tag_ids", "in", self.tag.ids)], line),
            ([("qualiopi_program_id", "=", self.program.id)], line | other),
            ([("qualiopi_day", ">=", "2026-03-06")], line | other),
            ([("qualiopi_day", ">", "2026-03-06")], line.browse()),
        ):
            with self.subTest(domain=extra):
                self.assertEqual(self.listed(self.manager, extra=extra), expected)

    def test_the_list_can_be_grouped(self):
        self.answer(self.session, remark="Too fast")
        lines = self.env["survey.user_input.line"].with_user(self.internal_auditor)
        domain = [("qualiopi_measure", "=", "verbatim")]
        for name in (
            "qualiopi_program_id",
            "qualiopi_tag_ids",
            "question_id",
            "survey_id",
            "qualiopi_day:month",
        ):
            with self.subTest(name=name):
                [group] = lines.formatted_read_group(domain, [name], ["__count"])
                self.assertEqual(group["__count"], 1)

    def test_tags_are_those_of_the_company(self):
        line = self.line(self.answer(self.session, remark="Too fast"))
        strange = self.new_tag("Elsewhere", self.other_company)
        with self.assertRefused("belongs to another company"):
            line.qualiopi_tag_ids = strange

    def test_a_tag_exists_once_in_a_company(self):
        self.new_tag("Pace", self.other_company)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.new_tag("Pace")

    def test_an_anonymous_remark_has_no_author(self):
        self.survey.qualiopi_anonymous = True
        [learner] = self.new_learners(self.session, 1)
        # even where the link was not cut
        line = self.line(self.answer(self.session, 3, learner, remark="Too fast"))
        for user in (self.manager, self.internal_auditor):
            self.assertEqual(line.with_user(user).qualiopi_author, "Anonymous")

    def test_an_anonymous_remark_of_a_few_names_no_session(self):
        self.survey.qualiopi_anonymous = True
        line = self.line(self.answer(self.session, remark="Too fast"))
        self.answer(self.session, 3)
        self.answer(self.session, 3, test_entry=True)
        self.assertFalse(line.with_user(self.manager).qualiopi_session)
        self.answer(self.session, 3)
        line.invalidate_recordset()
        self.assertEqual(
            line.with_user(self.manager).qualiopi_session, self.session.name
        )

    def test_tags_are_counted_in_the_period(self):
        for remark in ("Too fast", "Too slow"):
            line = self.line(self.answer(self.session, remark=remark))
            line.qualiopi_tag_ids = self.tag
        period = [self.to_date(day) for day in YEAR]
        self.assertEqual(
            self.analysis._tags(self.company, *period), {(None, self.tag.id): 2}
        )
        self.assertEqual(
            self.analysis._tags(self.company, *period, apart=True),
            {(self.program.id, self.tag.id): 2},
        )
        self.assertFalse(
            self.analysis._tags(
                self.company, self.to_date("2027-01-01"), self.to_date("2027-12-31")
            )
        )
