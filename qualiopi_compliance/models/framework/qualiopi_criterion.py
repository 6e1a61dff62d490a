from odoo import api, fields, models


class QualiopiCriterion(models.Model):
    """One of the seven criteria of art. R. 6316-1 of the Labour Code.

    They are the same in every framework so far. ``label`` is a working title of
    ours for columns and lists, where the official text is too long. Shared
    reference, shipped as data and refreshed by each update.
    """

    _name = "qualiopi.criterion"
    _description = "Quality criterion"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "number"
    _rec_names_search = ["label_fr", "label_en", "name_fr", "name_en"]
    _bilingual_texts = ("name", "legal_reference")

    number = fields.Integer(required=True, aggregator=False)
    name_fr = fields.Char("Text (French)", required=True)
    name_en = fields.Char("Text (English)")
    name = fields.Char("Text", compute="_compute_texts", search="_search_name")
    label_fr = fields.Char("Working Title (French)", required=True)
    label_en = fields.Char("Working Title (English)")
    legal_reference_fr = fields.Char("Legal Reference (French)")
    legal_reference_en = fields.Char("Legal Reference (English)")
    legal_reference = fields.Char(compute="_compute_texts")
    indicator_ids = fields.One2many("qualiopi.indicator", "criterion_id")

    _number_uniq = models.Constraint(
        "UNIQUE(number)", "A criterion with this number already exists."
    )

    @api.depends_context("lang")
    @api.depends("number", "label_fr", "label_en")
    def _compute_display_name(self):
        for criterion in self:
            criterion.display_name = (
                f"{criterion.number}. {criterion._bilingual('label')}"
            )
