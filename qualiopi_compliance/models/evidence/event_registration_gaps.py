from odoo import models


class EventRegistration(models.Model):
    """Gaps of a learner file."""

    _name = "event.registration"
    _inherit = ["event.registration", "qualiopi.gap.holder"]
    _gap_link = "registration_id"

    def _qualiopi_checked(self):
        return self._origin.filtered("event_id.qualiopi_program_id")
