"""Drawing files: the same again, and some of each part."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.sampling import Member, draw, fingerprint, shares

CATEGORIES = st.sampled_from(["AFC", "BC", "VAE", "CFA"])
POPULATIONS = st.dictionaries(
    st.integers(1, 10**6), CATEGORIES, min_size=1, max_size=60
).map(lambda found: [Member(key, part) for key, part in found.items()])
SEEDS = st.integers(0, 10**6)


def test_known_draw():
    # written down once: a draw of last year must come out the same next year
    population = [Member(key) for key in range(1, 21)]
    assert draw(population, 5, 42).keys == (16, 3, 4, 1, 15)
    assert draw(population, 5, 43).keys != (16, 3, 4, 1, 15)


@given(POPULATIONS, st.integers(1, 70), SEEDS, st.randoms())
def test_same_seed_and_population_same_files(population, size, seed, random):
    again = list(population)
    random.shuffle(again)
    assert draw(population, size, seed) == draw(again, size, seed)


@given(POPULATIONS, st.integers(1, 70), SEEDS)
def test_some_of_each_part_and_as_many_as_asked(population, size, seed):
    found = draw(population, size, seed)
    part_of = {each.key: each.stratum for each in population}
    parts = set(part_of.values())
    assert {part_of[key] for key in found.keys} == parts
    assert len(found.keys) == len(set(found.keys))
    assert len(found.keys) == max(len(parts), min(size, len(population)))
    assert Counter(part_of[key] for key in found.keys) == found.drawn
    assert Counter(part_of.values()) == found.population


@given(POPULATIONS, st.integers(1, 70), SEEDS)
def test_one_more_takes_none_back(population, size, seed):
    fewer, more = draw(population, size, seed), draw(population, size + 1, seed)
    assert set(fewer.keys) <= set(more.keys)


@given(POPULATIONS, st.integers(1, 70), SEEDS)
def test_shares_are_in_proportion(population, size, seed):
    found = draw(population, size, seed)
    for name, count in found.drawn.items():
        for other, fewer in found.drawn.items():
            if found.population[name] > found.population[other]:
                # a larger part never has fewer files
                assert count >= fewer


def test_every_file_has_its_chance():
    population = [Member(key) for key in range(10)]
    drawn = Counter(
        key for seed in range(2000) for key in draw(population, 3, seed).keys
    )
    assert all(500 < drawn[key] < 700 for key in range(10))


def test_shares():
    assert shares({"AFC": 90, "BC": 10}, 5) == {"AFC": 4, "BC": 1}
    assert shares({"AFC": 90, "BC": 1, "VAE": 1}, 2) == {"AFC": 1, "BC": 1, "VAE": 1}
    assert shares({"AFC": 2, "BC": 8}, 99) == {"AFC": 2, "BC": 8}


def test_the_population_is_recognised():
    assert fingerprint([3, 1, 2]) == fingerprint([1, 2, 3])
    assert fingerprint([1, 23]) != fingerprint([12, 3])


@pytest.mark.parametrize(
    ("population", "size"),
    [([Member(1)], 0), ([Member(1), Member(1, "AFC")], 1)],
)
def test_nonsense_is_refused(population, size):
    with pytest.raises(ValueError, match=r"at least one|comes twice"):
        draw(population, size, 1)


def test_nobody():
    assert draw([], 3, 1).keys == ()
