"""What the sheet of a programme must say, and objectives that cannot be observed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.applicability import CATEGORIES
from rules.program_sheet import SHEET_ITEMS, asked_items, missing_items, vague_verb

CODES = [item.code for item in SHEET_ITEMS]
# Indicator 1 since 1 November 2026, then what the text of 2019 asked besides.
COMMON_2026 = {
    "objectives",
    "recognition",
    "duration",
    "teaching_arrangements",
    "funding_arrangements",
    "access_time",
    "price",
    "contact",
    "methods",
    "assessment",
    "accessibility",
}
COMMON_2019 = {"access_arrangements"}
INDICATOR_3 = {"certification_blocks", "equivalences", "onward_paths", "openings"}
INDICATOR_7 = {"competency_table", "authorisation"}

CATEGORY = st.sampled_from(CATEGORIES)
STATED = st.sets(st.sampled_from(CODES))


def codes(category, certifying):
    return {item.code for item in asked_items(category, certifying)}


@pytest.mark.parametrize("category", CATEGORIES)
def test_both_frameworks_are_asked_of_every_category(category):
    assert COMMON_2026 | COMMON_2019 <= codes(category, False)


@pytest.mark.parametrize("category", ["AFC", "VAE", "CFA"])
def test_prerequisites_are_stated(category):
    assert "prerequisites" in codes(category, False)


def test_skills_assessment_states_no_prerequisites():
    assert "prerequisites" not in codes("BC", False)


@pytest.mark.parametrize("category", CATEGORIES)
def test_only_vae_states_demands_and_feasibility(category):
    asked = codes(category, True)
    assert ({"vae_demands", "vae_feasibility"} <= asked) == (category == "VAE")


@pytest.mark.parametrize("category", ["AFC", "VAE", "CFA"])
def test_indicator_3_is_for_certifying_programmes(category):
    assert codes(category, True) >= INDICATOR_3
    assert not INDICATOR_3 & codes(category, False)


@pytest.mark.parametrize("category", CATEGORIES)
def test_indicator_7_is_for_certifying_training_and_apprenticeship(category):
    assert (codes(category, True) >= INDICATOR_7) == (category in ("AFC", "CFA"))
    assert not INDICATOR_7 & codes(category, False)


def test_every_item_has_its_own_code_and_label():
    assert len(set(CODES)) == len(CODES)
    assert all(item.label and item.indicator in (1, 3, 6, 7) for item in SHEET_ITEMS)


@given(CATEGORY, st.booleans(), STATED)
def test_missing_is_asked_but_not_stated(category, certifying, stated):
    missing = {item.code for item in missing_items(category, certifying, stated)}
    assert missing == codes(category, certifying) - stated


@given(CATEGORY, st.booleans(), STATED, STATED)
def test_stating_more_never_lacks_more(category, certifying, stated, more):
    before = set(missing_items(category, certifying, stated))
    assert set(missing_items(category, certifying, stated | more)) <= before


@given(CATEGORY)
def test_certifying_asks_more(category):
    assert codes(category, False) < codes(category, True)


@given(CATEGORY, st.booleans(), STATED)
def test_items_come_in_the_order_of_the_sheet(category, certifying, stated):
    places = [
        CODES.index(item.code) for item in missing_items(category, certifying, stated)
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("objective", "verb"),
    [
        ("Sensibiliser aux risques", "sensibiliser"),
        ("Découvrir le logiciel", "decouvrir"),
        ("  CONNAÎTRE la réglementation", "connaitre"),
        ("S’initier à la couture", "s'initier"),
        ("Se familiariser avec l'outil", "se familiariser"),
        ("Understand the market", "understand"),
        ("Master", "master"),
    ],
)
def test_intentions_cannot_be_observed(objective, verb):
    assert vague_verb(objective) == verb


@pytest.mark.parametrize(
    "objective",
    [
        "Rédiger un contrat",
        "Installer un pare-feu",
        "Build a pivot table",
        "Masterclass: lead a meeting",
        "Savoureux : préparer un dessert",
        "",
        "   ",
    ],
)
def test_actions_can_be_observed(objective):
    assert vague_verb(objective) is None


@given(st.text())
def test_any_text_is_read(objective):
    assert vague_verb(objective) == vague_verb(f"  {objective}")


@given(st.text())
def test_case_does_not_matter(rest):
    assert vague_verb(f"COMPRENDRE {rest}") == "comprendre"
