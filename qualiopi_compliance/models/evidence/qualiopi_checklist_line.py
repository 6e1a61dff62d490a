from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..framework.qualiopi_guide_entry import GRAVITY

APPLICABILITY = [
    ("applicable", "Applicable"),
    ("unsettled", "Unsettled"),
    ("not_applicable", "Not applicable"),
]
DECLARED_STATUS = [
    ("demonstrated", "Demonstrated"),
    ("at_risk", "At risk"),
    ("insufficient", "Insufficient"),
    ("not_assessed", "Not assessed"),
]
# What somebody in charge of an indicator may fill in without being a manager.
CONTRIBUTOR_FIELDS = {"conclusion"}
# What a manager decides. The rest, dates and reviewers included, is evidence of what
# happened: it is written by this code alone.
MANAGER_FIELDS = CONTRIBUTOR_FIELDS | {
    "checklist_id",
    "declared_status",
    "override_applicability",
    "override_reason",
    "user_id",
}


class QualiopiChecklistLine(models.Model):
    """One indicator of a checklist: does it apply, and where do we stand.

    The rules write whether it applies and why; a manager may overrule them with
    a written reason. He then says where the company stands, on a date, and
    concludes; the person in charge adds documents; a reviewer confirms, for a
    limited time. A line of a closed checklist never changes.
    """

    _name = "qualiopi.checklist.line"
    _description = "Checklist line"
    _inherit = ["mail.thread", "mail.activity.mixin", "qualiopi.bilingual.mixin"]
    _order = "checklist_id, number"
    _check_company_auto = True

    checklist_id = fields.Many2one(
        "qualiopi.checklist", required=True, index=True, ondelete="cascade"
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        related="checklist_id.company_id", store=True, index=True
    )
    checklist_kind = fields.Selection(related="checklist_id.kind", store=True)
    checklist_state = fields.Selection(related="checklist_id.state")
    requirement_id = fields.Many2one(
        "qualiopi.requirement", required=True, index=True, ondelete="restrict"
    )
    indicator_id = fields.Many2one(
        related="requirement_id.indicator_id", store=True, index=True
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    criterion_id = fields.Many2one(
        related="indicator_id.criterion_id",
        store=True,
        group_expand="_group_expand_criteria",
    )
    framework_id = fields.Many2one(related="requirement_id.framework_id", store=True)
    frozen_statement_fr = fields.Text(
        "Statement When Closed (French)", readonly=True, copy=False
    )
    frozen_statement_en = fields.Text(
        "Statement When Closed (English)", readonly=True, copy=False
    )
    statement = fields.Text(compute="_compute_statement")
    change_kind = fields.Selection(related="requirement_id.change_kind")
    guide_entry_id = fields.Many2one(
        "qualiopi.guide.entry", "Reading Guide", readonly=True, ondelete="set null"
    )
    guide_notice = fields.Char(compute="_compute_guide_notice")
    expected_level = fields.Text(related="guide_entry_id.expected_level")
    evidence_examples = fields.Text(
        "Examples of Evidence", related="guide_entry_id.evidence"
    )

    may_edit = fields.Boolean(
        compute="_compute_may_edit",
        help="Whether the reader may write the conclusion and add documents.",
    )

    rule_applicability = fields.Selection(
        APPLICABILITY, "Applicability by Rule", readonly=True
    )
    rule_reasons = fields.Json(readonly=True)
    applicability_reason = fields.Text(compute="_compute_applicability_reason")
    category_ids = fields.Many2many(
        "qualiopi.category", string="For Categories", readonly=True
    )
    regime = fields.Selection(
        [
            ("standard", "Standard"),
            ("new_entrant", "New entrant"),
            ("subcontractor", "Subcontractor"),
        ],
        readonly=True,
    )
    gravity = fields.Selection(
        [*GRAVITY, ("unknown", "Not stated by the guide")],
        readonly=True,
        help="Whether a gap on this indicator may be graded as minor.",
    )
    override_applicability = fields.Selection(
        [("applicable", "Applicable"), ("not_applicable", "Not applicable")],
        "Overruled As",
        tracking=True,
        help="Overrules the rule. Needs a written reason.",
    )
    override_reason = fields.Text("Reason for Overruling", tracking=True)
    applicability = fields.Selection(
        APPLICABILITY, compute="_compute_applicability", store=True, index=True
    )

    declared_status = fields.Selection(
        DECLARED_STATUS,
        "Where We Stand",
        default="not_assessed",
        required=True,
        tracking=True,
    )
    assessed_on = fields.Date(
        readonly=True, tracking=True, help="Day on which the status was given."
    )
    status = fields.Selection(
        [("not_applicable", "Not applicable")] + DECLARED_STATUS,
        compute="_compute_status",
        store=True,
        index=True,
    )
    conclusion = fields.Html(tracking=False)
    user_id = fields.Many2one(
        "res.users", "Owner", check_company=True, tracking=True, index=True
    )
    to_confirm = fields.Boolean(
        "To Be Confirmed",
        tracking=True,
        help="The text of the indicator has changed since this was written.",
    )
    reviewer_id = fields.Many2one("res.users", readonly=True, tracking=True)
    reviewed_on = fields.Date(readonly=True, tracking=True)
    review_state = fields.Selection(
        [("none", "Not reviewed"), ("valid", "Reviewed"), ("stale", "Review stale")],
        "Review",
        compute="_compute_review_state",
        search="_search_review_state",
    )

    _requirement_uniq = models.Constraint(
        "UNIQUE(checklist_id, requirement_id)",
        "This indicator already stands in the checklist.",
    )

    @api.model
    def _group_expand_criteria(self, criteria, domain):
        # seven criteria
        return criteria.search([])  # pylint: disable=no-search-all

    @api.depends_context("lang")
    @api.depends("indicator_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.indicator_id.display_name

    @api.depends_context("lang")
    @api.depends("requirement_id", "frozen_statement_fr", "frozen_statement_en")
    def _compute_statement(self):
        for line in self:
            line.statement = (
                line._bilingual("frozen_statement")
                or line.requirement_id._bilingual("statement")
                if line.requirement_id
                else False
            )

    @api.depends_context("lang")
    @api.depends("guide_entry_id", "requirement_id")
    def _compute_guide_notice(self):
        for line in self:
            line.guide_notice = line.guide_entry_id._notice_beside(line.requirement_id)

    @api.depends_context("uid")
    @api.depends("user_id", "checklist_id.state")
    def _compute_may_edit(self):
        manager = self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager")
        for line in self:
            line.may_edit = line.checklist_id.state == "open" and (
                manager or line.user_id == self.env.user
            )

    @api.depends_context("lang")
    @api.depends("rule_reasons", "override_applicability", "override_reason")
    def _compute_applicability_reason(self):
        for line in self:
            reasons = self.env["qualiopi.reason"]._texts(line.rule_reasons or [])
            if line.override_applicability:
                reasons.insert(
                    0,
                    self.env._(
                        "Overruled: %(reason)s", reason=line.override_reason or ""
                    ),
                )
            line.applicability_reason = "\n".join(reasons)

    @api.depends("rule_applicability", "override_applicability")
    def _compute_applicability(self):
        for line in self:
            line.applicability = (
                line.override_applicability or line.rule_applicability or "unsettled"
            )

    @api.depends("applicability", "declared_status")
    def _compute_status(self):
        for line in self:
            line.status = (
                "not_applicable"
                if line.applicability == "not_applicable"
                else line._applicable_status()
            )

    def _applicable_status(self):
        """:return: where an indicator that applies stands"""
        return self.declared_status

    @api.depends("reviewed_on", "company_id.qualiopi_review_months")
    def _compute_review_state(self):
        for line in self:
            if not line.reviewed_on:
                line.review_state = "none"
            elif line.reviewed_on < line.company_id._qualiopi_oldest_valid_review():
                line.review_state = "stale"
            else:
                line.review_state = "valid"

    def _search_review_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain("reviewed_on", "=", False) if "none" in value else Domain.FALSE
        reviewed = Domain("reviewed_on", "!=", False)
        # sudo: res.company - the limits of all companies, whichever the reader may
        # see: the record rules filter the lines themselves
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        for company in companies:
            limit = company._qualiopi_oldest_valid_review()
            of_company = reviewed & Domain("company_id", "=", company.id)
            if "stale" in value:
                found |= of_company & Domain("reviewed_on", "<", limit)
            if "valid" in value:
                found |= of_company & Domain("reviewed_on", ">=", limit)
        return found

    @api.constrains("override_applicability", "override_reason")
    def _check_override_reason(self):
        for line in self:
            if line.override_applicability and not (line.override_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Write why the rule is overruled for indicator %(indicator)s: "
                        "the auditor will ask.",
                        indicator=line.indicator_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.checklist_id._check_open()
        return lines

    def write(self, vals):
        # set by any message with a file, which stays allowed
        if not vals.keys() <= {"message_main_attachment_id"}:
            target = self.checklist_id.browse(vals.get("checklist_id"))
            (self.checklist_id | target)._check_open()
        self._check_may_write(vals)
        result = super().write(vals)
        if "declared_status" in vals and "assessed_on" not in vals:
            self._date_status()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        self.checklist_id._check_open()

    @api.model
    def _manager_fields(self):
        """:return: names of the fields that a manager writes"""
        return MANAGER_FIELDS

    def _check_may_write(self, vals):
        """Keep those who are not managers to what they were put in charge of.

        :raise AccessError: for any other field
        """
        if self.env.su:
            return
        user = self.env.user
        manager = user.has_group("qualiopi_compliance.group_qualiopi_manager")
        allowed = self._manager_fields() if manager else CONTRIBUTOR_FIELDS
        others = [
            name
            for name in vals
            if name in self._fields
            and name not in allowed
            and name not in self.env["mail.thread"]._fields
            and name not in self.env["mail.activity.mixin"]._fields
        ]
        if others:
            raise AccessError(
                self.env._(
                    "You cannot change this on a checklist by hand: %(fields)s. "
                    "%(role)s",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in sorted(others)
                    ),
                    role=self.env._("It is written when you assess or review.")
                    if manager
                    else self.env._(
                        "You can write the conclusion and add documents; ask a "
                        "quality manager for the rest."
                    ),
                )
            )

    def _date_status(self):
        """Write down when the status was given, and that it is up to date."""
        today = self.env["qualiopi.framework"]._today()
        for status, lines in self.grouped("declared_status").items():
            day = today if status != "not_assessed" else False
            # sudo: qualiopi.checklist.line - dates are written by this code alone
            lines.sudo().write({"assessed_on": day, "to_confirm": False})

    def action_review(self):
        """Record that the conclusion was read again and still holds today."""
        self.check_access("write")
        if not self.env.user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            raise AccessError(self.env._("Only a quality manager confirms a review."))
        self.checklist_id._check_open()
        # sudo: qualiopi.checklist.line - who reviewed, and when, is never typed in
        self.sudo().write(
            {
                "reviewer_id": self.env.uid,
                "reviewed_on": self.env["qualiopi.framework"]._today(),
                "to_confirm": False,
            }
        )

    def action_open_requirement(self):
        """Open the official text with what changed."""
        self.ensure_one()
        return self.requirement_id.get_formview_action()
