from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .session_common import LAST
from .survey_common import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyAnswer(SurveyCase):
    """What an answer leaves on the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = cls.env["survey.user_input"]

    def ask(self, purpose, day=None, hour="10:00"):
        self.plan(purpose)
        before = purpose in ("need", "entry")
        self.run_on(
            day or ("2026-02-23" if before else LAST), hour if before else "17:00"
        )
        return self.invitation(self.alice, purpose)

    def test_knows_what_it_is_about(self):
        asked = self.ask("feedback")
        answer = self.answer(asked, marks=5, words="Fine")
        self.assertEqual(answer.qualiopi_registration_id, self.alice)
        self.assertEqual(answer.qualiopi_event_id, self.session)
        self.assertEqual(answer.qualiopi_program_id, self.program)
        self.assertEqual(answer.qualiopi_company_id, self.company)
        self.assertEqual(answer.nickname, "Alice Martin")
        self.assertTrue(answer.qualiopi_rated)
        self.assertEqual(answer.qualiopi_satisfaction, 100)
        self.assertEqual(asked.state, "answered")
        self.assertEqual(asked.answered_on, self.env["qualiopi.framework"]._today())

    def test_mean_of_the_marks(self):
        for marks, satisfaction in ((1, 0), (2, 25), (4, 75), (5, 100)):
            survey = self.new_survey()
            given = survey._create_answer(email="x@example.com")
            self.fill(given, marks)
            given._mark_done()
            with self.subTest(marks=marks):
                self.assertEqual(given.qualiopi_satisfaction, satisfaction)
        silent = survey._create_answer(email="x@example.com")
        self.fill(silent, words="Nothing to mark")
        silent._mark_done()
        self.assertFalse(silent.qualiopi_rated)

    def test_link_makes_one_answer(self):
        asked = self.ask("feedback").sudo()
        self.assertFalse(asked.user_input_id)
        first = asked._open_answer()
        self.assertEqual(asked._open_answer(), first)

    def test_need_by_hand_is_not_overwritten(self):
        asked = self.ask("need")
        self.alice.qualiopi_need = "Said on the telephone"
        self.answer(asked, words="Charts")
        self.assertEqual(self.alice.qualiopi_need, "Said on the telephone")
        self.assertTrue(self.alice.qualiopi_need_on)

    def test_adjustment_asked_for(self):
        for position, expected in ((0, "yes"), (1, "no")):
            learner = self.new_learner(f"Learner {position}")
            self.ask("need")
            answer = self.answer(
                self.invitation(learner, "need"), words="Charts", choices=position
            )
            with self.subTest(expected=expected):
                self.assertEqual(learner.qualiopi_adjustment, expected)
                self.assertEqual(
                    learner.qualiopi_adjustment_on,
                    self.env["qualiopi.framework"]._today(),
                )
                # nobody reads it in the need
                self.assertNotIn("adjustment", learner.qualiopi_need)
                self.assertIn("Charts", learner.qualiopi_need)
                self.assertTrue(answer.user_input_line_ids)

    def test_adjustment_known_is_not_taken_back(self):
        self.alice.qualiopi_adjustment = "yes"
        self.answer(self.ask("need"), words="Charts", choices=1)
        self.assertEqual(self.alice.qualiopi_adjustment, "yes")

    def test_several_choices_make_one_line(self):
        survey = self.new_survey(
            "need",
            question_and_page_ids=[
                Command.create(
                    {
                        "title": "Which?",
                        "question_type": "multiple_choice",
                        "suggested_answer_ids": [
                            Command.create({"value": "Charts"}),
                            Command.create({"value": "Tables"}),
                        ],
                    }
                )
            ],
        )
        self.plan("need", survey_id=survey.id)
        asked = self.ask("need")
        given = asked.sudo()._open_answer()
        question = survey.question_ids
        given._save_lines(
            question, [str(row.id) for row in question.suggested_answer_ids]
        )
        given._mark_done()
        self.assertEqual(self.alice.qualiopi_need, "Which? Charts, Tables")

    def test_after_the_file_was_cancelled(self):
        asked = self.ask("need")
        self.alice.state = "cancel"
        answer = self.answer(asked, words="Charts")
        self.assertEqual(answer.state, "done")
        self.assertEqual(asked.state, "answered")
        self.assertFalse(self.alice.qualiopi_need_on)
        self.assertIn("counts in no rate", self.alice.message_ids[0].body)
        found = self.answers.search([("qualiopi_registration_id.state", "=", "cancel")])
        self.assertEqual(found, answer)

    def test_two_answers_of_the_same_person(self):
        asked = self.ask("entry")
        first = self.answer(asked, choices=0)
        self.assertIn("0 %", self.alice.qualiopi_entry)
        again = first.copy({"state": "in_progress"})
        self.fill(again, choices=3)
        again._mark_done()
        self.assertEqual(asked.state, "answered")
        # what the file says is what was said first; both are kept
        self.assertIn("0 %", self.alice.qualiopi_entry)
        self.assertEqual(self.alice.qualiopi_answer_count, 2)

    def test_try_outs_count_nowhere(self):
        asked = self.ask("need").sudo()
        trial = asked._open_answer()
        trial.test_entry = True
        self.fill(trial, words="Only trying")
        trial._mark_done()
        self.assertFalse(self.alice.qualiopi_need_on)
        self.assertEqual(asked.state, "sent")
        self.assertEqual(self.alice.qualiopi_answer_count, 0)
        self.assertFalse(trial._qualiopi_is_evidence())
        trial.unlink()


@tagged("post_install", "-at_install")
class TestSurveyEvidence(SurveyCase):
    """Answers that prove something stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.new_survey(
            question_and_page_ids=[
                Command.create(
                    {
                        "title": "All in all?",
                        "question_type": "scale",
                        "scale_min": 1,
                        "scale_max": 5,
                        "qualiopi_measure": "satisfaction",
                    }
                ),
                Command.create(
                    {
                        "title": "Which?",
                        "question_type": "simple_choice",
                        "suggested_answer_ids": [
                            Command.create({"value": "Charts"}),
                            Command.create({"value": "Tables"}),
                        ],
                    }
                ),
            ]
        )
        cls.plan("feedback", survey_id=cls.mine.id)

    def setUp(self):
        super().setUp()
        self.run_on(LAST, "17:00")

    def test_nothing_given_yet(self):
        self.invitation(self.alice).sudo()._open_answer()
        self.mine.question_ids[0].unlink()
        self.assertFalse(self.mine._qualiopi_has_evidence())

    def test_is_not_deleted(self):
        answer = self.answer(self.invitation(self.alice), marks=5, choices=0)
        scale, choice = self.mine.question_ids
        for record, regex in (
            (answer, "serves as evidence"),
            (scale, "“All in all\\?” has answers"),
            (choice.suggested_answer_ids[0], "“Charts” was chosen"),
            (self.mine, "archive it instead"),
        ):
            with (
                self.subTest(model=record._name),
                self.assertRaisesRegex(UserError, regex),
                self.env.cr.savepoint(),
            ):
                record.with_user(self.manager).unlink()
        # what nobody chose may go, and the survey may be closed
        choice.suggested_answer_ids[1].unlink()
        self.mine.action_archive()

    def test_survey_that_is_sent_is_not_deleted_either(self):
        survey = self.new_survey("later")
        plan = self.plan("later", survey_id=survey.id)
        with self.assertRaisesRegex(UserError, "among what is sent"):
            survey.unlink()
        plan.unlink()
        survey.unlink()
        with self.assertRaisesRegex(UserError, "who was asked is evidence"):
            self.mine.unlink()

    def test_keeps_its_purpose(self):
        self.mine.qualiopi_purpose = "feedback"
        with self.assertRaisesRegex(UserError, "sent for another purpose"):
            self.mine.qualiopi_purpose = "later"
        copy = self.mine.copy()
        copy.qualiopi_purpose = "later"
        self.assertFalse(copy.user_input_ids)

    def test_keeps_its_promise(self):
        free = self.new_survey(qualiopi_anonymous=True)
        free.qualiopi_anonymous = False
        self.mine.qualiopi_anonymous = True
        with self.assertRaisesRegex(UserError, "were told that it is anonymous"):
            self.mine.qualiopi_anonymous = False

    def test_a_copy_belongs_to_who_makes_it(self):
        shipped = self.survey("feedback")
        self.assertFalse(shipped.qualiopi_company_id)
        copy = shipped.with_user(self.manager).copy()
        self.assertEqual(copy.qualiopi_company_id, self.company)
        self.assertEqual(copy.qualiopi_purpose, "feedback")
        self.assertEqual(
            copy.question_ids.mapped("qualiopi_measure"),
            shipped.question_ids.mapped("qualiopi_measure"),
        )

    def test_answers_of_another_company_keep_a_survey_shared(self):
        self.answer(self.invitation(self.alice), marks=5)
        with self.assertRefused("answers of another company"):
            self.mine.qualiopi_company_id = self.other_company
        self.mine.qualiopi_company_id = self.company

    def test_core_surveys_behave_as_before(self):
        plain = self.new_survey(False)
        self.assertFalse(plain.qualiopi_warning)
        given = plain._create_answer(email="x@example.com")
        self.fill(given, marks=5, words="Fine")
        given._mark_done()
        self.assertFalse(given.qualiopi_company_id)
        self.assertFalse(given._qualiopi_is_evidence())
        plain.question_ids[0].unlink()
        given.unlink()
        plain.copy().qualiopi_purpose = "feedback"
        plain.unlink()


