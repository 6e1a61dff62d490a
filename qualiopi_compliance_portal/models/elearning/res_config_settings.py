from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When learners who have stopped are reminded, among the company's settings."""

    _inherit = "res.config.settings"

    qualiopi_course_silence = fields.Integer(
        related="company_id.qualiopi_course_silence", readonly=False
    )
