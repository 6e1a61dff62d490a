"""Overlap, extension, transfer, new request."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_settings import AuditSettings
from rules.cycle import (
    CERTIFICATE_REFUSALS,
    Certificate,
    check_extension,
    check_new_request,
    check_overlap,
    check_period,
    check_transfer,
    extended,
)

FIRST, LAST = date(2026, 3, 12), date(2029, 3, 11)


def certificate(*categories, first=FIRST, last=LAST, name="A"):
    return Certificate(name, frozenset(categories or ("AFC",)), first, last)


def code(found):
    return found.code if found else None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (FIRST, LAST, None),
        (FIRST, FIRST, None),
        (LAST, FIRST, "ends_before_it_starts"),
        (date(2026, 11, 1), date(2026, 10, 31), "ends_before_it_starts"),
    ],
)
def test_check_period(first, last, expected):
    assert code(check_period(first, last)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        # The next one begins the day after, or on the last day: no text says which.
        (certificate(first=date(2029, 3, 12), last=date(2032, 3, 11)), None),
        (certificate(first=date(2029, 3, 11), last=date(2032, 3, 10)), None),
        (certificate(first=date(2029, 3, 10), last=date(2032, 3, 9)), "overlap"),
        (certificate(first=date(2023, 3, 12), last=date(2026, 3, 11)), None),
        (certificate(first=date(2023, 3, 13), last=date(2026, 3, 12)), None),
        (certificate(first=date(2023, 3, 14), last=date(2026, 3, 13)), "overlap"),
        (certificate(), "overlap"),
        (certificate("BC", "CFA"), None),
        (certificate("BC", "AFC"), "overlap"),
    ],
)
def test_check_overlap(other, expected):
    assert code(check_overlap(certificate(), [other])) == expected
    assert code(check_overlap(other, [certificate()])) == expected


def test_the_earliest_overlap_is_told():
    later = certificate("CFA", "AFC", first=date(2028, 1, 1), last=LAST, name="late")
    early = certificate(first=FIRST, last=date(2026, 12, 31), name="early")
    found = check_overlap(certificate("AFC", "CFA"), [later, early])
    assert found.values == {
        "first": FIRST,
        "last": date(2026, 12, 31),
        "other": "early",
        "categories": ("AFC",),
    }
    alone = check_overlap(certificate("AFC", "CFA"), [later])
    assert alone.values["categories"] == ("AFC", "CFA")
    assert check_overlap(certificate(), []) is None


@pytest.mark.parametrize(
    ("categories", "day", "expected"),
    [
        ({"BC"}, FIRST, None),
        ({"AFC", "BC"}, LAST, None),
        ({"AFC"}, FIRST, "nothing_new"),
        ({"BC"}, LAST + timedelta(days=1), "not_running"),
        ({"BC"}, FIRST - timedelta(days=1), "not_running"),
    ],
)
def test_check_extension(categories, day, expected):
    assert code(check_extension(certificate(), categories, day)) == expected


@given(st.frozensets(st.sampled_from(["AFC", "BC", "VAE", "CFA"])))
def test_an_extension_keeps_the_days(categories):
    after = extended(certificate(), categories)
    assert (after.first, after.last) == (FIRST, LAST)
    assert after.categories == categories | {"AFC"}


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        (FIRST, {}, None),
        (LAST, {}, None),
        (LAST + timedelta(days=1), {}, "not_running"),
        (FIRST, {"suspended": True}, "suspended_transfer"),
        # What ended cannot be mended by ending the suspension.
        (LAST + timedelta(days=1), {"suspended": True}, "not_running"),
        (FIRST, {"new_certifier": ""}, "same_certifier"),
        (FIRST, {"new_certifier": "One"}, "same_certifier"),
        (FIRST, {"categories": {"AFC"}}, None),
        (FIRST, {"categories": {"AFC", "BC"}}, "other_scope"),
        (FIRST, {"categories": set()}, "other_scope"),
    ],
)
def test_check_transfer(day, more, expected):
    options = {"suspended": False, "certifier": "One", "new_certifier": "Two"} | more
    assert code(check_transfer(certificate(), day, **options)) == expected


# Order of 6 June 2019, art. 8: no new request before three months after a refusal.
@pytest.mark.parametrize(
    ("refused", "withdrawn", "day", "expected"),
    [
        (None, None, date(2026, 3, 12), None),
        (date(2026, 3, 12), None, date(2026, 6, 11), "after_refusal"),
        (date(2026, 3, 12), None, date(2026, 6, 12), None),
        (date(2026, 11, 30), None, date(2027, 2, 27), "after_refusal"),
        (date(2026, 11, 30), None, date(2027, 2, 28), None),
        (date(2027, 11, 30), None, date(2028, 2, 28), "after_refusal"),
        (date(2027, 11, 30), None, date(2028, 2, 29), None),
        (date(2026, 7, 31), None, date(2026, 10, 30), "after_refusal"),
        (date(2026, 7, 31), None, date(2026, 10, 31), None),
        (None, date(2026, 3, 12), date(2026, 6, 11), "after_withdrawal"),
        (None, date(2026, 3, 12), date(2026, 6, 12), None),
        # The longer wait of the two.
        (date(2026, 3, 12), date(2026, 4, 12), date(2026, 5, 1), "after_withdrawal"),
        (date(2026, 4, 12), date(2026, 3, 12), date(2026, 5, 1), "after_refusal"),
    ],
)
def test_check_new_request(refused, withdrawn, day, expected):
    assert code(check_new_request(day, refused, withdrawn)) == expected


def test_a_new_request_follows_the_settings():
    day = date(2026, 5, 1)
    none = AuditSettings(withdrawal_months=0, refusal_months=1)
    assert check_new_request(day, None, day, none) is None
    assert check_new_request(day, date(2026, 4, 1), None, none) is None
    assert check_new_request(day, date(2026, 4, 2), None, none).values == {
        "origin": date(2026, 4, 2),
        "day": date(2026, 5, 2),
    }


def test_every_refusal_is_met_above():
    assert set(CERTIFICATE_REFUSALS) == {
        "ends_before_it_starts",
        "overlap",
        "not_running",
        "suspended_transfer",
        "same_certifier",
        "other_scope",
        "nothing_new",
        "after_refusal",
        "after_withdrawal",
    }
