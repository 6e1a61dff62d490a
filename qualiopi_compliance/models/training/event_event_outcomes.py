from odoo import models


class EventEvent(models.Model):
    """Outcomes of all learners of a session, proposed by their final assessments."""

    _inherit = "event.event"

    def action_qualiopi_propose_outcomes(self):
        """Open what the final assessments propose for the learners of this session.

        :raise UserError: when no learner is enrolled, or none has answered one
        """
        self.ensure_one()
        return self._qualiopi_enrolled().action_qualiopi_propose_outcomes()
