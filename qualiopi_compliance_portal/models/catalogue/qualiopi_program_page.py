from odoo import api, models
from odoo.tools.misc import formatLang

from odoo.addons.qualiopi_compliance.rules.training_documents import NDA_ADVERTISING

# Shown in blocks of their own on the page, not among the rows.
APART = {
    "objectives",
    "contact",
    "accessibility",
    "price",
    "duration",
    "certification_title",
    "certifier",
    "certification_from",
    "certification_blocks",
    "equivalences",
    "onward_paths",
    "openings",
    "authorisation_scope",
}
CERTIFICATION_TEXTS = (
    "certification_blocks",
    "equivalences",
    "onward_paths",
    "openings",
)
SHEET = "https://www.francecompetences.fr/recherche/%s/%s/"
AWARD_RATES = ("presentation", "award", "partial_award")


class QualiopiProgram(models.Model):
    """All that the page of a programme shows, as plain values.

    Taken from the validated version, never from the programme being revised; what
    changes between two versions (sessions, results, who to ask about a disability)
    is read today.
    """

    _inherit = "qualiopi.program"

    def _page(self):
        """What the page shows, in the reader's language, for the current website.

        Called with superuser rights on a programme that is published (or by staff
        who look at the page before it is).

        :rtype: dict of plain values
        """
        self.ensure_one()
        website = self.env["website"].get_current_website()
        version = self.current_version_id
        content = version._read_content()
        rows = self._sheet_rows(content)
        results = self._page_results()
        sessions = self.env["event.event"]._qualiopi_public_sessions(website, self)
        return self._card_values(content) | {
            "number": version.number,
            "updated_on": version.validated_on,
            "rows": [row for row in rows if row["code"] not in APART],
            "objectives": content.get("objectives") or [],
            "certification": self._page_certification(content, results),
            "accessibility": self._lines(content.get("accessibility")),
            "disability_contact": self._page_person(
                self.company_id.qualiopi_disability_contact_id
            ),
            "contact": content.get("contact") or "",
            "price_note": content.get("price_note") or "",
            "sessions": sessions.get(self.id, []),
            "results": results,
            "company": self._page_company(),
        }

    def _card_values(self, content):
        """:return: what a list of programmes shows of each"""
        price, code = content.get("price") or 0, content.get("teaching_mode_code")
        return {
            "id": self.id,
            "url": self.website_url,
            "request_url": f"{self.website_url}/demande",
            "sheet_url": f"{self.website_url}/fiche.pdf",
            "name": content.get("name") or "",
            "category": self._category_text(content),
            "category_code": content.get("category_code") or "",
            "certifying": bool(content.get("certifying")),
            "certification_code": content.get("certification_code") or "",
            "summary": (content.get("objectives") or [""])[0],
            "mode": content.get("teaching_mode") or "",
            "mode_code": code or self.current_version_id.mode_code,
            "price": price,
            "currency": content.get("currency") or "",
            "price_text": self._price_text(content),
            "duration_hours": content.get("duration_hours") or 0,
            "duration_days": content.get("duration_days") or 0,
            "duration_text": self._duration_text(content),
        }

    @api.model
    def _category_text(self, content):
        """:return: the category without its code, which means nothing to a prospect"""
        code = content.get("category_code")
        return (content.get("category") or "").removeprefix(f"{code} – ")

    def _price_text(self, content):
        # nearly always in the currency of the company: no need to look for it
        price, currency = content.get("price"), self.currency_id
        if not price or len(currency) != 1 or currency.name != content.get("currency"):
            return super()._price_text(content)
        return formatLang(self.env, price, currency_obj=currency)

    def _page_certification(self, content, results):
        """:return: what indicators 1 and 3 want known of the certification"""
        if not content.get("certifying"):
            return None
        rates = results["rates"] if results else []
        code = content.get("certification_code") or ""
        texts = {
            name.removeprefix("certification_"): content.get(name) or ""
            for name in CERTIFICATION_TEXTS
        }
        return texts | {
            "title": content.get("certification_title") or "",
            "code": code,
            "link": self._certification_link(code),
            "certifier": content.get("certifier") or "",
            "registered": self._period_text(content, "certification"),
            "registered_until": content.get("certification_until") or "",
            "authorised": content.get("authorisation_scope") or "",
            "authorised_period": self._period_text(content, "authorisation"),
            "authorised_until": content.get("authorisation_until") or "",
            "rates": [rate for rate in rates if rate["code"] in AWARD_RATES],
        }

    @api.model
    def _certification_link(self, code):
        """:return: address of the sheet of France compétences, "" without a code"""
        kind = code.rstrip("0123456789")
        return SHEET % (kind.lower(), code.removeprefix(kind)) if kind else ""

    @api.model
    def _page_person(self, partner):
        if not partner:
            return None
        return {
            "name": partner.name or "",
            "email": partner.email or "",
            "phone": partner.phone or "",
        }

    def _page_company(self):
        company = self.company_id
        nda = company.qualiopi_nda
        return {
            "name": company.name,
            "email": company.email or "",
            "phone": company.phone or "",
            "website": company.website or "",
            "nda": nda or "",
            # a page advertises: no other mention of the number is allowed
            "nda_wording": NDA_ADVERTISING.format(number=nda) if nda else "",
        }

    def _page_results(self):
        """:return: the results published of this programme, ``None`` without any"""
