"""Stages of a cycle: how they follow each other."""

from datetime import date
from itertools import pairwise

import pytest
from rules.cycle import STAGES, CycleFacts, may_enter
from rules.cycle_conditions import CONDITIONS


def codes(found):
    return [each.code for each in found]


def test_every_code_is_known():
    for code, stage in STAGES.items():
        assert stage.code == code
        assert stage.next <= set(STAGES)
        assert set(stage.conditions) <= set(CONDITIONS)
    used = {code for stage in STAGES.values() for code in stage.conditions}
    assert used == set(CONDITIONS)


def test_stages_of_the_path_follow_each_other():
    path = list(STAGES)[:8]
    assert path == [
        "self_assessment",
        "certifier_choice",
        "application",
        "initial_audit",
        "corrections",
        "certified",
        "surveillance",
        "renewal",
    ]
    for one, next_one in pairwise(path):
        assert next_one in STAGES[one].next
    over = {code for code, stage in STAGES.items() if stage.over}
    assert over == {"withdrawn", "expired", "transferred", "lapsed"}
    # A suspended certificate is not transferred (art. 7).
    assert "transferred" not in STAGES["suspended"].next
    reached = {code for stage in STAGES.values() for code in stage.next}
    assert reached == set(STAGES)


@pytest.mark.parametrize(
    ("current", "target", "expected"),
    [
        ("self_assessment", "certifier_choice", ["self_assessed"]),
        ("self_assessment", "application", ["not_next"]),
        ("certifier_choice", "self_assessment", []),
        ("application", "certifier_choice", []),
        ("initial_audit", "application", []),
        ("corrections", "initial_audit", ["not_next"]),
        ("suspended", "transferred", ["not_next"]),
        ("expired", "certified", ["not_next"]),
        ("refused", "application", ["certifier_named", "categories_stated"]),
    ],
)
def test_may_enter(current, target, expected):
    empty = CycleFacts(nda_number="11755555555")
    found = may_enter(current, target, empty, date(2026, 3, 1))
    assert codes(found) == expected
    assert all(each.required for each in found if each.code == "not_next")
