from odoo import api, fields, models


class QualiopiCategory(models.Model):
    """Category of training actions of art. L. 6313-1 of the Labour Code.

    AFC, BC, VAE and CFA: the four columns of the official framework. Shared
    reference, shipped as data and refreshed by each update.
    """

    _name = "qualiopi.category"
    _description = "Category of training actions"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["code", "name_fr", "name_en"]
    _bilingual_texts = ("name", "legal_reference")

    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    name_fr = fields.Char("Name (French)", required=True)
    name_en = fields.Char("Name (English)")
    name = fields.Char(compute="_compute_texts", search="_search_name")
    legal_reference_fr = fields.Char("Legal Reference (French)")
    legal_reference_en = fields.Char("Legal Reference (English)")
    legal_reference = fields.Char(compute="_compute_texts")

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "A category with this code already exists."
    )

    @api.depends_context("lang", "qualiopi_short")
    @api.depends("code", "name_fr", "name_en")
    def _compute_display_name(self):
        """Tags have room for the code only: they ask with ``qualiopi_short``."""
        short = self.env.context.get("qualiopi_short")
        for category in self:
            name = category._bilingual("name")
            category.display_name = (
                category.code if short else f"{category.code} – {name}"
            )
