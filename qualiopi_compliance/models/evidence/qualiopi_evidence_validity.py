from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.evidence_validity import validity


class QualiopiEvidence(models.Model):
    """Whether a document counts today, and what is odd about it."""

    _inherit = "qualiopi.evidence"

    validity = fields.Selection(
        [
            ("later", "Not valid yet"),
            ("valid", "Valid"),
            ("soon", "Runs out soon"),
            ("over", "Run out"),
            ("superseded", "Superseded"),
        ],
        compute="_compute_validity",
        search="_search_validity",
        help="Of a validated document, today.",
    )
    warning = fields.Text(compute="_compute_warning")

    @api.depends("state", "effective_on", "valid_until", "superseded_on", "company_id")
    def _compute_validity(self):
        today = self.env["qualiopi.framework"]._today()
        for evidence in self:
            horizon = evidence.company_id._qualiopi_horizon(today)
            evidence.validity = (
                validity(
                    today,
                    horizon,
                    evidence.effective_on,
                    evidence.valid_until or None,
                    evidence.superseded_on or None,
                )
                if evidence.state == "validated"
                else False
            )

    def _search_validity(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        superseded = Domain("superseded_on", "<=", today)
        later = ~superseded & Domain("effective_on", ">", today)
        over = ~superseded & ~later & Domain("valid_until", "<", today)
        holds = ~superseded & ~later & ~over
        soon = holds & self._ending_domain(today)
        parts = {
            "superseded": superseded,
            "later": later,
            "over": over,
            "soon": soon,
            "valid": holds & ~soon,
        }
        validated = Domain("state", "=", "validated")
        found = validated & Domain.OR(parts[code] for code in value if code in parts)
        return found | ~validated if False in value else found

    @api.model
    def _ending_domain(self, today):
        """:return: what runs out by the day up to which its company announces it"""
        # sudo: res.company - how long ahead each announces; rules filter documents
        companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
        return Domain.OR(
            Domain("company_id", "in", some.ids)
            & Domain("valid_until", "<=", some[0]._qualiopi_horizon(today))
            for some in companies.grouped("qualiopi_expiry_days").values()
        )

    @api.depends_context("lang")
    @api.depends("state", "effective_on", "valid_until", "previous_id", "record_gone")
    def _compute_warning(self):
        today = self.env["qualiopi.framework"]._today()
        for evidence in self:
            evidence.warning = "\n".join(evidence._warnings(today)) or False

    def _warnings(self, today):
        """:return: sentences on what is unusual, and maybe right"""
        self.ensure_one()
        warnings = []
        if self.record_gone:
            warnings.append(
                self.env._(
                    "%(about)s was deleted. The document is kept; it proves nothing "
                    "any more.",
                    about=self.about,
                )
            )
        day, until = self.effective_on, self.valid_until
        if day and day > today:
            warnings.append(
                self.env._(
                    "It is dated %(day)s: it counts from that day on.",
                    day=format_date(self.env, day),
                )
            )
        if until and until < today and not self.superseded_on:
            warnings.append(
                self.env._(
                    "It ran out on %(day)s. Ask for a new one and add it as its new "
                    "version.",
                    day=format_date(self.env, until),
                )
            )
        if version := self._version_warning():
            warnings.append(version)
        return warnings
