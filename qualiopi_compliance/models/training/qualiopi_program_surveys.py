from odoo import api, fields, models

READERS = "event.group_event_user,qualiopi_compliance.group_qualiopi_internal_auditor"


class QualiopiProgram(models.Model):
    """Which surveys are sent about the sessions of a programme."""

    _inherit = "qualiopi.program"

    survey_plan_ids = fields.Many2many(
        "qualiopi.survey.plan",
        compute="_compute_survey_plan_ids",
        string="Surveys",
        context={"active_test": False},
        groups=READERS,
    )

    @api.depends("company_id")
    def _compute_survey_plan_ids(self):
        for program in self:
            program.survey_plan_ids = self.env["qualiopi.survey.plan"]._holding_for(
                program._origin
            )

    def action_open_survey_plans(self):
        """Open the surveys sent for this programme alone."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_survey_plan_action"
        )
        return action | {
            "domain": [("program_id", "=", self.id)],
            "context": {
                "active_test": False,
                "default_program_id": self.id,
                "default_company_id": self.company_id.id,
            },
        }
