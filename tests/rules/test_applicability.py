"""Which indicators apply, in tables."""

from dataclasses import FrozenInstanceError

import pytest
from rules.applicability import (
    CATEGORIES,
    REASONS,
    CategoryProfile,
    GuideRule,
    RequirementRule,
    assess,
    assess_all,
)

ALL = frozenset(CATEGORIES)
EVERYTHING = {
    "certifying": True,
    "work_study": True,
    "training_at_work": True,
    "distance": True,
    "over_two_days": True,
    "subcontracting_given": True,
    "umbrella_employment": True,
}
LONG = {"over_two_days": True}
ALWAYS = {"acting_as_subcontractor": "always"}
SOMETIMES = {"acting_as_subcontractor": "sometimes"}

# 22 common indicators, 10 specific ones, and one more since 1 November 2026.
COMMON = {1, 2, 4, 5, 6, 9, 10, 11, 12, 17, 18, 19, *range(21, 28), 30, 31, 32}
CERTIFYING = {3, 7, 16}


def company(**categories):
    return [CategoryProfile(code, **facts) for code, facts in categories.items()]


def numbers(answers, status):
    return {answer.number for answer in answers if answer.status == status}


def told(answer):
    """:return: code and categories of each reason"""
    return [(why.code, why.values.get("categories")) for why in answer.reasons]


# Company, what applies in 2019, what more in 2026, what is unsettled in 2026.
COMPANIES = {
    "AFC, long": (company(AFC=LONG), (COMMON - {27}) | {8}, set(), set()),
    "AFC, short": (company(AFC={}), (COMMON - {12, 27}) | {8}, set(), {12}),
    "AFC, everything": (
        company(AFC=EVERYTHING),
        COMMON | CERTIFYING | {8, 13, 28},
        set(),
        set(),
    ),
    "BC, everything": (company(BC=EVERYTHING), COMMON, set(), set()),
    "VAE, everything": (company(VAE=EVERYTHING), COMMON | {3, 16}, set(), set()),
    "VAE, long": (company(VAE=LONG), (COMMON - {27}) | {3, 16}, set(), set()),
    "CFA, everything": (company(CFA=EVERYTHING), set(range(1, 33)), {33}, set()),
    "CFA, nothing": (company(CFA={}), set(range(1, 33)) - {12, 27}, {33}, {12}),
    "AFC and CFA, everything": (
        company(AFC=EVERYTHING, CFA=EVERYTHING),
        set(range(1, 33)),
        {33},
        set(),
    ),
    "AFC and BC, short": (
        company(AFC={}, BC={}),
        (COMMON - {12, 27}) | {8},
        set(),
        {12},
    ),
    "AFC, always a subcontractor": (
        company(AFC=LONG | ALWAYS),
        (COMMON - {1, 2, 27}) | {8},
        set(),
        set(),
    ),
}

# How many apply in each framework: counted from the law, and for one category with
# everything as the training press counts them (28, 22, 24 and 32 in 2019).
COUNTS = {
    "AFC, long": (22, 22),
    "AFC, short": (21, 21),
    "AFC, everything": (28, 28),
    "BC, everything": (22, 22),
    "VAE, everything": (24, 24),
    "CFA, everything": (32, 33),
    "AFC and CFA, everything": (32, 33),
}


@pytest.mark.parametrize("name", COMPANIES)
def test_indicators_of_a_company(frameworks, name):
    profiles, applicable, more, unsettled = COMPANIES[name]
    before = assess_all(profiles, frameworks["rnq-2019"])
    after = assess_all(profiles, frameworks["rnq-2026"])
    assert numbers(before, "applicable") == applicable
    assert numbers(before, "unsettled") == set()
    assert numbers(before, "not_applicable") == set(range(1, 33)) - applicable
    assert numbers(after, "applicable") == applicable | more
    assert numbers(after, "unsettled") == unsettled
    assert len(after) == 33


@pytest.mark.parametrize("name", COUNTS)
def test_number_of_indicators(frameworks, name):
    counts = tuple(
        len(numbers(assess_all(COMPANIES[name][0], rules), "applicable"))
        for rules in frameworks.values()
    )
    assert counts == COUNTS[name]


