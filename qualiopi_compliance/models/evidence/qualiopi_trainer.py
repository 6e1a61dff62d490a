from odoo import models


class QualiopiTrainer(models.Model):
    """Documents of a trainer's file."""

    _name = "qualiopi.trainer"
    _inherit = ["qualiopi.trainer", "qualiopi.evidence.holder"]
