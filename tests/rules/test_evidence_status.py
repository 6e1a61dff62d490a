"""Statuses of indicators: cases by hand, and what holds of any checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_status import (
    STATUSES,
    Part,
    Verdict,
    concluded,
    contradicts,
    indicator_status,
    limits,
    part_status,
    worst,
)

GOOD = Part("good", 10, 10)
BAD = Part("bad", 10, 4, threshold=90, margin=20)
RISKY = Part("risky", 10, 8, threshold=90, margin=20)
EMPTY = Part("empty")
SILENT = Part("silent", when_empty="nothing_to_prove")
FAILED = Part("failed", 10, 10, failed=True)


@pytest.mark.parametrize(
    ("part", "status"),
    [
        (GOOD, "demonstrated"),
        (Part("x", 10, 9), "insufficient"),
        (Part("x", 10, 9, threshold=90), "demonstrated"),
        (RISKY, "at_risk"),
        (Part("x", 10, 7, threshold=90, margin=20), "at_risk"),
        (Part("x", 100, 69, threshold=90, margin=20), "insufficient"),
        (BAD, "insufficient"),
        # a threshold that floating point does not reach by a hair
        (Part("x", 3, 2, threshold=200 / 3), "demonstrated"),
        # valid today, not for long
        (Part("x", 10, 10, soon=1), "at_risk"),
        (Part("x", 10, 4, soon=1), "insufficient"),
        (EMPTY, "not_assessed"),
        (SILENT, None),
        (FAILED, "not_assessed"),
        (Part("x", 10, 0, threshold=0), "demonstrated"),
    ],
)
def test_part(part, status):
    assert part_status(part) == status


@pytest.mark.parametrize(
    ("parts", "review", "verdict"),
    [
        ([GOOD, BAD, RISKY], "not_needed", Verdict("insufficient", "bad")),
        ([GOOD, RISKY], "not_needed", Verdict("at_risk", "risky")),
        ([GOOD], "none", Verdict("not_assessed", review=True)),
        ([GOOD], "stale", Verdict("at_risk", review=True)),
        ([BAD], "stale", Verdict("insufficient", "bad")),
        ([GOOD], "valid", Verdict("demonstrated", "good")),
        ([], "valid", Verdict("demonstrated", review=True)),
        ([], "not_needed", Verdict("not_assessed")),
        ([SILENT], "not_needed", Verdict("not_assessed")),
        ([SILENT], "valid", Verdict("demonstrated", review=True)),
        ([SILENT, GOOD], "not_needed", Verdict("demonstrated", "good")),
        # worst last: what nobody assessed is worse than what is known to be bad
        ([EMPTY, BAD], "not_needed", Verdict("not_assessed", "empty")),
        ([GOOD, FAILED], "valid", Verdict("not_assessed", "failed")),
    ],
)
def test_indicator(parts, review, verdict):
    assert indicator_status(parts, review) == verdict


def test_major_only_is_strict():
    assert limits("major_only", 80, 20) == (100, 0)
    assert limits("gradable", 80, 20) == (80, 20)
    assert limits("unknown", 80, 20) == (80, 20)


def test_nothing_is_not_assessed():
    assert worst([]) == "not_assessed"


PARTS = st.builds(
    lambda population, share, **others: Part(
        "x", population, population * share // 10, **others
    ),
    population=st.integers(0, 50),
    share=st.integers(0, 10),
    soon=st.integers(0, 2),
    threshold=st.integers(0, 100),
    margin=st.integers(0, 100),
    when_empty=st.sampled_from(["not_assessed", "nothing_to_prove"]),
    failed=st.booleans(),
)


def rank(status):
    return STATUSES.index(status)


@given(st.lists(PARTS, max_size=5), st.sampled_from(["valid", "stale", "none"]), PARTS)
def test_one_check_more_never_helps(parts, review, another):
    """Once anything was said: a first check may speak for the first time."""
    before = indicator_status([GOOD, *parts], review).status
    after = indicator_status([GOOD, *parts, another], review).status
    assert rank(after) >= rank(before)


@given(st.integers(1, 50), st.data())
def test_repairing_a_record_never_harms(population, data):
    satisfied = data.draw(st.integers(0, population - 1))
    threshold = data.draw(st.integers(0, 100))
    margin = data.draw(st.integers(0, 100))
    less, more = (
        part_status(Part("x", population, number, 0, threshold, margin))
        for number in (satisfied, satisfied + 1)
    )
    assert rank(more) <= rank(less)


@given(st.integers(1, 50), st.integers(0, 49))
def test_one_bad_file_is_enough_where_only_major(population, satisfied):
    satisfied = min(satisfied, population - 1)
    threshold, margin = limits("major_only", 50, 50)
    part = Part("x", population, satisfied, 0, threshold, margin)
    assert part_status(part) == "insufficient"


@pytest.mark.parametrize(
    ("computed", "declared", "against", "status"),
    [
        # nobody concluded: the records speak
        ("insufficient", "not_assessed", None, "insufficient"),
        ("demonstrated", "not_assessed", "insufficient", "demonstrated"),
        # somebody concluded otherwise, and the records still say what he saw
        ("insufficient", "demonstrated", "insufficient", "demonstrated"),
        ("demonstrated", "insufficient", "demonstrated", "insufficient"),
        ("not_assessed", "demonstrated", "not_assessed", "demonstrated"),
        # the records say something else meanwhile: the worse of the two
        ("insufficient", "demonstrated", "at_risk", "insufficient"),
        ("demonstrated", "insufficient", "at_risk", "insufficient"),
        ("not_assessed", "demonstrated", "demonstrated", "not_assessed"),
        # not known what they said: he is believed
        ("insufficient", "demonstrated", None, "demonstrated"),
    ],
)
def test_concluded(computed, declared, against, status):
    assert concluded(computed, declared, against) == status


STATUS = st.sampled_from(STATUSES)


@given(STATUS, STATUS, STATUS)
def test_a_conclusion_never_hides_records_that_changed(computed, declared, against):
    status = concluded(computed, declared, against)
    if declared == "not_assessed":
        assert status == computed
    elif against == computed:
        assert status == declared
    else:
        assert rank(status) == max(rank(computed), rank(declared))


@pytest.mark.parametrize(
    ("parts", "computed", "declared", "said"),
    [
        ([BAD], "insufficient", "demonstrated", "insufficient"),
        ([GOOD], "demonstrated", "insufficient", "demonstrated"),
        ([GOOD], "demonstrated", "demonstrated", None),
        ([BAD], "insufficient", "not_assessed", None),
        # not assessed: only what is already known to be missing speaks
        ([EMPTY], "not_assessed", "demonstrated", None),
        ([EMPTY, GOOD], "not_assessed", "insufficient", None),
        ([EMPTY, BAD], "not_assessed", "demonstrated", "insufficient"),
        ([EMPTY, RISKY], "not_assessed", "demonstrated", "at_risk"),
        ([EMPTY, RISKY], "not_assessed", "insufficient", None),
        ([EMPTY, RISKY, BAD], "not_assessed", "at_risk", "insufficient"),
        ([FAILED], "not_assessed", "demonstrated", None),
        # nine of ten are enough here
        ([Part("x", 10, 9, threshold=90)], "not_assessed", "demonstrated", None),
        ([], "not_assessed", "demonstrated", None),
    ],
)
def test_contradicts(parts, computed, declared, said):
    assert contradicts(parts, computed, declared) == said


@given(st.lists(PARTS, max_size=4), st.sampled_from(["valid", "none"]), STATUS)
def test_agreeing_needs_no_reason(parts, review, declared):
    computed = indicator_status(parts, review).status
    said = contradicts(parts, computed, declared)
    assert said is None or said != declared
    assert contradicts(parts, computed, computed) is None
