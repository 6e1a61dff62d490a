from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.subcontractor_file import FirmFacts, missing_in_firm, renewals
from ..training.count_search import by_count

# More days than that are counted rather than named one by one.
DAYS_NAMED = 5


class QualiopiSubcontractor(models.Model):
    """What a firm's file lacks today, what expires, what speaks against some days."""

    _inherit = "qualiopi.subcontractor"

    missing_list = fields.Html(compute="_compute_missing", sanitize=False)
    missing_text = fields.Text("Still Missing", compute="_compute_missing")
    missing_count = fields.Integer(
        "Pieces Missing", compute="_compute_missing", search="_search_missing_count"
    )
    next_assessment_on = fields.Date(
        "Next Assessment", compute="_compute_renewals", store=True
    )
    expires_on = fields.Date(
        "Next to Renew",
        compute="_compute_renewals",
        store=True,
        help="The first of: insurance, certificate where the law asks for one, next "
        "assessment.",
    )
    expiring = fields.Boolean(
        "Expires Soon", compute="_compute_expiring", search="_search_expiring"
    )
    micro_exempt = fields.Boolean(related="company_id.qualiopi_micro_exempt")
    cpf_text = fields.Text("Ceiling", compute="_compute_cpf_text")

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "cpf",
        "micro_entrepreneur",
        "nda",
        "nda_checked_on",
        "insurance_until",
        "charter_on",
        "assessed_on",
        "certificate_until",
        "trainer_ids",
        "contract_ids.state",
        "contract_ids.date_from",
        "contract_ids.date_to",
        "company_id.qualiopi_micro_exempt",
        "company_id.qualiopi_assessment_months",
    )
    def _compute_missing(self):
        today = self.env["qualiopi.framework"]._today()
        for firm in self:
            items = missing_in_firm(firm._facts(today), today)
            lines = [self._missing_line(item) for item in items]
            firm.missing_count = len(items)
            firm.missing_text = "\n".join(lines)
            firm.missing_list = self._missing_html(items)

    @api.model
    def _missing_line(self, item):
        """:return: one missing thing and the text that wants it, in words"""
        return self.env._(
            "%(piece)s – %(reason)s",
            piece=self.env._(item.label),
            reason=self.env._(item.source),
        )

    @api.model
    def _missing_html(self, items):
        """:return: the missing things as a list, what a text wants in bold"""
        bold = Markup("<li><strong>%s</strong></li>")
        plain = Markup("<li>%s</li>")
        return Markup("<ul>%s</ul>") % Markup().join(
            (bold if item.severity == "compulsory" else plain)
            % self._missing_line(item)
            for item in items
        )

    def _search_missing_count(self, operator, value):
        return by_count(self, "missing_count", operator, value)

    @api.depends(
        "kind",
        "cpf",
        "micro_entrepreneur",
        "insurance_until",
        "assessed_on",
        "certificate_until",
        "company_id.qualiopi_micro_exempt",
        "company_id.qualiopi_assessment_months",
    )
    def _compute_renewals(self):
        for firm in self:
            due = firm._renewals()
            firm.next_assessment_on = due.get("assessment", False)
            firm.expires_on = min(due.values(), default=False)

    @api.depends("expires_on", "company_id.qualiopi_expiry_days")
    def _compute_expiring(self):
        today = self.env["qualiopi.framework"]._today()
        for firm in self:
            horizon = firm.company_id._qualiopi_horizon(today)
            firm.expiring = bool(firm.expires_on and firm.expires_on <= horizon)

    def _search_expiring(self, operator, value):
        if operator != "in" or list(value) != [True]:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("expires_on", "<=", company._qualiopi_horizon(today))
            for company in self.env.companies
        )

    @api.depends_context("lang")
    @api.depends("company_id.qualiopi_cpf_cap", "company_id.qualiopi_cpf_turnover")
    def _compute_cpf_text(self):
        year = self.env["qualiopi.framework"]._today().year
        texts = {
            company: company._qualiopi_cpf_text(year) for company in self.company_id
        }
        for firm in self:
            firm.cpf_text = texts.get(firm.company_id)

    def _facts(self, day, cpf=None):
        """:param cpf: whether it works for the CPF, as its file says by default
        :return: what the rules read of this firm
        """
        self.ensure_one()
        company = self.company_id
        return FirmFacts(
            kind=self.kind,
            cpf=self.cpf if cpf is None else cpf,
            exempt=bool(company.qualiopi_micro_exempt and self.micro_entrepreneur),
            nda=bool(self.nda),
            nda_checked=bool(self.nda_checked_on),
            insurance_until=self.insurance_until or None,
            charter=bool(self.charter_on),
            assessed_on=self.assessed_on or None,
            assessment_months=company.qualiopi_assessment_months,
            certificate_until=self.certificate_until or None,
            people=bool(self.trainer_ids),
            contract=bool(self._uncovered([day]) == []),
        )

    def _renewals(self):
        """:return: piece (``insurance``, ``certificate``, ``assessment``) -> day"""
        self.ensure_one()
        return renewals(self._facts(self.env["qualiopi.framework"]._today()))

    # Days

    def _uncovered(self, days, program=None, cpf=False):
        """:return: those of the days that no signed contract covers, in order"""
        return [
            day
            for day in sorted(days)
            if not any(
                contract._covers(day, program, cpf) for contract in self.contract_ids
            )
        ]

    def _problems_on(self, days, cpf=False, program=None):
        """What speaks against work of this firm on these days.

        Reads its contracts with those of all firms that were read with it.

        :param cpf: paid by the personal training account
        :param program: that is taught, any when it is not given
        :return: list of (code, sentence); a code that ends in ``-advice`` is a
            remark that should refuse nothing
        """
        self.ensure_one()
        days = sorted(days)
        if not days:
            return []
        problems = self._contract_problems(days, cpf, program)
        if not self.active:
            problems.append(
                ("firm-archived", self.env._("%(firm)s is archived.", firm=self.name))
            )
        for item in missing_in_firm(self._facts(days[-1], cpf=cpf), days[-1]):
            problem = self._piece_problem(item, days[-1])
            if problem:
                problems.append(problem)
        return problems

    def _contract_problems(self, days, cpf, program):
        uncovered = self._uncovered(days, program, cpf)
        if not uncovered:
            return []
        values = {"firm": self.name, "days": self._days_text(uncovered)}
        if cpf and self.kind == "subcontracting":
            text = self.env._(
                "No signed CPF contract with %(firm)s covers %(days)s: it is wanted in "
                "writing (R. 6333-6-2).",
                **values,
            )
        else:
            text = self.env._(
                "No signed contract with %(firm)s covers %(days)s.", **values
            )
        return [("firm-contract", text)]

    @api.model
    def _days_text(self, days):
        first, last = format_date(self.env, days[0]), format_date(self.env, days[-1])
        if len(days) == 1:
            return first
        if days[-1] - days[0] == timedelta(days=len(days) - 1):
            return self.env._("%(first)s to %(last)s", first=first, last=last)
        if len(days) > DAYS_NAMED:
            return self.env._(
                "%(count)s days between %(first)s and %(last)s",
                count=len(days),
                first=first,
                last=last,
            )
        return ", ".join(format_date(self.env, day) for day in days)

    def _piece_problem(self, item, day):
        """:return: (code, sentence) of a missing piece that concerns a given day"""
        values = {"firm": self.name, "day": format_date(self.env, day)}
        if item.code == "nda" and item.severity == "compulsory":
            return "firm-nda", self.env._(
                "%(firm)s has no declaration number (NDA) on file: nothing of the CPF "
                "may be entrusted to it without one (L. 6323-9-2).",
                **values,
            )
        sentences = {
            "nda": self.env._(
                "The declaration number (NDA) of %(firm)s is not known.", **values
            ),
            "insurance": self.env._(
                "The insurance of %(firm)s is not known.", **values
            ),
            "insurance_old": self.env._(
                "The insurance of %(firm)s is no longer valid on %(day)s.", **values
            ),
            "certificate": self.env._(
                "%(firm)s has no certificate of quality on file: under the CPF the law "
                "asks for it (L. 6323-9-2), but for the exemption of the settings.",
                **values,
            ),
            "certificate_old": self.env._(
                "The certificate of quality of %(firm)s is no longer valid on %(day)s.",
                **values,
            ),
        }
        if item.code not in sentences:
            return None
        kept = ("insurance_old", "certificate", "certificate_old")
        code = f"firm-{item.code.removesuffix('_old')}"
        return (
            code if item.code in kept else f"{code}-advice",
            sentences[item.code],
        )
