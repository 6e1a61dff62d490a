from odoo import api, fields, models


class QualiopiChecklist(models.Model):
    """The checklist of an audit: frozen at its closing meeting."""

    _inherit = "qualiopi.checklist"

    kind = fields.Selection(
        selection_add=[("mock_audit", "Rehearsal"), ("audit", "Audit")],
        ondelete={"mock_audit": "cascade", "audit": "cascade"},
    )
    audit_id = fields.Many2one(
        "qualiopi.audit", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    @api.depends("audit_id.date_begin", "audit_id.kind")
    def _compute_name(self):
        result = super()._compute_name()
        for checklist in self:
            if checklist.audit_id:
                checklist.name = checklist.audit_id.display_name
        return result

    def action_simulate_audit(self):
        """Look at what a certifier who came today would come to."""
        self.ensure_one()
        self.check_access("read")
        wizard = self.env["qualiopi.audit.simulation"].create({"checklist_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("If the Auditor Came Today"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
