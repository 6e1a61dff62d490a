from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...rules.cycle_schedule import ACTIVITIES

# The plan that prepares each kind of audit.
PLANS = {
    "initial": "activity_plan_initial",
    "extension": "activity_plan_initial",
    "surveillance": "activity_plan_surveillance",
    "renewal": "activity_plan_surveillance",
    "follow_up": "activity_plan_follow_up",
    "internal": "activity_plan_rehearsal",
    "mock": "activity_plan_rehearsal",
}
LABELS = {each.label for each in ACTIVITIES}


class QualiopiAudit(models.Model):
    """What is prepared before an audit, dated backwards from its first day.

    The lines are those of an activity plan, which a company may change; the
    activities made from them move with the audit.
    """

    _inherit = "qualiopi.audit"

    to_prepare = fields.Boolean(
        "Preparation Not Planned", compute="_compute_to_prepare"
    )

    @api.depends("state", "activity_ids")
    def _compute_to_prepare(self):
        for audit in self:
            audit.to_prepare = audit.state == "planned" and not audit._preparation()

    def _preparation(self):
        """:return: what the plan made, done or not"""
        # sudo: mail.activity - whoever else has to do it
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("qualiopi_plan_line_id", "!=", False),
                ]
            )
        )

    def _preparation_plan(self):
        """:return: the plan for this kind of audit, empty where it was deleted"""
        self.ensure_one()
        plan = self.env.ref(
            f"qualiopi_compliance.{PLANS[self.kind]}", raise_if_not_found=False
        )
        return plan or self.env["mail.activity.plan"]

    def action_plan_preparation(self):
        """Plan what is to be prepared, dated backwards from the audit.

        What was planned already is left alone.
        """
        self.check_access("write")
        for audit in self:
            if audit.state != "planned":
                raise UserError(
                    self.env._(
                        "“%(name)s” is no longer to come: there is nothing to prepare.",
                        name=audit.display_name,
                    )
                )
            audit._plan_preparation()
        return True

    def _plan_preparation(self):
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        user = self.user_id or self.env.user
        audit = self.with_context(lang=user.lang or self.env.lang)
        planned = self._preparation().qualiopi_plan_line_id
        for line in self._preparation_plan().template_ids - planned:
            day = line._get_date_deadline(self.date_begin)
            owner = line._determine_responsible(user, self)["responsible"] or user
            audit.activity_schedule(
                activity_type_id=line.activity_type_id.id,
                summary=audit._preparation_text(line),
                note=line.note or audit._preparation_note(day, today),
                date_deadline=max(day, today),
                user_id=owner.id,
                qualiopi_plan_line_id=line.id,
            )

    def _preparation_text(self, line):
        """:return: what a line says; one that nobody changed, in the reader's
        language
        """
        return self.env._(line.summary) if line.summary in LABELS else line.summary

    def _preparation_note(self, day, today):
        if day >= today:
            return ""
        return self.env._(
            "It should have begun on %(day)s: the audit is near.",
            day=format_date(self.env, day),
        )

    def write(self, vals):
        moved = self.browse()
        if "date_begin" in vals:
            day = fields.Date.to_date(vals["date_begin"])
            moved = self.filtered(lambda audit: audit.date_begin != day)
        result = super().write(vals)
        moved._move_preparation()
        return result

    def _move_preparation(self):
        """Bring what is still to be done to the new day of the audit."""
        today = self.env["qualiopi.framework"]._today()
        days = {audit.id: audit.date_begin for audit in self if audit.date_begin}
        for activity in self._preparation().filtered("active"):
            line = activity.qualiopi_plan_line_id
            day = line._get_date_deadline(days[activity.res_id])
            activity.date_deadline = max(day, today)

    def _go(self, state, **vals):
        result = super()._go(state, **vals)
        if state == "cancelled":
            # planned again, it is prepared anew
            self._preparation().filtered("active").unlink()
        return result
