from odoo import fields, models


class QualiopiCheck(models.Model):
    """Checks may be about those who follow a course online."""

    _inherit = "qualiopi.check"

    scope = fields.Selection(selection_add=[("member", "Course attendee")])
