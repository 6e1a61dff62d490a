from odoo import api, fields, models
from odoo.tools import remove_accents

from odoo.addons.qualiopi_compliance.models.training.qualiopi_program import (
    TEACHING_MODES,
)

# Hours of a day, where a version states days only: to sort and filter by, never shown.
HOURS_OF_A_DAY = 7
# What somebody who looks for a programme may remember of it.
SEARCHED = ("name", "objectives", "audience", "certification_title", "certifier")
CODES = ("certification_code", "category")


class QualiopiProgramVersion(models.Model):
    """What visitors find a version by, taken out of its content.

    The content never changes, so neither do these; a page shows the content itself.
    """

    _inherit = "qualiopi.program.version"

    page_slug = fields.Char(compute="_compute_facets", store=True)
    page_title = fields.Char(compute="_compute_facets", store=True)
    search_text = fields.Text(compute="_compute_facets", store=True)
    category_code = fields.Char(compute="_compute_facets", store=True)
    mode_code = fields.Selection(
        TEACHING_MODES, "Arrangement", compute="_compute_facets", store=True
    )
    certifying = fields.Boolean(compute="_compute_facets", store=True)
    hours = fields.Float(compute="_compute_facets", store=True)
    price = fields.Float(compute="_compute_facets", store=True)

    @api.depends("content")
    def _compute_facets(self):
        slugify = self.env["ir.http"]._slugify
        for version in self:
            # one address in all languages: that of the French title
            content = version._read_content("fr_FR")
            title = content.get("name") or ""
            version.page_title = title
            version.page_slug = f"{slugify(title) or 'p'}-{version.program_id.id}"
            version.search_text = version._searched_text()
            version.category_code = content.get("category_code")
            version.mode_code = version._mode_code()
            version.certifying = bool(content.get("certifying"))
            days = content.get("duration_days") or 0
            version.hours = content.get("duration_hours") or days * HOURS_OF_A_DAY
            version.price = content.get("price") or 0

    def _searched_text(self):
        """:return: the words of all languages, without accents or capitals"""
        words = []
        for content in self.content.values():
            for name in (*SEARCHED, *CODES):
                value = content.get(name) or ""
                words += value if isinstance(value, list) else [value]
        return self._plain(" ".join(words))

    @api.model
    def _plain(self, text):
        return remove_accents(text).lower()

    def _mode_code(self):
        """:return: code of the arrangement; older versions kept its words only"""
        for lang, content in self.content.items():
            if code := content.get("teaching_mode_code"):
                return code
            program = self.env["qualiopi.program"].with_context(lang=lang)
            labels = program._fields["teaching_mode"]._description_selection(
                program.env
            )
            for code, label in labels:
                if label == content.get("teaching_mode"):
                    return code
        return False
