"""Hours that days can hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.development import days_between, judge_hours

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
