"""What rests on a secondary source or on a habit, and may be changed by a company.

What an official text fixes is a constant beside the rule that uses it. The rest is
here, with its default and the source that is shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from .audit_words import SOURCES, Source
from .marks import _lt

__all__ = ["DEFAULTS", "PARAMETERS", "AuditSettings", "Parameter"]


@dataclass(frozen=True, kw_only=True)
class AuditSettings:
    """Figures that the rules on audits and certificates are given.

    :param minors_for_major: minor non-conformities not lifted at the decision that
        count as one major; 0 switches the rule off
    :param suspension_months: from the suspension to the withdrawal
    :param refusal_months: from a refusal to a new request
    :param withdrawal_months: from a withdrawal to a new request; 0 for none
    :param correction_months: kept free before the end of the certificate, for
        correcting what the renewal audit finds
    :param check_months: kept free after those, for the certifier's check
    :param call_months: before the end of the certificate, to ask certifiers for offers
    :param contract_months: before the end of the certificate, to sign with one
    :param action_per_category: whether each category asked for must have been
        delivered once before the initial audit
    :param sworn_statement: whether the certifier asks for a statement on honour
    """

    minors_for_major: int = 5
    suspension_months: int = 3
    refusal_months: int = 3
    withdrawal_months: int = 3
    correction_months: int = 3
    check_months: int = 1
    call_months: int = 12
    contract_months: int = 8
    action_per_category: bool = True
    sworn_statement: bool = True

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) < 0:
                raise ValueError(f"{each.name} cannot be below zero")


DEFAULTS: Final = AuditSettings()


@dataclass(frozen=True)
class Parameter:
    """One figure of :class:`AuditSettings`, as it is shown where it is changed.

    :param name: of the field
    :param label: in words, marked for translation
    :param source: of the default
    """

    name: str
    label: str
    source: Source

    @property
    def default(self) -> int | bool:
        value: int | bool = getattr(DEFAULTS, self.name)
        return value


PARAMETERS: Final = (
    Parameter(
        "minors_for_major",
        _lt("Minor non-conformities not lifted that count as one major (0: never)"),
        SOURCES["five_minors"],
    ),
    Parameter(
        "suspension_months",
        _lt("Months from the suspension to the withdrawal"),
        SOURCES["suspension"],
    ),
    Parameter(
        "refusal_months",
        _lt("Months from a refusal to a new request"),
        SOURCES["order_art_8"],
    ),
    Parameter(
        "withdrawal_months",
        _lt("Months from a withdrawal to a new request"),
        SOURCES["wait_after_withdrawal"],
    ),
    Parameter(
        "correction_months",
        _lt("Months for corrections between the renewal audit and the end"),
        SOURCES["renewal_margin"],
    ),
    Parameter(
        "check_months",
        _lt("Months for the check of these corrections before the end"),
        SOURCES["renewal_margin"],
    ),
    Parameter(
        "call_months",
        _lt("Months before the end to ask certifiers for offers"),
        SOURCES["own"],
    ),
    Parameter(
        "contract_months",
        _lt("Months before the end to sign with a certifier"),
        SOURCES["eight_months"],
    ),
    Parameter(
        "action_per_category",
        _lt("One action delivered in each category before the initial audit"),
        SOURCES["delivered_action"],
    ),
    Parameter(
        "sworn_statement",
        _lt("Statement on honour before the initial audit"),
        SOURCES["sworn_statement"],
    ),
)
"""Every field of :class:`AuditSettings`, in its order."""
