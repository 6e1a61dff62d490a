from odoo import api, models
from odoo.fields import Domain


class QualiopiProgram(models.Model):
    """Programmes among what the search box of the website finds.

    Versions are searched: visitors find words of the page, not of its revision.
    """

    _inherit = "qualiopi.program"

    @api.model
    def _search_get_detail(self, website, order, options):
        # sudo: qualiopi.program - what is published, found by strict conditions
        published = self.sudo().search_fetch(
            self._public_domain(website), ["current_version_id"]
        )
        mapping = {
            "name": {"name": "name", "type": "text", "match": True},
            "website_url": {"name": "website_url", "type": "text", "truncate": False},
        }
        if options.get("displayDescription"):
            mapping["description"] = {"name": "summary", "type": "text", "match": True}
        if options.get("displayDetail"):
            mapping["detail"] = {"name": "facts", "type": "text"}
        return {
            "model": "qualiopi.program.version",
            "base_domain": [Domain("id", "in", published.current_version_id.ids)],
            "search_fields": ["page_title", "search_text"],
            "search_extra": self._search_plain,
            "fetch_fields": ["page_title"],
            "mapping": mapping,
            "icon": "fa-graduation-cap",
            "order": "page_title desc, id desc"
            if "name desc" in order
            else "page_title, id",
            "requires_sudo": True,
        }

    @staticmethod
    def _search_plain(env, word):
        """:return: versions that contain this word, however it is written"""
        plain = env["qualiopi.program.version"]._plain(word)
        return Domain("search_text", "ilike", plain)


class QualiopiProgramVersion(models.Model):
    """What is found is shown in the language of the visitor."""

    _name = "qualiopi.program.version"
    _inherit = ["qualiopi.program.version", "website.searchable.mixin"]

    def _search_render_results(self, fetch_fields, mapping, icon, limit):
        rows = []
        for version in self[:limit]:
            program = version.program_id
            card = program._card_values(version._read_content())
            facts = (card["duration_text"], card["mode"], card["price_text"])
            rows.append(
                {
                    "id": version.id,
                    "name": card["name"],
                    "website_url": card["url"],
                    "summary": card["summary"],
                    "facts": ", ".join(fact for fact in facts if fact),
                    "_fa": icon,
                    "_mapping": mapping,
                }
            )
        return rows
