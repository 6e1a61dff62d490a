from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

ORIGINS = [
    ("gap", "Gap found by a check"),
    ("weak_point", "Weak point of the results"),
    ("meeting", "Meeting"),
    ("other", "Something else"),
]
OPEN = ("todo", "doing")


class QualiopiAction(models.Model):
    """Something that somebody does by a day so that quality gets better.

    To do -> doing -> done -> effective, or not: it is done when what it was about is
    settled, by the check that found it where there is one, and effective when the
    effect that was expected is there. Indicator 32 asks for actions drawn from what
    was found, and for their effect.
    """

    _name = "qualiopi.action"
    _description = "Improvement action"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True

    name = fields.Char("What", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("correction", "Correction"),
            ("corrective", "Corrective action"),
            ("preventive", "Preventive action"),
            ("improvement", "Improvement"),
        ],
        required=True,
        default="improvement",
        tracking=True,
        help="A correction repairs the case itself; a corrective action removes the "
        "cause; a preventive one keeps it from happening at all.",
    )
    origin = fields.Selection(
        ORIGINS, "Comes From", required=True, default="other", index=True
    )
    check_id = fields.Many2one(
        "qualiopi.check",
        "Found By",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', 'in', (False, company_id))]",
        help="The check that must pass again before the action is done.",
    )
    res_model = fields.Char("Kind of Record", readonly=True)
    res_id = fields.Many2oneReference(
        "Record Number",
        model_field="res_model",
        readonly=True,
        help="The one record it is about; without it, all those the check looks at.",
    )
    record_name = fields.Char("Record", compute="_compute_record_name")
    weak_point_id = fields.Many2one(
        "qualiopi.weak.point",
        "Weak Point",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    meeting_id = fields.Many2one(
        "qualiopi.team.meeting",
        "Meeting",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    previous_id = fields.Many2one(
        "qualiopi.action",
        "Tries Again",
        check_company=True,
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The action that had not the effect expected.",
    )
    may_open_previous = fields.Boolean(compute="_compute_may_open")
    next_ids = fields.One2many("qualiopi.action", "previous_id", "Tried Again By")
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_action_indicator_rel",
        "action_id",
        "indicator_id",
        "Indicators",
        compute="_compute_indicator_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        check_company=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    deadline = fields.Date("By", index=True, tracking=True)
    priority = fields.Selection(
        [("0", "Normal"), ("1", "High")], default="0", tracking=True
    )
    description = fields.Text("How")
    step_ids = fields.One2many("qualiopi.action.step", "action_id", "Steps", copy=True)
    progress = fields.Integer(
        "Steps Done (%)", compute="_compute_progress", aggregator="avg"
    )
    expected_effect = fields.Text(
        tracking=True, help="What will be different, and how it will be seen."
    )
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    @api.depends("check_id")
    def _compute_indicator_ids(self):
        for action in self:
            action.indicator_ids |= action.check_id.indicator_ids

    @api.depends_context("uid")
    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for action in self:
            record = action._record()
            action.record_name = record.display_name if record else ""

    @api.depends_context("uid")
    @api.depends("previous_id")
    def _compute_may_open(self):
        """Contributors read their own only: the rest is named without a link."""
        for action in self:
            action.may_open_previous = action.previous_id.has_access("read")

    def _record(self):
        """:return: the record it is about, as far as the reader may read it"""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not self.res_id:
            return self.browse()
        return model.browse(self.res_id).exists()._filtered_access("read")

    @api.depends("step_ids.done")
    def _compute_progress(self):
        for action in self:
            steps = action.step_ids
            done = len(steps.filtered("done"))
            action.progress = 100 * done / len(steps) if steps else 0

    @api.depends("deadline", "state")
    def _compute_late(self):
        today = self.env["qualiopi.framework"]._today()
        for action in self:
            action.late = bool(
                action.state in OPEN and action.deadline and action.deadline < today
            )

    def _search_late(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        return Domain("state", "in", OPEN) & Domain("deadline", "<", today)

    @api.constrains("deadline", "effect_on", "done_on")
    def _check_days(self):
        for action in self:
            due = action.done_on or action.deadline
            if due and action.effect_on and action.effect_on < due:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is due on %(deadline)s: its effect cannot be seen "
                        "on %(effect)s already.",
                        name=action.name,
                        deadline=format_date(self.env, due),
                        effect=format_date(self.env, action.effect_on),
                    )
                )

    @api.onchange("user_id", "company_id")
    def _onchange_user_id(self):
        """Who has no role in Qualiopi would never see the action."""
        role = "qualiopi_compliance.group_qualiopi_contributor"
        # sudo: res.users - only whether the owner has a role
        if self.user_id and not self.user_id.sudo().has_group(role):
            return {
                "warning": {
                    "title": self.env._("No Access to Qualiopi"),
                    "message": self.env._(
                        "%(user)s has no role in Qualiopi and will not see this "
                        "action: choose somebody else, or ask your administrator for "
                        "a role.",
                        user=self.user_id.name,
                    ),
                }
            }

    def action_open_record(self):
        """Open the record that it is about, or those its check looks at."""
        self.ensure_one()
        self.check_access("read")
        record = self._record()
        if not record and self.check_id and not self.res_id:
            return self.check_id._open_subjects(self.company_id, False, False)
        if not record:
            raise UserError(
                self.env._(
                    "What this action was about was deleted, or is not for you to read."
                )
            )
        if record._name == "res.company":
            return record.action_qualiopi_organisation()
        return record.get_formview_action()
