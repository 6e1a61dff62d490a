"""Reasons: stored by code, rendered from a template."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.reasons import REASONS, Reason, reason

# Stored in checklists, closed ones included. Add to this list; take nothing away.
STORED = {
    "applies": {"categories"},
    "applies_certifying": {"categories"},
    "applies_over_two_days": {"categories"},
    "applies_subcontracting": {"categories"},
    "applies_to_all": set(),
    "applies_training_at_work": {"categories"},
    "applies_work_study": {"categories"},
    "new_entrant_absent_from_bpf": set(),
    "new_entrant_after_first_year": set(),
    "new_entrant_first_year": set(),
    "new_entrant_in_last_bpf": set(),
    "new_entrant_no_bpf": set(),
    "new_entrant_not_started": set(),
    "new_entrant_overruled_no": set(),
    "new_entrant_overruled_yes": set(),
    "new_entrant_unknown": set(),
    "no_category": set(),
    "not_delivered": {"categories"},
    "regime_new_entrant": {"categories"},
    "regime_subcontractor": {"categories"},
    "subcontractor_always": {"categories"},
    "subcontractor_sometimes": {"categories"},
    "unmet_certifying": {"categories"},
    "unmet_over_two_days": {"categories"},
    "unmet_subcontracting": {"categories"},
    "unmet_training_at_work": {"categories"},
    "unmet_work_study": {"categories"},
    "unsettled_condition": {"categories"},
    "unsettled_over_two_days": {"categories"},
}

CODES = st.lists(st.sampled_from(["AFC", "BC", "VAE", "CFA"]), unique=True).map(tuple)


def test_stored_codes_keep_their_values():
    for code, names in STORED.items():
        assert set(re.findall(r"%\((\w+)\)s", REASONS[code])) == names, code


def test_no_code_without_its_line_above():
    assert set(REASONS) == set(STORED)


@pytest.mark.parametrize("template", REASONS.values())
def test_templates_have_named_values_only(template):
    assert "%" not in re.sub(r"%\(\w+\)s", "", template)


@pytest.mark.parametrize("template", REASONS.values())
def test_templates_are_sentences(template):
    assert re.fullmatch(r"(?:[A-Z]|%\().*\.", template)
    assert "  " not in template


def test_templates_differ():
    assert len(set(REASONS.values())) == len(REASONS)


def test_render_joins_categories():
    assert reason("applies", categories=("AFC", "CFA")).render() == (
        "Applies to AFC, CFA."
    )


def test_render_takes_a_translation():
    applies = reason("applies", categories=("CFA",))
    assert applies.render("S'applique à %(categories)s.") == "S'applique à CFA."


def test_plain_text_is_not_split_into_letters():
    odd = Reason("x", "Until %(when)s.", {"when": "2026-11-01"})
    assert odd.render() == "Until 2026-11-01."
    assert odd.as_dict()["values"] == {"when": "2026-11-01"}


@given(code=st.sampled_from(sorted(STORED)), categories=CODES)
def test_json_round_trip(code, categories):
    values = {"categories": categories} if STORED[code] else {}
    first = reason(code, **values)
    stored = json.loads(json.dumps(first.as_dict()))
    assert Reason.from_dict(stored) == first
    assert hash(Reason.from_dict(stored)) == hash(first)


def test_stored_form():
    assert reason("applies", categories=("AFC", "BC")).as_dict() == {
        "code": "applies",
        "values": {"categories": ["AFC", "BC"]},
    }


def test_stored_without_values():
    assert Reason.from_dict({"code": "no_category"}) == reason("no_category")


def test_the_wording_of_today_wins():
    stored = {"code": "no_category", "template": "Old wording.", "values": {}}
    assert Reason.from_dict(stored).template == REASONS["no_category"]


def test_values_are_a_copy():
    values = {"categories": ["AFC"]}
    kept = Reason("applies", REASONS["applies"], values)
    values["categories"].append("BC")
    values["other"] = "x"
    assert kept.values == {"categories": ("AFC",)}


@pytest.mark.parametrize(
    "build", [reason, lambda code: Reason.from_dict({"code": code})]
)
def test_unknown_code_is_refused(build):
    with pytest.raises(ValueError) as refusal:
        build("nonsense")
    assert str(refusal.value) == "Unknown reason code: 'nonsense'"


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        REASONS["applies"] = "Other text."
