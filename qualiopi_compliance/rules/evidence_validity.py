"""Whether a validated document counts on a day.

It counts from its own date to its last day, that day included, unless a newer version
holds by then. The collectors count by the same limits, in SQL: a test keeps the two
together.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

__all__ = ["Validity", "validity"]

Validity = Literal["later", "valid", "soon", "over", "superseded"]


def validity(
    day: date,
    horizon: date,
    effective_on: date,
    valid_until: date | None,
    superseded_on: date | None,
) -> Validity:
    """:param day: on which it is looked at
    :param horizon: the last day up to which an end is announced
    :param effective_on: its own date
    :param valid_until: its last day, ``None`` when it does not run out
    :param superseded_on: from which a newer version holds, ``None`` without one
    """
    if superseded_on and superseded_on <= day:
        return "superseded"
    if effective_on > day:
        return "later"
    if valid_until and valid_until < day:
        return "over"
    return "soon" if valid_until and valid_until <= horizon else "valid"
