"""What a verdict is given: an audit, its findings, the certifier's decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal, get_args

from .applicability import Regime
from .audit_calendar import add_months, major_deadlines
from .audit_findings import AUDIT_KINDS, AuditKind, DecidedKind, Finding
from .audit_settings import DEFAULTS, AuditSettings
from .marks import _lt

__all__ = [
    "OUTCOMES",
    "AuditCase",
    "Conclusion",
    "Outcome",
    "Situation",
    "conclude",
    "severity",
    "situation",
]

Outcome = Literal[
    "granted",
    "maintained",
    "renewed",
    "extended",
    "awaiting_decision",
    "corrections",
    "awaiting_reinstatement",
    "suspended",
    "lapsed",
    "refused",
    "not_renewed",
    "not_extended",
    "withdrawn",
    "rehearsal",
]

OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        "granted": _lt("Certificate granted"),
        "maintained": _lt("Certificate maintained"),
        "renewed": _lt("Certificate renewed"),
        "extended": _lt("Certificate extended"),
        "awaiting_decision": _lt("Decision awaited, nothing stands in its way"),
        "corrections": _lt("Corrections due before any decision"),
        "awaiting_reinstatement": _lt("Suspended, corrections made, decision awaited"),
        "suspended": _lt("Certificate suspended"),
        "lapsed": _lt("Certificate lapsed"),
        "refused": _lt("Certificate refused"),
        "not_renewed": _lt("Certificate not renewed"),
        "not_extended": _lt("Extension refused"),
        "withdrawn": _lt("Certificate withdrawn"),
        "rehearsal": _lt("Rehearsal, without any decision"),
    }
)
"""Outcome -> its name."""

_SEVERITY: Final[Mapping[Outcome, int]] = MappingProxyType(
    {
        "granted": 0,
        "maintained": 0,
        "renewed": 0,
        "extended": 0,
        "rehearsal": 0,
        "awaiting_decision": 1,
        "corrections": 2,
        "awaiting_reinstatement": 3,
        "suspended": 4,
        "lapsed": 5,
        # Worse than lapsed: a refusal also delays the next request.
        "refused": 6,
        "not_renewed": 6,
        "not_extended": 6,
        "withdrawn": 7,
    }
)
_GOOD: Final[Mapping[DecidedKind, Outcome]] = MappingProxyType(
    {
        "initial": "granted",
        "surveillance": "maintained",
        "renewal": "renewed",
        "extension": "extended",
    }
)
_BAD: Final[Mapping[DecidedKind, Outcome]] = MappingProxyType(
    {
        "initial": "refused",
        "surveillance": "suspended",
        "renewal": "not_renewed",
        "extension": "not_extended",
    }
)
_STANDS_FOR_ANOTHER: Final = ("follow_up", "internal", "mock")
_DAY: Final = timedelta(days=1)


def severity(outcome: Outcome) -> int:
    """:return: how bad it is: 0 for the best, equal for outcomes alike"""
    return _SEVERITY[outcome]


@dataclass(frozen=True, kw_only=True)
class AuditCase:
    """One audit, as far as it matters for the decision.

    :param closed_on: the day of the closing meeting
    :param findings: those of this audit; for a follow-up, those of the audit it
        follows together with its own
    :param stands_for: the audit that a follow-up follows, or that an internal or mock
        audit rehearses; for the others ``None``
    :param decided_on: the day the certifier decides, planned or past
    :param obtained_on: the day the certification is obtained; by default the decision
        on an initial audit
    :param certificate_last_day: of the certificate that runs, if any
    :param suspended_on: the day the certifier suspended it
    :param suspension_ends_on: the day the certifier gave; by default counted
    :param reinstated_on: the day the certifier ended the suspension
    :param withdrawn_on: the day the certifier withdrew it
    :param regime: of the company at this audit
    """

    kind: AuditKind
    closed_on: date
    findings: tuple[Finding, ...] = ()
    stands_for: DecidedKind | None = None
    decided_on: date | None = None
    obtained_on: date | None = None
    certificate_last_day: date | None = None
    suspended_on: date | None = None
    suspension_ends_on: date | None = None
    reinstated_on: date | None = None
    withdrawn_on: date | None = None
    regime: Regime = "standard"

    def __post_init__(self) -> None:
        if self.kind not in AUDIT_KINDS:
            raise ValueError(f"Unknown kind of audit: {self.kind!r}")
        if (self.kind in _STANDS_FOR_ANOTHER) != (self.stands_for is not None):
            raise ValueError(f"Say what a {self.kind} audit stands for, no other does")
        if self.stands_for is not None and self.stands_for not in get_args(DecidedKind):
            raise ValueError(f"No decision ends such an audit: {self.stands_for!r}")
        keys = [each.key for each in self.findings]
        if len(set(keys)) < len(keys):
            raise ValueError("Two findings have the same key")
        if self.decided_on is not None and self.decided_on < self.closed_on:
            raise ValueError("An audit cannot be decided before it is closed")

    @property
    def rehearsal(self) -> bool:
        """:return: whether no certifier decides on it"""
        return self.kind in ("internal", "mock")

    @property
    def decides(self) -> DecidedKind:
        """:return: the kind of audit that the decision is about"""
        if self.stands_for is not None:
            return self.stands_for
        kinds: tuple[DecidedKind, ...] = get_args(DecidedKind)
        return next(kind for kind in kinds if kind == self.kind)

    def decided(self, day: date) -> bool:
        return self.decided_on is not None and self.decided_on <= day


@dataclass(frozen=True)
class Situation:
    """Which non-conformities weigh on a decision taken on one day.

    :param open_majors: not lifted, minor ones that count as major included
    :param open_minors: not lifted
    :param missed: majors not lifted within the three months and the month after
    :param enough_minors: so many minors are open that they count as one major
    """

    open_majors: tuple[Finding, ...]
    open_minors: tuple[Finding, ...]
    missed: tuple[Finding, ...]
    enough_minors: bool

    @property
    def blocked(self) -> bool:
        """:return: whether something stands in the way of a good decision"""
        return bool(self.open_majors) or self.enough_minors


@dataclass(frozen=True)
class Conclusion:
    """What follows from a case on one day, and what it was read from.

    :param judged_on: the day at whose end the non-conformities were looked at
    :param case: the case itself; for a rehearsal, the audit that it imagines
    :param suspended_since: first day of the suspension, if there is one
    :param suspension_end: its last day
    :param suspension_recorded: whether the certifier decided it; else it is expected
    """

    outcome: Outcome
    judged_on: date
    situation: Situation
    case: AuditCase
    suspended_since: date | None = None
    suspension_end: date | None = None
    suspension_recorded: bool = False


def situation(
    case: AuditCase, day: date, settings: AuditSettings = DEFAULTS
) -> Situation:
    """:param day: non-conformities lifted later count as open"""
    kind = case.decides
    majors = [each for each in case.findings if each.counts_as(kind) == "major"]
    minors = tuple(
        each
        for each in case.findings
        if each.counts_as(kind) == "minor" and not each.lifted(day)
    )
    limit = settings.minors_for_major
    return Situation(
        open_majors=tuple(each for each in majors if not each.lifted(day)),
        open_minors=minors,
        missed=tuple(each for each in majors if _missed(each, day)),
        enough_minors=0 < limit <= len(minors),
    )


def _missed(finding: Finding, day: date) -> bool:
    """:return: whether this major was not lifted within its delays"""
    if finding.notified_on is None:
        # The delays run from the notification.
        return False
    _corrected, checked = major_deadlines(finding.notified_on)
    return day > checked.day and not finding.lifted(checked.day)


def conclude(
    case: AuditCase, day: date, settings: AuditSettings = DEFAULTS
) -> Conclusion:
    """What follows from the case if nothing more happens until ``day``.

    A certificate that ended can be neither maintained nor renewed nor extended: what
    was not decided by its last day has lapsed.
    """
    if case.rehearsal:
        case = _imagined(case, day, settings)
    last = case.certificate_last_day
    if case.decides == "initial" or last is None or day <= last:
        return _conclude(case, day, settings)
    at_end = _conclude(case, last, settings)
    if severity(at_end.outcome) == 0 or severity(at_end.outcome) > severity("lapsed"):
        return at_end
    return replace(at_end, outcome="lapsed")


def _imagined(case: AuditCase, day: date, settings: AuditSettings) -> AuditCase:
    """The audit as if the certifier came on ``day`` and wrote what was found here.

    Delays would begin on that day. With nothing in the way the decision follows.
    """
    imagined = AuditCase(
        kind=case.decides,
        closed_on=day,
        findings=tuple(replace(each, notified_on=day) for each in case.findings),
        certificate_last_day=case.certificate_last_day,
        regime=case.regime,
    )
    if situation(imagined, day, settings).blocked:
        return imagined
    return replace(imagined, decided_on=day)


def _conclude(case: AuditCase, day: date, settings: AuditSettings) -> Conclusion:
    judged_on = _judged_on(case, day)
    found = situation(case, judged_on, settings)
    if case.decides == "surveillance" and _suspended(case, found, day):
        return _suspension(case, found, day, settings)
    outcome: Outcome
    if case.decided(day):
        # A surveillance decided with everything lifted, be it late, ends well: nothing
        # is left that a suspension could wait for.
        late = bool(found.missed) and case.decides != "surveillance"
        failed = found.blocked or late
        outcome = (_BAD if failed else _GOOD)[case.decides]
    elif found.missed:
        outcome = _BAD[case.decides]
    else:
        outcome = "corrections" if found.blocked else "awaiting_decision"
    return Conclusion(outcome, judged_on, found, case)


def _judged_on(case: AuditCase, day: date) -> date:
    """:return: the decision if it was taken, else the day of the question"""
    if case.decided_on is not None and case.decided_on <= day:
        return case.decided_on
    return day


def _suspended(case: AuditCase, found: Situation, day: date) -> bool:
    """The certifier acted, or art. 5 lets expect that it will."""
    if _past(case.suspended_on, day) or _past(case.withdrawn_on, day):
        return True
    return found.blocked if case.decided(day) else bool(found.missed)


def _suspension(
    case: AuditCase, decided_upon: Situation, day: date, settings: AuditSettings
) -> Conclusion:
    """What became of a certificate that a surveillance audit put at risk.

    Only a suspension that the certifier decided can run out: one that is merely to be
    expected lasts until it is recorded.
    """
    since, recorded = _suspended_since(case, decided_upon, day)
    end = case.suspension_ends_on
    if end is None and since is not None:
        end = add_months(since, settings.suspension_months)
    judged_on = min(day, end) if recorded and end is not None else day
    found = situation(case, judged_on, settings)
    outcome: Outcome
    if _past(case.withdrawn_on, day):
        outcome = "withdrawn"
    elif _reinstated(case, judged_on, day, settings):
        outcome = "maintained"
    elif not found.blocked:
        outcome = "awaiting_reinstatement"
    else:
        outcome = "withdrawn" if judged_on < day else "suspended"
    return Conclusion(outcome, judged_on, found, case, since, end, recorded)


def _suspended_since(
    case: AuditCase, found: Situation, day: date
) -> tuple[date | None, bool]:
    """:return: first day of the suspension, and whether the certifier decided it

    Where it is merely expected, that is the first day on which it may come: the
    careful choice, as the withdrawal is counted from it.
    """
    if case.suspended_on is not None and case.suspended_on <= day:
        return case.suspended_on, True
    if case.decided(day) and found.blocked:
        return case.decided_on, True
    ends = [
        major_deadlines(each.notified_on)[1].day
        for each in found.missed
        if each.notified_on is not None
    ]
    return (min(ends) + _DAY if ends else None), False


def _reinstated(
    case: AuditCase, judged_on: date, day: date, settings: AuditSettings
) -> bool:
    """A suspension ends by a decision, and only with nothing in the way by then."""
    back = case.reinstated_on
    if back is None or back > day:
        return False
    return not situation(case, min(back, judged_on), settings).blocked


def _past(event: date | None, day: date) -> bool:
    return event is not None and event <= day
