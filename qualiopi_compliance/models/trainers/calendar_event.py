from odoo import api, models

from .qualiopi_team_meeting_calendar import IN_STEP

# What a meeting of ours takes over when it changes in the calendar.
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
    """Team meetings move with their invitation."""

    _inherit = "calendar.event"

    def _qualiopi_meetings(self):
        """:return: the team meetings of these events; none while they write them"""
        # sudo: qualiopi.team.meeting - whoever moves an invitation may have no role
        # of ours
        Meeting = self.env["qualiopi.team.meeting"].sudo()
        if self.env.context.get(IN_STEP):
            return Meeting
        return Meeting.with_context(**{IN_STEP: True}).search(
            [("calendar_event_id", "in", self.ids)]
        )

    def write(self, vals):
        names = set(vals)
        result = super().write(vals)
        if FOLLOWED & names:
            self._qualiopi_meetings()._follow_calendar()
        if "active" in names:
            gone = self.filtered(lambda event: not event.active)
            gone._qualiopi_meetings()._lose_invitation()
        return result

    def unlink(self):
        self._qualiopi_meetings()._lose_invitation()
        return super().unlink()

    @api.model
    def _get_activity_excluded_models(self):
        # a meeting is no reminder of itself
        return [*super()._get_activity_excluded_models(), "qualiopi.team.meeting"]
