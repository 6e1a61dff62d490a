"""How a change of framework touches one company."""

from itertools import product

import pytest
from rules.framework_change import TO_DO, touch

CONCERNED = ("applicable", "unsettled")
OUT = ("not_applicable", "absent")


@pytest.mark.parametrize(
    ("change", "before", "after", "touched"),
    [
        # indicator 1 of decree 2026-728, for anybody
        ("substance", "applicable", "applicable", "changed"),
        # indicator 31: form only
        ("wording", "applicable", "applicable", "wording"),
        ("none", "applicable", "applicable", "none"),
        # indicator 12 for courses of two days and less: the guide is awaited
        ("substance", "not_applicable", "unsettled", "starts"),
        # indicator 33 for apprenticeship, and for the others
        ("new", "absent", "applicable", "new"),
        ("new", "absent", "not_applicable", "none"),
        # indicator 14 without apprenticeship
        ("substance", "not_applicable", "not_applicable", "none"),
        # a later framework may release a company, or drop an indicator
        ("substance", "applicable", "not_applicable", "stops"),
        ("substance", "applicable", "absent", "stops"),
        ("none", "unsettled", "not_applicable", "stops"),
        # unchanged words that begin to apply
        ("none", "not_applicable", "applicable", "starts"),
    ],
)
def test_touch(change, before, after, touched):
    assert touch(change, before, after) == touched


def test_nothing_is_to_do_about_what_does_not_apply():
    for change, before, after in product(
        ("none", "wording", "substance", "new"), (*CONCERNED, *OUT), OUT
    ):
        assert touch(change, before, after) not in TO_DO


def test_whatever_begins_to_apply_is_to_do():
    for change, before, after in product(
        ("none", "wording", "substance", "new"), OUT, CONCERNED
    ):
        assert touch(change, before, after) in TO_DO


def test_form_alone_asks_nothing_of_who_was_concerned():
    for before, after in product(CONCERNED, CONCERNED):
        assert touch("wording", before, after) not in TO_DO
        assert touch("substance", before, after) in TO_DO
