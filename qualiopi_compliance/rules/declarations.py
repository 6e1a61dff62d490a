"""What a training company owes by itself: declarations to the administration, and the
delays of a transfer, which it has to watch over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from .audit_words import Phrase, Statement, statement
from .marks import _lt

__all__ = [
    "BPF_DAY",
    "CHANGE_DAYS",
    "DECLARATION_PHRASES",
    "TRANSFER_DECISION_DAYS",
    "TRANSFER_FILE_DAYS",
    "Declaration",
    "bpf_due",
    "change_due",
    "transfer_delays",
]

BPF_DAY: Final = (4, 30)
"""Month and day before which the report of a year is filed in the next one (art.
R. 6352-23 of the Labour Code). Some campaigns ran to 31 May: they were announced each
time, the text did not change."""

CHANGE_DAYS: Final = 30
"""To declare a change of the declaration of activity (art. R. 6351-8)."""

TRANSFER_FILE_DAYS: Final = 15
TRANSFER_DECISION_DAYS: Final = 30
"""For the former certifier to hand over the file, for the new one to decide. What
these days are counted from is not said where they were read."""

_PHRASES: dict[str, Phrase] = {
    "bpf": Phrase(
        _lt("The training activity report (BPF) about %(year)s is due before %(day)s."),
        "code_bpf",
    ),
    "change": Phrase(
        _lt(
            "A change of %(origin)s is declared to the prefect within %(days)s days:"
            " by %(day)s."
        ),
        "code_change",
    ),
    "transfer_file": Phrase(
        _lt(
            "The present certifier hands over the certificate, the reports, the"
            " non-conformities and their plans within %(days)s days."
        ),
        "transfer",
    ),
    "transfer_decision": Phrase(
        _lt(
            "The new certifier decides within %(days)s days: takeover, additional"
            " audit or refusal."
        ),
        "transfer",
    ),
}
DECLARATION_PHRASES: Final[Mapping[str, Phrase]] = MappingProxyType(_PHRASES)
"""Code of each sentence -> its text and source."""


@dataclass(frozen=True)
class Declaration:
    """Something to declare, with the sentence that explains its day.

    :param day: the last one
    """

    day: date
    statement: Statement


def bpf_due(day: date, last_year: int | None = None) -> Declaration:
    """The report that is to be filed next.

    :param last_year: that the last report filed is about; where it is not known, the
        next 30 April is taken, as nothing can be said to be late
    """
    month, number = BPF_DAY
    if last_year is not None:
        year = last_year + 1
    else:
        year = day.year if day > date(day.year, month, number) else day.year - 1
    due = date(year + 1, month, number)
    # a text: a year is not written as a number of things
    said = statement(DECLARATION_PHRASES, "bpf", year=str(year), day=due)
    return Declaration(due, said)


def change_due(changed_on: date) -> Declaration:
    """:return: by when a change of the declaration of activity is declared"""
    due = changed_on + timedelta(days=CHANGE_DAYS)
    said = statement(
        DECLARATION_PHRASES, "change", origin=changed_on, days=CHANGE_DAYS, day=due
    )
    return Declaration(due, said)


def transfer_delays() -> tuple[Statement, ...]:
    """:return: what the two certifiers do once a transfer was asked for"""
    return (
        statement(DECLARATION_PHRASES, "transfer_file", days=TRANSFER_FILE_DAYS),
        statement(
            DECLARATION_PHRASES, "transfer_decision", days=TRANSFER_DECISION_DAYS
        ),
    )
