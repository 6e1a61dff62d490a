from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .trainer_common import PLANNED_ON, TrainerCase


@tagged("post_install", "-at_install")
class TestPromotion(TrainerCase):
    def trainer_of(self, action):
        self.assertEqual(action["res_model"], "qualiopi.trainer")
        return self.env["qualiopi.trainer"].browse(action["res_id"])

    def test_contact_in_one_click(self):
        partner = self.env["res.partner"].create({"name": "Lea"})
        trainer = self.trainer_of(
            partner.with_user(self.manager).action_qualiopi_promote()
        )
        self.assertEqual(trainer.partner_id, partner)
        self.assertEqual(trainer.company_id, self.company)
        self.assertEqual(trainer.state, "draft")
        self.assertFalse(trainer.employee_id)

    def test_employee_in_one_click_by_who_has_no_rights_on_hr(self):
        employee = self.new_employee("Ana")
        public = self.env["hr.employee.public"].browse(employee.id)
        trainer = self.trainer_of(
            public.with_user(self.manager).action_qualiopi_promote()
        )
        self.assertEqual(trainer.employee_id, employee)
        self.assertEqual(trainer.partner_id, employee.work_contact_id)
        self.assertEqual(trainer.kind, "employee")
        self.assertTrue(trainer.permanent)

    def test_never_two_files_for_one_person(self):
        employee = self.new_employee("Ana")
        ways = (employee, employee.work_contact_id, employee)
        found = {
            way.with_user(self.manager).sudo(False)._name: self.trainer_of(
                way.with_company(self.company).action_qualiopi_promote()
            )
            for way in ways
        }
        self.assertEqual(len(set(found.values())), 1)
        with mute_logger("odoo.sql_db"), self.assertRefused("already", Exception):
            self.new_trainer("x", partner_id=employee.work_contact_id.id)

    def test_archived_file_comes_back(self):
        self.outsider.active = False
        trainer = self.trainer_of(
            self.outsider.partner_id.with_user(self.manager).action_qualiopi_promote()
        )
        self.assertEqual(trainer, self.outsider)
        self.assertTrue(trainer.active)

    def test_outsider_who_is_hired_keeps_his_file(self):
        self.hold(self.outsider, self.first_aid)
        employee = self.new_employee(
            "Nadia Outsider", work_contact_id=self.outsider.partner_id.id
        )
        trainer = self.trainer_of(
            employee.with_company(self.company).action_qualiopi_promote()
        )
        self.assertEqual(trainer, self.outsider)
        self.assertEqual(trainer.kind, "employee")
        self.hold(trainer, self.title)
        self.forget()
        self.assertEqual(
            trainer.qualification_ids.skill_id, self.title | self.first_aid
        )

    def test_firm_is_refused(self):
        firm = self.env["res.partner"].create({"name": "SARL", "is_company": True})
        with self.assertRefused("is a company: a trainer is a person"):
            firm.with_user(self.manager).action_qualiopi_promote()
        with self.assertRefused("is a company"):
            self.outsider.partner_id.is_company = True
            self.outsider._check_person()

    def test_archived_person_is_refused(self):
        partner = self.env["res.partner"].create({"name": "Lea", "active": False})
        with self.assertRefused("Lea is archived"):
            partner.with_user(self.manager).action_qualiopi_promote()
        employee = self.new_employee("Ana", active=False)
        with self.assertRefused("Ana is archived"):
            employee.action_qualiopi_promote()

    def test_only_managers_promote(self):
        partner = self.env["res.partner"].create({"name": "Lea"})
        for user in (self.internal_auditor, self.contributor, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                partner.with_user(user).action_qualiopi_promote()

    def test_several_at_once(self):
        partners = self.env["res.partner"].create([{"name": "Lea"}, {"name": "Tom"}])
        action = partners.with_user(self.manager).action_qualiopi_promote()
        found = self.env["qualiopi.trainer"].search(action["domain"])
        self.assertEqual(found.partner_id, partners)

    def test_same_person_in_two_companies_has_two_files(self):
        trainer = self.new_trainer(
            "x", self.other_company, partner_id=self.outsider.partner_id.id
        )
        self.assertNotEqual(trainer, self.outsider)


@tagged("post_install", "-at_install")
class TestTrainer(TrainerCase):
    def test_employee_is_of_a_fitting_kind(self):
        with self.assertRefused("Marc Employee is an employee"):
            self.insider.kind = "subcontractor"
        self.insider.kind = "manager"

    def test_file_is_about_the_contact_of_the_employee(self):
        other = self.env["res.partner"].create({"name": "Somebody"})
        with self.assertRefused("must be about that one"):
            self.insider.partner_id = other

    def test_file_follows_the_contact_of_the_employee(self):
        other = self.env["res.partner"].create({"name": "Marc, again"})
        self.employee.work_contact_id = other
        self.assertEqual(self.insider.partner_id, other)
        self.assertEqual(self.insider.name, "Marc, again")

    def test_permanent_staff_is_a_setting(self):
        self.assertFalse(self.outsider.permanent)
        self.insider.kind = "manager"
        self.assertFalse(self.insider.permanent)
        self.company.qualiopi_permanent_kinds = "employee_manager"
        self.assertTrue(self.insider.permanent)
        self.outsider.permanent = True
        self.outsider.note = "x"
        self.assertTrue(self.outsider.permanent)

    def test_resume_is_the_cv(self):
        line = self.env["hr.resume.line"]
        with self.on("2026-01-10"):
            line = line.create(
                {"employee_id": self.employee.id, "name": "Teacher in Lyon"}
            )
        self.assertEqual(str(self.insider.cv_on), "2026-01-10")
        with self.on("2026-02-20"):
            line.name = "Teacher in Paris"
        self.assertEqual(str(self.insider.cv_on), "2026-02-20")

    def test_employee_without_resume_has_no_cv(self):
        self.assertFalse(self.insider.cv_on)

    def test_what_is_missing_and_its_search(self):
        self.assertIn("Induction", self.outsider.missing_text)
        self.assertIn("CV", self.outsider.missing_text)
        Trainer = self.env["qualiopi.trainer"]
        both = [("id", "in", (self.outsider | self.insider).ids)]
        self.assertEqual(
            Trainer.search([*both, ("missing_count", ">", 0)]),
            self.outsider | self.insider,
        )
        with self.on(PLANNED_ON):
            self.hold(self.insider, self.title)
            self.insider.write(
                {
                    "cv_on": PLANNED_ON,
                    "induction_on": PLANNED_ON,
                    "disability_awareness_on": PLANNED_ON,
                    "assessment_ids": [Command.create({"date": PLANNED_ON})],
                }
            )
            self.forget()
            self.assertEqual(self.insider.missing_text, "")
            self.assertEqual(
                Trainer.search([*both, ("missing_count", ">", 0)]), self.outsider
            )
        with self.on("2027-02-02"):
            self.assertEqual(self.insider.missing_count, 2)

    def test_last_assessment(self):
        self.outsider.assessment_ids = [
            Command.create({"date": day}) for day in ("2025-01-15", "2024-01-15")
        ]
        self.assertEqual(str(self.outsider.assessed_on), "2025-01-15")
        self.outsider.assessment_ids[0].unlink()
        self.assertEqual(str(self.outsider.assessed_on), "2024-01-15")

    def test_assessment_to_come_is_refused(self):
        with self.on(PLANNED_ON), self.assertRefused("planned as an activity"):
            self.outsider.assessment_ids = [Command.create({"date": "2026-02-03"})]

    def test_validated_programme_may_still_change_what_it_requires(self):
        self.program._set_state("validated")
        self.require(self.program, self.first_aid)
        self.program.trainer_ids = [Command.unlink(self.outsider.id)]
        self.assertNotIn(self.program, self.outsider.program_ids)

    def test_duplicated_programme_requires_the_same(self):
        self.assertEqual(self.program.copy().skill_ids.skill_id, self.title)


@tagged("post_install", "-at_install")
class TestLeaving(TrainerCase):
    def activities(self, session=None):
        return (session or self.session).activity_ids

    def test_leaving_with_sessions_ahead_is_told(self):
        with self.on(PLANNED_ON):
            self.assign(self.outsider)
            action = self.outsider.with_user(self.manager).action_leave()
            self.assertIn("Spreadsheets in March", action["params"]["message"])
            self.assertEqual(str(self.outsider.left_on), PLANNED_ON)
            self.assertIn("Nadia Outsider left", self.activities().note)
            self.assertIn("Spreadsheets in March", self.outsider.message_ids[0].body)

    def test_leaving_without_sessions_ahead(self):
        self.assign(self.outsider)
        with self.on("2026-04-01"):
            self.assertFalse(self.outsider.action_leave())
        self.assertFalse(self.activities())

    def test_departure_of_the_employee(self):
        with self.on(PLANNED_ON):
            self.assign(self.insider)
            self.employee.action_archive()
            self.assertEqual(self.insider.state, "left")
            self.assertEqual(len(self.activities()), 1)

    def test_archiving_the_file(self):
        with self.on(PLANNED_ON):
            self.assign(self.outsider)
            self.outsider.action_archive()
            self.assertIn("is archived", self.activities().note)

    def test_coming_back(self):
        self.outsider.action_leave()
        self.outsider.action_activate()
        self.assertEqual(self.outsider.state, "active")
        self.assertFalse(self.outsider.left_on)

    def test_who_taught_is_not_deleted(self):
        assignment = self.assign(self.outsider)
        with self.assertRefused("part of their history", UserError):
            self.outsider.unlink()
        assignment.unlink()
        self.outsider.unlink()
