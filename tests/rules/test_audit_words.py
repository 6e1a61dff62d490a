"""Sentences about audits: stored by code, each with its source; and the settings."""

import ast
import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from rules import audit_words
from rules.audit_calendar import DEADLINES
from rules.audit_findings import AUDIT_KINDS, FINDING_REFUSALS
from rules.audit_scope import SCOPE_REASONS
from rules.audit_settings import DEFAULTS, PARAMETERS, AuditSettings
from rules.audit_words import SOURCES, Phrase, Statement, statement
from rules.cycle import ACTIVITIES, CYCLE_PHRASES, PIECES, STAGES
from rules.declarations import DECLARATION_PHRASES
from rules.verdict import OUTCOMES, VERDICT_PHRASES

BOOKS = {
    "deadlines": DEADLINES,
    "findings": FINDING_REFUSALS,
    "scope": SCOPE_REASONS,
    "verdict": VERDICT_PHRASES,
    "cycle": CYCLE_PHRASES,
    "declarations": DECLARATION_PHRASES,
}
EVERY = [
    pytest.param(phrase, id=f"{name}-{code}")
    for name, book in BOOKS.items()
    for code, phrase in book.items()
]
LABELS = [
    *AUDIT_KINDS.values(),
    *OUTCOMES.values(),
    *PIECES.values(),
    *(each.label for each in STAGES.values()),
    *(each.label for each in ACTIVITIES),
    *(each.label for each in PARAMETERS),
    *(each.text for each in SOURCES.values()),
]
# Kept in closed audits. Add to this list; take nothing away.
STORED = {
    "scope.applicability_unsettled": "",
    "scope.audited_as_new_entrant": "categories",
    "scope.display_checked": "",
    "scope.every_applicable": "",
    "scope.every_applicable_rehearsal": "",
    "scope.former_corrections": "",
    "scope.former_nonconformity": "",
    "scope.logo_checked": "",
    "scope.new_category": "categories",
    "scope.no_longer_applies": "",
    "scope.no_open_nonconformity": "",
    "scope.not_applicable": "",
    "scope.not_in_minimum": "",
    "scope.not_yet_checked": "",
    "scope.open_nonconformity": "",
    "scope.other_categories": "",
    "scope.surveillance_concerned": "",
    "scope.surveillance_minimum": "",
    "verdict.apply_minor": "day findings",
    "verdict.ask_reinstatement": "",
    "verdict.await_decision": "",
    "verdict.await_notification": "findings",
    "verdict.certificate_ended": "day",
    "verdict.check_major": "day findings",
    "verdict.correct_before_audit": "findings",
    "verdict.correct_major": "day findings",
    "verdict.decided_after_end": "day",
    "verdict.decision_before_end": "day",
    "verdict.display": "",
    "verdict.display_is_major": "findings",
    "verdict.extension_keeps_end": "day",
    "verdict.leaves_list": "",
    "verdict.lift_before_withdrawal": "day findings",
    "verdict.lift_for_awaiting_decision": "findings",
    "verdict.lift_for_awaiting_reinstatement": "findings",
    "verdict.lift_for_extended": "findings",
    "verdict.lift_for_granted": "findings",
    "verdict.lift_for_maintained": "findings",
    "verdict.lift_for_renewed": "findings",
    "verdict.lift_minors": "count",
    "verdict.lifted_on_the_day": "findings",
    "verdict.lifted_since": "findings",
    "verdict.lifting_changes_nothing": "",
    "verdict.major_at_decision": "day findings",
    "verdict.major_lifted_late": "day findings",
    "verdict.major_not_in_time": "day findings",
    "verdict.major_not_notified": "findings",
    "verdict.major_rehearsed": "findings months",
    "verdict.major_running": "checked corrected findings",
    "verdict.minor_requalified": "findings",
    "verdict.minors_before_withdrawal": "count day",
    "verdict.minors_count_as_major": "count limit",
    "verdict.minors_do_not_block": "findings",
    "verdict.new_request": "day",
    "verdict.new_request_if_refused": "months",
    "verdict.new_request_undated": "months",
    "verdict.no_nonconformity": "",
    "verdict.nothing_in_the_way": "",
    "verdict.record_suspension": "",
    "verdict.rehearsal": "day",
    "verdict.reinstated_on": "day",
    "verdict.renewal_audit": "day",
    "verdict.request_after_withdrawal": "day",
    "verdict.request_after_withdrawal_undated": "months",
    "verdict.runs_until": "day",
    "verdict.send_plan": "findings",
    "verdict.stop_logo": "",
    "verdict.surveillance": "day first",
    "verdict.surveillance_all": "",
    "verdict.suspended_on": "day",
    "verdict.suspension_expected": "day",
    "verdict.suspension_over": "day",
    "verdict.withdrawn_on": "day",
}


