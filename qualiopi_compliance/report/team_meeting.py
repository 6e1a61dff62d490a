from odoo import api, fields, models
from odoo.tools import format_time, is_html_empty

from ..rules.audit_calendar import today_in_paris


class TeamMeetingDocument(models.AbstractModel):
    """A meeting on paper (indicators 18 and 20): agenda with a sheet to sign before,
    minutes after.
    """

    _name = "report.qualiopi_compliance.team_meeting"
    _description = "Agenda and minutes of a meeting"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.team.meeting"
    _evidence_complete = True
    _evidence_when_shown = True

    @api.model
    def _title(self):
        return self.env._("Minutes of the meeting")

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """Minutes were complete when the meeting was said to be held."""

    @api.model
    def _evidence_kind(self, unit):
        return "council_minutes" if unit.kind == "council" else "meeting_minutes"

    @api.model
    def _evidence_records(self, unit):
        # an agenda proves nothing yet
        return unit.company_id if unit.state == "held" else unit.company_id.browse()

    @api.model
    def _evidence_day(self, unit):
        return today_in_paris(unit.start)

    @api.model
    def _values(self, unit):
        held = unit.state == "held"
        labels = dict(unit._fields["kind"]._description_selection(self.env))
        return {
            "document_title": not held and self.env._("Agenda and attendance sheet"),
            "subject": unit.name,
            "held": held,
            "kind": labels[unit.kind],
            "moment": self._moment(unit.start),
            "hours": self._hours(unit.duration),
            "location": unit.location,
            "organiser": unit.user_id.name,
            "programs": ", ".join(unit.program_ids.mapped("name")),
            "people": [self._participant(row) for row in unit.participant_ids],
            "sections": self._sections(unit),
        }

    @api.model
    def _moment(self, moment):
        """:return: day and hour where the reader is, in France unless he says so"""
        reader = self.with_context(tz=self.env.user.tz or "Europe/Paris")
        local = fields.Datetime.context_timestamp(reader, moment)
        hour = format_time(self.env, local.time(), time_format="short")
        return f"{self._date(local.date())}, {hour}"

    @api.model
    def _participant(self, row):
        capacities = row._fields["capacity"]._description_selection(self.env)
        statuses = row._fields["status"]._description_selection(self.env)
        return {
            "name": row.partner_id.name,
            "capacity": dict(capacities)[row.capacity],
            "status": dict(statuses)[row.status],
        }

    @api.model
    def _sections(self, meeting):
        """What the page says, heading after heading: other rooms add theirs.

        :return: list of (heading, HTML)
        """
        sections = [(self.env._("Agenda"), meeting.agenda)]
        if meeting.state == "held":
            sections += [
                (self.env._("What was said"), meeting.notes),
                (self.env._("Decisions"), meeting.decisions),
            ]
        return [row for row in sections if not is_html_empty(row[1])]
