from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.assessment import Band, band_of, gaps, overlaps

KINDS = [
    ("group", "Group"),
    ("adaptation", "Adaptation"),
    ("redirect", "Something else than this training"),
]


class QualiopiEntryProposal(models.Model):
    """What a score at the entry assessment proposes: a group, an adaptation.

    Without a programme it holds for all programmes of the company that have none of
    their own. The trainer decides on each learner's file; nothing happens by itself.
    Archived when it is no longer proposed: what was decided stays on the files.
    """

    _name = "qualiopi.entry.proposal"
    _description = "Proposal after an entry assessment"
    _order = "program_id, score_from, id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: all programmes that have no proposal of their own.",
    )
    score_from = fields.Float(
        "From (%)", help="In per cent of the points of the assessment, included."
    )
    score_to = fields.Float(
        "To (%)",
        default=100,
        help="Included, unless another proposal begins there.",
    )
    kind = fields.Selection(KINDS, "Proposes", required=True, default="adaptation")
    group_name = fields.Char(
        "Group", help="As it will be written on the learner's file."
    )
    proposal = fields.Text(
        required=True,
        help="What the trainer reads on the learner's file, and confirms or dismisses.",
    )
    warning = fields.Text(compute="_compute_warning")

    @api.depends("score_from", "score_to", "kind", "group_name", "proposal")
    def _compute_display_name(self):
        for row in self:
            text = (row.group_name or row.proposal or "").split("\n")[0]
            row.display_name = f"{row.score_from:g}–{row.score_to:g} %: {text}"

    @api.depends_context("lang")
    @api.depends("score_from", "score_to", "active", "program_id", "company_id")
    def _compute_warning(self):
        for row in self:
            bands = row._bands_beside() + [row._band()]
            row.warning = "\n".join(
                self.env._(
                    "Between %(low)s and %(high)s %% nothing is proposed.",
                    low=f"{low:g}",
                    high=f"{high:g}",
                )
                for low, high in (gaps(bands) if row.active else ())
            )

    def _band(self):
        self.ensure_one()
        return Band(self.score_from, self.score_to, self._origin.id or 0)

    def _bands_beside(self):
        """:return: the other proposals for the same programme, or the company's"""
        self.ensure_one()
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("program_id", "=", self.program_id.id),
                ("id", "!=", self._origin.id),
            ]
        )
        return [other._band() for other in others]

    @api.constrains("score_from", "score_to")
    def _check_scores(self):
        for row in self:
            if not 0 <= row.score_from <= row.score_to <= 100:
                raise ValidationError(
                    self.env._(
                        "%(low)s to %(high)s %% is no range of scores: they go from 0 "
                        "to 100, the lower one first.",
                        low=f"{row.score_from:g}",
                        high=f"{row.score_to:g}",
                    )
                )

    @api.constrains("kind", "group_name")
    def _check_group(self):
        for row in self:
            if row.kind == "group" and not (row.group_name or "").strip():
                raise ValidationError(
                    self.env._(
                        "“%(proposal)s”: name the group that is proposed.",
                        proposal=row.proposal,
                    )
                )

    @api.constrains("score_from", "score_to", "active", "program_id", "company_id")
    def _check_overlap(self):
        for row in self.filtered("active"):
            pairs = overlaps([*row._bands_beside(), row._band()])
            found = [pair for pair in pairs if row.id in {band.key for band in pair}]
            if found:
                raise ValidationError(
                    self.env._(
                        "A score would propose two things at once: %(proposals)s. "
                        "Change the scores, or archive one of them.",
                        proposals=" / ".join(
                            self.browse(band.key).display_name for band in found[0]
                        ),
                    )
                )

    @api.model
    def _for_program(self, program):
        """:return: the proposals of a programme, else the company's"""
        # sudo: qualiopi.entry.proposal - asked when somebody answers, whoever he is
        rows = self.sudo().search(
            [
                ("company_id", "=", program.company_id.id),
                ("program_id", "in", (program.id, False)),
            ]
        )
        return rows.filtered("program_id") or rows

    def _for_score(self, score):
        """:param score: in per cent
        :return: which of these a score proposes, nothing outside all ranges
        """
        band = band_of([row._band() for row in self], score)
        return self.browse(band.key if band else ())

    # Files that wait for a decision follow the table

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.company_id._qualiopi_propose_again()
        return rows

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        (companies | self.company_id)._qualiopi_propose_again()
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        companies._qualiopi_propose_again()
        return result
