"""The fewest non-conformities whose lifting changes the outcome."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from .audit_findings import Finding
from .audit_settings import DEFAULTS, AuditSettings
from .audit_words import Statement
from .verdict_case import AuditCase, Outcome, conclude, severity, situation
from .verdict_reasons import names, say

__all__ = ["SmallestLifting", "lift", "smallest_lifting"]


@dataclass(frozen=True)
class SmallestLifting:
    """What to lift today for another outcome.

    :param keys: of the findings, those that hurry most first; empty when no lifting
        changes the outcome
    :param before: outcome as it stands; for a rehearsal, the one imagined
    :param after: outcome with these lifted
    :param statement: the same in one sentence
    """

    keys: tuple[str, ...]
    before: Outcome
    after: Outcome
    statement: Statement


def lift(case: AuditCase, keys: Collection[str], day: date) -> AuditCase:
    """:return: the case as if these findings, where open, were lifted on ``day``"""
    findings = tuple(
        replace(each, lifted_on=day)
        if each.key in keys and not each.lifted(day)
        else each
        for each in case.findings
    )
    return replace(case, findings=findings)


def smallest_lifting(
    case: AuditCase, day: date, settings: AuditSettings = DEFAULTS
) -> SmallestLifting:
    """The smallest set, found without trying them all.

    Findings enter the conclusion in three ways only: majors missed, majors open and
    minors open on the day it looks at. A lifting of today cannot undo a missed delay.
    All that it can change is whether something is in the way (:class:`Situation`),
    and this ends exactly when no major is open and fewer minors than the limit are. So
    whatever changes the outcome lifts every open major, and of n open minors at least
    n + 1 - limit: this set does just that. Which minors is free: those notified first
    are taken, then the lowest indicator, then the key.
    """
    before = conclude(case, day, settings).outcome
    chosen = _in_the_way(case, day, settings)
    keys = tuple(each.key for each in chosen)
    after = conclude(lift(case, keys, day), day, settings).outcome
    if after != before:
        said = say(f"lift_for_{after}", findings=names(chosen))
        return SmallestLifting(keys, before, after, said)
    code = "lifting_changes_nothing" if _held_up(before) else "nothing_in_the_way"
    return SmallestLifting((), before, before, say(code))


def _in_the_way(
    case: AuditCase, day: date, settings: AuditSettings
) -> tuple[Finding, ...]:
    found = situation(case, day, settings)
    chosen = sorted(found.open_majors, key=_urgency)
    if found.enough_minors:
        count = len(found.open_minors) - settings.minors_for_major + 1
        chosen += sorted(found.open_minors, key=_urgency)[:count]
    return tuple(chosen)


def _urgency(finding: Finding) -> tuple[date, int, str]:
    return (finding.notified_on or date.max, finding.indicator or 0, finding.key)


def _held_up(outcome: Outcome) -> bool:
    return severity(outcome) > severity("awaiting_decision")
