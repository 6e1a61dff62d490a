from markupsafe import Markup

from odoo import api, fields, models

from ...linter import RULES
from ...linter.places import PLACES

# What a reader wants first: the words that are wrong, not where they stand.
SHOWN = 12


class QualiopiPageDefect(models.Model):
    """One thing that the page of a programme lacks, or says and may not say.

    Made by reading the page: when a version is validated, when the page is published,
    and every night. A defect that is found again stays with the day it was first
    found on; one that is gone disappears. Nobody types any.
    """

    _name = "qualiopi.page.defect"
    _description = "Defect of a page"
    _order = "blocking desc, program_id, indicator_id, id"
    _rec_name = "code"
    _check_company_auto = True

    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="program_id.company_id",
        store=True,
        index=True,
        required=True,
        precompute=True,
    )
    category_id = fields.Many2one(related="program_id.category_id", store=True)
    user_id = fields.Many2one(related="program_id.user_id", store=True)
    published = fields.Boolean(
        related="program_id.is_published", string="On the Website", store=True
    )
    version_number = fields.Integer("Version", readonly=True, aggregator=False)
    code = fields.Selection(
        selection="_codes", string="Defect", required=True, readonly=True
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator",
        "Indicator",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    place = fields.Selection(
        selection="_places", string="Where", required=True, readonly=True
    )
    summary = fields.Text("What Is Wrong", compute="_compute_display_name")
    passage = fields.Text("Words Found", readonly=True)
    remedy = fields.Text("What to Do", compute="_compute_remedy")
    source = fields.Char(
        compute="_compute_remedy",
        help="The text it rests on; “Practice” means that no official text says so.",
    )
    blocking = fields.Boolean(
        readonly=True, help="A page with it should not be on the website."
    )
    gap = fields.Boolean(
        "Counts as a Gap",
        readonly=True,
        help="Its indicator is not met for now: what ends soon, and words that are "
        "only worth a look, do not count.",
    )
    found_on = fields.Date("First Found On", required=True, readonly=True)

    @api.model
    def _codes(self):
        return [(code, self.env._(rule.label)) for code, rule in RULES.items()]

    @api.model
    def _places(self):
        return [(code, self.env._(label)) for code, label in PLACES.items()]

    @api.depends_context("lang")
    @api.depends("code", "place")
    def _compute_display_name(self):
        codes, places = dict(self._codes()), dict(self._places())
        for defect in self:
            defect.display_name = self.env._(
                "%(place)s: %(defect)s",
                place=places.get(defect.place, ""),
                defect=codes.get(defect.code, ""),
            )
            defect.summary = defect.display_name

    @api.depends_context("lang")
    @api.depends("code")
    def _compute_remedy(self):
        for defect in self:
            rule = RULES.get(defect.code)
            defect.remedy = rule and self.env._(rule.remedy)
            defect.source = rule and self.env._(rule.source)

    @api.model
    def _replace(self, program, found, day):
        """Put what was found today in place of what was found before.

        :param found: defects given by the linter
        :return: those that were not there before
        """
        old = self.search([("program_id", "=", program.id)])
        kept = {(row.code, row.place, row.passage or ""): row for row in old}
        indicators = self.env["qualiopi.indicator"].search(
            [("number", "in", [1, 2, 3])]
        )
        by_number = {indicator.number: indicator for indicator in indicators}
        number = program.current_version_id.number
        stay, new = self.browse(), []
        for each in found:
            vals = {
                "version_number": number,
                "indicator_id": by_number[each.indicator].id,
                "blocking": each.blocking,
                "gap": each.is_gap,
            }
            row = kept.get((each.code, each.where, each.passage))
            if row:
                row.write(row._changed(row._kept_values(vals)))
                stay |= row
            else:
                new.append(
                    vals
                    | {
                        "program_id": program.id,
                        "code": each.code,
                        "place": each.where,
                        "passage": each.passage,
                        "found_on": day,
                    }
                )
        (old - stay).unlink()
        return self.create(new)

    def _kept_values(self, vals):
        """:return: what a defect that is found again says now"""
        return vals

    def _changed(self, vals):
        """:return: the values that differ from those of this defect"""
        self.ensure_one()
        return {
            name: value
            for name, value in vals.items()
            if value != self._fields[name].convert_to_write(self[name], self)
        }

    def _sentences(self):
        """:return: each defect in words, the gravest first: where, what, the words
        found, and what to do; then how many more there are
        """
        rows = self.sorted(lambda row: (not row.blocking, row.indicator_id.number))
        sentences = []
        for row in rows[:SHOWN]:
            words = row.passage and self.env._("“%(passage)s”", passage=row.passage)
            head = f"{row.display_name} {words}" if words else row.display_name
            sentences.append(f"{head} – {row.remedy}")
        if len(rows) > SHOWN:
            sentences.append(self.env._("and %(count)s more", count=len(rows) - SHOWN))
        return sentences

    def _as_list(self):
        """:return: the sentences, as HTML"""
        rows = Markup().join(Markup("<li>%s</li>") % row for row in self._sentences())
        return Markup("<ul>%s</ul>") % rows

    def action_open_program(self):
        """Open the programme to correct."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "qualiopi.program",
            "res_id": self.program_id.id,
            "view_mode": "form",
            "name": self.program_id.display_name,
        }
