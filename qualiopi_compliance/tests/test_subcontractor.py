from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .subcontract_common import MENTIONS, NDA, SubcontractCase

DAYS = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))


@tagged("post_install", "-at_install")
class TestSubcontractor(SubcontractCase):
    """The file of a firm: who may have one, what it lacks, what expires."""

    def test_a_sole_trader_is_his_own_firm(self):
        person = self.env["res.partner"].create({"name": "Inès Martin"})
        firm = self.new_firm(person)
        self.assertEqual(firm.name, "Inès Martin")

    def test_a_person_of_a_firm_is_no_firm(self):
        person = self.new_person("Paul Dupont")
        with self.assertRefused("works for Atelier Dupont: the contract is with"):
            self.new_firm(person)

    def test_an_archived_contact_is_no_firm(self):
        partner = self.new_firm_partner("Fermé", active=False)
        with self.assertRefused("restore this contact first"):
            self.new_firm(partner)

    def test_our_own_company_is_no_subcontractor(self):
        with self.assertRefused("your own company"):
            self.new_firm(self.company.partner_id)

    @mute_logger("odoo.sql_db")
    def test_one_file_for_each_firm_and_company(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_firm(self.firm_partner)
        partner = self.new_firm_partner("Partagé")
        self.new_firm(partner)
        other = self.new_firm(
            partner, company_id=self.other_company.id, user_id=self.other_manager.id
        )
        self.assertEqual(other.partner_id, partner)

    def test_firm_of_another_company(self):
        partner = self.new_firm_partner("Ailleurs", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.new_firm(partner)

    def test_declaration_number(self):
        self.firm.nda = "84 69 12345 67"
        self.assertEqual(self.firm.nda, NDA)
        with self.assertRefused("8469 is not a declaration number"):
            self.firm.nda = "8469"

    def test_what_has_not_happened_yet_is_no_proof(self):
        for name in ("nda_checked_on", "charter_on", "assessed_on"):
            with self.subTest(name=name), self.assertRefused("is still to come"):
                self.firm[name] = "2026-02-17"

    def test_a_complete_file(self):
        self.assertEqual(self.lacks(self.firm), ["contract"])
        self.signed(self.new_contract())
        self.forget()
        self.assertEqual(self.firm.missing_count, 0)
        self.assertFalse(self.firm.missing_text)

    def test_a_contract_in_force_is_one_that_covers_today(self):
        for vals in (
            {"date_from": "2026-02-17"},
            {"date_to": "2026-02-15"},
        ):
            contract = self.signed(self.new_contract(**vals))
            with self.subTest(vals=vals):
                self.assertIn("contract", self.lacks(self.firm))
            contract._set_state("cancelled")
        self.new_contract()
        self.assertIn("contract", self.lacks(self.firm))

    def test_says_what_is_missing_and_which_text_wants_it(self):
        self.firm.write({"nda": False, "cpf": True, "micro_entrepreneur": True})
        self.assertIn("Declaration number (NDA) – L. 6323-9-2", self.firm.missing_text)
        self.assertIn(
            "<strong>Declaration number (NDA) – L. 6323-9-2</strong>",
            self.firm.missing_list,
        )
        self.firm.cpf = False
        self.assertIn("usual evidence for indicator 27", self.firm.missing_text)
        self.assertNotIn("<strong>Declaration", self.firm.missing_list)

    def test_in_french(self):
        self.firm.insurance_until = False
        lines = self.firm.with_context(**self.french()).missing_text.split("\n")
        self.assertEqual(len(lines), 2)

    def test_certificate_where_the_law_asks(self):
        self.assertNotIn("certificate", self.lacks(self.firm))
        self.firm.cpf = True
        self.assertIn("certificate", self.lacks(self.firm))
        self.firm.certificate_until = "2026-02-15"
        self.assertIn("certificate_old", self.lacks(self.firm))
        self.firm.certificate_until = "2026-02-16"
        self.assertNotIn("certificate_old", self.lacks(self.firm))

    def test_exemption_is_a_setting_with_its_source(self):
        self.firm.write({"cpf": True, "micro_entrepreneur": True})
        self.assertTrue(self.company.qualiopi_micro_exempt)
        self.assertIn("R. 6333-6-3", self.company.qualiopi_micro_exempt_source)
        self.assertNotIn("certificate", self.lacks(self.firm))
        self.company.qualiopi_micro_exempt = False
        self.assertIn("certificate", self.lacks(self.firm))

    def test_search_by_what_is_missing(self):
        firms = self.env["qualiopi.subcontractor"]
        ours = [("company_id", "=", self.company.id)]
        incomplete = firms.search([*ours, ("missing_count", ">", 0)])
        self.assertEqual(incomplete, self.firm)
        self.signed(self.new_contract())
        self.assertFalse(firms.search([*ours, ("missing_count", ">", 0)]))
        self.assertEqual(firms.search([*ours, ("missing_count", "=", 0)]), self.firm)

    def test_expires_soon(self):
        firms = self.env["qualiopi.subcontractor"].with_company(self.company)
        ours = [("company_id", "=", self.company.id)]
        # the insurance, long before the assessment of January 2027
        self.assertEqual(str(self.firm.expires_on), "2026-12-31")
        self.assertEqual(str(self.firm.next_assessment_on), "2027-01-20")
        self.assertFalse(firms.search([*ours, ("expiring", "=", True)]))
        self.assertEqual(firms.search([*ours, ("expiring", "=", False)]), self.firm)
        self.firm.insurance_until = "2026-05-17"
        self.assertTrue(self.firm.expiring)
        self.assertEqual(firms.search([*ours, ("expiring", "=", True)]), self.firm)
        self.company.qualiopi_expiry_days = 89
        self.forget()
        self.assertFalse(self.firm.expiring)
        self.assertFalse(firms.search([*ours, ("expiring", "=", True)]))

    def test_pace_of_assessments_is_the_companys(self):
        self.company.qualiopi_assessment_months = 6
        self.assertEqual(str(self.firm.next_assessment_on), "2026-07-20")
        self.company.qualiopi_assessment_months = 0
        self.assertFalse(self.firm.next_assessment_on)

    @mute_logger("odoo.sql_db")
    def test_is_not_deleted_with_its_trainers(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.firm.unlink()
        self.firm.action_archive()
        self.assertFalse(self.firm.active)

    def test_counts_and_opens_its_contracts_and_trainers(self):
        contract = self.new_contract()
        self.assertEqual((self.firm.contract_count, self.firm.trainer_count), (1, 1))
        action = self.firm.action_open_contracts()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, contract)
        self.assertEqual(action["context"]["default_subcontractor_id"], self.firm.id)
        action = self.firm.action_open_trainers()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.outsider)
        self.assertEqual(self.firm.action_new_contract()["view_mode"], "form")

    def test_reminders_before_expiry(self):
        self.firm.insurance_until = "2026-03-01"
        contract = self.signed(self.new_contract(date_to="2026-03-20"))
        self.new_contract(date_to="2026-03-20")
        today = self.env["qualiopi.framework"]._today()
        found = {
            (each.record, each.kind): each
            for each in self.company._qualiopi_reminders(today)
            if each.record._name.startswith("qualiopi.subcontract")
        }
        self.assertEqual(set(found), {(self.firm, "insurance"), (contract, "end")})
        self.assertEqual(found[self.firm, "insurance"].user, self.manager)
        self.env["qualiopi.reminder"]._remind(list(found.values()))
        self.assertEqual(str(self.firm.activity_ids.date_deadline), "2026-03-01")
        self.assertEqual(contract.activity_ids.user_id, self.manager)


@tagged("post_install", "-at_install")
class TestTrainerOfFirm(SubcontractCase):
    """A trainer and the firm he works through."""

    def test_takes_the_firm_of_his_employer(self):
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.new_person("Léa Dupont").id,
                "company_id": self.company.id,
                "kind": "subcontractor",
            }
        )
        self.assertEqual(trainer.subcontractor_id, self.firm)

    def test_a_new_firm_takes_in_its_people(self):
        person = self.env["res.partner"].create({"name": "Inès Martin"})
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": person.id,
                "company_id": self.company.id,
                "kind": "subcontractor",
            }
        )
        self.assertFalse(trainer.subcontractor_id)
        firm = self.new_firm(person)
        self.assertEqual(trainer.subcontractor_id, firm)

    def test_not_the_firm_of_another_company(self):
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.new_person("Léa Dupont").id,
                "company_id": self.other_company.id,
                "kind": "subcontractor",
                "user_id": False,
            }
        )
        self.assertFalse(trainer.subcontractor_id)
        with self.assertRaises(UserError):
            trainer.subcontractor_id = self.firm

    def test_an_employee_has_no_firm(self):
        self.assertFalse(self.insider.subcontractor_id)
        self.assertEqual(self.insider._firm_problems(DAYS), [])

    def test_a_company_is_no_trainer(self):
        with self.assertRefused("belongs under Subcontractors", ValidationError):
            self.env["qualiopi.trainer"].create(
                {
                    "partner_id": self.firm_partner.id,
                    "company_id": self.company.id,
                    "kind": "subcontractor",
                }
            )

    def test_file_lacks_the_firm(self):
        self.assertNotIn("Firm with which", self.outsider.missing_text or "")
        self.outsider.subcontractor_id = False
        self.assertIn("Firm with which", self.outsider.missing_text)

    def codes_of(self, trainer, days=DAYS, **kwargs):
        self.forget()
        return [code for code, _text in trainer._firm_problems(days, **kwargs)]

    def test_problems_of_the_days(self):
        self.assertEqual(self.codes_of(self.outsider), ["firm-contract"])
        self.signed(self.new_contract())
        self.assertEqual(self.codes_of(self.outsider), [])
        self.outsider.subcontractor_id = False
        self.assertEqual(self.codes_of(self.outsider), ["firm"])

    def test_contract_that_covers_some_days(self):
        self.signed(self.new_contract(date_to="2026-03-02"))
        [(_code, text)] = self.outsider._firm_problems(DAYS)
        self.assertIn(f"{self.day(DAYS[1])} to {self.day(DAYS[2])}", text)
        self.assertNotIn(self.day(DAYS[0]), text)
        self.signed(self.new_contract(date_from="2026-03-04"))
        self.forget()
        [(_code, text)] = self.outsider._firm_problems(DAYS)
        self.assertIn(f"covers {self.day(DAYS[1])}.", text)
        # both ends count
        self.assertEqual(self.codes_of(self.outsider, [DAYS[0], DAYS[2]]), [])

    def test_many_scattered_days_are_counted(self):
        days = [date(2026, 3, day) for day in (2, 4, 6, 9, 11, 13)]
        [(_code, text)] = self.outsider._firm_problems(days)
        self.assertIn(
            f"6 days between {self.day(days[0])} and {self.day(days[-1])}", text
        )
        [(_code, text)] = self.outsider._firm_problems(days[:5])
        self.assertIn(", ".join(self.day(day) for day in days[:5]), text)
        self.assertEqual(self.outsider._firm_problems([]), [])

    def test_archived_firm(self):
        contract = self.signed(self.new_contract())
        self.firm.action_archive()
        self.assertEqual(self.codes_of(self.outsider), ["firm-archived"])
        self.assertIn("Atelier Dupont is archived", contract.warning)

    def test_contract_for_another_programme(self):
        other = self.new_program(name="Databases")
        self.signed(self.new_contract(program_ids=other.ids))
        self.assertEqual(
            self.codes_of(self.outsider, program=self.program), ["firm-contract"]
        )
        self.assertEqual(self.codes_of(self.outsider, program=other), [])

    def test_contract_ended_still_covers_its_days(self):
        contract = self.signed(self.new_contract())
        with self.on("2026-03-03"):
            contract.action_end()
        [(_code, text)] = self.outsider._firm_problems(DAYS)
        self.assertIn(f"covers {self.day(DAYS[2])}.", text)

    def test_papers_on_the_last_day(self):
        self.signed(self.new_contract())
        self.firm.insurance_until = "2026-03-03"
        self.assertEqual(self.codes_of(self.outsider), ["firm-insurance"])
        self.firm.insurance_until = "2026-03-04"
        self.assertEqual(self.codes_of(self.outsider), [])
        self.firm.write({"insurance_until": False, "nda": False})
        self.assertEqual(
            self.codes_of(self.outsider),
            ["firm-nda-advice", "firm-insurance-advice"],
        )

    def test_under_the_cpf(self):
        self.signed(self.new_contract())
        self.firm.nda = False
        self.assertEqual(
            self.codes_of(self.outsider, cpf=True),
            ["firm-contract", "firm-nda", "firm-certificate"],
        )
        self.firm.write({"nda": NDA, "certificate_until": "2027-01-01"})
        self.signed(self.new_contract(cpf=True, **MENTIONS))
        self.assertEqual(self.codes_of(self.outsider, cpf=True), [])

    def test_umbrella_employment_under_the_cpf(self):
        partner = self.new_firm_partner("Portage SAS")
        firm = self.new_firm(partner, kind="umbrella", nda=False)
        trainer = self.new_trainer("Karim", kind="umbrella", subcontractor_id=firm.id)
        self.signed(self.new_contract(firm))
        self.assertEqual(self.codes_of(trainer, cpf=True), ["firm-nda-advice"])

    def test_same_queries_for_5_and_30_trainers(self):
        def outsiders(count):
            trainers = self.outsider.browse()
            for number in range(count):
                partner = self.new_firm_partner(f"Firme {count}-{number}")
                firm = self.new_firm(partner)
                self.signed(self.new_contract(firm, program_ids=self.program.ids))
                trainers |= self.new_trainer(
                    f"T {count}-{number}",
                    kind="subcontractor",
                    subcontractor_id=firm.id,
                )
            return trainers

        few, many = outsiders(5), outsiders(30)

        def ask(trainers):
            for trainer in trainers:
                self.assertFalse(trainer._firm_problems(DAYS, program=self.program))

        counts = [self.queries(lambda group=group: ask(group)) for group in (few, many)]
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestCeiling(SubcontractCase):
    """What is given on under the CPF, beside its ceiling."""

    def given(self, amount, **vals):
        self.firm.certificate_until = "2028-01-01"
        return self.signed(
            self.new_contract(cpf=True, **{**MENTIONS, "amount": amount, **vals})
        )

    def test_total_of_the_year(self):
        self.given(1000)
        self.given(500, date_from="2025-11-01", date_to="2026-01-31")
        self.given(300, date_from="2025-01-01", date_to="2025-12-31")
        self.signed(self.new_contract(amount=70))
        self.new_contract(cpf=True, amount=9000)
        self.assertEqual(self.company._qualiopi_cpf_given(2026), 1500)
        self.assertEqual(self.company._qualiopi_cpf_given(2025), 800)
        self.assertEqual(self.other_company._qualiopi_cpf_given(2026), 0)

    def test_share_when_the_turnover_of_the_year_is_known(self):
        contract = self.given(1000)
        self.assertIn("share: not known", contract.cpf_text)
        self.assertIn("Ceiling: 80 %", contract.cpf_text)
        self.assertIn("order of 3 January 2024", contract.cpf_text)
        self.company.write(
            {"qualiopi_cpf_turnover": 4000, "qualiopi_cpf_turnover_year": "2025"}
        )
        self.forget()
        self.assertIn("share: not known", contract.cpf_text)
        self.company.qualiopi_cpf_turnover_year = "2026"
        self.forget()
        self.assertRegex(contract.cpf_text, "share: 25[.,]0 %")
        self.assertRegex(self.firm.cpf_text, "share: 25[.,]0 %")

    def test_only_shown_where_it_matters(self):
        self.assertFalse(self.new_contract().cpf_text)
        self.assertFalse(self.received(cpf=True).cpf_text)

    def test_figures_that_cannot_be(self):
        for vals, words in (
            ({"qualiopi_cpf_cap": 101}, "enter 0 to 100"),
            ({"qualiopi_cpf_cap": -1}, "enter 0 to 100"),
            ({"qualiopi_cpf_turnover": -5}, "cannot be negative"),
            ({"qualiopi_cpf_turnover_year": "2027"}, "not a possible year"),
            ({"qualiopi_cpf_turnover_year": "soon"}, "not a possible year"),
        ):
            with self.subTest(vals=vals), self.assertRefused(words):
                self.company.write(vals)
