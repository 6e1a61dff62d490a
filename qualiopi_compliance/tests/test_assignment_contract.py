from odoo.tests import tagged

from .subcontract_common import MENTIONS, SubcontractCase


@tagged("post_install", "-at_install")
class TestAssignmentContract(SubcontractCase):
    """Who works through a firm teaches under a contract (indicator 27)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hold(cls.outsider, cls.title)
        cls.assignment = cls.assign(cls.outsider)

    def test_firm_and_contract(self):
        self.assertEqual(self.codes(self.assignment), {"firm-contract"})
        self.signed(self.new_contract())
        self.assertEqual(self.codes(self.assignment), set())
        self.outsider.subcontractor_id = False
        self.assertEqual(self.codes(self.assignment), {"firm"})

    def test_contract_that_ends_during_the_session(self):
        self.signed(self.new_contract(date_to="2026-03-04"))
        self.assertEqual(self.codes(self.assignment), {"firm-contract"})
        self.assertIn(self.day("2026-03-05"), self.assignment.problem_text)

    def test_remarks_on_the_firm_refuse_nothing(self):
        self.signed(self.new_contract())
        self.firm.nda = False
        self.assertTrue(self.firm.missing_count)
        self.assertEqual(self.codes(self.assignment), set())

    def test_learner_paid_by_the_cpf_asks_for_more(self):
        self.signed(self.new_contract())
        self.new_learners(self.session, 1, qualiopi_funding="cpf")
        self.assertIn("firm-contract", self.codes(self.assignment))

    def test_no_chain_under_the_cpf(self):
        received = self.env["qualiopi.subcontract"].create(
            {
                **MENTIONS,
                "direction": "received",
                "principal_id": self.principal.id,
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "cpf": True,
            }
        )
        self.session.write(
            {
                "qualiopi_principal_id": self.principal.id,
                "qualiopi_subcontract_id": received.id,
            }
        )
        self.assertIn("chain", self.codes(self.assignment))
        self.outsider.write({"kind": "volunteer", "subcontractor_id": False})
        self.assertNotIn("chain", self.codes(self.assignment))

    def test_contract_of_an_employee_is_none_of_this(self):
        self.hold(self.insider, self.title)
        other = self.new_session("2026-05-04", "2026-05-05")
        self.assertEqual(self.codes(self.assign(self.insider, other)), set())
