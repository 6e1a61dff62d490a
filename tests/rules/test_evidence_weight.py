"""Which check alone keeps an indicator from standing better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.evidence_status import STATUSES, Part, holds_back, indicator_status

GOOD = Part("good", 10, 10)
BAD = Part("bad", 10, 4, threshold=90, margin=20)
WORSE = Part("worse", 10, 1, threshold=90, margin=20)
RISKY = Part("risky", 10, 8, threshold=90, margin=20)
ENDING = Part("ending", 10, 8, soon=1, threshold=90, margin=20)
SPARED = Part("spared", 10, 9, threshold=90)
EMPTY = Part("empty")
FAILED = Part("failed", failed=True)


@pytest.mark.parametrize(
    ("parts", "review", "code", "held"),
    [
        # the only check that misses something
        ([BAD], "not_needed", "bad", True),
        ([GOOD, BAD], "valid", "bad", True),
        # nothing is missing in it
        ([GOOD, BAD], "not_needed", "good", False),
        # another one would hold it back all the same
        ([BAD, WORSE], "not_needed", "bad", False),
        ([BAD, WORSE], "not_needed", "worse", False),
        # it would be at risk only, which is better
        ([BAD, RISKY], "not_needed", "bad", True),
        ([BAD, RISKY], "not_needed", "risky", False),
        # what is missing is below what the company tolerates
        ([SPARED], "not_needed", "spared", False),
        # still at risk, by a date
        ([ENDING], "not_needed", "ending", False),
        # somebody must look at it, whatever the records say
        ([BAD], "none", "bad", False),
        ([BAD], "stale", "bad", True),
        # nothing was counted, or it could not be
        ([EMPTY], "not_needed", "empty", False),
        ([BAD, FAILED], "not_needed", "bad", False),
        # not asked of this indicator
        ([BAD], "not_needed", "another", False),
    ],
)
def test_holds_back(parts, review, code, held):
    assert holds_back(parts, review, code) is held


parts = st.builds(
    lambda code, population, missing, soon, threshold, margin: Part(
        code, population, max(population - missing, 0), soon, threshold, margin
    ),
    st.sampled_from("abcd"),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 2),
    st.integers(0, 100),
    st.integers(0, 100),
)
reviews = st.sampled_from(["valid", "stale", "none", "not_needed"])


@given(st.lists(parts, max_size=4, unique_by=lambda part: part.code), reviews)
def test_whoever_holds_back_misses_something(found, review):
    for part in found:
        if holds_back(found, review, part.code):
            assert part.satisfied < part.population


@given(st.lists(parts, max_size=4, unique_by=lambda part: part.code), reviews)
def test_nothing_holds_back_what_is_demonstrated(found, review):
    if indicator_status(found, review).status == STATUSES[0]:
        assert not any(holds_back(found, review, part.code) for part in found)


@given(st.lists(parts, max_size=4, unique_by=lambda part: part.code), reviews)
def test_one_at_most_holds_back_unless_each_is_enough(found, review):
    """Two that both hold an indicator back would each leave the other behind: only
    one can, the worst one.
    """
    held = [part for part in found if holds_back(found, review, part.code)]
    assert len(held) <= 1
