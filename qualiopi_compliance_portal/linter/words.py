"""Words compared whatever their case, accents, spaces and typography.

Every position in the folded text leads back to the original: what is shown to people
is always what is really written.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

CONTEXT: Final = 40
"""Characters shown on each side of the words found."""

SENTENCE: Final = 300
"""Characters of a sentence that are looked at on each side of the words found."""

# A tag of HTML in the middle of words: « 100 <b>% financé</b> ».
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,400}>|&(?:nbsp|#160|#xa0|thinsp);")
_SIMPLER: Final = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "´": "'",
    "`": "'",
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "œ": "oe",
    "æ": "ae",
    "…": "...",
    "٪": "%",
}
_ENDS: Final = re.compile(r"[.!?;\n](?=\s|$)|\n")


def _folded(char: str) -> str:
    """:return: what stands for one character: nothing, itself or several letters"""
    if char == "\n":
        return "\n"
    if char.isspace():
        return " "
    if unicodedata.category(char) in ("Cf", "Cc"):
        return ""
    char = _SIMPLER.get(char, char)
    plain = unicodedata.normalize("NFKD", char).casefold()
    return "".join(
        _SIMPLER.get(each, " " if each.isspace() else each)
        for each in plain
        if not unicodedata.combining(each)
    )


def fold(text: str) -> str:
    """:return: the text in small letters, without accents nor double spaces"""
    return Text(text).folded


def compact(text: str) -> str:
    """:return: its letters and digits only: the same words wherever lines break"""
    return "".join(char for char in fold(text) if char.isalnum())


@dataclass(frozen=True)
class Text:
    """A text, and its folded form with the place of each character."""

    original: str

    @cached_property
    def _pairs(self) -> tuple[str, tuple[int, ...]]:
        chars: list[str] = []
        places: list[int] = []
        skipped = {
            place
            for tag in _TAG.finditer(self.original)
            for place in range(tag.start() + 1, tag.end())
        }
        tags = {tag.start(): tag[0] for tag in _TAG.finditer(self.original)}
        for place, char in enumerate(self.original):
            if place in skipped:
                continue
            if place in tags:
                # inside a word a tag is nothing; an entity is a space
                new = " " if tags[place].startswith("&") else ""
            else:
                new = _folded(char)
            for each in new:
                if each == " " and chars and chars[-1] in " \n":
                    continue
                chars.append(each)
                places.append(place)
        return "".join(chars), tuple(places)

    @property
    def folded(self) -> str:
        return self._pairs[0]

    def clause(self, start: int, end: int) -> tuple[str, str]:
        """:param start: of the words found in the folded text; end: where they stop
        :return: what stands before and after them in the same sentence
        """
        before = self.folded[max(0, start - SENTENCE) : start]
        after = self.folded[end : end + SENTENCE]
        ends = list(_ENDS.finditer(before))
        if ends:
            before = before[ends[-1].end() :]
        stop = _ENDS.search(after)
        return before, after[: stop.start()] if stop else after

    def passage(self, start: int, end: int) -> str:
        """:return: the words found as they are written, with some context"""
        places = self._pairs[1]
        if not places or start >= end:
            return ""
        first, last = places[start], places[end - 1] + 1
        left, right = max(0, first - CONTEXT), last + CONTEXT
        # whole words at both ends
        while 0 < left < first and not self.original[left - 1].isspace():
            left += 1
        while last < right < len(self.original) and not self.original[right].isspace():
            right -= 1
        text = _one_line(self.original[left:right])
        return (
            ("… " if left > 0 else "")
            + text
            + (" …" if right < len(self.original) else "")
        )


def _one_line(text: str) -> str:
    """:return: the text on one line, without tags, its no-break spaces kept"""
    return re.sub(r"[ \t\r\n\f\v]+", " ", _TAG.sub(" ", text)).strip()


def says_something(text: str) -> bool:
    """:return: whether it has a letter or a digit: « – » and « … » say nothing"""
    return any(char.isalnum() for char in fold(text))
