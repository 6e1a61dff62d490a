"""What the file of a subcontracting firm, and a contract with it, still lack.

Indicator 27 wants the principal to make sure that whoever works for him respects the
framework, and since 1 November 2026 to make it traceable in the contracts. What that
takes is in guide V9 (contract, selection and steering, charter, proofs of the
subcontractor) and in usage; articles are those of the Labour Code, where actions of
the personal training account (CPF) have rules of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from .audit_calendar import add_months
from .marks import _lt

__all__ = [
    "CPF_CONTRACTS_FROM",
    "TRACEABLE_FROM",
    "ContractFacts",
    "FirmFacts",
    "Missing",
    "missing_in_contract",
    "missing_in_firm",
    "renewals",
]

Severity = Literal["compulsory", "advised"]
Kind = Literal["subcontracting", "umbrella"]

TRACEABLE_FROM: Final = date(2026, 11, 1)
"""Decree 2026-728: indicator 27 wants compliance traceable in the contracts."""

CPF_CONTRACTS_FROM: Final = date(2024, 4, 1)
"""Decree 2023-1350, art. 2: R. 6333-6-2 holds for contracts concluded since then."""

_GUIDE: Final = _lt("guide V9, indicator 27")
_PREAMBLE: Final = _lt("guide V9, preamble")
_USAGE: Final = _lt("usual evidence for indicator 27")
_FRAMEWORK: Final = _lt("framework of 2026, indicator 27")
_CPF_CONTRACT: Final = "R. 6333-6-2"
_CPF_FIRM: Final = "L. 6323-9-2"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing.

    :param code: its name
    :param label: in words, marked for translation
    :param source: the text that wants it, or that it is usual; marked where in words
    :param severity: ``compulsory`` where a text wants it, ``advised`` where it is a
        usual proof
    :param blocks: whether the contract must not be signed without it
    """

    code: str
    label: str
    source: str
    severity: Severity = "advised"
    blocks: bool = False


@dataclass(frozen=True)
class FirmFacts:
    """What the file of one firm says.

    :param cpf: it works on actions of the personal training account
    :param exempt: it need not hold a certificate of quality (R. 6333-6-3)
    :param people: at least one person who teaches for it is known
    :param contract: a signed contract with it covers the day
    :param assessment_months: after which an assessment counts as old; 0 for never
    """

    kind: Kind = "subcontracting"
    cpf: bool = False
    exempt: bool = False
    nda: bool = False
    nda_checked: bool = False
    insurance_until: date | None = None
    charter: bool = False
    assessed_on: date | None = None
    assessment_months: int = 0
    certificate_until: date | None = None
    people: bool = False
    contract: bool = False

    @property
    def under_cpf(self) -> bool:
        """The texts on CPF name the subcontractor: nothing is said of umbrella
        employment, which is left to whoever asks the Caisse des dépôts."""
        return self.cpf and self.kind == "subcontracting"

    @property
    def certified(self) -> bool:
        """:return: whether a certificate of its own is asked of it: only by the CPF"""
        return self.under_cpf and not self.exempt


def missing_in_firm(facts: FirmFacts, day: date) -> tuple[Missing, ...]:
    """:return: what the file of the firm lacks on ``day``, in order"""
    return tuple(_firm(facts, day))


def _firm(facts: FirmFacts, day: date) -> Iterator[Missing]:
    due = renewals(facts)
    if not facts.contract:
        source = _CPF_CONTRACT if facts.under_cpf else _PREAMBLE
        yield Missing("contract", _lt("Signed contract in force"), source, "compulsory")
    if not facts.nda:
        label = _lt("Declaration number (NDA)")
        if facts.under_cpf:
            yield Missing("nda", label, _CPF_FIRM, "compulsory")
        else:
            yield Missing("nda", label, _USAGE)
    elif not facts.nda_checked:
        yield Missing("nda_check", _lt("Check of the declaration number"), _USAGE)
    if "insurance" not in due:
        yield Missing("insurance", _lt("Insurance"), _USAGE)
    elif due["insurance"] < day:
        yield Missing("insurance_old", _lt("Insurance no longer valid"), _USAGE)
    if not facts.charter:
        yield Missing("charter", _lt("Quality charter signed"), _GUIDE)
    if facts.assessed_on is None:
        yield Missing("assessment", _lt("Assessment of the firm"), _USAGE)
    elif "assessment" in due and due["assessment"] <= day:
        yield Missing(
            "assessment_old", _lt("Assessment of the firm made too long ago"), _USAGE
        )
    if facts.certified:
        yield from _certificate(facts, day)
    if not facts.people:
        yield Missing("people", _lt("People who teach for the firm"), "L. 6352-1")


