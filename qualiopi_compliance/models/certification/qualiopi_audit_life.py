from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .qualiopi_audit import REHEARSALS

# What comes after the closing meeting, from the certifier. All else is frozen.
AFTERWARDS = {"active", "notified_on", "decided_on", "message_main_attachment_id"}
# What the buttons write, and nothing else.
LIFE = {
    "state",
    "opened_on",
    "closed_on",
    "closed_at",
    "closed_by_id",
    "checklist_id",
    "last_file",
}
# What the checklist of the day and the scope are made from.
FIXED_BY_OPENING = {
    "kind",
    "date_begin",
    "certification_id",
    "category_ids",
    "previous_id",
}
MANAGER = "qualiopi_compliance.group_qualiopi_manager"
AUDITOR = "qualiopi_compliance.group_qualiopi_internal_auditor"


class QualiopiAudit(models.Model):
    """The life of an audit: opened, closed and then unchangeable, or called off."""

    _inherit = "qualiopi.audit"

    leads = fields.Boolean(
        "May Lead It", compute="_compute_locked", help="Whether the reader leads it."
    )
    locked = fields.Boolean(
        compute="_compute_locked", help="Closed, or not the reader's to lead."
    )

    @api.depends_context("uid")
    @api.depends("state", "kind")
    def _compute_locked(self):
        leads_all = self.env.user.has_group(MANAGER)
        for audit in self:
            audit.leads = leads_all or audit.kind in REHEARSALS
            audit.locked = audit.state == "closed" or not audit.leads

    @api.model_create_multi
    def create(self, vals_list):
        if any(LIFE & vals.keys() for vals in vals_list):
            self._refuse_life()
        self._check_leader({vals["kind"] for vals in vals_list if vals.get("kind")})
        audits = super().create(vals_list)
        for audit in audits:
            audit._compute_scope()
        return audits

    def write(self, vals):
        if LIFE & vals.keys():
            self._refuse_life()
        if vals.keys() - AFTERWARDS:
            self._check_open()
        self._check_not_begun(vals)
        self._check_leader({vals["kind"]} if vals.get("kind") else set())
        before = {audit: (audit.date_begin, audit.date_end) for audit in self}
        notified = {audit: audit.notified_on for audit in self}
        result = super().write(vals)
        if FIXED_BY_OPENING & vals.keys():
            self._follow_changes(before, vals)
        if "notified_on" in vals:
            for audit in self:
                audit._pass_on_notification(notified[audit])
        return result

    def _pass_on_notification(self, former):
        """Date its non-conformities, those put away too.

        :param former: day that was written before; one with a day of its own keeps it
        """
        self.ensure_one()
        # sudo: qualiopi.nonconformity - whoever dates the notification of an audit
        # dates them all, those lifted on the day included
        rows = self.sudo().with_context(active_test=False).nonconformity_ids
        rows.filtered(lambda row: row.notified_on == former).write(
            {"notified_on": self.notified_on}
        )

    def _follow_changes(self, before, vals):
        """Bring length, scope and plan of audits not yet begun to what was changed.

        :param before: audit -> its first and last day
        """
        for audit in self.filtered(lambda audit: audit.state != "running"):
            first, last = before[audit]
            moved = audit.date_begin - first
            if moved and "date_end" not in vals:
                audit.date_end = last + moved
            audit._compute_scope()
            if moved:
                audit._move_plan(moved.days)

    def _refuse_life(self):
        raise UserError(
            self.env._("An audit is opened, closed and called off by its buttons only.")
        )

    def _check_open(self):
        """:raise UserError: when one of these audits is closed, whoever asks"""
        closed = self.filtered(lambda audit: audit.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "“%(name)s” is closed: what was seen and written on that day does "
                    "not change any more. What comes of it goes on in the "
                    "non-conformities and the actions.",
                    name=closed[0].display_name,
                )
            )

    def _check_not_begun(self, vals):
        """:raise UserError: for what the checklist of the day was made from"""
        for audit in self:
            changed = {name for name in vals if audit._differs(name, vals[name])}
            if "company_id" in changed:
                raise UserError(
                    self.env._("An audit stays with its company: plan another one.")
                )
            if audit.state == "running" and changed & FIXED_BY_OPENING:
                raise UserError(
                    self.env._(
                        "“%(name)s” has begun: its kind, first day and cycle decided "
                        "which indicators are looked at. Call it off and plan it "
                        "again.",
                        name=audit.display_name,
                    )
                )

    def _differs(self, name, value):
        """:return: whether writing this would change what matters of the audit"""
        if name not in FIXED_BY_OPENING | {"company_id"}:
            return False
        field = self._fields[name]
        if field.type == "many2one":
            return (value or False) != self[name].id
        if field.type == "date":
            return fields.Date.to_date(value) != self[name]
        return field.type == "many2many" or value != self[name]

    @api.model
    def _check_leader(self, kinds):
        """:raise AccessError: for kinds of audits that are not the user's to lead"""
        if self.env.su or self.env.user.has_group(MANAGER):
            return
        if not kinds <= set(REHEARSALS):
            raise AccessError(
                self.env._(
                    "Audits by the certifier are planned by a quality manager; "
                    "internal auditors plan internal and mock audits."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        for audit in self:
            audit._check_open()
            if audit.finding_ids:
                raise UserError(
                    self.env._(
                        "“%(name)s” has findings: it cannot be deleted. Call it off, "
                        "or delete its findings first.",
                        name=audit.display_name,
                    )
                )

    def unlink(self):
        self.check_access("unlink")
        self._check_open()
        # each line takes its invitation out of the calendar
        self.agenda_ids.unlink()
        for audit in self.filtered("checklist_id"):
            # sudo: qualiopi.checklist - made for this audit, nothing of it is left
            checklist = audit.sudo().checklist_id
            audit.item_ids.line_id = False
            audit._go(audit.state, checklist_id=False)
            checklist.unlink()
        return super().unlink()

    def _go(self, state, **vals):
        """The one way to another state: :meth:`write` refuses it."""
        # sudo: qualiopi.audit - the state changes by the buttons only
        return super(QualiopiAudit, self.sudo()).write({"state": state, **vals})

    def _check_auditor(self):
        self.check_access("write")
        if not self.env.user.has_group(AUDITOR):
            raise AccessError(self.env._("Only an internal auditor leads an audit."))

    def action_open_audit(self):
        """Open the audit: scope and checklist of the day are made."""
        self._check_auditor()
        for audit in self:
            if audit.state != "planned":
                raise UserError(
                    self.env._("“%(name)s” is open already.", name=audit.display_name)
                )
            checklist = audit._make_checklist()
            audit._go(
                "running", opened_on=fields.Datetime.now(), checklist_id=checklist.id
            )
            audit._compute_scope()
            audit._propose_attendees()
        return True

    def action_back_to_planned(self):
        """Plan again what was called off."""
        self._check_auditor()
        self.filtered(lambda audit: audit.state == "cancelled")._go("planned")
        return True

    def action_cancel(self):
        """Call the audit off; those invited in the calendar are told."""
        self._check_auditor()
        self._check_open()
        self.agenda_ids._withdraw_invitation()
        self._go("cancelled")
        return True

    def action_ask_close(self):
        """Show what will be frozen, and ask before it is."""
        self.ensure_one()
        self._check_auditor()
        self._check_may_close()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Audit"),
            "res_model": "qualiopi.audit.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_audit_id": self.id},
        }

    def action_close(self):
        """Close the audit at the closing meeting: everything is frozen.

        :raise UserError: while indicators are undecided, naming them
        """
        self._check_auditor()
        for audit in self:
            audit._check_may_close()
            audit._close()
        return True

    def _check_may_close(self):
        self.ensure_one()
        if self.state != "running":
            raise UserError(
                self.env._("“%(name)s” is not open.", name=self.display_name)
            )
        undecided = self._undecided()
        if undecided:
            raise UserError(
                self.env._(
                    "“%(name)s” cannot be closed: nothing is decided on these "
                    "indicators yet: %(numbers)s. Decide on each of them, “Not "
                    "looked at” included.",
                    name=self.display_name,
                    numbers=", ".join(map(str, undecided.mapped("number"))),
                )
            )

    def _close(self):
        self.ensure_one()
        self.finding_ids._make_nonconformities()
        # sudo: qualiopi.checklist - read a last time, and frozen by this meeting
        checklist = self.checklist_id.sudo()
        checklist._read_records()
        self.item_ids._freeze()
        checklist._close()
        today = self.env["qualiopi.framework"]._today()
        self._go(
            "closed",
            closed_on=min(self.date_end, max(today, self.date_begin)),
            closed_at=fields.Datetime.now(),
            closed_by_id=self.env.uid,
            last_file=self._last_file(),
        )

    def _last_file(self):
        """:return: number of the last file added, those after it come later"""
        # sudo: ir.attachment - whoever added it
        files = self.env["ir.attachment"].sudo()
        return files.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)],
            order="id desc",
            limit=1,
        ).id
