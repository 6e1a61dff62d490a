"""Why a verdict is what it is, and what would change it."""

from datetime import date

import pytest
from rules.verdict import AuditCase, Finding, smallest_lifting, verdict
from rules.verdict_texts import LIFTING_PHRASES, REASON_PHRASES

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


def codes(found):
    return [each.code for each in found.reasons]


REASONS = {
    "no_nonconformity": (case("initial"), date(2026, 3, 12)),
    "lifted_on_the_day": (
        case("initial", major(lifted_on=CLOSED)),
        date(2026, 3, 13),
    ),
    "lifted_since": (
        case("initial", major(lifted_on=date(2026, 4, 1))),
        date(2026, 4, 2),
    ),
    "minor_requalified": (
        case("renewal", minor(carried_over=True)),
        date(2026, 4, 2),
    ),
    "display_is_major": (
        case("surveillance", major(requirement="display")),
        date(2026, 4, 2),
    ),
    "major_not_notified": (
        case("initial", major(notified_on=None)),
        date(2026, 4, 2),
    ),
    "major_running": (case("initial", major()), date(2026, 4, 2)),
    "major_at_decision": (
        case("initial", major(), decided_on=date(2026, 4, 1)),
        date(2026, 4, 2),
    ),
    "major_not_in_time": (case("initial", major()), date(2026, 7, 17)),
    "major_lifted_late": (
        case("initial", major(lifted_on=date(2026, 7, 18))),
        date(2026, 7, 20),
    ),
    "major_rehearsed": (
        case("mock", major(), stands_for="initial"),
        date(2026, 4, 2),
    ),
    "rehearsal": (case("mock", stands_for="initial"), date(2026, 4, 2)),
    "minors_count_as_major": (case("initial", *minors(5)), date(2026, 4, 2)),
    "minors_do_not_block": (case("initial", minor()), date(2026, 4, 2)),
    "suspended_on": (
        case("surveillance", major(), suspended_on=date(2026, 7, 20)),
        date(2026, 7, 21),
    ),
    "suspension_expected": (case("surveillance", major()), date(2026, 7, 17)),
    "reinstated_on": (
        case(
            "surveillance",
            major(lifted_on=date(2026, 8, 1)),
            suspended_on=date(2026, 7, 20),
            reinstated_on=date(2026, 8, 2),
        ),
        date(2026, 8, 3),
    ),
    "suspension_over": (
        case("surveillance", major(), suspended_on=date(2026, 7, 20)),
        date(2026, 10, 21),
    ),
    "withdrawn_on": (
        case("surveillance", withdrawn_on=date(2026, 7, 20)),
        date(2026, 10, 21),
    ),
    "certificate_ended": (
        case("renewal", certificate_last_day=date(2026, 3, 31)),
        date(2026, 4, 1),
    ),
    "decided_after_end": (
        case(
            "renewal",
            certificate_last_day=date(2026, 3, 31),
            decided_on=date(2026, 4, 1),
        ),
        date(2026, 4, 1),
    ),
    "extension_keeps_end": (
        case("extension", certificate_last_day=LAST, decided_on=date(2026, 4, 1)),
        date(2026, 4, 1),
    ),
}


@pytest.mark.parametrize("code", REASONS)
def test_reasons(code):
    audit, day = REASONS[code]
    assert code in codes(verdict(audit, day))


def test_the_first_reason_is_the_one_that_weighs_most():
    found = verdict(case("initial", minor(), major()), date(2026, 4, 2))
    assert codes(found) == ["major_running", "minors_do_not_block"]
    found = verdict(
        case("surveillance", major(), withdrawn_on=date(2026, 7, 20)),
        date(2026, 10, 1),
    )
    assert codes(found) == ["withdrawn_on", "suspension_expected", "major_not_in_time"]


