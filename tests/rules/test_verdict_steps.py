"""What comes after a verdict, and by when."""

from datetime import date

import pytest
from rules.audit_settings import AuditSettings
from rules.verdict import AuditCase, Finding, verdict
from rules.verdict_texts import STEP_PHRASES

CLOSED = date(2026, 3, 12)
NOTIFIED = date(2026, 3, 16)
LAST = date(2029, 3, 11)


def case(kind, *findings, **more):
    return AuditCase(kind=kind, closed_on=CLOSED, findings=findings, **more)


def major(key="M1", **more):
    return Finding(**({"key": key, "gravity": "major", "notified_on": NOTIFIED} | more))


def minor(key="m1", **more):
    return Finding(**({"key": key, "gravity": "minor", "notified_on": NOTIFIED} | more))


def minors(count):
    return [minor(f"m{number}", plan_sent=True) for number in range(1, count + 1)]


def steps(found):
    return [
        (each.code, each.day.isoformat() if each.day else None)
        for each in found.next_steps
    ]


STEPS = {
    "corrections": (
        case("initial", major(), minor()),
        date(2026, 4, 2),
        [
            ("correct_major", "2026-06-16"),
            ("check_major", "2026-07-16"),
            ("apply_minor", "2026-09-16"),
            ("send_plan", None),
        ],
    ),
    "not notified": (
        case("initial", major(notified_on=None), minor(notified_on=None)),
        date(2026, 4, 2),
        [
            ("await_notification", None),
            ("send_plan", None),
            ("await_notification", None),
        ],
    ),
    "the certifier gave a day for the plan": (
        case("initial", minor(plan_due_on=date(2026, 3, 30))),
        date(2026, 4, 2),
        [
            ("send_plan", "2026-03-30"),
            ("apply_minor", "2026-09-16"),
            ("await_decision", None),
        ],
    ),
    "five minors, decision planned": (
        case("initial", *minors(5), decided_on=date(2026, 5, 1)),
        date(2026, 4, 2),
        [("lift_minors", "2026-05-01")] + [("apply_minor", "2026-09-16")] * 5,
    ),
    "granted": (
        case("initial", decided_on=date(2026, 3, 30)),
        date(2026, 4, 2),
        [("surveillance", "2028-01-30"), ("display", None)],
    ),
    "granted, obtained on another day": (
        case("initial", decided_on=date(2026, 3, 30), obtained_on=date(2026, 4, 1)),
        date(2026, 4, 2),
        [("surveillance", "2028-02-01"), ("display", None)],
    ),
    # Art. 2: those audited as new entrants are asked everything at surveillance.
    "granted to a new entrant": (
        case("initial", decided_on=date(2026, 3, 30), regime="new_entrant"),
        date(2026, 4, 2),
        [("surveillance", "2028-01-30"), ("display", None), ("surveillance_all", None)],
    ),
    "maintained": (
        case(
            "surveillance",
            decided_on=date(2026, 3, 30),
            certificate_last_day=date(2027, 3, 11),
        ),
        date(2026, 4, 2),
        [("renewal_audit", "2026-11-11")],
    ),
    "renewed: when the next one begins is not known": (
        case(
            "renewal",
            decided_on=date(2026, 3, 30),
            certificate_last_day=date(2026, 10, 31),
        ),
        date(2026, 4, 2),
        [("display", None)],
    ),
    "extended: surveillance stays where it was": (
        case(
            "extension",
            decided_on=date(2026, 3, 30),
            obtained_on=date(2025, 1, 1),
            certificate_last_day=LAST,
        ),
        date(2026, 4, 2),
        [("display", None)],
    ),
    "renewal awaiting its decision": (
        case("renewal", certificate_last_day=date(2026, 10, 31)),
        date(2026, 4, 2),
        [("decision_before_end", "2026-10-31")],
    ),
    # Art. 8: no new request before three months.
    "refused": (
        case("initial", major(), decided_on=date(2026, 11, 30)),
        date(2026, 12, 1),
        [("new_request", "2027-02-28")],
    ),
    "refused, day not recorded": (
        case("initial", major(), minor()),
        date(2026, 7, 17),
        [("new_request_undated", None)],
    ),
    "not renewed": (
        case("renewal", major(), certificate_last_day=date(2026, 10, 31)),
        date(2026, 7, 17),
        [("runs_until", "2026-10-31"), ("new_request_if_refused", None)],
    ),
    "suspended": (
        case("surveillance", major(), *minors(5), suspended_on=date(2026, 7, 20)),
        date(2026, 10, 1),
        [("apply_minor", "2026-09-16")] * 5
        + [
            ("lift_before_withdrawal", "2026-10-20"),
            ("minors_before_withdrawal", "2026-10-20"),
        ],
    ),
    "suspension expected": (
        case("surveillance", major()),
        date(2026, 7, 17),
        [("lift_before_withdrawal", "2026-10-17"), ("record_suspension", None)],
    ),
    "awaiting the end of the suspension": (
        case(
            "surveillance",
            major(lifted_on=date(2026, 8, 1)),
            suspended_on=date(2026, 7, 20),
        ),
        date(2026, 8, 2),
        [("ask_reinstatement", None)],
    ),
    "withdrawn": (
        case("surveillance", withdrawn_on=date(2026, 8, 31)),
        date(2026, 9, 1),
        [("request_after_withdrawal", "2026-11-30"), ("stop_logo", None)],
    ),
    "withdrawn, day not recorded": (
        case("surveillance", major(), suspended_on=date(2026, 7, 20)),
        date(2026, 10, 21),
        [("stop_logo", None), ("request_after_withdrawal_undated", None)],
    ),
    "lapsed": (
        case("renewal", minor(), certificate_last_day=date(2026, 3, 31)),
        date(2026, 4, 1),
        [("leaves_list", None), ("stop_logo", None)],
    ),
    "rehearsal: nobody notified anything": (
        case("mock", major(), minor(), stands_for="initial"),
        date(2026, 4, 1),
        [("correct_before_audit", None)],
    ),
    "rehearsal without a gap": (
        case("internal", stands_for="surveillance"),
        date(2026, 4, 1),
        [],
    ),
}


