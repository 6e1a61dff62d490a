"""What is still to do in each stage of a cycle, and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from .audit_calendar import (
    add_months,
    renewal_audit_by,
    renewal_call_by,
    renewal_contract_by,
    surveillance_window,
)
from .audit_settings import AuditSettings
from .audit_words import Statement
from .cycle_conditions import say
from .cycle_facts import PIECES, CycleFacts

__all__ = ["TODO_OF", "Todo"]


@dataclass(frozen=True)
class Todo:
    """One thing to do.

    :param day: last day to do it on, or the first for a new request; ``None`` where
        nothing fixes one
    :param piece: code of :data:`.PIECES` where the thing is one of them; the value in
        the statement is its English name
    """

    statement: Statement
    day: date | None = None
    piece: str = ""

    @property
    def code(self) -> str:
        return self.statement.code

    def late(self, day: date) -> bool:
        """:return: whether its last day is past; what opens on a day is never late"""
        return self.day is not None and self.day < day and self.code not in _OPENING


_OPENING: Final = ("new_request", "request_after_withdrawal")
Lister = Callable[[CycleFacts, date, AuditSettings], list[Todo]]


def _self_assessment(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> list[Todo]:
    todo = []
    if not facts.categories:
        todo.append(Todo(say("state_categories")))
    if not facts.has_nda(day):
        todo.append(Todo(say("give_nda")))
    if facts.self_assessed_on is None or facts.self_assessed_on > day:
        todo.append(Todo(say("self_assess"), facts.self_assessed_on))
    return todo


def _certifier_choice(
    facts: CycleFacts, day: date, settings: AuditSettings
) -> list[Todo]:
    last, todo = facts.renewal_of_last_day, []
    if not facts.certifier:
        due = renewal_call_by(last, settings).day if last else None
        todo.append(Todo(say("name_certifier"), due))
    if facts.contract_signed_on is None or facts.contract_signed_on > day:
        due = renewal_contract_by(last, settings).day if last else None
        todo.append(Todo(say("sign_contract"), facts.contract_signed_on or due))
    return todo


def _application(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    # The certifier wants all of it before the audit.
    due = facts.audit_on
    todo = [
        Todo(say("give_piece", piece=PIECES[code]), due, code)
        for code in facts.missing_pieces(day)
    ]
    if settings.sworn_statement and (facts.sworn_on is None or facts.sworn_on > day):
        todo.append(Todo(say("swear"), due))
    undelivered = facts.undelivered()
    if settings.action_per_category and undelivered:
        todo.append(Todo(say("deliver", categories=undelivered), due))
    return [*todo, *_plan_audit(facts, settings)]


def _plan_audit(facts: CycleFacts, settings: AuditSettings) -> list[Todo]:
    if facts.audit_on is not None:
        return []
    last = facts.renewal_of_last_day
    due = renewal_audit_by(last, settings).day if last else None
    return [Todo(say("plan_audit"), due)]


def _initial_audit(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    if facts.audit_closed_on is not None and facts.audit_closed_on <= day:
        return []
    if facts.audit_on is None:
        return _plan_audit(facts, settings)
    return [Todo(say("hold_audit"), facts.audit_on)]


def _corrections(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo = []
    if facts.open_majors:
        todo.append(
            Todo(say("lift_majors", count=facts.open_majors), facts.majors_by),
        )
    if facts.open_minors:
        todo.append(
            Todo(say("apply_minors", count=facts.open_minors), facts.minors_by),
        )
    return todo


def _certified(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo = _corrections(facts, day, settings)
    if not facts.certificate_number or facts.certificate is None:
        todo.append(Todo(say("record_certificate")))
    sites = tuple(name for name in facts.sites if name not in facts.displayed_at)
    if sites:
        todo.append(Todo(say("display_site", sites=sites), facts.first_day))
    if facts.has_website and not facts.displayed_on_website:
        todo.append(Todo(say("display_website"), facts.first_day))
    return [*todo, *_plan_surveillance(facts, day)]


def _plan_surveillance(facts: CycleFacts, day: date) -> list[Todo]:
    obtained, planned = facts.obtained_on or facts.first_day, facts.surveillance_on
    if obtained is None or facts.surveillance_closed_on is not None:
        return []
    window = surveillance_window(obtained)
    first, last = window.first.day, window.last.day
    if last < day and (planned is None or planned > last):
        return [Todo(say("surveillance_missed"), last)]
    if planned is None:
        return [Todo(say("plan_surveillance", first=first), last)]
    return []


def _surveillance(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo = _corrections(facts, day, settings) + _plan_surveillance(facts, day)
    closed = facts.surveillance_closed_on
    if facts.surveillance_on is None or (closed is not None and closed <= day):
        return todo
    past = facts.surveillance_on < day
    code = "close_surveillance" if past else "hold_surveillance"
    return [*todo, Todo(say(code), facts.surveillance_on)]


def _renewal(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo, last = _corrections(facts, day, settings), facts.last_day
    if last is None or (facts.renewed_on is not None and facts.renewed_on <= day):
        return todo
    if facts.next_certifier_on is None:
        todo += [
            Todo(say("call_for_offers"), renewal_call_by(last, settings).day),
            Todo(say("sign_next_contract"), renewal_contract_by(last, settings).day),
        ]
    if facts.renewal_on is None:
        todo.append(Todo(say("plan_renewal"), renewal_audit_by(last, settings).day))
    elif facts.renewal_closed_on is None or facts.renewal_closed_on > day:
        todo.append(Todo(say("hold_renewal"), facts.renewal_on))
    return [*todo, Todo(say("renewal_decision"), last)]


def _refused(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo = [Todo(say("close_gaps"))]
    if facts.refused_on is not None:
        opens = add_months(facts.refused_on, settings.refusal_months)
        todo.append(Todo(say("new_request"), opens))
    return todo


def _suspended(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    end = facts.suspension_ends_on
    if end is None and facts.suspended_on is not None:
        end = add_months(facts.suspended_on, settings.suspension_months)
    todo = []
    if facts.open_majors:
        todo.append(Todo(say("lift_majors", count=facts.open_majors), end))
    return [*todo, Todo(say("end_suspension"), end)]


def _withdrawn(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    todo, months = [Todo(say("stop_logo"))], settings.withdrawal_months
    if facts.withdrawn_on is not None and months:
        opens = add_months(facts.withdrawn_on, months)
        todo.append(Todo(say("request_after_withdrawal"), opens))
    return todo


def _expired(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    last = facts.last_day
    if facts.renewed_on is not None and last is not None and facts.renewed_on <= last:
        # The next certificate has taken over.
        return []
    return [Todo(say("stop_logo")), Todo(say("start_again"))]


def _lapsed(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    return [Todo(say("stop_logo")), Todo(say("ask_what_remains"))]


def _transferred(facts: CycleFacts, day: date, settings: AuditSettings) -> list[Todo]:
    return [Todo(say("next_cycle"))]


TODO_OF: Final[dict[str, Lister]] = {
    "self_assessment": _self_assessment,
    "certifier_choice": _certifier_choice,
    "application": _application,
    "initial_audit": _initial_audit,
    "corrections": _corrections,
    "certified": _certified,
    "surveillance": _surveillance,
    "renewal": _renewal,
    "refused": _refused,
    "suspended": _suspended,
    "withdrawn": _withdrawn,
    "expired": _expired,
    "transferred": _transferred,
    "lapsed": _lapsed,
}
"""Code of each stage -> what lists what is to do in it."""
