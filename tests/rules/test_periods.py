"""The period another one is compared with, and the one that follows it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.periods import Period

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
periods = st.tuples(days, days).map(lambda pair: Period(*sorted(pair)))


@pytest.mark.parametrize(
    ("first", "last", "before_first", "before_last"),
    [
        # a year, a leap year, a quarter, a month: as many months
        ("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"),
        ("2025-01-01", "2025-12-31", "2024-01-01", "2024-12-31"),
        ("2026-01-01", "2026-03-31", "2025-10-01", "2025-12-31"),
        ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-31"),
        # anything else: as many days
        ("2026-03-02", "2026-03-06", "2026-02-25", "2026-03-01"),
        ("2026-03-02", "2026-03-02", "2026-03-01", "2026-03-01"),
        ("2025-11-24", "2026-11-23", "2024-11-24", "2025-11-23"),
    ],
)
def test_the_period_before(first, last, before_first, before_last):
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert period.before() == Period(
        date.fromisoformat(before_first), date.fromisoformat(before_last)
    )


@given(periods)
def test_the_period_before_ends_the_day_before(period):
    assert (period.first - period.before().last).days == 1


@given(periods)
def test_the_period_before_is_as_long(period):
    # months have 28 to 31 days, years 365 or 366
    assert abs(period.before().days - period.days) <= max(3, period.days // 100)


def test_twelve_months():
    assert Period.months_to(date(2026, 11, 23), 12) == Period(
        date(2025, 11, 24), date(2026, 11, 23)
    )
    assert Period.months_to(date(2026, 12, 31), 12) == Period.year(2026)


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2026, 2, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-01-01", "2026-12-31", True),
        ("2026-06-01", "2026-06-30", True),
        ("2026-01-02", "2027-01-01", True),
        # half of the days are not more than half
        ("2026-12-31", "2027-01-01", False),
        ("2026-07-15", "2027-07-14", False),
        ("2027-01-01", "2027-12-31", False),
        ("2024-01-01", "2024-12-31", False),
    ],
)
def test_lies_mostly_in_a_year(first, last, expected):
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert period.lies_mostly_in(Period.year(2026)) is expected


@given(periods, periods)
def test_lies_mostly_in_counts_shared_days(period, other):
    def days_of(each):
        return range(each.first.toordinal(), each.last.toordinal() + 1)

    shared = set(days_of(period)).intersection(days_of(other))
    assert period.lies_mostly_in(other) is (len(shared) * 2 > period.days)


@given(periods)
def test_a_period_lies_in_itself(period):
    assert period.lies_mostly_in(period)


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
def test_the_period_after(first, last, next_first, next_last):
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert period.after() == Period(
        date.fromisoformat(next_first), date.fromisoformat(next_last)
    )


@given(days, st.integers(0, 2000))
def test_periods_follow_without_gap_or_overlap(first, length):
    period = Period(first, first + timedelta(days=length))
    following = period.after()
    assert following.first == period.last + timedelta(days=1)
    assert following.last >= following.first
