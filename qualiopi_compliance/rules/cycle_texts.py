"""The sentences of a cycle: what keeps it out of a stage, what is still to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .audit_words import Phrase
from .cycle_certificates import CERTIFICATE_REFUSALS
from .marks import _lt

__all__ = ["CYCLE_PHRASES"]

_CONDITIONS: dict[str, Phrase] = {
    "not_next": Phrase(_lt("This stage does not follow the present one."), "own"),
    "self_assessed": Phrase(
        _lt("No self-assessment was made: make one before choosing a certifier."), "own"
    ),
    "categories_stated": Phrase(
        _lt("State the categories of actions to be certified."), "code_scope"
    ),
    "nda_ready": Phrase(
        _lt(
            "Give the declaration number (NDA), or the day it was filed, less than"
            " %(months)s months ago."
        ),
        "order_art_1",
    ),
    "certifier_named": Phrase(_lt("Name the certifier."), "own"),
    "not_under_contract": Phrase(
        _lt(
            "Under contract with another certifier for %(categories)s: the statement on"
            " honour excludes it."
        ),
        "sworn_statement",
    ),
    "contract_signed": Phrase(
        _lt("Sign the contract with the certifier first: it then offers a day."),
        "order_art_1_2019",
    ),
    "pieces_collected": Phrase(
        _lt("The certifier has not been given everything it collects beforehand."),
        "order_art_1",
    ),
    "action_per_category": Phrase(
        _lt("At least one action must have been delivered for %(categories)s."),
        "delivered_action",
    ),
    "sworn_statement": Phrase(
        _lt("The statement on honour is missing."), "sworn_statement"
    ),
    "audit_planned": Phrase(_lt("Record the day of the audit."), "own"),
    "audit_leaves_time": Phrase(
        _lt(
            "The audit is planned on %(planned)s, after %(day)s: corrections and checks"
            " may not fit in before the certificate ends."
        ),
        "renewal_margin",
    ),
    "audit_closed": Phrase(_lt("Close the audit first."), "own"),
    "nonconformity_open": Phrase(
        _lt("No non-conformity is open: there is nothing to correct."), "own"
    ),
    "no_open_major": Phrase(
        _lt(
            "Major non-conformities not lifted: %(count)s. No certificate before that."
        ),
        "order_art_5",
    ),
    "minors_count_as_major": Phrase(
        _lt(
            "Minor and not lifted: %(count)s. From %(limit)s on they count as one major"
            " at the decision."
        ),
        "five_minors",
    ),
    "certificate_recorded": Phrase(
        _lt("Record the number of the certificate, its first and its last day."), "own"
    ),
    "certificate_running": Phrase(_lt("No certificate is valid on that day."), "own"),
    "not_suspended": Phrase(
        _lt("The certificate is suspended: record the end of the suspension."), "own"
    ),
    "surveillance_in_window": Phrase(
        _lt(
            "The surveillance audit of %(planned)s lies outside its window, from"
            " %(first)s to %(last)s."
        ),
        "order_art_2",
    ),
    "renewal_in_last_year": Phrase(
        _lt(
            "The renewal audit of %(planned)s lies outside the last year of the"
            " certificate, from %(first)s to %(last)s."
        ),
        "code_renewal",
    ),
    "refused_recorded": Phrase(_lt("Record the day of the refusal."), "own"),
    "suspended_recorded": Phrase(_lt("Record the day of the suspension."), "own"),
    "withdrawn_recorded": Phrase(_lt("Record the day of the withdrawal."), "own"),
    "transferred_recorded": Phrase(_lt("Record the day of the transfer."), "own"),
    "certificate_ended": Phrase(_lt("The certificate has not ended yet."), "own"),
    "renewal_runs": Phrase(
        _lt("No renewal was running when the certificate ended: it has expired."), "own"
    ),
    "no_renewal_runs": Phrase(
        _lt("A renewal was running when the certificate ended: it has lapsed."), "own"
    ),
}

_TODO: dict[str, Phrase] = {
    "state_categories": Phrase(_lt("State the categories of actions"), "code_scope"),
    "give_nda": Phrase(_lt("Give the declaration number (NDA)"), "order_art_1"),
    "self_assess": Phrase(_lt("Make the self-assessment"), "own"),
    "name_certifier": Phrase(_lt("Ask certifiers for offers, choose one"), "own"),
    "sign_contract": Phrase(_lt("Sign the contract with the certifier"), "own"),
    "give_piece": Phrase(_lt("Give the certifier: %(piece)s"), "order_art_1"),
    "swear": Phrase(_lt("Sign the statement on honour"), "sworn_statement"),
    "deliver": Phrase(_lt("Deliver an action for %(categories)s"), "delivered_action"),
    "plan_audit": Phrase(_lt("Agree on the day of the audit"), "order_art_1_2019"),
    "hold_audit": Phrase(_lt("Hold the audit"), "own"),
    "lift_majors": Phrase(
        _lt("Major non-conformities to lift: %(count)s"), "order_art_5"
    ),
    "apply_minors": Phrase(
        _lt("Minor non-conformities to correct: %(count)s"), "order_art_5"
    ),
    "record_certificate": Phrase(_lt("Record the certificate and its days"), "own"),
    "display_site": Phrase(
        _lt("Display the certificate at %(sites)s"), "display_everywhere"
    ),
    "display_website": Phrase(
        _lt("Display the certificate on the website"), "display_everywhere"
    ),
    "plan_surveillance": Phrase(
        _lt("Agree on the day of the surveillance audit, from %(first)s"),
        "order_art_2",
    ),
    "surveillance_missed": Phrase(
        _lt(
            "Call the certifier: the surveillance audit was not held in its window,"
            " which can lead to suspension or withdrawal"
        ),
        "missed_surveillance",
    ),
    "hold_surveillance": Phrase(_lt("Hold the surveillance audit"), "order_art_2"),
    "close_surveillance": Phrase(_lt("Close the surveillance audit"), "own"),
    "call_for_offers": Phrase(
        _lt("Ask certifiers for offers for the next cycle"), "own"
    ),
    "sign_next_contract": Phrase(
        _lt("Sign the contract for the next cycle"), "eight_months"
    ),
    "plan_renewal": Phrase(
        _lt("Agree on the day of the renewal audit"), "renewal_margin"
    ),
    "hold_renewal": Phrase(_lt("Hold the renewal audit"), "renewal_margin"),
    "renewal_decision": Phrase(
        _lt("Have the renewal decided before the certificate ends"), "renewal_margin"
    ),
    "close_gaps": Phrase(
        _lt("Close the gaps and keep the proof for a new request"), "order_art_8"
    ),
    "new_request": Phrase(_lt("Make a new request, from that day on"), "order_art_8"),
    "request_after_withdrawal": Phrase(
        _lt("Make a new request, from that day on"), "wait_after_withdrawal"
    ),
    "end_suspension": Phrase(
        _lt("Have the suspension ended, before the certificate is withdrawn"),
        "suspension",
    ),
    "stop_logo": Phrase(_lt("Take the Qualiopi logo off"), "logo_certified_only"),
    "ask_what_remains": Phrase(
        _lt("Ask the certifier what it can still decide"), "renewal_margin"
    ),
    "start_again": Phrase(_lt("Begin a new cycle with a self-assessment"), "own"),
    "next_cycle": Phrase(
        _lt("Go on with the next cycle, of the new certifier"), "transfer"
    ),
}

CYCLE_PHRASES: Final[Mapping[str, Phrase]] = MappingProxyType(
    _CONDITIONS | _TODO | dict(CERTIFICATE_REFUSALS)
)
"""Code of each condition and of each thing to do -> its text and source, with those of
:data:`.CERTIFICATE_REFUSALS`."""
