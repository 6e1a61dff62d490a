from odoo import models


class QualiopiProgram(models.Model):
    """Gaps of a programme, with those of its sessions, their learners and requests."""

    _name = "qualiopi.program"
    _inherit = ["qualiopi.program", "qualiopi.gap.holder"]
    _gap_link = "program_id"
