"""What was answered to one question: its mean, who answered what, and when it is weak.

A mean is given in per cent of the question's scale, so that scales of 5 and of 10 can
be read side by side. No text says from when a question is weak: each company does.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from .rates import KEPT_BACK

__all__ = ["QuestionResult"]


@dataclass(frozen=True)
class QuestionResult:
    """Answers to one question, over one population and period.

    :param kind: ``scale``, ``choice``, ``number``, or anything else: only counted
    :param answers: people who answered it
    :param values: each value given -> how many gave it; several choices of one person
        count each
    :param lowest: lowest mark of the scale
    :param highest: highest mark of the scale
    :param secret: whether who answered must not be recognised
    """

    kind: str
    answers: int
    values: tuple[tuple[Hashable, int], ...] = ()
    lowest: int = 0
    highest: int = 0
    secret: bool = False

    @property
    def kept_back(self) -> bool:
        """:return: whether so few answered that the figures tell who said what"""
        return self.secret and 0 < self.answers < KEPT_BACK

    @property
    def mean(self) -> float | None:
        """:return: in per cent of the scale, ``None`` without marks on a scale"""
        marks = sum(count for _mark, count in self.values)
        if self.kind != "scale" or not marks or self.highest <= self.lowest:
            return None
        total = sum((mark - self.lowest) * count for mark, count in self.values)
        return 100 * total / marks / (self.highest - self.lowest)

    def distribution(self) -> tuple[tuple[Hashable, int, float], ...]:
        """:return: each value with how many gave it, and their share of the people who
        answered; on a scale every mark, those that nobody gave too
        """
        counts = dict(self.values)
        if self.kind == "scale":
            counts = {
                mark: counts.get(mark, 0)
                for mark in range(self.lowest, self.highest + 1)
            }
        return tuple(
            (value, count, count / self.answers if self.answers else 0)
            for value, count in counts.items()
        )

    def is_weak(self, threshold: float, minimum: int) -> bool:
        """:param threshold: per cent of the scale below which it is weak
        :param minimum: answers below which nothing is concluded
        """
        if self.mean is None or self.kept_back or self.answers < max(minimum, 1):
            return False
        return self.mean < threshold
