"""Windows and deadlines of a certificate, worked out by hand on a calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_calendar import (
    DEADLINES,
    add_months,
    certificate_end,
    major_deadlines,
    minor_deadline,
    outside_window,
    renewal_audit_by,
    renewal_call_by,
    renewal_contract_by,
    renewal_opens,
    surveillance_window,
    today_in_paris,
)
from rules.audit_settings import AuditSettings

DAYS = st.dates(date(2019, 6, 6), date(2100, 12, 31))
DAY = timedelta(days=1)


# Order of 6 June 2019, art. 2: between the 14th and the 22nd month after certification
# is obtained.
@pytest.mark.parametrize(
    ("obtained", "first", "last"),
    [
        # The example of the company: "22nd month after 12 March 2026: 12 January 2028".
        (date(2026, 3, 12), date(2027, 5, 12), date(2028, 1, 12)),
        (date(2026, 11, 1), date(2028, 1, 1), date(2028, 9, 1)),
        # Month ends: there is no 31 February, 31 September or 31 June.
        (date(2025, 12, 31), date(2027, 2, 28), date(2027, 10, 31)),
        (date(2026, 12, 31), date(2028, 2, 29), date(2028, 10, 31)),
        (date(2026, 8, 31), date(2027, 10, 31), date(2028, 6, 30)),
        (date(2024, 2, 29), date(2025, 4, 29), date(2025, 12, 29)),
        (date(2027, 4, 29), date(2028, 6, 29), date(2029, 2, 28)),
    ],
)
def test_surveillance_window(obtained, first, last):
    window = surveillance_window(obtained)
    assert (window.first.day, window.last.day) == (first, last)
    assert first in window
    assert last in window
    assert first - DAY not in window
    assert last + DAY not in window
    assert outside_window(window, first - DAY) == window.first
    assert outside_window(window, last + DAY) == window.last
    assert outside_window(window, first) is outside_window(window, last) is None


def test_the_window_is_explained():
    window = surveillance_window(date(2026, 3, 12))
    assert window.last.statement.render() == (
        "Surveillance audit up to month 22 after 2026-03-12: 2028-01-12."
    )
    assert (window.first.months, window.last.months) == (14, 22)
    assert window.last.source.code == "order_art_2"
    assert window.last.certainty == "C"


@pytest.mark.parametrize(
    ("now", "within"),
    [
        # 22nd month after 31 December 2024: 31 October 2026, in Paris.
        (datetime(2026, 10, 31, 22, 59, 59), True),
        (datetime(2026, 10, 31, 23, 0), False),
    ],
)
def test_the_window_closes_in_paris(now, within):
    window = surveillance_window(date(2024, 12, 31))
    assert (today_in_paris(now) in window) == within


# Art. R. 6316-2 of the Labour Code: three years. The day before the anniversary: ours.
@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 12), date(2029, 3, 11)),
        (date(2026, 11, 1), date(2029, 10, 31)),
        (date(2026, 1, 1), date(2028, 12, 31)),
        (date(2025, 3, 1), date(2028, 2, 29)),
        (date(2026, 3, 1), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2031, 2, 27)),
    ],
)
def test_certificate_end(first, last):
    end = certificate_end(first)
    assert (end.day, end.origin, end.months) == (last, first, 36)
    assert end.certainty == "C"


# Order of 6 June 2019, art. 5: minor 6 months; major 3 months, then 1 for the check.
@pytest.mark.parametrize(
    ("notified", "minor", "corrected", "checked"),
    [
        (date(2026, 3, 16), date(2026, 9, 16), date(2026, 6, 16), date(2026, 7, 16)),
        (date(2026, 7, 1), date(2027, 1, 1), date(2026, 10, 1), date(2026, 11, 1)),
        (date(2026, 7, 31), date(2027, 1, 31), date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 8, 31), date(2027, 2, 28), date(2026, 11, 30), date(2026, 12, 30)),
        (date(2027, 8, 31), date(2028, 2, 29), date(2027, 11, 30), date(2027, 12, 30)),
        # The month of the check runs from 28 February, not from 30 November.
        (date(2026, 11, 30), date(2027, 5, 30), date(2027, 2, 28), date(2027, 3, 28)),
        (date(2027, 11, 30), date(2028, 5, 30), date(2028, 2, 29), date(2028, 3, 29)),
    ],
)
def test_nonconformity_deadlines(notified, minor, corrected, checked):
    first, second = major_deadlines(notified)
    assert minor_deadline(notified).day == minor
    assert (first.day, second.day) == (corrected, checked)
    assert (first.origin, second.origin) == (notified, corrected)
    assert {minor_deadline(notified).certainty, first.certainty, second.certainty} == {
        "C"
    }


@pytest.mark.parametrize(
    ("last", "opens", "audit", "call", "contract"),
    [
        (
            date(2029, 3, 11),
            date(2028, 3, 12),
            date(2028, 11, 11),
            date(2028, 3, 11),
            date(2028, 7, 11),
        ),
        # 29, 30 and 31 December all lead to 30 April by way of the end of March.
        (
            date(2027, 4, 30),
            date(2026, 5, 1),
            date(2026, 12, 31),
            date(2026, 4, 30),
            date(2026, 8, 30),
        ),
        # 30 November leads to 28 March by way of 28 February.
        (
            date(2027, 3, 28),
            date(2026, 3, 29),
            date(2026, 11, 30),
            date(2026, 3, 28),
            date(2026, 7, 28),
        ),
        (
            date(2028, 3, 29),
            date(2027, 3, 30),
            date(2027, 11, 30),
            date(2027, 3, 29),
            date(2027, 7, 29),
        ),
        # 31 October leads to 29 February by way of 31 January.
        (
            date(2028, 2, 29),
            date(2027, 3, 1),
            date(2027, 10, 31),
            date(2027, 2, 28),
            date(2027, 6, 29),
        ),
        (
            date(2026, 10, 31),
            date(2025, 11, 1),
            date(2026, 6, 30),
            date(2025, 10, 31),
            date(2026, 2, 28),
        ),
    ],
)
def test_renewal(last, opens, audit, call, contract):
    found = [
        renewal_opens(last),
        renewal_audit_by(last),
        renewal_call_by(last),
        renewal_contract_by(last),
    ]
    assert [each.day for each in found] == [opens, audit, call, contract]
    assert [each.certainty for each in found] == ["C", "c", "own", "c"]
    assert {each.origin for each in found} == {last}


def test_renewal_follows_the_settings():
    last = date(2029, 3, 11)
    settings = AuditSettings(
        correction_months=2, check_months=0, call_months=15, contract_months=6
    )
    assert renewal_audit_by(last, settings).day == date(2029, 1, 11)
    assert renewal_call_by(last, settings).day == date(2027, 12, 11)
    assert renewal_contract_by(last, settings).day == date(2028, 9, 11)
    none = AuditSettings(correction_months=0, check_months=0)
    assert renewal_audit_by(last, none).day == last


@given(DAYS)
def test_the_renewal_audit_is_the_last_that_fits(last):
    day = renewal_audit_by(last).day
    assert major_deadlines(day)[1].day <= last
    assert major_deadlines(day + DAY)[1].day > last


@given(DAYS, st.integers(0, 400))
def test_a_later_notification_never_shortens_a_deadline(notified, days):
    later = notified + timedelta(days=days)
    assert minor_deadline(notified).day <= minor_deadline(later).day
    pairs = zip(major_deadlines(notified), major_deadlines(later), strict=True)
    assert all(first.day <= second.day for first, second in pairs)


@given(DAYS)
def test_a_certificate_lasts_three_years_and_no_day_more(first):
    end = certificate_end(first).day
    assert end < add_months(first, 36) == end + DAY
    assert surveillance_window(first).last.day < renewal_opens(end).day


@given(DAYS)
def test_every_deadline_is_explained(day):
    window = surveillance_window(day)
    found = [
        window.first,
        window.last,
        certificate_end(day),
        minor_deadline(day),
        *major_deadlines(day),
        renewal_opens(day),
        renewal_audit_by(day),
        renewal_call_by(day),
        renewal_contract_by(day),
    ]
    assert {each.code for each in found} == set(DEADLINES)
    for each in found:
        said = each.statement.render()
        assert each.day.isoformat() in said
        assert each.origin.isoformat() in said
        assert f"{abs(each.months)}" in said
