"""The sentences of a page, part by part, in the order in which a sheet is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from .page import Page
from .places import ORDER
from .words import Text, compact

# Composed from names, numbers and dates: no sentence to judge.
BARE: Final = frozenset(
    {"contact", "certification_code", "certification_from", "certifier"}
)
# Read after the items: what they said once more is not said again.
WHOLE: Final = ("page", "sheet")

Found = tuple[int, int]
Search = Callable[[str, Text], Iterator[Found]]


def parts(page: Page) -> Iterator[tuple[str, Text]]:
    """:return: where, and the text"""
    yield "name", Text(page.name)
    codes = [code for code in page.texts if code not in BARE]
    for code in sorted(codes, key=lambda code: (ORDER.get(code, len(ORDER)), code)):
        yield code if code in ORDER else "page", Text("\n".join(page.lines(code)))
    if page.page_text is not None:
        yield "page", Text(page.page_text)
    if page.sheet_text is not None:
        yield "sheet", Text(page.sheet_text)


def passages(page: Page, search: Search) -> Iterator[tuple[str, Text, int, int]]:
    """What is found, once in each part; on the whole page only what no item says.

    :param search: where and text -> places in its folded form
    :return: where, the text, and the places of the words found in its folded form
    """
    said: set[str] = set()
    for where, text in parts(page):
        here: set[str] = set()
        for start, end in search(where, text):
            key = compact(text.folded[start:end])
            if key in here or (where in WHOLE and key in said):
                continue
            here.add(key)
            yield where, text, start, end
        said |= here
