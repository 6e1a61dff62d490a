"""The sentences of a verdict: why, what next, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .audit_words import Phrase
from .marks import _lt

__all__ = ["LIFTING_PHRASES", "REASON_PHRASES", "STEP_PHRASES", "VERDICT_PHRASES"]

REASON_PHRASES: Final[dict[str, Phrase]] = {
    "rehearsal": Phrase(
        _lt(
            "As if the certifier had come on %(day)s and written what was found: only"
            " a certifier decides."
        ),
        "own",
    ),
    "no_nonconformity": Phrase(_lt("No non-conformity was written."), "recorded"),
    "lifted_on_the_day": Phrase(
        _lt("Lifted on the day of the audit: %(findings)s."), "recorded"
    ),
    "lifted_since": Phrase(_lt("Lifted since the audit: %(findings)s."), "recorded"),
    "minor_requalified": Phrase(
        _lt(
            "Minor at the audit before and not lifted at this one, so now major:"
            " %(findings)s."
        ),
        "order_art_5",
    ),
    "display_is_major": Phrase(
        _lt(
            "A certificate that is not displayed is a major non-conformity at the"
            " surveillance audit: %(findings)s."
        ),
        "order_art_2",
    ),
    "major_not_notified": Phrase(
        _lt(
            "Major and not lifted: %(findings)s. Its delays run from its notification,"
            " which has no date yet."
        ),
        "order_art_5",
    ),
    "major_running": Phrase(
        _lt(
            "Major and not lifted: %(findings)s. To be corrected by %(corrected)s and"
            " checked by %(checked)s, before any decision."
        ),
        "order_art_5",
    ),
    "major_at_decision": Phrase(
        _lt("Major and not lifted at the decision of %(day)s: %(findings)s."),
        "order_art_5",
    ),
    "major_not_in_time": Phrase(
        _lt("Major and not lifted by %(day)s, the end of its delays: %(findings)s."),
        "order_art_5",
    ),
    "major_lifted_late": Phrase(
        _lt("Major and lifted after %(day)s, the end of its delays: %(findings)s."),
        "order_art_5",
    ),
    "major_rehearsed": Phrase(
        _lt(
            "Major: %(findings)s. From its notification a certifier gives %(months)s"
            " months to correct it; it must be lifted before any decision."
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
    "minors_do_not_block": Phrase(
        _lt(
            "Minor and not lifted: %(findings)s. This does not stand in the way of the"
            " decision."
        ),
        "order_art_5",
    ),
    "suspended_on": Phrase(
        _lt("The certifier suspended the certificate on %(day)s."), "recorded"
    ),
    "suspension_expected": Phrase(
        _lt(
            "The certificate is to be suspended, from %(day)s at the earliest; no"
            " suspension was recorded yet."
        ),
        "order_art_5",
    ),
    "reinstated_on": Phrase(
        _lt("The certifier ended the suspension on %(day)s."), "recorded"
    ),
    "suspension_over": Phrase(
        _lt(
            "The suspension was over on %(day)s and not everything was lifted: the"
            " certificate is to be withdrawn."
        ),
        "suspension",
    ),
    "withdrawn_on": Phrase(
        _lt("The certifier withdrew the certificate on %(day)s."), "recorded"
    ),
    "certificate_ended": Phrase(
        _lt("The certificate ended on %(day)s before a decision was taken."),
        "renewal_margin",
    ),
    "decided_after_end": Phrase(
        _lt(
            "The decision of %(day)s came after that: what it is worth is for the"
            " certifier to say."
        ),
        "own",
    ),
    "extension_keeps_end": Phrase(
        _lt("An extension leaves the end of the certificate as it is: %(day)s."),
        "extension",
    ),
}

STEP_PHRASES: Final[dict[str, Phrase]] = {
    "correct_major": Phrase(
        _lt("Correct %(findings)s and send the evidence by %(day)s."), "order_art_5"
    ),
    "check_major": Phrase(
        _lt("Have the correction of %(findings)s checked by %(day)s."), "order_art_5"
    ),
    "await_notification": Phrase(
        _lt("Record the day on which %(findings)s was notified."), "order_art_5"
    ),
    "lift_minors": Phrase(
        _lt(
            "Have minor non-conformities lifted before the decision, at least"
            " %(count)s of them."
        ),
        "five_minors",
    ),
    "send_plan": Phrase(
        _lt(
            "Send the certifier the action plan for %(findings)s, within the delay it"
            " gives."
        ),
        "order_art_5",
    ),
    "apply_minor": Phrase(
        _lt(
            "Apply the action plan for %(findings)s by %(day)s. It is checked at the"
            " next audit; not lifted then, it becomes major."
        ),
        "order_art_5",
    ),
    "await_decision": Phrase(_lt("Record the certifier's decision."), "own"),
    "decision_before_end": Phrase(
        _lt("The decision must come before the certificate ends on %(day)s."),
        "renewal_margin",
    ),
    "display": Phrase(
        _lt(
            "Display the certificate in the premises and on the website; without a"
            " website, give a copy to whoever asks."
        ),
        "display_everywhere",
    ),
    "surveillance": Phrase(
        _lt("Have the surveillance audit held from %(first)s to %(day)s."),
        "order_art_2",
    ),
    "surveillance_all": Phrase(
        _lt(
            "Audited as a new entrant: the surveillance audit looks at every applicable"
            " indicator."
        ),
        "order_art_2",
    ),
    "renewal_audit": Phrase(
        _lt(
            "Have the renewal audit held by %(day)s, so that corrections and checks fit"
            " in before the certificate ends."
        ),
        "renewal_margin",
    ),
    "new_request": Phrase(
        _lt("New request from %(day)s on, with proof that the gaps are closed."),
        "order_art_8",
    ),
    "new_request_undated": Phrase(
        _lt(
            "New request with proof that the gaps are closed; months to wait after the"
            " refusal: %(months)s. Record the day of the refusal."
        ),
        "order_art_8",
    ),
    "new_request_if_refused": Phrase(
        _lt(
            "Should the certifier notify a refusal: new request with proof that the"
            " gaps are closed; months to wait after the refusal: %(months)s."
        ),
        "order_art_8",
    ),
    "runs_until": Phrase(
        _lt("The certificate that runs ends on %(day)s."), "code_three_years"
    ),
    "record_suspension": Phrase(
        _lt("Record the day of the suspension, or the certifier's decision."), "own"
    ),
    "lift_before_withdrawal": Phrase(
        _lt("Have %(findings)s lifted by %(day)s, else the certificate is withdrawn."),
        "suspension",
    ),
    "minors_before_withdrawal": Phrase(
        _lt(
            "Have minor non-conformities lifted by %(day)s, at least %(count)s of them,"
            " else the certificate is withdrawn."
        ),
        "suspension",
    ),
    "ask_reinstatement": Phrase(
        _lt("Ask the certifier to end the suspension, and record the day."), "own"
    ),
    "request_after_withdrawal": Phrase(
        _lt("New request from %(day)s on."), "wait_after_withdrawal"
    ),
    "request_after_withdrawal_undated": Phrase(
        _lt(
            "New request; months to wait after the withdrawal: %(months)s. Record the"
            " day of the withdrawal."
        ),
        "wait_after_withdrawal",
    ),
    "stop_logo": Phrase(
        _lt("Take the Qualiopi logo off: only certified providers may use it."),
        "logo_certified_only",
    ),
    "leaves_list": Phrase(
        _lt(
            "The provider leaves the public list of certified providers. Ask the"
            " certifier what it can still decide."
        ),
        "renewal_margin",
    ),
    "correct_before_audit": Phrase(
        _lt("Correct before the certifier's audit: %(findings)s."), "own"
    ),
}

LIFTING_PHRASES: Final[dict[str, Phrase]] = {
    "nothing_in_the_way": Phrase(
        _lt("Nothing has to be lifted: no non-conformity stands in the way."), "own"
    ),
    "lifting_changes_nothing": Phrase(
        _lt("Lifting non-conformities today no longer changes this outcome."), "own"
    ),
    "lift_for_awaiting_decision": Phrase(
        _lt("Lifting %(findings)s is enough for the decision to be taken."), "own"
    ),
    "lift_for_awaiting_reinstatement": Phrase(
        _lt("Lifting %(findings)s is enough for the suspension to be ended."), "own"
    ),
    "lift_for_granted": Phrase(
        _lt("Lifting %(findings)s is enough for the certificate to be granted."), "own"
    ),
    "lift_for_maintained": Phrase(
        _lt("Lifting %(findings)s is enough for the certificate to be maintained."),
        "own",
    ),
    "lift_for_renewed": Phrase(
        _lt("Lifting %(findings)s is enough for the certificate to be renewed."), "own"
    ),
    "lift_for_extended": Phrase(
        _lt("Lifting %(findings)s is enough for the certificate to be extended."),
        "own",
    ),
}

VERDICT_PHRASES: Final[Mapping[str, Phrase]] = MappingProxyType(
    REASON_PHRASES | STEP_PHRASES | LIFTING_PHRASES
)
"""Code of each sentence of a verdict -> its text and source."""
