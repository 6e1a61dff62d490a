from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.audit_calendar import add_months
from ...rules.file_content import stem
from .scopes import SCOPES


class QualiopiEvidence(models.Model):
    """A dated document that proves something: files or a link, and what it is about.

    Draft -> submitted -> validated, or rejected with a reason. Once validated it does
    not change: a new version supersedes it, and the old one stays, with whom it was
    given to. It is valid from its own date, not from the day it was uploaded, until it
    runs out or is superseded. One document may serve several indicators.
    """

    _name = "qualiopi.evidence"
    _description = "Evidence"
    _inherit = ["mail.thread.main.attachment", "mail.activity.mixin"]
    _order = "effective_on desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    type_id = fields.Many2one(
        "qualiopi.document.type",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('company_id', 'in', (False, company_id))]",
    )
    type_help = fields.Text(related="type_id.help")
    scope = fields.Selection(
        SCOPES,
        "About",
        compute="_compute_scope",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_evidence_indicator_rel",
        "evidence_id",
        "indicator_id",
        "Indicators",
        compute="_compute_indicator_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Is reminded before it runs out.",
    )
    effective_on = fields.Date(
        "Date",
        tracking=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
        help="The document's own date, from which it is valid: not that of its upload.",
    )
    valid_until = fields.Date(
        compute="_compute_valid_until",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Last day; empty when it does not run out.",
    )
    url = fields.Char("Link", tracking=True)
    note = fields.Text("Notes")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("validated", "Validated"),
            ("rejected", "Rejected"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )

    _company_type_idx = models.Index("(company_id, scope, type_id)")
    _validated_dated = models.Constraint(
        "CHECK(state NOT IN ('submitted', 'validated') OR effective_on IS NOT NULL)",
        "Enter the document's own date before it is submitted.",
    )

    @api.depends("type_id", "attachment_ids", "url")
    def _compute_name(self):
        for evidence in self:
            file = stem(evidence.attachment_ids[:1].name or "")
            evidence.name = (
                evidence.name or evidence.type_id.name or file or evidence.url or ""
            )

    @api.depends("type_id")
    def _compute_scope(self):
        for evidence in self:
            evidence.scope = (
                evidence.type_id.scope or evidence.scope or evidence._default_scope()
            )

    @api.depends("type_id")
    def _compute_indicator_ids(self):
        for evidence in self:
            brought = evidence.type_id.indicator_ids
            # in a form: what another type had brought goes with it
            former = evidence._origin.type_id.indicator_ids
            evidence.indicator_ids = evidence.indicator_ids - former | brought

    @api.depends("type_id", "effective_on")
    def _compute_valid_until(self):
        for evidence in self:
            months = evidence.type_id.validity_months
            evidence.valid_until = (
                add_months(evidence.effective_on, months)
                if months and evidence.effective_on
                else evidence.valid_until
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_clean_url(vals) for vals in vals_list])

    def write(self, vals):
        retyped = "type_id" in vals and "indicator_ids" not in vals
        brought = {row: row.type_id.indicator_ids for row in self if retyped}
        result = super().write(self._with_clean_url(vals))
        for evidence, indicators in brought.items():
            if left := indicators - evidence.type_id.indicator_ids:
                evidence.indicator_ids -= left
        return result

    @api.model
    def _with_clean_url(self, vals):
        return {**vals, "url": vals["url"].strip()} if vals.get("url") else vals

    def copy_data(self, default=None):
        return [
            vals | {"name": self.env._("%(name)s (copy)", name=evidence.name)}
            if "name" not in (default or {})
            else vals
            for evidence, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.model
    def _list_action(self, domain, context=None, name=None):
        """:return: an action that opens these documents"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_evidence_action"
        )
        action |= {"domain": list(domain), "context": context or {}}
        return action | ({"name": name, "display_name": name} if name else {})

    @api.constrains("url")
    def _check_url(self):
        for evidence in self.filtered("url"):
            try:
                parts = urlsplit(evidence.url)
            except ValueError:
                parts = urlsplit("")
            if parts.scheme not in ("http", "https") or not parts.netloc:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not the address of a page. Copy it from the "
                        "browser: it begins with https:// or http://.",
                        url=evidence.url,
                    )
                )

    @api.constrains("effective_on", "valid_until")
    def _check_dates(self):
        for evidence in self:
            until, day = evidence.valid_until, evidence.effective_on
            if until and day and until < day:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is dated %(day)s and would run out on %(until)s, "
                        "before it is valid at all. Correct one of the two dates.",
                        name=evidence.name,
                        day=format_date(self.env, day),
                        until=format_date(self.env, until),
                    )
                )
