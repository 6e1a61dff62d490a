from odoo import api, fields, models


class QualiopiIndicator(models.Model):
    """Indicator number 1 to 33: the thread through all frameworks.

    What an indicator says depends on the framework (``qualiopi.requirement``);
    evidence, checklists and actions hang on its number, so they survive a
    change of the law. ``label`` is a working title of ours: the official texts
    give the indicators a number only.
    """

    _name = "qualiopi.indicator"
    _description = "Quality indicator"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "number"
    _rec_names_search = ["label_fr", "label_en", "number"]
    _bilingual_texts = ("label",)

    number = fields.Integer(required=True, aggregator=False)
    criterion_id = fields.Many2one(
        "qualiopi.criterion", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("common", "Common"), ("specific", "Specific")],
        required=True,
        help="Common indicators concern all four categories of actions.",
    )
    label_fr = fields.Char("Working Title (French)", required=True)
    label_en = fields.Char("Working Title (English)")
    label = fields.Char(
        "Working Title",
        compute="_compute_texts",
        search="_search_label",
        help="Short name for daily use. It is not an official text.",
    )
    requirement_ids = fields.One2many("qualiopi.requirement", "indicator_id")

    _number_uniq = models.Constraint(
        "UNIQUE(number)", "An indicator with this number already exists."
    )

    def _search_label(self, operator, value):
        return self._search_bilingual("label", operator, value)

    @api.depends_context("lang", "qualiopi_short")
    @api.depends("number", "label_fr", "label_en")
    def _compute_display_name(self):
        """Tags have room for the number only: they ask with ``qualiopi_short``."""
        short = self.env.context.get("qualiopi_short")
        for indicator in self:
            indicator.display_name = (
                str(indicator.number)
                if short
                else f"{indicator.number}. {indicator._bilingual('label')}"
            )
