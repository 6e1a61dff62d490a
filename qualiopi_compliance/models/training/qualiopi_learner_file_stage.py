from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.learner_file import (
    DROP_OUT_REASON,
    PIECES,
    missing_pieces,
    stage_on,
)
from .count_search import count_condition
from .qualiopi_learner_file import STAGES

# Pieces that a field of the file proves.
PROOFS = {
    "need": "qualiopi_need_on",
    "entry": "qualiopi_entry_on",
    "adjustment": "qualiopi_adjustment",
    "contract": "qualiopi_contract_on",
    "exam_enrolment": "qualiopi_exam_enrolled_on",
    "exam_result": "qualiopi_exam_result",
    "drop_out_reason": "qualiopi_drop_out_reason",
}


class QualiopiLearnerFile(models.AbstractModel):
    """What a learner's file holds and still lacks for its stage, and since when."""

    _inherit = "qualiopi.learner.file"

    qualiopi_stage = fields.Selection(
        STAGES, "Stage", compute="_compute_qualiopi_missing"
    )
    qualiopi_missing_count = fields.Integer(
        "Pieces Missing", compute="_compute_qualiopi_missing"
    )
    qualiopi_late_count = fields.Integer(
        "Pieces Late", compute="_compute_qualiopi_missing", search="_search_late_count"
    )
    qualiopi_missing = fields.Json(compute="_compute_qualiopi_missing")
    qualiopi_missing_text = fields.Text(
        "Still Missing", compute="_compute_qualiopi_missing_text"
    )

    def _qualiopi_facts(self):
        """Read what the rules need of many files at once.

        :return: id of the record -> :class:`FileFacts`, for those that are learner
            files; the number of queries must not depend on how many they are
        """
        return {}

    @api.model
    def _qualiopi_proofs(self):
        """:return: code of each piece that a field proves -> name of the field"""
        return PROOFS

    def _qualiopi_held_by_field(self):
        """:return: codes of the pieces that a field of the file proves"""
        self.ensure_one()
        return {code for code, name in self._qualiopi_proofs().items() if self[name]}

    def _compute_qualiopi_missing(self):
        today = self.env["qualiopi.framework"]._today()
        facts = self._qualiopi_facts()
        for record in self:
            file = facts.get(record.id or record._origin.id)
            if not file:
                record.qualiopi_stage = False
                record.qualiopi_missing = []
                record.qualiopi_missing_count = 0
                record.qualiopi_late_count = 0
                continue
            missing = missing_pieces(file, today)
            record.qualiopi_stage = stage_on(file, today)
            record.qualiopi_missing = [
                {
                    "code": row.piece.code,
                    "due_on": fields.Date.to_string(row.due_on),
                    "late": row.late,
                }
                for row in missing
            ]
            record.qualiopi_missing_count = len(missing)
            record.qualiopi_late_count = sum(row.late for row in missing)

    @api.depends_context("lang")
    @api.depends("qualiopi_missing")
    def _compute_qualiopi_missing_text(self):
        labels = self._qualiopi_piece_labels()
        for record in self:
            record.qualiopi_missing_text = "\n".join(
                self.env._(
                    "%(piece)s – late since %(day)s",
                    piece=labels[row["code"]],
                    day=format_date(self.env, row["due_on"]),
                )
                if row["late"]
                else self.env._(
                    "%(piece)s – by %(day)s",
                    piece=labels[row["code"]],
                    day=format_date(self.env, row["due_on"]),
                )
                for row in record.qualiopi_missing or []
            )

    def _search_late_count(self, operator, value):
        """Files with or without late pieces, over all that the reader sees."""
        asked = count_condition(operator, value)
        if not asked:
            return NotImplemented
        today = self.env["qualiopi.framework"]._today()
        files = self.search([("qualiopi_program_id", "!=", False)])
        found = [
            identity
            for identity, facts in files._qualiopi_facts().items()
            if asked(sum(row.late for row in missing_pieces(facts, today)))
        ]
        return Domain("id", "in", found)

    @api.model
    def _qualiopi_piece_labels(self):
        """:return: code of each piece -> its name in the reader's language"""
        return {
            piece.code: self.env._(piece.label) for piece in (*PIECES, DROP_OUT_REASON)
        }
