from odoo import fields, models

from .qualiopi_action import OPEN


class QualiopiWeakPoint(models.Model):
    """A weak point noted becomes an action."""

    _inherit = "qualiopi.weak.point"

    action_ids = fields.One2many("qualiopi.action", "weak_point_id", "Actions")
    action_count = fields.Integer("Actions (Number)", compute="_compute_action_count")

    def _compute_action_count(self):
        groups = self.env["qualiopi.action"]._read_group(
            [("weak_point_id", "in", self.ids)], ["weak_point_id"], ["__count"]
        )
        counts = {point.id: count for point, count in groups}
        for point in self:
            point.action_count = counts.get(point.id, 0)

    def _noted(self):
        self.ensure_one()
        if self.action_ids.filtered(lambda action: action.state in OPEN):
            # somebody is at it still since it was noted before
            return
        values = self._action_values()
        self.env["qualiopi.action"].create(
            {
                "name": values["name"],
                "description": values["what"],
                "user_id": values["user_id"],
                "deadline": values["deadline"],
                "program_id": values["program_id"],
                "company_id": values["company_id"],
                "origin": "weak_point",
                "weak_point_id": self.id,
                "kind": "improvement",
            }
        )

    def action_reopen(self):
        """Think again: what nobody has begun is called off."""
        result = super().action_reopen()
        self.action_ids.filtered(lambda action: action.state == "todo").action_cancel()
        return result

    def action_open_actions(self):
        """Open what is done about it."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_action_action"
        )
        return action | {
            "name": self.name,
            "domain": [("weak_point_id", "=", self.id)],
            "context": {},
        }
