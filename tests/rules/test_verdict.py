"""From findings to the outcome: a table of cases.

Unless said otherwise the audit closes on 12 March 2026 and its non-conformities are
notified on 16 March: majors are corrected by 16 June and checked by 16 July, minors are
applied by 16 September (order of 6 June 2019, art. 5). A day without a year is one of
2026.

Each case: what was found | days and settings | day of the question | outcome | what it
is enough to lift. Found: M major, m minor, c minor of the audit before, D certificate
not displayed (d: written as minor, x: as a remark), R remark, S strong point; with the
number of the indicator after #, the day of notification after @ and that of lifting
after +. In brackets the kind of audit, and what it stands for.
"""

import re
from datetime import date

import pytest
from rules.audit_settings import AuditSettings
from rules.verdict import OUTCOMES, AuditCase, Finding, verdict

CLOSED = date(2026, 3, 12)
TABLE = """
[initial]
nothing found, not decided:
    - | - | 03-12 | awaiting_decision | -
nothing found, decided:
    - | decided=03-30 | 03-30 | granted | -
decision planned for tomorrow:
    - | decided=03-31 | 03-30 | awaiting_decision | -
strong points and remarks weigh nothing:
    R S | decided=03-30 | 04-01 | granted | -
# Art. 5: a minor one does not stand in the way, whether applied or not.
one minor:
    m1 | - | 03-20 | awaiting_decision | -
one minor, decided:
    m1 | decided=04-01 | 04-01 | granted | -
one minor, its six months over:
    m1 | decided=04-01 | 10-01 | granted | -
# Art. 5: a major one is lifted before any decision.
one major:
    M1 | - | 03-20 | corrections | M1
one major, past its three months, within the month of the check:
    M1 | - | 06-17 | corrections | M1
one major, last day of the check:
    M1 | - | 07-16 | corrections | M1
one major, the day after:
    M1 | - | 07-17 | refused | -
one major, lifted on the day of the audit:
    M1+03-12 | - | 03-12 | awaiting_decision | -
one major, lifted within three months:
    M1+06-16 | - | 06-20 | awaiting_decision | -
one major, to be lifted tomorrow:
    M1+06-21 | - | 06-20 | corrections | M1
one major, lifted on the last day of the check:
    M1+07-16 | decided=07-20 | 07-20 | granted | -
one major, lifted a day late:
    M1+07-17 | - | 07-17 | refused | -
one major, lifted late, decided after:
    M1+07-17 | decided=07-20 | 07-20 | refused | -
one major, decided with it open:
    M1 | decided=05-01 | 05-02 | refused | -
one major, decided today:
    M1 | decided=05-01 | 05-01 | refused | M1
one major, lifted after the decision:
    M1+05-02 | decided=05-01 | 05-03 | refused | -
not notified: its delays do not run:
    M1@? | - | 2027-03-12 | corrections | M1
notified later: its delays run from then:
    M1@04-30 | - | 08-30 | corrections | M1
notified later, delays over:
    M1@04-30 | - | 08-31 | refused | -
two majors, one lifted:
    M1+05-01 M2 | - | 05-02 | corrections | M2
two majors, both to lift:
    M2#4 M1#32 | - | 05-02 | corrections | M2 M1
two majors, the first notified is named first:
    M1@04-01 M2 | - | 05-02 | corrections | M2 M1
two majors, one missed:
    M1 M2@06-01 | - | 07-17 | refused | -
one major and two minors:
    M1 m1..2 | - | 03-20 | corrections | M1
the same, major lifted, decided:
    M1+06-01 m1..2 | decided=06-10 | 06-10 | granted | -
# monof.pro: five minors not lifted at the decision are one major.
four minors:
    m1..4 | - | 03-20 | awaiting_decision | -
four minors, decided:
    m1..4 | decided=04-01 | 04-01 | granted | -
five minors:
    m1..5 | - | 03-20 | corrections | m1
five minors, one lifted:
    m1..4 m5+03-19 | - | 03-20 | awaiting_decision | -
seven minors: three to lift:
    m1..7 | - | 03-20 | corrections | m1 m2 m3
five minors: the one notified first is lifted first:
    m1..4 m5@03-15 | - | 03-20 | corrections | m5
five minors notified alike: the lowest indicator first:
    m1..4 m5#1 | - | 03-20 | corrections | m5
five minors, decided:
    m1..5 | decided=04-01 | 04-02 | refused | -
five minors, no decision for a year: no text ends the wait:
    m1..5 | - | 2027-03-20 | corrections | m1
five minors, rule switched off:
    m1..5 | decided=04-01 minors_for_major=0 | 04-02 | granted | -
six minors, limit of seven:
    m1..6 | decided=04-01 minors_for_major=7 | 04-02 | granted | -
seven minors, limit of seven:
    m1..7 | decided=04-02 minors_for_major=7 | 04-02 | refused | m1
five minors and a major:
    m1..5 M1 | - | 03-20 | corrections | M1 m1
# Art. 2: the display is looked at by the surveillance audit.
display written as minor at an initial audit:
    d | decided=04-01 | 04-01 | granted | -
an earlier certificate does not matter to an initial audit:
    - | decided=04-01 last=03-31 | 04-01 | granted | -
[surveillance]
surveillance, nothing found:
    - | decided=03-30 | 03-30 | maintained | -
surveillance, one minor:
    m1 | decided=03-30 | 03-30 | maintained | -
# Art. 5: a minor one not lifted at the next audit is major.
surveillance, minor of the initial audit not lifted:
    c1 | - | 03-20 | corrections | c1
surveillance, the same lifted on the day:
    c1+03-12 | decided=03-30 | 03-30 | maintained | -
surveillance, requalified and not lifted in time:
    c1 | - | 07-17 | suspended | c1
# Art. 2: a certificate that is not displayed is major.
surveillance, certificate not displayed:
    D | - | 03-20 | corrections | D
surveillance, the same written as minor:
    d | - | 03-20 | corrections | d
surveillance, displayed on the spot:
    D+03-12 | decided=03-30 | 03-30 | maintained | -
surveillance, display remarked upon:
    x | decided=03-30 | 03-30 | maintained | -
surveillance, major within its delays:
    M1 | - | 07-16 | corrections | M1
surveillance, major not lifted in time:
    M1 | - | 07-17 | suspended | M1
surveillance, the same a year later: no suspension was recorded:
    M1 | - | 2027-07-17 | suspended | M1
surveillance, lifted late, before any suspension was recorded:
    M1+07-20 | - | 07-20 | awaiting_reinstatement | -
surveillance, lifted late, then decided:
    M1+07-20 | decided=07-22 | 07-22 | maintained | -
surveillance, decided with a major open:
    M1 | decided=05-01 | 05-10 | suspended | M1
surveillance, decided today with a major open:
    M1 | decided=05-01 | 05-01 | suspended | M1
surveillance, five minors at the decision:
    m1..5 | decided=05-01 | 05-10 | suspended | m1
# certif-icpf.org: three months after the suspension, withdrawal.
suspended, last day:
    M1 | suspended=07-20 | 10-20 | suspended | M1
suspended, the day after:
    M1 | suspended=07-20 | 10-21 | withdrawn | -
suspended by the decision, three months over:
    M1 | decided=05-01 | 08-02 | withdrawn | -
suspended, six months by the settings:
    M1 | suspended=07-20 suspension_months=6 | 10-21 | suspended | M1
suspended, prolonged by the certifier:
    M1 | suspended=07-20 until=2027-01-20 | 10-21 | suspended | M1
suspended, lifted on the last day:
    M1+10-20 | suspended=07-20 | 12-01 | awaiting_reinstatement | -
suspended, lifted a day late:
    M1+10-21 | suspended=07-20 | 12-01 | withdrawn | -
suspended, one of two lifted:
    M1+08-01 M2 | suspended=07-20 | 08-02 | suspended | M2
suspended, lifted, suspension ended:
    M1+08-01 | suspended=07-20 reinstated=08-10 | 08-10 | maintained | -
suspended, its end planned for tomorrow:
    M1+08-01 | suspended=07-20 reinstated=08-11 | 08-10 | awaiting_reinstatement | -
suspended, end recorded with a major open:
    M1 | suspended=07-20 reinstated=08-10 | 08-11 | suspended | M1
suspended, lifted a day late and the suspension ended:
    M1+10-21 | suspended=07-20 reinstated=11-02 | 12-01 | withdrawn | -
suspended, lifted on the last day and the suspension ended after it:
    M1+10-20 | suspended=07-20 reinstated=11-02 | 12-01 | maintained | -
suspended for another cause:
    - | suspended=07-20 | 07-20 | awaiting_reinstatement | -
withdrawn by the certifier:
    - | withdrawn=07-20 | 07-20 | withdrawn | -
withdrawal planned for tomorrow:
    - | decided=03-30 withdrawn=07-20 | 07-19 | maintained | -
surveillance undecided when the certificate ends:
    - | last=12-31 | 2027-01-01 | lapsed | -
maintained, and the certificate ended since:
    - | decided=03-30 last=12-31 | 2027-01-01 | maintained | -
suspended when the certificate ends:
    M1 | suspended=12-01 last=12-31 | 2027-01-01 | lapsed | -
withdrawn before the certificate ends:
    M1 | suspended=07-20 last=12-31 | 2027-01-01 | withdrawn | -
[renewal]
renewal, nothing found:
    - | decided=04-01 last=10-31 | 04-01 | renewed | -
renewal, major within its delays:
    M1 | last=10-31 | 07-16 | corrections | M1
# Art. 5: not issued; only the initial audit is said to end in a refusal.
renewal, major not lifted in time:
    M1 | last=10-31 | 07-17 | not_renewed | -
renewal, decided with a major open:
    M1 | decided=05-01 last=10-31 | 05-01 | not_renewed | M1
renewal, minor of the surveillance audit not lifted:
    c1 | last=10-31 | 05-01 | corrections | c1
renewal, display written as minor:
    d | last=10-31 | 05-01 | awaiting_decision | -
# Ministry's questions and answers, 6.2: else the certificate lapses.
renewal undecided on the last day:
    - | last=03-31 | 03-31 | awaiting_decision | -
renewal undecided the day after:
    - | last=03-31 | 04-01 | lapsed | -
renewal decided on the last day:
    - | decided=03-31 last=03-31 | 04-10 | renewed | -
renewal decided the day after:
    - | decided=04-01 last=03-31 | 04-10 | lapsed | -
renewal, corrections running when the certificate ends:
    M1 | last=04-30 | 05-01 | lapsed | -
renewal refused before the certificate ends:
    M1 | decided=04-15 last=04-30 | 05-01 | not_renewed | -
renewal, end of the certificate unknown:
    - | decided=04-01 | 04-01 | renewed | -
[extension]
extension, nothing found:
    - | decided=04-01 last=2027-10-31 | 04-01 | extended | -
extension, major not lifted in time:
    M1 | last=2027-10-31 | 07-17 | not_extended | -
extension undecided when the certificate ends:
    - | last=03-31 | 04-01 | lapsed | -
[follow_up initial]
follow-up of an initial audit, lifted:
    M1+06-10 | closed=06-10 decided=06-20 | 06-20 | granted | -
follow-up of an initial audit, not lifted:
    M1 | closed=06-10 decided=06-20 | 06-21 | refused | -
[follow_up surveillance]
follow-up of a surveillance audit, not lifted in time:
    M1 | closed=07-10 | 07-17 | suspended | M1
[follow_up renewal]
follow-up of a renewal audit, lifted:
    M1+07-10 | closed=07-10 decided=07-12 last=10-31 | 07-12 | renewed | -
[mock initial]
mock initial audit, nothing found:
    - | - | 03-12 | granted | -
mock initial audit, one major:
    M1@? | - | 03-12 | corrections | M1
mock audit asked about a year later: nobody notified anything:
    M1 | - | 2027-03-12 | corrections | M1
mock initial audit, four minors:
    m1..4 | - | 03-12 | granted | -
mock initial audit, six minors:
    m1..6 | - | 03-12 | corrections | m1 m2
[internal surveillance]
internal audit for the surveillance, certificate not displayed:
    d | last=2028-03-11 | 03-12 | corrections | d
internal audit for the surveillance, lifted since:
    M1+03-20 | last=2028-03-11 | 03-20 | maintained | -
[internal renewal]
internal audit for the renewal, certificate ended:
    - | last=03-01 | 03-12 | lapsed | -
"""
DAYS = {
    "decided": "decided_on",
    "last": "certificate_last_day",
    "suspended": "suspended_on",
    "until": "suspension_ends_on",
    "reinstated": "reinstated_on",
    "withdrawn": "withdrawn_on",
    "closed": "closed_on",
}
LETTERS = {
    "M": {"gravity": "major", "indicator": 22},
    "m": {"gravity": "minor", "indicator": 9},
    "c": {"gravity": "minor", "indicator": 9, "carried_over": True},
    "D": {"gravity": "major", "requirement": "display"},
    "d": {"gravity": "minor", "requirement": "display"},
    "x": {"gravity": "remark", "requirement": "display"},
    "R": {"gravity": "remark", "indicator": 1},
    "S": {"gravity": "strong", "indicator": 2},
}


