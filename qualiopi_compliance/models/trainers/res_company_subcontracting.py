from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount, formatLang

from ..organisation.french_numbers import is_year
from ..organisation.qualiopi_reminder import Reminder


class ResCompany(models.Model):
    """The company's rules on subcontracting, and its ceiling under the CPF."""

    _inherit = "res.company"

    qualiopi_cpf_cap = fields.Float(
        "Ceiling of CPF Subcontracting",
        default=80,
        groups="base.group_user",
        help="Per cent of the turnover made on the CPF platform in a calendar year "
        "(R. 6333-6-2 of the Labour Code). The order of 3 January 2024 sets 80: known "
        "here from secondary sources only, and another order may change it.",
    )
    qualiopi_cpf_turnover = fields.Monetary(
        "CPF Turnover",
        groups="base.group_user",
        help="Made on the CPF platform in the year below. Empty: not known.",
    )
    # a text, like the years of the training revenue: an integer shows 0
    qualiopi_cpf_turnover_year = fields.Char(
        "CPF Turnover Year", groups="base.group_user"
    )
    qualiopi_micro_exempt = fields.Boolean(
        "Micro-Entrepreneurs Need No Certificate",
        default=True,
        groups="base.group_user",
        help="Under the CPF, subcontractors under the micro-social scheme whose "
        "turnover stays below its limit need no certificate of quality of their own. "
        "Turn it off if your certifier or the Caisse des dépôts says otherwise.",
    )
    qualiopi_micro_exempt_source = fields.Text(
        "Source of the Exemption",
        groups="base.group_user",
        default=lambda self: self.env._(
            "R. 6333-6-3 of the Labour Code, in force since 1 April 2024: who is under "
            "the micro-social scheme (L. 613-7 of the Social Security Code) and within "
            "the turnover of 2° of 1 of article 50-0 of the General Tax Code is exempt "
            "from holding the quality certificate of L. 6316-1."
        ),
        help="Kept with the setting: what it rests on, or what you were answered.",
    )

    @api.constrains("qualiopi_cpf_cap", "qualiopi_cpf_turnover")
    def _check_qualiopi_cpf_figures(self):
        for company in self:
            if not 0 <= company.qualiopi_cpf_cap <= 100:
                raise ValidationError(
                    self.env._(
                        "A ceiling of %(share)s per cent of a turnover is not "
                        "possible: enter 0 to 100.",
                        share=f"{company.qualiopi_cpf_cap:g}",
                    )
                )
            if company.qualiopi_cpf_turnover < 0:
                raise ValidationError(
                    self.env._("“CPF Turnover” cannot be negative: leave it empty.")
                )

    @api.constrains("qualiopi_cpf_turnover_year")
    def _check_qualiopi_cpf_year(self):
        this_year = self.env["qualiopi.framework"]._today().year
        for company in self:
            year = company.qualiopi_cpf_turnover_year
            if year and not is_year(year, this_year):
                raise ValidationError(
                    self.env._(
                        "%(year)s is not a possible year for “%(field)s”: four digits "
                        "are expected, not later than %(this_year)s.",
                        year=year,
                        field=self._fields[
                            "qualiopi_cpf_turnover_year"
                        ]._description_string(self.env),
                        this_year=str(this_year),
                    )
                )

    def _qualiopi_cpf_given(self, year):
        """:return: total of the CPF contracts given that run in this year, whole"""
        self.ensure_one()
        # sudo: qualiopi.subcontract - a sum of the company, for who reads its firms
        [(total,)] = (
            self.env["qualiopi.subcontract"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.id),
                    ("direction", "=", "given"),
                    ("cpf", "=", True),
                    ("state", "in", ("signed", "ended")),
                    ("date_from", "<=", f"{year}-12-31"),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", f"{year}-01-01"),
                ],
                aggregates=["amount:sum"],
            )
        )
        return total or 0.0

    def _qualiopi_cpf_text(self, year):
        """:return: the ceiling of CPF subcontracting and where a year stands, in words;
        what counts towards it is read in two ways, so nothing is concluded
        """
        self.ensure_one()
        given = self._qualiopi_cpf_given(year)
        known = self.qualiopi_cpf_turnover_year == str(year)
        turnover = self.qualiopi_cpf_turnover if known else 0
        share = self.env._("not known")
        if turnover:
            share = self.env._(
                "%(share)s %%",
                share=formatLang(self.env, 100 * given / turnover, digits=1),
            )
        return self.env._(
            "CPF contracts given that run in %(year)s, each counted whole: %(given)s. "
            "CPF turnover of the year: %(turnover)s; share: %(share)s. Ceiling: "
            "%(cap)s %% (R. 6333-6-2; order of 3 January 2024, from secondary "
            "sources). Whether it counts what subcontractors are paid or the price of "
            "the actions they deliver is read in two ways: ask the Caisse des dépôts.",
            year=str(year),
            given=format_amount(self.env, given, self.currency_id),
            turnover=(
                format_amount(self.env, turnover, self.currency_id)
                if turnover
                else self.env._("not known")
            ),
            share=share,
            cap=f"{self.qualiopi_cpf_cap:g}",
        )

    def _qualiopi_reminders(self, day):
        return [
            *super()._qualiopi_reminders(day),
            *self._qualiopi_firm_reminders(day),
            *self._qualiopi_subcontract_reminders(day),
        ]

    def _qualiopi_firm_reminders(self, day):
        """:return: what is soon to be renewed in the files of firms"""
        labels = {
            "insurance": self.env._("Ask for the new insurance certificate"),
            "certificate": self.env._("Ask for the new certificate of quality"),
            "assessment": self.env._("Assess the firm"),
        }
        firms = self.env["qualiopi.subcontractor"].search(
            [("company_id", "=", self.id)]
        )
        return [
            Reminder(firm, kind, due, labels[kind], user=firm.user_id)
            for firm in firms
            for kind, due in firm._renewals().items()
            if due <= self._qualiopi_horizon(day)
        ]

    def _qualiopi_subcontract_reminders(self, day):
        """:return: signed contracts that end before long"""
        contracts = self.env["qualiopi.subcontract"].search(
            [
                ("company_id", "=", self.id),
                ("state", "=", "signed"),
                ("date_to", ">=", day),
                ("date_to", "<=", self._qualiopi_horizon(day)),
            ]
        )
        return [
            Reminder(
                contract,
                "end",
                contract.date_to,
                self.env._("Renew the contract, or let it end"),
                user=contract.user_id,
            )
            for contract in contracts
        ]
