"""What the score of an assessment proposes; a person decides.

No text fixes a score: the bands of an entry assessment (indicator 8) and the
thresholds of a final one (indicator 11) are the company's own. Nothing to count is
"no data", never 0 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

__all__ = ["Band", "Tally", "band_of", "gaps", "overlaps", "result_of"]

Result = Literal["reached", "partly", "not"]


@dataclass(frozen=True, order=True)
class Band:
    """Scores for which something is proposed, in per cent, both ends included.

    Two bands may touch: the score where they meet belongs to the one it begins.

    :param key: what the band stands for
    """

    low: float
    high: float
    key: object = None


def band_of(bands: Sequence[Band], score: float) -> Band | None:
    """:return: the band a score falls in, ``None`` where none proposes anything"""
    found = [band for band in bands if band.low <= score <= band.high]
    return max(found, key=lambda band: band.low, default=None)


def overlaps(bands: Sequence[Band]) -> tuple[tuple[Band, Band], ...]:
    """:return: pairs of neighbours that both claim some score"""
    ordered = _ordered(bands)
    return tuple(
        (first, second)
        for first, second in pairwise(ordered)
        if second.low < first.high or second.low == first.low
    )


def gaps(bands: Sequence[Band]) -> tuple[tuple[float, float], ...]:
    """:return: from and to of the scores between two bands that propose nothing

    Below the first band and above the last one nothing needs to be proposed.
    """
    ordered = _ordered(bands)
    return tuple(
        (first.high, second.low)
        for first, second in pairwise(ordered)
        if second.low > first.high
    )


def _ordered(bands: Sequence[Band]) -> list[Band]:
    return sorted(bands, key=lambda band: (band.low, band.high))


@dataclass(frozen=True)
class Tally:
    """What was scored of some questions; those that were skipped are left out.

    :param points: scored; wrong answers may take some away
    :param possible: that could be scored at the questions answered
    :param answered: how many questions were
    :param asked: how many were shown
    """

    points: float = 0
    possible: float = 0
    answered: int = 0
    asked: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.points + other.points,
            self.possible + other.possible,
            self.answered + other.answered,
            self.asked + other.asked,
        )

    @property
    def score(self) -> float | None:
        """:return: in per cent, ``None`` when nothing that scores was answered"""
        if self.possible <= 0:
            return None
        return round(min(max(100 * self.points / self.possible, 0), 100), 2)


def result_of(
    score: float | None, reached_from: float, partly_from: float
) -> Result | None:
    """:param reached_from: score from which an objective is reached
    :param partly_from: score from which it is partly reached
    :return: the result proposed, ``None`` without data
    """
    if score is None:
        return None
    if score >= reached_from:
        return "reached"
    return "partly" if score >= partly_from else "not"
