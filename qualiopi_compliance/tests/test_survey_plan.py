from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.qualiopi_compliance import post_init_hook

from .session_common import LAST
from .survey_common import SurveyCase

PURPOSES = {
    "need",
    "entry",
    "final",
    "feedback",
    "later",
    "teaching",
    "company",
    "funder",
    "team",
    "principal",
}


@tagged("post_install", "-at_install")
class TestSurveyDefaults(SurveyCase):
    def defaults(self, company):
        return self.plans.search([("company_id", "=", company.id)])

    def test_each_company_has_what_is_shipped_switched_off(self):
        company = self.new_company("Troisième")
        plans = self.defaults(company)
        self.assertEqual(set(plans.mapped("purpose")), PURPOSES)
        self.assertEqual(len(plans), len(PURPOSES))
        self.assertFalse(plans.filtered("active"))
        later = plans.filtered(lambda plan: plan.purpose == "later")
        self.assertEqual((later.moment, later.months), ("later", 6))
        need = plans.filtered(lambda plan: plan.purpose == "need")
        self.assertEqual((need.moment, need.days), ("before", 7))

    def test_companies_that_were_there_before_too(self):
        self.defaults(self.company).unlink()
        own = self.env["qualiopi.survey.plan"].create(
            {"company_id": self.company.id, "survey_id": self.survey("need").id}
        )
        for _time in range(2):
            post_init_hook(self.env)
        plans = self.defaults(self.company)
        self.assertEqual(set(plans.mapped("purpose")), PURPOSES)
        self.assertEqual(len(plans), len(PURPOSES))
        self.assertTrue(own.active)

    def test_without_the_survey_shipped(self):
        self.plans.search([("purpose", "=", "need")]).unlink()
        self.survey("need").unlink()
        company = self.new_company("Troisième")
        self.assertEqual(
            set(self.defaults(company).mapped("purpose")), PURPOSES - {"need"}
        )

    def test_list_shows_what_is_switched_off(self):
        action = self.env.ref("qualiopi_compliance.qualiopi_survey_plan_action")
        self.assertIn('"active_test": False', action.context)


