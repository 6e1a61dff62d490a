from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .french_numbers import compact, is_nda, is_siren, is_siret, is_year

CONTACTS = (
    "qualiopi_quality_contact_id",
    "qualiopi_disability_contact_id",
    "qualiopi_mobility_contact_id",
)


class ResCompany(models.Model):
    """Who the training company is for the law: its numbers, report and contacts.

    Quality managers fill these in without any other right on companies: see
    :meth:`_check_qualiopi_write`.
    """

    _inherit = "res.company"

    qualiopi_nda = fields.Char(
        "Declaration Number (NDA)",
        help="Number of the declaration of activity: 11 digits.",
    )
    qualiopi_siren = fields.Char(
        "SIREN", compute="_compute_qualiopi_siren", inverse="_inverse_qualiopi_siren"
    )
    # computed apart from the SIREN: fields that share a method do not refresh each
    # other when one of them is written
    qualiopi_siret = fields.Char(
        "SIRET",
        compute="_compute_qualiopi_siret",
        inverse="_inverse_qualiopi_siret",
        help="SIRET of the head office. It is the company ID of the contact sheet.",
    )
    qualiopi_revenue = fields.Monetary(
        "Training Revenue",
        groups="base.group_user",
        help="Total of frame C of the last training activity report (BPF), excluding "
        "tax, all categories together.",
    )
    # Years are texts: an integer field shows an unknown year as 0.
    qualiopi_revenue_year = fields.Char("Revenue Year", groups="base.group_user")
    qualiopi_bpf_state = fields.Selection(
        [
            ("unknown", "Not known"),
            ("none", "No report filed yet"),
            ("filed", "At least one report filed"),
        ],
        string="Training Activity Report (BPF)",
        default="unknown",
        groups="base.group_user",
        help="Decides, with the categories of the last report, who is a new entrant.",
    )
    qualiopi_last_bpf_year = fields.Char(
        "Last BPF Filed",
        groups="base.group_user",
        help="Year the last report filed is about.",
    )
    qualiopi_rs_certifying = fields.Boolean(
        "RS Counts as Certifying",
        groups="base.group_user",
        help="Guide V9 limits “professional certification” to the RNCP for indicator 3 "
        "and sources disagree. Ask your certifier before you turn this on.",
    )
    qualiopi_quality_contact_id = fields.Many2one(
        "res.partner", "Quality Contact", check_company=True
    )
    qualiopi_disability_contact_id = fields.Many2one(
        "res.partner", "Disability Contact", check_company=True
    )
    qualiopi_mobility_contact_id = fields.Many2one(
        "res.partner",
        "Mobility Contact",
        check_company=True,
        help="Staff dedicated to national and international mobility (indicator 20).",
    )
    qualiopi_review_months = fields.Integer(
        "Review Validity",
        default=12,
        groups="base.group_user",
        help="Months after which the review of a checklist line counts as stale.",
    )
    qualiopi_company_category_ids = fields.One2many(
        "qualiopi.company.category",
        "company_id",
        "Action Categories",
        groups="base.group_user",
    )
    qualiopi_site_ids = fields.One2many(
        "qualiopi.site", "company_id", "Sites", groups="base.group_user"
    )

    @api.depends("company_registry")
    def _compute_qualiopi_siren(self):
        for company in self:
            number = compact(company.company_registry)
            known = is_siret(number) or is_siren(number)
            company.qualiopi_siren = number[:9] if known else False

    @api.depends("company_registry")
    def _compute_qualiopi_siret(self):
        for company in self:
            number = compact(company.company_registry)
            company.qualiopi_siret = number if is_siret(number) else False

    def _inverse_qualiopi_siren(self):
        for company in self:
            number = compact(company.qualiopi_siren)
            registry = compact(company.company_registry)
            if number and not is_siren(number):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not a SIREN: 9 digits are expected and the "
                        "last one must match the others.",
                        number=number,
                    )
                )
            if number and not registry.startswith(number):
                company._set_qualiopi_registry(number)
            elif not number and (is_siren(registry) or is_siret(registry)):
                company._set_qualiopi_registry(False)

    def _inverse_qualiopi_siret(self):
        for company in self:
            number = compact(company.qualiopi_siret)
            registry = compact(company.company_registry)
            if number:
                self._qualiopi_check_siret(number)
                company._set_qualiopi_registry(number)
            elif is_siret(registry):
                # without its SIRET the company still is the same SIREN
                company._set_qualiopi_registry(registry[:9])

    @api.model
    def _qualiopi_check_siret(self, number):
        """:raise ValidationError: when this is no SIRET"""
        if not is_siret(number):
            raise ValidationError(
                self.env._(
                    "%(number)s is not a SIRET: 14 digits are expected and the "
                    "last one must match the others.",
                    number=number,
                )
            )

    def _set_qualiopi_registry(self, number):
        # sudo: res.partner - a quality manager may not edit the company's contact,
        # and the number lives there; write() has checked the right to set it here
        self.sudo().company_registry = number

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_compact_numbers(vals) for vals in vals_list])

    def write(self, vals):
        self._check_qualiopi_write(vals)
        return super().write(self._with_compact_numbers(vals))

    @api.model
    def _with_compact_numbers(self, vals):
        numbers = {
            name: compact(vals[name])
            for name in ("qualiopi_nda", "qualiopi_siren", "qualiopi_siret")
            if vals.get(name)
        }
        siren, siret = numbers.get("qualiopi_siren"), numbers.get("qualiopi_siret")
        if siren and siret and not siret.startswith(siren):
            raise ValidationError(
                self.env._(
                    "SIRET %(siret)s does not belong to SIREN %(siren)s: its first 9 "
                    "digits must be the same.",
                    siret=siret,
                    siren=siren,
                )
            )
        return vals | numbers

    def _check_qualiopi_write(self, vals):
        """Keep a quality manager to the Qualiopi fields of his companies.

        The access list lets him write companies so that one form holds all the
        facts; everything else on a company stays with the administrators.

        :raise AccessError: for any other field, without administration rights
        """
        user = self.env.user
        if self.env.su or user.has_group("base.group_erp_manager"):
            return
        others = [name for name in vals if not name.startswith("qualiopi_")]
        if others and user.has_group("qualiopi_compliance.group_qualiopi_manager"):
            raise AccessError(
                self.env._(
                    "Only an administrator can change these fields of a company: "
                    "%(fields)s.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env)
                        for name in others
                        if name in self._fields
                    ),
                )
            )

    @api.constrains(*CONTACTS)
    def _check_qualiopi_contacts(self):
        self._check_company(CONTACTS)

    @api.constrains("qualiopi_nda")
    def _check_qualiopi_nda(self):
        for company in self:
            if company.qualiopi_nda:
                self._qualiopi_check_nda(company.qualiopi_nda)

    @api.model
    def _qualiopi_check_nda(self, number):
        """:raise ValidationError: when this is no declaration number"""
        if not is_nda(number):
            raise ValidationError(
                self.env._(
                    "%(number)s is not a declaration number (NDA): 11 digits are "
                    "expected, without letters. It stands on the receipt of the "
                    "prefect of your region.",
                    number=number,
                )
            )

    @api.constrains("qualiopi_revenue")
    def _check_qualiopi_revenue(self):
        for company in self:
            if company.qualiopi_revenue < 0:
                raise ValidationError(
                    self.env._(
                        "A training revenue of %(amount)s is not possible: it cannot "
                        "be negative.",
                        amount=company.qualiopi_revenue,
                    )
                )

    @api.constrains("qualiopi_revenue_year", "qualiopi_last_bpf_year")
    def _check_qualiopi_years(self):
        this_year = self.env["qualiopi.framework"]._today().year
        for company in self:
            for name in ("qualiopi_revenue_year", "qualiopi_last_bpf_year"):
                year = company[name]
                if year and not is_year(year, this_year):
                    raise ValidationError(
                        self.env._(
                            "%(year)s is not a possible year for “%(field)s”: four "
                            "digits are expected, not later than %(this_year)s.",
                            year=year,
                            field=self._fields[name]._description_string(self.env),
                            this_year=str(this_year),
                        )
                    )

    @api.constrains("qualiopi_review_months")
    def _check_qualiopi_review_months(self):
        for company in self:
            if company.qualiopi_review_months < 1:
                raise ValidationError(
                    self.env._(
                        "A review that stays valid for %(months)s months is never "
                        "valid: enter 1 or more.",
                        months=company.qualiopi_review_months,
                    )
                )

    def _qualiopi_profiles(self, day):
        """:return: the facts of the company's categories on ``day``, for the rules"""
        self.ensure_one()
        return [record._profile(day) for record in self.qualiopi_company_category_ids]

    def action_qualiopi_organisation(self):
        """Open the sheet of the company the user works in."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.res_company_qualiopi_action"
        )
        action["res_id"] = self.env.company.id
        return action
