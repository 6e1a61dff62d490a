"""The Qualiopi logo, which may not stand on the page of one course.

Rules of use of the mark: on general information only, never on what is about one
course.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from .defect import Defect
from .page import Image, Page
from .words import fold

# Names of models, fields and addons are no picture of the mark.
_TECHNICAL: Final = re.compile(
    r"qualiopi\.(?!(?:png|jpe?g|svg|gif|webp|avif|bmp|ico|tiff?)\b)\w|"
    r"qualiopi_compliance|qualiopi_(?!.*(?:logo|mar(?:k|que)))"
)
_MARK: Final = re.compile(r"qualiopi|processus[ _-]certifie")
_LONGEST: Final = 200


def logo(page: Page) -> Iterator[Defect]:
    """:return: each image that is the mark, by its address or its alternative"""
    found = sorted({_words(image) for image in page.images if _is_mark(image)})
    for words in found:
        yield Defect("logo", 1, "images", words)
    if page.logo and not found:
        yield Defect("logo", 1, "images")


def _words(image: Image) -> str:
    url = image.url[:_LONGEST]
    return f"{url} ({image.alternative})" if image.alternative else url


def _is_mark(image: Image) -> bool:
    if _MARK.search(fold(image.alternative)):
        return True
    try:
        path = urlsplit(image.url.strip()).path
    except ValueError:
        # no address at all: its words are judged as they are
        path = image.url
    if image.url.strip().lower().startswith("data:"):
        return False
    segments = [fold(unquote(each)) for each in path.split("/")]
    return any(
        _MARK.search(each) and not _TECHNICAL.match(each) for each in segments if each
    )
