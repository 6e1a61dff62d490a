from odoo import api, fields, models
from odoo.exceptions import UserError


class QualiopiChecklistClose(models.TransientModel):
    """Last look before a self-assessment is frozen: what nobody has assessed."""

    _name = "qualiopi.checklist.close"
    _description = "Close a self-assessment"

    checklist_id = fields.Many2one(
        "qualiopi.checklist", required=True, readonly=True, ondelete="cascade"
    )
    unassessed_line_ids = fields.Many2many(
        "qualiopi.checklist.line", compute="_compute_unassessed_line_ids"
    )
    unassessed_count = fields.Integer(compute="_compute_unassessed_line_ids")
    accept_unassessed = fields.Boolean("Close although they are not assessed")

    @api.depends("checklist_id")
    def _compute_unassessed_line_ids(self):
        for wizard in self:
            lines = wizard.checklist_id._unassessed_lines()
            wizard.unassessed_line_ids = lines
            wizard.unassessed_count = len(lines)

    def action_confirm(self):
        """Close the self-assessment.

        :raise UserError: when indicators are not assessed and nobody accepted that
        """
        self.ensure_one()
        if self.unassessed_count and not self.accept_unassessed:
            raise UserError(
                self.env._(
                    "These indicators are not assessed: %(indicators)s. Assess them, "
                    "or tick the box to close all the same.",
                    indicators=", ".join(
                        str(line.number) for line in self.unassessed_line_ids
                    ),
                )
            )
        self.checklist_id._close()
        return {"type": "ir.actions.act_window_close"}
