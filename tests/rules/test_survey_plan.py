"""Who is asked what, and when it leaves."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.survey_plan import LATE, PURPOSES, Timing, audiences

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 6)

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
timings = st.builds(
    Timing,
    st.sampled_from(["before", "end", "later"]),
    st.integers(0, 60),
    st.integers(0, 12),
    st.integers(0, 5),
    st.integers(1, 30),
)


@pytest.mark.parametrize(
    ("category", "for_principal", "asked"),
    [
        ("AFC", False, {"learner", "company", "funder", "team"}),
        ("VAE", False, {"learner", "company", "funder", "team"}),
        ("CFA", False, {"learner", "company", "funder", "team"}),
        ("BC", False, {"learner", "team"}),
        ("AFC", True, {"learner", "principal"}),
        ("BC", True, {"learner", "principal"}),
    ],
)
def test_who_is_asked(category, for_principal, asked):
    assert audiences(category, for_principal) == asked


def test_each_purpose_has_somebody_to_answer():
    everybody = audiences("AFC") | audiences("AFC", True)
    assert set(PURPOSES.values()) == everybody


@pytest.mark.parametrize(
    ("timing", "opens"),
    [
        (Timing("before", days=7), date(2026, 2, 23)),
        (Timing("before"), FIRST),
        (Timing("end"), LAST),
        (Timing("end", days=2), date(2026, 3, 8)),
        (Timing("later", months=6), date(2026, 9, 6)),
        (Timing("later", months=6, days=10), date(2026, 9, 16)),
    ],
)
def test_day_it_is_due(timing, opens):
    assert timing.opens_on(FIRST, LAST) == opens


def test_month_without_that_day():
    last = date(2026, 8, 31)
    assert Timing("later", months=6).opens_on(last, last) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("timing", "day", "due"),
    [
        (Timing("before", days=7), date(2026, 2, 22), False),
        (Timing("before", days=7), date(2026, 2, 23), True),
        # who joins on the way is asked too, nobody is at the end
        (Timing("before", days=7), date(2026, 3, 5), True),
        (Timing("before", days=7), LAST, False),
        (Timing("end"), date(2026, 3, 5), False),
        (Timing("end"), LAST, True),
        (Timing("end"), LAST + timedelta(LATE), True),
        (Timing("end"), LAST + timedelta(LATE + 1), False),
        (Timing("later", months=6), date(2026, 9, 5), False),
        (Timing("later", months=6), date(2026, 10, 6), True),
        (Timing("later", months=6), date(2026, 10, 7), False),
    ],
)
def test_is_due(timing, day, due):
    assert timing.is_due(FIRST, LAST, day) is due


def test_session_of_one_day_is_asked_on_that_day():
    assert Timing("before", days=3).is_due(FIRST, FIRST, FIRST)


@pytest.mark.parametrize(
    ("timing", "at_once"),
    [
        (Timing("end"), True),
        (Timing("end", days=1), False),
        (Timing("before"), False),
        (Timing("later", months=1), False),
    ],
)
def test_leaves_as_soon_as_it_is_over(timing, at_once):
    assert timing.at_once is at_once


@pytest.mark.parametrize(
    ("reminded", "after", "reminds"),
    [
        (0, 6, False),
        (0, 7, True),
        (1, 7, True),
        (2, 7, False),
        # reminders switched on months later do not wake up the past
        (0, 7 + LATE, True),
        (0, 8 + LATE, False),
    ],
)
def test_reminders(reminded, after, reminds):
    timing = Timing("end", reminders=2, every=7)
    assert timing.reminds(reminded, LAST, LAST + timedelta(after)) is reminds


def test_nobody_is_reminded_before_a_session_that_has_moved():
    timing = Timing("end", reminders=2, every=7)
    moved = LAST + timedelta(60)
    assert not timing.reminds(0, LAST, LAST + timedelta(20), moved)
    assert timing.reminds(0, LAST, moved, moved)


@given(timings, days, st.integers(0, 400))
def test_due_one_stretch_of_days_long(timing, first, length):
    last = first + timedelta(length)
    due = [
        day
        for day in (first + timedelta(n) for n in range(-70, length + 800))
        if timing.is_due(first, last, day)
    ]
    assert due == [due[0] + timedelta(n) for n in range(len(due))]
    assert due[0] == timing.opens_on(first, last)


@given(timings, days, st.integers(0, 5))
def test_never_more_reminders_than_allowed(timing, asked_on, length):
    reminded, last_on = 0, asked_on
    for day in (asked_on + timedelta(n) for n in range(400)):
        if timing.reminds(reminded, last_on, day):
            assert (day - last_on).days >= timing.every
            reminded, last_on = reminded + 1, day
    assert reminded == timing.reminders
