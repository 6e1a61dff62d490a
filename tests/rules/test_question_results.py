"""What was answered to a question: by hand, and what holds of any answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.question_results import QuestionResult


def marks(lowest, highest, *values, **options):
    """A question on a scale, with how often each mark was given."""
    counts = {mark: values.count(mark) for mark in sorted(set(values))}
    return QuestionResult(
        "scale", len(values), tuple(counts.items()), lowest, highest, **options
    )


@pytest.mark.parametrize(
    ("result", "mean"),
    [
        (marks(1, 5, 1, 1), 0),
        (marks(1, 5, 5, 5, 5), 100),
        (marks(1, 5, 3), 50),
        (marks(0, 10, 4, 5, 9), 60),
        # the same opinion on another scale
        (marks(1, 5, 2, 4), 50),
        (marks(0, 10), None),
        (QuestionResult("choice", 2, (("yes", 2),)), None),
        (QuestionResult("scale", 1, ((3, 1),), 3, 3), None),
    ],
)
def test_mean_in_per_cent_of_the_scale(result, mean):
    assert result.mean == mean


def test_distribution_shows_marks_nobody_gave():
    assert marks(1, 4, 1, 3, 3, 4).distribution() == (
        (1, 1, 0.25),
        (2, 0, 0),
        (3, 2, 0.5),
        (4, 1, 0.25),
    )


def test_several_choices_of_one_person():
    found = QuestionResult("choice", 2, (("pace", 2), ("room", 1)))
    assert found.distribution() == (("pace", 2, 1.0), ("room", 1, 0.5))


@pytest.mark.parametrize(
    ("result", "weak"),
    [
        (marks(1, 5, 3, 3, 3, 3, 3), True),
        (marks(0, 10, 6, 6, 6, 6, 6), False),
        (marks(1, 5, 1, 1, 1, 1), False),
        (marks(1, 5), False),
        (QuestionResult("choice", 9, (("yes", 9),)), False),
    ],
)
def test_weak_below_60_per_cent_from_5_answers(result, weak):
    assert result.is_weak(60, 5) is weak


def test_one_or_two_anonymous_answers_conclude_nothing():
    assert marks(1, 5, 1, 1, secret=True).kept_back
    assert not marks(1, 5, 1, 1, secret=True).is_weak(60, 0)
    assert marks(1, 5, 1, 1).is_weak(60, 0)
    assert not marks(1, 5, 1, 1, 1, secret=True).kept_back
    assert not marks(1, 5, secret=True).kept_back


@st.composite
def scales(draw):
    lowest = draw(st.integers(0, 9))
    highest = draw(st.integers(lowest + 1, 10))
    return marks(
        lowest, highest, *draw(st.lists(st.integers(lowest, highest), max_size=30))
    )


@given(scales())
def test_a_mean_lies_on_the_scale(result):
    if result.answers:
        assert 0 <= result.mean <= 100
    else:
        assert result.mean is None


@given(scales())
def test_everybody_is_in_the_distribution_once(result):
    rows = result.distribution()
    assert sum(count for _mark, count, _share in rows) == result.answers
    assert [mark for mark, _count, _share in rows] == list(
        range(result.lowest, result.highest + 1)
    )
    if result.answers:
        assert sum(share for _mark, _count, share in rows) == pytest.approx(1)
