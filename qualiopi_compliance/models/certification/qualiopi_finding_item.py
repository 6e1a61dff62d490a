from odoo import models


class QualiopiAuditItem(models.Model):
    """An indicator is decided by its finding, and undecided when it is taken back."""

    _inherit = "qualiopi.audit.item"

    def _take_findings(self):
        for item in self.exists():
            if item.finding_ids and item.decision != "finding":
                item.decision = "finding"
            elif not item.finding_ids and item.decision == "finding":
                item.decision = "undecided"
