"""Periods of days: the one a period is compared with, the one that follows.

No text says it: the convention is ours, and it is shown beside each comparison.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from .audit_calendar import add_months

__all__ = ["Period"]


@dataclass(frozen=True, order=True)
class Period:
    """Days from a first to a last one, both of them in it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period cannot end before it begins")

    @classmethod
    def year(cls, number: int) -> Period:
        """:return: a calendar year"""
        return cls(date(number, 1, 1), date(number, 12, 31))

    @classmethod
    def months_to(cls, day: date, months: int) -> Period:
        """:return: so many months that end on ``day``"""
        return cls(add_months(day, -months) + timedelta(days=1), day)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """The period to compare with: as long, and right before.

        As many months for whole calendar months, so that a year is compared with
        the year before and a quarter with the quarter before; else as many days.
        """
        last = self.first - timedelta(days=1)
        if self._is_whole_months():
            months = (
                12 * (self.last.year - self.first.year)
                + self.last.month
                - self.first.month
                + 1
            )
            return Period(add_months(self.first, -months), last)
        return Period(self.first - timedelta(days=self.days), last)

    def after(self) -> Period:
        """The period that follows and lasts as long.

        Months from any day are followed by as many months (a year by a year, be it
        leap or not), any other period by as many days.
        """
        first = self.last + timedelta(days=1)
        if first.day == self.first.day:
            months = (
                12 * (first.year - self.first.year) + first.month - self.first.month
            )
            return Period(first, add_months(first, months) - timedelta(days=1))
        return Period(first, first + (self.last - self.first))

    def _is_whole_months(self) -> bool:
        ends = monthrange(self.last.year, self.last.month)[1]
        return self.first.day == 1 and self.last.day == ends

    def lies_mostly_in(self, other: Period) -> bool:
        """:return: whether more than half of its days are days of the other"""
        shared = min(self.last, other.last) - max(self.first, other.first)
        return 2 * (shared.days + 1) > self.days
