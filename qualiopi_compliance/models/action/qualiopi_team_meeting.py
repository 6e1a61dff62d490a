from odoo import fields, models


class QualiopiTeamMeeting(models.Model):
    """What was decided is followed as actions."""

    _inherit = "qualiopi.team.meeting"

    action_ids = fields.One2many("qualiopi.action", "meeting_id", "Actions Decided")

    def action_add_action(self):
        """Write down who does what by when, as was decided at this meeting."""
        self.ensure_one()
        self.check_access("read")
        self.env["qualiopi.action"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Action Decided"),
            "res_model": "qualiopi.action",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_meeting_id": self.id,
                "default_origin": "meeting",
                "default_company_id": self.company_id.id,
                "default_program_id": self.program_ids.id
                if len(self.program_ids) == 1
                else False,
            },
        }
