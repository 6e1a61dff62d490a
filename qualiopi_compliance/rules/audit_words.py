"""Sentences about audits and certificates, each with the source it rests on.

Like :mod:`.reasons`: a code that is stored, a text that is translated when read. Here
the values may also be days, which the reader's language writes its own way, and each
sentence names its source, because what an official text says and what a certifier's
page says must not look alike.

Codes are kept in closed audits. Never rename or remove one, nor change the names of
the values in its text; correcting the wording itself is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final, Literal

from .marks import _lt

__all__ = [
    "SOURCES",
    "Certainty",
    "Phrase",
    "Source",
    "Statement",
    "Value",
    "statement",
]

Certainty = Literal["C", "c", "own"]
"""``C``: read in an official text; ``c``: read in a secondary source, the official
sentence was not seen; ``own``: said by no source, a convention of this product."""

Value = str | int | date | tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a rule comes from.

    :param text: in words, marked for translation
    """

    code: str
    text: str
    certainty: Certainty


def _sources(*rows: tuple[str, str, Certainty]) -> Mapping[str, Source]:
    return MappingProxyType({row[0]: Source(*row) for row in rows})


SOURCES: Final = _sources(
    (
        "order_art_1",
        _lt("Order of 6 June 2019 on the audits, art. 1 (wording of 2023)"),
        "C",
    ),
    (
        "order_art_1_2019",
        _lt("Order of 6 June 2019 on the audits, art. 1 (wording of 2019)"),
        "C",
    ),
    (
        "order_art_2",
        _lt("Order of 6 June 2019 on the audits, art. 2 (wording of 2023)"),
        "C",
    ),
    (
        "order_art_5",
        _lt("Order of 6 June 2019 on the audits, art. 5 (wording of 2023)"),
        "C",
    ),
    (
        "order_art_8",
        _lt("Order of 6 June 2019 on the audits, art. 8 (wording of 2019)"),
        "C",
    ),
    ("code_three_years", _lt("Labour Code, art. R. 6316-2 and annex, II-2"), "C"),
    ("code_renewal", _lt("Labour Code, annex to art. R. 6316-1, II-2 c"), "C"),
    ("code_scope", _lt("Labour Code, annex to art. R. 6316-1, II-1"), "C"),
    ("code_bpf", _lt("Labour Code, art. R. 6352-23"), "C"),
    ("code_change", _lt("Labour Code, art. R. 6351-8"), "C"),
    (
        "five_minors",
        _lt(
            "monof.pro, which quotes the order of 2023, and digiforma.com; the official"
            " sentence was not seen"
        ),
        "c",
    ),
    (
        "suspension",
        _lt("certif-icpf.org, questions; the official sentence was not seen"),
        "c",
    ),
    (
        "wait_after_withdrawal",
        _lt("forma-tic.org, on the order of 2023; the official sentence was not seen"),
        "c",
    ),
    (
        "renewal_margin",
        _lt(
            "Ministry's questions and answers, 6.1 and 6.2, as reprinted by certipilot"
        ),
        "c",
    ),
    ("eight_months", _lt("afnor.org, Qualiopi questions"), "c"),
    ("delivered_action", _lt("forma-tic.org"), "c"),
    ("sworn_statement", _lt("forma-tic.org and hoficert.com"), "c"),
    ("transfer", _lt("certifopac.fr and kaliozen-formation.fr, on art. 7"), "c"),
    (
        "extension",
        _lt(
            "isqcertification.com, which quotes art. 9, and the ministry's questions"
            " and answers, 2.3, as reprinted by certipilot"
        ),
        "c",
    ),
    (
        "display_everywhere",
        _lt("bmg-consulting.fr and capcertification.com, which quote the text of 2023"),
        "c",
    ),
    ("logo_checked", _lt("cap-metiers.pro, on the charter of 8 January 2020"), "c"),
    ("logo_certified_only", _lt("monof.pro"), "c"),
    (
        "missed_surveillance",
        _lt("monof.pro, digi-certif.com and bmg-consulting.fr"),
        "c",
    ),
    ("preparation", _lt("owlic.fr"), "c"),
    ("recorded", _lt("What the company recorded"), "own"),
    ("own", _lt("Our convention; no text says it"), "own"),
)
"""Code -> source. Wordings later than those named were not seen."""


@dataclass(frozen=True)
class Phrase:
    """A text before its values are known.

    :param text: an English %-template with named values, marked for translation
    :param source: key of :data:`SOURCES`
    """

    text: str
    source: str


@dataclass(frozen=True)
class Statement:
    """One sentence, with what goes into it and where it comes from.

    :param code: this is what gets stored
    :param template: the English text of that code
    :param values: a tuple holds names, in order. Not to be changed in place.
    """

    code: str
    template: str
    source: Source
    # A mapping has no hash: two statements with other values may share theirs.
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        frozen = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.values.items()
        }
        object.__setattr__(self, "values", MappingProxyType(frozen))

    def render(
        self,
        template: str | None = None,
        say_day: Callable[[date], str] = date.isoformat,
    ) -> str:
        """:param template: the translated text, by default the English one
        :param say_day: how the reader's language writes a day
        :return: the sentence, lists joined by commas
        """
        said: dict[str, str | int] = {}
        for name, value in self.values.items():
            if isinstance(value, date):
                said[name] = say_day(value)
            elif isinstance(value, tuple):
                said[name] = ", ".join(value)
            else:
                said[name] = value
        return (self.template if template is None else template) % said

    def as_dict(self) -> dict[str, Any]:
        """:return: code and values, as types that JSON knows"""
        values: dict[str, Any] = {}
        for name, value in self.values.items():
            if isinstance(value, date):
                values[name] = {"day": value.isoformat()}
            else:
                values[name] = list(value) if isinstance(value, tuple) else value
        return {"code": self.code, "values": values}

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], phrases: Mapping[str, Phrase]
    ) -> Statement:
        """Read what :meth:`as_dict` wrote, with today's wording.

        :param phrases: those of the module that made the statement
        :raise ValueError: when the code is unknown
        """
        values = {
            name: date.fromisoformat(value["day"]) if isinstance(value, dict) else value
            for name, value in data.get("values", {}).items()
        }
        return statement(phrases, data["code"], **values)


def statement(phrases: Mapping[str, Phrase], code: str, **values: Value) -> Statement:
    """:return: the statement of that code, with its text and its source

    :raise ValueError: when ``phrases`` has no such code
    """
    if code not in phrases:
        raise ValueError(f"Unknown statement code: {code!r}")
    phrase = phrases[code]
    return Statement(code, phrase.text, SOURCES[phrase.source], values)
