"""Which indicators an audit looks at."""

import pytest
from rules.applicability import CategoryProfile, assess_all
from rules.audit_scope import (
    SCOPE_REASONS,
    ScopeFacts,
    ScopeIndicator,
    audit_scope,
    other_requirements,
)

LONG = {"over_two_days": True}
EVERYTHING = LONG | {
    "certifying": True,
    "work_study": True,
    "training_at_work": True,
    "subcontracting_given": True,
}
# Order of 6 June 2019, art. 5: those that are major only; art. 2 adds 1, 17 and 19, and
# 3 for those concerned.
MAJOR_ONLY = {4, 5, 6, 7, 10, 11, 14, 15, 16, 20, 21, 22, 26, 27, 29, 31, 32}
MINIMUM = MAJOR_ONLY | {1, 17, 19}


@pytest.fixture(scope="session")
def indicators(frameworks, facts):
    """:return: a function of the declared categories and of the framework"""
    lists = facts["rules"]["surveillance_minimum"]

    def build(framework="rnq-2026", **categories):
        profiles = [CategoryProfile(code, **more) for code, more in categories.items()]
        return [
            ScopeIndicator(
                each,
                "always"
                if each.number in lists["always"]
                else "if_concerned"
                if each.number in lists["if_concerned"]
                else "no",
            )
            for each in assess_all(profiles, frameworks[framework])
        ]

    return build


def asked(lines, answer="yes"):
    return {line.number for line in lines if line.asked == answer}


def codes(lines, number):
    line = next(line for line in lines if line.number == number)
    return [why.code for why in line.reasons]


@pytest.mark.parametrize("kind", ["initial", "renewal", "internal", "mock"])
def test_every_applicable_indicator(indicators, kind):
    lines = audit_scope(indicators(AFC=LONG), ScopeFacts(kind=kind))
    applicable = {
        each.applicability.number
        for each in indicators(AFC=LONG)
        if each.applicability.status == "applicable"
    }
    assert asked(lines) == applicable
    assert len(applicable) == 22
    assert asked(lines, "no") == set(range(1, 34)) - applicable
    assert codes(lines, 29) == ["not_applicable"]


def test_an_unsettled_indicator_is_to_be_settled(indicators):
    lines = audit_scope(indicators(AFC={}), ScopeFacts(kind="initial"))
    assert asked(lines, "unsettled") == {12}
    assert codes(lines, 12) == ["applicability_unsettled", "every_applicable"]
    # It would not be in the minimum either.
    lines = audit_scope(indicators(AFC={}), ScopeFacts(kind="surveillance"))
    assert codes(lines, 12) == ["not_in_minimum"]
    former = ScopeFacts(kind="surveillance", former=frozenset({12}))
    lines = audit_scope(indicators(AFC={}), former)
    assert codes(lines, 12) == ["applicability_unsettled", "former_nonconformity"]


@pytest.mark.parametrize("framework", ["rnq-2019", "rnq-2026"])
def test_surveillance_minimum(indicators, framework):
    facts = ScopeFacts(kind="surveillance")
    certifying = indicators(framework, CFA=EVERYTHING)
    assert asked(audit_scope(certifying, facts)) == MINIMUM | {3}
    plain = indicators(framework, AFC=LONG)
    expected = {1, 4, 5, 6, 10, 11, 17, 19, 21, 22, 26, 31, 32}
    # 27 concerns those who subcontract.
    assert asked(audit_scope(plain, facts)) == expected
    assert codes(audit_scope(plain, facts), 2) == ["not_in_minimum"]
    assert codes(audit_scope(plain, facts), 3) == ["not_applicable"]


def test_major_only_is_in_the_minimum_by_itself(indicators):
    lines = audit_scope(
        [ScopeIndicator(each.applicability) for each in indicators(CFA=EVERYTHING)],
        ScopeFacts(kind="surveillance"),
    )
    assert asked(lines) == MAJOR_ONLY


def test_former_nonconformities_are_looked_at(indicators):
    facts = ScopeFacts(kind="surveillance", former=frozenset({2, 22, 29}))
    lines = audit_scope(indicators(AFC=LONG), facts)
    assert codes(lines, 2) == ["former_nonconformity"]
    assert codes(lines, 22) == ["surveillance_minimum", "former_nonconformity"]
    # One text says to look at it, another that it is not asked.
    assert codes(lines, 29) == ["no_longer_applies"]
    assert asked(lines, "unsettled") == {29}


