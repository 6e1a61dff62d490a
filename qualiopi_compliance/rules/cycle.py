"""The stages of a certificate, from the first self-assessment to its end.

One cycle is one certificate of one company. The next one is prepared in a cycle of its
own while this one runs: a renewed certificate is the next cycle's, and this one ends
on its last day. Nothing here moves a cycle: it says what a stage asks for, what is
still to do, and why the next one may not be entered yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from .audit_settings import DEFAULTS, AuditSettings
from .cycle_certificates import (
    CERTIFICATE_REFUSALS,
    Certificate,
    check_extension,
    check_new_request,
    check_overlap,
    check_period,
    check_transfer,
    extended,
)
from .cycle_conditions import CONDITIONS, Unmet, say
from .cycle_facts import PIECES, CycleFacts
from .cycle_schedule import ACTIVITIES, Activity, Planned, schedule
from .cycle_texts import CYCLE_PHRASES
from .cycle_todo import TODO_OF, Todo
from .marks import _lt

__all__ = [
    "ACTIVITIES",
    "CERTIFICATE_REFUSALS",
    "CYCLE_PHRASES",
    "PIECES",
    "STAGES",
    "Activity",
    "Certificate",
    "CycleFacts",
    "Planned",
    "Stage",
    "StageCode",
    "Todo",
    "Unmet",
    "check_extension",
    "check_new_request",
    "check_overlap",
    "check_period",
    "check_transfer",
    "extended",
    "may_enter",
    "schedule",
    "todo",
    "unmet",
]

StageCode = Literal[
    "self_assessment",
    "certifier_choice",
    "application",
    "initial_audit",
    "corrections",
    "certified",
    "surveillance",
    "renewal",
    "refused",
    "suspended",
    "withdrawn",
    "expired",
    "transferred",
    "lapsed",
]


@dataclass(frozen=True)
class Stage:
    """One stage of a cycle.

    :param label: its name, marked for translation
    :param next: the stages that may follow; none where the cycle is over. Before the
        audit one may also go back.
    :param conditions: codes of :data:`.CONDITIONS` looked at on entering
    """

    code: StageCode
    label: str
    next: frozenset[StageCode]
    conditions: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """:return: whether nothing follows"""
        return not self.next


_PREPARED: Final = ("certifier_named", "categories_stated", "nda_ready")
_BEFORE_REQUEST: Final = (*_PREPARED, "request_open", "not_under_contract")
_BEFORE_AUDIT: Final = (
    *_BEFORE_REQUEST,
    "contract_signed",
    "pieces_collected",
    "action_per_category",
    "sworn_statement",
    "audit_planned",
    "audit_leaves_time",
)
_ALIVE: Final = ("certificate_running", "not_suspended")


def _next(*codes: StageCode) -> frozenset[StageCode]:
    return frozenset(codes)


_ALL: Final = (
    Stage("self_assessment", _lt("Self-assessment"), _next("certifier_choice")),
    Stage(
        "certifier_choice",
        _lt("Choice of certifier"),
        _next("self_assessment", "application"),
        ("self_assessed",),
    ),
    Stage(
        "application",
        _lt("Application"),
        _next("certifier_choice", "initial_audit"),
        _BEFORE_REQUEST,
    ),
    Stage(
        "initial_audit",
        _lt("Initial audit"),
        _next("application", "corrections", "certified", "refused"),
        _BEFORE_AUDIT,
    ),
    Stage(
        "corrections",
        _lt("Corrections"),
        _next("certified", "refused"),
        ("audit_closed", "nonconformity_open"),
    ),
    Stage(
        "certified",
        _lt("Certified"),
        _next(
            "surveillance",
            "renewal",
            "suspended",
            "withdrawn",
            "transferred",
            "expired",
            "lapsed",
        ),
        (
            "no_open_major",
            "few_minors",
            "certificate_recorded",
            "certificate_days",
            "no_overlap",
            "not_suspended",
        ),
    ),
    Stage(
        "surveillance",
        _lt("Surveillance"),
        _next("renewal", "suspended", "withdrawn", "transferred", "expired", "lapsed"),
        (*_ALIVE, "surveillance_in_window"),
    ),
    Stage(
        "renewal",
        _lt("Renewal"),
        _next("suspended", "withdrawn", "transferred", "expired", "lapsed"),
        (*_ALIVE, "renewal_in_last_year", "renewal_leaves_time"),
    ),
    Stage(
        "refused",
        _lt("Refused"),
        _next("application"),
        ("audit_closed", "refused_recorded"),
    ),
    Stage(
        "suspended",
        _lt("Suspended"),
        _next("certified", "surveillance", "renewal", "withdrawn", "expired", "lapsed"),
        ("certificate_running", "suspended_recorded"),
    ),
    Stage("withdrawn", _lt("Withdrawn"), _next(), ("withdrawn_recorded",)),
    Stage(
        "expired",
        _lt("Expired"),
        _next(),
        ("certificate_ended", "no_renewal_runs"),
    ),
    Stage(
        "transferred",
        _lt("Transferred"),
        _next(),
        ("transferred_recorded", "transfer_allowed"),
    ),
    Stage(
        "lapsed",
        _lt("Lapsed, renewal running"),
        _next(),
        ("certificate_ended", "renewal_runs"),
    ),
)
STAGES: Final[Mapping[StageCode, Stage]] = MappingProxyType(
    {each.code: each for each in _ALL}
)
"""Code -> stage, in the order of a cycle, then those that end it."""


def unmet(
    stage: StageCode, facts: CycleFacts, day: date, settings: AuditSettings = DEFAULTS
) -> tuple[Unmet, ...]:
    """:return: what is missing for the stage to be entered on ``day``, those that keep
    it out first
    """
    found = []
    for code in STAGES[stage].conditions:
        condition = CONDITIONS[code]
        why = condition.check(facts, day, settings)
        if why is not None:
            found.append(Unmet(code, why, condition.required))
    return tuple(sorted(found, key=lambda each: not each.required))


def may_enter(
    current: StageCode,
    target: StageCode,
    facts: CycleFacts,
    day: date,
    settings: AuditSettings = DEFAULTS,
) -> tuple[Unmet, ...]:
    """May the cycle go from one stage to the other?

    Going back while the audit is being prepared asks for nothing.

    :return: what keeps it out, then what to be warned about; it may unless one of them
        is required
    """
    if target not in STAGES[current].next:
        return (Unmet("not_next", say("not_next"), required=True),)
    if (current, target) in _BACK:
        return ()
    return unmet(target, facts, day, settings)


_BACK: Final = (
    ("certifier_choice", "self_assessment"),
    ("application", "certifier_choice"),
    ("initial_audit", "application"),
)


def todo(
    stage: StageCode, facts: CycleFacts, day: date, settings: AuditSettings = DEFAULTS
) -> tuple[Todo, ...]:
    """:return: what is still to do in the stage, in the order of the days they are due
    on, then those without a day
    """
    listed = TODO_OF[stage](facts, day, settings)
    return tuple(sorted(listed, key=lambda each: (each.day is None, each.day or day)))
