"""What keeps a cycle out of a stage, or warns on entering it."""

from dataclasses import replace
from datetime import date

import pytest
from rules.audit_settings import AuditSettings
from rules.cycle import (
    CYCLE_PHRASES,
    PIECES,
    Certificate,
    CycleFacts,
    todo,
    unmet,
)
from rules.cycle_conditions import CONDITIONS

DAY = date(2026, 3, 1)
# A company on the eve of its initial audit, with nothing missing.
READY = CycleFacts(
    nda_number="11755555555",
    categories=("AFC", "BC"),
    delivered=frozenset({"AFC", "BC"}),
    pieces=frozenset(PIECES) - {"nda", "categories"},
    sites=("Lyon", "Paris"),
    self_assessed_on=date(2025, 12, 1),
    certifier="One",
    contract_signed_on=date(2026, 1, 5),
    sworn_on=date(2026, 1, 5),
    audit_on=date(2026, 3, 12),
)
# The same, certified from 12 March 2026 to 11 March 2029.
CERTIFIED = replace(
    READY,
    audit_closed_on=date(2026, 3, 12),
    certificate_number="C-1",
    first_day=date(2026, 3, 12),
    last_day=date(2029, 3, 11),
    displayed_at=frozenset({"Lyon", "Paris"}),
)
FREE = AuditSettings(action_per_category=False, sworn_statement=False)


def codes(found):
    return [each.code for each in found]


