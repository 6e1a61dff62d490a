from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .french_numbers import compact


class QualiopiSite(models.Model):
    """A place of the company with permanent staff.

    Sites decide what an auditor visits: with several of them he draws a sample
    (arrêté of 6 June 2019, art. 6). Declared when it opens, archived when it
    closes.
    """

    _name = "qualiopi.site"
    _description = "Site of a training company"
    _order = "is_central desc, name"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    partner_id = fields.Many2one(
        "res.partner", "Address", check_company=True, ondelete="restrict"
    )
    siret = fields.Char("SIRET", size=18)
    is_central = fields.Boolean(
        "Central Function",
        help="Has authority over the quality system of all sites. Not necessarily "
        "the head office, never a subcontractor.",
    )
    permanent_staff = fields.Boolean(
        default=True,
        help="Only a place where staff is permanently present counts as a site.",
    )
    opened_on = fields.Date()
    closed_on = fields.Date()

    _central_uniq = models.UniqueIndex(
        "(company_id) WHERE is_central AND active",
        "A company has one central function only. Untick the other site first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_compact_siret(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_compact_siret(vals))

    @api.model
    def _with_compact_siret(self, vals):
        return {**vals, "siret": compact(vals["siret"])} if vals.get("siret") else vals

    @api.constrains("siret", "company_id")
    def _check_siret(self):
        for site in self:
            if site.siret:
                self.env["res.company"]._qualiopi_check_siret(site.siret)

    @api.constrains("opened_on", "closed_on")
    def _check_dates(self):
        for site in self:
            if site.opened_on and site.closed_on and site.closed_on < site.opened_on:
                raise ValidationError(
                    self.env._("Site %(site)s closes before it opens.", site=site.name)
                )