@pytest.mark.parametrize("name", STEPS)
def test_next_steps(name):
    audit, day, expected = STEPS[name]
    assert steps(verdict(audit, day)) == expected


def test_steps_that_are_late():
    found = verdict(
        case("initial", major(), minor(plan_due_on=date(2026, 3, 30))),
        date(2026, 6, 17),
    )
    late = {each.code for each in found.next_steps if each.late}
    assert late == {"send_plan", "correct_major"}
    plan = case("initial", minor(plan_due_on=date(2026, 3, 30)))
    sent_today = verdict(plan, date(2026, 3, 30)).next_steps[0]
    assert (sent_today.code, sent_today.late) == ("send_plan", False)
    on_its_last_day = verdict(case("initial", major()), date(2026, 6, 16))
    assert not any(each.late for each in on_its_last_day.next_steps)
    last = case("renewal", major(), certificate_last_day=date(2026, 10, 31))
    found = verdict(last, date(2026, 10, 31))
    assert steps(found)[0] == ("runs_until", "2026-10-31")


def test_settings_move_the_steps():
    longer = AuditSettings(refusal_months=6, withdrawal_months=0, correction_months=2)
    refused = case("initial", major(), decided_on=date(2026, 4, 1))
    assert steps(verdict(refused, date(2026, 4, 2), longer)) == [
        ("new_request", "2026-10-01")
    ]
    withdrawn = case("surveillance", withdrawn_on=date(2026, 8, 31))
    assert steps(verdict(withdrawn, date(2026, 9, 1), longer)) == [("stop_logo", None)]
    maintained = case(
        "surveillance",
        decided_on=date(2026, 3, 30),
        certificate_last_day=date(2027, 3, 11),
    )
    assert steps(verdict(maintained, date(2026, 4, 2), longer)) == [
        ("renewal_audit", "2026-12-11")
    ]


def test_how_many_minors_to_lift():
    found = verdict(case("initial", *minors(7)), date(2026, 4, 2))
    assert [each.statement.values for each in found.next_steps][-1] == {"count": 3}


def test_every_step_is_met_above():
    met = {code for row in STEPS.values() for code, _day in row[-1]}
    assert met == set(STEP_PHRASES)