def test_reasons_in_words():
    found = verdict(
        case("initial", major(name="indicator 22"), *minors(5)), date(2026, 4, 2)
    )
    assert [each.render() for each in found.reasons] == [
        (
            "Major and not lifted: indicator 22. To be corrected by 2026-06-16 and"
            " checked by 2026-07-16, before any decision."
        ),
        "Minor and not lifted: 5. From 5 on they count as one major at the decision.",
    ]
    assert [each.source.certainty for each in found.reasons] == ["C", "c"]
    assert "monof.pro" in found.reasons[1].source.text


def test_no_reason_that_does_not_belong():
    """What is close to a reason without being one."""
    running = case("surveillance", major(), certificate_last_day=LAST)
    assert codes(verdict(running, date(2026, 4, 2))) == ["major_running"]
    # The display is major by the text at the surveillance audit only.
    renewal = case("renewal", major(requirement="display"))
    assert codes(verdict(renewal, date(2026, 4, 2))) == ["major_running"]
    hidden = major(requirement="display", gravity="minor", carried_over=True)
    surveillance = case("surveillance", hidden)
    assert codes(verdict(surveillance, date(2026, 4, 2))) == [
        "major_running",
        "minor_requalified",
    ]
    again = case(
        "surveillance",
        major(),
        suspended_on=date(2026, 7, 20),
        reinstated_on=date(2026, 8, 2),
    )
    assert codes(verdict(again, date(2026, 8, 3))) == [
        "suspended_on",
        "major_not_in_time",
    ]


def test_the_first_missed_delay_begins_the_suspension():
    audit = case("surveillance", major(), major("M2", notified_on=date(2026, 3, 20)))
    first = verdict(audit, date(2026, 9, 1)).reasons[0]
    assert (first.code, first.values["day"]) == (
        "suspension_expected",
        date(2026, 7, 17),
    )


@pytest.mark.parametrize(
    ("recorded", "code"),
    [("suspended_on", "suspended_on"), ("withdrawn_on", "withdrawn_on")],
)
def test_what_is_recorded_today_holds_today(recorded, code):
    day = date(2026, 4, 2)
    first = verdict(case("surveillance", **{recorded: day}), day).reasons[0]
    assert (first.code, first.values["day"]) == (code, day)


def test_a_display_lifted_gives_no_reason_to_blame_it():
    found = verdict(
        case("surveillance", major(requirement="display", lifted_on=CLOSED)), CLOSED
    )
    assert codes(found) == ["lifted_on_the_day"]


def test_the_smallest_set_in_one_sentence():
    audit = case("initial", major(name="indicator 22"), *minors(6))
    found = smallest_lifting(audit, date(2026, 4, 2))
    assert found.statement.render() == (
        "Lifting indicator 22, m1, m2 is enough for the decision to be taken."
    )
    assert (found.before, found.after) == ("corrections", "awaiting_decision")


SENTENCES = [
    (case("initial"), date(2026, 4, 2), "nothing_in_the_way"),
    (case("initial", minor()), date(2026, 4, 2), "nothing_in_the_way"),
    (case("initial", major()), date(2026, 4, 2), "lift_for_awaiting_decision"),
    (case("initial", major()), date(2026, 7, 17), "lifting_changes_nothing"),
    (
        case("surveillance", major()),
        date(2026, 7, 17),
        "lift_for_awaiting_reinstatement",
    ),
    (
        case("mock", major(), stands_for="initial"),
        date(2026, 4, 2),
        "lift_for_granted",
    ),
    (
        case("mock", major(), stands_for="surveillance"),
        date(2026, 4, 2),
        "lift_for_maintained",
    ),
    (
        case("mock", major(), stands_for="renewal"),
        date(2026, 4, 2),
        "lift_for_renewed",
    ),
    (
        case("mock", major(), stands_for="extension"),
        date(2026, 4, 2),
        "lift_for_extended",
    ),
]


@pytest.mark.parametrize(("audit", "day", "code"), SENTENCES)
def test_sentence_of_the_smallest_set(audit, day, code):
    assert smallest_lifting(audit, day).statement.code == code


def test_every_reason_and_sentence_is_met_above():
    assert set(REASONS) == set(REASON_PHRASES)
    met = {code for _audit, _day, code in SENTENCES}
    assert met == set(LIFTING_PHRASES)
