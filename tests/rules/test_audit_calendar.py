"""Calendar days in Paris, and months counted by our convention."""

import time
from datetime import date, datetime, timedelta, timezone

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_calendar import add_months, today_in_paris

MONTHS = st.integers(-600, 600)
DAYS = st.dates(date(1960, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # Naive means UTC. Winter: Paris is one hour ahead.
        (datetime(2026, 11, 1, 22, 59, 59), date(2026, 11, 1)),
        (datetime(2026, 11, 1, 23, 0), date(2026, 11, 2)),
        # Summer: two hours.
        (datetime(2026, 7, 14, 21, 59, 59), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 22, 0), date(2026, 7, 15)),
        # The new framework begins one minute after this one.
        (datetime(2026, 10, 31, 22, 59), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 23, 0), date(2026, 11, 1)),
        # The last Sunday of October: summer time until 01:00 UTC.
        (datetime(2026, 10, 24, 22, 0), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 30), date(2026, 10, 25)),
        # Other zones are converted, not read as they stand.
        (
            datetime(2026, 11, 1, 4, tzinfo=timezone(timedelta(hours=9))),
            date(2026, 10, 31),
        ),
        (
            datetime(2026, 10, 31, 20, tzinfo=timezone(timedelta(hours=-4))),
            date(2026, 11, 1),
        ),
    ],
)
def test_today_in_paris(now, day):
    assert today_in_paris(now) == day


def test_naive_means_utc_on_any_server(monkeypatch):
    # Elsewhere Python reads a naive datetime in the time zone of the machine.
    with monkeypatch.context() as context:
        context.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        day = today_in_paris(datetime(2026, 10, 31, 23, 0))
    time.tzset()
    assert day == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("frozen", "day"),
    [
        ("2026-10-31 22:59:59", date(2026, 10, 31)),
        ("2026-10-31 23:00:00", date(2026, 11, 1)),
        ("2027-06-30 22:00:00", date(2027, 7, 1)),
    ],
)
def test_today_in_paris_follows_the_clock(frozen, day):
    with freeze_time(frozen):
        assert today_in_paris() == day


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 1, 15), 1, date(2026, 2, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 1), 14, date(2028, 1, 1)),
        (date(2026, 11, 1), 22, date(2028, 9, 1)),
        (date(2026, 11, 1), 36, date(2029, 11, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), -12, date(2025, 12, 15)),
        (date(2026, 12, 15), -11, date(2026, 1, 15)),
    ],
)
def test_add_months(day, months, expected):
    assert add_months(day, months) == expected


@given(DAYS, MONTHS)
def test_add_months_lands_in_the_right_month(day, months):
    moved = add_months(day, months)
    apart = (moved.year - day.year) * 12 + moved.month - day.month
    assert apart == months


@given(DAYS, MONTHS)
def test_add_months_keeps_the_day_or_takes_the_last(day, months):
    moved = add_months(day, months)
    last = (moved + timedelta(days=1)).month != moved.month
    assert moved.day == day.day or (moved.day < day.day and last)


@given(DAYS, DAYS, MONTHS)
def test_add_months_keeps_the_order(first, second, months):
    first, second = sorted((first, second))
    assert add_months(first, months) <= add_months(second, months)
