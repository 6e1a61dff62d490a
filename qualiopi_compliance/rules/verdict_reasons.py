"""Why a verdict is what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from .audit_calendar import MAJOR_MONTHS, major_deadlines
from .audit_findings import Finding
from .audit_settings import AuditSettings
from .audit_words import Statement, Value, statement
from .verdict_case import AuditCase, Conclusion
from .verdict_texts import VERDICT_PHRASES

__all__ = ["names", "reasons_for", "say"]


_WEIGHING: Final = ("minor", "major")


def say(code: str, **values: Value) -> Statement:
    """:return: one sentence of a verdict"""
    return statement(VERDICT_PHRASES, code, **values)


def names(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(each.name for each in findings)


def reasons_for(
    original: AuditCase, found: Conclusion, day: date, settings: AuditSettings
) -> tuple[Statement, ...]:
    """:param original: the case as given, which may be a rehearsal
    :return: at least one reason, what weighs most first
    """
    reasons = [say("rehearsal", day=day)] if original.rehearsal else []
    reasons += _certificate(found)
    reasons += _suspension(found, day)
    for finding in _majors(found):
        reasons.append(_major(finding, found, original.rehearsal))
    reasons += _why_major(found)
    reasons += _minors(found, day, settings)
    reasons += _lifted(original, found, day)
    if not any(each.counts_as(found.case.decides) in _WEIGHING for each in _all(found)):
        reasons.append(say("no_nonconformity"))
    return tuple(reasons)


def _all(found: Conclusion) -> tuple[Finding, ...]:
    return found.case.findings


def _certificate(found: Conclusion) -> list[Statement]:
    """:return: what became of the certificate itself"""
    case, reasons = found.case, []
    if found.outcome == "lapsed" and case.certificate_last_day is not None:
        reasons.append(say("certificate_ended", day=case.certificate_last_day))
        if case.decided_on is not None and case.decided_on > case.certificate_last_day:
            reasons.append(say("decided_after_end", day=case.decided_on))
    if found.outcome == "extended" and case.certificate_last_day is not None:
        reasons.append(say("extension_keeps_end", day=case.certificate_last_day))
    return reasons


def _suspension(found: Conclusion, day: date) -> list[Statement]:
    case, reasons = found.case, []
    if found.outcome == "withdrawn":
        if case.withdrawn_on is not None and case.withdrawn_on <= day:
            reasons.append(say("withdrawn_on", day=case.withdrawn_on))
        elif found.suspension_end is not None:
            reasons.append(say("suspension_over", day=found.suspension_end))
    if found.suspended_since is not None:
        recorded = found.suspension_recorded
        code = "suspended_on" if recorded else "suspension_expected"
        reasons.append(say(code, day=found.suspended_since))
        if found.outcome == "maintained" and case.reinstated_on is not None:
            reasons.append(say("reinstated_on", day=case.reinstated_on))
    return reasons


def _majors(found: Conclusion) -> list[Finding]:
    """:return: majors that weigh: open ones and those lifted too late"""
    weighing = {each.key for each in found.situation.open_majors}
    weighing |= {each.key for each in found.situation.missed}
    return [each for each in _all(found) if each.key in weighing]


def _major(finding: Finding, found: Conclusion, rehearsal: bool) -> Statement:
    """:return: where one major stands"""
    about = (finding.name,)
    case = found.case
    if rehearsal:
        return say("major_rehearsed", findings=about, months=MAJOR_MONTHS)
    if finding in found.situation.missed and finding.notified_on is not None:
        end = major_deadlines(finding.notified_on)[1].day
        late = finding.lifted(found.judged_on)
        code = "major_lifted_late" if late else "major_not_in_time"
        return say(code, findings=about, day=end)
    if case.decided_on is not None and case.decided_on <= found.judged_on:
        return say("major_at_decision", findings=about, day=case.decided_on)
    if finding.notified_on is None:
        return say("major_not_notified", findings=about)
    corrected, checked = major_deadlines(finding.notified_on)
    return say(
        "major_running", findings=about, corrected=corrected.day, checked=checked.day
    )


def _why_major(found: Conclusion) -> list[Statement]:
    """:return: what made major ones of findings written as minor"""
    raised = [
        each
        for each in _majors(found)
        if each.gravity == "minor" or each.requirement == "display"
    ]
    carried = [each for each in raised if each.carried_over]
    displayed = [
        each
        for each in raised
        if each.requirement == "display"
        and each not in carried
        and found.case.decides == "surveillance"
    ]
    return [
        say(code, findings=names(findings))
        for code, findings in (
            ("minor_requalified", carried),
            ("display_is_major", displayed),
        )
        if findings
    ]


def _minors(found: Conclusion, day: date, settings: AuditSettings) -> list[Statement]:
    minors = found.situation.open_minors
    if found.situation.enough_minors:
        limit = settings.minors_for_major
        return [say("minors_count_as_major", count=len(minors), limit=limit)]
    left = [each for each in minors if not each.lifted(day)]
    if left:
        return [say("minors_do_not_block", findings=names(left))]
    return []


def _lifted(original: AuditCase, found: Conclusion, day: date) -> list[Statement]:
    """:return: what is no longer open, on the day of the audit or since; a minor one
    that weighed nothing in the decision, after it too
    """
    late = {each.key for each in found.situation.missed}
    free = set()
    if not found.situation.enough_minors:
        free = {each.key for each in found.situation.open_minors}
    lifted = [
        each
        for each in original.findings
        if each.counts_as(found.case.decides) in _WEIGHING
        and each.lifted(day if each.key in free else found.judged_on)
        and each.key not in late
    ]
    that_day = [each for each in lifted if each.lifted(original.closed_on)]
    since = [each for each in lifted if each not in that_day]
    return [
        say(code, findings=names(findings))
        for code, findings in (("lifted_on_the_day", that_day), ("lifted_since", since))
        if findings
    ]
