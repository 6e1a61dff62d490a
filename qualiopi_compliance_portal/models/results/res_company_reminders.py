from datetime import timedelta

from odoo import models
from odoo.tools.misc import format_date

from odoo.addons.qualiopi_compliance.models.organisation.qualiopi_reminder import (
    Reminder,
)

from .qualiopi_publication_nightly import DAYS_AHEAD


class ResCompany(models.Model):
    """Published results that grow older than promised: their owner is told."""

    _inherit = "res.company"

    def _qualiopi_reminders(self, day):
        return [
            *super()._qualiopi_reminders(day),
            *self._qualiopi_publication_reminders(day),
        ]

    def _qualiopi_publication_reminders(self, day):
        """:return: that new results are to be published, once for those in force; that
        the first ones are, where there never were any
        """
        Publication = self.env["qualiopi.publication"]
        current = Publication._in_force(self)
        if current and current.due_on <= day + timedelta(days=DAYS_AHEAD):
            return [self._qualiopi_publication_reminder(current, current.due_on)]
        proposed = Publication._proposed(self)
        if current or not proposed.automatic:
            return []
        due = proposed.create_date.date() + timedelta(days=DAYS_AHEAD)
        return [self._qualiopi_publication_reminder(proposed, due)]

    def _qualiopi_publication_reminder(self, publication, due):
        return Reminder(
            publication,
            "publication",
            due,
            self.env._("Publish the results"),
            self.env._(
                "Read the figures proposed under Feedback / Published Results, then "
                "publish them. Those on the website are dated; after %(day)s they are "
                "shown as being updated.",
                day=format_date(self.env, due),
            )
            if publication.state == "published"
            else self.env._(
                "Read the figures proposed under Feedback / Published Results, then "
                "publish them: the website has none yet."
            ),
            user=publication.user_id or self._qualiopi_quality_user(),
        )
