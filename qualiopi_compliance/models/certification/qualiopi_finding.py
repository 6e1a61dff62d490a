from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules.applicability import Applicability
from ...rules.verdict import Finding, check_finding

REQUIREMENTS = [
    ("display", "Display of the certificate"),
    ("logo", "Use of the mark"),
    ("other", "Another requirement"),
]
NONCONFORMITIES = ("minor", "major")


class QualiopiFinding(models.Model):
    """What an auditor writes, on an indicator or on another requirement.

    Written during the audit, frozen with it. A minor or major one makes a
    non-conformity at the closing meeting; what was corrected on the spot is lifted on
    that day.
    """

    _name = "qualiopi.finding"
    _description = "Finding"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, number, id"
    _rec_names_search = ["name", "indicator_id"]
    _check_company_auto = True

    audit_id = fields.Many2one(
        "qualiopi.audit", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="audit_id.company_id", store=True)
    audit_state = fields.Selection(related="audit_id.state")
    audit_kind = fields.Selection(
        related="audit_id.kind", string="Kind of Audit", store=True
    )
    certification_id = fields.Many2one(related="audit_id.certification_id", store=True)
    framework_id = fields.Many2one(related="audit_id.framework_id", store=True)
    date = fields.Date("Date of the Audit", related="audit_id.date_begin", store=True)
    item_id = fields.Many2one(
        "qualiopi.audit.item",
        compute="_compute_item_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator", index="btree_not_null", ondelete="restrict"
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    criterion_id = fields.Many2one(related="indicator_id.criterion_id", store=True)
    requirement = fields.Selection(REQUIREMENTS, "Other Requirement")
    gravity = fields.Selection(
        [
            ("strong", "Strong point"),
            ("remark", "Remark"),
            ("minor", "Minor non-conformity"),
            ("major", "Major non-conformity"),
        ],
        required=True,
        default="remark",
    )
    name = fields.Text("What Is Found", required=True)
    proof = fields.Text("What It Rests On", help="What was seen, said, missing.")
    lifted_on_the_day = fields.Boolean(
        "Lifted on the Day", help="Corrected on the spot and seen by the auditor."
    )
    lifting_note = fields.Text("How It Was Corrected")
    nonconformity_ids = fields.One2many(
        "qualiopi.nonconformity", "finding_id", "Non-Conformity"
    )
    about = fields.Char(compute="_compute_about")
    hint = fields.Char(compute="_compute_hint")

    @api.depends_context("lang")
    @api.depends("indicator_id", "requirement", "gravity")
    def _compute_display_name(self):
        gravities = dict(self._fields["gravity"]._description_selection(self.env))
        for finding in self:
            finding.display_name = (
                f"{finding._subject()} – {gravities.get(finding.gravity, '')}"
            )

    @api.depends_context("lang")
    @api.depends("indicator_id", "requirement")
    def _compute_about(self):
        for finding in self:
            finding.about = finding._subject()

    def _subject(self):
        """:return: the indicator or the other requirement, in words"""
        self.ensure_one()
        if self.indicator_id:
            return self.indicator_id.display_name
        labels = dict(self._fields["requirement"]._description_selection(self.env))
        return labels.get(self.requirement, "")

    @api.depends("audit_id.item_ids.indicator_id", "indicator_id")
    def _compute_item_id(self):
        for finding in self:
            finding.item_id = finding.audit_id.item_ids.filtered(
                lambda item, row=finding: item.indicator_id == row.indicator_id
            )[:1]

    @api.depends_context("lang")
    @api.depends("audit_id", "indicator_id", "requirement", "gravity")
    def _compute_hint(self):
        """Why it will be refused as it stands, before anybody saves it."""
        for finding in self:
            chosen = finding.indicator_id or finding.requirement
            complete = finding.audit_id and chosen
            finding.hint = finding._refusal_text() if complete else False

    @api.model_create_multi
    def create(self, vals_list):
        findings = super().create(vals_list)
        findings._check_begun()
        findings.item_id._take_findings()
        return findings

    def write(self, vals):
        before = self.item_id
        result = super().write(vals)
        if {"audit_id", "indicator_id"} & vals.keys():
            self._check_begun()
            (before | self.item_id)._take_findings()
        return result

    def _check_begun(self):
        """:raise UserError: for what would be found before the audit begins"""
        for audit in self.audit_id:
            if audit.state in ("planned", "cancelled"):
                raise UserError(
                    self.env._(
                        "“%(name)s” has not begun: open it first, then write what is "
                        "found.",
                        name=audit.display_name,
                    )
                )

    def unlink(self):
        items = self.item_id
        result = super().unlink()
        items._take_findings()
        return result

    @api.constrains("gravity", "indicator_id", "requirement", "audit_id")
    def _check_finding(self):
        for finding in self:
            refusal = finding._refusal_text()
            if refusal:
                raise ValidationError(refusal)

    def _refusal_text(self):
        """:return: why it may not be written as it stands, in words"""
        self.ensure_one()
        if self.indicator_id and self._applicability() is None:
            return self.env._(
                "Indicator %(number)s is not part of the framework that holds on the "
                "day of this audit: choose another one.",
                number=self.indicator_id.number,
            )
        refusal = self._refusal()
        return self.env["qualiopi.reason"]._say(refusal) if refusal else ""

    def _refusal(self):
        """:return: why it may not be written as it stands, ``None`` when it may
        :rtype: Statement | None
        """
        self.ensure_one()
        return check_finding(
            self.gravity,
            self.audit_id._decides(),
            self._applicability(),
            self.requirement or None,
        )

    def _applicability(self):
        """:return: what is known of its indicator on the day of the audit"""
        self.ensure_one()
        if not self.indicator_id:
            return None
        line = self.item_id.line_id or self.audit_id._line_of(self.indicator_id)
        if line:
            return Applicability(
                number=self.number,
                status=line.applicability,
                categories=(),
                reasons=(),
                regime=line.regime or "standard",
                regimes=(),
                gravity=line.gravity or "unknown",
            )
        known = self.audit_id._scope_indicators().get(self.indicator_id)
        return known and known.applicability

    @api.constrains("lifted_on_the_day", "lifting_note", "gravity")
    def _check_lifting(self):
        for finding in self.filtered("lifted_on_the_day"):
            if finding.gravity not in NONCONFORMITIES:
                raise ValidationError(
                    self.env._(
                        "A strong point or a remark is no non-conformity: nothing to "
                        "lift."
                    )
                )
            if not (finding.lifting_note or "").strip():
                raise ValidationError(
                    self.env._("Write how it was corrected on the spot.")
                )

    def _rule(self):
        """:return: what the rules on verdicts read of a finding that is no
        non-conformity, or not yet
        :rtype: Finding
        """
        self.ensure_one()
        return Finding(
            key=f"finding-{self.id}",
            name=self._subject(),
            gravity=self.gravity,
            indicator=self.number or None,
            requirement=self.requirement or None,
            notified_on=self.audit_id.notified_on or None,
        )

    def _make_nonconformities(self):
        """At the closing meeting, one for each finding that is minor or major."""
        # sudo: qualiopi.nonconformity - made by the closing meeting alone
        Nonconformity = self.env["qualiopi.nonconformity"].sudo()
        today = self.env["qualiopi.framework"]._today()
        for finding in self:
            if finding.gravity not in NONCONFORMITIES or finding.nonconformity_ids:
                continue
            audit = finding.audit_id
            closing = min(audit.date_end, max(today, audit.date_begin))
            made = Nonconformity.create(
                {
                    "finding_id": finding.id,
                    "gravity": finding.gravity,
                    "user_id": audit.user_id.id,
                    "notified_on": audit.notified_on,
                }
            )
            if finding.lifted_on_the_day:
                made.correction = finding.lifting_note
                made._go("lifted", lifted_on=closing, lifted_by_id=self.env.uid)
