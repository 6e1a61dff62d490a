from odoo import models


class EventEvent(models.Model):
    """Gaps of a session, with those of its learners."""

    _name = "event.event"
    _inherit = ["event.event", "qualiopi.gap.holder"]
    _gap_link = "event_id"

    def _qualiopi_checked(self):
        return self._origin.filtered("qualiopi_program_id")
