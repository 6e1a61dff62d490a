from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiCertificateDisplay(models.Model):
    """A copy of the certificate shown at a site or on the website, with its proof.

    A certificate that is not displayed is a major non-conformity at the surveillance
    audit (order of 6 June 2019, art. 2).
    """

    _name = "qualiopi.certificate.display"
    _description = "Copy of the certificate displayed"
    _order = "certification_id, seen_on desc, id"
    _check_company_auto = True

    certification_id = fields.Many2one(
        "qualiopi.certification", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certification_id.company_id", store=True)
    where = fields.Selection(
        [("site", "At a site"), ("website", "On the website")],
        required=True,
        default="site",
    )
    site_id = fields.Many2one(
        "qualiopi.site",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
    )
    url = fields.Char(
        "Address of the Page",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
    )
    seen_on = fields.Date(
        required=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
        help="Day of the photo, or on which the page was looked at.",
    )
    photo = fields.Image(max_width=1920, max_height=1920)

    _site_needed = models.Constraint(
        "CHECK(\"where\" != 'site' OR site_id IS NOT NULL)",
        "Choose the site at which the certificate is displayed.",
    )
    _page_needed = models.Constraint(
        "CHECK(\"where\" != 'website' OR url IS NOT NULL)",
        "Give the address of the page on which the certificate is displayed.",
    )

    @api.depends("where")
    def _compute_place(self):
        for display in self:
            if display.where == "website":
                display.site_id = False
                website = display.certification_id.company_id.website
                display.url = display.url or website
            else:
                display.url = False
                display.site_id = display.site_id

    @api.depends("where", "site_id", "url")
    def _compute_display_name(self):
        for display in self:
            display.display_name = display.site_id.name or display.url or ""

    @api.constrains("seen_on")
    def _check_seen_on(self):
        today = self.env["qualiopi.framework"]._today()
        if any(display.seen_on > today for display in self):
            raise ValidationError(
                self.env._(
                    "A copy is seen on the day itself: it cannot be recorded ahead."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.certification_id._check_not_over()
        return records

    def write(self, vals):
        self.certification_id._check_not_over()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        self.certification_id._check_not_over()
