from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .assessment_common import AssessmentCase


class OutcomeCase(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.new_survey(
            "final",
            [
                cls.choice("Pivot A", [cls.pivot]),
                cls.choice("Pivot B", [cls.pivot]),
                cls.choice("Both", [cls.pivot, cls.chart], points=((0, 0), (4, 1))),
                cls.choice("Chart", [cls.chart]),
                cls.choice("Neither"),
            ],
            title="Final quiz",
        )

    def setUp(self):
        super().setUp()
        self.enterContext(self.on("2026-03-06"))

    def propose(self, registrations=None, user=None):
        registrations = registrations or self.alice
        action = registrations.with_user(
            user or self.desk
        ).action_qualiopi_propose_outcomes()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.desk)
            .browse(action["res_id"])
        )

    def table(self, wizard):
        """:return: (learner, objective) -> (score, answered, result)"""
        return {
            (row.registration_id.name, row.objective_id.name): (
                row.score,
                row.answered,
                row.result,
            )
            for row in wizard.line_ids
        }

    def outcomes(self, learner):
        return {
            row.objective_id.name: row.result for row in learner.qualiopi_outcome_ids
        }


@tagged("post_install", "-at_install")
class TestOutcomeProposal(OutcomeCase):
    """Results per objective, proposed from the final assessment."""

    def test_tables_by_hand(self):
        pivot, chart = "Build a pivot table", "Draw a chart"
        for choices, expected in (
            # all right
            (
                [1, 1, 1, 1, 1],
                {pivot: (100, "3 / 3", "reached"), chart: (100, "2 / 2", "reached")},
            ),
            # all wrong is 0 %, which is data
            ([0, 0, 0, 0, 1], {pivot: (0, "3 / 3", "not"), chart: (0, "2 / 2", "not")}),
            # 4 of 8, 4 of 6
            (
                [0, 0, 1, 0, 0],
                {pivot: (50, "3 / 3", "partly"), chart: (66.67, "2 / 2", "partly")},
            ),
            # skipped: 2 of 2 points, and nothing on charts
            ([1, None, None, None, 1], {pivot: (100, "1 / 3", "reached")}),
            # only the question that counts for both was answered
            (
                [None, None, 1, None, None],
                {pivot: (100, "1 / 3", "reached"), chart: (100, "1 / 2", "reached")},
            ),
            # left after the first question
            ([1], {pivot: (100, "1 / 1", "reached")}),
            # 2 of 8: not reached
            (
                [1, 0, 0, 1, 0],
                {pivot: (25, "3 / 3", "not"), chart: (33.33, "2 / 2", "not")},
            ),
        ):
            [learner] = self.new_learners(self.session, 1)
            self.answer(self.survey, learner, choices)
            with self.subTest(choices=choices):
                self.assertEqual(
                    self.table(self.propose(learner)),
                    {(learner.name, name): row for name, row in expected.items()},
                )

    def test_several_choices_and_typed_answers(self):
        survey = self.new_survey(
            "final",
            [
                self.choice(
                    "Several",
                    [self.pivot],
                    points=((1, True), (1, True), (-1, False)),
                    question_type="multiple_choice",
                ),
                {
                    "title": "How much?",
                    "question_type": "numerical_box",
                    "is_scored_question": True,
                    "answer_numerical_box": 42,
                    "answer_score": 2,
                    "qualiopi_objective_ids": [Command.set(self.chart.ids)],
                },
                {
                    "title": "Comment",
                    "question_type": "text_box",
                    "qualiopi_objective_ids": [Command.set(self.chart.ids)],
                },
            ],
        )
        self.answer(survey, self.alice, [(0, 1), "42", "No remark"])
        self.answer(survey, self.bruno, [(0, 2), "7", None])
        pivot, chart = "Build a pivot table", "Draw a chart"
        self.assertEqual(
            self.table(self.propose(self.alice | self.bruno)),
            {
                ("Alice", pivot): (100, "1 / 1", "reached"),
                ("Alice", chart): (100, "1 / 1", "reached"),
                ("Bruno", pivot): (0, "1 / 1", "not"),
                ("Bruno", chart): (0, "1 / 1", "not"),
            },
        )

    def test_thresholds_are_the_company_s(self):
        self.company.write({"qualiopi_reached_from": 50, "qualiopi_partly_from": 20})
        self.answer(self.survey, self.alice, [0, 0, 1, 0, 0])
        wizard = self.propose()
        self.assertEqual(set(wizard.line_ids.mapped("result")), {"reached"})
        self.assertIn("from 50 %, partly from 20 %", wizard.rule)

    def test_trainer_confirms_what_he_ticks(self):
        self.answer(self.survey, self.alice, [1, 1, 1, 0, 1])
        wizard = self.propose()
        self.assertEqual(wizard.line_ids.mapped("selected"), [True, True])
        self.assertFalse(self.alice.qualiopi_outcome_ids)
        wizard.line_ids[1].selected = False
        wizard.action_confirm()
        [outcome] = self.alice.qualiopi_outcome_ids
        self.assertEqual(outcome.objective_id, self.pivot)
        self.assertEqual(outcome.result, "reached")
        self.assertEqual(outcome.moment, "end")
        self.assertEqual(outcome.method, "Final quiz")
        self.assertEqual(outcome.assessor, self.desk.name)
        self.assertEqual(str(outcome.assessed_on), "2026-03-06")
        self.assertIn("100 %", outcome.note)

    def test_trainer_changes_what_is_proposed(self):
        self.answer(self.survey, self.alice, [0, 0, 1, 0, 0])
        view = "qualiopi_compliance.qualiopi_outcome_proposal_view_form"
        with Form(self.propose(), view) as form, form.line_ids.edit(0) as line:
            line.result = "reached"
        form.record.action_confirm()
        self.assertEqual(
            self.outcomes(self.alice),
            {"Build a pivot table": "reached", "Draw a chart": "partly"},
        )

    def test_nothing_ticked_is_said(self):
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        wizard.line_ids.selected = False
        with self.assertRefused("Tick the outcomes", UserError):
            wizard.action_confirm()

    def test_what_is_recorded_is_kept_unless_ticked(self):
        self.env["qualiopi.outcome"].create(
            {
                "registration_id": self.alice.id,
                "objective_id": self.pivot.id,
                "result": "partly",
                "assessed_on": "2026-03-05",
                "method": "Practical work",
            }
        )
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        pivot, chart = wizard.line_ids
        self.assertEqual(pivot.recorded_result, "partly")
        self.assertEqual((pivot.selected, chart.selected), (False, True))
        wizard.action_confirm()
        rows = self.alice.qualiopi_outcome_ids.filtered(
            lambda row: row.objective_id == self.pivot
        )
        self.assertEqual(rows.mapped("result"), ["partly"])
        # ticked: another assessment, beside the first one
        wizard = self.propose()
        wizard.line_ids[0].selected = True
        wizard.action_confirm()
        rows = self.alice.qualiopi_outcome_ids.filtered(
            lambda row: row.objective_id == self.pivot
        ).sorted("assessed_on")
        self.assertEqual(rows.mapped("result"), ["partly", "reached"])
        self.assertEqual(rows[0].method, "Practical work")
        self.assertIn("Partly reached → Reached", self.alice.message_ids[0].body)

    def test_same_day_corrects_that_line_and_says_so(self):
        self.env["qualiopi.outcome"].create(
            {
                "registration_id": self.alice.id,
                "objective_id": self.pivot.id,
                "result": "not",
                "assessed_on": "2026-03-06",
            }
        )
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        wizard.line_ids.selected = True
        wizard.action_confirm()
        self.assertEqual(len(self.alice.qualiopi_outcome_ids), 2)
        self.assertEqual(set(self.outcomes(self.alice).values()), {"reached"})
        self.assertIn("Not reached → Reached", self.alice.message_ids[0].body)

    def test_prepared_lines_are_filled_in(self):
        self.alice.action_qualiopi_prepare_outcomes()
        self.assertEqual(len(self.alice.qualiopi_outcome_ids), 2)
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        self.assertEqual(wizard.line_ids.mapped("selected"), [True, True])
        wizard.action_confirm()
        self.assertEqual(len(self.alice.qualiopi_outcome_ids), 2)
        self.assertEqual(set(self.outcomes(self.alice).values()), {"reached"})

    def test_outcome_during_the_session_is_another_one(self):
        self.env["qualiopi.outcome"].create(
            {
                "registration_id": self.alice.id,
                "objective_id": self.pivot.id,
                "result": "not",
                "moment": "during",
                "assessed_on": "2026-03-06",
            }
        )
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        self.assertFalse(wizard.line_ids[0].recorded_result)
        wizard.action_confirm()
        self.assertEqual(len(self.alice.qualiopi_outcome_ids), 3)

    def test_last_answer_counts(self):
        with self.on("2026-03-05"):
            self.answer(self.survey, self.alice, [0, 0, 0, 0, 0])
        with self.on("2026-03-06"):
            self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
            wizard = self.propose()
        self.assertEqual(set(wizard.line_ids.mapped("score")), {100})
        self.assertEqual(str(wizard.line_ids[0].assessed_on), "2026-03-06")

    def test_try_outs_and_unfinished_answers_propose_nothing(self):
        self.answer(self.survey, self.alice, [1, 1], test_entry=True)
        half = self.survey._create_answer(
            email="b@example.com",
            check_attempts=False,
            qualiopi_registration_id=self.bruno.id,
            qualiopi_event_id=self.session.id,
        )
        question = self.survey.question_ids[0]
        half._save_lines(question, question.suggested_answer_ids[1].id)
        with self.assertRefused("Nothing to propose", UserError):
            self.propose(self.alice | self.bruno)

    def test_survey_without_objectives_or_score_proposes_nothing(self):
        plain = self.new_survey("final", [self.choice("Neither")])
        self.answer(plain, self.alice, [1])
        unscored = self.new_survey(
            "final", [self.choice("Pivot", [self.pivot])], scoring_type="no_scoring"
        )
        self.answer(unscored, self.bruno, [1])
        with self.assertRefused("Nothing to propose", UserError):
            self.propose(self.alice | self.bruno)

    def test_whole_session_at_once(self):
        [late] = self.new_learners(self.session, 1, name="Chloé")
        [request] = self.new_learners(self.session, 1, "draft", name="Denis")
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        self.answer(self.survey, self.bruno, [0, 0, None, None, 0])
        self.answer(self.survey, request, [1, 1, 1, 1, 1])
        action = self.session.with_user(
            self.event_user
        ).action_qualiopi_propose_outcomes()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            {row.registration_id for row in wizard.line_ids},
            {self.alice, self.bruno},
        )
        self.assertIn("Chloé: no final assessment", wizard.without_data)
        self.assertIn("Bruno: no answer on Draw a chart", wizard.without_data)
        wizard.action_confirm()
        self.assertEqual(self.outcomes(self.bruno), {"Build a pivot table": "not"})
        self.assertFalse(late.qualiopi_outcome_ids)

    def test_session_without_learners_is_said(self):
        empty = self.new_session("2026-04-06", "2026-04-10")
        with self.assertRefused("No learner is enrolled", UserError):
            empty.action_qualiopi_propose_outcomes()

    def test_answer_before_the_session_is_refused_in_words(self):
        with self.on("2026-02-20"):
            self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        with self.assertRefused("cannot be assessed on"):
            wizard.action_confirm()

    def test_day_of_the_answer_is_that_of_paris(self):
        answer = self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        answer.end_datetime = "2026-03-05 23:30:00"
        self.assertEqual(str(self.propose().line_ids[0].assessed_on), "2026-03-06")

    def test_who_does_not_keep_files_proposes_nothing(self):
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        for user in (self.internal_auditor, self.contributor, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.alice.with_user(user).action_qualiopi_propose_outcomes()

    def test_dialog_is_its_owner_s(self):
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        wizard = self.propose()
        with self.assertRaises(AccessError):
            wizard.with_user(self.event_user).action_confirm()
        # nor does a dialog reach a file of another company
        self.alice.flush_recordset()

    def test_queries_grow_with_answers_not_with_objectives(self):
        self.answer(self.survey, self.alice, [1, 1, 1, 1, 1])
        one = self.queries(lambda: self.propose(user=self.manager))
        learners = self.new_learners(self.session, 8)
        for learner in learners:
            self.answer(self.survey, learner, [1, 1, 1, 1, 1])
        many = self.queries(
            lambda: self.propose(learners | self.alice, user=self.manager)
        )
        self.assertLessEqual(many, one + 8 * 6)
