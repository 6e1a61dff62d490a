"""What is read: one page as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Certification:
    """The certification that a programme leads to, and our right to prepare it.

    :param registered: day of its registration in the RNCP or the RS
    :param until: last day of its registration
    :param authorised: first day of our authorisation
    :param authorised_until: last day of our authorisation
    """

    registered: date | None = None
    until: date | None = None
    authorised: date | None = None
    authorised_until: date | None = None


@dataclass(frozen=True)
class Rate:
    """One result as it is published.

    :param code: of the rate, e.g. ``award`` or ``presentation``
    :param label: in words, as on the page
    :param shown: the figure as the visitor reads it, e.g. ``92 %``
    :param counts: the counts it comes from, in words, e.g. ``23 of 25``
    :param period: over which it was counted, in words
    :param published_on: the day it was published
    :param method: how it is computed, in words
    :param small: whether the sample is too small for a percentage
    :param no_data: whether the page says that there is nothing to count
    """

    code: str
    label: str = ""
    shown: str = ""
    counts: str = ""
    period: str = ""
    published_on: date | None = None
    method: str = ""
    small: bool = False
    no_data: bool = False


@dataclass(frozen=True)
class Session:
    """The days of a session, in the words of the page."""

    days: str
    place: str = ""


@dataclass(frozen=True)
class Image:
    """An image of the page: where it comes from and its text alternative."""

    url: str
    alternative: str = ""


@dataclass(frozen=True)
class Page:
    """The page of one programme.

    :param name: title of the programme
    :param category: code of the category of actions: AFC, BC, VAE or CFA
    :param certifying: whether it leads to a certification of the RNCP or the RS
    :param recognised: whether that counts for indicator 3, the same by default: guide
        V9 limits it to the RNCP, the company says whether the RS counts
    :param texts: code of an item of the sheet -> its words, one text or several
    :param certification: its dates, ``None`` where it leads to none
    :param results_due: whether sessions are over that results can come from
    :param rates: results as published on the page
    :param updating: whether they are older than the company promised
    :param scheme: the existing scheme that publishes them, e.g. InserJeunes
    :param page_text: plain text of the page as rendered, ``None`` if it was not
    :param sheet_text: plain text of the PDF sheet, ``None`` if there is none
    :param sessions: the next ones, as on the page
    :param images: those of the page
    :param logo: whether the Qualiopi logo is known to be on the page
    :param lang: language of the texts; words are judged in French only
    """

    name: str = ""
    category: str = "AFC"
    certifying: bool = False
    recognised: bool | None = None
    texts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    certification: Certification | None = None
    results_due: bool = False
    rates: tuple[Rate, ...] = ()
    updating: bool = False
    scheme: str = ""
    page_text: str | None = None
    sheet_text: str | None = None
    sessions: tuple[Session, ...] = ()
    images: tuple[Image, ...] = ()
    logo: bool = False
    lang: str = "fr_FR"

    def lines(self, code: str) -> tuple[str, ...]:
        """:return: what the page says of an item, one text for each line"""
        value = self.texts.get(code) or ()
        values = (value,) if isinstance(value, str) else value
        return tuple(
            line.strip()
            for each in values
            for line in (each or "").splitlines()
            if line.strip()
        )

    @property
    def french(self) -> bool:
        return self.lang.lower().startswith("fr")

    @property
    def concerned_by_3(self) -> bool:
        """:return: whether indicator 3 asks anything of it; facts: AFC, VAE and CFA"""
        recognised = self.certifying if self.recognised is None else self.recognised
        return recognised and self.certifying and self.category != "BC"
