"""Which indicators are looked at in a session delivered for a principal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.subcontracting import share

RULES = st.dictionaries(
    st.integers(1, 33),
    st.sampled_from(["none", "not_applicable", "by_tasks", "special"]),
)
NUMBERS = st.sets(st.integers(1, 33))


@pytest.fixture(scope="module")
def guide_v9(frameworks):
    """Number -> rule of guide V9 for subcontractors, over the framework of 2019."""
    return {
        requirement.number: guide.subcontractor_rule
        for requirement, guide in frameworks["rnq-2019"]
    }


def test_without_a_named_task_all_are_looked_at(guide_v9):
    found = share(guide_v9, guide_v9, tasks=False, named={9})
    assert found.basis == "no_tasks"
    assert found.applies == tuple(range(1, 33))
    assert found.asked == found.applies
    assert not found.principal and not found.named


def test_the_principal_informs_the_public(guide_v9):
    found = share(guide_v9, guide_v9, tasks=True)
    assert found.principal == (1, 2, 3)
    assert not set(found.principal) & set(found.asked)


def test_tasks_without_indicators_leave_some_to_judge(guide_v9):
    found = share(guide_v9, guide_v9, tasks=True)
    assert found.basis == "tasks"
    assert found.by_tasks == (7, 9, 13, 16, 28)
    assert found.special == (5, 26, 30)
    assert not found.named and not found.left
    assert 9 in found.asked


def test_named_indicators_decide(guide_v9):
    found = share(guide_v9, guide_v9, tasks=True, named={9, 16, 4})
    assert found.basis == "indicators"
    assert found.named == (9, 16)
    assert found.left == (7, 13, 28)
    assert found.by_tasks == ()
    assert 4 in found.applies and 7 not in found.asked


def test_naming_cannot_take_out_what_the_guide_always_asks(guide_v9):
    found = share(guide_v9, guide_v9, tasks=True, named={9})
    assert {4, 11, 21, 27} <= set(found.applies)


def test_only_what_applies_to_the_category_is_sorted(guide_v9):
    found = share({4, 9, 1}, guide_v9, tasks=True, named={9, 16})
    assert (found.applies, found.named, found.principal) == ((4,), (9,), (1,))
    assert found.left == ()


def test_an_indicator_the_guide_does_not_know_is_looked_at(guide_v9):
    assert share({33}, guide_v9, tasks=True, named={9}).applies == (33,)


@given(NUMBERS, RULES, st.booleans(), NUMBERS)
def test_each_indicator_stands_in_one_place(applicable, rules, tasks, named):
    found = share(applicable, rules, tasks=tasks, named=named)
    places = (
        found.applies,
        found.special,
        found.named,
        found.by_tasks,
        found.left,
        found.principal,
    )
    together = [number for place in places for number in place]
    assert sorted(together) == sorted(applicable)
    assert all(list(place) == sorted(place) for place in places)


@given(NUMBERS, RULES, NUMBERS)
def test_naming_tasks_never_asks_more(applicable, rules, named):
    silent = share(applicable, rules, tasks=False)
    told = share(applicable, rules, tasks=True, named=named)
    assert set(told.asked) <= set(silent.asked)
