"""What is prepared before an audit, dated backwards from it.

Practitioners speak of four to eight weeks of preparation; no text fixes any of these
days, which a company may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .audit_findings import AUDIT_KINDS, AuditKind
from .audit_words import SOURCES, Source
from .marks import _lt

__all__ = ["ACTIVITIES", "Activity", "Planned", "schedule"]

_EVERY: Final[frozenset[AuditKind]] = frozenset(AUDIT_KINDS)
_FOLLOW_UP: Final[frozenset[AuditKind]] = frozenset({"follow_up"})
_REHEARSALS: Final[frozenset[AuditKind]] = frozenset({"internal", "mock"})
_LATER: Final[frozenset[AuditKind]] = frozenset({"surveillance", "renewal"})


@dataclass(frozen=True)
class Activity:
    """One thing to prepare.

    :param label: what to do, marked for translation
    :param days: before the audit
    :param kinds: of audits that it is prepared for
    """

    code: str
    label: str
    days: int
    kinds: frozenset[AuditKind]
    source: Source


@dataclass(frozen=True)
class Planned:
    """An activity with its day; ``late`` when that day is past."""

    activity: Activity
    day: date
    late: bool


def _own(code: str, label: str, days: int, kinds: frozenset[AuditKind]) -> Activity:
    return Activity(code, label, days, kinds, SOURCES["own"])


ACTIVITIES: Final = (
    Activity(
        "begin",
        _lt("Go through the checklist, note the gaps as actions"),
        56,
        _EVERY - _FOLLOW_UP,
        SOURCES["preparation"],
    ),
    _own("close_gaps", _lt("Close the gaps noted"), 28, _EVERY - _FOLLOW_UP),
    _own(
        "former_findings",
        _lt("Check that former non-conformities stay corrected"),
        21,
        _LATER | _FOLLOW_UP,
    ),
    _own(
        "sample",
        _lt("Read the files of some sessions from end to end"),
        21,
        _EVERY - _FOLLOW_UP,
    ),
    _own("plan", _lt("Agree on the audit plan"), 14, _EVERY - _REHEARSALS),
    _own("invite", _lt("Invite the people to meet"), 14, _EVERY),
    _own(
        "display",
        _lt("Check the display of the certificate and the use of the logo"),
        7,
        _LATER,
    ),
    _own("interviews", _lt("Hand out the interview sheets"), 7, _EVERY - _FOLLOW_UP),
    _own("evidence", _lt("Set out the evidence, open the auditor's access"), 3, _EVERY),
)
"""In the order in which they come."""


def schedule(kind: AuditKind, audit_on: date, day: date) -> tuple[Planned, ...]:
    """:param audit_on: first day of the audit
    :param day: of the question
    :return: what is prepared for such an audit, in the order of the days
    """
    planned = []
    for activity in ACTIVITIES:
        if kind in activity.kinds:
            due = audit_on - timedelta(days=activity.days)
            planned.append(Planned(activity, due, due < day))
    return tuple(planned)
