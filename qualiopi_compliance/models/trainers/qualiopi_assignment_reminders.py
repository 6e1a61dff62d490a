from odoo import models
from odoo.tools.misc import format_date

from ..organisation.qualiopi_reminder import Reminder


class QualiopiAssignment(models.Model):
    """A trainer who does not fit is announced to whoever plans the session."""

    _inherit = "qualiopi.assignment"

    def _reminders(self):
        """:return: one for each assignment with a problem no waiver answers"""
        found = []
        for row, problems in self._problems().items():
            if row._status_of(problems) != "problem":
                continue
            event = row.event_id
            found.append(
                Reminder(
                    event,
                    f"trainer-{row.trainer_id.id}",
                    row._days()[0],
                    self.env._(
                        "Check the trainer of %(day)s",
                        day=format_date(self.env, row._days()[0]),
                    ),
                    note=" ".join(text for _code, text in problems),
                    user=event.user_id or row.trainer_id.user_id,
                    mark=",".join(sorted(code for code, _text in problems)),
                )
            )
        return found

    def _remind_of_problems(self):
        """Announce now what the night would find."""
        return self.env["qualiopi.reminder"]._remind(self._reminders())
