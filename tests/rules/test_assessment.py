"""What scores propose: a group or an adaptation, results per objective."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.assessment import Band, Tally, band_of, gaps, overlaps, result_of

scores = st.floats(0, 100, allow_nan=False)
THREE = [Band(0, 40, "basics"), Band(40, 70, "usual"), Band(70, 100, "advanced")]


@pytest.mark.parametrize(
    ("score", "key"),
    [
        (0, "basics"),
        (39.99, "basics"),
        (40, "usual"),
        (69.99, "usual"),
        (70, "advanced"),
        (100, "advanced"),
    ],
)
def test_bands_that_touch(score, key):
    assert band_of(THREE, score).key == key
    assert band_of(THREE[::-1], score).key == key


@pytest.mark.parametrize(
    ("score", "key"), [(39, "basics"), (39.5, None), (40, "usual"), (71, None)]
)
def test_bands_of_whole_numbers(score, key):
    bands = [Band(0, 39, "basics"), Band(40, 70, "usual")]
    found = band_of(bands, score)
    assert (found and found.key) == key


def test_a_band_of_one_score():
    bands = [Band(0, 0, "nothing right"), Band(100, 100, "all right")]
    assert band_of(bands, 0).key == "nothing right"
    assert band_of(bands, 100).key == "all right"
    assert band_of(bands, 50) is None


def test_nothing_proposes_nothing():
    assert band_of([], 50) is None
    assert overlaps([]) == gaps([]) == ()


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (THREE, 0),
        ([Band(0, 39), Band(40, 100)], 0),
        ([Band(0, 50), Band(40, 100)], 1),
        ([Band(0, 100), Band(40, 60)], 1),
        ([Band(20, 60), Band(20, 60)], 1),
        ([Band(20, 20), Band(20, 60)], 1),
    ],
)
def test_overlaps(bands, expected):
    assert len(overlaps(bands)) == expected
    assert len(overlaps(bands[::-1])) == expected


def test_gaps_are_between_bands_only():
    assert gaps([Band(40, 60), Band(10, 39)]) == ((39, 40),)
    assert gaps(THREE) == ()
    assert gaps([Band(20, 60)]) == ()


@given(st.lists(st.tuples(scores, scores), max_size=6), scores)
def test_a_score_falls_in_a_band_that_holds_it(pairs, score):
    bands = [Band(min(pair), max(pair), pair) for pair in pairs]
    found = band_of(bands, score)
    held = [band for band in bands if band.low <= score <= band.high]
    assert (found is None) == (not held)
    if found:
        assert found.low == max(band.low for band in held)


@given(st.lists(st.tuples(scores, scores), min_size=2, max_size=6), scores)
def test_without_overlap_only_an_edge_has_two_bands(pairs, score):
    bands = [Band(min(pair), max(pair)) for pair in pairs]
    if overlaps(bands):
        return
    held = [band for band in bands if band.low <= score <= band.high]
    assert len(held) <= 2
    if len(held) == 2:
        assert score in (held[0].low, held[0].high)


@pytest.mark.parametrize(
    ("tally", "score"),
    [
        (Tally(), None),
        # shown, but skipped: no data
        (Tally(asked=3), None),
        (Tally(0, 4, 2, 2), 0),
        (Tally(3, 4, 2, 2), 75),
        (Tally(4, 4, 2, 2), 100),
        (Tally(1, 3, 1, 1), 33.33),
        # wrong answers take points away, never below nothing
        (Tally(-2, 4, 2, 2), 0),
        (Tally(5, 4, 2, 2), 100),
    ],
)
def test_score(tally, score):
    assert tally.score == score


def test_tallies_add_up():
    assert Tally(1, 2, 1, 1) + Tally(0, 0, 0, 1) + Tally(2, 2, 1, 1) == Tally(
        3, 4, 2, 3
    )


@pytest.mark.parametrize(
    ("score", "result"),
    [
        (None, None),
        (0, "not"),
        (39.99, "not"),
        (40, "partly"),
        (69.99, "partly"),
        (70, "reached"),
        (100, "reached"),
    ],
)
def test_result(score, result):
    assert result_of(score, 70, 40) == result


@given(scores, scores, scores)
def test_a_better_score_never_proposes_less(score, other, threshold):
    order = ["not", "partly", "reached"]
    low, high = sorted((score, other))
    first = result_of(low, threshold, threshold / 2)
    second = result_of(high, threshold, threshold / 2)
    assert order.index(first) <= order.index(second)


@given(
    st.floats(-50, 50, allow_nan=False),
    st.floats(0, 50, allow_nan=False),
    st.integers(0, 5),
)
def test_a_skipped_question_changes_no_score(points, possible, skipped):
    tally = Tally(points, possible, 1, 1)
    assert (tally + Tally(asked=skipped)).score == tally.score
