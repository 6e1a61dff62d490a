from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What is done with a page that lacks something, among the company's settings."""

    _inherit = "res.config.settings"

    qualiopi_page_policy = fields.Selection(
        related="company_id.qualiopi_page_policy", readonly=False
    )
