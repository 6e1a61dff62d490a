from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SurveyQuestion(models.Model):
    """What the answer to a question counts for."""

    _inherit = "survey.question"

    qualiopi_purpose = fields.Selection(related="survey_id.qualiopi_purpose")
    qualiopi_measure = fields.Selection(
        [
            ("satisfaction", "Mark of satisfaction"),
            ("verbatim", "Free expression"),
            ("complaint", "Complaint"),
            ("adjustment", "Adjustment asked for"),
        ],
        "Counts As",
        help="Marks make the satisfaction rate. Free expression is read and tagged. A "
        "complaint is shown apart, to be dealt with. An adjustment asked for is noted "
        "on the learner's file.",
    )
    qualiopi_objective_ids = fields.Many2many(
        "qualiopi.program.objective",
        "qualiopi_question_objective_rel",
        "question_id",
        "objective_id",
        "Objectives",
        help="Objectives of programmes that this question assesses.",
    )

    @api.constrains("qualiopi_measure", "question_type")
    def _check_qualiopi_measure(self):
        for question in self.filtered("qualiopi_measure"):
            measure, kind = question.qualiopi_measure, question.question_type
            if measure == "satisfaction" and kind != "scale":
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: a mark of satisfaction is given on a scale. "
                        "Choose that type of question.",
                        question=question.title,
                    )
                )
            if measure == "adjustment" and kind != "simple_choice":
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: an adjustment is asked for by choosing one "
                        "answer. Choose that type of question.",
                        question=question.title,
                    )
                )
            if measure in ("verbatim", "complaint") and kind not in (
                "text_box",
                "char_box",
            ):
                raise ValidationError(
                    self.env._(
                        "“%(question)s”: free expression and complaints are written, "
                        "choose a text question.",
                        question=question.title,
                    )
                )

    @api.onchange("question_type")
    def _onchange_qualiopi_question_type(self):
        """A mark is what most scales of a survey of ours are."""
        fitting = {
            "scale": ("satisfaction",),
            "simple_choice": ("adjustment",),
            "text_box": ("verbatim", "complaint"),
            "char_box": ("verbatim", "complaint"),
        }.get(self.question_type, ())
        if self.qualiopi_measure not in fitting:
            self.qualiopi_measure = False

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_evidence(self):
        # sudo: survey.user_input.line - evidence counts whether or not one may read it
        lines = self.env["survey.user_input.line"].sudo()
        answers = self.env["survey.user_input"].sudo()
        answered = lines.search(
            [
                ("question_id", "in", self.ids),
                ("skipped", "=", False),
                ("user_input_id", "any", answers._qualiopi_evidence_domain()),
            ],
            limit=1,
        )
        if answered:
            raise UserError(
                self.env._(
                    "“%(question)s” has answers that serve as evidence: it cannot be "
                    "deleted. Duplicate the survey and change the copy.",
                    question=answered.question_id.title,
                )
            )
