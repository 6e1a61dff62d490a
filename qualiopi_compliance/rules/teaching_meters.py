"""Two figures that the framework of 2026 made matter, and what follows from them.

Indicator 19: above a number of people teaching per course, set by ministerial order, a
teaching referent is compulsory. Indicator 20: below a share of teaching hours given by
permanent staff, set by ministerial order, supervision is reinforced. Neither order was
found: a threshold of 0 stands for one that is awaited, and nothing is concluded then.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

from .audit_calendar import add_months

MONTHS: Final = 12
"""Over which both figures are counted: a convention of ours, no text fixes it."""

ReferentStanding = Literal["no_data", "awaited", "not_asked", "named", "missing"]
PermanentStanding = Literal["no_data", "awaited", "reached", "below"]

# what is left of hours added up in floating point
_ROUNDING: Final = 1e-6


def period(day: date) -> tuple[date, date]:
    """:return: first and last day of the twelve months that end on ``day``"""
    return add_months(day + timedelta(days=1), -MONTHS), day


def referent_standing(people: int, threshold: int, named: bool) -> ReferentStanding:
    """Is a teaching referent compulsory, and is there one (indicator 19)?

    :param people: different people who taught the course over the period
    :param threshold: number above which a referent is compulsory; 0 while awaited
    :param named: a referent is named
    """
    if not people:
        return "no_data"
    if not threshold:
        return "awaited"
    if people <= threshold:
        return "not_asked"
    return "named" if named else "missing"


def share(part: float, hours: float) -> float | None:
    """:return: per cent of the hours, ``None`` without hours: unknown is not 0"""
    return 100 * part / hours if hours > 0 else None


def permanent_standing(
    part: float, hours: float, threshold: float
) -> PermanentStanding:
    """Do permanent staff give enough of the teaching hours (indicator 20)?

    :param part: hours given by permanent staff
    :param hours: all teaching hours
    :param threshold: per cent below which supervision is reinforced; 0 while awaited
    """
    found = share(part, hours)
    if found is None:
        return "no_data"
    if not threshold:
        return "awaited"
    return "below" if found < threshold - _ROUNDING else "reached"
