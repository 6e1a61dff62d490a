"""What may happen to a certificate: overlap, extension, transfer, new request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from .applicability import CATEGORIES
from .audit_calendar import add_months
from .audit_settings import DEFAULTS, AuditSettings
from .audit_words import Phrase, Statement, statement
from .marks import _lt

__all__ = [
    "CERTIFICATE_REFUSALS",
    "Certificate",
    "check_extension",
    "check_new_request",
    "check_overlap",
    "check_period",
    "check_transfer",
    "extended",
]

_PHRASES: dict[str, Phrase] = {
    "ends_before_it_starts": Phrase(
        _lt(
            "The certificate ends on %(last)s, before it starts on %(first)s: correct"
            " one of the two days."
        ),
        "own",
    ),
    "overlap": Phrase(
        _lt(
            "From %(first)s to %(last)s, %(other)s is a running certificate for"
            " %(categories)s too: one certificate per category at a time. Correct the"
            " days, or end the other one first."
        ),
        "own",
    ),
    "not_running": Phrase(
        _lt(
            "On %(day)s no certificate is valid: only an existing and valid certificate"
            " can be transferred or extended."
        ),
        "transfer",
    ),
    "suspended_transfer": Phrase(
        _lt(
            "A suspended certificate cannot be transferred: have the suspension ended"
            " first."
        ),
        "transfer",
    ),
    "same_certifier": Phrase(
        _lt("A transfer is made to another certifier: name it."), "transfer"
    ),
    "other_scope": Phrase(
        _lt(
            "A transfer keeps the categories of the certificate: transfer first, extend"
            " afterwards."
        ),
        "transfer",
    ),
    "nothing_new": Phrase(
        _lt("The certificate covers these categories already: %(categories)s."),
        "extension",
    ),
    "after_refusal": Phrase(
        _lt(
            "Refused on %(origin)s: no new request before %(day)s, and with proof that"
            " the gaps are closed."
        ),
        "order_art_8",
    ),
    "after_withdrawal": Phrase(
        _lt("Withdrawn on %(origin)s: no new request before %(day)s."),
        "wait_after_withdrawal",
    ),
}
CERTIFICATE_REFUSALS: Final[Mapping[str, Phrase]] = MappingProxyType(_PHRASES)
"""Code of each refusal -> what is wrong and what to do."""


@dataclass(frozen=True)
class Certificate:
    """A certificate, from its first to its last day of validity.

    :param name: what it is called in a sentence, its number mostly
    :param last: its end, earlier than printed if it was withdrawn or transferred
    """

    name: str
    categories: frozenset[str]
    first: date
    last: date

    def runs_on(self, day: date) -> bool:
        return self.first <= day <= self.last


def check_period(first: date, last: date) -> Statement | None:
    """:return: why these cannot be the first and last day of a certificate"""
    if first <= last:
        return None
    return statement(
        CERTIFICATE_REFUSALS, "ends_before_it_starts", first=first, last=last
    )


def check_overlap(one: Certificate, others: Iterable[Certificate]) -> Statement | None:
    """Two certificates may not run for one category at a time.

    Preparing the next cycle while the certificate runs is no overlap: a certificate
    begins with its first day of validity. Nor is one day in common where the next takes
    over: whether a certificate ends on the anniversary is fixed by no text.

    :param others: of the same company
    :return: what it overlaps with, the earliest first
    """
    for other in sorted(others, key=lambda each: (each.first, each.name)):
        categories = one.categories & other.categories
        first, last = max(one.first, other.first), min(one.last, other.last)
        if categories and first < last:
            return statement(
                CERTIFICATE_REFUSALS,
                "overlap",
                first=first,
                last=last,
                other=other.name,
                categories=_in_order(categories),
            )
    return None


def check_extension(
    certificate: Certificate, categories: Collection[str], day: date
) -> Statement | None:
    """:param categories: asked for
    :return: why the certificate cannot be extended to them on ``day``
    """
    if not certificate.runs_on(day):
        return statement(CERTIFICATE_REFUSALS, "not_running", day=day)
    if certificate.categories.issuperset(categories):
        known = _in_order(categories)
        return statement(CERTIFICATE_REFUSALS, "nothing_new", categories=known)
    return None


def extended(certificate: Certificate, categories: Collection[str]) -> Certificate:
    """:return: the certificate with these categories too, and with the same end"""
    return replace(certificate, categories=certificate.categories.union(categories))


def check_transfer(
    certificate: Certificate,
    day: date,
    *,
    suspended: bool,
    certifier: str,
    new_certifier: str,
    categories: Collection[str] | None = None,
) -> Statement | None:
    """May the certificate be taken over by another certifier?

    :param categories: that the new certifier would take over; by default all
    :return: why not, ``None`` when it may
    """
    if not certificate.runs_on(day):
        return statement(CERTIFICATE_REFUSALS, "not_running", day=day)
    code = ""
    if suspended:
        code = "suspended_transfer"
    elif not new_certifier or new_certifier == certifier:
        code = "same_certifier"
    elif categories is not None and frozenset(categories) != certificate.categories:
        code = "other_scope"
    return statement(CERTIFICATE_REFUSALS, code) if code else None


def check_new_request(
    day: date,
    refused_on: date | None = None,
    withdrawn_on: date | None = None,
    settings: AuditSettings = DEFAULTS,
) -> Statement | None:
    """May certification be asked for on ``day``?

    :param refused_on: last refusal, by whatever certifier
    :param withdrawn_on: last withdrawal, by whatever certifier
    :return: why not yet, the longer wait of the two
    """
    waits = [
        (add_months(origin, months), code, origin)
        for origin, months, code in (
            (refused_on, settings.refusal_months, "after_refusal"),
            (withdrawn_on, settings.withdrawal_months, "after_withdrawal"),
        )
        if origin is not None
    ]
    if not waits:
        return None
    opens, code, origin = max(waits)
    if day >= opens:
        return None
    return statement(CERTIFICATE_REFUSALS, code, origin=origin, day=opens)


def _in_order(categories: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in CATEGORIES if code in categories)
