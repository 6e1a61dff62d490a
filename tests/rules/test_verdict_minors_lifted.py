"""Minor non-conformities that are lifted after the decision.

They did not stand in its way (order of 6 June 2019, art. 5): once lifted, nothing is
left to do about them.
"""

from datetime import date

from rules.verdict import AuditCase, Finding, verdict

CLOSED = date(2025, 5, 7)
DECIDED = date(2025, 7, 23)
LIFTED = date(2025, 9, 1)


def _minor(number, **vals):
    return Finding(
        key=str(number),
        gravity="minor",
        indicator=number,
        notified_on=date(2025, 5, 15),
        plan_sent=True,
        **vals,
    )


def _found(day, *findings):
    case = AuditCase(
        kind="initial", closed_on=CLOSED, decided_on=DECIDED, findings=findings
    )
    return verdict(case, day)


def _about(rows, code):
    return [
        name
        for row in rows
        if row.code == code
        for name in getattr(row, "statement", row).values["findings"]
    ]


def test_until_it_is_lifted():
    found = _found(date(2025, 8, 31), _minor(2), _minor(9, lifted_on=LIFTED))
    assert _about(found.reasons, "minors_do_not_block") == ["2", "9"]
    assert _about(found.next_steps, "apply_minor") == ["2", "9"]
    assert not _about(found.reasons, "lifted_since")


def test_from_the_day_it_is_lifted():
    found = _found(LIFTED, _minor(2), _minor(9, lifted_on=LIFTED))
    assert found.outcome == "granted"
    assert _about(found.reasons, "minors_do_not_block") == ["2"]
    assert _about(found.reasons, "lifted_since") == ["9"]
    assert _about(found.next_steps, "apply_minor") == ["2"]


def test_all_of_them_lifted():
    found = _found(LIFTED, _minor(9, lifted_on=LIFTED))
    assert [each.code for each in found.reasons] == ["lifted_since"]
    assert not _about(found.next_steps, "apply_minor")


def test_those_that_weighed_in_the_decision_still_say_so():
    """Five open at the decision: lifting one later does not undo the refusal."""
    numbers = (1, 2, 8, 9, 18)
    found = _found(LIFTED, *(_minor(number, lifted_on=LIFTED) for number in numbers))
    assert found.outcome == "refused"
    [counted] = [each for each in found.reasons if each.code == "minors_count_as_major"]
    assert counted.values["count"] == len(numbers)
