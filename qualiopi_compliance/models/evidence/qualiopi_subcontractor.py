from odoo import models


class QualiopiSubcontractor(models.Model):
    """Documents of a subcontractor's file."""

    _name = "qualiopi.subcontractor"
    _inherit = ["qualiopi.subcontractor", "qualiopi.evidence.holder"]
