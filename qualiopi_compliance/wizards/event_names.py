"""Names of events that are the same but for the session they tell apart."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# In French and in English, without accents.
_MONTHS: Final = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre "
    "decembre january february march april may june july august september october "
    "november december"
).replace(" ", "|")
# What only says which session it is. A bare year or number stays: “Excel 2019” and
# “Excel 2021”, “Level 1” and “Level 2” are different programmes.
_SESSION_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\((copy|copie)\)",
        r"\b\d{4}-\d{2}-\d{2}\b",
        r"\b\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?\b",
        rf"\b(\d{{1,2}}(er|st|nd|rd|th)?\s+)?({_MONTHS})\s+\d{{4}}\b",
        r"\b(session|groupe|group|promotion|promo)\s*(no|n°|n\.|#)?\s*\d+\b",
    )
)


def name_key(name: str) -> str:
    """:param name: of an event
    :return: what names of the same programme have in common: no capitals, accents,
        punctuation, dates or numbers of sessions; never empty for a name that is not
    """
    plain = _plain(name)
    stripped = plain
    for mark in _SESSION_MARKS:
        stripped = mark.sub(" ", stripped)
    return _words(stripped) or _words(plain) or plain.strip()


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w[\w+#]*", text))
