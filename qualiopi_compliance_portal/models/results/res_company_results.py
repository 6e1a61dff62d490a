from odoo import models


class ResCompany(models.Model):
    """What the results page of a company shows."""

    _inherit = "res.company"

    def _qualiopi_published_results(self):
        """The results that this company publishes, in the reader's language.

        Read where they were published; nothing is counted.

        :return: the dates (see ``qualiopi.publication._dates_values``), the figures of
            all programmes (``learners``, ``sessions``, ``rates``) and ``categories``:
            the same of each, with ``name``, ``code``, ``scheme`` and its
            ``programs``, which have an ``url`` where the current website shows them;
            ``None`` when the company never published any
        """
        self.ensure_one()
        current = self.env["qualiopi.publication"]._in_force(self)
        if not current:
            return None
        results = current._page_values()
        urls = self._qualiopi_program_urls()
        for category in results["categories"]:
            for program in category["programs"]:
                program["url"] = urls.get(program["program"], "")
        return results

    def _qualiopi_program_urls(self):
        """:return: id -> address, of the programmes that the current website shows"""
        website = self.env["website"].get_current_website()
        if website.company_id != self:
            return {}
        # sudo: qualiopi.program - what is published, found by strict conditions
        programs = self.env["qualiopi.program"].sudo()
        shown = programs.search(programs._public_domain(website))
        return {program.id: program.website_url for program in shown}

    def _qualiopi_results_page(self):
        """:return: what the results page shows: what was published, else where others
        publish results of ours; how often results are, and who is asked
        """
        self.ensure_one()
        results = self._qualiopi_published_results()
        # sudo: res.company - its public name and address, and a setting it publishes
        company = self.sudo()
        return {
            "results": results,
            "schemes": [] if results else self._qualiopi_schemes(),
            "description": self.env._(
                "Results of %(company)s: satisfaction, completion, award of "
                "certifications, each with its period and the way it is computed.",
                company=company.name,
            ),
            "promise": {
                "rhythm": self.env._(
                    "We publish our results every %(months)s months.",
                    months=company.qualiopi_publication_months,
                ),
                "email": company.email or "",
                "phone": company.phone or "",
            },
        }

    def _qualiopi_schemes(self):
        """:return: existing schemes that publish results of our programmes"""
        website = self.env["website"].get_current_website()
        # sudo: qualiopi.program - what is published, found by strict conditions
        programs = self.env["qualiopi.program"].sudo()
        found = {}
        for program in programs.search(programs._public_domain(website)):
            scheme = program._page_scheme()
            if scheme:
                found[scheme["url"]] = scheme
        return list(found.values())
