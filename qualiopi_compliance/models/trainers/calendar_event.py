from odoo import api, models

from .qualiopi_calendar_mixin import IN_STEP

# What a record of ours takes over when it changes in the calendar.
FOLLOWED = {
    "name",
    "start",
    "stop",
    "start_date",
    "stop_date",
    "allday",
    "duration",
    "location",
    "partner_ids",
    "attendee_ids",
}


class CalendarEvent(models.Model):
    """Meetings and what else we put in the calendar move with their invitation."""

    _inherit = "calendar.event"

    @api.model
    def _qualiopi_models(self):
        """:return: names of the models whose records are kept in step"""
        kept = self.pool.descendants(["qualiopi.calendar.mixin"], "_inherit")
        return [name for name in kept if not self.env[name]._abstract]

    def _qualiopi_in_step(self):
        """:return: our records of these events, model by model; none while they
        write them
        """
        if self.env.context.get(IN_STEP):
            return []
        # sudo: whoever moves an invitation may have no role of ours
        return [
            self.env[name]
            .sudo()
            .with_context(**{IN_STEP: True})
            .search([("calendar_event_id", "in", self.ids)])
            for name in self._qualiopi_models()
        ]

    def write(self, vals):
        names = set(vals)
        result = super().write(vals)
        if FOLLOWED & names:
            for records in self._qualiopi_in_step():
                records._follow_calendar()
        if "active" in names:
            gone = self.filtered(lambda event: not event.active)
            for records in gone._qualiopi_in_step():
                records._lose_invitation()
        return result

    def unlink(self):
        for records in self._qualiopi_in_step():
            records._lose_invitation()
        return super().unlink()

    @api.model
    def _get_activity_excluded_models(self):
        # what is in the calendar is no reminder of itself
        return [*super()._get_activity_excluded_models(), *self._qualiopi_models()]
