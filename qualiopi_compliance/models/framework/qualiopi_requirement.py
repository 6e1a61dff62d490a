from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.applicability import RequirementRule
from ...rules.wording import compare
from .qualiopi_guide_entry import GRAVITY


class QualiopiRequirement(models.Model):
    """What one framework says for one indicator.

    The French statement is the official text, to the letter; the English one is
    our translation. What the law has left open (a threshold that an order must
    fix) is described by ``threshold_label`` and shown as awaited until
    ``threshold_fixed`` is set by a later data file. Shared reference, shipped
    as data and refreshed by each update.
    """

    _name = "qualiopi.requirement"
    _description = "Requirement of a framework"
    _inherit = ["qualiopi.bilingual.mixin"]
    _order = "framework_id, number"
    _rec_names_search = ["statement_fr", "statement_en", "number"]
    _bilingual_texts = (
        "statement",
        "condition_note",
        "change_note",
        "threshold_label",
        "suggested_evidence",
        "source",
        "doubt",
    )

    framework_id = fields.Many2one(
        "qualiopi.framework", required=True, index=True, ondelete="cascade"
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator", required=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    criterion_id = fields.Many2one(related="indicator_id.criterion_id", store=True)
    kind = fields.Selection(related="indicator_id.kind", store=True)
    label = fields.Char(related="indicator_id.label")
    statement_fr = fields.Text("Official Statement (French)", required=True)
    statement_en = fields.Text("Statement (English Translation)")
    statement = fields.Text(compute="_compute_texts", search="_search_statement")
    category_ids = fields.Many2many("qualiopi.category", string="Action Categories")
    condition = fields.Selection(
        [
            ("certifying", "Leads to a professional certification"),
            ("work_study", "Work-study"),
            ("training_at_work", "Periods of training at work"),
            ("subcontracting", "Uses subcontracting or umbrella employment"),
            ("over_two_days", "Courses over two days"),
        ],
        help="The indicator only applies where this is the case.",
    )
    condition_settled = fields.Boolean(
        default=True,
        help="Off when the condition was stated for a former wording and nothing "
        "official says yet whether it still holds.",
    )
    condition_note_fr = fields.Text("Condition (French)")
    condition_note_en = fields.Text("Condition (English)")
    condition_note = fields.Text(compute="_compute_texts")
    change_kind = fields.Selection(
        [
            ("none", "Unchanged"),
            ("wording", "Form only"),
            ("substance", "Changed"),
            ("new", "New"),
        ],
        string="Change",
        default="none",
        required=True,
        help="Compared with the framework before.",
    )
    change_note_fr = fields.Text("What Changed (French)")
    change_note_en = fields.Text("What Changed (English)")
    change_note = fields.Text("What Changed", compute="_compute_texts")
    threshold_label_fr = fields.Char("Threshold (French)")
    threshold_label_en = fields.Char("Threshold (English)")
    threshold_label = fields.Char("Threshold", compute="_compute_texts")
    threshold_fixed = fields.Boolean()
    threshold_value = fields.Float(aggregator=False)
    threshold_text = fields.Char(
        "Threshold in Force", compute="_compute_threshold_text"
    )
    suggested_evidence_fr = fields.Text("Suggested Evidence (French)")
    suggested_evidence_en = fields.Text("Suggested Evidence (English)")
    suggested_evidence = fields.Text(compute="_compute_texts")
    source_fr = fields.Text("Source (French)")
    source_en = fields.Text("Source (English)")
    source = fields.Text(compute="_compute_texts")
    doubt_fr = fields.Text("Not Settled (French)")
    doubt_en = fields.Text("Not Settled (English)")
    doubt = fields.Text("Not Settled", compute="_compute_texts")
    previous_id = fields.Many2one(
        "qualiopi.requirement", "Former Requirement", compute="_compute_previous_id"
    )
    former_statement_html = fields.Html(
        "Former Text", compute="_compute_comparison", sanitize=False
    )
    new_statement_html = fields.Html(
        "New Text", compute="_compute_comparison", sanitize=False
    )
    guide_entry_id = fields.Many2one(
        "qualiopi.guide.entry", "Reading Guide", compute="_compute_guide_entry_id"
    )
    guide_notice = fields.Char(compute="_compute_guide_notice")
    gravity = fields.Selection(
        GRAVITY,
        compute="_compute_gravity",
        search="_search_gravity",
        help="Whether a gap on this indicator may be graded as minor.",
    )

    _framework_indicator_uniq = models.Constraint(
        "UNIQUE(framework_id, indicator_id)",
        "This framework already has a requirement for this indicator.",
    )

    def _search_statement(self, operator, value):
        return self._search_bilingual("statement", operator, value)

    @api.depends_context("lang")
    @api.depends("indicator_id", "framework_id")
    def _compute_display_name(self):
        for requirement in self:
            requirement.display_name = self.env._(
                "%(framework)s, indicator %(indicator)s",
                framework=requirement.framework_id.code,
                indicator=requirement.indicator_id.display_name,
            )

    @api.depends_context("lang")
    @api.depends("threshold_label_fr", "threshold_fixed", "threshold_value")
    def _compute_threshold_text(self):
        for requirement in self:
            if not requirement.threshold_label_fr:
                requirement.threshold_text = False
            elif requirement.threshold_fixed:
                requirement.threshold_text = f"{requirement.threshold_value:g}"
            else:
                requirement.threshold_text = self.env._(
                    "Awaited: no official text was found that fixes it"
                )

    @api.depends("indicator_id", "framework_id")
    def _compute_previous_id(self):
        for framework, requirements in self.grouped("framework_id").items():
            former = framework._previous().requirement_ids if framework else self
            by_indicator = {row.indicator_id: row for row in former}
            for requirement in requirements:
                requirement.previous_id = by_indicator.get(requirement.indicator_id)

    @api.depends_context("lang")
    @api.depends("previous_id", "statement_fr", "statement_en")
    def _compute_comparison(self):
        for requirement in self:
            former = requirement.previous_id
            if not former:
                requirement.former_statement_html = False
                requirement.new_statement_html = False
                continue
            segments = compare(
                former._bilingual("statement"), requirement._bilingual("statement")
            )
            requirement.former_statement_html = self._mark(segments, "removed", "del")
            requirement.new_statement_html = self._mark(segments, "added", "ins")

    @api.model
    def _mark(self, segments, kind, tag):
        """:return: one side of a comparison, what differs inside ``tag``"""
        shown = [segment for segment in segments if segment.kind in ("same", kind)]
        return Markup("").join(
            Markup("<%s>%s</%s>") % (Markup(tag), segment.text, Markup(tag))
            if segment.kind == kind
            else segment.text
            for segment in shown
        )

    @api.depends("indicator_id", "framework_id")
    def _compute_guide_entry_id(self):
        for framework, requirements in self.grouped("framework_id").items():
            guide = framework._guide() if framework else framework.env["qualiopi.guide"]
            entries = {row.indicator_id: row for row in guide.entry_ids}
            for requirement in requirements:
                requirement.guide_entry_id = entries.get(requirement.indicator_id)

    @api.depends_context("lang")
    @api.depends("guide_entry_id", "change_kind")
    def _compute_guide_notice(self):
        for requirement in self:
            requirement.guide_notice = requirement.guide_entry_id._notice_beside(
                requirement
            )

    @api.depends("indicator_id", "framework_id")
    def _compute_gravity(self):
        for requirement in self:
            requirement.gravity = requirement.guide_entry_id.gravity

    def _search_gravity(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain.FALSE
        # a handful of frameworks at most
        frameworks = self.env["qualiopi.framework"].search([])  # pylint: disable=no-search-all
        for framework in frameworks:
            entries = framework._guide().entry_ids
            graded = entries.filtered(lambda entry: entry.gravity in value)
            of_framework = Domain("framework_id", "=", framework.id)
            found |= of_framework & Domain(
                "indicator_id", "in", graded.indicator_id.ids
            )
            if False in value:
                found |= of_framework & Domain(
                    "indicator_id", "not in", entries.indicator_id.ids
                )
        return found

    def _rule(self):
        """:return: what the applicability rules read of this requirement"""
        self.ensure_one()
        return RequirementRule(
            number=self.number,
            categories=frozenset(self.category_ids.mapped("code")),
            condition=self.condition or None,
            condition_settled=self.condition_settled,
        )

    def action_open_guide_entry(self):
        """Open what the reading guide says of this indicator."""
        self.ensure_one()
        return self.guide_entry_id.get_formview_action()