def names(template):
    return set(re.findall(r"%\((\w+)\)s", template))


@pytest.mark.parametrize("code", STORED)
def test_stored_codes_keep_their_values(code):
    book, code_in_book = code.split(".")
    assert names(BOOKS[book][code_in_book].text) == set(STORED[code].split())


def test_no_code_without_its_line_above():
    kept = {f"{name}.{code}" for name in ("scope", "verdict") for code in BOOKS[name]}
    assert kept == set(STORED)


@pytest.mark.parametrize("phrase", EVERY)
def test_templates(phrase):
    assert phrase.source in SOURCES
    assert "%" not in re.sub(r"%\(\w+\)s", "", phrase.text)
    assert re.match(r"[A-Z]|%\(", phrase.text)
    assert "  " not in phrase.text


def test_reasons_are_sentences():
    for book in (DEADLINES, FINDING_REFUSALS, SCOPE_REASONS, VERDICT_PHRASES):
        for phrase in book.values():
            assert phrase.text.endswith("."), phrase.text


def test_every_text_is_marked_for_translation():
    # Odoo extracts literals from calls by name: a text built otherwise is lost.
    marked = set()
    for path in Path(audit_words.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_lt":
                marked.add(ast.literal_eval(node.args[0]))
    said = {phrase.text for book in BOOKS.values() for phrase in book.values()}
    assert said | set(LABELS) <= marked


def test_the_product_judges_nobody():
    texts = [phrase.text for book in BOOKS.values() for phrase in book.values()]
    for text in (*texts, *LABELS):
        rest = re.sub("non-conformit(y|ies)", "", text, flags=re.IGNORECASE)
        assert not re.search("complian|compliant|conform", rest, re.IGNORECASE), text


def test_every_source_is_used():
    used = {phrase.source for book in BOOKS.values() for phrase in book.values()}
    used |= {each.source.code for each in (*PARAMETERS, *ACTIVITIES)}
    assert used == set(SOURCES)


def test_sources_differ_and_say_how_sure_they_are():
    assert len({each.text for each in SOURCES.values()}) == len(SOURCES)
    assert {each.certainty for each in SOURCES.values()} == {"C", "c", "own"}
    assert all(code == each.code for code, each in SOURCES.items())


BOOK = {"until": Phrase("Until %(day)s: %(names)s, %(count)s.", "order_art_5")}


def test_render():
    said = statement(BOOK, "until", day=date(2026, 11, 1), names=("a", "b"), count=2)
    assert said.render() == "Until 2026-11-01: a, b, 2."
    french = said.render("%(count)s : %(names)s, %(day)s", lambda day: f"{day:%d/%m}")
    assert french == "2 : a, b, 01/11"
    assert said.source is SOURCES["order_art_5"]


def test_json_round_trip():
    said = statement(BOOK, "until", day=date(2028, 2, 29), names=("a",), count=2)
    stored = json.loads(json.dumps(said.as_dict()))
    assert stored["values"]["day"] == {"day": "2028-02-29"}
    assert stored["values"]["names"] == ["a"]
    again = Statement.from_dict(stored, BOOK)
    assert again == said
    assert hash(again) == hash(said)


def test_the_wording_of_today_wins():
    stored = {"code": "until", "template": "Old.", "values": {}}
    assert Statement.from_dict(stored, BOOK).template == BOOK["until"].text


def test_values_cannot_be_changed():
    values = {"names": ["a"]}
    said = Statement("until", "x", SOURCES["own"], values)
    values["names"].append("b")
    assert said.values == {"names": ("a",)}
    with pytest.raises(TypeError):
        said.values["names"] = ("c",)


def test_unknown_code():
    with pytest.raises(ValueError, match="Unknown statement code: 'nonsense'"):
        statement(BOOK, "nonsense")
    with pytest.raises(ValueError, match="Unknown statement code"):
        Statement.from_dict({"code": "nonsense"}, BOOK)


# Source of each default: qualiopi facts, section 3.
def test_settings():
    assert [each.name for each in PARAMETERS] == [
        each.name for each in fields(AuditSettings)
    ]
    assert {each.name: (each.default, each.source.code) for each in PARAMETERS} == {
        "minors_for_major": (5, "five_minors"),
        "suspension_months": (3, "suspension"),
        "refusal_months": (3, "order_art_8"),
        "withdrawal_months": (3, "wait_after_withdrawal"),
        "correction_months": (3, "renewal_margin"),
        "check_months": (1, "renewal_margin"),
        "call_months": (12, "own"),
        "contract_months": (8, "eight_months"),
        "action_per_category": (True, "delivered_action"),
        "sworn_statement": (True, "sworn_statement"),
    }
    assert DEFAULTS == AuditSettings()


def test_settings_below_zero():
    with pytest.raises(ValueError, match="suspension_months cannot be below zero"):
        AuditSettings(suspension_months=-1)
