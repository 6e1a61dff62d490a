"""What the records say of an indicator: the worst of its checks and of its review.

Article 5 of the order of 6 June 2019 decides how strict a check is: where partial
respect is already a major non-conformity, one bad file is enough. Elsewhere it is
minor, unless the expected level is not met at all: thresholds and margins are ours,
and each company may set its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

__all__ = [
    "STATUSES",
    "Part",
    "Review",
    "Verdict",
    "concluded",
    "contradicts",
    "holds_back",
    "indicator_status",
    "limits",
    "part_status",
    "worst",
]

Status = Literal["demonstrated", "at_risk", "insufficient", "not_assessed"]
Empty = Literal["not_assessed", "nothing_to_prove"]
Review = Literal["valid", "stale", "none", "not_needed"]

STATUSES: Final[tuple[Status, ...]] = (
    "demonstrated",
    "at_risk",
    "insufficient",
    "not_assessed",
)
"""Worst last."""

_REVIEW: Final[dict[Review, Status]] = {
    "valid": "demonstrated",
    "stale": "at_risk",
    "none": "not_assessed",
}


@dataclass(frozen=True)
class Part:
    """One check of an indicator, as counted on a day.

    :param code: whatever tells it from the others
    :param population: how many records it looks at
    :param satisfied: how many of them are as they should be
    :param soon: how many of those will no longer be before long, by a date they bear
    :param threshold: percentage from which it is demonstrated, 0 to 100
    :param margin: percentage below the threshold that is only at risk
    :param when_empty: what it means to look at no record at all: that nothing was
        assessed yet, or that nothing happened that would call for a proof
    :param failed: it could not be counted
    """

    code: str
    population: int = 0
    satisfied: int = 0
    soon: int = 0
    threshold: float = 100
    margin: float = 0
    when_empty: Empty = "not_assessed"
    failed: bool = False


@dataclass(frozen=True)
class Verdict:
    """Where an indicator stands.

    :param decided_by: the check that says so, ``None`` when it is the review, or when
        nothing says anything
    :param review: whether it is the review
    """

    status: Status
    decided_by: str | None = None
    review: bool = False


def limits(gravity: str, threshold: float, margin: float) -> tuple[float, float]:
    """How strict a check is for an indicator, unless the company decided otherwise.

    :param gravity: of the indicator's non-conformities; ``major_only`` where even
        partial respect is a major one
    :param threshold: of the check, in per cent
    :param margin: of the check, in per cent
    :return: threshold and margin for this indicator
    """
    return (100, 0) if gravity == "major_only" else (threshold, margin)


def part_status(part: Part) -> Status | None:
    """:return: what one check says; ``None`` when there is nothing to prove"""
    if part.failed:
        return "not_assessed"
    if not part.population:
        return "not_assessed" if part.when_empty == "not_assessed" else None
    rate = 100 * part.satisfied / part.population
    # floating point: exactly the threshold is reached
    if rate >= part.threshold - 1e-9:
        return "at_risk" if part.soon else "demonstrated"
    if rate >= part.threshold - part.margin - 1e-9 and part.margin:
        return "at_risk"
    return "insufficient"


def worst(statuses: Iterable[Status]) -> Status:
    """:return: the worst of them, ``not_assessed`` when there is none"""
    return max(statuses, key=STATUSES.index, default="not_assessed")


def indicator_status(parts: Iterable[Part], review: Review) -> Verdict:
    """Where an indicator stands: the worst of its checks and of its review.

    :param parts: its checks, the most telling first: of two equally bad ones the
        first is named
    :param review: what a person made of it; ``not_needed`` where records are enough
    """
    said = [(part.code, part_status(part)) for part in parts]
    known = [(code, status) for code, status in said if status is not None]
    level = worst(status for _code, status in known)
    if review != "not_needed":
        judged = _REVIEW[review]
        # with no check at all the review alone decides
        if not known or STATUSES.index(judged) > STATUSES.index(level):
            return Verdict(judged, review=True)
    decided = next((code for code, status in known if status == level), None)
    return Verdict(level, decided)


def holds_back(parts: Iterable[Part], review: Review, code: str) -> bool:
    """Whether one check alone keeps an indicator from standing better.

    :param parts: the checks of the indicator
    :param review: what a person made of it
    :param code: of one of these checks
    :return: whether it would stand better if nothing were missing in this check any
        more, everything else staying as it is
    """
    parts = list(parts)
    repaired = [
        replace(part, satisfied=part.population) if part.code == code else part
        for part in parts
    ]
    now, then = (indicator_status(each, review).status for each in (parts, repaired))
    return STATUSES.index(then) < STATUSES.index(now)


def contradicts(
    parts: Iterable[Part], computed: Status, declared: Status
) -> Status | None:
    """Whether a conclusion needs a reason, because records say something else.

    An indicator that is not assessed as yet says nothing, except for what is already
    known to be missing: nobody concludes better than that without a word.

    :param parts: the checks of the indicator
    :param computed: what the records say of it
    :param declared: what somebody concludes; ``not_assessed`` when nobody does
    :return: what they say instead, ``None`` where they do not say otherwise
    """
    if declared in ("not_assessed", computed):
        return None
    if computed != "not_assessed":
        return computed
    gaps = [part_status(part) for part in parts if part.satisfied < part.population]
    known = [status for status in gaps if status not in (None, "not_assessed")]
    worse = known and STATUSES.index(worst(known)) > STATUSES.index(declared)
    return worst(known) if worse else None


def concluded(
    computed: Status, declared: Status, declared_against: Status | None
) -> Status:
    """Where an indicator stands once people have had their say.

    :param computed: what the records say
    :param declared: what somebody concluded; ``not_assessed`` when nobody did
    :param declared_against: what the records said then; ``None`` when not known
    :return: the conclusion, as long as the records say what he saw; otherwise the worse
        of the two
    """
    if declared == "not_assessed":
        return computed
    if declared_against in (None, computed):
        return declared
    return worst([computed, declared])
