"""A first draft of the plan of an audit: who looks at what, and when.

The certifier sends an audit plan that lists perimeter, people and indicators (order of
6 June 2019 on the audits, art. 1, wording of 2019). How the hours are shared out is our
convention: the draft is there to be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

__all__ = ["Slot", "SlotKind", "TooShort", "draft_plan", "working_days"]

SlotKind = Literal["opening", "indicators", "lunch", "synthesis", "closing"]

OPENING: Final = timedelta(minutes=30)
SYNTHESIS: Final = timedelta(minutes=30)
CLOSING: Final = timedelta(minutes=30)
LUNCH: Final = (time(12, 30), time(13, 30))
# A day that begins later or ends earlier is half a day, without lunch.
MORNING, AFTERNOON = time(11, 30), time(15, 0)
# Nobody looks at one indicator for longer, nor for less.
LONGEST, SHORTEST = timedelta(minutes=45), timedelta(minutes=3)
_STEP: Final = timedelta(minutes=5)
_MINUTE: Final = timedelta(minutes=1)


class TooShort(ValueError):
    """The hours given are not enough for the indicators to look at."""


@dataclass(frozen=True)
class Slot:
    """One line of the plan.

    :param start: hour of the clock where the audit takes place
    :param indicators: numbers of those of one criterion
    """

    kind: SlotKind
    start: datetime
    stop: datetime
    indicators: tuple[int, ...] = ()


def working_days(first: date, last: date) -> tuple[date, ...]:
    """:return: the days between both, Saturdays and Sundays only where nothing else is
    left
    """
    every = [
        first + timedelta(days=number) for number in range((last - first).days + 1)
    ]
    return tuple(day for day in every if day.weekday() < 5) or tuple(every)


def draft_plan(
    days: Sequence[date],
    indicators: Iterable[tuple[int, int]],
    begin: time = time(9),
    end: time = time(17),
) -> tuple[Slot, ...]:
    """Share the days out: opening meeting, indicators criterion by criterion, lunch,
    the auditor's synthesis, closing meeting.

    :param days: of the audit, in order, at least one
    :param indicators: pairs of criterion and number, those that are looked at
    :param begin: of each day
    :raise TooShort: when the time is not enough
    """
    asked = sorted(indicators)
    hours = _hours(days, begin, end)
    times = _times_for_indicators(hours)
    first = times[0][0]
    needed = min(_total(times), LONGEST * len(asked))
    if not asked or needed < SHORTEST * len(asked):
        raise TooShort
    slots = [Slot("opening", first - OPENING, first)]
    used = _first_of(times, needed)
    slots += _indicator_slots(used, asked)
    slots += _end(used[-1][1], hours)
    return tuple(sorted([*slots, *_lunches(slots)], key=lambda slot: slot.start))


def _hours(
    days: Sequence[date], begin: time, end: time
) -> list[tuple[datetime, datetime]]:
    """:return: when anything takes place: lunch cuts a whole day in two"""
    whole = begin <= MORNING and end >= AFTERNOON
    limits = [begin, *LUNCH, end] if whole else [begin, end]
    return [
        (datetime.combine(day, start), datetime.combine(day, stop))
        for day in days
        for start, stop in zip(limits[::2], limits[1::2], strict=True)
    ]


def _times_for_indicators(
    hours: Sequence[tuple[datetime, datetime]],
) -> list[tuple[datetime, datetime]]:
    """:return: the hours less the meetings at both ends"""
    times = list(hours)
    times[0] = (times[0][0] + OPENING, times[0][1])
    times[-1] = (times[-1][0], times[-1][1] - SYNTHESIS - CLOSING)
    if any(start >= stop for start, stop in times):
        raise TooShort
    return times


def _total(times: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((stop - start for start, stop in times), timedelta())


def _first_of(
    times: Iterable[tuple[datetime, datetime]], needed: timedelta
) -> list[tuple[datetime, datetime]]:
    """:return: the beginning of these times, as long as is needed"""
    used = []
    for start, stop in times:
        if needed <= timedelta():
            break
        used.append((start, min(stop, start + needed)))
        needed -= stop - start
    return used


def _indicator_slots(
    times: Sequence[tuple[datetime, datetime]], asked: Sequence[tuple[int, int]]
) -> list[Slot]:
    """Every indicator has as much time as another; a criterion may be cut in two."""
    each = _total(times) / len(asked)
    slots, passed, left = [], timedelta(), list(enumerate(asked))
    for start, stop in times:
        passed += stop - start
        # the middle of its time decides where an indicator belongs
        inside = [row for row in left if each * (row[0] + 0.5) < passed]
        left = left[len(inside) :]
        if inside:
            slots += _criterion_slots(start, stop, [row for _rank, row in inside])
    return slots


def _criterion_slots(
    start: datetime, stop: datetime, asked: Sequence[tuple[int, int]]
) -> list[Slot]:
    each = (stop - start) / len(asked)
    step = _STEP if each >= _STEP else _MINUTE
    by_criterion: dict[int, list[int]] = {}
    for criterion, number in asked:
        by_criterion.setdefault(criterion, []).append(number)
    slots, seen, begin = [], 0, start
    for numbers in by_criterion.values():
        seen += len(numbers)
        end = stop if seen == len(asked) else start + round(each * seen / step) * step
        slots.append(Slot("indicators", begin, end, tuple(numbers)))
        begin = end
    return slots


def _end(
    looked_at_until: datetime, hours: Iterable[tuple[datetime, datetime]]
) -> list[Slot]:
    """:return: synthesis and closing meeting, both in one go"""
    both = SYNTHESIS + CLOSING
    start = next(
        max(first, looked_at_until)
        for first, last in hours
        if max(first, looked_at_until) + both <= last
    )
    return [
        Slot("synthesis", start, start + SYNTHESIS),
        Slot("closing", start + SYNTHESIS, start + both),
    ]


def _lunches(slots: Sequence[Slot]) -> list[Slot]:
    """:return: one on each day that goes on after it"""
    found = []
    for day in sorted({slot.start.date() for slot in slots}):
        start, stop = (datetime.combine(day, hour) for hour in LUNCH)
        of_day = [slot for slot in slots if slot.start.date() == day]
        cut = any(slot.start < stop and slot.stop > start for slot in of_day)
        before = any(slot.stop <= start for slot in of_day)
        after = any(slot.start >= stop for slot in of_day)
        if before and after and not cut:
            found.append(Slot("lunch", start, stop))
    return found
