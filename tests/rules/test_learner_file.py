"""What a learner's file lacks, at each stage."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.learner_file import (
    DROP_OUT_REASON,
    PIECES,
    FileFacts,
    missing_pieces,
    stage_on,
)

STARTS, ENDS = date(2026, 11, 16), date(2026, 11, 20)
ALL_CODES = {piece.code for piece in PIECES}


def a_file(category="AFC", certifying=False, **facts):
    return FileFacts(category, certifying, STARTS, ENDS, **facts)


def codes(facts, day):
    return [row.piece.code for row in missing_pieces(facts, day)]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 11, 15), "before"),
        (date(2026, 11, 16), "during"),
        (date(2026, 11, 20), "during"),
        (date(2026, 11, 21), "after"),
    ],
)
def test_stages(day, stage):
    assert stage_on(a_file(), day) == stage


def test_dropping_out_ends_the_file_early():
    dropped = a_file(dropped_on=date(2026, 11, 17))
    assert stage_on(dropped, date(2026, 11, 17)) == "during"
    assert stage_on(dropped, date(2026, 11, 18)) == "after"


def test_before_the_session():
    assert codes(a_file(), date(2026, 11, 10)) == [
        "need",
        "entry",
        "adjustment",
        "contract",
        "convocation",
        "documents",
    ]


def test_nothing_is_late_before_it_is_due():
    rows = missing_pieces(a_file(), STARTS - timedelta(days=1))
    assert not any(row.late for row in rows)
    assert {row.due_on for row in rows} == {STARTS}
    assert all(row.late for row in missing_pieces(a_file(held={"attendance"}), STARTS))


def test_attendance_is_late_on_the_second_day():
    (first,) = missing_pieces(a_file(held=ALL_CODES - {"attendance"}), STARTS)
    assert (first.piece.code, first.late) == ("attendance", False)
    (second,) = missing_pieces(
        a_file(held=ALL_CODES - {"attendance"}), STARTS + timedelta(days=1)
    )
    assert second.late


def test_after_the_session():
    held = {"need", "entry", "adjustment", "contract", "convocation", "documents"}
    facts = a_file(held=held | {"attendance"}, present=True)
    assert codes(facts, ENDS) == []
    rows = missing_pieces(facts, ENDS + timedelta(days=1))
    assert [row.piece.code for row in rows] == ["outcome", "certificate"]
    assert {row.due_on for row in rows} == {ENDS + timedelta(days=1)}


@pytest.mark.parametrize(
    ("category", "certifying", "absent"),
    [
        ("AFC", True, set()),
        ("CFA", True, set()),
        ("AFC", False, {"exam_enrolment", "exam_result"}),
        # indicator 8 concerns training actions and apprenticeship only
        ("VAE", True, {"entry"}),
        # indicator 16 does not concern skills assessments
        ("BC", True, {"entry", "exam_enrolment", "exam_result"}),
    ],
)
def test_what_a_category_is_not_asked(category, certifying, absent):
    after = ENDS + timedelta(days=1)
    assert set(codes(a_file(category, certifying), after)) == ALL_CODES - absent


def test_a_drop_out_is_never_asked_for_a_final_assessment():
    dropped = a_file(certifying=True, dropped_on=date(2026, 11, 18), present=True)
    asked = set(codes(dropped, ENDS + timedelta(days=30)))
    assert not asked & {"outcome", "exam_result", "exam_enrolment"}
    assert {"drop_out_reason", "certificate", "attendance"} <= asked


def test_a_drop_out_who_never_came_gets_no_certificate():
    dropped = a_file(dropped_on=STARTS, present=False)
    asked = set(codes(dropped, ENDS))
    assert not asked & {"certificate", "attendance"}


def test_the_reason_is_due_on_the_day_of_dropping_out():
    held = ALL_CODES
    day = date(2026, 11, 18)
    (row,) = missing_pieces(a_file(held=held, dropped_on=day), day)
    assert (row.piece, row.due_on, row.late) == (DROP_OUT_REASON, day, True)


def test_a_cancelled_registration_lacks_nothing():
    cancelled = a_file(cancelled=True, dropped_on=STARTS)
    assert missing_pieces(cancelled, ENDS + timedelta(days=30)) == ()


files = st.builds(
    FileFacts,
    category=st.sampled_from(["AFC", "BC", "VAE", "CFA"]),
    certifying=st.booleans(),
    starts_on=st.just(STARTS),
    ends_on=st.just(ENDS),
    held=st.frozensets(st.sampled_from(sorted(ALL_CODES))),
    dropped_on=st.none() | st.dates(STARTS, ENDS),
    present=st.booleans(),
)
days = st.dates(STARTS - timedelta(days=30), ENDS + timedelta(days=30))


@given(files, days)
def test_what_is_held_is_never_missing(facts, day):
    assert not set(codes(facts, day)) & set(facts.held)


@given(files, days, st.integers(0, 30))
def test_time_alone_never_completes_a_file(facts, day, later):
    assert set(codes(facts, day)) <= set(codes(facts, day + timedelta(days=later)))


@given(files, days)
def test_late_means_due(facts, day):
    for row in missing_pieces(facts, day):
        assert row.late == (day >= row.due_on)
