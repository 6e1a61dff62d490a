from odoo import models


class QualiopiSurveyInvitation(models.Model):
    """Invitations of a request follow it when it is merged into another."""

    _inherit = "qualiopi.survey.invitation"

    def _move_to_lead(self, lead):
        """Belong to another request, which is not asked a second time.

        Where that one was asked as well, both invitations stay, each with its key.
        """
        self.ensure_one()
        before = f"lead-{self.lead_id.id}"
        key = self.key.removesuffix(before) + f"lead-{lead.id}"
        taken = self.search_count(
            [("company_id", "=", self.company_id.id), ("key", "=", key)], limit=1
        )
        self.lead_id = lead
        if self.key.endswith(f":{before}") and not taken:
            self.key = key
