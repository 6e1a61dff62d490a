from odoo import fields, models


class QualiopiCpdRejection(models.TransientModel):
    """Why development activities are rejected: their trainers will read it."""

    _name = "qualiopi.cpd.rejection"
    _description = "Rejection of development activities"

    activity_ids = fields.Many2many(
        "qualiopi.cpd.activity", string="Activities", required=True, readonly=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Reject the activities."""
        self.ensure_one()
        self.activity_ids.write({"state": "rejected", "rejection_reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
