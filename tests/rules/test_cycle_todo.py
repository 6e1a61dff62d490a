"""What is to do in each stage of a cycle, and what is prepared before an audit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_findings import AUDIT_KINDS
from rules.cycle import (
    ACTIVITIES,
    CYCLE_PHRASES,
    PIECES,
    STAGES,
    CycleFacts,
    schedule,
    todo,
    unmet,
)
from rules.cycle_conditions import CONDITIONS
from rules.cycle_todo import TODO_OF

DAY = date(2026, 3, 1)
# A company on the eve of its initial audit, with nothing missing.
READY = CycleFacts(
    nda_number="11755555555",
    categories=("AFC", "BC"),
    delivered=frozenset({"AFC", "BC"}),
    pieces=frozenset(PIECES) - {"nda", "categories"},
    sites=("Lyon", "Paris"),
    self_assessed_on=date(2025, 12, 1),
    certifier="One",
    contract_signed_on=date(2026, 1, 5),
    sworn_on=date(2026, 1, 5),
    audit_on=date(2026, 3, 12),
)
# The same, certified from 12 March 2026 to 11 March 2029.
CERTIFIED = replace(
    READY,
    audit_closed_on=date(2026, 3, 12),
    certificate_number="C-1",
    first_day=date(2026, 3, 12),
    last_day=date(2029, 3, 11),
    displayed_at=frozenset({"Lyon", "Paris"}),
)


def dated(found):
    return [(each.code, each.day.isoformat() if each.day else None) for each in found]


def test_a_company_without_a_certificate_sees_its_first_step():
    assert dated(todo("self_assessment", CycleFacts(), DAY)) == [
        ("state_categories", None),
        ("give_nda", None),
        ("self_assess", None),
    ]


# Stage, company, what is changed, day -> what is to do, by when.
TODO = {
    "assessed": ("self_assessment", READY, {}, DAY, []),
    "self-assessment planned": (
        "self_assessment", READY, {"self_assessed_on": date(2026, 4, 1)}, DAY,
        [("self_assess", "2026-04-01")],
    ),
    "assessed today": (
        "self_assessment", READY, {"self_assessed_on": DAY}, DAY, []
    ),
    "contract signed today": (
        "certifier_choice", READY, {"contract_signed_on": DAY}, DAY, []
    ),
    "contract to be signed tomorrow": (
        "certifier_choice", READY, {"contract_signed_on": date(2026, 3, 2)}, DAY,
        [("sign_contract", "2026-03-02")],
    ),
    "statement on honour signed today": (
        "application", READY, {"sworn_on": DAY}, DAY, []
    ),
    "choice of a first certifier": (
        "certifier_choice", CycleFacts(), {}, DAY,
        [("name_certifier", None), ("sign_contract", None)],
    ),
    "choice of a certifier for a renewal": (
        "certifier_choice", CycleFacts(), {"renewal_of_last_day": date(2029, 3, 11)},
        DAY, [("name_certifier", "2028-03-11"), ("sign_contract", "2028-07-11")],
    ),
    "contract signed": ("certifier_choice", READY, {}, DAY, []),
    "application complete": ("application", READY, {}, DAY, []),
    "application with gaps": (
        "application", READY,
        {
            "pieces": READY.pieces - {"sites", "activity"},
            "sworn_on": None,
            "delivered": frozenset({"BC"}),
        },
        DAY,
        [
            ("give_piece", "2026-03-12"),
            ("give_piece", "2026-03-12"),
            ("swear", "2026-03-12"),
            ("deliver", "2026-03-12"),
        ],
    ),
    "application without a day": (
        "application", READY, {"audit_on": None}, DAY, [("plan_audit", None)]
    ),
    "application for a renewal without a day": (
        "application", READY,
        {"audit_on": None, "renewal_of_last_day": date(2027, 4, 30)}, DAY,
        [("plan_audit", "2026-12-31")],
    ),
    "audit ahead": ("initial_audit", READY, {}, DAY, [("hold_audit", "2026-03-12")]),
    "audit without a day": (
        "initial_audit", READY, {"audit_on": None}, DAY, [("plan_audit", None)]
    ),
    "audit held": ("initial_audit", CERTIFIED, {}, date(2026, 3, 12), []),
    "corrections": (
        "corrections", CERTIFIED,
        {
            "open_majors": 1,
            "open_minors": 2,
            "majors_by": date(2026, 6, 16),
            "minors_by": date(2026, 9, 16),
        },
        date(2026, 4, 1),
        [("lift_majors", "2026-06-16"), ("apply_minors", "2026-09-16")],
    ),
    "minors notified long before": (
        "corrections", CERTIFIED,
        {
            "open_majors": 1,
            "open_minors": 1,
            "majors_by": date(2026, 9, 30),
            "minors_by": date(2026, 9, 16),
        },
        date(2026, 4, 1),
        [("apply_minors", "2026-09-16"), ("lift_majors", "2026-09-30")],
    ),
    # Art. 2: the surveillance audit checks the display.
    "certified": (
        "certified", CERTIFIED,
        {"displayed_at": frozenset({"Paris"}), "has_website": True},
        date(2026, 4, 1),
        [
            ("display_site", "2026-03-12"),
            ("display_website", "2026-03-12"),
            ("plan_surveillance", "2028-01-12"),
        ],
    ),
    "certified, everything displayed and planned": (
        "certified", CERTIFIED,
        {
            "has_website": True,
            "displayed_on_website": True,
            "surveillance_on": date(2027, 9, 1),
        },
        date(2026, 4, 1), [],
    ),
    "certificate not recorded": (
        "certified", READY, {"displayed_at": frozenset({"Lyon", "Paris"})},
        date(2026, 4, 1), [("record_certificate", None)],
    ),
    "certificate without a number": (
        "certified", CERTIFIED,
        {"certificate_number": "", "surveillance_on": date(2027, 9, 1)},
        date(2026, 4, 1), [("record_certificate", None)],
    ),
    "surveillance to plan": (
        "surveillance", CERTIFIED, {}, date(2027, 6, 1),
        [("plan_surveillance", "2028-01-12")],
    ),
    # monof.pro: a missed surveillance audit is a cause of suspension or withdrawal.
    "surveillance window on its last day": (
        "certified", CERTIFIED, {}, date(2028, 1, 12),
        [("plan_surveillance", "2028-01-12")],
    ),
    "surveillance window missed": (
        "certified", CERTIFIED, {}, date(2028, 1, 13),
        [("surveillance_missed", "2028-01-12")],
    ),
    "surveillance planned after its window": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2028, 2, 1)},
        date(2028, 1, 13),
        [("surveillance_missed", "2028-01-12"), ("hold_surveillance", "2028-02-01")],
    ),
    "surveillance planned in its window and not closed yet": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2028, 1, 12)},
        date(2028, 1, 13), [("close_surveillance", "2028-01-12")],
    ),
    "surveillance held after its window": (
        "surveillance", CERTIFIED,
        {
            "surveillance_on": date(2028, 2, 1),
            "surveillance_closed_on": date(2028, 2, 1),
        },
        date(2028, 2, 1), [],
    ),
    "surveillance ahead": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2027, 9, 1)},
        date(2027, 9, 1), [("hold_surveillance", "2027-09-01")],
    ),
    "surveillance held": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2027, 9, 1)},
        date(2027, 9, 2), [("close_surveillance", "2027-09-01")],
    ),
    "surveillance closed, a minor open": (
        "surveillance", CERTIFIED,
        {
            "surveillance_on": date(2027, 9, 1),
            "surveillance_closed_on": date(2027, 9, 1),
            "open_minors": 1,
            "minors_by": date(2028, 3, 5),
        },
        date(2027, 9, 2), [("apply_minors", "2028-03-05")],
    ),
    "renewal to prepare": (
        "renewal", CERTIFIED, {}, date(2028, 3, 1),
        [
            ("call_for_offers", "2028-03-11"),
            ("sign_next_contract", "2028-07-11"),
            ("plan_renewal", "2028-11-11"),
            ("renewal_decision", "2029-03-11"),
        ],
    ),
    "renewal planned": (
        "renewal", CERTIFIED,
        {"next_certifier_on": date(2028, 6, 1), "renewal_on": date(2028, 10, 1)},
        date(2028, 8, 1),
        [("hold_renewal", "2028-10-01"), ("renewal_decision", "2029-03-11")],
    ),
    "renewal closed today": (
        "renewal", CERTIFIED,
        {
            "next_certifier_on": date(2028, 6, 1),
            "renewal_on": date(2028, 10, 1),
            "renewal_closed_on": date(2028, 10, 1),
        },
        date(2028, 10, 1), [("renewal_decision", "2029-03-11")],
    ),
    "renewed": (
        "renewal", CERTIFIED, {"renewed_on": date(2028, 12, 1)}, date(2028, 12, 1), []
    ),
    "refused": (
        "refused", READY, {"refused_on": date(2026, 7, 1)}, date(2026, 7, 1),
        [("new_request", "2026-10-01"), ("close_gaps", None)],
    ),
    "suspended": (
        "suspended", CERTIFIED, {"suspended_on": date(2027, 11, 30), "open_majors": 2},
        date(2027, 12, 1),
        [("lift_majors", "2028-02-29"), ("end_suspension", "2028-02-29")],
    ),
    "suspended until the day given": (
        "suspended", CERTIFIED,
        {"suspended_on": date(2027, 11, 30), "suspension_ends_on": date(2028, 5, 1)},
        date(2027, 12, 1), [("end_suspension", "2028-05-01")],
    ),
    "withdrawn": (
        "withdrawn", CERTIFIED, {"withdrawn_on": date(2028, 1, 31)}, date(2028, 2, 1),
        [("request_after_withdrawal", "2028-04-30"), ("stop_logo", None)],
    ),
    "expired": (
        "expired", CERTIFIED, {}, date(2029, 3, 12),
        [("stop_logo", None), ("start_again", None)],
    ),
    "expired, the next one runs": (
        "expired", CERTIFIED, {"renewed_on": date(2029, 3, 11)}, date(2029, 3, 12), []
    ),
    "lapsed": (
        "lapsed", CERTIFIED, {}, date(2029, 3, 12),
        [("stop_logo", None), ("ask_what_remains", None)],
    ),
    "transferred": (
        "transferred", CERTIFIED, {}, date(2027, 7, 1), [("next_cycle", None)]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TODO)
def test_todo(name):
    stage, facts, changes, day, expected = TODO[name]
    found = todo(stage, replace(facts, **changes), day)
    assert dated(found) == expected
    for each in found:
        assert "%(" not in each.statement.render()


def test_every_thing_to_do_is_met_above():
    assert set(TODO_OF) == set(STAGES)
    met = {code for row in TODO.values() for code, _day in row[-1]}
    assert met | {"state_categories", "give_nda"} == {
        code
        for code in CYCLE_PHRASES
        if code not in CONDITIONS and not CYCLE_PHRASES[code].text.endswith(".")
    }


def test_missing_pieces_are_named():
    found = todo("application", replace(READY, pieces=frozenset()), DAY)
    assert [each.piece for each in found] == [
        code for code in PIECES if code not in ("nda", "categories")
    ]
    assert found[0].statement.render() == "Give the certifier: Name and SIREN"
    # What is known from elsewhere cannot be ticked off.
    claimed = replace(READY, nda_number="", pieces=frozenset(PIECES))
    assert claimed.missing_pieces(DAY) == ("nda",)


def test_what_is_late():
    found = todo("renewal", CERTIFIED, date(2028, 8, 1))
    assert [each.code for each in found if each.late(date(2028, 8, 1))] == [
        "call_for_offers",
        "sign_next_contract",
    ]
    last = date(2028, 7, 11)
    late = [each.code for each in todo("renewal", CERTIFIED, last) if each.late(last)]
    assert late == ["call_for_offers"]
    # What opens on a day is not late after it.
    refused = replace(READY, refused_on=date(2026, 1, 1))
    found = todo("refused", refused, date(2027, 1, 1))
    assert not any(each.late(date(2027, 1, 1)) for each in found)


@given(st.sampled_from(sorted(STAGES)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_any_stage_can_be_asked_about_any_company(stage, day):
    for facts in (CycleFacts(), READY, CERTIFIED):
        for each in (*unmet(stage, facts, day), *todo(stage, facts, day)):
            assert "%(" not in each.statement.render()


AUDIT = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "initial",
            [
                "begin",
                "close_gaps",
                "sample",
                "plan",
                "invite",
                "interviews",
                "evidence",
            ],
        ),
        ("follow_up", ["former_findings", "plan", "invite", "evidence"]),
        ("mock", ["begin", "close_gaps", "sample", "invite", "interviews", "evidence"]),
        ("renewal", [each.code for each in ACTIVITIES]),
    ],
)
def test_what_is_prepared(kind, expected):
    found = schedule(kind, AUDIT, AUDIT)
    assert [each.activity.code for each in found] == expected


def test_preparation_is_dated_backwards():
    # owlic.fr: four to eight weeks before the audit.
    found = schedule("surveillance", AUDIT, date(2026, 11, 3))
    assert found[0].day == date(2026, 10, 5)
    assert found[-1].day == date(2026, 11, 27)
    assert [each.late for each in found] == [True, True] + [False] * 7
    assert found[1].day == date(2026, 11, 2)
    found = schedule("surveillance", AUDIT, date(2026, 11, 2))
    assert [each.late for each in found] == [True] + [False] * 8


@given(
    st.sampled_from(sorted(AUDIT_KINDS)), st.dates(date(2026, 1, 1), date(2030, 1, 1))
)
def test_preparation_comes_in_order_before_the_audit(kind, audit_on):
    found = schedule(kind, audit_on, audit_on)
    days = [each.day for each in found]
    assert days == sorted(days)
    assert all(day < audit_on for day in days)
    later = schedule(kind, audit_on + timedelta(days=1), audit_on)
    assert [each.day - timedelta(days=1) for each in later] == days
