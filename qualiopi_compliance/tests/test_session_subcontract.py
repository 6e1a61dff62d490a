from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .session_common import NO_TRAINER
from .subcontract_common import MENTIONS, SubcontractCase


@tagged("post_install", "-at_install")
class TestSessionOfPrincipal(SubcontractCase):
    """A session delivered for a principal: its contract, tasks and indicators."""

    def note(self, event=None, user=None):
        self.forget()
        event = event or self.session
        return event.with_user(user or self.manager).qualiopi_principal_note

    def test_takes_the_contract_that_covers_it(self):
        contract = self.signed(self.received())
        self.session.qualiopi_principal_id = self.principal
        self.assertEqual(self.session.qualiopi_subcontract_id, contract)
        self.assertEqual(self.session.qualiopi_principal_tasks, "Teaching and marking")
        self.assertEqual(contract.event_ids, self.session)
        self.session.qualiopi_principal_id = False
        self.assertFalse(self.session.qualiopi_subcontract_id)

    def test_a_contact_of_the_principal_will_do(self):
        contract = self.signed(self.received())
        self.session.qualiopi_principal_id = self.new_person("Odile", self.principal)
        self.assertEqual(self.session.qualiopi_subcontract_id, contract)

    def test_takes_none_that_does_not_cover_it(self):
        other = self.new_program(name="Databases")
        for vals in (
            {"date_to": "2026-03-05"},
            {"date_from": "2026-03-03"},
            {"program_ids": other.ids},
            {"principal_id": self.firm_partner.id},
        ):
            contract = self.signed(self.received(**vals))
            with self.subTest(vals=vals):
                self.session.qualiopi_principal_id = self.principal
                self.assertFalse(self.session.qualiopi_subcontract_id)
            self.session.qualiopi_principal_id = False
            contract.action_cancel()
        self.received()
        self.session.qualiopi_principal_id = self.principal
        self.assertFalse(self.session.qualiopi_subcontract_id)

    def test_chooses_none_among_several(self):
        self.signed(self.received())
        second = self.signed(self.received())
        self.session.qualiopi_principal_id = self.principal
        self.assertFalse(self.session.qualiopi_subcontract_id)
        self.session.qualiopi_subcontract_id = second
        self.session.qualiopi_program_id = self.new_program(name="Databases")
        self.assertEqual(self.session.qualiopi_subcontract_id, second)

    def test_a_contract_signed_later_is_taken(self):
        self.session.qualiopi_principal_id = self.principal
        contract = self.signed(self.received())
        self.assertEqual(self.session.qualiopi_subcontract_id, contract)

    def test_tasks_written_by_hand_stay(self):
        self.session.qualiopi_principal_id = self.principal
        self.session.qualiopi_principal_tasks = "Teaching only"
        self.signed(self.received())
        self.assertEqual(self.session.qualiopi_principal_tasks, "Teaching only")

    def test_contract_of_another_company(self):
        foreign = self.received(company_id=self.other_company.id, user_id=False)
        self.session.qualiopi_principal_id = self.principal
        with self.assertRaises(UserError):
            self.session.qualiopi_subcontract_id = foreign

    def test_a_plain_event_takes_none(self):
        self.signed(self.received())
        plain = self.new_event(qualiopi_principal_id=self.principal.id)
        self.assertFalse(plain.qualiopi_subcontract_id)
        self.assertFalse(plain.qualiopi_principal_note)

    # Indicators

    def test_without_tasks_all_are_looked_at(self):
        self.session.qualiopi_principal_id = self.principal
        note = self.note()
        self.assertIn("No task entrusted to us is named", note)
        self.assertIn("1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13", note)
        self.assertNotIn("principal's", note)

    def test_tasks_decide(self):
        self.signed(self.received(indicator_ids=self.indicators(9).ids))
        self.session.qualiopi_principal_id = self.principal
        for user in (self.manager, self.event_user, self.desk):
            lines = self.note(user=user).split("\n")
            with self.subTest(user=user.login):
                self.assertIn(
                    "The principal's, not asked of this session: 1, 2.", lines
                )
                self.assertIn("Asked, as the contract names them: 9.", lines)
                self.assertIn(
                    "Not entrusted to us, not asked of this session: 13, 28.", lines
                )
                [special] = [line for line in lines if line.startswith("5. ")]
                self.assertIn("principal's objectives", special)

    def test_tasks_without_indicators_are_left_to_judge(self):
        self.session.write(
            {
                "qualiopi_principal_id": self.principal.id,
                "qualiopi_principal_tasks": "Teaching",
            }
        )
        self.assertIn(
            "Judged by the tasks entrusted, name them on the contract: 9, 13, 28.",
            self.note(),
        )

    def test_what_the_action_is_decides_first(self):
        self.declare(self.company, "AFC")
        self.session.write(
            {
                "qualiopi_principal_id": self.principal.id,
                "qualiopi_principal_tasks": "Teaching",
            }
        )
        # neither certifying, nor work-study, nor at work
        self.assertIn("name them on the contract: 9.", self.note())
        self.program.certifying = True
        self.assertIn("name them on the contract: 7, 9, 16.", self.note())
        self.assertIn("not asked of this session: 1, 2, 3.", self.note())
        # RS counts where the company says so
        self.program.recognition = "rs"
        self.assertIn("name them on the contract: 9.", self.note())
        self.company.qualiopi_rs_certifying = True
        self.assertIn("name them on the contract: 7, 9, 16.", self.note())

    def test_courses_of_two_days_are_not_asked_indicator_12(self):
        short = self.new_session(
            "2026-03-02", "2026-03-03", qualiopi_principal_id=self.principal.id
        )
        self.assertNotIn(", 12,", self.note(short))
        self.session.qualiopi_principal_id = self.principal
        self.assertIn(", 12,", self.note())

    def test_the_date_decides_the_framework(self):
        session = self.new_session(
            "2026-11-02",
            "2026-11-06",
            qualiopi_program_id=self.new_program(
                category_id=self.category("CFA").id
            ).id,
            qualiopi_principal_id=self.principal.id,
        )
        note = self.note(session)
        self.assertIn(", 33", note)
        self.assertIn("written for the former framework", note)
        self.session.qualiopi_principal_id = self.principal
        self.assertNotIn("former framework", self.note())

    def test_before_the_first_guide_nothing_is_said(self):
        old = self.new_session(
            "2021-03-01", "2021-03-02", qualiopi_principal_id=self.principal.id
        )
        self.assertFalse(self.note(old))

    # Warnings

    def warning(self):
        self.forget()
        return (self.session.qualiopi_warning or "").replace(NO_TRAINER, "")

    def test_contract_that_does_not_fit(self):
        contract = self.received(name="R1")
        self.session.write(
            {
                "qualiopi_principal_id": self.principal.id,
                "qualiopi_subcontract_id": contract.id,
            }
        )
        self.assertIn("R1” is not signed yet", self.warning())
        contract.action_sign()
        self.assertFalse(self.warning().strip())
        contract._set_state("signed", date_to="2026-03-05")
        self.assertIn("does not cover this programme on all days", self.warning())
        contract.action_cancel()
        self.assertIn("was cancelled", self.warning())

    def test_given_to_a_firm(self):
        self.session.qualiopi_subcontractor_id = self.new_firm_partner("Inconnu")
        self.assertIn("Inconnu has no file among our subcontractors", self.warning())
        self.session.qualiopi_subcontractor_id = self.firm_partner
        self.assertIn("No signed contract with Atelier Dupont", self.warning())
        self.signed(self.new_contract())
        self.assertFalse(self.warning().strip())
        [learner] = self.new_learners(self.session, 1, qualiopi_funding="cpf")
        self.assertIn("No signed CPF contract", self.warning())
        learner.state = "cancel"
        self.assertFalse(self.warning().strip())

    def test_given_on_the_days_of_its_half_days(self):
        self.session.qualiopi_subcontractor_id = self.firm_partner
        self.signed(self.new_contract(date_to="2026-03-02"))
        self.signed(self.new_contract(date_from="2026-03-06"))
        self.assertIn("No signed contract with Atelier Dupont", self.warning())
        self.session.qualiopi_half_day_ids = [
            Command.create({"date": day, "period": "am", "hours": 3})
            for day in ("2026-03-02", "2026-03-06")
        ]
        self.assertNotIn("No signed contract", self.warning())

    # No chain

    def test_no_chain_under_the_cpf(self):
        self.company.qualiopi_nda = "11755555555"
        contract = self.signed(self.received(cpf=True, **MENTIONS))
        self.session.qualiopi_principal_id = self.principal
        self.assertEqual(self.session.qualiopi_subcontract_id, contract)
        with self.assertRefused("may not be given on to Atelier Dupont"):
            self.session.qualiopi_subcontractor_id = self.firm_partner
        self.assertTrue(self.session._qualiopi_chain_refusal("Nadia"))
        self.assertFalse(self.session._qualiopi_chain_refusal(""))
        self.assertEqual(self.session._qualiopi_cpf_sessions(), self.session)

    def test_elsewhere_it_may_be_given_on(self):
        self.signed(self.received())
        self.session.qualiopi_principal_id = self.principal
        self.session.qualiopi_subcontractor_id = self.firm_partner
        self.assertFalse(self.session._qualiopi_chain_refusal("Nadia"))
        self.assertFalse(self.session._qualiopi_cpf_sessions())

    def test_a_contract_whose_sessions_are_given_on_is_not_of_the_cpf(self):
        contract = self.received()
        self.session.write(
            {
                "qualiopi_principal_id": self.principal.id,
                "qualiopi_subcontract_id": contract.id,
                "qualiopi_subcontractor_id": self.firm_partner.id,
            }
        )
        with self.assertRefused("may not be given on", ValidationError):
            contract.cpf = True

    def test_sessions_paid_by_the_cpf(self):
        paid = self.new_session()
        self.new_learners(paid, 2, qualiopi_funding="cpf")
        sessions = self.session | paid | self.new_session()
        self.assertEqual(sessions._qualiopi_cpf_sessions(), paid)
