from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .public_files import COPIES, kind_of

PAGE = "/qualiopi"
# Stages in which the certifier's decision is recorded and nothing has taken it back.
CLAIMED = ("certified", "surveillance", "renewal")


class QualiopiCertification(models.Model):
    """What the website shows of a certificate, on the days on which it is valid.

    The facts follow the cycle by themselves. The copy that visitors may open is chosen
    by a person among the files of the cycle: the others are nobody's business.
    """

    _inherit = "qualiopi.certification"

    website_copy_id = fields.Many2one(
        "ir.attachment",
        "Copy on the Website",
        compute="_compute_website_copy",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('id', 'in', attachment_ids)]",
        help="Visitors can open this file, a PDF or an image, while the certificate is "
        "valid. The other files stay closed to them.",
    )
    on_website = fields.Boolean("Shown on the Website", compute="_compute_on_website")

    @api.depends("attachment_ids")
    def _compute_website_copy(self):
        for cycle in self:
            # what is no longer a file of the certificate is no longer shown
            cycle.website_copy_id = cycle.website_copy_id & cycle.attachment_ids

    @api.depends("running", "stage", "active")
    def _compute_on_website(self):
        for cycle in self:
            cycle.on_website = cycle.active and cycle.running and cycle.stage in CLAIMED

    @api.constrains("website_copy_id", "attachment_ids")
    def _check_website_copy(self):
        for cycle in self:
            # sudo: ir.attachment - the file was chosen by who may read the cycle
            file = cycle.website_copy_id.sudo()
            if not file:
                continue
            if file not in cycle.attachment_ids.sudo():
                raise ValidationError(
                    self.env._(
                        "“%(file)s” is no file of this certificate: attach it first.",
                        file=file.name,
                    )
                )
            if not kind_of(file.raw, COPIES):
                raise ValidationError(
                    self.env._(
                        "“%(file)s” is not a PDF, a PNG or a JPEG: visitors could not "
                        "open it safely. Save the certificate in one of these formats.",
                        file=file.name,
                    )
                )

    @api.model
    def _claimed(self, company):
        """What a company may claim today.

        :return: its certificates that are valid today, the newest first
        """
        # sudo: qualiopi.certification - read for visitors, who have no rights on it
        cycles = (
            self.sudo()
            .with_context(active_test=True)
            .search(
                [
                    ("company_id", "=", company.id),
                    ("stage", "in", CLAIMED),
                    ("first_day", "!=", False),
                ]
            )
        )
        return cycles.filtered("on_website")

    def _website_values(self):
        """:return: what visitors read of one certificate, plain values only"""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        sites = self.site_ids.filtered(
            lambda site: not site.closed_on or site.closed_on >= today
        )
        copy = self._website_copy()
        return {
            "title": self._website_title(),
            "certifier": self.certifier_id.name or "",
            "first_day": self.first_day,
            "last_day": self.last_day,
            "mention": self.mention or "",
            "sites": [
                ", ".join(part for part in (site.name, site.partner_id.city) if part)
                for site in sites
            ],
            "copy_url": copy and f"{PAGE}/certificat/{self.id}",
            "copy_text": copy
            and self.env._(
                "%(certificate)s: open the copy (%(kind)s, new window)",
                certificate=self._website_title(),
                kind=copy["extension"].upper(),
            ),
        }

    def _website_title(self):
        self.ensure_one()
        if not self.number:
            return self.env._("Certificate")
        return self.env._("Certificate %(number)s", number=self.number)

    def _website_copy(self):
        """:return: content, type and extension of the copy chosen, None without one

        Its type is told by what it holds today: the file may have been replaced.
        """
        self.ensure_one()
        file = self.website_copy_id
        kind = kind_of(file.raw, COPIES) if file else None
        if not kind:
            return None
        return {
            "content": file.raw,
            "mimetype": kind[0],
            "extension": kind[1],
        }

    def action_open_website_page(self):
        """Open the certificate page of the company's website."""
        self.check_access("read")
        return self.company_id.action_qualiopi_certificate_page()

    def action_record_website_display(self):
        """Keep that the website shows this certificate today, with its address.

        :raise UserError: when the page does not show it, saying why
        """
        self.ensure_one()
        self.check_access("write")
        self._check_on_website()
        today = self.env["qualiopi.framework"]._today()
        websites = self.company_id._qualiopi_websites()
        urls = [website.get_base_url() + PAGE for website in websites]
        known = self.display_ids.filtered(
            lambda display: display.where == "website" and display.seen_on == today
        ).mapped("url")
        self.env["qualiopi.certificate.display"].create(
            [
                {
                    "certification_id": self.id,
                    "where": "website",
                    "url": url,
                    "seen_on": today,
                }
                for url in urls
                if url not in known
            ]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Displayed today on %(pages)s.", pages=", ".join(urls)
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _check_on_website(self):
        """:raise UserError: when the page shows no copy of this certificate today"""
        self.ensure_one()
        if not self.on_website:
            raise UserError(
                self.env._(
                    "The website shows certificates that are valid today and recorded "
                    "as obtained. Look at the days and the stage of “%(name)s”.",
                    name=self.name,
                )
            )
        # sudo: ir.attachment - whether there is one, whoever records the display
        if not self.sudo()._website_copy():
            raise UserError(
                self.env._(
                    "The page shows no copy of this certificate yet: choose the file "
                    "under “Copy on the Website”."
                )
            )
