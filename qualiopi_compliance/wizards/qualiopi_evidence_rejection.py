from odoo import fields, models


class QualiopiEvidenceRejection(models.TransientModel):
    """Why documents are rejected: whoever submitted them will read it."""

    _name = "qualiopi.evidence.rejection"
    _description = "Rejection of documents"

    evidence_ids = fields.Many2many(
        "qualiopi.evidence", string="Documents", required=True, readonly=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Reject the documents."""
        self.ensure_one()
        self.evidence_ids._reject(self.reason)
        return {"type": "ir.actions.act_window_close"}
