from odoo import models


class QualiopiSite(models.Model):
    """Documents of a site: lease, registers, risks."""

    _name = "qualiopi.site"
    _inherit = ["qualiopi.site", "qualiopi.evidence.holder"]
