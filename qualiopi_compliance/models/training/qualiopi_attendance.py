from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from .qualiopi_half_day import HOURS_OF_HALF_DAY, LONGEST_HALF_DAY, PERIODS

STATES = [("present", "Present"), ("absent", "Absent"), ("excused", "Excused")]


class QualiopiAttendance(models.Model):
    """Whether a learner was there, one half-day.

    Normally a planned half-day of the session; catching up, following a module at
    a distance or a period in the company may be on any other day: ``kind`` says
    which.
    """

    _name = "qualiopi.attendance"
    _description = "Attendance of one half-day"
    _order = "date, period, id"

    registration_id = fields.Many2one(
        "event.registration", "Learner", required=True, index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        related="registration_id.event_id", string="Session", store=True, index=True
    )
    company_id = fields.Many2one(related="registration_id.company_id", store=True)
    date = fields.Date(required=True)
    period = fields.Selection(PERIODS, required=True)
    state = fields.Selection(STATES, required=True, default="present")
    kind = fields.Selection(
        [
            ("planned", "Planned half-day"),
            ("catch_up", "Catching up"),
            ("distance", "At a distance"),
            ("company", "In the company"),
        ],
        required=True,
        default="planned",
    )
    hours = fields.Float(
        help="Hours the learner was there: none when absent or excused."
    )
    note = fields.Char()

    _half_day_uniq = models.Constraint(
        "UNIQUE(registration_id, date, period)",
        "The attendance of this learner is already recorded for this half-day.",
    )

    @api.depends_context("lang")
    @api.depends("date", "period", "registration_id")
    def _compute_display_name(self):
        labels = dict(self._fields["period"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{row.registration_id.display_name} – "
                f"{format_date(self.env, row.date)} {labels.get(row.period, '')}"
            )

    @api.constrains("date", "registration_id", "state")
    def _check_day(self):
        today = self.env["qualiopi.framework"]._today()
        for row in self:
            first = row.event_id._qualiopi_days()[0]
            if row.date < first:
                raise ValidationError(
                    self.env._(
                        "%(learner)s cannot attend on %(day)s: the session begins on "
                        "%(first)s.",
                        learner=row.registration_id.display_name,
                        day=format_date(self.env, row.date),
                        first=format_date(self.env, first),
                    )
                )
            if row.date > today and row.state == "present":
                raise ValidationError(
                    self.env._(
                        "%(day)s has not come yet: nobody can be marked present.",
                        day=format_date(self.env, row.date),
                    )
                )

    @api.constrains("date", "registration_id", "state")
    def _check_learner(self):
        """Nobody attends whose registration is cancelled, or after dropping out."""
        for row in self.filtered(lambda row: row.state == "present"):
            learner = row.registration_id
            if learner.state == "cancel":
                raise ValidationError(
                    self.env._(
                        "The registration of %(learner)s is cancelled. If the learner "
                        "came all the same, confirm the registration again first.",
                        learner=learner.display_name,
                    )
                )
            dropped = learner.qualiopi_dropped_on
            if dropped and row.date > dropped:
                raise ValidationError(
                    self.env._(
                        "%(learner)s dropped out on %(dropped)s and cannot be present "
                        "on %(day)s: correct the date of the drop-out first.",
                        learner=learner.display_name,
                        dropped=format_date(self.env, dropped),
                        day=format_date(self.env, row.date),
                    )
                )

    @api.constrains("hours", "state")
    def _check_hours(self):
        for row in self:
            if not 0 <= row.hours <= LONGEST_HALF_DAY:
                raise ValidationError(
                    self.env._(
                        "%(hours)s hours cannot be right for one half-day: enter 0 to "
                        "%(longest)s.",
                        hours=f"{row.hours:g}",
                        longest=LONGEST_HALF_DAY,
                    )
                )
            if row.hours and row.state != "present":
                raise ValidationError(
                    self.env._(
                        "%(learner)s was not there on %(day)s: no hours are counted.",
                        learner=row.registration_id.display_name,
                        day=format_date(self.env, row.date),
                    )
                )

    @api.model
    def _record(self, event, cells):
        """Write many half-days of one session at once.

        The number of queries does not depend on the number of cells, but for one
        more each hundred rows inserted. All is written or nothing.

        :param event: the session
        :param cells: list of ``{"registration_id", "date", "period", "state"}``, and
            ``kind`` and ``hours`` where known; an empty state forgets the half-day;
            ``hours`` defaults to the planned ones. Of two for the same half-day the
            last one holds.
        :return: the half-days written, as records
        """
        learners = set(event.registration_ids.ids)
        planned = {
            (row.date, row.period): row.hours for row in event.qualiopi_half_day_ids
        }
        known = {row._slot(): row for row in self.search([("event_id", "=", event.id)])}
        to_create, to_forget, ids_by_values = [], set(), {}
        for slot, cell in self._cells_by_slot(cells).items():
            if slot[0] not in learners:
                raise ValidationError(
                    self.env._(
                        "This learner does not belong to “%(session)s”: open the "
                        "session again to see who does.",
                        session=event.name,
                    )
                )
            row = known.get(slot, self.browse())
            if not cell.get("state"):
                to_forget.update(row.ids)
                continue
            values = row._cell_values(cell, planned.get(slot[1:]))
            if row:
                key = tuple(sorted(values.items()))
                ids_by_values.setdefault(key, set()).add(row.id)
            else:
                identity = zip(("registration_id", "date", "period"), slot, strict=True)
                to_create.append(dict(identity) | values)
        self.browse(to_forget).unlink()
        written = self.create(to_create)
        for values, ids in ids_by_values.items():
            rows = self.browse(ids)
            rows.write(dict(values))
            written |= rows
        return written

    def _slot(self):
        """:return: whose half-day, of which day and when in the day"""
        self.ensure_one()
        return (self.registration_id.id, self.date, self.period)

    @api.model
    def _cells_by_slot(self, cells):
        return {
            (
                cell["registration_id"],
                fields.Date.to_date(cell["date"]),
                cell["period"],
            ): cell
            for cell in cells
        }

    def _cell_values(self, cell, planned_hours):
        """:param planned_hours: of the half-day, None when it is not a planned one
        :return: values for this half-day, which is empty when it is not known yet
        """
        hours = 0
        if cell["state"] == "present":
            usual = HOURS_OF_HALF_DAY if planned_hours is None else planned_hours
            hours = cell.get("hours", usual)
        kind = "catch_up" if planned_hours is None else "planned"
        return {
            "state": cell["state"],
            "hours": hours,
            "kind": cell.get("kind") or self.kind or kind,
        }