def test_no_category_settles_nothing(frameworks):
    for rules in frameworks.values():
        answers = assess_all([], rules)
        assert len(answers) == len(rules)
        for answer in answers:
            assert answer.status == "unsettled"
            assert told(answer) == [("no_category", None)]
            assert answer.categories == answer.regimes == ()


def test_gravity_of_each_indicator(frameworks, facts):
    major_only = set(facts["rules"]["major_only"])
    for answer in assess_all(company(AFC=LONG), frameworks["rnq-2026"]):
        expected = "major_only" if answer.number in major_only else "gradable"
        if answer.number == 33:
            # Guide V9 does not know it.
            expected = "unknown"
        assert answer.gravity == expected, answer.number


def test_gravity_is_said_whatever_the_status():
    requirement = RequirementRule(29, frozenset({"CFA"}))
    guide = GuideRule("major_only")
    for profiles in ([], company(AFC={}), company(CFA={})):
        assert assess(profiles, requirement, guide).gravity == "major_only"


def test_regimes_of_a_new_entrant(frameworks, facts):
    profiles = company(CFA=EVERYTHING | {"new_entrant": True})
    answers = assess_all(profiles, frameworks["rnq-2026"])
    adapted = {each.number for each in answers if each.regime == "new_entrant"}
    assert adapted == set(facts["rules"]["new_entrant_adapted"])
    assert {each.regime for each in answers} == {"new_entrant", "standard"}


def test_regimes_of_a_subcontractor(frameworks):
    profiles = company(AFC=EVERYTHING | ALWAYS)
    answers = assess_all(profiles, frameworks["rnq-2019"])
    judged = {each.number for each in answers if each.regime == "subcontractor"}
    assert judged == {5, 7, 9, 13, 16, 26, 28, 30}
    assert {1, 2, 3} < numbers(answers, "not_applicable")


def test_answers_keep_the_order_of_the_requirements(frameworks):
    rules = list(reversed(frameworks["rnq-2026"]))
    answers = assess_all(company(AFC={}), rules)
    assert [each.number for each in answers] == list(range(33, 0, -1))


def test_profiles_may_be_read_only_once(frameworks):
    profiles = company(AFC=LONG, CFA={})
    rules = frameworks["rnq-2026"]
    assert assess_all(iter(profiles), iter(rules)) == assess_all(profiles, rules)