def _certificate(facts: FirmFacts, day: date) -> Iterator[Missing]:
    if facts.certificate_until is None:
        label = _lt("Certificate of quality of the firm")
        yield Missing("certificate", label, _CPF_FIRM, "compulsory")
    elif facts.certificate_until < day:
        label = _lt("Certificate of quality no longer valid")
        yield Missing("certificate_old", label, _CPF_FIRM, "compulsory")


def renewals(facts: FirmFacts) -> dict[str, date]:
    """:return: ``insurance`` and ``certificate`` -> last day of validity;
    ``assessment`` -> day on which it counts as old
    """
    due = {}
    if facts.insurance_until:
        due["insurance"] = facts.insurance_until
    if facts.certificate_until and facts.certified:
        due["certificate"] = facts.certificate_until
    if facts.assessed_on and facts.assessment_months:
        due["assessment"] = add_months(facts.assessed_on, facts.assessment_months)
    return due


@dataclass(frozen=True)
class ContractFacts:
    """What one contract says.

    :param given: to a subcontractor of ours; otherwise received from a principal
    :param concluded_on: day of signature, else the day that is looked at
    :param ends_on: last day, ``None`` without end
    :param nda: of whoever delivers: the firm, or ourselves
    :param signed: both parties have signed
    :param sent: the Caisse des dépôts has got it
    """

    given: bool
    concluded_on: date
    ends_on: date | None = None
    kind: Kind = "subcontracting"
    cpf: bool = False
    nda: bool = False
    tasks: bool = False
    content: bool = False
    sanction: bool = False
    means: bool = False
    conditions: bool = False
    follow_up: bool = False
    hours: bool = False
    period: bool = False
    amount: bool = False
    indicators: bool = False
    clause: bool = False
    signed: bool = False
    sent: bool = False

    @property
    def under_cpf(self) -> bool:
        return self.cpf and self.kind == "subcontracting"

    @property
    def written(self) -> bool:
        """:return: whether R. 6333-6-2 says what the contract must mention"""
        return self.under_cpf and self.concluded_on >= CPF_CONTRACTS_FROM

    @property
    def traceable(self) -> bool:
        """:return: whether it still runs under the framework of 2026"""
        return self.ends_on is None or self.ends_on >= TRACEABLE_FROM


# R. 6333-6-2: "les missions exercées au titre de l'intervention confiée, le contenu et
# la sanction de la formation, les moyens mobilisés ainsi que les conditions de
# réalisation et de suivi de l'action, sa durée, la période de réalisation ainsi que le
# montant de la prestation."
_MENTIONS: Final = (
    ("content", _lt("Content of the training")),
    ("sanction", _lt("Sanction of the training")),
    ("means", _lt("Means used")),
    ("conditions", _lt("Conditions in which the action is carried out")),
    ("follow_up", _lt("How the action is followed")),
    ("hours", _lt("Duration")),
    ("period", _lt("Period, with its first and last day")),
    ("amount", _lt("Amount")),
)


def missing_in_contract(facts: ContractFacts) -> tuple[Missing, ...]:
    """What the contract does not say yet.

    A contract received is the principal's paper: what it must mention by law is
    named, and blocks nothing but the tasks and our own declaration.

    :return: in the order of the contract
    """
    return tuple(_contract(facts))


def _contract(facts: ContractFacts) -> Iterator[Missing]:
    if facts.under_cpf and not facts.nda:
        label = _lt("Declaration number (NDA) of whoever delivers")
        yield Missing("nda", label, _CPF_FIRM, "compulsory", blocks=True)
    if not facts.tasks:
        source = _CPF_CONTRACT if facts.written else _PREAMBLE
        label = _lt("Tasks entrusted")
        yield Missing("tasks", label, source, "compulsory", blocks=facts.written)
    if facts.written:
        for code, label in _MENTIONS:
            if not getattr(facts, code):
                yield Missing(code, label, _CPF_CONTRACT, "compulsory", facts.given)
    if not facts.indicators:
        source = _PREAMBLE if not facts.given else _USAGE
        label = _lt("Indicators the subcontractor answers for")
        yield Missing("indicators", label, source)
    if facts.given and not facts.clause:
        label = _lt("Clause that traces how the framework is respected")
        if facts.traceable:
            yield Missing("clause", label, _FRAMEWORK, "compulsory")
        else:
            yield Missing("clause", label, _USAGE)
    if facts.written and facts.given and facts.signed and not facts.sent:
        label = _lt("Sending of the contract to the Caisse des dépôts")
        yield Missing("sent", label, _CPF_CONTRACT, "compulsory")
