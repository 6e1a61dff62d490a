"""What may be written, notified and lifted."""

from datetime import date

import pytest
from rules.applicability import CategoryProfile, GuideRule, RequirementRule, assess
from rules.audit_findings import (
    AUDIT_KINDS,
    FINDING_REFUSALS,
    Finding,
    check_finding,
    check_lifting,
    check_notification,
)

AUDIT = date(2026, 3, 12)
KINDS = ("initial", "surveillance", "renewal", "extension")


def indicator(number, gravity="gradable", applies=True, settled=True):
    return assess(
        [CategoryProfile("AFC")],
        RequirementRule(
            number, frozenset({"AFC" if applies else "CFA"}), condition_settled=settled
        ),
        GuideRule(gravity),
    )


UNSETTLED = assess(
    [CategoryProfile("AFC")],
    RequirementRule(12, frozenset({"AFC"}), "over_two_days", condition_settled=False),
    GuideRule("gradable"),
)


# Order of 6 June 2019, art. 5 (major-only indicators) and art. 2 (display).
@pytest.mark.parametrize(
    ("gravity", "kind", "about", "requirement", "refusal"),
    [
        ("minor", "initial", indicator(1), None, None),
        ("major", "initial", indicator(1), None, None),
        ("minor", "initial", indicator(22, "major_only"), None, "major_only"),
        ("minor", "surveillance", indicator(32, "major_only"), None, "major_only"),
        ("major", "initial", indicator(22, "major_only"), None, None),
        ("remark", "initial", indicator(22, "major_only"), None, None),
        ("strong", "initial", indicator(22, "major_only"), None, None),
        # Indicator 33: no guide gives its gravity.
        ("minor", "initial", indicator(33, "unknown"), None, None),
        ("major", "renewal", indicator(29, applies=False), None, "not_applicable"),
        ("remark", "renewal", indicator(29, applies=False), None, "not_applicable"),
        ("strong", "initial", indicator(29, applies=False), None, "not_applicable"),
        # What does not apply is said before what is major only.
        (
            "minor",
            "initial",
            indicator(29, "major_only", applies=False),
            None,
            "not_applicable",
        ),
        ("minor", "initial", UNSETTLED, None, None),
        ("minor", "surveillance", None, "display", "display_is_major"),
        ("major", "surveillance", None, "display", None),
        ("remark", "surveillance", None, "display", None),
        ("minor", "renewal", None, "display", None),
        ("minor", "surveillance", None, "logo", None),
        ("minor", "initial", None, "other", None),
        ("minor", "initial", None, None, "no_subject"),
        ("major", "initial", indicator(1), "logo", "two_subjects"),
    ],
)
def test_check_finding(gravity, kind, about, requirement, refusal):
    found = check_finding(gravity, kind, about, requirement)
    code = "indicator_not_applicable" if refusal == "not_applicable" else refusal
    assert (found.code if found else None) == code


def test_the_refusal_names_the_indicator():
    found = check_finding("minor", "initial", indicator(22, "major_only"))
    assert found.render() == (
        "A non-conformity with indicator 22 is always major: choose major, or a remark"
        " if the indicator is met."
    )
    assert found.source.certainty == "C"


def test_every_major_only_indicator_refuses_a_minor(frameworks, facts):
    everything = CategoryProfile(
        "CFA", certifying=True, over_two_days=True, subcontracting_given=True
    )
    refused = {
        rule.number
        for rule, guide in frameworks["rnq-2026"]
        if check_finding("minor", "initial", assess([everything], rule, guide))
    }
    assert refused == set(facts["rules"]["major_only"])


@pytest.mark.parametrize(
    ("notified", "code"),
    [
        (date(2026, 3, 11), "notified_before_audit"),
        (date(2026, 3, 12), None),
        (date(2026, 4, 1), None),
    ],
)
def test_notified_before_the_audit(notified, code):
    found = check_notification(notified, AUDIT)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("gravity", "lifted", "evidence", "code"),
    [
        ("minor", date(2026, 3, 12), True, None),
        ("major", date(2026, 6, 1), True, None),
        ("major", date(2026, 6, 1), False, "lifted_without_evidence"),
        ("major", date(2026, 3, 11), True, "lifted_before_audit"),
        # The wrong day first: evidence would not help.
        ("major", date(2026, 3, 11), False, "lifted_before_audit"),
        ("remark", date(2026, 6, 1), True, "nothing_to_lift"),
        ("strong", date(2026, 6, 1), True, "nothing_to_lift"),
    ],
)
def test_check_lifting(gravity, lifted, evidence, code):
    finding = Finding(key="1", gravity=gravity)
    found = check_lifting(finding, lifted, AUDIT, evidence)
    assert (found.code if found else None) == code
    if found:
        assert "%(" not in found.render()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_finding_counts_as(kind):
    at_surveillance = "major" if kind == "surveillance" else "minor"
    assert Finding(key="1", gravity="minor").counts_as(kind) == "minor"
    carried = Finding(key="1", gravity="minor", carried_over=True)
    assert carried.counts_as(kind) == "major"
    hidden = Finding(key="1", gravity="minor", requirement="display")
    assert hidden.counts_as(kind) == at_surveillance
    assert Finding(key="1", gravity="remark", carried_over=True).counts_as(kind) == (
        "remark"
    )


def test_lifted_from_its_day_on():
    finding = Finding(key="1", gravity="major", lifted_on=date(2026, 6, 16))
    assert not finding.lifted(date(2026, 6, 15))
    assert finding.lifted(date(2026, 6, 16))
    assert not Finding(key="1", gravity="major").lifted(date.max)


def test_a_finding_is_called_by_its_name():
    assert Finding(key="7", gravity="minor").name == "7"
    assert Finding(key="7", gravity="minor", name="indicator 7").name == "indicator 7"


def test_unknown_gravity():
    with pytest.raises(ValueError, match="Unknown gravity: 'huge'"):
        Finding(key="1", gravity="huge")


def test_every_refusal_is_reached_above():
    assert set(FINDING_REFUSALS) == {
        "no_subject",
        "two_subjects",
        "indicator_not_applicable",
        "major_only",
        "display_is_major",
        "notified_before_audit",
        "lifted_before_audit",
        "lifted_without_evidence",
        "nothing_to_lift",
    }
    assert len(AUDIT_KINDS) == 7
