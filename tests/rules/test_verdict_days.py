"""Verdicts: days in Paris, short months, order, and what makes no sense."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from rules.audit_calendar import today_in_paris
from rules.verdict import AuditCase, Finding, severity, verdict

CLOSED = date(2026, 3, 12)
NOTIFIED = date(2026, 3, 16)
MINOR = Finding(key="m1", gravity="minor", indicator=9, notified_on=NOTIFIED)


def major(notified_on=NOTIFIED):
    return Finding(key="M1", gravity="major", indicator=22, notified_on=notified_on)


def audit(kind, *findings, **more):
    return AuditCase(kind=kind, closed_on=CLOSED, findings=findings, **more)


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        # The certificate ends on 31 October 2026: in Paris, an hour before UTC.
        (datetime(2026, 10, 31, 22, 59, 59), "awaiting_decision"),
        (datetime(2026, 10, 31, 23, 0), "lapsed"),
    ],
)
def test_a_certificate_ends_in_paris(now, outcome):
    case = audit("renewal", certificate_last_day=date(2026, 10, 31))
    assert verdict(case, today_in_paris(now)).outcome == outcome


@pytest.mark.parametrize(
    ("now", "outcome"),
    [
        # Notified on 1 July: corrected by 1 October, checked by 1 November.
        (datetime(2026, 10, 31, 23, 0), "corrections"),
        (datetime(2026, 11, 1, 22, 59, 59), "corrections"),
        (datetime(2026, 11, 1, 23, 0), "refused"),
    ],
)
def test_delays_end_in_paris(now, outcome):
    case = audit("initial", major(notified_on=date(2026, 7, 1)))
    assert verdict(case, today_in_paris(now)).outcome == outcome


@pytest.mark.parametrize(
    ("notified", "last"),
    [
        (date(2026, 11, 30), date(2027, 3, 28)),
        (date(2027, 11, 30), date(2028, 3, 29)),
        (date(2027, 10, 31), date(2028, 2, 29)),
        (date(2026, 10, 31), date(2027, 2, 28)),
    ],
)
def test_delays_that_end_in_short_months(notified, last):
    case = audit("initial", major(notified_on=notified))
    assert verdict(case, last).outcome == "corrections"
    assert verdict(case, last + timedelta(days=1)).outcome == "refused"


def test_order_of_the_findings_is_irrelevant():
    minors = [replace(MINOR, key=f"m{number}") for number in range(1, 7)]
    carried = replace(MINOR, key="c1", carried_over=True)
    findings = [major(), *minors, carried, Finding(key="r1", gravity="remark")]
    case = audit("surveillance", *findings)
    turned = audit("surveillance", *reversed(findings))
    one, other = (verdict(each, date(2026, 5, 1)) for each in (case, turned))
    assert one.outcome == other.outcome
    assert one.smallest_lifting.keys == other.smallest_lifting.keys
    assert one.smallest_lifting.keys == ("c1", "M1", "m1", "m2")


def test_severity_orders_the_outcomes():
    worse = [
        ("awaiting_decision", "granted"),
        ("corrections", "awaiting_decision"),
        ("awaiting_reinstatement", "corrections"),
        ("suspended", "awaiting_reinstatement"),
        ("lapsed", "suspended"),
        ("refused", "lapsed"),
        ("withdrawn", "not_renewed"),
    ]
    for bad, good in worse:
        assert severity(bad) > severity(good)
    assert {severity(each) for each in ("granted", "maintained", "renewed")} == {0}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "strange"}, "Unknown kind of audit"),
        ({"kind": "mock"}, "what a mock audit stands for"),
        ({"kind": "follow_up"}, "what a follow_up audit stands for"),
        ({"kind": "initial", "stands_for": "renewal"}, "stands for"),
        ({"kind": "mock", "stands_for": "follow_up"}, "No decision ends such an audit"),
        ({"decided_on": date(2026, 3, 11)}, "before it is closed"),
        ({"findings": (major(), major())}, "the same key"),
    ],
)
def test_cases_that_make_no_sense(wrong, message):
    with pytest.raises(ValueError, match=message):
        AuditCase(**({"kind": "initial", "closed_on": CLOSED} | wrong))


def test_no_verdict_before_the_audit_is_closed():
    with pytest.raises(ValueError, match="before it is closed"):
        verdict(audit("initial"), date(2026, 3, 11))
