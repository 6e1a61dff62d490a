from odoo import fields, models
from odoo.exceptions import UserError


class QualiopiPageAcceptance(models.TransientModel):
    """The reason for which words that a rule minds are right where they stand."""

    _name = "qualiopi.page.acceptance"
    _description = "Accept the words of a page"

    defect_ids = fields.Many2many("qualiopi.page.defect", required=True)
    reason = fields.Text(
        required=True, help="Kept with your name, and on the programme's history."
    )

    def action_confirm(self):
        """Accept the words, with the reason."""
        self.ensure_one()
        self.check_access("write")
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why these words are right."))
        self.defect_ids._accept(reason)
        return {"type": "ir.actions.act_window_close"}
