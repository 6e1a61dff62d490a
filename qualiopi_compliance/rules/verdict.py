"""From findings to the decision: what follows from an audit on a given day.

A verdict says what the texts lead to, never what the company is worth: only a
certifier decides. Sources: order of 6 June 2019 on the audits, art. 2, 5 and 8; what
rests on less says so, and is a figure of :class:`.AuditSettings`.

- A minor non-conformity does not stand in the way of the decision. Its plan is applied
  within six months and checked at the next audit; not lifted then, it is major.
- A major one is corrected within three months of its notification and checked at most
  a month later, before any decision. Else the certificate is refused (initial audit),
  not renewed (renewal), not extended (extension), suspended (surveillance).
- Five minors not lifted at the decision count as one major.
- A suspension that is not ended by lifting what caused it leads to withdrawal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .audit_findings import (
    AUDIT_KINDS,
    FINDING_REFUSALS,
    AuditKind,
    DecidedKind,
    Finding,
    Gravity,
    Requirement,
    check_finding,
    check_lifting,
    check_notification,
)
from .audit_settings import DEFAULTS, AuditSettings
from .audit_words import Statement
from .verdict_case import OUTCOMES, AuditCase, Outcome, conclude, severity
from .verdict_reasons import reasons_for
from .verdict_smallest import SmallestLifting, smallest_lifting
from .verdict_steps import NextStep, steps_for
from .verdict_texts import VERDICT_PHRASES

__all__ = [
    "AUDIT_KINDS",
    "FINDING_REFUSALS",
    "OUTCOMES",
    "VERDICT_PHRASES",
    "AuditCase",
    "AuditKind",
    "DecidedKind",
    "Finding",
    "Gravity",
    "NextStep",
    "Outcome",
    "Requirement",
    "SmallestLifting",
    "Verdict",
    "check_finding",
    "check_lifting",
    "check_notification",
    "severity",
    "smallest_lifting",
    "verdict",
]


@dataclass(frozen=True)
class Verdict:
    """What follows from an audit on one day.

    :param would_be: for an internal or mock audit, what a certifier who wrote the same
        on that day would have come to; else ``None``
    :param reasons: at least one, what weighs most first
    :param next_steps: those with a day first, in the order of their days
    """

    outcome: Outcome
    would_be: Outcome | None
    reasons: tuple[Statement, ...]
    next_steps: tuple[NextStep, ...]
    smallest_lifting: SmallestLifting


def verdict(case: AuditCase, day: date, settings: AuditSettings = DEFAULTS) -> Verdict:
    """:param day: of the question; what is dated later is taken as planned
    :raise ValueError: when the audit is not closed by then
    """
    if day < case.closed_on:
        raise ValueError("An audit has no verdict before it is closed")
    found = conclude(case, day, settings)
    return Verdict(
        outcome="rehearsal" if case.rehearsal else found.outcome,
        would_be=found.outcome if case.rehearsal else None,
        reasons=reasons_for(case, found, day, settings),
        next_steps=steps_for(found, day, settings, case.rehearsal),
        smallest_lifting=smallest_lifting(case, day, settings),
    )
