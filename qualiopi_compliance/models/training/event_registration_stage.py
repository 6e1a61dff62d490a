from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.learner_file import (
    DROP_OUT_REASON,
    PIECES,
    FileFacts,
    missing_pieces,
    stage_on,
)
from .count_search import count_condition

# Pieces that a field of the registration proves.
PROOFS = {
    "need": "qualiopi_need_on",
    "entry": "qualiopi_entry_on",
    "adjustment": "qualiopi_adjustment",
    "contract": "qualiopi_contract_on",
    "convocation": "qualiopi_convocation_on",
    "exam_enrolment": "qualiopi_exam_enrolled_on",
    "exam_result": "qualiopi_exam_result",
    "certificate": "qualiopi_certificate_on",
    "drop_out_reason": "qualiopi_drop_out_reason",
}


class EventRegistration(models.Model):
    """What a learner's file holds and still lacks for its stage, and since when."""

    _inherit = "event.registration"

    qualiopi_stage = fields.Selection(
        [("before", "Before"), ("during", "During"), ("after", "After")],
        "Stage",
        compute="_compute_qualiopi_missing",
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

    @api.depends("event_id", "state")
    def _compute_qualiopi_missing(self):
        today = self.env["qualiopi.framework"]._today()
        facts = self._qualiopi_facts()
        for registration in self:
            file = facts.get(registration.id or registration._origin.id)
            if not file:
                registration.qualiopi_stage = False
                registration.qualiopi_missing = []
                registration.qualiopi_missing_count = 0
                registration.qualiopi_late_count = 0
                continue
            missing = missing_pieces(file, today)
            registration.qualiopi_stage = stage_on(file, today)
            registration.qualiopi_missing = [
                {
                    "code": row.piece.code,
                    "due_on": fields.Date.to_string(row.due_on),
                    "late": row.late,
                }
                for row in missing
            ]
            registration.qualiopi_missing_count = len(missing)
            registration.qualiopi_late_count = sum(row.late for row in missing)

    @api.depends_context("lang")
    @api.depends("qualiopi_missing")
    def _compute_qualiopi_missing_text(self):
        labels = self._qualiopi_piece_labels()
        for registration in self:
            registration.qualiopi_missing_text = "\n".join(
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
                for row in registration.qualiopi_missing or []
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

    def _qualiopi_facts(self):
        """Read what the rules need of many files at once.

        The number of queries does not depend on the number of files.

        :return: id of the registration -> :class:`FileFacts`, for those that are
            learner files
        """
        self._qualiopi_fetch()
        files = self.filtered("qualiopi_program_id")
        days = {event: event._qualiopi_days() for event in files.event_id}
        assessed = self._qualiopi_assessed_objectives()
        with_document = self._qualiopi_ids_with("qualiopi.learner.document")
        with_attendance = self._qualiopi_ids_with("qualiopi.attendance")
        present = self._qualiopi_ids_with(
            "qualiopi.attendance", [("state", "=", "present")]
        )
        facts = {}
        for registration in files:
            identity = registration._origin.id or registration.id
            program = registration.qualiopi_program_id
            first, last = days[registration.event_id]
            if not first or not last:
                continue
            held = registration._qualiopi_held_by_field()
            objectives = len(program.objective_ids)
            if objectives and assessed.get(identity, 0) >= objectives:
                held.add("outcome")
            held |= {"documents"} if identity in with_document else set()
            held |= {"attendance"} if identity in with_attendance else set()
            facts[identity] = FileFacts(
                category=program.category_id.code,
                certifying=program.certifying,
                starts_on=first,
                ends_on=last,
                held=frozenset(held),
                # a request is not an enrolment: nothing is due yet
                cancelled=registration.state in ("draft", "cancel")
                or not registration.active,
                dropped_on=registration.qualiopi_dropped_on or None,
                present=identity in present,
            )
        return facts

    def _qualiopi_assessed_objectives(self):
        """:return: id of the registration -> how many objectives have a result"""
        # sudo: qualiopi.outcome - only how many, of files the reader reads
        groups = (
            self.env["qualiopi.outcome"]
            .sudo()
            ._read_group(
                [
                    ("registration_id", "in", self._origin.ids),
                    ("result", "!=", False),
                ],
                ["registration_id"],
                ["objective_id:count_distinct"],
            )
        )
        return {registration.id: count for registration, count in groups}

    def _qualiopi_ids_with(self, model, domain=()):
        """:return: ids of the registrations with at least one record of ``model``"""
        # sudo: pieces of the file - only whether they exist, of files the reader reads
        groups = (
            self.env[model]
            .sudo()
            ._read_group(
                [("registration_id", "in", self._origin.ids), *domain],
                ["registration_id"],
            )
        )
        return {registration.id for (registration,) in groups}

    def _qualiopi_fetch(self):
        """Read all that is needed at once: by itself the ORM reads by the thousand."""
        self.fetch(
            [
                *PROOFS.values(),
                "event_id",
                "qualiopi_program_id",
                "state",
                "active",
                "qualiopi_dropped_on",
            ]
        )
        self.event_id.fetch(["date_begin", "date_end", "date_tz"])
        self.qualiopi_program_id.fetch(["category_id", "certifying", "objective_ids"])

    def _qualiopi_held_by_field(self):
        """:return: codes of the pieces that a field of the registration proves"""
        self.ensure_one()
        return {code for code, name in PROOFS.items() if self[name]}