# Stage, what is changed in a company that may enter, day -> what keeps it out or warns.
UNMET = {
    "certifier chosen at once": (
        "certifier_choice", READY, {"self_assessed_on": None}, DAY, ["self_assessed"]
    ),
    "self-assessment planned": (
        "certifier_choice", READY, {"self_assessed_on": date(2026, 3, 2)}, DAY,
        ["self_assessed"],
    ),
    "application": ("application", READY, {}, DAY, []),
    "no certifier": (
        "application", READY, {"certifier": ""}, DAY, ["certifier_named"]
    ),
    "no category": (
        "application", READY, {"categories": ()}, DAY, ["categories_stated"]
    ),
    # Order of 6 June 2019, art. 1: a number, or a filing under three months old.
    "no declaration": ("application", READY, {"nda_number": ""}, DAY, ["nda_ready"]),
    "declaration filed": (
        "application", READY,
        {"nda_number": "", "nda_filed_on": date(2025, 12, 2)}, DAY, [],
    ),
    "declaration filed three months ago": (
        "application", READY,
        {"nda_number": "", "nda_filed_on": date(2025, 12, 1)}, DAY, ["nda_ready"],
    ),
    "declaration to be filed": (
        "application", READY,
        {"nda_number": "", "nda_filed_on": date(2026, 3, 2)}, DAY, ["nda_ready"],
    ),
    # Art. 8.
    "refused three months ago": (
        "application", READY, {"refused_on": date(2025, 12, 1)}, DAY, []
    ),
    "refused lately": (
        "application", READY, {"refused_on": date(2025, 12, 2)}, DAY, ["request_open"]
    ),
    "withdrawn lately": (
        "application", READY, {"withdrawn_on": date(2026, 2, 1)}, DAY,
        ["request_open"],
    ),
    "contract elsewhere": (
        "application", READY, {"contracted_elsewhere": frozenset({"BC", "CFA"})}, DAY,
        ["not_under_contract"],
    ),
    "contract elsewhere for others": (
        "application", READY, {"contracted_elsewhere": frozenset({"CFA"})}, DAY, []
    ),
    "initial audit": ("initial_audit", READY, {}, DAY, []),
    "no contract": (
        "initial_audit", READY, {"contract_signed_on": None}, DAY, ["contract_signed"]
    ),
    "a piece is missing": (
        "initial_audit", READY, {"pieces": READY.pieces - {"last_bpf"}}, DAY,
        ["pieces_collected"],
    ),
    "no action delivered in one category": (
        "initial_audit", READY, {"delivered": frozenset({"AFC"})}, DAY,
        ["action_per_category"],
    ),
    "no statement on honour": (
        "initial_audit", READY, {"sworn_on": None}, DAY, ["sworn_statement"]
    ),
    "no day": ("initial_audit", READY, {"audit_on": None}, DAY, ["audit_planned"]),
    # A cycle that renews: 11 April 2026 + 3 months + 1 month is 11 August.
    "renewing, audit in time": (
        "initial_audit", READY,
        {"renewal_of_last_day": date(2026, 8, 11), "audit_on": date(2026, 4, 11)}, DAY,
        [],
    ),
    "renewing, audit too late": (
        "initial_audit", READY,
        {"renewal_of_last_day": date(2026, 8, 11), "audit_on": date(2026, 4, 12)}, DAY,
        ["audit_leaves_time"],
    ),
    "declaration filed today": (
        "application", READY, {"nda_number": "", "nda_filed_on": DAY}, DAY, []
    ),
    "corrections": (
        "corrections", CERTIFIED, {"open_minors": 1}, date(2026, 3, 13), []
    ),
    "corrections on the day of the audit": (
        "corrections", CERTIFIED, {"open_minors": 1, "open_majors": 1},
        date(2026, 3, 12), [],
    ),
    "nothing to correct": (
        "corrections", CERTIFIED, {}, date(2026, 3, 13), ["nonconformity_open"]
    ),
    "audit not closed": (
        "corrections", CERTIFIED, {"open_majors": 1, "audit_closed_on": None},
        date(2026, 3, 13), ["audit_closed"],
    ),
    "certified": ("certified", CERTIFIED, {}, date(2026, 3, 13), []),
    "certified with minors": (
        "certified", CERTIFIED, {"open_minors": 4}, date(2026, 3, 13), []
    ),
    # Five minors not lifted at the decision count as one major: warned about only, as
    # no official text was seen.
    "certified with five minors": (
        "certified", CERTIFIED, {"open_minors": 5}, date(2026, 3, 13), ["few_minors"]
    ),
    "certified with a major": (
        "certified", CERTIFIED, {"open_majors": 1}, date(2026, 3, 13),
        ["no_open_major"],
    ),
    "certified without a number": (
        "certified", CERTIFIED, {"certificate_number": ""}, date(2026, 3, 13),
        ["certificate_recorded"],
    ),
    "certified without an end": (
        "certified", CERTIFIED, {"last_day": None}, date(2026, 3, 13),
        ["certificate_recorded"],
    ),
    "ends before it starts": (
        "certified", CERTIFIED, {"last_day": date(2026, 3, 11)}, date(2026, 3, 13),
        ["certificate_days"],
    ),
    "overlaps another": (
        "certified", CERTIFIED,
        {
            "others": (
                Certificate(
                    "old", frozenset({"BC"}), date(2023, 4, 1), date(2026, 3, 31)
                ),
            )
        },
        date(2026, 3, 13), ["no_overlap"],
    ),
    "surveillance": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2028, 1, 12)},
        date(2027, 6, 1), [],
    ),
    "surveillance not planned yet": (
        "surveillance", CERTIFIED, {}, date(2027, 6, 1), []
    ),
    "surveillance after its window": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2028, 1, 13)},
        date(2027, 6, 1), ["surveillance_in_window"],
    ),
    "surveillance before its window": (
        "surveillance", CERTIFIED, {"surveillance_on": date(2027, 5, 11)},
        date(2027, 6, 1), ["surveillance_in_window"],
    ),
    "obtained earlier than it starts": (
        "surveillance", CERTIFIED,
        {"surveillance_on": date(2028, 1, 12), "obtained_on": date(2026, 3, 11)},
        date(2027, 6, 1), ["surveillance_in_window"],
    ),
    "surveillance after the end": (
        "surveillance", CERTIFIED, {}, date(2029, 3, 12), ["certificate_running"]
    ),
    "surveillance while suspended": (
        "surveillance", CERTIFIED, {"suspended_on": date(2027, 1, 1)},
        date(2027, 6, 1), ["not_suspended"],
    ),
    "surveillance after the suspension": (
        "surveillance", CERTIFIED,
        {"suspended_on": date(2027, 1, 1), "reinstated_on": date(2027, 2, 1)},
        date(2027, 6, 1), [],
    ),
    "surveillance, suspended a second time": (
        "surveillance", CERTIFIED,
        {"suspended_on": date(2027, 3, 1), "reinstated_on": date(2027, 2, 1)},
        date(2027, 6, 1), ["not_suspended"],
    ),
    "surveillance once withdrawn": (
        "surveillance", CERTIFIED, {"withdrawn_on": date(2027, 1, 1)},
        date(2027, 6, 1), ["certificate_running"],
    ),
    "surveillance, suspended today": (
        "surveillance", CERTIFIED, {"suspended_on": date(2027, 6, 1)},
        date(2027, 6, 1), ["not_suspended"],
    ),
    "surveillance, suspended and reinstated today": (
        "surveillance", CERTIFIED,
        {"suspended_on": date(2027, 6, 1), "reinstated_on": date(2027, 6, 1)},
        date(2027, 6, 1), [],
    ),
    "surveillance, withdrawn on its first day": (
        "surveillance", CERTIFIED, {"withdrawn_on": date(2026, 3, 12)},
        date(2027, 6, 1), ["certificate_running"],
    ),
    "surveillance, withdrawn today": (
        "surveillance", CERTIFIED, {"withdrawn_on": date(2027, 6, 1)},
        date(2027, 6, 1), ["certificate_running"],
    ),
    "surveillance, withdrawn from tomorrow": (
        "surveillance", CERTIFIED, {"withdrawn_on": date(2027, 6, 2)},
        date(2027, 6, 1), [],
    ),
    "an older withdrawal": (
        "surveillance", CERTIFIED, {"withdrawn_on": date(2024, 1, 1)},
        date(2027, 6, 1), [],
    ),
    "renewal": (
        "renewal", CERTIFIED, {"renewal_on": date(2028, 11, 11)}, date(2028, 4, 1), []
    ),
    "renewal without the margin": (
        "renewal", CERTIFIED, {"renewal_on": date(2028, 11, 12)}, date(2028, 4, 1),
        ["renewal_leaves_time"],
    ),
    "renewal on the first day of the third year": (
        "renewal", CERTIFIED, {"renewal_on": date(2028, 3, 12)}, date(2028, 1, 1), []
    ),
    "renewal on the last day": (
        "renewal", CERTIFIED, {"renewal_on": date(2029, 3, 11)}, date(2028, 4, 1),
        ["renewal_leaves_time"],
    ),
    "renewal before the third year": (
        "renewal", CERTIFIED, {"renewal_on": date(2028, 3, 11)}, date(2028, 1, 1),
        ["renewal_in_last_year"],
    ),
    "renewal after the end": (
        "renewal", CERTIFIED, {"renewal_on": date(2029, 3, 12)}, date(2028, 4, 1),
        ["renewal_in_last_year", "renewal_leaves_time"],
    ),
    "refused": (
        "refused", CERTIFIED, {"refused_on": date(2026, 7, 1)}, date(2026, 7, 1), []
    ),
    "refused on the day of the audit": (
        "refused", CERTIFIED, {"refused_on": date(2026, 3, 12)}, date(2026, 7, 1), []
    ),
    "refused by another, earlier": (
        "refused", CERTIFIED, {"refused_on": date(2025, 7, 1)}, date(2026, 7, 1),
        ["refused_recorded"],
    ),
    "suspended": (
        "suspended", CERTIFIED, {"suspended_on": date(2027, 7, 1)}, date(2027, 7, 1),
        [],
    ),
    "suspended from tomorrow": (
        "suspended", CERTIFIED, {"suspended_on": date(2027, 7, 2)}, date(2027, 7, 1),
        ["suspended_recorded"],
    ),
    "withdrawn": (
        "withdrawn", CERTIFIED, {"withdrawn_on": date(2027, 7, 1)}, date(2027, 7, 1),
        [],
    ),
    "withdrawn on its first day": (
        "withdrawn", CERTIFIED, {"withdrawn_on": date(2026, 3, 12)},
        date(2027, 7, 1), [],
    ),
    "withdrawn, but an older certificate": (
        "withdrawn", CERTIFIED, {"withdrawn_on": date(2025, 7, 1)}, date(2027, 7, 1),
        ["withdrawn_recorded"],
    ),
    "expired": ("expired", CERTIFIED, {}, date(2029, 3, 12), []),
    "not expired yet": (
        "expired", CERTIFIED, {}, date(2029, 3, 11), ["certificate_ended"]
    ),
    "expired after a renewal": (
        "expired", CERTIFIED,
        {"renewal_on": date(2028, 11, 11), "renewed_on": date(2029, 1, 11)},
        date(2029, 3, 12), [],
    ),
    "renewed on the last day": (
        "expired", CERTIFIED,
        {"renewal_on": date(2028, 11, 11), "renewed_on": date(2029, 3, 11)},
        date(2029, 3, 12), [],
    ),
    "renewal was running": (
        "expired", CERTIFIED, {"renewal_on": date(2029, 3, 1)}, date(2029, 3, 12),
        ["no_renewal_runs"],
    ),
    "lapsed": (
        "lapsed", CERTIFIED, {"renewal_on": date(2029, 3, 1)}, date(2029, 3, 12), []
    ),
    "lapsed, renewed too late": (
        "lapsed", CERTIFIED,
        {"renewal_on": date(2029, 3, 1), "renewed_on": date(2029, 3, 12)},
        date(2029, 3, 12), [],
    ),
    "no renewal to lapse": (
        "lapsed", CERTIFIED, {}, date(2029, 3, 12), ["renewal_runs"]
    ),
    "transferred": (
        "transferred", CERTIFIED,
        {"transferred_on": date(2027, 7, 1), "transferred_to": "Two"},
        date(2027, 7, 1), [],
    ),
    "transferred to the same certifier": (
        "transferred", CERTIFIED,
        {"transferred_on": date(2027, 7, 1), "transferred_to": "One"},
        date(2027, 7, 1), ["transfer_allowed"],
    ),
    "transfer of a suspended certificate": (
        "transferred", CERTIFIED,
        {
            "transferred_on": date(2027, 7, 1),
            "transferred_to": "Two",
            "suspended_on": date(2027, 6, 30),
        },
        date(2027, 7, 1), ["transfer_allowed"],
    ),
    "transfer of a certificate that ended": (
        "transferred", CERTIFIED,
        {"transferred_on": date(2029, 3, 12), "transferred_to": "Two"},
        date(2029, 3, 12), ["transfer_allowed"],
    ),
    "transfer of a withdrawn certificate": (
        "transferred", CERTIFIED,
        {
            "transferred_on": date(2027, 7, 1),
            "transferred_to": "Two",
            "withdrawn_on": date(2027, 6, 30),
        },
        date(2027, 7, 1), ["transfer_allowed"],
    ),
    "transfer without a day": (
        "transferred", CERTIFIED, {"transferred_to": "Two"}, date(2027, 7, 1),
        ["transferred_recorded"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNMET)
def test_unmet(name):
    stage, facts, changes, day, expected = UNMET[name]
    found = unmet(stage, replace(facts, **changes), day)
    assert codes(found) == expected
    for each in found:
        assert "%(" not in each.statement.render()
        assert each.required == CONDITIONS[each.code].required
        assert each.statement.code in CYCLE_PHRASES


def test_every_condition_is_missed_above():
    assert {code for row in UNMET.values() for code in row[-1]} == set(CONDITIONS)


def test_what_only_warns():
    warns = {code for code, each in CONDITIONS.items() if not each.required}
    assert warns == {
        "self_assessed",
        "audit_leaves_time",
        "few_minors",
        "surveillance_in_window",
        "renewal_in_last_year",
        "renewal_leaves_time",
    }


@pytest.mark.parametrize(
    ("field", "stage", "code"),
    [
        ("self_assessed_on", "certifier_choice", "self_assessed"),
        ("contract_signed_on", "initial_audit", "contract_signed"),
        ("sworn_on", "initial_audit", "sworn_statement"),
    ],
)
def test_what_is_dated_today_is_done(field, stage, code):
    assert unmet(stage, replace(READY, **{field: DAY}), DAY) == ()
    tomorrow = replace(READY, **{field: date(2026, 3, 2)})
    assert codes(unmet(stage, tomorrow, DAY)) == [code]


def test_what_keeps_out_comes_before_what_warns():
    late = replace(
        CERTIFIED, surveillance_on=date(2028, 6, 1), suspended_on=date(2027, 1, 1)
    )
    found = unmet("surveillance", late, date(2027, 6, 1))
    assert codes(found) == ["not_suspended", "surveillance_in_window"]


def test_what_the_settings_switch_off():
    bare = replace(
        READY,
        delivered=frozenset(),
        sworn_on=None,
        contracted_elsewhere=frozenset({"AFC"}),
    )
    assert codes(unmet("initial_audit", bare, DAY)) == [
        "not_under_contract",
        "action_per_category",
        "sworn_statement",
    ]
    assert unmet("initial_audit", bare, DAY, FREE) == ()
    assert codes(todo("application", bare, DAY)) == ["swear", "deliver"]
    assert todo("application", bare, DAY, FREE) == ()
