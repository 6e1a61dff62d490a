from odoo.fields import Command

from .session_common import SessionCase


class AssessmentCase(SessionCase):
    """A session whose learners answer assessments that score."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pivot = cls.program.objective_ids
        cls.chart = cls.env["qualiopi.program.objective"].create(
            {"program_id": cls.program.id, "name": "Draw a chart"}
        )
        cls.alice, cls.bruno = cls.new_learners(cls.session, 2)
        cls.alice.name, cls.bruno.name = "Alice", "Bruno"

    @classmethod
    def choice(cls, title, objectives=(), points=((0, False), (2, True)), **vals):
        """Values of a question whose choices bring ``points``."""
        return {
            "title": title,
            "question_type": "simple_choice",
            "qualiopi_objective_ids": [
                Command.set([objective.id for objective in objectives])
            ],
            "suggested_answer_ids": [
                Command.create(
                    {
                        "value": f"{title} {number}",
                        "answer_score": score,
                        "is_correct": right,
                    }
                )
                for number, (score, right) in enumerate(points)
            ],
            **vals,
        }

    @classmethod
    def new_survey(cls, purpose, questions, **vals):
        return cls.env["survey.survey"].create(
            {
                "title": f"Test of {purpose}",
                "qualiopi_purpose": purpose,
                "scoring_type": "scoring_without_answers",
                "access_mode": "token",
                "question_and_page_ids": [
                    Command.create({"sequence": number, **question})
                    for number, question in enumerate(questions)
                ],
                **vals,
            }
        )

    def answer(self, survey, learner, choices, **vals):
        """Answer as the public page does.

        :param choices: for each question the number of the choice, several, a value,
            ``None`` to skip it; questions without one are not reached
        """
        answer = survey._create_answer(
            email="somebody@example.com",
            check_attempts=False,
            qualiopi_registration_id=learner.id,
            qualiopi_event_id=learner.event_id.id,
            **vals,
        )
        for question, choice in zip(survey.question_ids, choices, strict=False):
            if choice is None:
                value = []
            elif isinstance(choice, str):
                value = choice
            elif isinstance(choice, int) and question.suggested_answer_ids:
                value = question.suggested_answer_ids[choice].id
            elif isinstance(choice, tuple):
                value = [question.suggested_answer_ids[each].id for each in choice]
            else:
                value = choice
            answer._save_lines(question, value)
        answer._mark_done()
        return answer
