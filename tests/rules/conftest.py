"""Tests of the pure rules: no Odoo, no database."""

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDON = ROOT / "qualiopi_compliance"
FACTS = ROOT / "tests" / "test_qualiopi" / "fixtures" / "rnq.json"

PORTAL = ROOT / "qualiopi_compliance_portal"

# So that a bare `pytest tests/rules -p no:odoo` finds the packages `rules` and
# `linter`, and tests what they share.
sys.path[:0] = [str(ADDON), str(PORTAL), str(Path(__file__).parent)]

from rules.applicability import GuideRule, RequirementRule  # noqa: E402

CONDITIONS = {
    "certifying": "certifying",
    "alternance": "work_study",
    "work_based": "training_at_work",
    "subcontracting_out": "subcontracting",
    "duration_over_2_days_v9": "over_two_days",
}


def requirement_rule(entry, framework):
    """:param entry: one indicator of the facts"""
    # A condition on a part of the text does not decide whether it applies.
    codes = [
        each["code"]
        for each in entry["conditions"]
        if not each["code"].endswith("_part")
    ]
    assert len(codes) <= 1, entry["number"]
    return RequirementRule(
        number=entry["number"],
        categories=frozenset(entry["applies_to"]),
        condition=CONDITIONS[codes[0]] if codes else None,
        condition_settled=not (
            framework == "rnq-2026" and codes == ["duration_over_2_days_v9"]
        ),
    )


def guide_rule(number, lists):
    """:param lists: the lists of numbers of the facts
    :return: what guide V9 says, ``None`` where it does not know the indicator
    """
    gravity = {
        number in lists["major_only"]: "major_only",
        number in lists["minor_or_major_v9"]: "gradable",
    }.get(True)
    if gravity is None:
        return None
    rule = {
        number in lists["subcontractor_not_applicable"]: "not_applicable",
        number in lists["subcontractor_by_tasks"]: "by_tasks",
        number in lists["subcontractor_special"]: "special",
    }.get(True, "none")
    return GuideRule(gravity, number in lists["new_entrant_adapted"], rule)


@pytest.fixture(scope="session")
def facts():
    return json.loads(FACTS.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def frameworks(facts):
    """Code of each framework -> pairs of requirement and guide V9."""
    return {
        framework: [
            (
                requirement_rule(entry, framework),
                guide_rule(entry["number"], facts["rules"]),
            )
            for entry in facts["indicators"]
            if framework == "rnq-2026" or entry["change_2026"] != "new"
        ]
        for framework in ("rnq-2019", "rnq-2026")
    }
