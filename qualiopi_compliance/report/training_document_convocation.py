from odoo import api, models
from odoo.tools import format_time


class TrainingConvocation(models.AbstractModel):
    """What an enrolled learner is told before the first day (indicator 9)."""

    _name = "report.qualiopi_compliance.training_convocation"
    _description = "Convocation"
    _inherit = "qualiopi.training.document"
    _document = "convocation"
    _evidence_type = "convocation"
    _evidence_complete = True
    _one_page = True

    @api.model
    def _title(self):
        return self.env._("Convocation")

    @api.model
    def _refusal(self, unit):
        if not unit.qualiopi_program_id:
            return self._no_programme(unit)
        if unit.state not in ("open", "done"):
            return self.env._(
                "%(learner)s is not enrolled: confirm the registration first.",
                learner=unit.display_name,
            )
        return ""

    @api.model
    def _values(self, unit):
        event = unit.event_id
        return (
            self._program_values(event)
            | self._session_values(event)
            | {
                "learners": unit.name and [{"name": unit.name}],
                "half_days": self._half_days(event) or self._own_pace(event),
                "begins": format_time(
                    self.env,
                    event.date_begin,
                    tz=event.date_tz,
                    time_format="short",
                ),
                "invitation": self.env._(
                    "You are enrolled for the training below. Please come with this "
                    "convocation, or keep it at hand if you connect from elsewhere."
                ),
            }
        )

    @api.model
    def _own_pace(self, event):
        """A session followed at a distance may have no half-days at all."""
        if event.qualiopi_teaching_mode != "distance":
            return []
        return [self.env._("At your own pace, at a distance")]