@tagged("post_install", "-at_install")
class TestSurveyPlan(SurveyCase):
    def test_begins_with_what_suits_its_purpose(self):
        form = Form(self.env["qualiopi.survey.plan"].with_user(self.manager))
        form.survey_id = self.survey("need")
        self.assertEqual((form.moment, form.days), ("before", 7))
        form.survey_id = self.survey("later")
        self.assertEqual((form.moment, form.months, form.days), ("later", 6, 0))
        form.program_id = self.program
        plan = form.save()
        self.assertEqual(plan.audience, "learner")
        self.assertEqual(plan.company_id, self.company)

    def test_another_survey_leaves_at_the_same_time(self):
        plan = self.plan("later", months=3, days=5)
        own = self.new_survey("later")
        with Form(plan) as form:
            form.survey_id = own
        self.assertEqual((plan.months, plan.days), (3, 5))
        plan.survey_id = self.survey("later")
        self.assertEqual((plan.months, plan.days), (3, 5))

    def test_refused(self):
        plan = self.plan("feedback")
        later = self.plan("later")
        for record, vals, regex in (
            (plan, {"days": -1}, "cannot be negative"),
            (plan, {"reminders": 1, "reminder_days": 0}, "at least a day"),
            (later, {"months": 0, "days": 0}, "needs a number of months"),
            (plan, {"moment": "yearly"}, "Funders, and only they"),
            (self.plan("funder"), {"moment": "end"}, "Funders, and only they"),
            (plan, {"survey_id": self.new_survey(False).id}, "has no purpose"),
            (
                plan,
                {"survey_id": self.new_survey(question_and_page_ids=False).id},
                "has no question",
            ),
            (
                plan,
                {
                    "survey_id": self.new_survey(
                        qualiopi_company_id=self.other_company.id
                    ).id
                },
                "belongs to Autre Organisme",
            ),
        ):
            case = self.subTest(vals=vals)
            with case, self.assertRefused(regex), self.env.cr.savepoint():
                record.write(vals)

    def test_two_plans_for_one_occasion(self):
        plan = self.plan("feedback")
        with self.assertRefused("is already sent for the same purpose"):
            plan.copy()
        plan.copy({"active": False})
        plan.copy({"program_id": self.program.id})
        self.assertTrue(plan.copy({"moment": "later", "months": 1}).active)

    def test_two_moments_for_one_purpose(self):
        """Asked after three months, and after six."""
        plan = self.plan("later")
        plan.copy({"months": 3})
        self.run_on("2026-06-06")
        self.run_on("2026-09-06")
        self.assertEqual(self.asked(), ["Alice Martin"] * 2 + ["Bruno Petit"] * 2)

    def test_a_programme_of_its_own(self):
        company = self.plan("feedback")
        survey = self.new_survey()
        own = self.env["qualiopi.survey.plan"].create(
            {
                "company_id": self.company.id,
                "program_id": self.program.id,
                "survey_id": survey.id,
            }
        )
        other = self.new_program(name="Welding")
        self.new_learner("Carla", self.new_session(qualiopi_program_id=other.id))
        self.run_on(LAST, "17:00")
        asked = self.invitations.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {row.name: row.plan_id for row in asked},
            {"Alice Martin": own, "Bruno Petit": own, "Carla": company},
        )

    def test_a_programme_whose_own_is_switched_off_is_not_asked(self):
        company = self.plan("feedback")
        own = company.copy({"program_id": self.program.id, "active": False})
        self.run_on(LAST, "17:00")
        self.assertEqual(self.asked(), [])
        own.unlink()
        self.run_on(LAST, "18:00")
        self.assertEqual(len(self.asked()), 2)

    def test_programme_shows_what_holds_for_it(self):
        company = self.plan("feedback")
        program = self.program.with_user(self.manager)
        self.assertIn(company, program.survey_plan_ids)
        action = (
            company.with_user(self.manager)
            .with_context(qualiopi_program_id=program.id)
            .action_own_plan()
        )
        own = self.plans.browse(action["res_id"])
        self.assertEqual(own.program_id, self.program)
        self.assertTrue(own.active)
        program.invalidate_recordset()
        self.assertIn(own, program.survey_plan_ids)
        self.assertNotIn(company, program.survey_plan_ids)
        # what is switched off is shown as well
        self.assertEqual(set(program.survey_plan_ids.mapped("purpose")), PURPOSES)
        with self.assertRaises(AccessError):
            company.with_user(self.event_user).with_context(
                qualiopi_program_id=program.id
            ).action_own_plan()

    def test_how_many_are_due(self):
        plan = self.plan("feedback")
        with self.at(f"{LAST} 17:00:00"):
            self.assertEqual(plan.due_count, 2)
            self.run_job()
            self.assertEqual(plan.due_count, 0)
            self.assertEqual((plan.asked_count, plan.answered_count), (2, 0))
            self.answer(self.invitation(self.alice), marks=1)
            plan.invalidate_recordset()
            self.assertEqual((plan.asked_count, plan.answered_count), (2, 1))
        action = plan.with_user(self.manager).action_open_invitations()
        self.assertEqual(self.invitations.search_count(action["domain"]), 2)

    def test_switched_off_shows_how_many_would_be_asked(self):
        plan = self.plan("feedback", active=False)
        with self.at(f"{LAST} 17:00:00"):
            self.assertEqual(plan.due_count, 2)

    def test_a_survey_that_cannot_be_sent_any_more(self):
        """The reason is shown once, on the plan, and nobody counts as not reached."""
        survey = self.new_survey()
        plan = self.plan("feedback", survey_id=survey.id, reminders=1)
        for change, back, regex in (
            ({"active": False}, {"active": True}, "is closed"),
            ({"users_login_required": True}, {"users_login_required": False}, "log in"),
            (
                {"question_and_page_ids": [Command.clear()]},
                {"question_and_page_ids": [Command.create({"title": "Why?"})]},
                "has no question",
            ),
        ):
            with self.subTest(change=change):
                survey.write(change)
                self.assertRegex(plan.warning, regex)
                self.run_on(LAST, "17:00")
                self.assertEqual(self.asked(), [])
                self.assertEqual(plan.due_count, 0)
                survey.write(back)
        self.assertIn("mark of satisfaction", plan.warning)
        self.run_on(LAST, "17:00")
        self.assertEqual(len(self.asked()), 2)
        # reminders neither
        survey.active = False
        self.run_on("2026-03-13")
        self.assertFalse(any(self.invitations.search([]).mapped("reminded")))

    def test_company_of_a_skills_assessment_is_not_asked(self):
        plan = self.plan("company").copy({"program_id": self.program.id})
        self.assertFalse(plan.warning)
        self.program.category_id = self.category("BC")
        self.assertIn("only beneficiaries", plan.warning)

    def test_language_of_the_survey(self):
        for code in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(code)
        plan = self.plan("feedback")
        self.assertFalse(plan.warning)
        self.survey("feedback").lang_ids = self.env["res.lang"]._lang_get("en_US")
        self.company.partner_id.lang = "fr_FR"
        plan.invalidate_recordset()
        self.assertIn("language of the company", plan.warning)

    def test_deleted_plan_leaves_what_it_sent(self):
        plan = self.plan("feedback")
        self.run_on(LAST, "17:00")
        plan.unlink()
        self.assertEqual(len(self.asked()), 2)

    def test_company_of_the_programme(self):
        plan = self.plan("feedback")
        foreign = self.new_program(company_id=self.other_company.id)
        with self.assertRaises(UserError):
            plan.program_id = foreign

    def test_when_in_words(self):
        self.env["res.lang"]._activate_lang("en_US")
        for purpose, vals, words in (
            ("need", {}, "7 days before the first day"),
            ("need", {"days": 1}, "1 day before the first day"),
            ("need", {"days": 0}, "On the first day"),
            ("feedback", {}, "As soon as it is over"),
            ("feedback", {"days": 2}, "2 days after the last day"),
            ("later", {}, "6 months after the last day"),
            ("later", {"days": 3}, "6 months and 3 days after the last day"),
            ("funder", {}, "Every year from November on"),
        ):
            with self.subTest(purpose=purpose, vals=vals):
                self.assertEqual(self.plan(purpose, **vals).when, words)

    def test_names(self):
        plan = self.plan("feedback")
        own = plan.copy({"program_id": self.program.id})
        self.assertEqual(plan.display_name, "Your opinion of the training – At the end")
        self.assertIn("Spreadsheets", own.display_name)
        # who plans sessions reads no surveys
        self.assertEqual(
            plan.with_user(self.event_user).display_name, plan.display_name
        )
