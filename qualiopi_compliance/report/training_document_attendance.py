from odoo import api, models
from odoo.tools import format_date, split_every

# What an A4 page in landscape holds with boxes large enough to sign in.
HALF_DAYS_OF_PAGE = 10
LEARNERS_OF_PAGE = 15


class TrainingAttendanceSheet(models.AbstractModel):
    """Sheet signed each half-day by every learner and the trainer.

    Delivery is proved by any means (R. 6313-3); this sheet is the usual one.
    """

    _name = "report.qualiopi_compliance.training_attendance_sheet"
    _description = "Attendance sheet"
    _inherit = "qualiopi.training.document"
    _document = "attendance_sheet"
    _evidence_type = "attendance_sheet"
    _doc_model = "event.event"

    @api.model
    def _title(self):
        return self.env._("Attendance sheet")

    @api.model
    def _lang(self, unit):
        return self._installed_lang(unit.lang)

    @api.model
    def _refusal(self, unit):
        if not unit.qualiopi_program_id:
            return self.env._(
                "%(session)s delivers no programme.", session=unit.display_name
            )
        if not unit._qualiopi_enrolled():
            return self.env._(
                "%(session)s: no learner is enrolled yet. Confirm the registrations "
                "first.",
                session=unit.display_name,
            )
        return ""

    @api.model
    def _values(self, unit):
        learners = unit._qualiopi_enrolled()
        half_days = self._columns(unit)
        values = self._program_values(unit) | self._session_values(unit)
        trainers = unit._qualiopi_trainer_names()
        return values | {
            "title": values.get("title") or unit.qualiopi_program_id.name,
            "learners": all(learners.mapped("name")) and learners.mapped("name"),
            "half_days": half_days,
            "pages": [
                {"half_days": columns, "learners": rows}
                for columns in split_every(HALF_DAYS_OF_PAGE, half_days, list)
                for rows in split_every(LEARNERS_OF_PAGE, learners.mapped("name"), list)
            ],
            "led_by": trainers
            and self.env._("Trainers: %(trainers)s", trainers=trainers),
            "pledge": self.env._(
                "Each learner signs at each half-day attended, on the day itself; the "
                "trainer signs at the end of the half-day."
            ),
        }

    @api.model
    def _columns(self, event):
        labels = dict(
            self.env["qualiopi.half.day"]
            ._fields["period"]
            ._description_selection(self.env)
        )
        return [
            {
                "day": format_date(self.env, row.date, date_format="EEE d MMM"),
                "period": labels[row.period],
                "hours": self._hours(row.hours),
            }
            for row in event.qualiopi_half_day_ids.sorted(lambda r: (r.date, r.period))
        ]

    @api.model
    def _keep(self, unit, name, content):
        # whoever records attendance prints its sheet, and need not write sessions
        self.env["event.registration"].check_access("write")
        # sudo: ir.attachment - the sheet of a session that the reader may read
        return super(TrainingAttendanceSheet, self.sudo())._keep(unit, name, content)
