"""When a document counts: its first day, its last, the days around them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_validity import validity

DAY = date(2026, 11, 1)
HORIZON = date(2027, 1, 30)
ONE = timedelta(days=1)
BEFORE = date(2026, 1, 1)


def of(effective=BEFORE, until=None, superseded=None, day=DAY):
    return validity(day, HORIZON, effective, until, superseded)


def test_from_its_own_date():
    assert of(effective=DAY + ONE) == "later"
    assert of(effective=DAY) == "valid"


def test_to_its_last_day_included():
    assert of(until=DAY) == "soon"
    assert of(until=DAY - ONE) == "over"


def test_an_end_is_announced_up_to_the_horizon():
    assert of(until=HORIZON) == "soon"
    assert of(until=HORIZON + ONE) == "valid"


def test_a_newer_version_holds_from_its_day():
    assert of(superseded=DAY) == "superseded"
    assert of(superseded=DAY + ONE) == "valid"
    # it does not run out any more: it was replaced
    assert of(until=DAY - ONE, superseded=DAY - 2 * ONE) == "superseded"


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(days, days, st.none() | days, st.none() | days)
def test_it_counts_on_the_same_days_as_for_the_collectors(
    day, effective, until, superseded
):
    horizon = day + timedelta(days=90)
    found = validity(day, horizon, effective, until, superseded)
    held = (
        effective <= day
        and (until is None or until >= day)
        and (superseded is None or superseded > day)
    )
    assert (found in ("valid", "soon")) == held
    if held:
        assert (found == "valid") == (until is None or until > horizon)
