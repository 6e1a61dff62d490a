from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools.misc import format_date


class QualiopiFrameworkChange(models.TransientModel):
    """What the change from one framework to the next means for this company.

    Indicator by indicator: what changes, whether it applies before and after, what
    still counts, what is missing, and the action that is proposed. What is ticked
    becomes an action; doing it again later adds only what was not made before.
    """

    _name = "qualiopi.framework.change"
    _description = "Plan for a change of framework"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    old_framework_id = fields.Many2one(
        "qualiopi.framework",
        "From",
        required=True,
        default=lambda self: self._default_frameworks()[0],
        ondelete="cascade",
    )
    new_framework_id = fields.Many2one(
        "qualiopi.framework",
        "To",
        required=True,
        default=lambda self: self._default_frameworks()[1],
        ondelete="cascade",
    )
    day = fields.Date(
        readonly=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner of the Actions",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Where the indicator has no owner on the living checklist.",
    )
    deadline = fields.Date(
        "Actions Due By", compute="_compute_deadline", store=True, readonly=False
    )
    settled = fields.Boolean("Categories Declared", compute="_compute_settled")
    line_ids = fields.One2many(
        "qualiopi.framework.change.line",
        "wizard_id",
        "Changes",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    summary = fields.Text(compute="_compute_summary")

    @api.model
    def _default_frameworks(self):
        """:return: the framework in force and the one to come, if it is known; else
        the one before and the one in force
        """
        Framework = self.env["qualiopi.framework"]
        today = Framework._today()
        current = Framework._for_date(today)
        coming = Framework.search(
            [("date_from", ">", today)], order="date_from", limit=1
        )
        if coming and current:
            return current, coming
        former = current._previous() if current else current
        return former, current

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._(
                "From %(old)s to %(new)s",
                old=wizard.old_framework_id.code,
                new=wizard.new_framework_id.code,
            )

    @api.depends("company_id")
    def _compute_settled(self):
        for wizard in self:
            # sudo: res.company - only whether something is declared
            company = wizard.company_id.sudo()
            wizard.settled = bool(company.qualiopi_company_category_ids)

    @api.depends("company_id", "new_framework_id", "day")
    def _compute_deadline(self):
        """Before the framework comes into force; once it is, within two months, and
        before the next audit. A proposal: no text sets this day.
        """
        for wizard in self:
            start = wizard.new_framework_id.date_from
            by = fields.Date.add(wizard.day, months=2)
            if start and start > wizard.day:
                by = fields.Date.subtract(start, days=1)
            coming = self.env["qualiopi.audit"].search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("state", "=", "planned"),
                    ("date_begin", ">", wizard.day),
                ],
                order="date_begin",
                limit=1,
            )
            if coming:
                by = min(by, fields.Date.subtract(coming.date_begin, days=1))
            wizard.deadline = max(by, wizard.day)

    @api.constrains("old_framework_id", "new_framework_id")
    def _check_frameworks(self):
        for wizard in self:
            old, new = wizard.old_framework_id, wizard.new_framework_id
            if old.date_from >= new.date_from:
                raise ValidationError(
                    self.env._(
                        "%(old)s is in force from %(start)s, not before %(new)s: "
                        "compare an earlier framework with a later one.",
                        old=old.code,
                        start=format_date(self.env, old.date_from),
                        new=new.code,
                    )
                )

    @api.onchange("user_id")
    def _onchange_user_id(self):
        self.line_ids.user_id = self.user_id

    @api.onchange("deadline")
    def _onchange_deadline(self):
        self.line_ids.deadline = self.deadline

    @api.depends("company_id", "old_framework_id", "new_framework_id")
    def _compute_line_ids(self):
        Line = self.env["qualiopi.framework.change.line"]
        for wizard in self:
            wizard.line_ids = [Command.clear()]
            old, new = wizard.old_framework_id, wizard.new_framework_id
            if old and new and old.date_from < new.date_from and wizard.settled:
                wizard.line_ids = [
                    Command.create(values) for values in Line._changes(wizard)
                ]

    @api.depends_context("lang")
    @api.depends("line_ids.touch", "line_ids.number")
    def _compute_summary(self):
        for wizard in self:
            lines = wizard.line_ids
            touching = lines.filtered("touches").mapped("number")
            others = lines.filtered(lambda line: not line.touches).mapped("number")
            texts = []
            if touching:
                texts.append(
                    self.env._(
                        "To be acted upon: %(numbers)s.", numbers=_numbers(touching)
                    )
                )
            if others:
                texts.append(
                    self.env._(
                        "Changed without asking anything of this company: %(numbers)s.",
                        numbers=_numbers(others),
                    )
                )
            wizard.summary = "\n".join(texts)

    @api.model
    def action_open_plan(self):
        """Open the plan of the company the user works in, worked out as of today."""
        self.check_access("create")
        old, new = self._default_frameworks()
        if not old or not new:
            raise UserError(
                self.env._(
                    "Only one quality framework is known: there is nothing to compare."
                )
            )
        wizard = self.create({})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Changes for Us"),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "current",
        }

    def action_make_actions(self):
        """Make what is ticked into actions, those made before excepted.

        :raise UserError: when nothing is ticked, or a day is past
        """
        self.ensure_one()
        self.check_access("write")
        Action = self.env["qualiopi.action"]
        Action.check_access("create")
        lines = self.line_ids.filtered("make")
        if not lines:
            raise UserError(
                self.env._("Nothing is ticked: tick the changes to be acted upon.")
            )
        for line in lines:
            line._check_action()
        found = Action
        for line in lines:
            found |= line._make_actions()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_action_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [
                ("framework_id", "=", self.new_framework_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            "context": {},
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
        }

    def action_print(self):
        """Print the plan: old and new texts side by side, for this company."""
        self.ensure_one()
        self.check_access("read")
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "There is nothing to print: declare the action categories of the "
                    "company first."
                )
            )
        report = self.env.ref("qualiopi_compliance.framework_change_report")
        return report.report_action(self, config=False)


def _numbers(numbers):
    return ", ".join(map(str, sorted(numbers)))
