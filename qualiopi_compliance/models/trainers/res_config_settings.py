from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The company's rules on those who teach, for administrators."""

    _inherit = "res.config.settings"

    qualiopi_assignment_policy = fields.Selection(
        related="company_id.qualiopi_assignment_policy", readonly=False
    )
    qualiopi_expiry_days = fields.Integer(
        related="company_id.qualiopi_expiry_days", readonly=False
    )
    qualiopi_cv_months = fields.Integer(
        related="company_id.qualiopi_cv_months", readonly=False
    )
    qualiopi_assessment_months = fields.Integer(
        related="company_id.qualiopi_assessment_months", readonly=False
    )