# Requirement, guide, company -> status, categories, reasons.
ANSWERS = {
    "common": (
        RequirementRule(4, ALL),
        None,
        company(AFC={}),
        "applicable",
        ("AFC",),
        [("applies_to_all", None)],
    ),
    "columns": (
        RequirementRule(8, frozenset({"AFC", "CFA"})),
        None,
        company(BC={}, CFA={}, AFC={}),
        "applicable",
        ("AFC", "CFA"),
        [("applies", ("AFC", "CFA"))],
    ),
    "one column": (
        RequirementRule(29, frozenset({"CFA"})),
        None,
        company(CFA={}, VAE={}),
        "applicable",
        ("CFA",),
        [("applies", ("CFA",))],
    ),
    "not delivered": (
        RequirementRule(7, frozenset({"CFA", "AFC"}), "certifying"),
        None,
        company(BC=EVERYTHING),
        "not_applicable",
        (),
        [("not_delivered", ("AFC", "CFA"))],
    ),
    "certifying in one of two": (
        RequirementRule(7, frozenset({"AFC", "CFA"}), "certifying"),
        None,
        company(AFC={}, CFA={}),
        "applicable",
        ("CFA",),
        [("applies_certifying", ("CFA",))],
    ),
    "not certifying": (
        RequirementRule(7, frozenset({"AFC", "CFA"}), "certifying"),
        None,
        company(AFC={}, BC={"certifying": True}),
        "not_applicable",
        (),
        [("unmet_certifying", ("AFC",))],
    ),
    "work-study": (
        RequirementRule(13, frozenset({"AFC", "CFA"}), "work_study"),
        None,
        company(AFC={"work_study": True}),
        "applicable",
        ("AFC",),
        [("applies_work_study", ("AFC",))],
    ),
    "no work-study": (
        RequirementRule(13, frozenset({"AFC", "CFA"}), "work_study"),
        None,
        company(AFC={"training_at_work": True}),
        "not_applicable",
        (),
        [("unmet_work_study", ("AFC",))],
    ),
    "training at work": (
        RequirementRule(28, frozenset({"AFC", "CFA"}), "training_at_work"),
        None,
        company(AFC={"training_at_work": True}),
        "applicable",
        ("AFC",),
        [("applies_training_at_work", ("AFC",))],
    ),
    "no training at work": (
        RequirementRule(28, frozenset({"AFC", "CFA"}), "training_at_work"),
        None,
        company(AFC={"work_study": True}),
        "not_applicable",
        (),
        [("unmet_training_at_work", ("AFC",))],
    ),
    "subcontracting or umbrella": (
        RequirementRule(27, ALL, "subcontracting"),
        None,
        company(
            AFC={"subcontracting_given": True},
            BC={"umbrella_employment": True},
            VAE={},
        ),
        "applicable",
        ("AFC", "BC"),
        [("applies_subcontracting", ("AFC", "BC"))],
    ),
    "subcontracting received is not given": (
        RequirementRule(27, ALL, "subcontracting"),
        None,
        company(AFC=ALWAYS),
        "not_applicable",
        (),
        [("unmet_subcontracting", ("AFC",))],
    ),
    "two days, settled": (
        RequirementRule(12, ALL, "over_two_days"),
        None,
        company(AFC={}, BC={}),
        "not_applicable",
        (),
        [("unmet_over_two_days", ("AFC", "BC"))],
    ),
    "two days, unsettled": (
        RequirementRule(12, ALL, "over_two_days", condition_settled=False),
        None,
        company(BC={}, AFC={}),
        "unsettled",
        (),
        [("unsettled_over_two_days", ("AFC", "BC"))],
    ),
    "two days, unsettled for the rest": (
        RequirementRule(12, ALL, "over_two_days", condition_settled=False),
        None,
        company(AFC={}, BC=LONG),
        "applicable",
        ("BC",),
        [("applies_over_two_days", ("BC",)), ("unsettled_over_two_days", ("AFC",))],
    ),
    "another condition, unsettled": (
        RequirementRule(7, ALL, "certifying", condition_settled=False),
        None,
        company(AFC={}),
        "unsettled",
        (),
        [("unsettled_condition", ("AFC",)), ("unmet_certifying", ("AFC",))],
    ),
    "unsettled, but not delivered": (
        RequirementRule(7, frozenset({"CFA"}), "certifying", condition_settled=False),
        None,
        company(AFC={}),
        "not_applicable",
        (),
        [("not_delivered", ("CFA",))],
    ),
    "always for a principal": (
        RequirementRule(1, ALL),
        GuideRule(subcontractor_rule="not_applicable"),
        company(CFA=ALWAYS, AFC=ALWAYS),
        "not_applicable",
        (),
        [("subcontractor_always", ("AFC", "CFA"))],
    ),
    "one category for a principal": (
        RequirementRule(1, ALL),
        GuideRule(subcontractor_rule="not_applicable"),
        company(AFC=ALWAYS, CFA={}),
        "applicable",
        ("CFA",),
        [("applies", ("CFA",)), ("subcontractor_always", ("AFC",))],
    ),
    "sometimes for a principal": (
        RequirementRule(1, ALL),
        GuideRule(subcontractor_rule="not_applicable"),
        company(AFC=SOMETIMES, CFA={}),
        "applicable",
        ("AFC", "CFA"),
        [("applies_to_all", None), ("subcontractor_sometimes", ("AFC",))],
    ),
    "for a principal, judged by tasks": (
        RequirementRule(9, ALL),
        GuideRule(subcontractor_rule="by_tasks"),
        company(AFC=ALWAYS, BC=SOMETIMES),
        "applicable",
        ("AFC", "BC"),
        [("applies_to_all", None), ("regime_subcontractor", ("AFC",))],
    ),
    "for a principal, or not certifying": (
        RequirementRule(3, frozenset({"AFC", "VAE", "CFA"}), "certifying"),
        GuideRule(subcontractor_rule="not_applicable"),
        company(AFC=ALWAYS, VAE=ALWAYS),
        "not_applicable",
        (),
        [("unmet_certifying", ("AFC",)), ("subcontractor_always", ("VAE",))],
    ),
    "for a principal, or unsettled": (
        RequirementRule(1, ALL, "over_two_days", condition_settled=False),
        GuideRule(subcontractor_rule="not_applicable"),
        company(AFC=LONG | ALWAYS, BC=ALWAYS, CFA=SOMETIMES),
        "unsettled",
        (),
        [
            ("unsettled_over_two_days", ("CFA",)),
            ("subcontractor_always", ("AFC", "BC")),
            ("subcontractor_sometimes", ("CFA",)),
        ],
    ),
    "sometimes, in the official order": (
        RequirementRule(1, ALL, "over_two_days", condition_settled=False),
        GuideRule(subcontractor_rule="not_applicable"),
        company(AFC=SOMETIMES, CFA=LONG | SOMETIMES),
        "applicable",
        ("CFA",),
        [
            ("applies_over_two_days", ("CFA",)),
            ("unsettled_over_two_days", ("AFC",)),
            ("subcontractor_sometimes", ("AFC", "CFA")),
        ],
    ),
    "new in one category": (
        RequirementRule(11, ALL),
        GuideRule(new_entrant_adapted=True),
        company(AFC={}, CFA={"new_entrant": True}),
        "applicable",
        ("AFC", "CFA"),
        [("applies_to_all", None), ("regime_new_entrant", ("CFA",))],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(name):
    requirement, guide, profiles, status, categories, reasons = ANSWERS[name]
    answer = assess(profiles, requirement, guide)
    assert answer.number == requirement.number
    assert (answer.status, answer.categories) == (status, categories)
    assert told(answer) == reasons


def test_the_answers_meet_every_reason():
    met = {code for case in ANSWERS.values() for code, _categories in case[-1]}
    known = {code for code in REASONS if not code.startswith("new_entrant_")}
    assert met | {"no_category"} == known


NEW = {"new_entrant": True}
# Guide, company -> regime, regime of each category, categories told by reasons.
REGIMES = {
    "standard": (
        GuideRule(new_entrant_adapted=True, subcontractor_rule="by_tasks"),
        company(AFC={}, BC=SOMETIMES),
        "standard",
        ["standard", "standard"],
        {},
    ),
    "new entrant, adapted": (
        GuideRule(new_entrant_adapted=True),
        company(AFC=NEW),
        "new_entrant",
        ["new_entrant"],
        {},
    ),
    "new entrant, not adapted": (
        GuideRule(new_entrant_adapted=False),
        company(AFC=NEW),
        "standard",
        ["standard"],
        {},
    ),
    "new entrant, unknown": (
        GuideRule(new_entrant_adapted=None),
        company(AFC=NEW),
        "standard",
        ["standard"],
        {},
    ),
    "no guide": (None, company(AFC=NEW | ALWAYS), "standard", ["standard"], {}),
    "subcontractor, by tasks": (
        GuideRule(subcontractor_rule="by_tasks"),
        company(AFC=ALWAYS, BC=ALWAYS),
        "subcontractor",
        ["subcontractor", "subcontractor"],
        {},
    ),
    "subcontractor, special": (
        GuideRule(subcontractor_rule="special"),
        company(AFC=ALWAYS),
        "subcontractor",
        ["subcontractor"],
        {},
    ),
    "subcontractor, no rule": (
        GuideRule(subcontractor_rule="none"),
        company(AFC=ALWAYS),
        "standard",
        ["standard"],
        {},
    ),
    "new entrant before subcontractor": (
        GuideRule(new_entrant_adapted=True, subcontractor_rule="special"),
        company(AFC=NEW | ALWAYS),
        "new_entrant",
        ["new_entrant"],
        {},
    ),
    "new entrant and subcontractor": (
        GuideRule(new_entrant_adapted=True, subcontractor_rule="special"),
        company(AFC=ALWAYS, BC=NEW),
        "new_entrant",
        ["subcontractor", "new_entrant"],
        {"regime_subcontractor": ("AFC",)},
    ),
    "all three": (
        GuideRule(new_entrant_adapted=True, subcontractor_rule="special"),
        company(AFC=NEW, BC=ALWAYS, VAE={}, CFA=NEW),
        "standard",
        ["new_entrant", "subcontractor", "standard", "new_entrant"],
        {"regime_new_entrant": ("AFC", "CFA"), "regime_subcontractor": ("BC",)},
    ),
}


@pytest.mark.parametrize("name", REGIMES)
def test_regime(name):
    guide, profiles, regime, regimes, reasons = REGIMES[name]
    answer = assess(profiles, RequirementRule(26, ALL), guide)
    assert answer.regime == regime
    codes = [each.code for each in profiles]
    assert list(answer.regimes) == list(zip(codes, regimes, strict=True))
    assert dict(told(answer)[1:]) == reasons


def test_regimes_of_the_categories_it_applies_to_only():
    # BC is new, but has no certification: it does not make the regime mixed.
    answer = assess(
        company(AFC={"certifying": True}, BC=NEW),
        RequirementRule(3, ALL, "certifying"),
        GuideRule(new_entrant_adapted=True),
    )
    assert answer.regime == "standard"
    assert answer.regimes == (("AFC", "standard"),)


@pytest.mark.parametrize(
    ("code", "implied"),
    [
        ("AFC", set()),
        ("BC", set()),
        ("VAE", {"certifying"}),
        ("CFA", {"certifying", "work_study", "training_at_work"}),
    ],
)
def test_implications(code, implied):
    for declared in (False, True):
        facts = dict.fromkeys(EVERYTHING, declared)
        profile = CategoryProfile(code, **facts)
        held = {name for name in EVERYTHING if getattr(profile, name)}
        assert held == (set(EVERYTHING) if declared else implied)


def test_reasons_read_as_sentences(frameworks):
    answers = assess_all(company(AFC={}, CFA={}), frameworks["rnq-2026"])
    texts = {each.number: [why.render() for why in each.reasons] for each in answers}
    assert texts[1] == ["Applies to all action categories."]
    assert texts[7] == [
        "Applies to CFA, where a professional certification is prepared."
    ]
    assert texts[8] == ["Applies to AFC, CFA."]
    (text,) = texts[27]
    assert text == (
        "Asked only where subcontracting or umbrella employment is used,"
        " which is not declared for AFC, CFA."
    )
    assert texts[12][0].startswith("To be settled for AFC, CFA: the limit to courses")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: CategoryProfile("OF"), "Unknown category of actions: 'OF'"),
        (
            lambda: CategoryProfile("AFC", acting_as_subcontractor="often"),
            "Unknown subcontractor role: 'often'",
        ),
        (
            lambda: RequirementRule(1, frozenset()),
            "Indicator 1 concerns no category",
        ),
        (
            lambda: RequirementRule(1, frozenset({"XYZ"})),
            "Unknown category of actions: 'XYZ'",
        ),
        (
            lambda: RequirementRule(1, ALL, "distance"),
            "Unknown condition: 'distance'",
        ),
        (lambda: GuideRule("minor"), "Unknown gravity: 'minor'"),
        (
            lambda: GuideRule(subcontractor_rule="always"),
            "Unknown subcontractor rule: 'always'",
        ),
        (
            lambda: assess(
                company(AFC={}) + company(AFC=LONG), RequirementRule(1, ALL)
            ),
            "A category is declared twice: AFC, AFC",
        ),
    ],
)
def test_wrong_input_is_refused_by_name(build, message):
    with pytest.raises(ValueError) as refusal:
        build()
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (CategoryProfile("AFC"), "new_entrant"),
        (RequirementRule(1, ALL), "condition"),
        (GuideRule(), "gravity"),
        (assess([], RequirementRule(1, ALL)), "status"),
        (assess([], RequirementRule(1, ALL)).reasons[0], "code"),
    ],
)
def test_answers_and_inputs_cannot_be_changed(value, name):
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_nothing_declared_is_no():
    profile = CategoryProfile("AFC")
    assert profile == CategoryProfile(
        "AFC",
        **dict.fromkeys(EVERYTHING, False),
        acting_as_subcontractor="never",
        new_entrant=False,
    )
