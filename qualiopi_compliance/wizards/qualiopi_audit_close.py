from odoo import api, fields, models
from odoo.exceptions import UserError


class QualiopiAuditClose(models.TransientModel):
    """A last look before an audit is frozen: what was found, what cannot be undone."""

    _name = "qualiopi.audit.close"
    _description = "Closing of an audit"

    audit_id = fields.Many2one(
        "qualiopi.audit", required=True, readonly=True, ondelete="cascade"
    )
    finding_ids = fields.One2many(related="audit_id.finding_ids")
    asked_count = fields.Integer(related="audit_id.asked_count")
    not_looked = fields.Char("Not Looked At", compute="_compute_summary")
    waiting_count = fields.Integer(related="audit_id.waiting_count")
    without_closing = fields.Boolean(compute="_compute_summary")
    understood = fields.Boolean(
        "I understand that nothing of this audit can be changed afterwards"
    )

    @api.depends("audit_id")
    def _compute_summary(self):
        for wizard in self:
            audit = wizard.audit_id
            left = audit.item_ids.filtered(lambda item: item.decision == "not_looked")
            wizard.not_looked = ", ".join(map(str, left.mapped("number")))
            wizard.without_closing = not audit.attendee_ids.filtered("at_closing")

    def action_confirm(self):
        """Close the audit.

        :raise UserError: unless the box is ticked
        """
        self.ensure_one()
        if not self.understood:
            raise UserError(
                self.env._(
                    "Tick the box first: nothing of a closed audit can be changed."
                )
            )
        self.audit_id.action_close()
        return {"type": "ir.actions.act_window_close"}