def d(text):
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def words(text):
    return () if text == "-" else tuple(text.split())


def finding(text):
    letter, *parts = re.split(r"(?=[#@+])", text)
    values = {"key": letter, "notified_on": d("03-16")} | LETTERS[letter[0]]
    for part in parts:
        if part[0] == "#":
            values["indicator"] = int(part[1:])
        elif part[0] == "@":
            values["notified_on"] = None if part == "@?" else d(part[1:])
        else:
            values["lifted_on"] = d(part[1:])
    return Finding(**values)


def findings(text):
    found = []
    for each in words(text):
        first, dots, last = each.partition("..")
        last = int(last) if dots else 1
        found += [f"m{n}" for n in range(1, last + 1)] if dots else [first]
    return tuple(finding(each) for each in found)


def pairs(text):
    return [each.split("=") for each in words(text)]


def case(kind, found, days):
    kind, _space, stands_for = kind.partition(" ")
    known = {DAYS[key]: d(value) for key, value in pairs(days) if key in DAYS}
    return AuditCase(
        kind=kind,
        stands_for=stands_for or None,
        findings=findings(found),
        **({"closed_on": CLOSED} | known),
    )


def rows():
    """:return: name of each case -> kind of audit and columns"""
    kind, name, read = "", "", {}
    for line in TABLE.strip().splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line.startswith("    "):
            assert name not in read, name
            read[name] = (kind, *(column.strip() for column in line.split("|")))
        elif not line.startswith("#"):
            name = line.removesuffix(":")
    return read


CASES = rows()


@pytest.mark.parametrize("name", CASES)
def test_verdict(name):
    kind, found, days, day, outcome, lifting = CASES[name]
    audit = case(kind, found, days)
    settings = {key: int(value) for key, value in pairs(days) if key not in DAYS}
    result = verdict(audit, d(day), AuditSettings(**settings))
    if audit.rehearsal:
        assert (result.outcome, result.would_be) == ("rehearsal", outcome)
    else:
        assert (result.outcome, result.would_be) == (outcome, None)
    assert result.smallest_lifting.keys == words(lifting)
    assert result.smallest_lifting.before == outcome


def test_the_table_reaches_every_outcome():
    assert len(CASES) > 100
    assert {row[4] for row in CASES.values()} | {"rehearsal"} == set(OUTCOMES)
