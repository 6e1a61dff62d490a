import pytz

from odoo import api, fields, models

PARIS = pytz.timezone("Europe/Paris")


class SurveyUserInput(models.Model):
    """On which day an answer counts: the last one of its session, as for the rates.

    So an answer given a month later, and one to an anonymous survey, say nothing of
    the day on which somebody answered.
    """

    _inherit = "survey.user_input"

    qualiopi_day = fields.Date(
        "Counts On",
        compute="_compute_qualiopi_day",
        store=True,
        help="Last day of the session, or the day of the answer without a session.",
    )

    @api.depends(
        "qualiopi_event_id.date_end", "qualiopi_event_id.date_tz", "end_datetime"
    )
    def _compute_qualiopi_day(self):
        for answer in self:
            event, moment = answer.qualiopi_event_id, answer.end_datetime
            if event:
                answer.qualiopi_day = event._qualiopi_days()[1]
            else:
                answer.qualiopi_day = (
                    moment and pytz.utc.localize(moment).astimezone(PARIS).date()
                )
