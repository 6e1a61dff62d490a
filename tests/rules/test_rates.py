"""Result rates: tables worked out by hand, and what holds of any counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.rates import (
    KEPT_BACK,
    RATES,
    Counts,
    Tally,
    compare,
    rate,
    rates_for,
)

BY_CODE = {row.code: row for row in RATES}
# Twenty learners of a certifying course, worked out by hand.
TWENTY = Counts(
    sessions=2,
    asked=18,
    replied=12,
    rated=11,
    satisfied=9,
    started=20,
    finished=17,
    dropped=3,
    enrolled_exam=20,
    presented=16,
    awarded=12,
    candidates=16,
    partly_awarded=2,
    due_follow_up=17,
    followed_up=5,
    access_requests=4,
    access_days=50,
)


def value(code, counts, **options):
    return rate(BY_CODE[code], counts, **options).value


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "expected"),
    [
        ("satisfaction", 9, 11, 9 / 11),
        ("response", 12, 18, 2 / 3),
        ("completion", 17, 20, 0.85),
        ("drop_out", 3, 20, 0.15),
        ("presentation", 16, 20, 0.8),
        ("award", 12, 16, 0.75),
        ("partial_award", 2, 16, 0.125),
        ("six_months", 5, 17, 5 / 17),
        ("access", 50, 4, 12.5),
    ],
)
def test_table_by_hand(code, numerator, denominator, expected):
    found = rate(BY_CODE[code], TWENTY)
    assert (found.numerator, found.denominator) == (numerator, denominator)
    assert found.value == pytest.approx(expected)


def test_every_rate_is_in_the_table():
    assert len(BY_CODE) == len(RATES) == 9


@pytest.mark.parametrize("definition", RATES, ids=lambda row: row.code)
def test_no_data_is_neither_zero_nor_one(definition):
    found = rate(definition, Counts(), minimum=5)
    assert found.value is None
    assert found.rounded is None
    assert found.state == "no_data"


@pytest.mark.parametrize(
    ("denominator", "minimum", "state"),
    [
        (1, 5, "small"),
        (4, 5, "small"),
        (5, 5, "shown"),
        (1, 0, "shown"),
        (0, 0, "no_data"),
    ],
)
def test_a_small_sample_says_so(denominator, minimum, state):
    counts = Counts(rated=denominator, satisfied=denominator)
    assert rate(BY_CODE["satisfaction"], counts, minimum).state == state


@pytest.mark.parametrize(
    ("rated", "anonymous", "state"),
    [
        (1, 1, "kept_back"),
        (2, 1, "kept_back"),
        (3, 3, "small"),
        (5, 5, "shown"),
        (2, 0, "small"),
    ],
)
def test_one_or_two_anonymous_answers_are_kept_back(rated, anonymous, state):
    counts = Counts(rated=rated, anonymous=anonymous, started=2, finished=2)
    assert rate(BY_CODE["satisfaction"], counts, 5).state == state
    # who finished is no secret
    assert rate(BY_CODE["completion"], counts, 0).state == "shown"


@pytest.mark.parametrize(
    ("categories", "certifying", "expected"),
    [
        (("AFC",), False, {"satisfaction", "response", "completion", "drop_out"}),
        (
            ("AFC",),
            True,
            {
                "satisfaction",
                "response",
                "completion",
                "drop_out",
                "presentation",
                "award",
            },
        ),
        (
            ("BC",),
            False,
            {"satisfaction", "response", "completion", "drop_out", "six_months"},
        ),
        (
            ("VAE",),
            True,
            {
                "satisfaction",
                "response",
                "completion",
                "drop_out",
                "presentation",
                "award",
                "partial_award",
            },
        ),
        (("BC", "VAE"), True, set(BY_CODE) - {"access"}),
        ((), True, set()),
    ],
)
def test_rates_suit_the_population(categories, certifying, expected):
    found = {
        row.definition.code for row in rates_for(TWENTY, categories, certifying, 5)
    }
    assert found == expected | ({"access"} if categories else set())


def test_methods_are_no_official_text():
    for row in RATES:
        assert row.method.endswith(".")
        assert row.population


@pytest.mark.parametrize(
    ("code", "now", "before", "trend", "good", "difference"),
    [
        ("satisfaction", (9, 10), (8, 10), "up", True, 10.0),
        ("satisfaction", (8, 10), (9, 10), "down", False, -10.0),
        ("drop_out", (2, 10), (1, 10), "up", False, 10.0),
        ("drop_out", (1, 10), (2, 10), "down", True, -10.0),
        ("access", (100, 10), (120, 10), "down", True, -2.0),
        # the same as read, to one decimal
        ("satisfaction", (1, 3), (333, 1000), "same", None, 0),
        ("satisfaction", (9, 10), (0, 0), "none", None, 0),
        ("satisfaction", (0, 0), (9, 10), "none", None, 0),
        ("satisfaction", (9, 10), (2, 2), "none", None, 0),
    ],
)
def test_trend(code, now, before, trend, good, difference):
    definition = BY_CODE[code]

    def of(pair):
        names = (definition.numerator, definition.denominator)
        return rate(definition, Counts(**dict(zip(names, pair, strict=True))), 3)

    found = compare(of(now), of(before))
    assert (found.trend, found.good, found.difference) == (trend, good, difference)


number = st.integers(0, 10_000)


@st.composite
def consistent(draw):
    """Counts as the queries make them: each part is at most its whole."""
    asked, rated, started = draw(number), draw(number), draw(number)
    dropped = draw(st.integers(0, started))
    enrolled = draw(st.integers(0, started))
    presented = draw(st.integers(0, enrolled))
    awarded = draw(st.integers(0, presented))
    candidates = draw(st.integers(0, presented - awarded))
    due = draw(st.integers(0, started - dropped))
    requests = draw(number)
    return Counts(
        sessions=draw(number),
        asked=asked,
        replied=draw(st.integers(0, asked)),
        rated=rated,
        satisfied=draw(st.integers(0, rated)),
        anonymous=draw(st.integers(0, rated)),
        started=started,
        finished=started - dropped,
        dropped=dropped,
        enrolled_exam=enrolled,
        presented=presented,
        awarded=awarded,
        candidates=candidates,
        partly_awarded=draw(st.integers(0, candidates)),
        due_follow_up=due,
        followed_up=draw(st.integers(0, due)),
        access_requests=requests,
        access_days=draw(number) if requests else 0,
    )


@given(consistent())
def test_a_share_lies_between_nothing_and_all(counts):
    for found in (rate(row, counts) for row in RATES):
        if found.value is None:
            assert found.denominator == 0
        elif found.definition.unit == "share":
            assert 0 <= found.value <= 1
        else:
            assert found.value >= 0


@given(consistent())
def test_completion_and_drop_out_make_the_whole(counts):
    if counts.started:
        total = value("completion", counts) + value("drop_out", counts)
        assert total == pytest.approx(1)


@given(consistent(), st.integers(1, 50))
def test_a_non_answer_never_raises_satisfaction(counts, more):
    """Who is asked and stays silent changes nothing but the response rate."""
    silent = replace(counts, asked=counts.asked + more)
    assert value("satisfaction", silent) == value("satisfaction", counts)
    if counts.asked:
        assert value("response", silent) <= value("response", counts)


@given(consistent())
def test_an_unsatisfied_answer_never_raises_satisfaction(counts):
    one_more = replace(counts, rated=counts.rated + 1)
    before = value("satisfaction", counts)
    assert before is None or value("satisfaction", one_more) <= before


@given(st.lists(consistent(), max_size=6), st.randoms())
def test_counts_add_up_whatever_the_order(parts, order):
    total = sum(parts, start=Counts())
    shuffled = list(parts)
    order.shuffle(shuffled)
    assert sum(shuffled, start=Counts()) == total
    for name in Counts.__dataclass_fields__:
        assert getattr(total, name) == sum(getattr(part, name) for part in parts)


@given(consistent(), consistent())
def test_the_rate_of_a_whole_lies_between_those_of_its_parts(one, other):
    for row in RATES:
        parts = [rate(row, one).value, rate(row, other).value]
        known = [part for part in parts if part is not None]
        whole = rate(row, one + other).value
        if known:
            assert min(known) - 1e-9 <= whole <= max(known) + 1e-9
        else:
            assert whole is None


@given(consistent(), st.integers(0, 20))
def test_every_rate_has_one_state_and_is_never_hidden(counts, minimum):
    for found in rates_for(counts, ("AFC", "BC", "VAE", "CFA"), True, minimum):
        expected = {
            found.denominator == 0: "no_data",
            found.anonymous and 0 < found.denominator < KEPT_BACK: "kept_back",
        }.get(True, "small" if found.denominator < minimum else "shown")
        assert found.state == expected


@given(consistent(), consistent())
def test_a_trend_turns_round_with_time(one, other):
    for row in RATES:
        there = compare(rate(row, one), rate(row, other))
        back = compare(rate(row, other), rate(row, one))
        assert there.difference == -back.difference
        turned = {"up": "down", "down": "up"}
        assert there.trend == turned.get(back.trend, back.trend)


def test_tallies_add_up():
    one = Tally(Counts(started=2, dropped=1), {"health": 1}, frozenset({"AFC"}))
    other = Tally(
        Counts(started=3, dropped=2), {"health": 1, "": 1}, frozenset({"BC"}), True
    )
    assert one + other == Tally(
        Counts(started=5, dropped=3),
        {"health": 2, "": 1},
        frozenset({"AFC", "BC"}),
        True,
    )


def test_what_is_not_known_counts_as_none():
    assert Counts.of({"started": 3, "rated": None, "other": 5}) == Counts(started=3)
