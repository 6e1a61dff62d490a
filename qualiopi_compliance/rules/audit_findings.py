"""What an auditor writes, and what may not be written.

A finding concerns an indicator, or another requirement that comes with the
certificate: its display, the use of the logo. A non-conformity is minor when the
indicator is partly met without calling the quality of the service into question, else
major (Labour Code, annex to art. R. 6316-1, II-3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, get_args

from .applicability import Applicability
from .audit_words import Phrase, Statement, statement
from .marks import _lt

__all__ = [
    "AUDIT_KINDS",
    "FINDING_REFUSALS",
    "AuditKind",
    "DecidedKind",
    "Finding",
    "Gravity",
    "Requirement",
    "check_finding",
    "check_lifting",
    "check_notification",
]

AuditKind = Literal[
    "initial",
    "follow_up",
    "surveillance",
    "renewal",
    "extension",
    "internal",
    "mock",
]
DecidedKind = Literal["initial", "surveillance", "renewal", "extension"]
"""Kinds of audits that a certifier's decision ends; a follow-up belongs to one."""
Gravity = Literal["strong", "remark", "minor", "major"]
Requirement = Literal["display", "logo", "other"]

AUDIT_KINDS: Final[Mapping[AuditKind, str]] = MappingProxyType(
    {
        "initial": _lt("Initial audit"),
        "follow_up": _lt("Follow-up audit"),
        "surveillance": _lt("Surveillance audit"),
        "renewal": _lt("Renewal audit"),
        "extension": _lt("Extension audit"),
        "internal": _lt("Internal audit"),
        "mock": _lt("Mock audit"),
    }
)
"""Kind of audit -> its name."""

_PHRASES: dict[str, Phrase] = {
    "no_subject": Phrase(
        _lt("A finding concerns an indicator or another requirement: choose one."),
        "own",
    ),
    "two_subjects": Phrase(
        _lt(
            "A finding concerns an indicator or another requirement, not both: write"
            " two findings."
        ),
        "own",
    ),
    "indicator_not_applicable": Phrase(
        _lt(
            "Indicator %(number)s does not apply to this company: it takes no finding."
            " If it does apply, correct what the company declares first."
        ),
        "own",
    ),
    "major_only": Phrase(
        _lt(
            "A non-conformity with indicator %(number)s is always major: choose major,"
            " or a remark if the indicator is met."
        ),
        "order_art_5",
    ),
    "display_is_major": Phrase(
        _lt(
            "A certificate that is not displayed is a major non-conformity at the"
            " surveillance audit: choose major."
        ),
        "order_art_2",
    ),
    "notified_before_audit": Phrase(
        _lt(
            "Notified on %(notified)s, before the audit of %(audit)s: correct one of"
            " the two days."
        ),
        "own",
    ),
    "lifted_before_audit": Phrase(
        _lt(
            "Lifted on %(lifted)s, before the audit of %(audit)s: correct one of the"
            " two days."
        ),
        "own",
    ),
    "lifted_without_evidence": Phrase(
        _lt("Nothing shows the correction: add its evidence, then lift."), "own"
    ),
    "nothing_to_lift": Phrase(
        _lt("A strong point or a remark is no non-conformity: nothing to lift."), "own"
    ),
}
FINDING_REFUSALS: Final[Mapping[str, Phrase]] = MappingProxyType(_PHRASES)
"""Code of each refusal -> what is wrong and what to do."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was written about one indicator or another requirement.

    :param key: identity, also decides between equals
    :param name: what it is called in a sentence; by default its key
    :param requirement: other than an indicator: ``display`` of the certificate, use
        of the ``logo``
    :param notified_on: the day the certifier notified it in writing, from which the
        delays run; for one carried over, the day its new gravity was notified
    :param lifted_on: the day it was lifted, that of the audit for what was corrected
        on the spot
    :param carried_over: a minor one of the audit before, not lifted at this one
    :param plan_due_on: day the certifier gave to send the plan for a minor one
    :param plan_sent: that plan was sent
    """

    key: str
    gravity: Gravity
    name: str = ""
    indicator: int | None = None
    requirement: Requirement | None = None
    notified_on: date | None = None
    lifted_on: date | None = None
    carried_over: bool = False
    plan_due_on: date | None = None
    plan_sent: bool = False

    def __post_init__(self) -> None:
        if self.gravity not in get_args(Gravity):
            raise ValueError(f"Unknown gravity: {self.gravity!r}")
        if not self.name:
            object.__setattr__(self, "name", self.key)

    def counts_as(self, kind: DecidedKind) -> Gravity:
        """What it weighs in the decision.

        A minor one not lifted at the next audit is requalified as major (order of
        6 June 2019, art. 5); a certificate not displayed is a major one at the
        surveillance audit (art. 2).
        """
        if self.gravity == "minor" and (
            self.carried_over
            or (self.requirement == "display" and kind == "surveillance")
        ):
            return "major"
        return self.gravity

    def lifted(self, day: date) -> bool:
        """:return: whether it is lifted at the end of ``day``"""
        return self.lifted_on is not None and self.lifted_on <= day


def check_finding(
    gravity: Gravity,
    kind: DecidedKind,
    indicator: Applicability | None = None,
    requirement: Requirement | None = None,
) -> Statement | None:
    """May this finding be written?

    :param kind: of the audit; of the one it follows for a follow-up, of the one it
        rehearses for an internal or mock audit
    :param indicator: what is known of the indicator on the day of the audit
    :return: why not and what to do, ``None`` when it may. An indicator whose
        applicability is unsettled takes a finding, and one whose gravity no guide
        gives takes any: nothing says otherwise.
    """
    if indicator is None:
        if requirement is None:
            return statement(FINDING_REFUSALS, "no_subject")
        if requirement == "display" and kind == "surveillance" and gravity == "minor":
            return statement(FINDING_REFUSALS, "display_is_major")
        return None
    if requirement is not None:
        return statement(FINDING_REFUSALS, "two_subjects")
    code = ""
    if indicator.status == "not_applicable":
        code = "indicator_not_applicable"
    elif gravity == "minor" and indicator.gravity == "major_only":
        code = "major_only"
    if not code:
        return None
    return statement(FINDING_REFUSALS, code, number=indicator.number)


def check_notification(notified_on: date, audit_on: date) -> Statement | None:
    """:param audit_on: first day of the audit
    :return: why a finding cannot have been notified on that day
    """
    if notified_on >= audit_on:
        return None
    return statement(
        FINDING_REFUSALS, "notified_before_audit", notified=notified_on, audit=audit_on
    )


def check_lifting(
    finding: Finding, lifted_on: date, audit_on: date, evidence: bool
) -> Statement | None:
    """:param audit_on: first day of the audit
    :param evidence: whether anything shows the correction
    :return: why it cannot be lifted, ``None`` when it can
    """
    if finding.gravity not in ("minor", "major"):
        return statement(FINDING_REFUSALS, "nothing_to_lift")
    if lifted_on < audit_on:
        return statement(
            FINDING_REFUSALS, "lifted_before_audit", lifted=lifted_on, audit=audit_on
        )
    if not evidence:
        return statement(FINDING_REFUSALS, "lifted_without_evidence")
    return None
