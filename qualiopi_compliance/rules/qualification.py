"""Who is qualified for what, on which day.

Indicator 21 wants the skills that a service requires to be set beforehand, and their
mastery by the people who deliver it to be checked. Nothing here knows today: the day
is always given, so that a session of last spring and one of next year are judged
alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

State = Literal["held", "expiring", "expired", "missing"]

STATES: Final[tuple[State, ...]] = ("held", "expiring", "expired", "missing")
"""From the best to the worst."""


@dataclass(frozen=True)
class Required:
    """A skill or certification that a programme asks of whoever teaches it.

    :param skill: its identity
    :param progress: least level, 0 to 100, as Odoo measures levels
    """

    skill: int
    progress: int = 0


@dataclass(frozen=True)
class Held:
    """A skill or certification of one person, with its validity.

    :param first: first day of validity; ``None`` when it has no known beginning
    :param last: last day of validity; ``None`` when it never ends
    """

    skill: int
    progress: int
    first: date | None = None
    last: date | None = None

    def on(self, day: date) -> bool:
        """:return: whether it is valid on ``day``; both ends count"""
        return (self.first is None or self.first <= day) and (
            self.last is None or day <= self.last
        )


@dataclass(frozen=True)
class Standing:
    """Where one person stands with one requirement on one day.

    :param until: last day of unbroken validity; for an expired one, the day it ended;
        ``None`` without end, or when nothing was ever held
    :param progress: best level held on the day whatever the required one, 0 if none
    """

    state: State
    until: date | None = None
    progress: int = 0


def standing(
    required: Required, held: Iterable[Held], day: date, horizon: int = 0
) -> Standing:
    """Does this person meet this requirement on this day?

    A renewal that begins no later than the day after the former ends continues it.

    :param held: of the person; other skills are ignored
    :param horizon: days ahead within which an end is announced as ``expiring``
    """
    own = [each for each in held if each.skill == required.skill]
    progress = max((each.progress for each in own if each.on(day)), default=0)
    enough = [each for each in own if each.progress >= required.progress]
    if not any(each.on(day) for each in enough):
        ended = [each.last for each in enough if each.last and each.last < day]
        if ended:
            return Standing("expired", max(ended), progress)
        return Standing("missing", None, progress)
    until = _unbroken_until(enough, day)
    soon = until is not None and until <= day + timedelta(days=horizon)
    return Standing("expiring" if soon else "held", until, progress)


def _unbroken_until(held: Sequence[Held], day: date) -> date | None:
    """:return: last day of the unbroken validity that holds on ``day``"""
    until = day
    for each in sorted(held, key=lambda each: each.first or date.min):
        if each.first is not None and each.first > until + timedelta(days=1):
            break
        if each.last is None:
            return None
        until = max(until, each.last)
    return until


def uncovered(
    required: Required, held: Iterable[Held], days: Iterable[date]
) -> list[date]:
    """:return: the days on which the requirement is not met, in order"""
    enough = [
        each
        for each in held
        if each.skill == required.skill and each.progress >= required.progress
    ]
    return [day for day in sorted(days) if not any(each.on(day) for each in enough)]


def overlap(one: Held, other: Held) -> bool:
    """:return: whether two validities of the same skill share a day"""
    return (one.first or date.min) <= (other.last or date.max) and (
        other.first or date.min
    ) <= (one.last or date.max)
