from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# Fields of search engines, which core reads apart.
META = "website_meta"
# What may change on a validated programme: none of it is on its sheet.
WEBSITE_FIELDS = {
    "cover_properties",
    "is_published",
    "seo_name",
    "website_id",
    "website_meta_description",
    "website_meta_keywords",
    "website_meta_og_img",
    "website_meta_title",
    "website_published",
}


class QualiopiProgram(models.Model):
    """A programme on the website: its page shows the last validated version.

    Published by a person; retired or archived, it is gone from the website. Nobody
    but staff reads programmes: pages are made of the plain values of a version.
    """

    _name = "qualiopi.program"
    _inherit = [
        "qualiopi.program",
        "website.seo.metadata",
        "website.published.multi.mixin",
        "website.cover_properties.mixin",
        "website.searchable.mixin",
    ]

    is_published = fields.Boolean(tracking=True)

    @api.depends("current_version_id.page_slug")
    def _compute_website_url(self):
        for program in self:
            slug = program.current_version_id.page_slug
            program.website_url = f"/formations/{slug}" if slug else "#"

    @api.model
    def _management_fields(self):
        return super()._management_fields() | WEBSITE_FIELDS

    def _default_cover_properties(self):
        return super()._default_cover_properties() | {
            "background_color_class": "o_cc2",
            "opacity": "0",
            "resize_class": "cover_auto",
        }

    def _can_return_content(self, field_name=None, access_token=None):
        """Being published opens no field of a programme to the public."""
        return False

    @api.constrains("website_id", "company_id")
    def _check_website(self):
        for program in self:
            website = program.website_id
            if website and website.company_id != program.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(website)s” is a website of %(company)s: choose one of "
                        "%(own)s, or none for all of its websites.",
                        website=website.name,
                        company=website.company_id.name,
                        own=program.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        programs = super().create(vals_list)
        programs.filtered("is_published")._check_publishable()
        return programs

    def write(self, vals):
        result = super().write(vals)
        if vals.get("is_published") or vals.get("website_published"):
            self._check_publishable()
        return result

    def _check_publishable(self):
        """:raise UserError: when there is nothing that could be shown"""
        for program in self:
            if program.state == "retired":
                raise UserError(
                    self.env._(
                        "“%(name)s” is retired: revise and validate it again before "
                        "it is published.",
                        name=program.name,
                    )
                )
            if not program.current_version_id:
                raise UserError(
                    self.env._(
                        "“%(name)s” has no validated version yet: its page shows what "
                        "was validated. Validate it first.",
                        name=program.name,
                    )
                )

    @api.model
    def _public_domain(self, website):
        """:return: the programmes that visitors of ``website`` may see"""
        return (
            Domain("is_published", "=", True)
            & Domain("active", "=", True)
            & Domain("state", "!=", "retired")
            & Domain("current_version_id", "!=", False)
            & Domain("company_id", "=", website.company_id.id)
            & Domain("website_id", "in", (False, website.id))
        )

    @api.model
    def _find_public(self, website, slug):
        """:param slug: end of the address of a page, as a visitor typed it
        :return: the programme of that page, empty when there is none to show
        """
        _name, key = self.env["ir.http"]._unslug(slug)
        if not key or key < 0:
            return self.browse()
        # sudo: qualiopi.program - what is published, found by strict conditions
        return self.sudo().search_fetch(
            self._public_domain(website) & Domain("id", "=", key),
            self._page_fields(),
            limit=1,
        )

    @api.model
    def _page_fields(self):
        """:return: names of all that a page reads of a programme, to read it at once"""
        return [
            name
            for name, field in self._fields.items()
            if field.column_type and field.store and field.prefetch in (True, META)
        ]

    @api.model
    def _find_preview(self, slug):
        """:param slug: end of the address of a page, as a colleague typed it
        :return: the programme, when he may read it, even if nobody else may see it;
            empty when nothing was validated yet
        """
        _name, key = self.env["ir.http"]._unslug(slug)
        if not self.env.user._is_internal() or not key or key < 0:
            return self.browse()
        if not self.has_access("read"):
            return self.browse()
        found = self.with_context(active_test=False).search([("id", "=", key)])
        # sudo: qualiopi.program - one that he may read, made into plain values
        return found.filtered("current_version_id").sudo()

    def _set_state(self, state, **vals):
        # revised some day, it would be back on the website without anybody's decision
        if state == "retired":
            vals["is_published"] = False
        return super()._set_state(state, **vals)

    def action_publish(self):
        """Show the page of these programmes to everybody."""
        self.check_access("write")
        self.write({"is_published": True})

    def action_unpublish(self):
        """Take the page of these programmes off the website."""
        self.check_access("write")
        self.write({"is_published": False})

    def action_open_page(self):
        """Open the page on the website."""
        self.ensure_one()
        return self.open_website_url()

    def open_website_url(self):
        """Open the page on the website, as a preview until it is published."""
        self.check_access("read")
        if not self.current_version_id:
            self._check_publishable()
        # visitors of the current company's website may have another one
        website = self.website_id or self.env["website"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        url = self.website_url
        if not self._is_public():
            url += "?preview=1"
        action = self.env["website"].get_client_action(url, False, website.id)
        if self.website_id.domain:
            path = self.env["website"].get_client_action_url(url)
            return {
                "type": "ir.actions.act_url",
                "url": f"{website.domain.rstrip('/')}{path}&website_id={website.id}",
                "target": "self",
            }
        return action

    def _is_public(self):
        """:return: whether visitors of some website can see it"""
        self.ensure_one()
        return bool(
            self.is_published
            and self.active
            and self.state != "retired"
            and self.current_version_id
        )
