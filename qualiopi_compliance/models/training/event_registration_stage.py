from odoo import api, models

from ...rules.learner_file import FileFacts

# Pieces that a field of the registration proves, besides those of any file.
PROOFS = {
    "convocation": "qualiopi_convocation_on",
    "certificate": "qualiopi_certificate_on",
}


class EventRegistration(models.Model):
    """What a learner's file holds and still lacks for its stage, and since when."""

    _inherit = "event.registration"

    @api.depends("event_id", "state")
    def _compute_qualiopi_missing(self):
        return super()._compute_qualiopi_missing()

    @api.model
    def _qualiopi_proofs(self):
        return super()._qualiopi_proofs() | PROOFS

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
                *self._qualiopi_proofs().values(),
                "event_id",
                "qualiopi_program_id",
                "state",
                "active",
                "qualiopi_dropped_on",
            ]
        )
        self.event_id.fetch(["date_begin", "date_end", "date_tz"])
        programs = self.qualiopi_program_id
        programs.fetch(["category_id", "certifying", "objective_ids"])
        programs.category_id.fetch(["code"])
