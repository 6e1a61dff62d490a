from datetime import timedelta

from odoo import api, models


class QualiopiTeamMeeting(models.Model):
    """The meeting in the calendar: one invitation, kept in step both ways."""

    _name = "qualiopi.team.meeting"
    _inherit = ["qualiopi.team.meeting", "qualiopi.calendar.mixin"]

    @api.model
    def _shown_in_calendar(self):
        times = ("start", "stop", "allday")
        return {
            "name": ("name",),
            "start": times,
            "duration": times,
            "location": ("location",),
            "agenda": ("description",),
            "user_id": ("user_id",),
        }

    def _invitation_values(self):
        self.ensure_one()
        return {
            "name": self.name,
            "start": self.start,
            "stop": self.stop,
            "allday": False,
            "location": self.location,
            "description": self.agenda,
            "user_id": self.user_id.id,
        }

    def _new_invitation_values(self):
        return super()._new_invitation_values() | {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
        }

    def _calendar_people(self):
        return self.participant_ids.partner_id

    def _still_to_come(self):
        return self.filtered(lambda meeting: meeting.state == "planned")

    def _calendar_refusal(self):
        refusal = super()._calendar_refusal()
        if not refusal and self.state != "planned":
            return self.env._(
                "“%(name)s” is not planned any more: reopen it first.", name=self.name
            )
        if not refusal and not self.participant_ids:
            return self.env._(
                "Nobody is invited to “%(name)s” yet: add the participants first.",
                name=self.name,
            )
        return refusal

    def _values_from_calendar(self, event):
        return {
            "name": event.name,
            "start": event.start,
            "duration": (event.stop - event.start) / timedelta(hours=1),
            "location": event.location,
        }

    def _take_people_from_calendar(self, event):
        gone = self.participant_ids.partner_id - event.partner_ids
        self.participant_ids.filtered_domain([("partner_id", "in", gone.ids)]).unlink()
        self._invite(event.partner_ids)

    def _after_lost_invitation(self):
        for meeting in self:
            meeting.message_post(
                body=self.env._(
                    "Its invitation was deleted from the calendar. Call the meeting "
                    "off, or plan it in the calendar again."
                )
            )
