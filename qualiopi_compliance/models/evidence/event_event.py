from odoo import models
from odoo.fields import Domain


class EventEvent(models.Model):
    """Documents of a session, and of its learners."""

    _name = "event.event"
    _inherit = ["event.event", "qualiopi.evidence.holder"]

    def _qualiopi_evidence_domain(self):
        of_learners = Domain("scope", "=", "learner") & Domain(
            "registration_id.event_id", "=", self._origin.id
        )
        return super()._qualiopi_evidence_domain() | of_learners
