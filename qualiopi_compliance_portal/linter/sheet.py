"""The page beside its PDF sheet, item by item.

A prospect may keep one and read the other: both say the same. Spaces, line breaks and
punctuation do not count, as a PDF breaks its lines elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .defect import RULES, Defect
from .page import Page
from .places import ITEMS
from .words import compact, says_something

# A contact and a period are written otherwise on paper.
COMPARED: Final = tuple(
    item.code for item in ITEMS if item.code not in ("contact", "certification_from")
)
# The figures count, whatever the words: « 14 heures » and « 14 h » are the same.
BY_FIGURES: Final = frozenset({"duration"})
_FIGURES: Final = re.compile(r"\d+(?:[.,]\d+)?")
# Whoever decides by one of these was told something else.
GRAVE: Final = frozenset({"price", "duration", "sessions"})


def differences(page: Page) -> Iterator[Defect]:
    """:return: what the page says and the PDF sheet does not"""
    if page.sheet_text is None:
        return
    printed = compact(page.sheet_text)
    figures = set(_FIGURES.findall(page.sheet_text))
    for code in COMPARED:
        for line in page.lines(code):
            if code in BY_FIGURES:
                missing = not set(_FIGURES.findall(line)) <= figures
            else:
                missing = says_something(line) and compact(line) not in printed
            if missing:
                yield _defect(code, line)
    for session in page.sessions:
        if says_something(session.days) and compact(session.days) not in printed:
            yield _defect("sessions", session.days)


def _defect(code: str, line: str) -> Defect:
    indicator = next((item.indicator for item in ITEMS if item.code == code), 1)
    blocking = RULES["sheet_differs"].blocking or code in GRAVE
    return Defect("sheet_differs", indicator, code, line[:200], blocking)
