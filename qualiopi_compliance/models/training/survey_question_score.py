from odoo import models


class SurveyQuestion(models.Model):
    """How many points a question gives at most."""

    _inherit = "survey.question"

    def _qualiopi_possible_score(self):
        """:return: the points of a right answer, counted as core counts them"""
        self.ensure_one()
        if self.question_type not in ("simple_choice", "multiple_choice"):
            return self.answer_score if self.is_scored_question else 0
        points = [
            score
            for score in self.suggested_answer_ids.mapped("answer_score")
            if score > 0
        ]
        if self.question_type == "simple_choice":
            return max(points, default=0)
        return sum(points)
