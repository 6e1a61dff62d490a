"""Items of indicators 1 and 3 that are absent, empty or still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .defect import RULES, Defect
from .page import Page
from .places import RNQ_2026, Item, asked
from .words import Text, compact, fold, says_something

_UNWRITTEN: Final = (
    r"(?:texte |information |rubrique |contenu |element |section )?(?:s )?"
    r"(?:a (?:completer|definir|preciser|renseigner|rediger|remplir|remplacer|venir)"
    r"|en (?:cours de redaction|attente)"
    r"|to ?do|tbd|tbc|fixme|x{2,}|n/?c|non (?:renseigne|communique|precise)e?)"
)
# A whole line, whatever label stands before it: « Durée : à compléter ».
_WHOLE_LINE: Final = re.compile(
    rf"(?:[^:\n]{{1,40}}: ?)?[\W_]*(?P<words>{_UNWRITTEN})[\W_]*"
)
# In brackets, wherever it stands.
_BRACKETS: Final = re.compile(rf"[\[({{<] ?(?P<words>{_UNWRITTEN}) ?[\])}}>]")
_ANYWHERE: Final = re.compile(r"(?P<words>lorem ipsum|dolor sit amet)")
# In capitals: « todo » may be part of a title (« to-do list »).
_CAPITALS: Final = re.compile(r"\b(?:TODO|FIXME|TBD|XXX+)\b")

_ASK: Final = (
    r"(?:nous |merci de nous |veuillez nous )?(?:consulter|contacter)|sur (?:simple )?"
    r"(?:devis|demande)(?: personnalisee?)?|(?:prix|tarifs?|cout)s?|variables?|selon "
    r"(?:devis|profil|planning|les? demandes?)|contact(?:ez)?[ -]nous|a discuter|"
    r"on request|on quote|nous|ou|et|,|:|-|/|\.|;|pour plus d'informations?| "
)
# As long as such an answer may be; longer, it says something.
_ONLY_ASK: Final = re.compile(rf"(?=.{{0,100}}$)(?:{_ASK})+")

_FURTHER: Final = re.compile(
    r"\b(?:etudes?|etudier|diplomes?|licences?|masters?|bachelors?|bts|but|bac|"
    r"deust|dut|titres?|certifications?|doctorat|ingenieur|niveau|universit\w*|ecoles?|"
    r"rncp\d*|rs\d+|cap|bp|formations?|aucune?s?|sans suite|neant)\b"
)


def absent(page: Page, framework: str) -> Iterator[Defect]:
    """:return: what is not said, or not said yet"""
    items = asked(page.category, framework, page.certifying, page.concerned_by_3)
    for item in items:
        lines = page.lines(item.code)
        if not any(says_something(line) for line in lines):
            yield Defect("item_missing", item.indicator, item.code)
            continue
        unwritten = list(_unwritten(item, page))
        yield from unwritten
        if not unwritten:
            yield from _too_short(item, page, framework)


def _unwritten(item: Item, page: Page) -> Iterator[Defect]:
    for line in page.lines(item.code):
        if passage := placeholder(line):
            yield Defect("item_placeholder", item.indicator, item.code, passage)


def placeholder(line: str) -> str:
    """:return: the words of a line that are still to be replaced, with some context;
    empty if there are none
    """
    text = Text(line)
    for found in (
        _WHOLE_LINE.fullmatch(text.folded.strip()),
        _BRACKETS.search(text.folded),
        _ANYWHERE.search(text.folded),
    ):
        if found:
            return text.passage(*found.span("words"))
    capitals = _CAPITALS.search(line)
    return line[max(0, capitals.start() - 40) : capitals.end() + 40] if capitals else ""


def _too_short(item: Item, page: Page, framework: str) -> Iterator[Defect]:
    """What is said but does not answer the question; in French only."""
    text = "\n".join(page.lines(item.code))
    folded = fold(text).replace("\n", " ").strip()
    if item.code == "price" and _ONLY_ASK.fullmatch(folded):
        yield _warning("price_without_basis", item, text)
    if item.code == "access_time" and _ONLY_ASK.fullmatch(folded):
        yield _warning("access_time_unsaid", item, text)
    if (
        item.code == "onward_paths"
        and framework == RNQ_2026
        and page.french
        and not _FURTHER.search(folded)
    ):
        yield _warning("further_study_unsaid", item, text)


def _warning(code: str, item: Item, text: str) -> Defect:
    passage = " ".join(text.split())
    blocking = RULES[code].blocking
    return Defect(code, item.indicator, item.code, passage[:200], blocking)


def not_shown(page: Page, framework: str) -> Iterator[Defect]:
    """:return: what the programme states and its page, as rendered, does not show"""
    if page.page_text is None:
        return
    shown = compact(page.page_text)
    for item in asked(page.category, framework, page.certifying, page.concerned_by_3):
        for line in page.lines(item.code):
            if says_something(line) and compact(line) not in shown:
                yield Defect("item_not_on_page", item.indicator, item.code, line)
