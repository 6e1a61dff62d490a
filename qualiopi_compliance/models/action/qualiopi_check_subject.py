from odoo import models


class QualiopiCheckSubject(models.Model):
    """A gap becomes an action."""

    _inherit = "qualiopi.check.subject"

    def action_make_action(self):
        """Prepare the action that settles this gap, or open the one that does."""
        self.ensure_one()
        self.check_access("read")
        Action = self.env["qualiopi.action"]
        known = Action.search(
            [
                ("company_id", "=", self.company_id.id),
                ("check_id", "=", self.check_id.id),
                ("res_model", "=", self.res_model),
                ("res_id", "=", self.res_id),
                ("state", "in", ("todo", "doing")),
            ],
            limit=1,
        )
        if known:
            return known.get_formview_action()
        Action.check_access("create")
        lacks = (self.lacks or self.check_id.name).rstrip(".")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Action"),
            "res_model": "qualiopi.action",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_name": f"{self.record_name} – {lacks}",
                "default_description": self.remediation,
                "default_origin": "gap",
                "default_kind": "correction",
                "default_check_id": self.check_id.id,
                "default_company_id": self.company_id.id,
                "default_res_model": self.res_model,
                "default_res_id": self.res_id,
                "default_program_id": self.program_id.id,
            },
        }