@tagged("post_install", "-at_install")
class TestSurveyWarning(SurveyCase):
    def test_what_a_survey_lacks(self):
        choice = Command.create(
            {
                "title": "Adjustment?",
                "question_type": "simple_choice",
                "qualiopi_measure": "adjustment",
                "suggested_answer_ids": [Command.create({"value": "Yes"})],
            }
        )
        name = Command.create(
            {"title": "Who?", "question_type": "char_box", "save_as_nickname": True}
        )
        text = Command.create({"title": "Why?", "question_type": "text_box"})
        for purpose, vals, regex in (
            ("feedback", {"question_and_page_ids": False}, "no question yet"),
            ("feedback", {"question_and_page_ids": [text]}, "mark of satisfaction"),
            ("feedback", {"users_login_required": True}, "log in"),
            ("entry", {}, "gives no score"),
            ("final", {"scoring_type": "scoring_without_answers"}, "an objective"),
            ("need", {}, "asks whether an adjustment"),
            ("need", {"question_and_page_ids": [choice]}, "say which answer"),
            (
                "team",
                {"qualiopi_anonymous": True, "question_and_page_ids": [name]},
                "keeps an address or a name",
            ),
        ):
            with self.subTest(purpose=purpose, regex=regex):
                survey = self.new_survey(purpose, **vals)
                self.assertRegex(survey.qualiopi_warning, regex)

    def test_an_anonymous_need_reaches_no_file(self):
        survey = self.survey("need").copy({"qualiopi_anonymous": True})
        self.assertIn("should not be anonymous", survey.qualiopi_warning)

    def test_what_is_shipped_lacks_nothing(self):
        for purpose in ("need", "entry", "feedback", "later", "teaching", "company"):
            with self.subTest(purpose=purpose):
                self.assertFalse(self.survey(purpose).qualiopi_warning)

    def test_measures_suit_their_questions(self):
        survey = self.new_survey()
        scale, text = survey.question_ids
        for question, measure, regex in (
            (text, "satisfaction", "given on a scale"),
            (text, "adjustment", "choosing one answer"),
            (scale, "verbatim", "choose a text question"),
            (scale, "complaint", "choose a text question"),
        ):
            case = self.subTest(measure=measure, kind=question.question_type)
            with case, self.assertRefused(regex), self.env.cr.savepoint():
                question.qualiopi_measure = measure
