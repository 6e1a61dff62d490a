from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .subcontract_common import MENTIONS, NDA, SubcontractCase


@tagged("post_install", "-at_install")
class TestSubcontract(SubcontractCase):
    """A contract given or received: its parties, its life, what it says."""

    def test_made_by_hand(self):
        contracts = self.env["qualiopi.subcontract"].with_user(self.manager)
        form = Form(contracts.with_context(default_direction="given"))
        form.subcontractor_id = self.firm
        form.tasks = "Teaching"
        contract = form.save()
        self.assertEqual(contract.partner_id, self.firm_partner)
        self.assertTrue(contract.compliance_clause)
        day = self.day(contract.date_from)
        self.assertEqual(contract.display_name, f"Atelier Dupont – {day}")
        contract.name = "ST-1"
        self.assertEqual(contract.display_name, "Atelier Dupont – ST-1")

    def test_needs_its_other_party(self):
        with self.assertRefused("choose which one"):
            self.new_contract(subcontractor_id=False)
        with self.assertRefused("choose which one"):
            self.received(principal_id=False)
        with self.assertRefused("no contract with itself"):
            self.received(principal_id=self.company.partner_id.id)

    def test_firm_of_another_company(self):
        other = self.new_firm(
            self.new_firm_partner("Ailleurs"),
            company_id=self.other_company.id,
            user_id=False,
        )
        with self.assertRaises(UserError):
            self.new_contract(other)

    def test_ends_before_it_begins(self):
        with self.assertRefused("before it begins"):
            self.new_contract(date_to="2025-12-31")
        self.assertTrue(self.new_contract(date_to="2026-01-01"))

    def test_amounts_that_cannot_be(self):
        for name in ("amount", "hours"):
            with self.subTest(name=name), self.assertRefused("cannot be negative"):
                self.new_contract(**{name: -1})

    # Signing

    def test_without_tasks_is_refused_under_the_cpf(self):
        contract = self.new_contract(cpf=True, **{**MENTIONS, "tasks": "  "})
        with self.assertRefused(
            r"(?s)cannot be signed.*- Tasks entrusted – R\. 6333-6-2", UserError
        ):
            contract.action_sign()
        self.assertEqual(contract.state, "draft")

    def test_without_tasks_is_warned_of_elsewhere(self):
        contract = self.new_contract(tasks=False)
        self.assertIn("will check all indicators", contract.warning)
        contract.with_context(tracking_disable=False).action_sign()
        self.assertEqual(contract.state, "signed")
        self.assertIn("Signed without: Tasks entrusted", contract.message_ids[:1].body)

    def test_without_declaration_is_refused_under_the_cpf_only(self):
        self.firm.nda = False
        self.signed(self.new_contract())
        with self.assertRefused(r"(?s)NDA.*L\. 6323-9-2", UserError):
            self.new_contract(cpf=True, **MENTIONS).action_sign()
        self.firm.nda = NDA
        self.signed(self.new_contract(cpf=True, **MENTIONS))

    def test_each_mention_is_refused_missing_under_the_cpf(self):
        for name in MENTIONS:
            with self.subTest(name=name):
                contract = self.new_contract(cpf=True, **{**MENTIONS, name: False})
                with self.assertRefused(r"R\. 6333-6-2", UserError):
                    contract.action_sign()

    def test_our_own_declaration_under_a_cpf_contract_received(self):
        contract = self.received(cpf=True)
        with self.assertRefused("NDA", UserError):
            contract.action_sign()
        self.company.qualiopi_nda = "11755555555"
        contract.action_sign()
        self.assertEqual(contract.state, "signed")

    def test_day_of_signature(self):
        self.assertEqual(str(self.signed(self.new_contract()).signed_on), "2026-02-16")
        early = self.signed(self.new_contract(signed_on="2025-12-20"))
        self.assertEqual(str(early.signed_on), "2025-12-20")
        self.assertNotIn("signed after", early.warning or "")
        late = self.signed(self.new_contract(signed_on="2026-01-02"))
        self.assertIn("signed after its first day", late.warning)

    def test_is_sent_to_the_caisse_des_depots(self):
        contract = self.new_contract(cpf=True, **MENTIONS)
        self.assertNotIn("sent", self.lacks(contract))
        contract.action_sign()
        self.assertIn("sent", self.lacks(contract))
        contract.sent_to_cdc_on = "2026-02-16"
        self.assertEqual(self.lacks(contract), [])

    # Life

    def test_what_was_agreed_does_not_change(self):
        contract = self.signed(self.new_contract())
        for vals in (
            {"tasks": "Everything"},
            {"amount": 5},
            {"date_to": "2026-06-30"},
            {"indicator_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRefused("is signed", UserError):
                contract.write(vals)
        contract.write({"sent_to_cdc_on": "2026-02-16", "name": "ST-1"})
        contract.action_draft()
        contract.tasks = "Everything"
        self.assertFalse(contract.signed_on)

    def test_state_changes_by_its_buttons(self):
        with self.assertRefused("by its buttons only", UserError):
            self.new_contract(state="signed")
        with self.assertRefused("by its buttons only", UserError):
            self.new_contract().write({"state": "signed"})

    def test_ends(self):
        contract = self.signed(self.new_contract(date_to="2026-12-31"))
        contract.action_end()
        self.assertEqual(contract.state, "ended")
        self.assertEqual(str(contract.date_to), "2026-02-16")
        with self.assertRefused("not in force", UserError):
            contract.action_end()
        with self.assertRefused("cannot be cancelled", UserError):
            contract.action_cancel()

    def test_ends_on_its_own_last_day(self):
        contract = self.signed(self.new_contract(date_to="2026-02-10"))
        self.assertIn("last day is past", contract.warning)
        contract.action_end()
        self.assertEqual(str(contract.date_to), "2026-02-10")

    def test_what_has_not_begun_is_cancelled(self):
        contract = self.signed(self.new_contract(date_from="2026-03-01"))
        with self.assertRefused("cancel it instead", UserError):
            contract.action_end()
        contract.action_cancel()
        self.assertEqual(self.lacks(contract), [])
        self.assertFalse(contract.warning)
        with self.assertRefused("is no draft", UserError):
            contract.action_sign()

    def test_what_was_signed_is_kept(self):
        draft, contract = self.new_contract(), self.signed(self.new_contract())
        with self.assertRefused("is evidence and is kept", UserError):
            contract.unlink()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_copy_is_a_draft(self):
        copy = self.signed(self.new_contract(name="ST-1")).copy()
        self.assertEqual(
            (copy.state, copy.signed_on, copy.name), ("draft", False, False)
        )

    # Warnings

    def test_overlapping_contracts_are_warned_of(self):
        first = self.new_contract(
            program_ids=self.program.ids, date_to="2026-06-30", name="A"
        )
        second = self.new_contract(
            program_ids=self.program.ids, date_from="2026-06-30", name="B"
        )
        self.assertIn("Atelier Dupont – B", first.warning)
        self.assertIn("Atelier Dupont – A", second.warning)
        second.date_from = "2026-07-01"
        self.forget()
        self.assertFalse(first.warning)

    def test_no_overlap_for_other_programmes_or_parties(self):
        contract = self.new_contract(program_ids=self.program.ids)
        other = self.new_program(name="Databases")
        self.new_contract(program_ids=other.ids)
        self.new_contract()
        self.new_contract(
            self.new_firm(self.new_firm_partner("Autre")), program_ids=self.program.ids
        )
        self.new_contract(program_ids=self.program.ids).action_cancel()
        self.assertFalse(contract.warning)

    def test_action_categories_that_say_otherwise(self):
        declared = self.declare(self.company, "AFC")
        received = self.received(program_ids=self.program.ids)
        self.assertIn("never act as subcontractor", received.warning)
        self.assertFalse(self.new_contract(program_ids=self.program.ids).warning)
        declared.acting_as_subcontractor = "sometimes"
        self.forget()
        self.assertFalse(received.warning)

    def test_contracts_given_make_indicator_27_apply(self):
        declared = self.declare(self.company, "AFC")
        contract = self.new_contract(
            program_ids=self.program.ids, date_from="2020-01-01"
        )
        self.assertEqual(declared._recorded_facts(), set())
        contract.action_sign()
        self.assertEqual(declared._recorded_facts(), {"subcontracting_given"})
        contract._set_state("ended", date_to="2023-02-15")
        self.assertEqual(declared._recorded_facts(), set())
        contract._set_state("ended", date_to="2023-02-16")
        self.assertEqual(declared._recorded_facts(), {"subcontracting_given"})
        contract._set_state("draft")
        umbrella = self.new_firm(self.new_firm_partner("Portage"), kind="umbrella")
        self.signed(self.new_contract(umbrella))
        self.assertEqual(declared._recorded_facts(), {"umbrella_employment"})

    def test_contracts_of_another_category_say_nothing(self):
        declared = self.declare(self.company, "BC")
        self.signed(self.new_contract(program_ids=self.program.ids))
        self.assertEqual(declared._recorded_facts(), set())

    # Chain

    def test_no_chain_under_the_cpf(self):
        received = self.received(cpf=True)
        self.assertTrue(received.no_chain)
        with self.assertRefused("may not subcontract", ValidationError):
            self.new_contract(parent_id=received.id)
        with self.assertRefused("never give on", ValidationError):
            received.no_chain = False

    def test_what_was_given_on_cannot_become_cpf(self):
        received = self.received()
        given = self.new_contract(parent_id=received.id)
        with self.assertRefused("may not subcontract", ValidationError):
            received.cpf = True
        given.action_cancel()
        received.cpf = True
        with self.assertRefused("may not subcontract", ValidationError):
            given.action_draft()
            given.action_sign()

    def test_given_on_against_the_contract_is_warned_of(self):
        received = self.received(no_chain=True, name="R1")
        given = self.new_contract(parent_id=received.id)
        self.assertIn("Grande École – R1", given.warning)

    def test_only_given_contracts_give_on(self):
        with self.assertRefused("only a contract given can", ValidationError):
            self.received(parent_id=self.received().id)
        with self.assertRefused("only a contract given can", ValidationError):
            self.new_contract(parent_id=self.new_contract().id)

    def test_a_firm_of_the_cpf_makes_contracts_of_the_cpf(self):
        self.firm.cpf = True
        contract = self.new_contract()
        self.assertTrue(contract.cpf and contract.no_chain)
        contract.cpf = False
        self.assertFalse(contract.cpf)

    # Indicators

    def test_the_other_indicators_are_the_principals(self):
        contract = self.new_contract(program_ids=self.program.ids)
        theirs = contract.principal_indicator_ids.mapped("number")
        self.assertFalse({5, 6} & set(theirs))
        self.assertIn(4, theirs)
        # of the framework in force when it begins, for training actions
        self.assertFalse({14, 20, 29, 33} & set(theirs))
        self.assertEqual(contract.framework_id.code, "rnq-2019")
        contract.program_ids = self.new_program(category_id=self.category("CFA").id)
        contract.date_from = "2026-11-01"
        self.assertEqual(contract.framework_id.code, "rnq-2026")
        self.assertIn(33, contract.principal_indicator_ids.mapped("number"))

    def test_wording_of_indicator_27_is_that_of_its_day(self):
        contract = self.new_contract()
        french = contract.with_context(**self.french())
        self.assertNotIn("traçabilité", french.compliance_statement)
        contract.date_from = "2026-11-01"
        self.assertIn(
            "en assure la traçabilité dans les contrats de sous-traitance",
            french.compliance_statement,
        )

    def test_clause_is_proposed_and_kept(self):
        contract = self.new_contract()
        self.assertIn("national quality framework", contract.compliance_clause)
        contract.compliance_clause = "Our own words"
        contract.subcontractor_id = self.new_firm(self.new_firm_partner("Autre"))
        self.assertEqual(contract.compliance_clause, "Our own words")
        self.assertFalse(self.received().compliance_clause)

    # Searching

    def test_filters(self):
        contracts = self.env["qualiopi.subcontract"].with_company(self.company)
        running = self.signed(self.new_contract(date_to="2026-05-17"))
        over = self.signed(self.new_contract(date_to="2026-02-15"))
        coming = self.signed(self.new_contract(date_from="2026-02-17"))
        draft = self.new_contract(tasks=False)
        ours = [("company_id", "=", self.company.id)]
        for domain, expected in (
            ([("in_force", "=", True)], running),
            ([("in_force", "=", False)], over | coming | draft),
            ([("expiring", "=", True)], running),
            ([("missing_count", ">", 0)], draft),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(contracts.search([*ours, *domain]), expected)
        everything = running | over | coming | draft
        self.assertEqual(everything.filtered("in_force"), running)
        self.assertEqual(everything.filtered("expiring"), running)

    def test_sessions_of_a_contract_given(self):
        self.session.qualiopi_subcontractor_id = self.firm_partner
        assigned = self.new_session("2026-04-06", "2026-04-07")
        self.assign(self.outsider, assigned)
        self.new_session("2026-04-06", "2026-04-07")
        late = self.new_session("2026-06-06", "2026-06-07")
        late.qualiopi_subcontractor_id = self.firm_partner
        contract = self.new_contract(date_to="2026-05-31")
        action = contract.with_user(self.manager).action_open_sessions()
        found = self.env["event.event"].search(action["domain"])
        self.assertEqual(found, self.session | assigned)
