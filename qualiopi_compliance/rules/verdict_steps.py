"""What comes after a verdict, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .audit_calendar import (
    add_months,
    major_deadlines,
    minor_deadline,
    renewal_audit_by,
    surveillance_window,
)
from .audit_settings import AuditSettings
from .audit_words import Statement, Value
from .verdict_case import Conclusion
from .verdict_reasons import names, say

__all__ = ["NextStep", "steps_for"]


@dataclass(frozen=True)
class NextStep:
    """One thing to do.

    :param day: last day to do it on, or the first for a new request; ``None`` where
        no text fixes one, or what it is counted from is not recorded
    :param late: that day is past
    """

    statement: Statement
    day: date | None = None
    late: bool = False

    @property
    def code(self) -> str:
        return self.statement.code


def steps_for(
    found: Conclusion, day: date, settings: AuditSettings, rehearsal: bool
) -> tuple[NextStep, ...]:
    """:param rehearsal: nobody notified anything, so no delay runs
    :return: those with a day first, in the order of their days
    """
    if rehearsal:
        steps = _rehearsed(found)
    else:
        steps = _STEPS_OF[found.outcome](found, day, settings)
        if found.outcome in _ALIVE:
            steps += _minor_steps(found, day)
    return tuple(sorted(steps, key=lambda step: (step.day is None, step.day or day)))


def _step(
    code: str, *, due: date | None = None, day: date, **values: Value
) -> NextStep:
    if due is not None:
        values["day"] = due
    return NextStep(say(code, **values), due, due is not None and due < day)


def _rehearsed(found: Conclusion) -> list[NextStep]:
    weighing = (*found.situation.open_majors, *found.situation.open_minors)
    if not weighing:
        return []
    return [NextStep(say("correct_before_audit", findings=names(weighing)))]


def _major_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    steps = []
    for each in found.situation.open_majors:
        about = (each.name,)
        if each.notified_on is None:
            steps.append(_step("await_notification", day=day, findings=about))
            continue
        corrected, checked = (end.day for end in major_deadlines(each.notified_on))
        steps += [
            _step("correct_major", due=corrected, day=day, findings=about),
            _step("check_major", due=checked, day=day, findings=about),
        ]
    if found.situation.enough_minors:
        # Never late: once the decision is taken there is another outcome.
        step = say("lift_minors", count=_too_many(found, settings))
        steps.append(NextStep(step, found.case.decided_on))
    return steps


def _too_many(found: Conclusion, settings: AuditSettings) -> int:
    """:return: minors to lift for the others not to count as a major"""
    return len(found.situation.open_minors) - settings.minors_for_major + 1


def _minor_steps(found: Conclusion, day: date) -> list[NextStep]:
    steps = []
    for each in found.situation.open_minors:
        if each.lifted(day):
            # after the decision: nothing is left to do about it
            continue
        about = (each.name,)
        if not each.plan_sent:
            due = each.plan_due_on
            late = due is not None and due < day
            steps.append(NextStep(say("send_plan", findings=about), due, late))
        if each.notified_on is None:
            steps.append(_step("await_notification", day=day, findings=about))
        else:
            end = minor_deadline(each.notified_on).day
            steps.append(_step("apply_minor", due=end, day=day, findings=about))
    return steps


def _decision_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    last = found.case.certificate_last_day
    if found.case.decides != "initial" and last is not None:
        return [_step("decision_before_end", due=last, day=day)]
    return [NextStep(say("await_decision"), found.case.decided_on)]


def _certified_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    case = found.case
    steps = [_step("display", day=day)]
    obtained = case.obtained_on
    if obtained is None and found.outcome == "granted":
        obtained = case.decided_on
    if obtained is not None and found.outcome in ("granted", "renewed"):
        window = surveillance_window(obtained)
        steps.append(
            _step(
                "surveillance",
                due=window.last.day,
                day=day,
                first=window.first.day,
            )
        )
    if case.regime == "new_entrant" and found.outcome == "granted":
        steps.append(_step("surveillance_all", day=day))
    return steps


def _maintained_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    last = found.case.certificate_last_day
    if last is None:
        return []
    return [_step("renewal_audit", due=renewal_audit_by(last, settings).day, day=day)]


def _refused_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    refused_on = found.case.decided_on
    months = settings.refusal_months
    if refused_on is None:
        return [_step("new_request_undated", day=day, months=months)]
    # A day that opens something is never late.
    opens = add_months(refused_on, months)
    return [NextStep(say("new_request", day=opens), opens)]


def _kept_out_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    steps = [
        _step("new_request_if_refused", day=day, months=settings.refusal_months),
    ]
    last = found.case.certificate_last_day
    if last is not None and day <= last:
        steps.append(_step("runs_until", due=last, day=day))
    return steps


def _suspended_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    end, steps = found.suspension_end, []
    if not found.suspension_recorded:
        steps.append(_step("record_suspension", day=day))
    majors = found.situation.open_majors
    if majors:
        about = names(majors)
        steps.append(_step("lift_before_withdrawal", due=end, day=day, findings=about))
    if found.situation.enough_minors:
        count = _too_many(found, settings)
        steps.append(_step("minors_before_withdrawal", due=end, day=day, count=count))
    return steps


def _reinstatement_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    return [_step("ask_reinstatement", day=day)]


def _withdrawn_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    steps = [_step("stop_logo", day=day)]
    months, withdrawn_on = settings.withdrawal_months, found.case.withdrawn_on
    if not months:
        return steps
    if withdrawn_on is None:
        steps.append(_step("request_after_withdrawal_undated", day=day, months=months))
    else:
        opens = add_months(withdrawn_on, months)
        steps.append(NextStep(say("request_after_withdrawal", day=opens), opens))
    return steps


def _lapsed_steps(
    found: Conclusion, day: date, settings: AuditSettings
) -> list[NextStep]:
    return [_step("leaves_list", day=day), _step("stop_logo", day=day)]


_STEPS_OF = {
    "granted": _certified_steps,
    "maintained": _maintained_steps,
    "renewed": _certified_steps,
    "extended": _certified_steps,
    "awaiting_decision": _decision_steps,
    "corrections": _major_steps,
    "awaiting_reinstatement": _reinstatement_steps,
    "suspended": _suspended_steps,
    "lapsed": _lapsed_steps,
    "refused": _refused_steps,
    "not_renewed": _kept_out_steps,
    "not_extended": _kept_out_steps,
    "withdrawn": _withdrawn_steps,
}
_ALIVE = (
    "granted",
    "maintained",
    "renewed",
    "extended",
    "awaiting_decision",
    "corrections",
    "awaiting_reinstatement",
    "suspended",
)