def test_new_entrants_are_asked_everything(indicators):
    facts = ScopeFacts(kind="surveillance", new_entrant_categories=frozenset({"AFC"}))
    lines = audit_scope(indicators(AFC=LONG), facts)
    assert asked(lines) == asked(
        audit_scope(indicators(AFC=LONG), ScopeFacts(kind="initial"))
    )
    assert codes(lines, 2) == ["audited_as_new_entrant"]


def test_a_new_category_is_asked_everything_of_its_own(indicators):
    company = {"AFC": LONG, "BC": LONG}
    facts = ScopeFacts(kind="surveillance", new_entrant_categories=frozenset({"BC"}))
    lines = audit_scope(indicators(**company), facts)
    # 8 concerns training and apprenticeship, not skills assessments.
    assert codes(lines, 8) == ["not_in_minimum"]
    assert codes(lines, 9) == ["audited_as_new_entrant"]
    assert [w.values for w in lines[8].reasons] == [{"categories": ("BC",)}]


def test_what_a_reduced_initial_audit_left_out(indicators):
    facts = ScopeFacts(kind="surveillance", not_yet_checked=frozenset({9, 29}))
    lines = audit_scope(indicators(AFC=LONG), facts)
    assert codes(lines, 9) == ["not_yet_checked"]
    assert codes(lines, 29) == ["not_applicable"]


def test_follow_up_looks_at_what_is_open(indicators):
    facts = ScopeFacts(kind="follow_up", open=frozenset({9, 22, 29}))
    lines = audit_scope(indicators(AFC=LONG), facts)
    assert asked(lines) == {9, 22}
    assert asked(lines, "unsettled") == {29}
    assert codes(lines, 1) == ["no_open_nonconformity"]
    # Former ones play no part in it.
    former = ScopeFacts(kind="follow_up", former=frozenset({29, 9}))
    assert not asked(audit_scope(indicators(AFC=LONG), former))


def test_extension_looks_at_the_new_category(indicators):
    facts = ScopeFacts(kind="extension", new_categories=frozenset({"BC"}))
    lines = audit_scope(indicators(AFC=LONG, BC=LONG), facts)
    # Common indicators only: 8 is not asked of skills assessments.
    assert asked(lines) == asked(
        audit_scope(indicators(BC=LONG), ScopeFacts(kind="initial"))
    )
    assert codes(lines, 8) == ["other_categories"]
    assert lines[0].reasons[0].values == {"categories": ("BC",)}


def test_an_extension_to_what_is_unsettled(indicators):
    facts = ScopeFacts(kind="extension", new_categories=frozenset({"BC"}))
    lines = audit_scope(indicators(AFC={}, BC={}), facts)
    assert asked(lines, "unsettled") == {12}


def test_renewal_checks_what_was_corrected(indicators):
    facts = ScopeFacts(kind="renewal", former=frozenset({2}))
    lines = audit_scope(indicators(AFC=LONG), facts)
    assert codes(lines, 2) == ["every_applicable", "former_corrections"]
    assert codes(lines, 1) == ["every_applicable"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("initial", []),
        ("surveillance", ["display_checked", "logo_checked"]),
        ("renewal", ["logo_checked"]),
        ("extension", []),
        ("mock", []),
    ],
)
def test_other_requirements(kind, expected):
    assert [why.code for why in other_requirements(kind)] == expected


def test_every_line_has_reasons_that_render(indicators):
    for kind in ("initial", "follow_up", "surveillance", "renewal", "mock"):
        for line in audit_scope(indicators(AFC=LONG), ScopeFacts(kind=kind)):
            assert line.reasons
            for why in line.reasons:
                assert "%(" not in why.render()
                assert why.code in SCOPE_REASONS


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "strange"}, "Unknown kind of audit"),
        ({"kind": "extension"}, "New categories go with an extension"),
        (
            {"kind": "initial", "new_categories": frozenset({"BC"})},
            "New categories go with an extension",
        ),
    ],
)
def test_facts_that_make_no_sense(wrong, message):
    with pytest.raises(ValueError, match=message):
        ScopeFacts(**wrong)


def test_unknown_surveillance_minimum(indicators):
    with pytest.raises(ValueError, match="Unknown surveillance minimum"):
        ScopeIndicator(indicators(AFC=LONG)[0].applicability, "perhaps")
