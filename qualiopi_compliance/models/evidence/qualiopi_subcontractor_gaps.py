from odoo import models


class QualiopiSubcontractor(models.Model):
    """Gaps of a subcontractor's file."""

    _name = "qualiopi.subcontractor"
    _inherit = ["qualiopi.subcontractor", "qualiopi.gap.holder"]
    _gap_link = "subcontractor_id"
