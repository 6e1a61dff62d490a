"""Declarations to the administration: by when, and where that is written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.declarations import bpf_due, change_due, transfer_delays

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


# Labour Code, art. R. 6352-23: before 30 April, about the year before.
@pytest.mark.parametrize(
    ("day", "last_year", "due", "year"),
    [
        ("2026-11-23", 2025, "2027-04-30", "2026"),
        # the report about 2025 was due on 30 April 2026 and is still missing
        ("2026-11-23", 2024, "2026-04-30", "2025"),
        ("2026-04-30", 2024, "2026-04-30", "2025"),
        ("2027-01-15", 2026, "2028-04-30", "2027"),
        # nothing is known: the next 30 April, which is not late
        ("2026-11-23", None, "2027-04-30", "2026"),
        ("2026-04-30", None, "2026-04-30", "2025"),
        ("2026-05-01", None, "2027-04-30", "2026"),
    ],
)
def test_report_of_the_year(day, last_year, due, year):
    found = bpf_due(date.fromisoformat(day), last_year)
    assert found.day.isoformat() == due
    assert found.statement.values["year"] == year
    assert found.statement.source.text.endswith("R. 6352-23")
    assert due in found.statement.render()


# Labour Code, art. R. 6351-8: within thirty days.
@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("2026-01-31", "2026-03-02"),
        ("2028-01-31", "2028-03-01"),
        ("2026-10-31", "2026-11-30"),
        ("2026-12-05", "2027-01-04"),
    ],
)
def test_change_to_declare(changed, due):
    found = change_due(date.fromisoformat(changed))
    assert found.day.isoformat() == due
    assert found.statement.source.text.endswith("R. 6351-8")
    assert "30 days" in found.statement.render()


@given(DAYS)
def test_what_is_not_known_is_never_late(day):
    assert bpf_due(day).day >= day


@given(DAYS, st.integers(2015, 2040))
def test_a_report_filed_asks_for_that_of_the_next_year(day, year):
    assert bpf_due(day, year + 1).day - bpf_due(day, year).day in (
        timedelta(days=365),
        timedelta(days=366),
    )


# certifopac.fr and kaliozen-formation.fr, on art. 7: 15 and 30 days
def test_delays_of_a_transfer_say_that_their_source_is_secondary():
    file, decision = transfer_delays()
    assert "15 days" in file.render()
    assert "30 days" in decision.render()
    assert {file.source.certainty, decision.source.certainty} == {"c"}
