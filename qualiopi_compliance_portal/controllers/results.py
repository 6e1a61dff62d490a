from odoo import http
from odoo.http import request
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)
URL = "/formations/resultats"


def sitemap_results(env, rule, qs):
    if not qs or qs.lower() in URL:
        yield {"loc": URL}


class ResultsController(http.Controller):
    """The results that the company of the website publishes."""

    @http.route(
        URL,
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=sitemap_results,
        list_as_website_content=_lt("Results"),
    )
    def results(self, **kwargs):
        """What was published, or when it will be and who to ask."""
        company = request.website.company_id
        return request.render(
            "qualiopi_compliance_portal.results",
            company._qualiopi_results_page(),
        )
