"""Difference between two wordings."""

from hypothesis import given
from hypothesis import strategies as st
from rules.wording import compare


def _joined(segments, *kinds):
    return "".join(each.text for each in segments if each.kind in kinds)


def test_one_word_replaced():
    segments = compare("les personnes handicapées.", "les personnes malades.")
    assert [(each.kind, each.text) for each in segments] == [
        ("same", "les personnes "),
        ("removed", "handicapées"),
        ("added", "malades"),
        ("same", "."),
    ]


def test_words_are_not_cut():
    segments = compare("modalité", "modalités")
    assert [each.kind for each in segments] == ["removed", "added"]


def test_equal_texts_are_one_segment():
    text = "Le prestataire analyse le besoin du bénéficiaire."
    assert [(each.kind, each.text) for each in compare(text, text)] == [("same", text)]


@given(st.text(), st.text())
def test_both_texts_come_back_to_the_letter(old, new):
    segments = compare(old, new)
    assert _joined(segments, "same", "removed") == old
    assert _joined(segments, "same", "added") == new
