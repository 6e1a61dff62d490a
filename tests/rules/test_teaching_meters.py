"""People teaching and hours by permanent staff, against thresholds still awaited."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.teaching_meters import (
    period,
    permanent_standing,
    referent_standing,
    share,
)

days = st.dates(date(2001, 1, 1), date(2060, 12, 31))
hours = st.floats(0, 10_000)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-11-23", "2025-11-24"),
        ("2026-12-31", "2026-01-01"),
        ("2024-02-28", "2023-02-28"),
        ("2024-02-29", "2023-03-01"),
        ("2025-02-28", "2024-03-01"),
    ],
)
def test_twelve_months_end_on_the_day(day, first):
    day = date.fromisoformat(day)
    assert period(day) == (date.fromisoformat(first), day)


@given(days)
def test_a_period_is_a_year_whatever_the_day(day):
    first, last = period(day)
    assert last == day
    assert 364 <= (last - first).days <= 366


@pytest.mark.parametrize(
    ("people", "threshold", "named", "standing"),
    [
        (0, 0, False, "no_data"),
        (0, 3, True, "no_data"),
        (9, 0, False, "awaited"),
        (9, 0, True, "awaited"),
        (3, 3, False, "not_asked"),
        (4, 3, False, "missing"),
        (4, 3, True, "named"),
    ],
)
def test_a_referent_is_compulsory_above_the_number(people, threshold, named, standing):
    assert referent_standing(people, threshold, named) == standing


@pytest.mark.parametrize(
    ("part", "total", "threshold", "standing"),
    [
        (0, 0, 0, "no_data"),
        (0, 0, 50, "no_data"),
        (0, 10, 0, "awaited"),
        (10, 10, 0, "awaited"),
        (5, 10, 50, "reached"),
        (4.99, 10, 50, "below"),
        (0, 10, 50, "below"),
        (0.1 + 0.2, 0.6, 50, "reached"),
    ],
)
def test_supervision_is_reinforced_below_the_share(part, total, threshold, standing):
    assert permanent_standing(part, total, threshold) == standing


def test_no_hours_are_not_nought_per_cent():
    assert share(0, 0) is None
    assert share(0, 7) == 0


@given(hours, hours, st.floats(0.01, 100))
def test_more_permanent_hours_never_make_it_worse(some, more, threshold):
    total = some + more + 1
    better = permanent_standing(some + more, total, threshold)
    worse = permanent_standing(some, total, threshold)
    assert not (worse == "reached" and better == "below")


@given(hours, st.floats(0.01, 10_000), st.floats(0, 100))
def test_a_share_is_one_of_the_whole(part, rest, threshold):
    total = part + rest
    assert 0 <= share(part, total) <= 100
    assert permanent_standing(part, total, threshold) in (
        "awaited",
        "reached",
        "below",
    )
