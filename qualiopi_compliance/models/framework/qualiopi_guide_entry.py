from odoo import api, fields, models

from ...rules.applicability import GuideRule

GRAVITY = [("major_only", "Major only"), ("gradable", "Minor or major")]
TEXT_STATUS = [
    ("official", "Official text of the guide"),
    ("paraphrase", "Summary, not official"),
]


class QualiopiGuideEntry(models.Model):
    """What one reading guide says for one indicator.

    The French texts are the guide's own where it has any; where they are a
    summary, the field ``*_status`` beside them says so. The English texts are
    always our summary. Shared reference, shipped as data and refreshed by each
    update.
    """

    _name = "qualiopi.guide.entry"
    _description = "Reading guide, one indicator"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "guide_id, number"
    _bilingual_texts = (
        "gravity_source",
        "expected_level",
        "minor_when",
        "evidence",
        "obligations",
        "clarifications",
        "new_entrant",
        "subcontractor",
        "glossary",
        "common_gap",
    )

    guide_id = fields.Many2one(
        "qualiopi.guide", required=True, index=True, ondelete="cascade"
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    criterion_id = fields.Many2one(related="indicator_id.criterion_id", store=True)
    gravity = fields.Selection(GRAVITY, required=True)
    gravity_source_fr = fields.Char("Source of Gravity (French)")
    gravity_source_en = fields.Char("Source of Gravity (English)")
    gravity_source = fields.Char("Source of Gravity", compute="_compute_texts")
    surveillance = fields.Selection(
        [
            ("always", "Always audited"),
            ("if_concerned", "Audited if concerned"),
            ("no", "Not in the minimum"),
        ],
        string="Surveillance Minimum",
        required=True,
        default="no",
    )
    new_entrant_adapted = fields.Boolean(
        help="At the initial audit of a new entrant the process is checked; how it "
        "is applied is checked at the surveillance audit."
    )
    subcontractor_rule = fields.Selection(
        [
            ("none", "No special rule"),
            ("not_applicable", "Not applicable"),
            ("by_tasks", "According to the tasks entrusted"),
            ("special", "Special rule"),
        ],
        string="Acting as Subcontractor",
        required=True,
        default="none",
    )
    expected_level_fr = fields.Text("Expected Level (French)")
    expected_level_en = fields.Text("Expected Level (English)")
    expected_level = fields.Text(compute="_compute_texts")
    expected_level_status = fields.Selection(TEXT_STATUS, "Status of Expected Level")
    minor_when_fr = fields.Text("Non-Conformity (French)")
    minor_when_en = fields.Text("Non-Conformity (English)")
    minor_when = fields.Text("Non-Conformity", compute="_compute_texts")
    minor_when_status = fields.Selection(TEXT_STATUS, "Status of Non-Conformity")
    evidence_fr = fields.Text("Examples of Evidence (French)")
    evidence_en = fields.Text("Examples of Evidence (English)")
    evidence = fields.Text("Examples of Evidence", compute="_compute_texts")
    evidence_status = fields.Selection(TEXT_STATUS, "Status of Evidence")
    obligations_fr = fields.Text("Specific Obligations (French)")
    obligations_en = fields.Text("Specific Obligations (English)")
    obligations = fields.Text("Specific Obligations", compute="_compute_texts")
    obligations_status = fields.Selection(TEXT_STATUS, "Status of Obligations")
    clarifications_fr = fields.Text("Clarifications (French)")
    clarifications_en = fields.Text("Clarifications (English)")
    clarifications = fields.Text(compute="_compute_texts")
    new_entrant_fr = fields.Text("New Entrants (French)")
    new_entrant_en = fields.Text("New Entrants (English)")
    new_entrant = fields.Text("New Entrants", compute="_compute_texts")
    subcontractor_fr = fields.Text("Subcontracting (French)")
    subcontractor_en = fields.Text("Subcontracting (English)")
    subcontractor = fields.Text("Subcontracting", compute="_compute_texts")
    glossary_fr = fields.Text("Glossary (French)")
    glossary_en = fields.Text("Glossary (English)")
    glossary = fields.Text(compute="_compute_texts")
    common_gap_fr = fields.Text("Common Gap (French)")
    common_gap_en = fields.Text("Common Gap (English)")
    common_gap = fields.Text(
        compute="_compute_texts", help="Practitioners' view, not official."
    )

    _guide_indicator_uniq = models.Constraint(
        "UNIQUE(guide_id, indicator_id)",
        "This guide already has an entry for this indicator.",
    )

    @api.depends_context("lang")
    @api.depends("guide_id", "indicator_id")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = self.env._(
                "%(guide)s, indicator %(indicator)s",
                guide=entry.guide_id.display_name,
                indicator=entry.indicator_id.display_name,
            )

    def _notice_beside(self, requirement):
        """What to warn of when this entry is read beside ``requirement``.

        :return: a sentence, or ``False`` when the guide was written for that
            very framework
        """
        guide = self.guide_id
        if not guide:
            return self.env._("No reading guide covers this indicator yet.")
        if guide.framework_id == requirement.framework_id:
            return False
        if requirement.change_kind == "none":
            return self.env._(
                "Guide %(version)s: written for the former framework. The wording "
                "of this indicator has not changed since.",
                version=guide.version,
            )
        return self.env._(
            "Guide %(version)s: written for the former wording of this indicator.",
            version=guide.version,
        )

    def _rule(self):
        """:return: what the applicability rules read of this entry"""
        self.ensure_one()
        return GuideRule(
            gravity=self.gravity,
            new_entrant_adapted=self.new_entrant_adapted,
            subcontractor_rule=self.subcontractor_rule,
        )
