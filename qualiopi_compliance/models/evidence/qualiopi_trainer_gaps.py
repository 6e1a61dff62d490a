from odoo import models


class QualiopiTrainer(models.Model):
    """Gaps of a trainer's file."""

    _name = "qualiopi.trainer"
    _inherit = ["qualiopi.trainer", "qualiopi.gap.holder"]
    _gap_link = "trainer_id"
