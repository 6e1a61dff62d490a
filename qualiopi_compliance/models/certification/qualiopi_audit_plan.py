from datetime import UTC, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules.audit_plan import TooShort, draft_plan, working_days

PARIS = "Europe/Paris"
# Whom an auditor usually meets on a criterion: functions of the team. Ours, a draft.
MET_ON = {
    1: ("sales", "quality"),
    2: ("teaching", "quality"),
    3: ("teaching", "administration", "trainer"),
    4: ("teaching", "logistics", "technical", "mobility"),
    5: ("management", "quality", "trainer"),
    6: ("quality", "disability", "teaching"),
    7: ("quality", "management"),
}
MEETINGS = ("opening", "closing")
# All trainers of a large company are not met.
FEW = 4


class QualiopiAudit(models.Model):
    """The audit plan: who looks at what with whom, hour by hour."""

    _inherit = "qualiopi.audit"

    agenda_ids = fields.One2many("qualiopi.audit.agenda", "audit_id", "Plan")
    to_invite_count = fields.Integer(
        "Lines to Put in the Calendar", compute="_compute_to_invite_count"
    )

    @api.depends("agenda_ids.partner_ids", "agenda_ids.in_calendar", "state")
    def _compute_to_invite_count(self):
        for audit in self:
            audit.to_invite_count = len(audit._to_invite())

    def _to_invite(self):
        """:return: lines of the plan with people to meet, not in the calendar"""
        return self.agenda_ids.filtered(
            lambda line: line.partner_ids and not line.in_calendar
        )._still_to_come()

    # Days and hours, where the audit takes place

    @api.model
    def _zone(self):
        return ZoneInfo(self.env.user.tz or PARIS)

    def _local(self, moment):
        """:return: an instant as the clock of the reader shows it"""
        return moment.replace(tzinfo=UTC).astimezone(self._zone()).replace(tzinfo=None)

    def _instant(self, local):
        """:return: the instant at which the clock of the reader shows this"""
        return local.replace(tzinfo=self._zone()).astimezone(UTC).replace(tzinfo=None)

    def _local_days(self):
        """:return: the days of this audit"""
        self.ensure_one()
        return working_days(self.date_begin, self.date_end)

    @api.model
    def _clock(self, hours):
        """:param hours: 9.5 for half past nine"""
        minutes = min(round(hours * 60), 24 * 60 - 1)
        return time(minutes // 60, minutes % 60)

    # A draft

    def action_propose_plan(self):
        """Draft the plan from the days, the hours and the indicators to look at."""
        self.check_access("write")
        self._check_open()
        for audit in self:
            if audit.agenda_ids:
                raise UserError(
                    self.env._(
                        "“%(name)s” has a plan: delete its lines first to have another "
                        "one drafted.",
                        name=audit.display_name,
                    )
                )
            audit._propose_plan()
        return True

    def _propose_plan(self):
        self.ensure_one()
        asked = self.item_ids.filtered(lambda item: item.asked != "no")
        try:
            slots = draft_plan(
                self._local_days(),
                [(item.criterion_id.number, item.number) for item in asked],
                self._clock(self.hour_begin),
                self._clock(self.hour_end),
            )
        except TooShort as error:
            raise UserError(
                self.env._(
                    "%(count)s indicators do not fit between these hours. Correct the "
                    "days, the hours or the indicators to look at.",
                    count=len(asked),
                )
            ) from error
        people = self._people_by_criterion()
        self.agenda_ids = [
            Command.create(self._slot_values(slot, asked, people)) for slot in slots
        ]

    def _slot_values(self, slot, asked, people):
        """:param people: criterion -> partners, ``None`` for the meetings"""
        items = asked.filtered(lambda item: item.number in slot.indicators)
        met = self.env["res.partner"]
        if slot.kind in MEETINGS:
            met = people[None]
        elif items:
            met = people.get(items[0].criterion_id.number, met)
        return {
            "kind": slot.kind,
            "start": self._instant(slot.start),
            "stop": self._instant(slot.stop),
            "indicator_ids": [Command.set(items.indicator_id.ids)],
            "partner_ids": [Command.set(met.ids)],
        }

    def _people_by_criterion(self):
        """:return: criterion -> whom the auditor is likely to meet; ``None`` -> who is
        at the meetings
        """
        by_function = self._team()
        nobody = self.env["res.partner"]
        leading = nobody.union(
            *(by_function.get(name, nobody) for name in ("management", "quality"))
        )
        found = {
            number: nobody.union(
                *(by_function.get(name, nobody)[:FEW] for name in functions)
            )
            for number, functions in MET_ON.items()
        }
        leading |= self._own_contacts(self.user_id.partner_id)
        return found | {None: leading}

    def _team(self):
        """:return: function -> partners, as the organisation chart has them"""
        self.ensure_one()
        # sudo: qualiopi.team.person - the chart is the same for every reader
        Person = self.env["qualiopi.team.person"].sudo()
        rows = Person._on(self.date_begin, self.company_id)
        rows = rows.filtered(lambda row: row.partner_id.active)
        return {
            function: some.partner_id.sudo(False)
            for function, some in rows.grouped("function").items()
        }

    def _function_of(self, person):
        """:return: what somebody does in the company, in words"""
        self.ensure_one()
        Person = self.env["qualiopi.team.person"]
        labels = dict(Person._fields["function"]._description_selection(self.env))
        if person in self.auditor_ids:
            return self.env._("Auditor")
        names = [
            labels[function]
            for function, people in self._team().items()
            if person in people
        ]
        return person.function or ", ".join(names)

    def _teaches(self, person):
        """:return: whether somebody is one of the trainers"""
        # sudo: qualiopi.trainer - only whether the person has a file
        return bool(
            person
            and self.env["qualiopi.trainer"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", person.id),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )

    # In the calendar

    def action_invite(self):
        """Put the plan in the calendar and invite the people to meet."""
        self.check_access("write")
        self._check_open()
        lines = self._to_invite()
        if not lines:
            raise UserError(
                self.env._(
                    "There is nobody to invite: every line with people to meet is in "
                    "the calendar already."
                )
            )
        return lines.action_plan_calendar()

    def _move_plan(self, days):
        """Move the plan with the audit, each line at its hour.

        :param days: how many
        """
        for line in self.agenda_ids:
            line.write(
                {
                    name: self._instant(self._local(line[name]) + timedelta(days=days))
                    for name in ("start", "stop")
                }
            )

    # Interviews

    def action_prepare_interviews(self):
        """Prepare one interview for each person and each line of the plan."""
        self.check_access("write")
        self._check_open()
        for audit in self:
            audit._prepare_interviews()
        return True

    def _prepare_interviews(self):
        lines = self.agenda_ids.filtered(
            lambda line: line.kind not in (*MEETINGS, "lunch", "synthesis")
        )
        if not lines.partner_ids:
            raise UserError(
                self.env._(
                    "The plan of “%(name)s” names nobody to meet: add people to its "
                    "lines first.",
                    name=self.display_name,
                )
            )
        known = {(row.agenda_id, row.partner_id) for row in self.interview_ids}
        for line in lines:
            for person in line.partner_ids:
                if (line, person) in known:
                    continue
                interview = self.interview_ids.create(
                    {
                        "audit_id": self.id,
                        "agenda_id": line.id,
                        "partner_id": person.id,
                        "start": line.start,
                        "indicator_ids": [Command.set(line.indicator_ids.ids)],
                    }
                )
                if line.indicator_ids:
                    interview._add_questions()
