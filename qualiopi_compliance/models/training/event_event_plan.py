from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from .qualiopi_half_day import HOURS_OF_HALF_DAY, LONGEST_HALF_DAY


class EventEvent(models.Model):
    """The half-days of a session: planned from its dates and hours.

    Core's slots are alternative occurrences of an event, a registration takes one
    of them: they are not half-days.
    """

    _inherit = "event.event"

    def action_qualiopi_plan_half_days(self):
        """Plan one morning and one afternoon for each weekday of the session.

        Half-days that are planned already are kept; hours stop where the planned
        hours of the session are used up.

        :raise UserError: when the session has no planned hours, or its days are too
            few for them
        :return: a notification when there is nothing left to plan
        """
        self.check_access("write")
        planned = 0
        for event in self:
            if not event.qualiopi_hours:
                raise UserError(
                    self.env._(
                        "Enter the planned hours of “%(session)s” first.",
                        session=event.name,
                    )
                )
            plan = event._qualiopi_half_day_plan()
            event.qualiopi_half_day_ids = [Command.create(vals) for vals in plan]
            planned += len(plan)
        if planned:
            return None
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Nothing left to plan: the half-days already make up the planned "
                    "hours, or take all weekdays of the session."
                ),
            },
        }

    def _qualiopi_half_day_plan(self):
        """:return: values of the half-days still to plan"""
        self.ensure_one()
        taken = {(row.date, row.period) for row in self.qualiopi_half_day_ids}
        slots = [
            (day, period)
            for day in self._qualiopi_weekdays()
            for period in ("am", "pm")
            if (day, period) not in taken
        ]
        left = self.qualiopi_hours - self.qualiopi_half_day_hours
        if not slots or left <= 0:
            return []
        length = max(HOURS_OF_HALF_DAY, left / len(slots))
        if length > LONGEST_HALF_DAY:
            raise UserError(
                self.env._(
                    "%(hours)s hours do not fit into %(count)s half-days of at most "
                    "%(longest)s hours: check the dates and the planned hours of "
                    "“%(session)s”.",
                    hours=f"{left:g}",
                    count=len(slots),
                    longest=LONGEST_HALF_DAY,
                    session=self.name,
                )
            )
        plan = []
        for day, period in slots:
            hours = min(length, left)
            if hours < 0.01:
                break
            plan.append({"date": day, "period": period, "hours": round(hours, 2)})
            left -= hours
        return plan

    def _qualiopi_weekdays(self):
        """:return: the days of the session without weekends, unless it has no other"""
        first, last = self._qualiopi_days()
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if day.weekday() < 5] or days

    def _qualiopi_half_day_warnings(self):
        """:return: what is unusual about the half-days, one sentence each"""
        self.ensure_one()
        warnings = []
        planned, hours = self.qualiopi_half_day_hours, self.qualiopi_hours
        if planned and hours and planned > 1.5 * hours:
            warnings.append(
                self.env._(
                    "The half-days add up to %(planned)s hours, far beyond the "
                    "%(hours)s planned.",
                    planned=f"{planned:g}",
                    hours=f"{hours:g}",
                )
            )
        first, last = self._qualiopi_days()
        outside = self.qualiopi_half_day_ids.filtered(
            lambda row: row.date and first and last and not first <= row.date <= last
        )
        if outside:
            warnings.append(
                self.env._(
                    "Half-days are planned outside the dates of the session: %(days)s.",
                    days=", ".join(
                        format_date(self.env, day)
                        for day in sorted(set(outside.mapped("date")))
                    ),
                )
            )
        return warnings
