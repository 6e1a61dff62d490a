from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ...rules.verdict import check_lifting
from .qualiopi_nonconformity import OPEN

SETTLED = ("lifted", "requalified")
# What the buttons write, and nothing else.
LIFE = {
    "state",
    "plan_sent_on",
    "done_on",
    "lifted_on",
    "lifted_by_id",
    "gravity",
    "finding_id",
    "carried_from_id",
    "requalified_at_id",
}
# A card dragged to another column does what the button does.
MOVES = {
    ("open", "analysed"): "action_analyse",
    ("analysed", "plan_sent"): "action_send_plan",
    ("analysed", "done"): "action_done",
    ("plan_sent", "done"): "action_done",
    **{(state, "lifted"): "action_lift" for state in OPEN},
    **{(state, "requalified"): "action_requalify" for state in OPEN},
}


class QualiopiNonconformity(models.Model):
    """The life of a non-conformity: analysed, planned, done, lifted, requalified."""

    _inherit = "qualiopi.nonconformity"

    # not readonly, or no card could be dragged: see :meth:`write`
    state = fields.Selection(
        [
            ("open", "Open"),
            ("analysed", "Analysed"),
            ("plan_sent", "Plan sent"),
            ("done", "Done"),
            ("lifted", "Lifted"),
            ("requalified", "Requalified"),
        ],
        required=True,
        default="open",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    plan_sent_on = fields.Date(readonly=True, copy=False, tracking=True)
    done_on = fields.Date(readonly=True, copy=False, tracking=True)
    lifted_on = fields.Date(readonly=True, copy=False, tracking=True)
    lifted_by_id = fields.Many2one(
        "res.users", "Recorded By", readonly=True, copy=False
    )
    settled = fields.Boolean(compute="_compute_settled")

    @api.depends("state")
    def _compute_settled(self):
        for row in self:
            row.settled = row.state in SETTLED

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "A non-conformity comes from a finding: write the finding in its "
                    "audit."
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if vals.keys() == {"state"}:
                return self._move(vals["state"])
            if LIFE & vals.keys():
                raise UserError(
                    self.env._("A non-conformity goes on by its buttons only.")
                )
            self._check_not_settled(vals)
        return super().write(vals)

    def _move(self, state):
        """Do what the button does that leads to this state.

        :raise UserError: when no button does
        """
        self.check_access("write")
        for row in self.filtered(lambda row: row.state != state):
            step = MOVES.get((row.state, state))
            if not step:
                row._refuse_step()
            getattr(row, step)()
        return True

    def _check_not_settled(self, vals):
        settled = self.filtered("settled")
        filing = self.env["mail.thread"]._fields.keys() | {"active"}
        filing |= self.env["mail.activity.mixin"]._fields.keys()
        if settled and vals.keys() - filing:
            raise UserError(
                self.env._(
                    "“%(name)s” is settled: it does not change any more.",
                    name=settled[0].display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        raise UserError(
            self.env._("A non-conformity is part of the company's history.")
        )

    def _check_from(self, *states):
        self.check_access("write")
        if not self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            raise AccessError(
                self.env._("Only a quality manager takes a non-conformity further.")
            )
        for row in self:
            if row.state not in states:
                row._refuse_step()

    def _refuse_step(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(name)s” is “%(state)s”: this is not its next step.",
                name=self.display_name,
                state=labels[self.state],
            )
        )

    def _refuse(self, sentence):
        raise UserError(
            self.env._(
                "“%(name)s”: %(sentence)s", name=self.display_name, sentence=sentence
            )
        )

    def _need(self, name, sentence):
        for row in self:
            value = row[name]
            if not (value.strip() if isinstance(value, str) else value):
                row._refuse(sentence)

    def _go(self, state, **vals):
        # sudo: qualiopi.nonconformity - the state changes by the buttons only
        self.sudo().write({"state": state, **vals})

    @api.model
    def _today(self):
        return self.env["qualiopi.framework"]._today()

    def _check_day(self, day):
        """:raise UserError: for a step that cannot have been taken on that day"""
        if day > self._today():
            raise UserError(
                self.env._(
                    "%(day)s is still to come: enter the day on which it happened.",
                    day=format_date(self.env, day),
                )
            )
        for row in self:
            if day < row.audit_id.date_begin:
                raise UserError(
                    self.env._(
                        "“%(name)s”: %(day)s is before the audit of %(audit)s, which "
                        "found it.",
                        name=row.display_name,
                        day=format_date(self.env, day),
                        audit=format_date(self.env, row.audit_id.date_begin),
                    )
                )

    def action_analyse(self):
        """Record that its cause is known.

        :raise UserError: when it is not written
        """
        self._check_from("open")
        self._need("cause", self.env._("write its cause first."))
        self._go("analysed")

    def action_send_plan(self):
        """Record that the plan went to the certifier today."""
        self._send_plan(self._today())

    def _send_plan(self, day):
        self._check_from("analysed")
        self._need(
            "action_ids", self.env._("plan at least one corrective action first.")
        )
        self._check_day(day)
        self._go("plan_sent", plan_sent_on=day)

    def action_done(self):
        """Record that everything planned is done."""
        self._finish(self._today())

    def _finish(self, day):
        self._check_from("plan_sent", "analysed")
        for row in self:
            left = row.action_ids.filtered(
                lambda action: action.state in ("todo", "doing")
            )
            if left:
                raise UserError(
                    self.env._(
                        "“%(name)s”: these actions are not done yet: %(actions)s.",
                        name=row.display_name,
                        actions=", ".join(left.mapped("name")),
                    )
                )
            if not row.action_ids:
                row._need(
                    "correction",
                    self.env._("write what was corrected, or plan an action, first."),
                )
        self._check_day(day)
        self._go("done", done_on=day)

    def action_lift(self):
        """Record that the certifier, or the next audit, lifted it today."""
        self._lift(self._today())

    def _lift(self, day):
        """:raise UserError: without anything that shows the correction"""
        self._check_from(*OPEN)
        self._check_day(day)
        for row in self:
            refusal = check_lifting(
                row._rule(), day, row.audit_id.date_begin, bool(row._shown())
            )
            if refusal:
                row._refuse(self.env["qualiopi.reason"]._say(refusal))
        self._go("lifted", lifted_on=day, lifted_by_id=self.env.uid)

    def _shown(self):
        """:return: evidence of the correction that can be looked at"""
        return self.evidence_ids.filtered(
            lambda row: (
                row.state != "rejected"
                and (row.attachment_ids or (row.url or "").strip())
            )
        )

    def action_record(self):
        """Record a step that was taken on another day, with a letter."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record"),
            "res_model": "qualiopi.nonconformity.step",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_nonconformity_ids": self.ids,
                "default_step": self.env.context.get("qualiopi_step", "lift"),
            },
        }

    def action_add_action(self):
        """Plan a corrective action."""
        self.ensure_one()
        self.check_access("read")
        self.env["qualiopi.action"].check_access("create")
        self._check_not_settled({"action_ids": True})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Corrective Action"),
            "res_model": "qualiopi.action",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_nonconformity_id": self.id,
                "default_origin": "nonconformity",
                "default_kind": "corrective",
                "default_company_id": self.company_id.id,
                "default_user_id": self.user_id.id or self.env.uid,
                "default_deadline": self.apply_by,
            },
        }
