"""What the file of a firm, and a contract with it, still lack."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from rules.subcontractor_file import (
    CPF_CONTRACTS_FROM,
    TRACEABLE_FROM,
    ContractFacts,
    FirmFacts,
    missing_in_contract,
    missing_in_firm,
    renewals,
)

DAY = date(2026, 11, 23)
FIRM = FirmFacts(
    nda=True,
    nda_checked=True,
    insurance_until=date(2027, 6, 30),
    charter=True,
    assessed_on=date(2026, 5, 1),
    assessment_months=12,
    people=True,
    contract=True,
)
CPF_FIRM = replace(FIRM, cpf=True, certificate_until=date(2028, 1, 1))
CONTRACT = ContractFacts(
    given=True, concluded_on=DAY, tasks=True, indicators=True, clause=True
)
MENTIONS = (
    "content",
    "sanction",
    "means",
    "conditions",
    "follow_up",
    "hours",
    "period",
    "amount",
)
CPF_CONTRACT = replace(CONTRACT, cpf=True, nda=True, **dict.fromkeys(MENTIONS, True))


def firm(day=DAY, **facts):
    return [item.code for item in missing_in_firm(replace(FIRM, **facts), day)]


def contract(facts):
    return {item.code: item for item in missing_in_contract(facts)}


def test_complete_files_lack_nothing():
    for facts in (FIRM, CPF_FIRM):
        assert missing_in_firm(facts, DAY) == ()
    for facts in (CONTRACT, CPF_CONTRACT, replace(CPF_CONTRACT, sent=True)):
        assert missing_in_contract(facts) == ()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"contract": False}, "contract"),
        ({"nda": False}, "nda"),
        ({"nda_checked": False}, "nda_check"),
        ({"insurance_until": None}, "insurance"),
        ({"insurance_until": DAY - timedelta(days=1)}, "insurance_old"),
        ({"charter": False}, "charter"),
        ({"assessed_on": None}, "assessment"),
        ({"assessed_on": date(2025, 11, 23)}, "assessment_old"),
        ({"people": False}, "people"),
    ],
)
def test_each_piece_of_a_firm(facts, code):
    assert firm(**facts) == [code]


def test_last_day_of_validity_counts():
    assert firm(insurance_until=DAY) == []
    assert firm(assessed_on=date(2025, 11, 24)) == []
    held = replace(CPF_FIRM, certificate_until=DAY)
    assert missing_in_firm(held, DAY) == ()
    [item] = missing_in_firm(held, DAY + timedelta(days=1))
    assert (item.code, item.severity) == ("certificate_old", "compulsory")


def test_an_assessment_may_last_for_ever():
    assert firm(assessed_on=date(2000, 1, 1), assessment_months=0) == []


def test_the_declaration_is_compulsory_under_the_cpf_only():
    [advised] = missing_in_firm(replace(FIRM, nda=False), DAY)
    [wanted] = missing_in_firm(replace(CPF_FIRM, nda=False), DAY)
    assert (advised.severity, wanted.severity) == ("advised", "compulsory")
    assert wanted.source == "L. 6323-9-2"


def test_own_certificate_only_under_the_cpf():
    assert firm(cpf=False, certificate_until=None) == []
    assert firm(cpf=True, certificate_until=None) == ["certificate"]
    assert firm(cpf=True, certificate_until=None, exempt=True) == []
    assert firm(cpf=True, certificate_until=None, kind="umbrella") == []


def test_umbrella_employment_is_advised_its_declaration():
    [item] = missing_in_firm(replace(CPF_FIRM, kind="umbrella", nda=False), DAY)
    assert item.severity == "advised"


def test_renewals():
    assert renewals(FIRM) == {
        "insurance": date(2027, 6, 30),
        "assessment": date(2027, 5, 1),
    }
    assert renewals(CPF_FIRM)["certificate"] == date(2028, 1, 1)
    assert "certificate" not in renewals(replace(CPF_FIRM, exempt=True))
    assert renewals(FirmFacts()) == {}


@pytest.mark.parametrize("code", MENTIONS)
def test_each_mention_of_a_cpf_contract(code):
    [item] = missing_in_contract(replace(CPF_CONTRACT, **{code: False}))
    assert (item.code, item.source) == (code, "R. 6333-6-2")
    assert item.severity == "compulsory" and item.blocks
    # and none of it elsewhere
    assert missing_in_contract(replace(CPF_CONTRACT, cpf=False, **{code: False})) == ()


def test_mentions_are_facts_of_a_contract():
    assert set(MENTIONS) <= {each.name for each in fields(ContractFacts)}


def test_a_contract_without_tasks_blocks_under_the_cpf_only():
    [elsewhere] = missing_in_contract(replace(CONTRACT, tasks=False))
    [cpf] = missing_in_contract(replace(CPF_CONTRACT, tasks=False))
    assert (elsewhere.code, elsewhere.blocks) == ("tasks", False)
    assert (cpf.code, cpf.blocks) == ("tasks", True)


def test_the_declaration_blocks_a_cpf_contract():
    assert contract(replace(CPF_CONTRACT, nda=False))["nda"].blocks
    assert contract(replace(CONTRACT, nda=False)) == {}


def test_contracts_before_the_decree_on_cpf_contracts():
    old = replace(
        CPF_CONTRACT,
        concluded_on=CPF_CONTRACTS_FROM - timedelta(days=1),
        tasks=False,
        content=False,
    )
    assert not contract(old)["tasks"].blocks
    assert "content" not in contract(old)
    assert "content" in contract(replace(old, concluded_on=CPF_CONTRACTS_FROM))


def test_what_was_received_is_the_principals_paper():
    received = replace(
        CPF_CONTRACT, given=False, content=False, clause=False, tasks=False, signed=True
    )
    found = contract(received)
    assert found["tasks"].blocks and not found["content"].blocks
    assert not found.keys() & {"clause", "sent"}


def test_a_cpf_contract_is_sent_once_signed():
    assert "sent" not in contract(CPF_CONTRACT)
    signed = replace(CPF_CONTRACT, signed=True)
    assert contract(signed)["sent"].severity == "compulsory"
    assert contract(replace(signed, sent=True)) == {}
    assert contract(replace(CONTRACT, signed=True)) == {}


def test_traceability_is_compulsory_since_november_2026():
    silent = replace(CONTRACT, clause=False)
    assert contract(silent)["clause"].severity == "compulsory"
    running = replace(silent, ends_on=TRACEABLE_FROM)
    assert contract(running)["clause"].severity == "compulsory"
    over = replace(silent, ends_on=TRACEABLE_FROM - timedelta(days=1))
    assert contract(over)["clause"].severity == "advised"


def test_the_cpf_says_nothing_of_umbrella_contracts():
    bare = ContractFacts(
        given=True, concluded_on=DAY, cpf=True, kind="umbrella", tasks=True, signed=True
    )
    assert contract(bare).keys() == {"indicators", "clause"}
