"""Verdicts: what holds for any audit, day and settings."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rules.audit_settings import AuditSettings
from rules.audit_words import Statement
from rules.verdict import VERDICT_PHRASES, AuditCase, Finding, severity, verdict
from rules.verdict_case import conclude
from rules.verdict_smallest import lift, smallest_lifting

CLOSED = date(2026, 3, 12)


def days(first, last):
    """:return: days around the closing of the audit"""
    offsets = st.integers(first, last)
    return offsets.map(lambda offset: CLOSED + timedelta(days=offset))


LATER = st.none() | days(0, 400)


@st.composite
def finding(draw, key):
    requirement = draw(st.sampled_from([None, None, "display", "logo"]))
    return Finding(
        key=key,
        gravity=draw(st.sampled_from(["strong", "remark", "minor", "minor", "major"])),
        indicator=None if requirement else draw(st.integers(1, 33)),
        requirement=requirement,
        notified_on=draw(st.none() | days(0, 60)),
        lifted_on=draw(st.none() | days(-10, 300)),
        carried_over=draw(st.sampled_from([False, False, True])),
        plan_sent=draw(st.booleans()),
        plan_due_on=draw(LATER),
    )


@st.composite
def cases(draw):
    kind, stands_for = draw(
        st.sampled_from(
            [
                ("initial", None),
                ("surveillance", None),
                ("surveillance", None),
                ("renewal", None),
                ("extension", None),
                ("follow_up", "initial"),
                ("follow_up", "surveillance"),
                ("internal", "renewal"),
                ("mock", "surveillance"),
            ]
        )
    )
    count = draw(st.integers(0, 7))
    return AuditCase(
        kind=kind,
        stands_for=stands_for,
        closed_on=CLOSED,
        findings=tuple(draw(finding(f"f{number}")) for number in range(count)),
        decided_on=draw(LATER),
        obtained_on=draw(LATER),
        certificate_last_day=draw(st.none() | days(-10, 400)),
        suspended_on=draw(LATER),
        suspension_ends_on=draw(LATER),
        reinstated_on=draw(LATER),
        withdrawn_on=draw(st.none() | st.none() | days(0, 400)),
        regime=draw(st.sampled_from(["standard", "new_entrant"])),
    )


CASES = cases()
DAYS = days(0, 400)
SETTINGS = st.builds(
    AuditSettings,
    minors_for_major=st.integers(0, 6),
    suspension_months=st.integers(1, 6),
)


def open_keys(case, day):
    return [
        each.key
        for each in case.findings
        if each.gravity in ("minor", "major") and not each.lifted(day)
    ]


@given(CASES, DAYS, DAYS, SETTINGS, st.data())
def test_lifting_never_makes_the_outcome_worse(case, day, on, chosen, data):
    assume(case.findings)
    one = data.draw(st.sampled_from(case.findings))
    assume(not one.lifted(on))
    before = conclude(case, day, chosen).outcome
    after = conclude(lift(case, {one.key}, on), day, chosen).outcome
    assert severity(after) <= severity(before)


@given(CASES, DAYS, SETTINGS, st.integers(1, 90))
def test_a_later_notification_never_makes_the_outcome_worse(case, day, chosen, by):
    later = tuple(
        each
        if each.notified_on is None
        else replace(each, notified_on=each.notified_on + timedelta(days=by))
        for each in case.findings
    )
    before = conclude(case, day, chosen).outcome
    after = conclude(replace(case, findings=later), day, chosen).outcome
    assert severity(after) <= severity(before)


@given(CASES, DAYS, SETTINGS)
def test_one_more_finding_never_makes_the_outcome_better(case, day, chosen):
    more = (*case.findings, Finding(key="more", gravity="major", notified_on=CLOSED))
    before = conclude(case, day, chosen).outcome
    after = conclude(replace(case, findings=more), day, chosen).outcome
    assert severity(after) >= severity(before)


@settings(max_examples=300)
@given(CASES, DAYS, SETTINGS)
def test_the_smallest_set_is_the_smallest(case, day, chosen):
    """Against every set of findings that are not lifted, tried one by one."""
    found = smallest_lifting(case, day, chosen)
    before = conclude(case, day, chosen).outcome
    assert found.before == before
    smallest = next(
        (
            size
            for size in range(1, len(case.findings) + 1)
            if any(
                conclude(lift(case, keys, day), day, chosen).outcome != before
                for keys in combinations(open_keys(case, day), size)
            )
        ),
        0,
    )
    assert len(found.keys) == smallest
    after = conclude(lift(case, found.keys, day), day, chosen).outcome
    assert after == found.after
    assert (after != before) == bool(found.keys)


@given(CASES, DAYS, SETTINGS)
def test_the_smallest_set_lacks_nothing_and_has_nothing_too_many(case, day, chosen):
    found = smallest_lifting(case, day, chosen)
    assert len(set(found.keys)) == len(found.keys)
    assert set(found.keys) <= set(open_keys(case, day))
    for key in found.keys:
        less = [other for other in found.keys if other != key]
        unchanged = conclude(lift(case, less, day), day, chosen).outcome
        assert unchanged == found.before
    if found.keys:
        assert severity(found.after) < severity(found.before)


@given(CASES, DAYS, SETTINGS, st.randoms(use_true_random=False))
def test_order_of_the_findings_is_irrelevant(case, day, chosen, random):
    findings = list(case.findings)
    random.shuffle(findings)
    turned = replace(case, findings=tuple(findings))
    one, other = verdict(case, day, chosen), verdict(turned, day, chosen)
    assert one.outcome == other.outcome
    assert one.would_be == other.would_be
    assert one.smallest_lifting == other.smallest_lifting
    assert {each.code for each in one.reasons} == {each.code for each in other.reasons}
    assert {each.code for each in one.next_steps} == {
        each.code for each in other.next_steps
    }


@given(CASES, DAYS, SETTINGS)
def test_everything_is_said_in_words(case, day, chosen):
    found = verdict(case, day, chosen)
    assert found.reasons
    said = [*found.reasons, found.smallest_lifting.statement]
    said += [each.statement for each in found.next_steps]
    for each in said:
        assert "%(" not in each.render()
        # A sentence about no finding at all would read as nonsense.
        assert all(value != () for value in each.values.values())
        stored = json.loads(json.dumps(each.as_dict()))
        assert Statement.from_dict(stored, VERDICT_PHRASES) == each


@given(CASES, DAYS, SETTINGS)
def test_next_steps_come_in_order_and_know_whether_they_are_late(case, day, chosen):
    steps = verdict(case, day, chosen).next_steps
    dated = [each.day for each in steps if each.day is not None]
    assert dated == sorted(dated)
    assert all(each.day is None for each in steps[len(dated) :])
    for each in steps:
        if each.late:
            assert each.day < day
        if case.rehearsal:
            assert each.day is None


@given(CASES, DAYS, SETTINGS)
def test_a_rehearsal_decides_nothing(case, day, chosen):
    found = verdict(case, day, chosen)
    assert (found.outcome == "rehearsal") == case.rehearsal
    assert (found.would_be is not None) == case.rehearsal
    if case.rehearsal:
        assert found.reasons[0].code == "rehearsal"
        assert found.would_be not in ("suspended", "withdrawn", "not_renewed")


@given(CASES, DAYS)
def test_switching_the_five_minors_off_is_never_worse(case, day):
    off = conclude(case, day, AuditSettings(minors_for_major=0)).outcome
    assert severity(off) <= severity(conclude(case, day).outcome)
