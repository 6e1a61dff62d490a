from odoo import api, fields, models

from .audit_settings_view import fill_settings


class ResConfigSettings(models.TransientModel):
    """The company's figures on audits and its reminders, for administrators."""

    _inherit = "res.config.settings"

    qualiopi_audit_minors_for_major = fields.Integer(
        related="company_id.qualiopi_audit_minors_for_major", readonly=False
    )
    qualiopi_audit_suspension_months = fields.Integer(
        related="company_id.qualiopi_audit_suspension_months", readonly=False
    )
    qualiopi_audit_refusal_months = fields.Integer(
        related="company_id.qualiopi_audit_refusal_months", readonly=False
    )
    qualiopi_audit_withdrawal_months = fields.Integer(
        related="company_id.qualiopi_audit_withdrawal_months", readonly=False
    )
    qualiopi_audit_correction_months = fields.Integer(
        related="company_id.qualiopi_audit_correction_months", readonly=False
    )
    qualiopi_audit_check_months = fields.Integer(
        related="company_id.qualiopi_audit_check_months", readonly=False
    )
    qualiopi_audit_call_months = fields.Integer(
        related="company_id.qualiopi_audit_call_months", readonly=False
    )
    qualiopi_audit_contract_months = fields.Integer(
        related="company_id.qualiopi_audit_contract_months", readonly=False
    )
    qualiopi_audit_action_per_category = fields.Boolean(
        related="company_id.qualiopi_audit_action_per_category", readonly=False
    )
    qualiopi_audit_sworn_statement = fields.Boolean(
        related="company_id.qualiopi_audit_sworn_statement", readonly=False
    )
    qualiopi_escalation_days = fields.Integer(
        related="company_id.qualiopi_escalation_days", readonly=False
    )
    qualiopi_digest = fields.Boolean(
        related="company_id.qualiopi_digest", readonly=False
    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            fill_settings(self.env, arch)
        return arch, view
