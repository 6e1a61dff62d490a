"""What people are likely to be asked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.audit_questions import OPENING_QUESTIONS, QUESTIONS, likely_questions


def test_every_indicator_has_a_question():
    assert {each.indicator for each in QUESTIONS} == set(range(1, 34))


@given(st.sets(st.integers(1, 33)), st.booleans())
def test_asked_about_those_indicators_and_no_other(indicators, teaches):
    found = likely_questions(indicators, teaches=teaches)
    assert {each.indicator for each in found} - {0} == indicators
    assert found[0] in OPENING_QUESTIONS
    assert len(set(found)) == len(found)
    assert [each.indicator for each in found] == sorted(
        each.indicator for each in found
    )


def test_a_trainer_is_asked_about_his_own_skills():
    texts = [each.text for each in likely_questions({22}, teaches=True)]
    assert any("keep up your skills" in text for text in texts)
    assert not any("who is trained" in text for text in texts)
    texts = [each.text for each in likely_questions({22}, teaches=False)]
    assert not any("keep up your skills" in text for text in texts)


@pytest.mark.parametrize("question", [*OPENING_QUESTIONS, *QUESTIONS], ids=str)
def test_plain_words(question):
    assert re.search(r"[.?]$", question.text)
    assert "%" not in question.text
    assert "compliant" not in question.text
