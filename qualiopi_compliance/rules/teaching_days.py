"""When somebody teaches: the half-days a session takes of its trainer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

HalfDay = tuple[date, Literal["am", "pm"]]

NOON: Final = time(13)
"""A session that begins from then on takes no morning, one that ends by then no
afternoon."""


def half_days(
    begin: datetime, end: datetime, planned: Iterable[HalfDay] = ()
) -> frozenset[HalfDay]:
    """:param begin: of the session, in its own time zone
    :param end: of the session, in its own time zone
    :param planned: the half-days it is made of, when they are known
    :return: the half-days that whoever teaches it is not free
    """
    known = frozenset(planned)
    if known:
        return known
    days = [
        begin.date() + timedelta(days=number)
        for number in range((end.date() - begin.date()).days + 1)
    ]
    taken: set[HalfDay] = {(day, half) for day in days for half in ("am", "pm")}
    if begin.time() >= NOON:
        taken.discard((begin.date(), "am"))
    if end.time() <= NOON:
        taken.discard((end.date(), "pm"))
    return frozenset(taken)
