"""Continuing development of those who teach: hours and days.

Indicator 22 wants skills to be kept up and developed, by whatever means; neither the
law nor guide V9 sets a number of hours. What is refused here is what no day can hold.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

CYCLE_MONTHS: Final = 36
"""A certification lasts three years (Labour Code R. 6316-2)."""

LONG_DAY: Final = 10
"""Hours a day beyond which they are worth a second look: a convention of ours."""

LONGEST_DAY: Final = 24

HoursVerdict = Literal["fine", "long", "impossible", "none"]


def days_between(first: date, last: date | None) -> int:
    """:param last: ``None`` for a single day
    :return: how many days, both ends counted
    """
    return ((last or first) - first).days + 1


def judge_hours(hours: float, first: date, last: date | None) -> HoursVerdict:
    """Can these hours be right for these days?

    :param last: last day, not before ``first``; ``None`` for a single day
    :return: ``none`` when there are no hours, ``impossible`` when the days cannot
        hold them, ``long`` when the days are unusually full
    """
    # written so that what is not a number is no hours either
    if not hours > 0:
        return "none"
    days = days_between(first, last)
    if hours > days * LONGEST_DAY:
        return "impossible"
    return "long" if hours > days * LONG_DAY else "fine"
