from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date


class QualiopiEvidenceDay(models.TransientModel):
    """What would the auditor have seen on a day?

    What was counted that night is shown as it is. A day that was not counted is counted
    now from what the records say of it, once, and marked as rebuilt.
    """

    _name = "qualiopi.evidence.day"
    _description = "What the records said on a day"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    day = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    framework_id = fields.Many2one(
        "qualiopi.framework", "Framework in Force", compute="_compute_known"
    )
    known = fields.Selection(
        [
            ("night", "Counted on that day"),
            ("rebuilt", "Rebuilt later from the records"),
            ("today", "Counted now"),
            ("none", "Not counted yet: it will be rebuilt from the records"),
            ("future", "Not come yet"),
        ],
        "What We Have",
        compute="_compute_known",
    )

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("What the Auditor Would Have Seen")

    @api.depends("company_id", "day")
    def _compute_known(self):
        today = self.env["qualiopi.framework"]._today()
        for wizard in self:
            wizard.framework_id = (
                self.env["qualiopi.framework"]._for_date(wizard.day)
                if wizard.day
                else False
            )
            rows = self.env["qualiopi.check.result"].search(
                [("company_id", "=", wizard.company_id.id), ("day", "=", wizard.day)],
                limit=1,
            )
            if wizard.day and wizard.day > today:
                wizard.known = "future"
            elif rows:
                wizard.known = "rebuilt" if rows.rebuilt else "night"
            else:
                wizard.known = "today" if wizard.day == today else "none"

    def action_show(self):
        """Open what each check counted on the day."""
        self.ensure_one()
        self._check_reader()
        self._check_day()
        if not self.company_id._qualiopi_counted_on(self.day):
            self.company_id._qualiopi_record(self.day)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_result_action"
        )
        return action | {
            "name": format_date(self.env, self.day),
            "path": False,
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("day", "=", self.day),
            ],
            "context": {"allowed_company_ids": self.company_id.ids},
        }

    def action_self_assess(self):
        """Make a self-assessment of the day, to conclude on it and close it."""
        self.ensure_one()
        self._check_reader()
        self._check_day()
        checklist = self.env["qualiopi.checklist"].create(
            {"company_id": self.company_id.id, "date": self.day}
        )
        return checklist.get_formview_action()

    def _check_reader(self):
        """:raise AccessError: for who does not read all of the company"""
        auditor = "qualiopi_compliance.group_qualiopi_internal_auditor"
        if not self.env.user.has_group(auditor):
            raise AccessError(
                self.env._("Only internal auditors and managers look at a day gone by.")
            )
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("You do not work in %(name)s.", name=self.company_id.name)
            )

    def _check_day(self):
        """:raise UserError: for a day nothing can be said of"""
        if self.known == "future":
            raise UserError(
                self.env._(
                    "%(day)s has not come yet: choose today or a day gone by.",
                    day=format_date(self.env, self.day),
                )
            )
        if not self.framework_id:
            raise UserError(
                self.env["qualiopi.checklist"]._no_framework_message(self.day)
            )
