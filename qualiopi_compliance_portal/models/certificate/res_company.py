from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .public_files import IMAGES, kind_of
from .qualiopi_certification import PAGE

# Code of labour, L. 6352-12: the only way in which the number may be advertised.
NDA_MENTION = (
    "Enregistrée sous le numéro {}. Cet enregistrement ne vaut pas agrément de l'Etat."
)
LOGO_TEXT = "Qualiopi, processus certifié, République française"


class ResCompany(models.Model):
    """The certificate page of a company: what it may claim on the day of the visit.

    The logo is the company's own file, as its certifier sent it: it is kept and shown
    byte for byte, only on that page and only while a certificate is valid.
    """

    _inherit = "res.company"

    qualiopi_logo = fields.Image(
        verify_resolution=False,
        groups="base.group_user",
        help="The file your certifier sent you, PNG or JPEG: with “processus certifié” "
        "and the block of the French Republic, neither redrawn, recoloured nor cut. "
        "The website shows it on the certificate page only, beside the compulsory "
        "mention, and only while a certificate is valid (secondary sources: "
        "monof.pro, digi-certif.com). It is for general information: never put it on "
        "what is about one course, such as a programme, an agreement or the advert of "
        "one course (secondary sources: cap-metiers.pro, digiformag.com).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not any("qualiopi_logo" in vals for vals in vals_list):
            return super().create(vals_list)
        unaltered = super(ResCompany, self.with_context(image_no_postprocess=True))
        return unaltered.create(vals_list).with_env(self.env)

    def write(self, vals):
        if "qualiopi_logo" not in vals:
            return super().write(vals)
        # Odoo makes big images smaller: this one is not ours to change
        unaltered = super(ResCompany, self.with_context(image_no_postprocess=True))
        return unaltered.write(vals)

    @api.constrains("qualiopi_logo")
    def _check_qualiopi_logo(self):
        for company in self.with_context(bin_size=False):
            logo = company.qualiopi_logo
            if logo and not kind_of(b64decode(logo), IMAGES):
                raise ValidationError(
                    self.env._(
                        "The logo must be a PNG or a JPEG: ask your certifier for one "
                        "of these, rather than converting another file."
                    )
                )

    def action_qualiopi_certificate_page(self):
        """Open the certificate page on the company's website.

        :raise UserError: when no website is the company's
        """
        self.check_access("read")
        website = self._qualiopi_websites()[0]
        return self.env["website"].get_client_action(PAGE, website_id=website.id)

    def _qualiopi_websites(self):
        """:raise UserError: when no website is the company's"""
        self.ensure_one()
        websites = self.env["website"].search([("company_id", "=", self.id)])
        if not websites:
            raise UserError(
                self.env._(
                    "No website belongs to %(company)s: choose its company in Website "
                    "› Configuration › Settings.",
                    company=self.name,
                )
            )
        return websites

    def _qualiopi_certificate_page(self):
        """What visitors read on the certificate page.

        :return: plain values; without a valid certificate nothing is claimed, and
            nothing but the name of the company is said
        """
        self.ensure_one()
        # sudo: res.company - shown to visitors: its name, its number, its logo
        company = self.sudo()
        cycles = self.env["qualiopi.certification"]._claimed(company)
        if not cycles:
            lead = self.env._(
                "This page shows a certificate of %(company)s only on the days on "
                "which it is valid.",
                company=company.name,
            )
            return {"lead": lead, "certificates": []}
        mention = cycles._mention_of(cycles.category_ids.mapped("code"))
        return {
            "lead": self.env._(
                "What is certified is how %(company)s works, in the categories of "
                "training named here. It says nothing about any one course.",
                company=company.name,
            ),
            "certificates": [cycle._website_values() for cycle in cycles],
            "mention": mention or "",
            # never without the mention beside it
            "logo_url": company._qualiopi_public_logo() and mention and f"{PAGE}/logo",
            "logo_text": LOGO_TEXT,
            "nda_mention": company.qualiopi_nda
            and NDA_MENTION.format(company.qualiopi_nda),
        }

    def _qualiopi_public_logo(self):
        """:return: content and type of the logo, None without one"""
        self.ensure_one()
        # sudo: res.company - callers give it to visitors of the certificate page only
        logo = self.sudo().with_context(bin_size=False).qualiopi_logo
        content = b64decode(logo) if logo else b""
        kind = kind_of(content, IMAGES)
        return kind and {"content": content, "mimetype": kind[0], "extension": kind[1]}
