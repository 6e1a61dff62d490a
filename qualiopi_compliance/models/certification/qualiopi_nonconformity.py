from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.audit_calendar import major_deadlines, minor_deadline
from ...rules.verdict import Finding, check_notification
from .qualiopi_audit import REHEARSALS

OPEN = ("open", "analysed", "plan_sent", "done")


class QualiopiNonconformity(models.Model):
    """What must be put right after an audit, and by when.

    Open -> analysed (cause) -> plan sent to the certifier -> done -> lifted, or
    requalified: a minor one not lifted at the next audit becomes major, in a record of
    its own that belongs to that audit. The delays run from its notification: minor six
    months; major three months, and one more for the certifier's check (order of 6 June
    2019, art. 5). None runs for what the company found by itself.
    """

    _name = "qualiopi.nonconformity"
    _description = "Non-conformity"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "check_by, apply_by, id"
    _rec_names_search = ["statement", "indicator_id"]
    _check_company_auto = True

    finding_id = fields.Many2one(
        "qualiopi.finding",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    requalified_at_id = fields.Many2one(
        "qualiopi.audit",
        "Requalified At",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The audit that found it open although it was minor before.",
    )
    audit_id = fields.Many2one(
        "qualiopi.audit",
        compute="_compute_audit_id",
        store=True,
        index=True,
        help="Where it was written, or became major.",
    )
    audit_kind = fields.Selection(
        related="audit_id.kind", string="Kind of Audit", store=True
    )
    certification_id = fields.Many2one(related="audit_id.certification_id", store=True)
    company_id = fields.Many2one(related="finding_id.company_id", store=True)
    active = fields.Boolean(default=True)
    indicator_id = fields.Many2one(related="finding_id.indicator_id", store=True)
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    requirement = fields.Selection(related="finding_id.requirement", store=True)
    about = fields.Char(compute="_compute_about")
    statement = fields.Text(related="finding_id.name")
    proof = fields.Text(related="finding_id.proof")
    gravity = fields.Selection(
        [("minor", "Minor"), ("major", "Major")],
        required=True,
        readonly=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        check_company=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
    )
    notified_on = fields.Date(
        tracking=True,
        copy=False,
        help="In writing, by the certifier: the delays run from this day.",
    )
    plan_due_on = fields.Date(
        tracking=True,
        copy=False,
        help="As the certifier asks for: no text fixes this delay.",
    )
    apply_by = fields.Date(
        "Applied By", compute="_compute_deadlines", store=True, index=True
    )
    check_by = fields.Date(
        "Checked By", compute="_compute_deadlines", store=True, index=True
    )
    deadline_text = fields.Html(compute="_compute_deadline_text", sanitize=False)
    why_1 = fields.Char("Why?", help="Why did it happen?")
    why_2 = fields.Char("And Why That?")
    why_3 = fields.Char("Third Why")
    why_4 = fields.Char("Fourth Why")
    why_5 = fields.Char("Fifth Why")
    cause = fields.Text(tracking=True, help="The one that, removed, keeps it away.")
    correction = fields.Text(
        tracking=True, help="What repairs the case itself, at once."
    )
    action_ids = fields.One2many(
        "qualiopi.action", "nonconformity_id", "Corrective Actions"
    )
    evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        "qualiopi_nonconformity_evidence_rel",
        "nonconformity_id",
        "evidence_id",
        "Evidence of the Correction",
        check_company=True,
        copy=False,
    )
    carried_from_id = fields.Many2one(
        "qualiopi.nonconformity",
        "Requalified From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    may_open_before = fields.Boolean(compute="_compute_may_open_before")
    carried_to_ids = fields.One2many(
        "qualiopi.nonconformity", "carried_from_id", "Became"
    )
    rehearsal = fields.Boolean("Our Own Audit", compute="_compute_rehearsal")
    open = fields.Boolean(compute="_compute_open", search="_search_open")
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    @api.depends("requalified_at_id", "finding_id.audit_id")
    def _compute_audit_id(self):
        for row in self:
            row.audit_id = row.requalified_at_id or row.finding_id.audit_id

    @api.depends_context("uid")
    @api.depends("carried_from_id")
    def _compute_may_open_before(self):
        """Contributors read their own only: the other is named without a link."""
        for row in self:
            row.may_open_before = row.carried_from_id.has_access("read")

    @api.depends("audit_kind")
    def _compute_rehearsal(self):
        for row in self:
            row.rehearsal = row.audit_kind in REHEARSALS

    @api.depends_context("lang")
    @api.depends("indicator_id", "requirement", "gravity")
    def _compute_display_name(self):
        gravities = dict(self._fields["gravity"]._description_selection(self.env))
        for row in self:
            row.display_name = (
                f"{row._subject()} – {gravities[row.gravity]}" if row.gravity else ""
            )

    @api.depends_context("lang")
    @api.depends("indicator_id", "requirement")
    def _compute_about(self):
        for row in self:
            row.about = row._subject()

    def _subject(self):
        """:return: the indicator or the other requirement, in words, for whoever reads
        it without the finding
        """
        self.ensure_one()
        labels = dict(self._fields["requirement"]._description_selection(self.env))
        return self.indicator_id.display_name or labels.get(self.requirement, "")

    def _rule(self):
        """:return: what the rules on verdicts read of it
        :rtype: Finding
        """
        self.ensure_one()
        carried = bool(self.carried_from_id)
        return Finding(
            key=f"nonconformity-{self.id}",
            name=self._subject(),
            # what makes it major is for the rules to say
            gravity="minor" if carried else self.gravity,
            indicator=self.number or None,
            requirement=self.requirement or None,
            notified_on=self.notified_on or self.audit_id.notified_on or None,
            lifted_on=self.lifted_on or None,
            carried_over=carried,
            plan_due_on=self.plan_due_on or None,
            plan_sent=bool(self.plan_sent_on),
        )

    def _deadlines(self):
        """:return: the statutory deadlines, none before the notification"""
        self.ensure_one()
        if not self.notified_on or self.audit_kind in REHEARSALS:
            return ()
        if self.gravity == "minor":
            return (minor_deadline(self.notified_on),)
        return major_deadlines(self.notified_on)

    @api.depends("notified_on", "gravity", "audit_kind")
    def _compute_deadlines(self):
        for row in self:
            deadlines = row._deadlines()
            row.apply_by = deadlines[0].day if deadlines else False
            row.check_by = deadlines[-1].day if deadlines else False

    @api.depends_context("lang")
    @api.depends("notified_on", "gravity", "audit_kind")
    def _compute_deadline_text(self):
        words = self.env["qualiopi.reason"]
        for row in self:
            row.deadline_text = words._say_sourced(
                [each.statement for each in row._deadlines()]
            )

    @api.depends("state")
    def _compute_open(self):
        for row in self:
            row.open = row.state in OPEN

    def _search_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain.FALSE
        if True in value:
            found |= Domain("state", "in", OPEN)
        if False in value:
            found |= Domain("state", "not in", OPEN)
        return found

    @api.depends("state", "gravity", "apply_by", "check_by", "plan_due_on")
    def _compute_late(self):
        today = self.env["qualiopi.framework"]._today()
        for row in self:
            due = []
            if row.state in ("open", "analysed"):
                due.append(row.plan_due_on)
            if row.state in OPEN[:-1]:
                due.append(row.apply_by)
            if row.state in OPEN and row.gravity == "major":
                due.append(row.check_by)
            row.late = any(day and day < today for day in due)

    def _search_late(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        plan = Domain("state", "in", ("open", "analysed"))
        plan &= Domain("plan_due_on", "<", today)
        apply = Domain("state", "in", OPEN[:-1]) & Domain("apply_by", "<", today)
        check = Domain("state", "in", OPEN) & Domain("gravity", "=", "major")
        return plan | apply | check & Domain("check_by", "<", today)

    @api.constrains("notified_on")
    def _check_notified_on(self):
        for row in self.filtered("notified_on"):
            refusal = check_notification(row.notified_on, row.audit_id.date_begin)
            if refusal:
                raise ValidationError(self.env["qualiopi.reason"]._say(refusal))

    @api.constrains("plan_due_on", "notified_on")
    def _check_plan_due_on(self):
        for row in self.filtered("plan_due_on"):
            if row.rehearsal:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” comes from an audit of your own: no certifier "
                        "awaits a plan. Date its actions instead.",
                        name=row.display_name,
                    )
                )
            if row.plan_sent_on or not row.open:
                # it was answered: a notification may still be corrected
                continue
            first = row.notified_on or row.audit_id.date_begin
            if row.plan_due_on < first:
                raise ValidationError(
                    self.env._(
                        "The plan cannot be due on %(day)s, before the non-conformity "
                        "is notified on %(notified)s.",
                        day=format_date(self.env, row.plan_due_on),
                        notified=format_date(self.env, first),
                    )
                )

    @api.constrains("active", "state")
    def _check_archived(self):
        for row in self:
            if not row.active and row.open:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is open: it can be archived once it is settled.",
                        name=row.display_name,
                    )
                )

    def action_open_audit(self):
        """Open the audit that found it."""
        self.ensure_one()
        self.check_access("read")
        self.audit_id.check_access("read")
        return self.audit_id.get_formview_action()

    def action_print(self):
        """Print the reply sheet: statement, cause, action, owner, date, proof."""
        self.check_access("read")
        if not self:
            raise ValidationError(
                self.env._("There is no non-conformity: nothing to reply to.")
            )
        report = self.env.ref("qualiopi_compliance.nonconformity_reply_report")
        return report.report_action(self, config=False)
