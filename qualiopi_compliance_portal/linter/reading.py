"""One page read: all its defects, in the order of the indicators."""

from __future__ import annotations

from datetime import date

from .claims import claims
from .dates import dates
from .defect import RULES, Defect
from .items import absent, not_shown
from .logo import logo
from .page import Page
from .places import ORDER, RNQ_2026
from .results import results
from .sheet import differences

_RULE_ORDER = {code: place for place, code in enumerate(RULES)}


def read(page: Page, framework: str = RNQ_2026, *, day: date) -> tuple[Defect, ...]:
    """:param framework: code of the framework it is judged by
    :param day: on which it is read
    :return: its defects, each once, by indicator then in the order of the sheet
    """
    found = {
        *absent(page, framework),
        *not_shown(page, framework),
        *dates(page, day),
        *results(page, framework),
        *claims(page),
        *logo(page),
        *differences(page),
    }
    return tuple(sorted(found, key=_key))


def _key(defect: Defect) -> tuple[int, int, int, str]:
    place = ORDER.get(defect.where, len(ORDER))
    return (defect.indicator, place, _RULE_ORDER[defect.code], defect.passage)
