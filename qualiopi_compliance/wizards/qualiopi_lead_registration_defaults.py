from datetime import datetime, time, timedelta
from math import ceil

import pytz

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import email_normalize

HOURS_OF_ONE_DAY = 7
# A mistyped number of learners does not fill the screen.
MOST_LINES = 100


class QualiopiLeadRegistration(models.TransientModel):
    """The dialog begins with what the request says: programme, dates, learners."""

    _inherit = "qualiopi.lead.registration"

    @api.model
    def default_get(self, fields):
        """Begin with what the request says: programme, dates, contact, learners."""
        values = super().default_get(fields)
        lead = self.env["crm.lead"].browse(values.get("lead_id"))
        if lead:
            lead.check_access("read")
            values |= self._values_of(lead)
        return values

    @api.model
    def _values_of(self, lead):
        begin, end = self._usual_times(lead)
        may_plan = self.env["event.event"].has_access("create")
        coming = self.env["event.event"].search(
            self._session_domain(lead.qualiopi_program_id), limit=2
        )
        # no choice where there is only one
        event = lead.qualiopi_event_id or (coming if len(coming) == 1 else coming[:0])
        return {
            "program_id": lead.qualiopi_program_id.id,
            "event_id": event.id,
            "mode": "existing" if event or coming or not may_plan else "new",
            "date_begin": begin,
            "date_end": end,
            "line_ids": [Command.create(vals) for vals in self._lines_of(lead)],
        }

    @api.model
    def _session_domain(self, program):
        return [
            ("qualiopi_program_id", "=", program.id),
            ("kanban_state", "!=", "cancel"),
            ("date_end", ">=", fields.Datetime.now()),
        ]

    @api.model
    def _lines_of(self, lead):
        """:return: values of a line for each learner not registered yet, the contact
        of the request first
        """
        # sudo: event.registration - whether the contact is among them, and how many
        known = lead.sudo().qualiopi_registration_ids.filtered(
            lambda row: row.state != "cancel"
        )
        left = min(max(lead.qualiopi_learner_count - len(known), 0), MOST_LINES)
        emails = [email_normalize(row.email or "") for row in known]
        lines = [{} for _number in range(left)]
        if lines and lead.email_normalized not in emails:
            lines[0] = {
                "name": lead.contact_name or lead.partner_id.name,
                "email": lead.email_from,
                "phone": lead.phone,
            }
        return lines

    @api.model
    def _usual_times(self, lead):
        """:return: nine to five of the days wished, as far as they are known"""
        first, last = lead.qualiopi_wished_from, lead.qualiopi_wished_until
        if not first:
            return False, False
        program = lead.qualiopi_program_id
        days = program.duration_days or program.duration_hours / HOURS_OF_ONE_DAY
        end = first + timedelta(days=max(ceil(days), 1) - 1)
        zone = pytz.timezone(self._zone())

        def moment(day, hour):
            local = zone.localize(datetime.combine(day, time(hour)))
            return local.astimezone(pytz.utc).replace(tzinfo=None)

        return moment(first, 9), moment(min(end, last or end), 17)

    @api.model
    def _zone(self):
        return self.env.user.tz or "Europe/Paris"
