"""What is known of one cycle of a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from .audit_calendar import add_months
from .cycle_certificates import Certificate
from .marks import _lt

__all__ = ["NDA_FILING_MONTHS", "PIECES", "CycleFacts"]

NDA_FILING_MONTHS: Final = 3
"""A proof of filing is younger than this where there is no declaration number yet
(order of 6 June 2019, art. 1)."""

PIECES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "identity": _lt("Name and SIREN"),
        "legal_status": _lt("Legal status and contact of the manager"),
        "nda": _lt("Declaration number (NDA), or proof of a recent filing"),
        "categories": _lt("Categories of actions"),
        "activity": _lt("Description of the activity"),
        "sites": _lt("Full list of sites"),
        "organisation_chart": _lt("Functional organisation chart with names"),
        "other_certificates": _lt("Other certificates held"),
        "wished_period": _lt("Wished period of the audit"),
        "last_bpf": _lt("Last training activity report (BPF), or revenue by funder"),
    }
)
"""What the certifier collects before the initial audit (order of 6 June 2019, art. 1):
code -> name. The description of the activity says whether it is delivered at a
distance, at work, as work-study, certifying, subcontracted or received from others."""


@dataclass(frozen=True, kw_only=True)
class CycleFacts:
    """Dates and records of one cycle: one certificate of one company.

    A date may lie ahead: it is then planned.

    :param nda_number: of the declaration of activity
    :param nda_filed_on: day the declaration was filed, where there is no number yet
    :param categories: asked for or certified
    :param delivered: categories in which an action was delivered
    :param pieces: codes of :data:`PIECES` given to the certifier; the number of the
        declaration and the categories are known otherwise
    :param sites: their names
    :param displayed_at: names of the sites where the certificate is displayed
    :param self_assessed_on: last self-assessment
    :param certifier: its name
    :param contracted_elsewhere: categories under contract with another certifier
    :param sworn_on: day of the statement on honour
    :param audit_on: initial audit of this cycle, or the renewal audit that opens it
    :param audit_closed_on: its closing meeting
    :param open_majors: not lifted, those that count as major included
    :param majors_by: earliest end of their delays
    :param minors_by: earliest end of the delays of minor ones not lifted
    :param first_day: of validity
    :param last_day: of validity
    :param obtained_on: day the certification was obtained, by default the first day
    :param renewal_of_last_day: end of the certificate that this cycle renews, if any
    :param next_certifier_on: contract for the next cycle, with whichever certifier
    :param renewed_on: day the next certificate was decided
    :param refused_on: last refusal, by whatever certifier
    :param withdrawn_on: last withdrawal, by whatever certifier
    :param suspension_ends_on: last day of the suspension
    :param others: the company's other certificates
    """

    nda_number: str = ""
    nda_filed_on: date | None = None
    categories: tuple[str, ...] = ()
    delivered: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    displayed_at: frozenset[str] = frozenset()
    has_website: bool = False
    displayed_on_website: bool = False
    self_assessed_on: date | None = None
    certifier: str = ""
    contract_signed_on: date | None = None
    contracted_elsewhere: frozenset[str] = frozenset()
    sworn_on: date | None = None
    audit_on: date | None = None
    audit_closed_on: date | None = None
    open_majors: int = 0
    open_minors: int = 0
    majors_by: date | None = None
    minors_by: date | None = None
    certificate_number: str = ""
    first_day: date | None = None
    last_day: date | None = None
    obtained_on: date | None = None
    surveillance_on: date | None = None
    surveillance_closed_on: date | None = None
    renewal_of_last_day: date | None = None
    next_certifier_on: date | None = None
    renewal_on: date | None = None
    renewal_closed_on: date | None = None
    renewed_on: date | None = None
    refused_on: date | None = None
    suspended_on: date | None = None
    suspension_ends_on: date | None = None
    reinstated_on: date | None = None
    withdrawn_on: date | None = None
    transferred_on: date | None = None
    transferred_to: str = ""
    others: tuple[Certificate, ...] = ()

    @property
    def certificate(self) -> Certificate | None:
        """:return: this cycle's own certificate, once its days are known"""
        if self.first_day is None or self.last_day is None:
            return None
        return Certificate(
            self.certificate_number,
            frozenset(self.categories),
            self.first_day,
            self.last_day,
        )

    def suspended(self, day: date) -> bool:
        """:return: whether the certificate is suspended on ``day``"""
        if self.suspended_on is None or day < self.suspended_on:
            return False
        back = self.reinstated_on
        return back is None or back < self.suspended_on or day < back

    def running(self, day: date) -> bool:
        """:return: whether the certificate's days include ``day``, suspended or not"""
        certificate = self.certificate
        if certificate is None or not certificate.runs_on(day):
            return False
        return self.withdrawn_on is None or not (
            certificate.first <= self.withdrawn_on <= day
        )

    def has_nda(self, day: date) -> bool:
        """:return: whether the declaration of activity can be shown on ``day``"""
        filed = self.nda_filed_on
        if self.nda_number or filed is None:
            return bool(self.nda_number)
        return filed <= day < add_months(filed, NDA_FILING_MONTHS)

    def missing_pieces(self, day: date) -> tuple[str, ...]:
        """:return: codes of :data:`PIECES` that the certifier lacks, in order"""
        known = set(self.pieces)
        known.difference_update(("nda", "categories"))
        if self.has_nda(day):
            known.add("nda")
        if self.categories:
            known.add("categories")
        return tuple(code for code in PIECES if code not in known)

    def undelivered(self) -> tuple[str, ...]:
        """:return: categories asked for in which no action was delivered"""
        return tuple(code for code in self.categories if code not in self.delivered)

    def renewal_runs(self) -> bool:
        """:return: whether a renewal was begun and not decided while it could be"""
        begun = self.renewal_on is not None or self.next_certifier_on is not None
        if self.renewed_on is None or self.last_day is None:
            return begun
        return begun and self.renewed_on > self.last_day
