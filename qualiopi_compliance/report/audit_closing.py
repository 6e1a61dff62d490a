from dataclasses import replace

from odoo import api, models

from ..models.certification.qualiopi_audit import REHEARSALS
from ..rules.audit_calendar import MAJOR_CHECK_MONTHS, MAJOR_MONTHS, MINOR_MONTHS
from ..rules.audit_words import SOURCES
from ..rules.verdict import verdict

# The gravest first.
GRAVITIES = ("major", "minor", "remark", "strong")


class AuditClosing(models.AbstractModel):
    """Minutes of the closing meeting: what was found, who was there, what comes next.

    A draft until the audit is closed. Printed again later they say the same: what
    comes next is told as it stood at the closing meeting.
    """

    _name = "report.qualiopi_compliance.audit_closing"
    _description = "Minutes of a closing meeting"
    _inherit = "qualiopi.audit.paper"

    @api.model
    def _title(self):
        return self.env._("Minutes of the closing meeting")

    @api.model
    def _values(self, unit):
        items = unit.item_ids.filtered(lambda item: item.asked != "no")
        decided = items.grouped("decision")
        nothing = unit.item_ids[:0]
        closed = unit.state == "closed"
        return self._audit_values(unit) | {
            "draft": not closed,
            "closed_on": self._date(unit.closed_on),
            "people": self._people(unit.attendee_ids.filtered("at_closing")),
            "asked_count": len(items),
            "seen": self._numbers(decided.get("seen", nothing)),
            "found": self._numbers(decided.get("finding", nothing)),
            "not_looked": self._numbers(decided.get("not_looked", nothing)),
            "undecided": self._numbers(unit._undecided()),
            "findings": self._findings(unit),
            "samples": self._samples(unit),
            "document_count": len(unit.document_ids),
            "interview_count": len(unit.interview_ids),
            "next": self._next(unit) if closed else [],
            "delays": self._delays(unit),
            "delays_source": self.env["qualiopi.reason"]._source_text(
                SOURCES["order_art_5"]
            ),
            "note": self._text(unit.closing_note),
        }

    @api.model
    def _findings(self, audit):
        """:return: pairs of a gravity and what was found, the gravest first"""
        field = audit.finding_ids._fields["gravity"]
        labels = dict(field._description_selection(self.env))
        by_gravity = audit.finding_ids.grouped("gravity")
        return [
            (labels[gravity], [self._finding(row) for row in by_gravity[gravity]])
            for gravity in GRAVITIES
            if gravity in by_gravity
        ]

    @api.model
    def _finding(self, row):
        return {
            "about": row._subject(),
            "name": row.name,
            "proof": row.proof or "",
            "lifted": row.lifted_on_the_day,
            "lifting": row.lifting_note or "",
        }

    @api.model
    def _samples(self, audit):
        return [
            {
                "name": sample.name,
                "method": self._label(sample, "method"),
                "drawn": sample.file_count,
                "population": sample.population_size,
                "words": sample.population or "",
                "seed": sample.method != "chosen" and str(sample.seed),
            }
            for sample in audit.sample_ids.filtered("drawn_on")
        ]

    @api.model
    def _next(self, audit):
        """:return: what comes next, as it stood at the closing meeting"""
        words = self.env["qualiopi.reason"]
        settings = audit.company_id._qualiopi_audit_settings()
        found = verdict(self._case(audit), audit.closed_on, settings)
        return [
            {
                "text": words._say(step.statement),
                "day": self._date(step.day),
                "source": words._source_text(step.statement.source),
            }
            for step in found.next_steps
        ]

    @api.model
    def _delays(self, audit):
        """:return: the statutory delays of what was found; a rehearsal has none"""
        if audit.kind in REHEARSALS:
            return []
        gravities = audit.finding_ids.filtered(
            lambda row: not row.lifted_on_the_day
        ).mapped("gravity")
        sentences = {
            "major": self.env._(
                "A major non-conformity is corrected within %(months)s months of its "
                "notification by the certifier, and its correction checked within "
                "%(check)s month more.",
                months=MAJOR_MONTHS,
                check=MAJOR_CHECK_MONTHS,
            ),
            "minor": self.env._(
                "The action plan for a minor non-conformity is sent within the delay "
                "that the certifier gives, applied within %(months)s months of the "
                "notification and checked at the next audit; not lifted then, it "
                "becomes major.",
                months=MINOR_MONTHS,
            ),
        }
        return [text for gravity, text in sentences.items() if gravity in gravities]

    @api.model
    def _case(self, audit):
        """:return: the case without what was recorded after the closing meeting"""
        case = audit._case()
        day = audit.closed_on

        def known(moment):
            return moment if moment and moment <= day else None

        findings = tuple(
            replace(
                each,
                notified_on=known(each.notified_on),
                lifted_on=known(each.lifted_on),
                plan_due_on=None,
                plan_sent=False,
            )
            for each in case.findings
        )
        return replace(
            case,
            findings=findings,
            decided_on=known(case.decided_on),
            withdrawn_on=known(case.withdrawn_on),
            suspended_on=known(case.suspended_on),
            reinstated_on=known(case.reinstated_on),
        )
