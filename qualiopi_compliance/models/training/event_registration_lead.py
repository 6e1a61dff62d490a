from odoo import fields, models

from ...rules.audit_calendar import today_in_paris


class EventRegistration(models.Model):
    """Where a learner's file comes from."""

    _inherit = "event.registration"

    qualiopi_lead_id = fields.Many2one(
        "crm.lead",
        "From the Request",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        check_company=True,
    )

    def _get_lead_values(self, rule):
        """A request that a registration makes asks for the programme of its session."""
        return super()._get_lead_values(rule) | self._qualiopi_lead_values(rule)

    def _qualiopi_lead_values(self, rule):
        """:return: what the request takes from its registrations, nothing where the
        rule hands it to people who may not have it
        """
        event = self.event_id[:1]
        program, company = event.qualiopi_program_id, event.company_id
        may = self.env["crm.lead"]._qualiopi_may_belong_to(
            company, rule.lead_user_id, rule.lead_sales_team_id, self.partner_id
        )
        if not program or not may:
            return {}
        return {
            "company_id": company.id,
            "qualiopi_program_id": program.id,
            "qualiopi_event_id": event.id,
            "qualiopi_learner_count": len(self),
            "qualiopi_requested_on": today_in_paris(min(self.mapped("create_date"))),
        }
