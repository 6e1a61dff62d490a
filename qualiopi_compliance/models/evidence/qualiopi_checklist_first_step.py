from odoo import api, fields, models


class QualiopiChecklist(models.Model):
    """What to fill in first, on the summary of a company that is not there yet."""

    _inherit = "qualiopi.checklist"

    first_step_ids = fields.One2many(
        "qualiopi.first.step", "checklist_id", "What to Fill In First", readonly=True
    )
    first_steps_left = fields.Integer(compute="_compute_first_steps_left")
    first_steps_folded = fields.Boolean(copy=False)

    @api.depends("first_step_ids.done")
    def _compute_first_steps_left(self):
        for checklist in self:
            checklist.first_steps_left = len(
                checklist.first_step_ids.filtered(lambda row: not row.done)
            )

    def action_fold_first_steps(self):
        """Hide what to fill in first, or show it again."""
        self.check_access("write")
        for checklist in self:
            checklist.first_steps_folded = not checklist.first_steps_folded
        return True
