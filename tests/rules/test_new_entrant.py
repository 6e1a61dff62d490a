"""New entrant of one category: annual reports first, dates for want of them."""

import re
from dataclasses import FrozenInstanceError
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_calendar import add_months
from rules.new_entrant import NewEntrantFacts, assess_new_entrant
from rules.reasons import REASONS

DAY = date(2026, 11, 23)
LONG_AGO = date(2015, 1, 1)

FACTS = st.builds(
    NewEntrantFacts,
    bpf=st.sampled_from(["unknown", "none", "filed"]),
    in_last_bpf=st.booleans(),
    started_on=st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    override=st.none() | st.booleans(),
)
DAYS = st.dates(date(2000, 1, 1), date(2050, 1, 1))

CASES = [
    ({}, False, "new_entrant_unknown"),
    ({"in_last_bpf": True}, False, "new_entrant_unknown"),
    ({"bpf": "none"}, True, "new_entrant_no_bpf"),
    ({"bpf": "none", "started_on": LONG_AGO}, True, "new_entrant_no_bpf"),
    ({"bpf": "filed"}, True, "new_entrant_absent_from_bpf"),
    (
        {"bpf": "filed", "started_on": LONG_AGO},
        True,
        "new_entrant_absent_from_bpf",
    ),
    ({"bpf": "filed", "in_last_bpf": True}, False, "new_entrant_in_last_bpf"),
    (
        {"bpf": "filed", "in_last_bpf": True, "started_on": DAY},
        False,
        "new_entrant_in_last_bpf",
    ),
    # First year of activity: the day itself, its last day, the day after.
    ({"started_on": DAY}, True, "new_entrant_first_year"),
    ({"started_on": date(2025, 11, 24)}, True, "new_entrant_first_year"),
    ({"started_on": date(2025, 11, 23)}, False, "new_entrant_after_first_year"),
    ({"started_on": LONG_AGO}, False, "new_entrant_after_first_year"),
    ({"started_on": date(2026, 11, 24)}, True, "new_entrant_not_started"),
    # The company's own answer wins over everything.
    ({"override": True}, True, "new_entrant_overruled_yes"),
    ({"override": False}, False, "new_entrant_overruled_no"),
    ({"override": False, "bpf": "none"}, False, "new_entrant_overruled_no"),
    (
        {"override": True, "bpf": "filed", "in_last_bpf": True},
        True,
        "new_entrant_overruled_yes",
    ),
    (
        {"override": True, "started_on": LONG_AGO},
        True,
        "new_entrant_overruled_yes",
    ),
]


@pytest.mark.parametrize(("facts", "expected", "code"), CASES)
def test_new_entrant(facts, expected, code):
    answer, why = assess_new_entrant(NewEntrantFacts(**facts), DAY)
    assert (answer, why.code) == (expected, code)


def test_the_cases_meet_every_reason():
    codes = {code for _facts, _expected, code in CASES}
    assert codes == {code for code in REASONS if code.startswith("new_entrant_")}


def test_first_year_of_a_leap_day():
    facts = NewEntrantFacts(started_on=date(2028, 2, 29))
    assert assess_new_entrant(facts, date(2029, 2, 27))[0]
    assert not assess_new_entrant(facts, date(2029, 2, 28))[0]


def test_unknown_state_is_refused():
    with pytest.raises(ValueError) as refusal:
        NewEntrantFacts(bpf="maybe")
    assert str(refusal.value) == "Unknown state of the BPF: 'maybe'"


def test_facts_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        NewEntrantFacts().override = True


@given(FACTS, DAYS)
def test_the_reason_says_what_the_answer_is(facts, day):
    answer, why = assess_new_entrant(facts, day)
    denied = re.search(r"\b[Nn]ot (a|treated|counted)\b", why.render())
    assert answer == (denied is None)


@given(FACTS, DAYS, DAYS)
def test_dates_matter_only_without_reports(facts, day, other_day):
    if facts.override is None and facts.bpf == "unknown":
        return
    assert assess_new_entrant(facts, day) == assess_new_entrant(facts, other_day)


@given(DAYS, DAYS)
def test_nobody_becomes_a_new_entrant_by_growing_older(started_on, day):
    facts = NewEntrantFacts(started_on=started_on)
    end = add_months(started_on, 12)
    assert assess_new_entrant(facts, day)[0] == (day < end)
    assert assess_new_entrant(facts, end - timedelta(days=1))[0]
    assert not assess_new_entrant(facts, end)[0]
