"""Which indicators apply: what holds for any company, framework and guide."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rules.applicability import (
    CATEGORIES,
    REASONS,
    CategoryProfile,
    GuideRule,
    RequirementRule,
    assess,
    assess_all,
)

ACTING = st.sampled_from(["never", "sometimes", "always"])
FLAGS = {
    name: st.booleans()
    for name in (
        "certifying",
        "work_study",
        "training_at_work",
        "distance",
        "over_two_days",
        "subcontracting_given",
        "umbrella_employment",
        "new_entrant",
    )
}


def profile(code):
    return st.builds(
        CategoryProfile, st.just(code), acting_as_subcontractor=ACTING, **FLAGS
    )


# Any subset of the four categories, in any order.
COMPANIES = st.lists(st.sampled_from(CATEGORIES), unique=True).flatmap(
    lambda codes: st.tuples(*map(profile, codes))
)
CONDITIONS = st.sampled_from(
    [
        "certifying",
        "work_study",
        "training_at_work",
        "subcontracting",
        "over_two_days",
    ]
)
REQUIREMENTS = st.builds(
    RequirementRule,
    st.integers(1, 33),
    st.frozensets(st.sampled_from(CATEGORIES), min_size=1),
    st.none() | CONDITIONS,
    st.booleans(),
)
GUIDES = st.none() | st.builds(
    GuideRule,
    st.sampled_from(["major_only", "gradable", "unknown"]),
    st.none() | st.booleans(),
    st.sampled_from(["none", "not_applicable", "by_tasks", "special"]),
)


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_status_and_categories_agree(company, requirement, guide):
    answer = assess(company, requirement, guide)
    assert (answer.status == "applicable") == bool(answer.categories)
    delivered = {each.code for each in company}
    assert set(answer.categories) <= delivered & requirement.categories
    assert list(answer.categories) == sorted(answer.categories, key=CATEGORIES.index)


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_regimes_agree(company, requirement, guide):
    answer = assess(company, requirement, guide)
    assert tuple(code for code, _regime in answer.regimes) == answer.categories
    present = {regime for _code, regime in answer.regimes}
    if present:
        assert answer.regime in present
        assert "standard" not in present or answer.regime == "standard"
    else:
        assert answer.regime == "standard"
    told = {why.code for why in answer.reasons if why.code.startswith("regime_")}
    assert told == {f"regime_{regime}" for regime in present - {answer.regime}}


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_reasons_always_render(company, requirement, guide):
    answer = assess(company, requirement, guide)
    assert answer.reasons
    codes = [why.code for why in answer.reasons]
    assert len(set(codes)) == len(codes)
    for why in answer.reasons:
        assert why.template == REASONS[why.code]
        assert "%(" not in why.render()
        # A reason about no category at all would read as nonsense.
        assert all(why.values.values())


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_the_first_reason_matches_the_status(company, requirement, guide):
    answer = assess(company, requirement, guide)
    family = answer.reasons[0].code.split("_")[0]
    expected = {
        "applicable": {"applies"},
        "unsettled": {"no", "unsettled"},
        "not_applicable": {"not", "unmet", "subcontractor"},
    }
    assert family in expected[answer.status]


@given(COMPANIES, REQUIREMENTS, GUIDES, st.randoms(use_true_random=False))
def test_order_of_the_categories_is_irrelevant(company, requirement, guide, random):
    shuffled = list(company)
    random.shuffle(shuffled)
    assert assess(shuffled, requirement, guide) == assess(company, requirement, guide)


@given(COMPANIES, REQUIREMENTS, GUIDES, st.data())
def test_a_further_category_takes_nothing_away(company, requirement, guide, data):
    missing = [code for code in CATEGORIES if code not in {e.code for e in company}]
    if not company or not missing:
        return
    more = data.draw(st.sampled_from(missing).flatmap(profile))
    before = assess(company, requirement, guide)
    after = assess((*company, more), requirement, guide)
    assert set(before.categories) <= set(after.categories)
    assert set(before.regimes) <= set(after.regimes)
    rank = ["not_applicable", "unsettled", "applicable"]
    assert rank.index(before.status) <= rank.index(after.status)


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_each_category_is_judged_by_itself(company, requirement, guide):
    together = assess(company, requirement, guide)
    alone = [assess([each], requirement, guide) for each in company]
    assert set(together.regimes) == {pair for one in alone for pair in one.regimes}
    if company:
        statuses = {one.status for one in alone}
        ranked = ("applicable", "unsettled", "not_applicable")
        best = next(status for status in ranked if status in statuses)
        assert together.status == best


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_only_an_unsettled_condition_is_unsettled(company, requirement, guide):
    settled = assess(company, replace(requirement, condition_settled=True), guide)
    assert (settled.status == "unsettled") == (not company)
    free = replace(requirement, condition=None)
    assert (assess(company, free, guide).status == "unsettled") == (not company)


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_settling_a_condition_decides_only_what_was_open(company, requirement, guide):
    unsettled = replace(requirement, condition_settled=False)
    open_answer = assess(company, unsettled, guide)
    settled = assess(company, replace(requirement, condition_settled=True), guide)
    assert open_answer.categories == settled.categories
    if open_answer.status == "not_applicable":
        assert settled.status == "not_applicable"


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_a_guide_never_makes_an_indicator_applicable(company, requirement, guide):
    bare = assess(company, requirement)
    assert set(assess(company, requirement, guide).categories) <= set(bare.categories)
    assert bare.gravity == "unknown"
    assert bare.regime == "standard"


@given(COMPANIES, REQUIREMENTS, GUIDES)
def test_distance_changes_nothing(company, requirement, guide):
    remote = [replace(each, distance=True) for each in company]
    local = [replace(each, distance=False) for each in company]
    assert assess(remote, requirement, guide) == assess(local, requirement, guide)


@given(COMPANIES, st.lists(st.tuples(REQUIREMENTS, GUIDES), max_size=5))
def test_all_at_once_is_one_by_one(company, rules):
    assert assess_all(company, rules) == tuple(assess(company, *pair) for pair in rules)


@given(st.sampled_from(CATEGORIES).flatmap(profile))
def test_implications_survive_a_copy(one):
    kept = replace(one, certifying=False, work_study=False, training_at_work=False)
    assert kept.certifying == (one.code in ("CFA", "VAE"))
    assert kept.work_study == (one.code == "CFA")
    assert kept.training_at_work == (one.code == "CFA")
