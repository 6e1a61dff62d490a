from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How often results are published, among the company's settings."""

    _inherit = "res.config.settings"

    qualiopi_publication_months = fields.Integer(
        related="company_id.qualiopi_publication_months", readonly=False
    )
    qualiopi_publication_span = fields.Integer(
        related="company_id.qualiopi_publication_span", readonly=False
    )
