from odoo.tests import tagged

from .survey_common import SurveyCase
from .test_survey_plan import PURPOSES

LEARNERS = {"need", "entry", "final", "feedback", "later", "teaching"}
# the last day is read on a phone, between two trains
MOST_QUESTIONS = 13


@tagged("post_install", "-at_install")
class TestSurveyData(SurveyCase):
    """The surveys shipped: what a company can send on its first day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.surveys = {purpose: cls.survey(purpose) for purpose in PURPOSES}

    def test_one_for_each_purpose(self):
        for purpose, survey in self.surveys.items():
            with self.subTest(purpose=purpose):
                self.assertEqual(survey.qualiopi_purpose, purpose)
                self.assertFalse(survey.qualiopi_company_id)

    def test_can_be_answered_by_whoever_is_asked(self):
        for purpose, survey in self.surveys.items():
            with self.subTest(purpose=purpose):
                self.assertEqual(survey.access_mode, "token")
                self.assertFalse(survey.users_login_required)
                self.assertFalse(survey.is_attempts_limited)
                self.assertEqual(survey.questions_layout, "one_page")
                self.assertLessEqual(survey.question_count, MOST_QUESTIONS)
                # no language shuts out the others
                self.assertFalse(survey.lang_ids)

    def texts(self, lang):
        """:return: all that is read, by record and field"""
        found = {}
        for survey in self.surveys.values():
            questions = survey.question_and_page_ids
            for records, names in (
                (survey, ["title"]),
                (questions, ["title"]),
                (
                    questions.filtered(lambda row: row.question_type == "scale"),
                    ["scale_min_label", "scale_max_label"],
                ),
                (questions.suggested_answer_ids, ["value"]),
            ):
                for record in records.with_context(lang=lang):
                    for name in names:
                        found[record, name] = record[name]
        return found

    def test_in_english_and_in_french(self):
        english, french = self.texts("en_US"), self.texts("fr_FR")
        self.assertGreater(len(english), 200)
        for key, text in english.items():
            with self.subTest(text=text):
                self.assertTrue(text)
                self.assertNotEqual(french[key], text)
        for text in french.values():
            with self.subTest(text=text):
                # French sets no sign apart by an ordinary space
                self.assertNotRegex(text, " [?!:;]")

    def test_scales_go_from_one_to_five(self):
        for purpose, survey in self.surveys.items():
            for question in survey.question_ids:
                if question.question_type == "scale":
                    with self.subTest(purpose=purpose, question=question.title):
                        self.assertEqual(
                            (question.scale_min, question.scale_max), (1, 5)
                        )
                        self.assertEqual(question.qualiopi_measure, "satisfaction")

    def test_what_each_collects(self):
        for purpose, survey in self.surveys.items():
            measures = set(survey.question_ids.mapped("qualiopi_measure"))
            with self.subTest(purpose=purpose):
                self.assertIn("verbatim", measures)
                if purpose in ("need", "entry", "final"):
                    self.assertNotIn("satisfaction", measures)
                else:
                    # guide V9: marks, free expression, complaints
                    self.assertLessEqual({"satisfaction", "complaint"}, measures)
                self.assertEqual("adjustment" in measures, purpose == "need")

    def test_accessibility_is_asked_about(self):
        for purpose in ("need", "feedback", "teaching"):
            texts = self.surveys[purpose].question_ids.mapped("title")
            with self.subTest(purpose=purpose):
                self.assertTrue([text for text in texts if "disability" in text])
        [asked] = self.surveys["need"].question_ids.filtered(
            lambda row: row.qualiopi_measure == "adjustment"
        )
        self.assertEqual(
            asked.suggested_answer_ids.mapped("qualiopi_adjustment"), [True, False]
        )

    def test_scores_from_nothing_to_all(self):
        for purpose in ("entry", "final"):
            survey = self.surveys[purpose]
            for choices, score in ((0, 0), (9, 100)):
                given = survey._create_answer(email="x@example.com")
                if score:
                    # the last answer of a question without points is none of them
                    scored = survey.question_ids.filtered(
                        lambda row: sum(row.suggested_answer_ids.mapped("answer_score"))
                    )
                    for question in scored:
                        best = question.suggested_answer_ids.sorted("answer_score")[-1]
                        given._save_lines(question, str(best.id))
                else:
                    self.fill(given, choices=choices)
                given._mark_done()
                with self.subTest(purpose=purpose, score=score):
                    self.assertEqual(given.scoring_percentage, score)
            # it says where somebody stands: nobody passes or fails
            self.assertEqual(survey.scoring_success_min, 0)
            self.assertEqual(survey.scoring_type, "scoring_without_answers")

    def test_only_teaching_is_anonymous(self):
        anonymous = {
            purpose
            for purpose, survey in self.surveys.items()
            if survey.qualiopi_anonymous
        }
        self.assertEqual(anonymous, {"teaching"})
        teaching = self.surveys["teaching"]
        # per module and teacher, and apart from the general satisfaction
        first = teaching.question_ids[0]
        self.assertTrue(first.constr_mandatory)
        self.assertIn("module", first.title)
        feedback = set(self.surveys["feedback"].question_ids.mapped("title"))
        marks = teaching.question_ids.filtered(lambda row: row.question_type == "scale")
        self.assertFalse(feedback & set(marks.mapped("title")))

    def test_what_companies_change_is_kept(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "qualiopi_compliance"),
                ("model", "in", ["survey.survey", "survey.question"]),
            ]
        )
        self.assertGreater(len(data), 90)
        self.assertTrue(all(data.mapped("noupdate")))
