from odoo import api, fields, models


class QualiopiTrainer(models.Model):
    """The sessions a trainer gives, from his file."""

    _inherit = "qualiopi.trainer"

    assignment_count = fields.Integer(
        "Sessions",
        compute="_compute_assignment_count",
        groups="event.group_event_registration_desk,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )

    @api.depends("assignment_ids")
    def _compute_assignment_count(self):
        rows = self.env["qualiopi.assignment"]._read_group(
            [("trainer_id", "in", self.ids)], ["trainer_id"], ["__count"]
        )
        counts = {trainer.id: count for trainer, count in rows}
        for trainer in self:
            trainer.assignment_count = counts.get(trainer._origin.id, 0)

    def action_open_assignments(self):
        """Open the sessions these trainers gave and are to give."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_assignment_action"
        )
        return action | {
            "domain": [("trainer_id", "in", self.ids)],
            "context": {"default_trainer_id": self.id if len(self) == 1 else False},
        }
