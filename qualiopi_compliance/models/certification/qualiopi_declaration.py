from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.declarations import change_due


class QualiopiDeclaration(models.Model):
    """A change that the company declares to the administration within thirty days.

    Noted when it happens or is known, settled by the day on which it was declared
    (art. R. 6351-8 of the Labour Code). Whether something is such a change is for the
    company to judge: the text itself says what the declaration of activity holds.
    """

    _name = "qualiopi.declaration"
    _description = "Change to declare"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "changed_on desc, id desc"
    _check_company_auto = True

    name = fields.Char("What Changed", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    changed_on = fields.Date(
        required=True,
        tracking=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
        help="May lie ahead, where a change is known beforehand.",
    )
    due_on = fields.Date(
        "To Declare By", compute="_compute_due_on", store=True, index=True
    )
    due_text = fields.Html(compute="_compute_due_text", sanitize=False)
    declared_on = fields.Date(tracking=True, copy=False)
    certifier_told_on = fields.Date(
        tracking=True,
        copy=False,
        help="Contracts usually ask for it: see yours.",
    )
    note = fields.Html("Notes")
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    @api.depends("changed_on")
    def _compute_due_on(self):
        for change in self:
            first = change.changed_on
            change.due_on = first and change_due(first).day

    @api.depends_context("lang")
    @api.depends("changed_on")
    def _compute_due_text(self):
        words = self.env["qualiopi.reason"]
        for change in self:
            first = change.changed_on
            change.due_text = first and words._say_sourced(
                [change_due(first).statement]
            )

    @api.depends("due_on", "declared_on")
    def _compute_late(self):
        today = self.env["qualiopi.framework"]._today()
        for change in self:
            change.late = bool(
                not change.declared_on and change.due_on and change.due_on < today
            )

    def _search_late(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        return Domain("declared_on", "=", False) & Domain("due_on", "<", today)

    @api.constrains("declared_on")
    def _check_declared_on(self):
        today = self.env["qualiopi.framework"]._today()
        for change in self:
            if change.declared_on and change.declared_on > today:
                raise ValidationError(
                    self.env._(
                        "%(day)s is still to come: record the declaration once it is "
                        "made.",
                        day=format_date(self.env, change.declared_on),
                    )
                )

    def action_declare(self):
        """Record that it was declared today."""
        self.check_access("write")
        today = self.env["qualiopi.framework"]._today()
        self.filtered(lambda change: not change.declared_on).declared_on = today
