from odoo import models

from .qualiopi_certification import PAGE


class WebsiteMenu(models.Model):
    """The certificate page is offered only on days on which it claims something."""

    _inherit = "website.menu"

    def _compute_visible(self):
        result = super()._compute_visible()
        ours = self.filtered(lambda menu: menu.url == PAGE and menu.is_visible)
        if ours:
            current = self.env["website"].get_current_website(fallback=False)
            for menu in ours:
                # sudo: website - its company, read for visitors
                company = (menu.website_id or current).sudo().company_id
                menu.is_visible = bool(
                    self.env["qualiopi.certification"]._claimed(company)
                )
        return result
