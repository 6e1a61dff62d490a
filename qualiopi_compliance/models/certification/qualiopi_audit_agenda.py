from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command


class QualiopiAuditAgenda(models.Model):
    """One line of the audit plan: when, what about, and whom the auditor meets.

    In the calendar, if wanted, as a private invitation to those who are met: moving
    either moves the other, until the audit is closed. Its subject is ours: it is not
    taken over from the calendar.
    """

    _name = "qualiopi.audit.agenda"
    _description = "Line of an audit plan"
    _inherit = ["qualiopi.audit.part", "qualiopi.calendar.mixin"]
    _order = "audit_id, start, stop, id"

    kind = fields.Selection(
        [
            ("opening", "Opening meeting"),
            ("indicators", "Indicators"),
            ("interview", "Interview"),
            ("visit", "Visit"),
            ("lunch", "Lunch"),
            ("synthesis", "Auditor's synthesis"),
            ("closing", "Closing meeting"),
            ("other", "Other"),
        ],
        required=True,
        default="indicators",
    )
    name = fields.Char("Topic", help="Left empty, the indicators are the topic.")
    start = fields.Datetime(required=True, index=True)
    stop = fields.Datetime("End", required=True)
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_audit_agenda_indicator_rel",
        "agenda_id",
        "indicator_id",
        "Indicators",
        ondelete="restrict",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "qualiopi_audit_agenda_partner_rel",
        "agenda_id",
        "partner_id",
        "People to Meet",
        check_company=True,
        ondelete="restrict",
    )
    place = fields.Char()
    note = fields.Text("To Prepare")
    lost_invitation = fields.Boolean(readonly=True, copy=False)
    calendar_state = fields.Selection(
        [
            ("none", "Not in the calendar"),
            ("planned", "In the calendar"),
            ("lost", "No longer in the calendar"),
        ],
        "Calendar",
        compute="_compute_calendar_state",
    )

    _times_order = models.Constraint(
        "CHECK(stop > start)", "A line of the plan ends after it begins."
    )

    @api.depends_context("lang")
    @api.depends("name", "kind", "indicator_ids")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line._default_topic()

    def _default_topic(self):
        """:return: what it is about, in words"""
        self.ensure_one()
        numbers = self.indicator_ids.mapped("number")
        if self.kind == "indicators" and len(numbers) == 1:
            return self.env._("Indicator %(number)s", number=numbers[0])
        if self.kind == "indicators" and numbers:
            listed = ", ".join(map(str, sorted(numbers)))
            return self.env._("Indicators %(numbers)s", numbers=listed)
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return labels.get(self.kind, "")

    @api.depends("in_calendar", "lost_invitation")
    def _compute_calendar_state(self):
        for line in self:
            if line.in_calendar:
                line.calendar_state = "planned"
            else:
                line.calendar_state = "lost" if line.lost_invitation else "none"

    @api.constrains("start", "stop")
    def _check_times(self):
        for line in self:
            if line.start and line.stop and line.stop <= line.start:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends before it begins: correct one of the hours.",
                        name=line.display_name,
                    )
                )

    @api.onchange("start")
    def _onchange_start(self):
        """Keep the length: an hour for a new line."""
        before = self._origin
        if self.start and before.start:
            self.stop = self.start + (before.stop - before.start)
        elif self.start and (not self.stop or self.stop <= self.start):
            self.stop = self.start + timedelta(hours=1)

    def write(self, vals):
        result = super().write(vals)
        if "partner_ids" in vals:
            self._push_people()
        return result

    # In the calendar

    @api.model
    def _shown_in_calendar(self):
        times = ("start", "stop", "allday")
        return {
            "name": ("name",),
            "kind": ("name",),
            "start": times,
            "stop": times,
            "place": ("location",),
            "note": ("description",),
            "indicator_ids": ("name", "description"),
        }

    def _invitation_values(self):
        self.ensure_one()
        about = self.indicator_ids.sorted("number").mapped("display_name")
        lines = [*about, *(self.note or "").splitlines()]
        return {
            "name": f"{self.audit_id.display_name} – {self.display_name}",
            "start": self.start,
            "stop": self.stop,
            "allday": False,
            "location": self.place or self.audit_id.place,
            "description": Markup().join(Markup("<p>%s</p>") % line for line in lines)
            or False,
            "user_id": self.audit_id.user_id.id,
        }

    def _calendar_people(self):
        return self.partner_ids

    def _still_to_come(self):
        return self.filtered(lambda line: line.audit_state in ("planned", "running"))

    def _calendar_refusal(self):
        self._check_audit_open()
        refusal = super()._calendar_refusal()
        if not refusal and self.audit_id.state == "cancelled":
            return self.env._(
                "“%(name)s” was called off: plan it again first.",
                name=self.audit_id.display_name,
            )
        if not refusal and not self.partner_ids:
            return self.env._(
                "Nobody is met at “%(name)s”: add the people first.",
                name=self.display_name,
            )
        return refusal

    def action_plan_calendar(self):
        result = super().action_plan_calendar()
        self.lost_invitation = False
        return result

    def _values_from_calendar(self, event):
        return {
            "start": event.start,
            "stop": max(event.stop, event.start + timedelta(minutes=1)),
            "place": event.location,
        }

    def _take_people_from_calendar(self, event):
        if self.partner_ids != event.partner_ids:
            self.partner_ids = [Command.set(event.partner_ids.ids)]

    def _after_lost_invitation(self):
        self.lost_invitation = True
