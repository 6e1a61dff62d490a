"""Hours that days can hold, and periods that follow each other."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.development import days_between, judge_hours, period_after

DAY = date(2026, 3, 2)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("hours", "last", "verdict"),
    [
        (0, None, "none"),
        (-1, None, "none"),
        (float("nan"), None, "none"),
        (0.01, None, "fine"),
        (10, None, "fine"),
        (10.25, None, "long"),
        (24, None, "long"),
        (24.01, None, "impossible"),
        (30, None, "impossible"),
        (float("inf"), None, "impossible"),
        (30, DAY + timedelta(days=1), "long"),
        (30, DAY + timedelta(days=2), "fine"),
        (48.5, DAY + timedelta(days=1), "impossible"),
    ],
)
def test_hours_are_judged_by_the_days(hours, last, verdict):
    assert judge_hours(hours, DAY, last) == verdict


@given(days, st.integers(1, 400), st.floats(0.001, 24))
def test_what_one_day_holds_several_days_hold_as_often(day, count, hours):
    last = day + timedelta(days=count - 1)
    assert days_between(day, last) == count
    assert judge_hours(hours * count * 0.999, day, last) in ("fine", "long")


@pytest.mark.parametrize(
    ("first", "last", "next_first", "next_last"),
    [
        ("2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31"),
        ("2027-01-01", "2027-12-31", "2028-01-01", "2028-12-31"),
        ("2026-01-01", "2028-12-31", "2029-01-01", "2031-12-31"),
        ("2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31"),
        ("2025-09-15", "2026-09-14", "2026-09-15", "2027-09-14"),
        ("2026-03-02", "2026-03-06", "2026-03-07", "2026-03-11"),
    ],
)
def test_period_after(first, last, next_first, next_last):
    found = period_after(date.fromisoformat(first), date.fromisoformat(last))
    assert found == (date.fromisoformat(next_first), date.fromisoformat(next_last))


@given(days, st.integers(0, 2000))
def test_periods_follow_without_gap_or_overlap(first, length):
    last = first + timedelta(days=length)
    start, end = period_after(first, last)
    assert start == last + timedelta(days=1)
    assert end >= start
