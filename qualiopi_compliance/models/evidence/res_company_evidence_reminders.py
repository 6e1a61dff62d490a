from odoo import models
from odoo.fields import Domain

from ..organisation.qualiopi_reminder import Reminder


class ResCompany(models.Model):
    """Documents about to run out: whoever keeps them is told ahead."""

    _inherit = "res.company"

    def _qualiopi_reminders(self, day):
        return [
            *super()._qualiopi_reminders(day),
            *self._qualiopi_evidence_reminders(day),
        ]

    def _qualiopi_evidence_reminders(self, day):
        """:return: validated documents that run out before long, or have"""
        documents = self.env["qualiopi.evidence"].search(
            Domain("company_id", "=", self.id)
            & Domain("state", "=", "validated")
            & Domain("superseded_by_id", "=", False)
            & Domain("valid_until", "<=", self._qualiopi_horizon(day))
            & Domain("record_gone", "=", False)
        )
        return [
            Reminder(
                document,
                "renewal",
                document.valid_until,
                self.env._("Renew “%(name)s”", name=document.name),
                user=document.user_id,
            )
            for document in documents
        ]
