from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from odoo import api, models
from odoo.tools import SQL

from ...rules.question_results import QuestionResult
from .qualiopi_learner_result import LAST_ANSWER

# Surveys in which somebody gives an opinion. Assessments of learning are none (guide
# V9, indicator 30), nor is the analysis of a need.
OPINIONS = ("feedback", "later", "teaching", "company", "funder", "team", "principal")
KINDS = {
    "scale": "scale",
    "simple_choice": "choice",
    "multiple_choice": "choice",
    "matrix": "choice",
    "numerical_box": "number",
}


@dataclass(frozen=True)
class AskedQuestion:
    """A question with what was answered to it.

    :param question: the question, readable whatever the reader's rights
    :param program: id of the programme, where they are told apart
    :param row: row of a matrix, an empty answer for other questions
    """

    question: Any
    row: Any
    program: int | None
    result: QuestionResult


class QualiopiSurveyAnalysis(models.AbstractModel):
    """Results per question, for any period, in one query on the answers.

    Answers belong to the period of their session, as for the rates; without a
    session, to the period in which they were given. Numbers only, whatever the
    reader's rights.
    """

    _name = "qualiopi.survey.analysis"
    _description = "Results per question"

    @api.model
    def _questions(
        self, company, first, last, programs=None, events=None, apart=False, named=True
    ):
        """:param apart: tell the programmes apart
        :param named: the reader may know who said what where the survey is not
            anonymous; few answers are kept back from others
        :rtype: list[AskedQuestion]
        """
        self.env.flush_all()
        last = min(last, self.env["qualiopi.framework"]._today())
        rows = self.env.execute_query_dict(
            self._questions_query(company, first, last, programs, events, apart)
        )
        questions, answers = self._words(rows)
        people, values = {}, defaultdict(list)
        for row in rows:
            key = (row["program"], row["question"], row["row"])
            if row["total"]:
                people[key] = row["people"]
            else:
                values[key].append(row)
        found = [
            AskedQuestion(
                questions[question],
                answers.get(row, self.env["survey.question.answer"]),
                program,
                self._result(
                    questions[question],
                    people[program, question, row],
                    values[program, question, row],
                    answers,
                    named,
                ),
            )
            for program, question, row in people
        ]
        return sorted(found, key=self._order_of)

    @api.model
    def _words(self, rows):
        """:return: the questions and the suggested answers by id, read all at once"""
        # sudo: survey.question - the words of what was asked, with numbers only
        Question = self.env["survey.question"].sudo()
        Answer = self.env["survey.question.answer"].sudo()
        questions = Question.browse({row["question"] for row in rows})
        questions.fetch(
            [
                "title",
                "survey_id",
                "sequence",
                "question_type",
                "scale_min",
                "scale_max",
            ]
        )
        questions.survey_id.fetch(["title", "qualiopi_purpose", "qualiopi_anonymous"])
        ids = {row[name] for row in rows for name in ("choice", "row") if row[name]}
        answers = Answer.browse(ids)
        answers.fetch(["value", "sequence"])
        return (
            {question.id: question for question in questions},
            {answer.id: answer for answer in answers},
        )

    @api.model
    def _result(self, question, people, rows, answers, named):
        kind = KINDS.get(question.question_type, "text")
        values = ()
        if kind == "scale":
            values = tuple((row["mark"], row["people"]) for row in rows)
        elif kind == "choice":
            chosen = [
                (answers[row["choice"]], row["people"]) for row in rows if row["choice"]
            ]
            values = tuple(
                sorted(chosen, key=lambda pair: (pair[0].sequence, pair[0].id))
            )
        return QuestionResult(
            kind,
            people,
            values,
            question.scale_min if kind == "scale" else 0,
            question.scale_max if kind == "scale" else 0,
            question.survey_id.qualiopi_anonymous or not named,
        )

    @api.model
    def _order_of(self, asked):
        survey = asked.question.survey_id
        purpose = survey.qualiopi_purpose
        return (
            OPINIONS.index(purpose) if purpose in OPINIONS else len(OPINIONS),
            survey.id,
            asked.question.sequence,
            asked.question.id,
            asked.row.sequence or 0,
            asked.row.id or 0,
        )

    @api.model
    def _questions_query(self, company, first, last, programs, events, apart):
        return SQL(
            """
            SELECT program, line.question_id AS question, line.matrix_row_id AS row,
                line.value_scale AS mark, line.suggested_answer_id AS choice,
                count(DISTINCT answer.id) AS people,
                GROUPING(line.value_scale) = 1 AS total
            FROM (%s) answer
            JOIN survey_user_input_line line ON line.user_input_id = answer.id
            WHERE line.skipped IS NOT TRUE
            GROUP BY GROUPING SETS (
                (1, 2, 3), (1, 2, 3, line.value_scale, line.suggested_answer_id)
            )
            """,
            self._answers_query(company, first, last, programs, events, apart),
        )

    @api.model
    def _answers_query(self, company, first, last, programs, events, apart):
        rates = self.env["qualiopi.rates"]
        conditions = [
            SQL("given.qualiopi_company_id = %s", company.id),
            SQL("given.qualiopi_day BETWEEN %s AND %s", first, last),
            SQL("given.qualiopi_purpose IN %s", OPINIONS),
            *rates._only(SQL("given.qualiopi_program_id"), programs),
            *rates._only(SQL("given.qualiopi_event_id"), events),
        ]
        # of two answers of one learner the last one counts, as for the rates
        return SQL(
            """
            SELECT DISTINCT ON (%(who)s) given.id, %(program)s AS program
            FROM survey_user_input given
            LEFT JOIN event_registration learner
                ON learner.id = given.qualiopi_registration_id
            LEFT JOIN event_event event ON event.id = given.qualiopi_event_id
            WHERE given.state = 'done' AND given.test_entry IS NOT TRUE
                AND learner.state IS DISTINCT FROM 'cancel'
                AND event.kanban_state IS DISTINCT FROM 'cancel'
                AND %(conditions)s
            ORDER BY %(who)s, %(last_answer)s
            """,
            who=SQL(
                "given.survey_id, COALESCE(given.qualiopi_registration_id, -given.id)"
            ),
            program=SQL("given.qualiopi_program_id") if apart else SQL("NULL::int"),
            conditions=SQL(" AND ").join(conditions),
            last_answer=LAST_ANSWER,
        )

    @api.model
    def _tags(self, company, first, last, programs=None, events=None, apart=False):
        """Count the remarks of a period by what they are about.

        :return: (id of the programme or ``None``, id of the tag) -> how many remarks
        """
        self.env.flush_all()
        rates = self.env["qualiopi.rates"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(program)s, tag.tag_id, count(*)
                FROM qualiopi_verbatim_tag_rel tag
                JOIN survey_user_input_line line ON line.id = tag.line_id
                JOIN survey_user_input given ON given.id = line.user_input_id
                WHERE %(conditions)s
                GROUP BY 1, 2
                """,
                program=SQL("given.qualiopi_program_id") if apart else SQL("NULL::int"),
                conditions=SQL(" AND ").join(
                    [
                        SQL("given.state = 'done' AND given.test_entry IS NOT TRUE"),
                        SQL("given.qualiopi_company_id = %s", company.id),
                        SQL("given.qualiopi_day BETWEEN %s AND %s", first, last),
                        *rates._only(SQL("given.qualiopi_program_id"), programs),
                        *rates._only(SQL("given.qualiopi_event_id"), events),
                    ]
                ),
            )
        )
        return {(program, tag): count for program, tag, count in rows}
