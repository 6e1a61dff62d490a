from odoo import models

from ..organisation.qualiopi_reminder import Reminder


class ResCompany(models.Model):
    """People are reminded of their actions, and of looking at their effect."""

    _inherit = "res.company"

    def _qualiopi_reminders(self, day):
        actions = self.env["qualiopi.action"].search(
            [
                ("company_id", "=", self.id),
                ("state", "in", ("todo", "doing", "done")),
            ]
        )
        horizon = self._qualiopi_horizon(day)
        reminders = super()._qualiopi_reminders(day)
        for action in actions:
            due = action.effect_on if action.state == "done" else action.deadline
            if not due or due > horizon:
                continue
            summary = (
                self.env._("Look at the effect: %(action)s", action=action.name)
                if action.state == "done"
                else action.name
            )
            reminders.append(
                Reminder(action, action.state, due, summary, user=action.user_id)
            )
        return reminders
