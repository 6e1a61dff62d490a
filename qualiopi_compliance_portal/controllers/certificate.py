from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import Stream, request
from odoo.tools.translate import LazyTranslate

from ..models.certificate.qualiopi_certification import PAGE

_lt = LazyTranslate(__name__)


def sitemap_certificate(env, rule, qs):
    """The page, on days on which it claims something."""
    website = env["website"].get_current_website()
    claimed = env["qualiopi.certification"]._claimed(website.sudo().company_id)
    if claimed and (not qs or qs.lower() in PAGE):
        yield {"loc": PAGE}


class CertificateController(http.Controller):
    """The certificate page of the website's company, its copy and its logo.

    Everything is asked for anew at each visit: what was valid yesterday may not be
    claimed today. The answer of a day without a certificate is “not found”, so that
    search engines forget the claim as soon as they come by.
    """

    @http.route(
        PAGE,
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=sitemap_certificate,
        list_as_website_content=_lt("Certificate"),
    )
    def certificate(self, **kwargs):
        page = self._company()._qualiopi_certificate_page()
        if page["certificates"]:
            return request.render(
                "qualiopi_compliance_portal.certificate_page", {"page": page}
            )
        insider = request.env.user.has_group(
            "qualiopi_compliance.group_qualiopi_internal_auditor"
        )
        return request.render(
            "qualiopi_compliance_portal.certificate_page_none",
            {"page": page, "insider": insider},
            status=404,
        )

    @http.route(
        f"{PAGE}/certificat/<int:certification_id>",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        sitemap=False,
    )
    def certificate_copy(self, certification_id, **kwargs):
        claimed = request.env["qualiopi.certification"]._claimed(self._company())
        cycle = claimed.filtered(lambda cycle: cycle.id == certification_id)
        return self._file(cycle and cycle._website_copy(), "certificat")

    @http.route(
        f"{PAGE}/logo",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        readonly=True,
        sitemap=False,
    )
    def logo(self, **kwargs):
        company = self._company()
        shown = company._qualiopi_certificate_page().get("logo_url")
        return self._file(shown and company._qualiopi_public_logo(), "logo")

    def _company(self):
        # sudo: website - its company, read for visitors
        return request.website.sudo().company_id

    def _file(self, file, name):
        """:raise NotFound: without a file: it may not be shown today"""
        if not file:
            raise NotFound
        # asked for again at each visit, answered “not changed” as long as it is valid
        stream = Stream(
            type="data",
            data=file["content"],
            size=len(file["content"]),
            mimetype=file["mimetype"],
            download_name=f"{name}.{file['extension']}",
            etag=request.env["ir.attachment"]._compute_checksum(file["content"]),
        )
        return stream.get_response(as_attachment=False)
