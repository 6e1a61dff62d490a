"""Difference between two wordings of the same text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Segment:
    """A run of text that stands in both wordings, or in one of them only."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare(old: str, new: str) -> list[Segment]:
    """:return: segments in reading order; the ``same`` and ``removed`` ones joined
    give ``old`` back to the letter, the ``same`` and ``added`` ones ``new``.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    segments = []
    for tag, start_a, end_a, start_b, end_b in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", "".join(before[start_a:end_a])))
            continue
        if end_a > start_a:
            segments.append(Segment("removed", "".join(before[start_a:end_a])))
        if end_b > start_b:
            segments.append(Segment("added", "".join(after[start_b:end_b])))
    return segments
