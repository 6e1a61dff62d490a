from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ...rules.audit_calendar import add_months
from .qualiopi_action import OPEN

# What somebody in charge of an action may write without being a manager: while it is
# open, and while its effect is awaited.
OWNER_FIELDS = {"description", "step_ids", "result", "effect"}
OWNER_FIELDS_DONE = {"effect"}
# What the buttons write, and nothing else.
LIFE = {"state", "done_on", "closed_by_id", "judged_on", "judged_by_id", "forced"}
# Months after which the effect of an action is looked at, unless said otherwise.
EFFECT_MONTHS = 3
# A card dragged to another column of the board does what the button does.
MOVES = {
    ("todo", "doing"): "action_start",
    ("todo", "done"): "action_done",
    ("doing", "done"): "action_done",
    ("done", "effective"): "action_effective",
    ("done", "not_effective"): "action_not_effective",
    ("todo", "cancelled"): "action_cancel",
    ("doing", "cancelled"): "action_cancel",
    ("done", "doing"): "action_reopen",
    ("effective", "doing"): "action_reopen",
    ("not_effective", "doing"): "action_reopen",
    ("cancelled", "doing"): "action_reopen",
}


class QualiopiAction(models.Model):
    """The life of an action: begun, done, effective or not, called off."""

    _inherit = "qualiopi.action"

    # not readonly, or no card could be dragged: see :meth:`write`
    state = fields.Selection(
        [
            ("todo", "To do"),
            ("doing", "Doing"),
            ("done", "Done"),
            ("effective", "Effective"),
            ("not_effective", "Not effective"),
            ("cancelled", "Called off"),
        ],
        required=True,
        default="todo",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    result = fields.Text("What Was Done", tracking=True, copy=False)
    done_on = fields.Date(readonly=True, copy=False, tracking=True)
    closed_by_id = fields.Many2one("res.users", "Done By", readonly=True, copy=False)
    override_reason = fields.Text(
        "Done All the Same Because",
        tracking=True,
        copy=False,
        help="Why it is done although the check still finds something. Written by a "
        "quality manager.",
    )
    forced = fields.Boolean(
        "Closed Although the Check Fails", readonly=True, copy=False
    )
    effect_on = fields.Date(
        "Effect Looked At On",
        tracking=True,
        copy=False,
        help="Empty: three months after it is done.",
    )
    effect = fields.Text("Effect Seen", tracking=True, copy=False)
    judged_on = fields.Date(readonly=True, copy=False)
    judged_by_id = fields.Many2one("res.users", "Judged By", readonly=True, copy=False)
    may_manage = fields.Boolean(compute="_compute_may_manage")

    @api.depends_context("uid")
    def _compute_may_manage(self):
        self.may_manage = self._is_manager()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                if vals.get("state") == "todo":
                    del vals["state"]
                if LIFE & vals.keys():
                    self._refuse_life()
        # a column of the board is a default too
        context = {
            key: value
            for key, value in self.env.context.items()
            if self.env.su or key.removeprefix("default_") not in LIFE
        }
        return super(
            QualiopiAction,
            self.with_context(context),  # pylint: disable=context-overridden
        ).create(vals_list)

    def write(self, vals):
        if not self.env.su and vals.keys() == {"state"}:
            return self._move(vals["state"])
        self._check_may_write(vals)
        return super().write(vals)

    def _move(self, state):
        """Do what the button does that leads to this state.

        :raise UserError: when no button does
        """
        for action in self.filtered(lambda action: action.state != state):
            step = MOVES.get((action.state, state))
            if not step:
                action._refuse_step(state)
            getattr(action, step)()
        return True

    def _check_may_write(self, vals):
        """:raise AccessError: for what the writer is not in charge of"""
        if self.env.su:
            return
        if LIFE & vals.keys():
            self._refuse_life()
        if self._is_manager():
            return
        free = self.env["mail.thread"]._fields.keys()
        free |= self.env["mail.activity.mixin"]._fields.keys()
        for action in self:
            own = OWNER_FIELDS if action.state in OPEN else OWNER_FIELDS_DONE
            if vals.keys() - own - free:
                raise AccessError(
                    self.env._(
                        "You can write how it goes and what was done while the action "
                        "is open, then the effect you see; ask a quality manager to "
                        "change the rest."
                    )
                )

    def _refuse_life(self):
        raise UserError(
            self.env._("An action goes on by its buttons: Start, Done, Effective…")
        )

    @api.model
    def _is_manager(self):
        return self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager")

    def _check_manager(self, sentence):
        """:raise AccessError: with this sentence, for who is no quality manager"""
        if not self._is_manager():
            raise AccessError(sentence)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        for action in self:
            if action.state not in ("todo", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(name)s” was begun: it is part of the evidence. Call it "
                        "off, or archive it.",
                        name=action.name,
                    )
                )

    def _check_from(self, *states):
        self.check_access("write")
        for action in self:
            if action.state not in states:
                action._refuse_step()

    def _refuse_step(self, state=None):
        labels = dict(self._fields["state"]._description_selection(self.env))
        if state:
            raise UserError(
                self.env._(
                    "“%(name)s” is “%(state)s”: “%(next)s” is not its next step.",
                    name=self.name,
                    state=labels[self.state],
                    next=labels.get(state, state),
                )
            )
        raise UserError(
            self.env._(
                "“%(name)s” is “%(state)s”: this is not its next step.",
                name=self.name,
                state=labels[self.state],
            )
        )

    def _go(self, state, **vals):
        # sudo: qualiopi.action - the state changes by the buttons only
        self.sudo().write({"state": state, **vals})

    def action_start(self):
        """Record that somebody is at it."""
        self._check_from("todo")
        self._go("doing")

    def action_done(self):
        """Close it, once what it is about is settled.

        :raise UserError: without a word on what was done; or while the check still
            fails, unless a quality manager writes why it is done all the same
        """
        self._check_from(*OPEN)
        today = self.env["qualiopi.framework"]._today()
        for action in self:
            if not (action.result or "").strip():
                raise UserError(
                    self.env._(
                        "“%(name)s”: write what was done first.", name=action.name
                    )
                )
            failing = action._still_failing()
            if failing and not (action.override_reason or "").strip():
                action._refuse_done(failing)
            action._go(
                "done",
                done_on=today,
                closed_by_id=self.env.uid,
                forced=bool(failing),
                effect_on=action._effect_day(today),
            )

    def _effect_day(self, today):
        """:return: when its effect is looked at: as planned, where that is to come"""
        planned = self.effect_on
        if planned and planned >= today:
            return planned
        return add_months(today, EFFECT_MONTHS)

    def _refuse_done(self, failing):
        raise UserError(
            self.env._(
                "“%(name)s” is not done yet. The check “%(check)s” still finds: "
                "%(found)s.\nRepair it, or have a quality manager write under “Done "
                "all the same because” why it counts as done.",
                name=self.name,
                check=self.check_id.name,
                found=failing.rstrip("."),
            )
        )

    def action_effective(self):
        """Record that the expected effect is there."""
        self._judge("effective")

    def action_not_effective(self):
        """Record that it is not: another action is needed."""
        self._judge("not_effective")

    def _judge(self, state):
        self._check_from("done")
        self._check_manager(
            self.env._("Only a quality manager judges the effect of an action.")
        )
        today = self.env["qualiopi.framework"]._today()
        for action in self:
            if not (action.effect or "").strip():
                raise UserError(
                    self.env._(
                        "“%(name)s”: write the effect that you see first.",
                        name=action.name,
                    )
                )
            if action.effect_on and action.effect_on > today:
                raise UserError(
                    self.env._(
                        "The effect of “%(name)s” is looked at on %(day)s. If it can "
                        "be seen already, move that day first.",
                        name=action.name,
                        day=format_date(self.env, action.effect_on),
                    )
                )
        self._go(state, judged_on=today, judged_by_id=self.env.uid)

    def action_again(self):
        """Prepare the action that tries again what had no effect."""
        self.ensure_one()
        self._check_from("not_effective")
        self.check_access("create")
        again = self.copy({"previous_id": self.id, "deadline": False})
        return again.get_formview_action()

    def action_cancel(self):
        """Call it off; it can be taken up again."""
        self._check_from(*OPEN)
        self._check_manager(self.env._("Only a quality manager calls an action off."))
        self._go("cancelled")

    def action_reopen(self):
        """Take it up again. What was written stays, but for why it was closed although
        its check failed: that was said of another day.
        """
        self._check_from("done", "not_effective", "cancelled", "effective")
        self._check_manager(
            self.env._("Only a quality manager takes an action up again.")
        )
        self._go(
            "doing",
            done_on=False,
            closed_by_id=False,
            judged_on=False,
            judged_by_id=False,
            forced=False,
            override_reason=False,
        )
