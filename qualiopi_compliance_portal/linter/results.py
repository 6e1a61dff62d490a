"""Results: indicator 2, and the award rate that indicator 3 wants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .defect import RULES, Defect
from .page import Page, Rate
from .places import RNQ_2026
from .prose import WHOLE, passages
from .words import Text, compact, says_something

EXAM_RATES: Final = ("award", "presentation")
"""Codes of the rates that indicator 3 wants beside each other (guide V9)."""

_SMALL: Final = re.compile(r"\d{1,3}(?:[.,]\d+)? ?%")
_SUBJECT: Final = (
    r"(?:reussite|satisfaction|satisfaits?|obtention|insertion|recommandation|"
    r"retour a l'emploi|admis|recus)"
)
_IN_TEXT: Final = re.compile(
    rf"\d{{1,3}}(?:[.,]\d+)?[ \n]*%(?:[ \n]+(?:de|d'|des|du|nos|ont|sont|se|"
    rf"stagiaires|apprenants|participants|candidats|clients|disent|declarent))*"
    rf"[ \n]+{_SUBJECT}|taux de {_SUBJECT}[^\n.;]{{0,25}}?\d{{1,3}}(?:[.,]\d+)?[ \n]*%"
)
_HEADCOUNT: Final = re.compile(
    r"\b\d+ (?:sur|stagiaires?|apprenants?|candidats?|repondants?|reponses?|"
    r"participants?|personnes?|beneficiaires?|presentes?|inscrits?|avis)\b|\bsur \d+\b"
)
_PERIOD: Final = re.compile(r"\b(?:19|20)\d\d\b")
# A threshold is no result: « 70 % de réussite au QCM pour valider ».
_THRESHOLD: Final = re.compile(
    r"\b(?:au moins|minimum|minimal|seuil|requis\w*|exige\w*|pour valider|objectif|"
    r"atteindre|vise\w*|superieur)\b"
)


def results(page: Page, framework: str) -> Iterator[Defect]:
    """:return: what is wrong with the results as published"""
    if page.updating and page.rates:
        yield _defect("results_old", 2)
    if page.results_due and not page.rates and not page.scheme:
        yield _defect("results_missing", 2)
    for rate in page.rates:
        yield from _rate(rate, page, framework)
    if page.concerned_by_3:
        yield from _exam(page)
    if page.french:
        yield from _in_texts(page)


def _exam(page: Page) -> Iterator[Defect]:
    """Award and presentation, one beside the other, once there is something to count
    or one of them is shown.
    """
    published = {rate.code for rate in page.rates}
    if not (page.results_due or published.intersection(EXAM_RATES)):
        return
    if page.scheme and not published.intersection(EXAM_RATES):
        # guide V9, indicator 2, CFA: InserJeunes publishes them
        return
    for code in EXAM_RATES:
        if code not in published:
            passage = next(
                (_words(rate) for rate in page.rates if rate.code in EXAM_RATES), ""
            )
            yield _defect("rate_missing", 3, passage)


def _rate(rate: Rate, page: Page, framework: str) -> Iterator[Defect]:
    if rate.no_data or not says_something(rate.shown + rate.counts):
        return
    passage = _words(rate)
    if rate.published_on is None:
        yield _defect("rate_undated", 2, passage)
    if not says_something(rate.period):
        yield _defect("rate_without_period", 2, passage)
    if not says_something(rate.counts):
        yield _defect("rate_without_headcount", 2, passage)
    if framework == RNQ_2026 and not page.scheme and not says_something(rate.method):
        yield _defect("rate_without_method", 2, passage)
    if rate.small and _SMALL.search(Text(rate.shown).folded):
        yield _defect("rate_on_small_sample", 2, passage)


def _words(rate: Rate) -> str:
    figure = rate.shown or rate.counts
    return f"{rate.label or rate.code} : {figure}"


def _in_texts(page: Page) -> Iterator[Defect]:
    """A percentage in a sentence, as slogans have it."""
    published = {compact(rate.shown) for rate in page.rates}

    def search(where: str, text: Text) -> Iterator[tuple[int, int]]:
        for found in _IN_TEXT.finditer(text.folded):
            figure = _SMALL.search(found[0].replace("\n", " "))
            if where in WHOLE and figure and compact(figure[0]) in published:
                continue
            before, after = text.clause(*found.span())
            sentence = before + found[0] + after
            if not _THRESHOLD.search(sentence) and not (
                _HEADCOUNT.search(sentence) and _PERIOD.search(sentence)
            ):
                yield found.span()

    for where, text, start, end in passages(page, search):
        yield _defect("rate_in_text", 2, text.passage(start, end), where)


def _defect(
    code: str, number: int, passage: str = "", where: str = "results"
) -> Defect:
    return Defect(code, number, where, passage, RULES[code].blocking)
