from dataclasses import replace
from datetime import date

import pytest
from rules.trainer_file import LABELS, TrainerFacts, missing_pieces, renewals

DAY = date(2026, 11, 23)
COMPLETE = TrainerFacts(
    cv_on=date(2026, 5, 1),
    induction_on=date(2024, 1, 8),
    disability_awareness_on=date(2025, 3, 3),
    assessed_on=date(2026, 2, 1),
    qualified=True,
    programmes=True,
    needs_firm=True,
    has_firm=True,
    cv_months=12,
    assessment_months=12,
)


def test_complete_file_lacks_nothing():
    assert missing_pieces(COMPLETE, DAY) == ()


def test_empty_file_lacks_everything_but_renewals():
    empty = TrainerFacts(needs_firm=True)
    old = {"cv_old", "assessment_old"}
    assert set(missing_pieces(empty, DAY)) == set(LABELS) - old


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cv_on": None}, "cv"),
        ({"cv_on": date(2025, 11, 23)}, "cv_old"),
        ({"induction_on": None}, "induction"),
        ({"disability_awareness_on": None}, "disability_awareness"),
        ({"assessed_on": None}, "assessment"),
        ({"assessed_on": date(2025, 11, 1)}, "assessment_old"),
        ({"qualified": False}, "qualification"),
        ({"programmes": False}, "programmes"),
        ({"has_firm": False}, "firm"),
    ],
)
def test_each_piece(change, code):
    assert missing_pieces(replace(COMPLETE, **change), DAY) == (code,)


def test_an_employee_needs_no_firm():
    assert (
        missing_pieces(replace(COMPLETE, needs_firm=False, has_firm=False), DAY) == ()
    )


def test_last_day_of_a_cv():
    facts = replace(COMPLETE, cv_on=date(2025, 11, 24))
    assert missing_pieces(facts, DAY) == ()
    assert renewals(facts)["cv"] == date(2026, 11, 24)


def test_zero_months_never_ends():
    old = replace(COMPLETE, cv_on=date(2001, 1, 1), cv_months=0)
    assert missing_pieces(old, DAY) == ()
    assert "cv" not in renewals(old)
