from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

PERIODS = [("am", "Morning"), ("pm", "Afternoon")]
HOURS_OF_HALF_DAY = 3.5
LONGEST_HALF_DAY = 12


class QualiopiHalfDay(models.Model):
    """A planned half-day of a session: a column of the attendance sheet."""

    _name = "qualiopi.half.day"
    _description = "Planned half-day"
    _order = "event_id, date, period"

    event_id = fields.Many2one(
        "event.event", "Session", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="event_id.company_id", store=True)
    date = fields.Date(required=True)
    period = fields.Selection(PERIODS, required=True)
    hours = fields.Float(default=HOURS_OF_HALF_DAY)

    _slot_uniq = models.Constraint(
        "UNIQUE(event_id, date, period)", "This half-day is planned already."
    )

    @api.depends_context("lang")
    @api.depends("date", "period")
    def _compute_display_name(self):
        labels = dict(self._fields["period"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{format_date(self.env, row.date)} {labels.get(row.period, '')}"
            )

    @api.constrains("hours")
    def _check_hours(self):
        for row in self:
            if not 0 < row.hours <= LONGEST_HALF_DAY:
                raise ValidationError(
                    self.env._(
                        "A half-day lasts more than 0 and at most %(longest)s hours: "
                        "%(hours)s was entered for %(day)s.",
                        longest=LONGEST_HALF_DAY,
                        hours=f"{row.hours:g}",
                        day=row.display_name,
                    )
                )
