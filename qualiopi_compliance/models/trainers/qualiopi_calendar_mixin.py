from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

# Set while one side writes the other, so that it does not come back.
IN_STEP = "qualiopi_calendar_in_step"


class QualiopiCalendarMixin(models.AbstractModel):
    """A record with one invitation in the calendar, kept in step both ways.

    As long as the record is still to come about, moving either moves the other, and
    those invited are the same. What took place stays as it was, whatever the calendar
    says. A model says what it shows of itself and what it takes over by the methods
    that raise ``NotImplementedError`` here.
    """

    _name = "qualiopi.calendar.mixin"
    _description = "In step with the calendar"

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
    @api.depends(
        "calendar_event_id.active",
        "calendar_event_id.partner_ids",
        "calendar_event_id.user_id",
    )
    def _compute_in_calendar(self):
        for record in self:
            # sudo: calendar.event - invitations are private
            event = record.sudo().calendar_event_id.filtered("active")
            people = event.partner_ids | event.user_id.partner_id
            record.in_calendar = bool(event)
            record.in_my_calendar = self.env.user.partner_id in people

    # What each model says of itself

    @api.model
    def _shown_in_calendar(self):
        """:return: field of the record -> fields of the event that come of it"""
        raise NotImplementedError

    def _invitation_values(self):
        """:return: those fields of the event, people apart"""
        raise NotImplementedError

    def _calendar_people(self):
        """:return: the partners who are invited"""
        raise NotImplementedError

    def _still_to_come(self):
        """:return: those of these records that still move"""
        raise NotImplementedError

    def _values_from_calendar(self, event):
        """:return: fields of the record as the event has them, people apart"""
        raise NotImplementedError

    def _take_people_from_calendar(self, event):
        raise NotImplementedError

    def _after_lost_invitation(self):
        """Say that the invitation was deleted in the calendar."""
        raise NotImplementedError

    def _calendar_refusal(self):
        """:return: why there is nothing to put in the calendar, empty if there is"""
        self.ensure_one()
        if not self.calendar_event_id:
            return ""
        return self.env._(
            "“%(name)s” is in the calendar already: change its date here or there, the "
            "other follows.",
            name=self.display_name,
        )

    # From the record to the calendar

    def write(self, vals):
        result = super().write(vals)
        shown = self._shown_in_calendar()
        names = {name for field in vals for name in shown.get(field, ())}
        self._push_invitation(names)
        return result

    def unlink(self):
        self.check_access("unlink")
        self._withdraw_invitation()
        return super().unlink()

    def _invitation(self):
        """:return: the invitations of those that are still to come about"""
        if self.env.context.get(IN_STEP):
            return self.env["calendar.event"]
        # sudo: calendar.event - private ones are written by their attendees only,
        # but whoever writes the record moves them
        planned = self._still_to_come().sudo()
        return planned.calendar_event_id.with_context(
            **{IN_STEP: True}, skip_contact_description=True
        )

    def _push_invitation(self, names):
        """Write to the calendar those of these fields that differ there."""
        for record in self if names else ():
            event = record._invitation()
            if not event:
                continue
            known = event._convert_to_write({name: event[name] for name in names})
            changed = {
                name: value
                for name, value in record._invitation_values().items()
                if name in names and known[name] != value
            }
            if changed:
                event.write(changed)

    def _push_people(self):
        """Invite in the calendar those who take part."""
        for record in self:
            event = record._invitation()
            people = record._calendar_people()
            if event and event.partner_ids != people:
                event.partner_ids = [Command.set(people.ids)]

    def _withdraw_invitation(self):
        """Take it out of the calendar; those invited to come are told."""
        now = fields.Datetime.now()
        template = self.env.ref(
            "calendar.calendar_template_delete_event", raise_if_not_found=False
        )
        # sudo: calendar.event - see _invitation
        events = self.sudo().calendar_event_id.filtered("active")
        for event in events:
            if template and event.start > now:
                template.sudo().send_mail(
                    event.id, email_layout_xmlid="mail.mail_notification_light"
                )
            event.with_context(**{IN_STEP: True}).active = False
        self.filtered("calendar_event_id").calendar_event_id = False

    def _new_invitation_values(self):
        return self._invitation_values() | {
            "partner_ids": [Command.set(self._calendar_people().ids)],
            "privacy": "private",
        }

    def action_plan_calendar(self):
        """Put these in the calendar and invite those who take part."""
        self.check_access("write")
        for record in self:
            refusal = record._calendar_refusal()
            if refusal:
                raise UserError(refusal)
            context = clean_context(self.env.context) | {
                IN_STEP: True,
                "skip_contact_description": True,
            }
            # sudo: calendar.event - see _invitation
            events = self.env(su=True, context=context)["calendar.event"]
            event = events.create(record._new_invitation_values())
            record.calendar_event_id = event.id
        return self._warn_without_email()

    def _warn_without_email(self):
        """:return: a notification naming who gets no invitation, nothing if all do"""
        people = self.env["res.partner"].union(
            *(record._calendar_people() for record in self)
        )
        lost = people.filtered(lambda who: not who.email)
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
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "calendar.event",
            "res_id": self.calendar_event_id.id,
            "view_mode": "form",
        }

    # From the calendar to the record

    def _follow_calendar(self):
        """Take over what the invitation says, and whom it invites."""
        for record in self._still_to_come():
            event = record.calendar_event_id
            changed = {
                name: value
                for name, value in record._values_from_calendar(event).items()
                if (value or False) != (record[name] or False)
            }
            if changed:
                record.write(changed)
            record._take_people_from_calendar(event)

    def _declined(self):
        """:return: who declined the invitation in the calendar"""
        self.ensure_one()
        # sudo: calendar.event - see _invitation
        attendees = self.sudo().calendar_event_id.attendee_ids
        return attendees.filtered(lambda row: row.state == "declined").partner_id

    def _lose_invitation(self):
        """The invitation was deleted in the calendar: the record stays planned."""
        planned = self._still_to_come()
        planned.calendar_event_id = False
        planned._after_lost_invitation()
