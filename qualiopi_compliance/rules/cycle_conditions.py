"""What must be true for a cycle to enter a stage.

A condition that is *required* keeps it out; the others only warn, because what is
unusual does happen: an audit outside its window, a certifier chosen in a hurry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .audit_calendar import (
    outside_window,
    renewal_audit_by,
    renewal_opens,
    surveillance_window,
)
from .audit_settings import AuditSettings
from .audit_words import Statement, Value, statement
from .cycle_certificates import (
    check_new_request,
    check_overlap,
    check_period,
    check_transfer,
)
from .cycle_facts import NDA_FILING_MONTHS, CycleFacts
from .cycle_texts import CYCLE_PHRASES

__all__ = ["CONDITIONS", "Condition", "Unmet", "say"]

Check = Callable[[CycleFacts, date, AuditSettings], Statement | None]


@dataclass(frozen=True)
class Condition:
    """One condition.

    :param check: says what is wrong and what to do, or ``None`` when it is met
    :param required: whether it keeps out, or only warns
    """

    code: str
    check: Check
    required: bool = True


@dataclass(frozen=True)
class Unmet:
    """A condition that is not met, in words.

    :param code: of the condition
    :param required: whether it keeps out, or only warns
    """

    code: str
    statement: Statement
    required: bool


def say(code: str, **values: Value) -> Statement:
    """:return: one sentence of a cycle"""
    return statement(CYCLE_PHRASES, code, **values)


def _self_assessed(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    made = facts.self_assessed_on is not None and facts.self_assessed_on <= day
    return None if made else say("self_assessed")


def _categories_stated(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return None if facts.categories else say("categories_stated")


def _nda_ready(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    if facts.has_nda(day):
        return None
    return say("nda_ready", months=NDA_FILING_MONTHS)


def _certifier_named(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return None if facts.certifier else say("certifier_named")


def _not_under_contract(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    both = tuple(
        code for code in facts.categories if code in facts.contracted_elsewhere
    )
    if not (both and settings.sworn_statement):
        return None
    return say("not_under_contract", categories=both)


def _request_open(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return check_new_request(day, facts.refused_on, facts.withdrawn_on, settings)


def _contract_signed(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    signed = facts.contract_signed_on is not None and facts.contract_signed_on <= day
    return None if signed else say("contract_signed")


def _pieces_collected(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return say("pieces_collected") if facts.missing_pieces(day) else None


def _action_per_category(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    missing = facts.undelivered()
    if not (missing and settings.action_per_category):
        return None
    return say("action_per_category", categories=missing)


def _sworn_statement(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    sworn = facts.sworn_on is not None and facts.sworn_on <= day
    return None if sworn or not settings.sworn_statement else say("sworn_statement")


def _audit_planned(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return None if facts.audit_on else say("audit_planned")


def _audit_leaves_time(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return _leaves_time(facts.audit_on, facts.renewal_of_last_day, settings)


def _renewal_leaves_time(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return _leaves_time(facts.renewal_on, facts.last_day, settings)


def _leaves_time(
    planned: date | None, last_day: date | None, settings: AuditSettings
) -> Statement | None:
    if planned is None or last_day is None:
        return None
    limit = renewal_audit_by(last_day, settings).day
    if planned <= limit:
        return None
    return say("audit_leaves_time", planned=planned, day=limit)


def _audit_closed(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    closed = facts.audit_closed_on is not None and facts.audit_closed_on <= day
    return None if closed else say("audit_closed")


def _nonconformity_open(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    open_ = facts.open_majors + facts.open_minors
    return None if open_ else say("nonconformity_open")


def _no_open_major(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    count = facts.open_majors
    return say("no_open_major", count=count) if count else None


def _few_minors(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    count, limit = facts.open_minors, settings.minors_for_major
    if not 0 < limit <= count:
        return None
    return say("minors_count_as_major", count=count, limit=limit)


def _certificate_recorded(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    recorded = facts.certificate_number and facts.certificate is not None
    return None if recorded else say("certificate_recorded")


def _certificate_days(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    if facts.first_day is None or facts.last_day is None:
        return None
    return check_period(facts.first_day, facts.last_day)


def _no_overlap(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    certificate = facts.certificate
    return None if certificate is None else check_overlap(certificate, facts.others)


def _certificate_running(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return None if facts.running(day) else say("certificate_running")


def _not_suspended(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return say("not_suspended") if facts.suspended(day) else None


def _surveillance_in_window(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    obtained, planned = facts.obtained_on or facts.first_day, facts.surveillance_on
    if obtained is None or planned is None:
        return None
    window = surveillance_window(obtained)
    if outside_window(window, planned) is None:
        return None
    first, last = window.first.day, window.last.day
    return say("surveillance_in_window", planned=planned, first=first, last=last)


def _renewal_in_last_year(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    planned, last = facts.renewal_on, facts.last_day
    if planned is None or last is None:
        return None
    first = renewal_opens(last).day
    if first <= planned <= last:
        return None
    return say("renewal_in_last_year", planned=planned, first=first, last=last)


def _recorded(field: str, code: str) -> Check:
    """:return: whether the day in ``field`` is known and past"""

    def check(
        facts: CycleFacts, day: date, settings: AuditSettings
    ) -> Statement | None:
        recorded: date | None = getattr(facts, field)
        known = recorded is not None and recorded <= day
        return None if known else say(code)

    return check


def _refused_recorded(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    closed, refused = facts.audit_closed_on, facts.refused_on
    # An older refusal belongs to an older request.
    own = refused is not None and closed is not None and closed <= refused <= day
    return None if own else say("refused_recorded")


def _withdrawn_recorded(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    first, withdrawn = facts.first_day, facts.withdrawn_on
    own = withdrawn is not None and first is not None and first <= withdrawn <= day
    return None if own else say("withdrawn_recorded")


def _transfer_allowed(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    certificate, on = facts.certificate, facts.transferred_on or day
    if certificate is None or not facts.running(on):
        return say("not_running", day=on)
    return check_transfer(
        certificate,
        on,
        suspended=facts.suspended(on),
        certifier=facts.certifier,
        new_certifier=facts.transferred_to,
    )


def _certificate_ended(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    ended = facts.last_day is not None and facts.last_day < day
    return None if ended else say("certificate_ended")


def _renewal_runs(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return None if facts.renewal_runs() else say("renewal_runs")


def _no_renewal_runs(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> Statement | None:
    return say("no_renewal_runs") if facts.renewal_runs() else None


_ALL: Final = (
    Condition("self_assessed", _self_assessed, required=False),
    Condition("categories_stated", _categories_stated),
    Condition("nda_ready", _nda_ready),
    Condition("certifier_named", _certifier_named),
    Condition("not_under_contract", _not_under_contract),
    Condition("request_open", _request_open),
    Condition("contract_signed", _contract_signed),
    Condition("pieces_collected", _pieces_collected),
    Condition("action_per_category", _action_per_category),
    Condition("sworn_statement", _sworn_statement),
    Condition("audit_planned", _audit_planned),
    Condition("audit_leaves_time", _audit_leaves_time, required=False),
    Condition("audit_closed", _audit_closed),
    Condition("nonconformity_open", _nonconformity_open),
    Condition("no_open_major", _no_open_major),
    # No official text was seen: only warned about.
    Condition("few_minors", _few_minors, required=False),
    Condition("certificate_recorded", _certificate_recorded),
    Condition("certificate_days", _certificate_days),
    Condition("no_overlap", _no_overlap),
    Condition("certificate_running", _certificate_running),
    Condition("not_suspended", _not_suspended),
    Condition("surveillance_in_window", _surveillance_in_window, required=False),
    Condition("renewal_in_last_year", _renewal_in_last_year, required=False),
    Condition("renewal_leaves_time", _renewal_leaves_time, required=False),
    Condition("refused_recorded", _refused_recorded),
    Condition("suspended_recorded", _recorded("suspended_on", "suspended_recorded")),
    Condition("withdrawn_recorded", _withdrawn_recorded),
    Condition(
        "transferred_recorded", _recorded("transferred_on", "transferred_recorded")
    ),
    Condition("transfer_allowed", _transfer_allowed),
    Condition("certificate_ended", _certificate_ended),
    Condition("renewal_runs", _renewal_runs),
    Condition("no_renewal_runs", _no_renewal_runs),
)
CONDITIONS: Final = {each.code: each for each in _ALL}
"""Code -> condition."""
