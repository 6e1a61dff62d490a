from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveyQuestionAnswer(models.Model):
    """Which choice asks for an adjustment; choices made are evidence."""

    _inherit = "survey.question.answer"

    qualiopi_adjustment = fields.Boolean(
        "Asks for an Adjustment",
        help="Who chooses it asks for an adjustment: it is noted on his file, without "
        "a reason.",
    )

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_evidence(self):
        # sudo: survey.user_input.line - evidence counts whether or not one may read it
        lines = self.env["survey.user_input.line"].sudo()
        answers = self.env["survey.user_input"].sudo()
        chosen = lines.search_count(
            [
                "|",
                ("suggested_answer_id", "in", self.ids),
                ("matrix_row_id", "in", self.ids),
                ("user_input_id", "any", answers._qualiopi_evidence_domain()),
            ],
            limit=1,
        )
        if chosen:
            raise UserError(
                self.env._(
                    "“%(choice)s” was chosen in answers that serve as evidence: it "
                    "cannot be deleted. Duplicate the survey and change the copy.",
                    choice=self[:1].value,
                )
            )
