from odoo import models

# What a block of the website asks for at most.
MOST = 16


class WebsiteSnippetFilter(models.Model):
    """The block “Our programmes” of the website builder: plain values only."""

    _inherit = "website.snippet.filter"

    def _prepare_values(self, limit=None, search_domain=None, **options):
        # core reads any one record that the block names, published or not
        if (options.get("res_model") or "").startswith("qualiopi."):
            return []
        return super()._prepare_values(
            limit=limit, search_domain=search_domain, **options
        )

    def _prepare_sample(self, length=6, **options):
        model = self.model_name or options.get("res_model") or ""
        if model.startswith("qualiopi."):
            return []
        return super()._prepare_sample(length, **options)

    def _qualiopi_programs(self):
        """:return: cards of what is published, those with a session soonest first"""
        website = self.env["website"].get_current_website()
        limit = self.env.context.get("limit") or MOST
        found = self.env["qualiopi.program"]._catalogue(website, {"order": "date"})
        return [{"card": card} for card in found["cards"][:limit]]
