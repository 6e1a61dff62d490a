from odoo import models


class EventEvent(models.Model):
    """Results of a session, beside those of the one before of its programme."""

    _inherit = "event.event"

    def action_qualiopi_results(self):
        """Open the results of this session."""
        self.ensure_one()
        self.check_access("read")
        first, last = self._qualiopi_days()
        return self.env["qualiopi.result"]._open(
            {
                "default_company_id": self.company_id.id,
                "default_scope": "session",
                "default_event_id": self.id,
                "default_span": "dates",
                "default_first": first,
                "default_last": last,
            }
        )
