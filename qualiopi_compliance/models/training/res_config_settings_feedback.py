from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """From which figures the company draws conclusions, among its settings."""

    _inherit = "res.config.settings"

    qualiopi_satisfied_from = fields.Float(
        related="company_id.qualiopi_satisfied_from", readonly=False
    )
    qualiopi_sample_minimum = fields.Integer(
        related="company_id.qualiopi_sample_minimum", readonly=False
    )
    qualiopi_weak_below = fields.Float(
        related="company_id.qualiopi_weak_below", readonly=False
    )
    qualiopi_tag_alert = fields.Integer(
        related="company_id.qualiopi_tag_alert", readonly=False
    )
