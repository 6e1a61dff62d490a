from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's Qualiopi facts, where an administrator expects settings."""

    _inherit = "res.config.settings"

    qualiopi_nda = fields.Char(related="company_id.qualiopi_nda", readonly=False)
    qualiopi_siret = fields.Char(related="company_id.qualiopi_siret", readonly=False)
    qualiopi_revenue = fields.Monetary(
        related="company_id.qualiopi_revenue",
        readonly=False,
        currency_field="qualiopi_currency_id",
    )
    # account has a “Currency” of its own on the settings
    qualiopi_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Training Revenue Currency"
    )
    qualiopi_revenue_year = fields.Char(
        related="company_id.qualiopi_revenue_year", readonly=False
    )
    qualiopi_bpf_state = fields.Selection(
        related="company_id.qualiopi_bpf_state", readonly=False
    )
    qualiopi_last_bpf_year = fields.Char(
        related="company_id.qualiopi_last_bpf_year", readonly=False
    )
    qualiopi_rs_certifying = fields.Boolean(
        related="company_id.qualiopi_rs_certifying", readonly=False
    )
    qualiopi_quality_contact_id = fields.Many2one(
        related="company_id.qualiopi_quality_contact_id", readonly=False
    )
    qualiopi_disability_contact_id = fields.Many2one(
        related="company_id.qualiopi_disability_contact_id", readonly=False
    )
    qualiopi_mobility_contact_id = fields.Many2one(
        related="company_id.qualiopi_mobility_contact_id", readonly=False
    )
    qualiopi_review_months = fields.Integer(
        related="company_id.qualiopi_review_months", readonly=False
    )

    def action_qualiopi_organisation(self):
        """Open the sheet with action categories and sites."""
        self.ensure_one()
        return self.company_id.action_qualiopi_organisation()
