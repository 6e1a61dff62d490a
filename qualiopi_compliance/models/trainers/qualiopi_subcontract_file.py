from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.subcontractor_file import ContractFacts, missing_in_contract
from ..training.count_search import by_count
from .qualiopi_subcontract import TERMS_READERS

# Fields of a contract that are one mention of it each.
MENTIONS = ("tasks", "content", "sanction", "means", "conditions", "follow_up")


class QualiopiSubcontract(models.Model):
    """What a contract says of the indicators, what it lacks, what is unusual."""

    _inherit = "qualiopi.subcontract"

    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_subcontract_indicator_rel",
        "contract_id",
        "indicator_id",
        "Indicators of the Subcontractor",
        groups=TERMS_READERS,
        help="Those that whoever delivers answers for: the tasks entrusted concern "
        "them. The others are the principal's.",
    )
    framework_id = fields.Many2one(
        "qualiopi.framework",
        "Framework",
        compute="_compute_indicators",
        groups=TERMS_READERS,
    )
    principal_indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        string="Indicators of the Principal",
        compute="_compute_indicators",
        groups=TERMS_READERS,
        help="Those of the framework in force when the contract begins that are not "
        "the subcontractor's, for the categories of its programmes, else of the "
        "company.",
    )
    compliance_statement = fields.Text(
        "Indicator 27", compute="_compute_compliance_statement"
    )
    compliance_clause = fields.Text(
        compute="_compute_compliance_clause",
        store=True,
        readonly=False,
        precompute=True,
        help="How respect of the framework is traced: a proposal of ours, to adapt.",
    )
    missing_list = fields.Html(
        compute="_compute_missing", compute_sudo=True, sanitize=False
    )
    missing_text = fields.Text(
        "Still Missing", compute="_compute_missing", compute_sudo=True
    )
    missing_count = fields.Integer(
        "Mentions Missing",
        compute="_compute_missing",
        compute_sudo=True,
        search="_search_missing_count",
    )
    warning = fields.Text(compute="_compute_warning", compute_sudo=True)
    expiring = fields.Boolean(
        "Expires Soon", compute="_compute_expiring", search="_search_expiring"
    )
    in_force = fields.Boolean(compute="_compute_in_force", search="_search_in_force")
    cpf_text = fields.Text(
        "Ceiling",
        compute="_compute_cpf_text",
        groups=TERMS_READERS,
    )

    @api.depends("date_from", "indicator_ids", "program_ids")
    def _compute_indicators(self):
        # sudo: qualiopi.framework - shared reference, for who plans sessions too
        frameworks = self.env["qualiopi.framework"].sudo()
        by_day = {}
        for contract in self:
            day = contract.date_from or frameworks._today()
            if day not in by_day:
                by_day[day] = frameworks._for_date(day)
            contract.framework_id = by_day[day]
            rows = by_day[day].requirement_ids
            # sudo: qualiopi.company.category - what the company delivers at all
            declared = contract.company_id.sudo().qualiopi_company_category_ids
            categories = contract.program_ids.category_id or declared.category_id
            categories = categories._origin
            if categories:
                rows = rows.filtered(
                    lambda row, all_=categories: row.category_ids & all_
                )
            contract.principal_indicator_ids = (
                rows.indicator_id - contract.indicator_ids._origin
            )

    @api.depends_context("lang")
    @api.depends("date_from")
    def _compute_compliance_statement(self):
        # sudo: qualiopi.framework - shared reference, as above
        frameworks = self.env["qualiopi.framework"].sudo()
        for contract in self:
            day = contract.date_from or frameworks._today()
            rows = frameworks._for_date(day).requirement_ids
            row = rows.filtered(lambda requirement: requirement.number == 27)
            contract.compliance_statement = row.statement

    @api.depends("direction", "subcontractor_id")
    def _compute_compliance_clause(self):
        for contract in self:
            if contract.direction != "given" or contract.compliance_clause:
                continue
            contract.compliance_clause = contract._default_clause()

    def _default_clause(self):
        """:return: our proposal, in the language of the firm"""
        self.ensure_one()
        document = self.env["qualiopi.training.document"]
        lang = document._installed_lang(
            self.partner_id.lang, self.company_id.partner_id.lang
        )
        return self.with_context(lang=lang).env._(
            "The subcontractor carries out the tasks above in keeping with the "
            "national quality framework (article L. 6316-3 of the Labour Code). It "
            "answers for the indicators listed under its name and, once each session "
            "has ended, gives the principal the documents that show it. The principal "
            "checks these documents, assesses the subcontractor and keeps a record of "
            "both. Each party tells the other in writing of any gap it finds, with "
            "what will be done about it and by when."
        )

    @api.depends_context("lang")
    @api.depends(
        *MENTIONS,
        "direction",
        "state",
        "cpf",
        "hours",
        "amount",
        "date_from",
        "date_to",
        "signed_on",
        "sent_to_cdc_on",
        "indicator_ids",
        "compliance_clause",
        "subcontractor_id.nda",
        "company_id.qualiopi_nda",
    )
    def _compute_missing(self):
        firms = self.env["qualiopi.subcontractor"]
        for contract in self:
            items = contract._missing_items()
            contract.missing_count = len(items)
            contract.missing_text = "\n".join(map(firms._missing_line, items))
            contract.missing_list = firms._missing_html(items)

    def _search_missing_count(self, operator, value):
        return by_count(self, "missing_count", operator, value)

    def _missing_items(self):
        """:return: what the contract does not say; nothing of one that was cancelled"""
        self.ensure_one()
        if self.state == "cancelled":
            return ()
        return missing_in_contract(self._facts())

    def _facts(self):
        """:return: what the rules read of this contract"""
        self.ensure_one()
        given = self.direction == "given"
        nda = self.subcontractor_id.nda if given else self.company_id.qualiopi_nda
        today = self.env["qualiopi.framework"]._today()
        return ContractFacts(
            given=given,
            concluded_on=self.signed_on or today,
            ends_on=self.date_to or None,
            kind=self.kind or "subcontracting",
            cpf=self.cpf,
            nda=bool(nda),
            hours=self.hours > 0,
            period=bool(self.date_from and self.date_to),
            amount=self.amount > 0,
            indicators=bool(self.indicator_ids),
            clause=bool((self.compliance_clause or "").strip()),
            signed=self.state in ("signed", "ended"),
            sent=bool(self.sent_to_cdc_on),
            **{name: bool((self[name] or "").strip()) for name in MENTIONS},
        )

    @api.depends_context("lang")
    @api.depends(
        "state",
        "direction",
        "partner_id",
        "parent_id",
        "program_ids",
        "date_from",
        "date_to",
        "signed_on",
        "tasks",
    )
    def _compute_warning(self):
        others = self._neighbours()
        for contract in self:
            contract.warning = "\n".join(contract._warnings(others)) or False

    def _neighbours(self):
        """:return: contracts with the same parties, whatever their dates"""
        return self.search(
            [
                ("partner_id", "in", self.partner_id._origin.ids),
                ("company_id", "in", self.company_id._origin.ids),
                ("state", "!=", "cancelled"),
            ]
        )

    def _warnings(self, others):
        """:return: what is unusual about this contract, one sentence each"""
        self.ensure_one()
        if self.state == "cancelled":
            return []
        warnings = [
            self.env._(
                "“%(other)s” with the same party covers the same programme on some of "
                "these days: say which of the two holds.",
                other=other.display_name,
            )
            for other in others
            if self._overlaps(other)
        ]
        if not (self.tasks or "").strip():
            warnings.append(
                self.env._(
                    "No task is named: the auditor will check all indicators of the "
                    "subcontractor (guide V9, preamble)."
                )
            )
        firm = self.subcontractor_id
        if firm and not firm.active and self.state != "ended":
            warnings.append(
                self.env._("The file of %(firm)s is archived.", firm=firm.name)
            )
        if self.parent_id.no_chain and not self.parent_id.cpf:
            warnings.append(
                self.env._(
                    "“%(received)s” says that its actions may not be given on.",
                    received=self.parent_id.display_name,
                )
            )
        return warnings + self._date_warnings() + self._declaration_warnings()

    def _date_warnings(self):
        today = self.env["qualiopi.framework"]._today()
        warnings = []
        if self.state == "signed" and self.date_to and self.date_to < today:
            warnings.append(
                self.env._(
                    "Its last day is past: use “End”, and make the next contract if "
                    "work goes on."
                )
            )
        if self.signed_on and self.date_from and self.signed_on > self.date_from:
            warnings.append(
                self.env._(
                    "It was signed after its first day: an auditor will ask why."
                )
            )
        return warnings

    def _declaration_warnings(self):
        """:return: action categories that do not say what this contract shows

        A contract given is counted by itself: see ``_recorded_facts``.
        """
        declared = self.company_id.qualiopi_company_category_ids
        wanted = self.program_ids.category_id._origin or declared.category_id
        rows = declared.filtered(lambda row: row.category_id in wanted)
        acting = set(rows.mapped("acting_as_subcontractor"))
        if self.direction != "received" or acting != {"never"}:
            return []
        return [
            self.env._(
                "Our action categories say that we never act as subcontractor: correct "
                "them, they decide which indicators apply."
            )
        ]

    def _overlaps(self, other):
        own = self._origin or self
        if other == own or other.direction != self.direction or not self.date_from:
            return False
        programs, theirs = self.program_ids._origin, other.program_ids
        if not (programs & theirs or (not programs and not theirs)):
            return False
        return (not other.date_to or self.date_from <= other.date_to) and (
            not self.date_to or other.date_from <= self.date_to
        )

    @api.depends("state", "date_to", "company_id.qualiopi_expiry_days")
    def _compute_expiring(self):
        today = self.env["qualiopi.framework"]._today()
        for contract in self:
            horizon = contract.company_id._qualiopi_horizon(today)
            contract.expiring = bool(
                contract.state == "signed"
                and contract.date_to
                and today <= contract.date_to <= horizon
            )

    def _search_expiring(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        return Domain("state", "=", "signed") & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_to", ">=", today)
            & Domain("date_to", "<=", company._qualiopi_horizon(today))
            for company in self.env.companies
        )

    @api.depends("state", "date_from", "date_to")
    def _compute_in_force(self):
        today = self.env["qualiopi.framework"]._today()
        for contract in self:
            contract.in_force = bool(contract.date_from) and contract._covers(today)

    def _search_in_force(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        return (
            Domain("state", "in", ("signed", "ended"))
            & Domain("date_from", "<=", today)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
        )

    @api.depends_context("lang")
    @api.depends("cpf", "direction", "state", "amount", "date_from", "date_to")
    def _compute_cpf_text(self):
        today = self.env["qualiopi.framework"]._today()
        for contract in self:
            if not contract.cpf or contract.direction != "given":
                contract.cpf_text = False
                continue
            day = max(
                contract.date_from or today, min(today, contract.date_to or today)
            )
            contract.cpf_text = contract.company_id._qualiopi_cpf_text(day.year)

    def action_print(self):
        """Print the contract with its clauses; it stays on its record."""
        self.check_access("write")
        document = self.env["report.qualiopi_compliance.training_subcontract"]
        return document._print(self)._qualiopi_download_action()
