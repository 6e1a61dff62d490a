from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

# Set while one side writes the other, so that it does not come back.
IN_STEP = "qualiopi_meeting_in_step"
# What the invitation shows of the meeting: field -> fields of the event.
SHOWN = {
    "name": ("name",),
    "start": ("start", "stop", "allday"),
    "duration": ("start", "stop", "allday"),
    "location": ("location",),
    "agenda": ("description",),
    "user_id": ("user_id",),
}


class QualiopiTeamMeeting(models.Model):
    """The meeting in the calendar: one invitation, kept in step both ways.

    As long as the meeting is planned, moving either moves the other, and those
    invited are the same. What was held stays as it was, whatever the calendar says.
    """

    _inherit = "qualiopi.team.meeting"

    calendar_event_id = fields.Many2one(
        "calendar.event",
        "Invitation",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        readonly=True,
    )
    in_calendar = fields.Boolean(compute="_compute_in_calendar")
    in_my_calendar = fields.Boolean(compute="_compute_in_calendar")

    @api.depends_context("uid")
    @api.depends("calendar_event_id.partner_ids", "calendar_event_id.user_id")
    def _compute_in_calendar(self):
        for meeting in self:
            # sudo: calendar.event - invitations are private
            event = meeting.sudo().calendar_event_id
            people = event.partner_ids | event.user_id.partner_id
            meeting.in_calendar = bool(event)
            meeting.in_my_calendar = self.env.user.partner_id in people

    def write(self, vals):
        result = super().write(vals)
        names = {name for field in vals for name in SHOWN.get(field, ())}
        self._push_invitation(names)
        return result

    def unlink(self):
        self.check_access("unlink")
        self._withdraw_invitation()
        return super().unlink()

    # From the meeting to the calendar

    def _invitation(self):
        """:return: the invitations of those that are still to come about"""
        if self.env.context.get(IN_STEP):
            return self.env["calendar.event"]
        # sudo: calendar.event - private ones are written by their attendees only,
        # but whoever writes the meeting moves them
        planned = self.filtered(lambda meeting: meeting.state == "planned").sudo()
        return planned.calendar_event_id.with_context(
            **{IN_STEP: True}, skip_contact_description=True
        )

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

    def _push_invitation(self, names):
        """Write to the calendar those of these fields that differ there."""
        for meeting in self if names else ():
            event = meeting._invitation()
            if not event:
                continue
            known = event._convert_to_write({name: event[name] for name in names})
            changed = {
                name: value
                for name, value in meeting._invitation_values().items()
                if name in names and known[name] != value
            }
            if changed:
                event.write(changed)

    def _push_people(self):
        """Invite in the calendar those who take part in the meeting."""
        for meeting in self:
            event = meeting._invitation()
            people = meeting.participant_ids.partner_id
            if event and event.partner_ids != people:
                event.partner_ids = [Command.set(people.ids)]

    def _withdraw_invitation(self):
        """Take the meeting out of the calendar; those invited to come are told."""
        now = fields.Datetime.now()
        template = self.env.ref(
            "calendar.calendar_template_delete_event", raise_if_not_found=False
        )
        # sudo: calendar.event - see _invitation
        for event in self.sudo().calendar_event_id.filtered("active"):
            if template and event.start > now:
                template.sudo().send_mail(
                    event.id, email_layout_xmlid="mail.mail_notification_light"
                )
            event.with_context(**{IN_STEP: True}).active = False
        self.calendar_event_id = False

    def action_plan_calendar(self):
        """Put the meeting in the calendar and invite the participants."""
        self.check_access("write")
        for meeting in self:
            meeting._check_can_be_planned()
            values = meeting._invitation_values() | {
                "partner_ids": [Command.set(meeting.participant_ids.partner_id.ids)],
                "privacy": "private",
                "res_model_id": self.env["ir.model"]._get_id(meeting._name),
                "res_id": meeting.id,
            }
            context = clean_context(self.env.context) | {IN_STEP: True}
            # sudo: calendar.event - see _invitation
            events = self.env(su=True, context=context)["calendar.event"]
            meeting.calendar_event_id = events.create(values).id
        return self._warn_without_email()

    def _check_can_be_planned(self):
        """:raise UserError: saying why this is no meeting to put in the calendar"""
        if self.calendar_event_id:
            raise UserError(
                self.env._(
                    "“%(name)s” is in the calendar already: change its date here or "
                    "there, the other follows.",
                    name=self.name,
                )
            )
        if self.state != "planned":
            raise UserError(
                self.env._(
                    "“%(name)s” is not planned any more: reopen it first.",
                    name=self.name,
                )
            )
        if not self.participant_ids:
            raise UserError(
                self.env._(
                    "Nobody is invited to “%(name)s” yet: add the participants first.",
                    name=self.name,
                )
            )

    def _warn_without_email(self):
        """:return: a notification naming who gets no invitation, nothing if all do"""
        lost = self.participant_ids.partner_id.filtered(lambda who: not who.email)
        if not lost:
            return None
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": self.env._(
                    "Without an e-mail address, these people get no invitation: "
                    "%(names)s.",
                    names=", ".join(lost.mapped("name")),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_calendar(self):
        """Open the invitation."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.calendar_event_id.id,
            "view_mode": "form",
        }

    # From the calendar to the meeting

    def _follow_calendar(self):
        """Take over date, subject, place and people from the invitation."""
        for meeting in self.filtered(lambda row: row.state == "planned"):
            event = meeting.calendar_event_id
            values = {
                "name": event.name,
                "start": event.start,
                "duration": (event.stop - event.start) / timedelta(hours=1),
                "location": event.location,
            }
            changed = {
                name: value
                for name, value in values.items()
                if (value or False) != (meeting[name] or False)
            }
            if changed:
                meeting.write(changed)
            gone = meeting.participant_ids.partner_id - event.partner_ids
            meeting.participant_ids.filtered_domain(
                [("partner_id", "in", gone.ids)]
            ).unlink()
            meeting._invite(event.partner_ids)

    def _declined(self):
        """:return: who declined the invitation in the calendar"""
        self.ensure_one()
        # sudo: calendar.event - see _invitation
        attendees = self.sudo().calendar_event_id.attendee_ids
        return attendees.filtered(lambda row: row.state == "declined").partner_id

    def _lose_invitation(self):
        """The invitation was deleted in the calendar: the meeting stays planned."""
        for meeting in self:
            meeting.message_post(
                body=self.env._(
                    "Its invitation was deleted from the calendar. Call the meeting "
                    "off, or plan it in the calendar again."
                )
            )
        self.calendar_event_id = False
