"""Certification and authorisation that are over, end soon, or have not begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from .defect import RULES, Defect
from .page import Page

SOON: Final = timedelta(days=92)
"""Three months: our convention, the notice that the programme's form gives."""


def dates(page: Page, day: date) -> Iterator[Defect]:
    """:param day: on which the page is read"""
    certification = page.certification
    if not page.certifying or certification is None:
        return
    number = 3 if page.concerned_by_3 else 1
    yield from _period(
        "certification",
        (certification.registered, certification.until),
        number,
        "certification_from",
        day,
    )
    yield from _period(
        "authorisation",
        (certification.authorised, certification.authorised_until),
        1,
        "authorisation",
        day,
    )


def _period(
    kind: str,
    period: tuple[date | None, date | None],
    number: int,
    where: str,
    day: date,
) -> Iterator[Defect]:
    first, last = period
    if last is not None and last < day:
        yield _defect(f"{kind}_expired", number, where, last)
    elif first is not None and first > day:
        yield _defect(f"{kind}_to_come", number, where, first)
    elif last is not None and (last - day) <= SOON:
        yield _defect(f"{kind}_ends", number, where, last)


def _defect(code: str, number: int, where: str, day: date) -> Defect:
    # the day as French pages write it
    return Defect(code, number, where, f"{day:%d/%m/%Y}", RULES[code].blocking)
