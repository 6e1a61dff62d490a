from odoo import models


class QualiopiProgram(models.Model):
    """Documents of a programme: its sheet, lesson plan, authorisation."""

    _name = "qualiopi.program"
    _inherit = ["qualiopi.program", "qualiopi.evidence.holder"]
