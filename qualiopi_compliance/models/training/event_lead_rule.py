from odoo import models


class EventLeadRule(models.Model):
    """Requests made from registrations know them as theirs, and the other way round."""

    _inherit = "event.lead.rule"

    def _run_on_registrations(self, registrations):
        leads = super()._run_on_registrations(registrations)
        # sudo: event.registration - rules run for visitors too
        files = registrations.sudo().filtered(
            lambda row: row.qualiopi_program_id and not row.qualiopi_lead_id
        )
        for registration in files:
            requests = registration.lead_ids.filtered("qualiopi_program_id")
            if requests:
                registration.with_context(
                    event_lead_rule_skip=True
                ).qualiopi_lead_id = requests.sorted("id")[0]
        return leads
