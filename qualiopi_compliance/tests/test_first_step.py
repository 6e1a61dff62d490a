from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import NDA
from .session_common import SessionCase
from .views_common import ViewsMixin

ORDER = [
    "categories",
    "organisation",
    "programs",
    "validated",
    "sessions",
    "trainers",
    "surveys",
    "documents",
]


@tagged("post_install", "-at_install")
class TestFirstSteps(SessionCase, ViewsMixin):
    """What a company fills in first, worked out from its own records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls.new_company("Organisme neuf")
        cls.newcomer = cls.new_user("q_newcomer", "manager", cls.empty)
        cls.env["qualiopi.survey.plan"].search(
            [("company_id", "=", cls.empty.id)]
        ).active = False

    def steps(self, user=None):
        """:return: the steps of the reader's company, in order"""
        self.forget()
        user = user or self.newcomer
        return self.living(user.company_id).with_user(user).first_step_ids

    def done(self, user=None):
        return [row.step for row in self.steps(user) if row.done]

    def contact(self, name="Rose Durand"):
        return self.env["res.partner"].create({"name": name})

    def test_an_empty_company_has_all_to_do(self):
        self.assertEqual(self.steps().mapped("step"), ORDER)
        self.assertEqual(self.done(), [])
        self.assertEqual(self.living(self.empty).first_steps_left, 8)
        for row in self.steps():
            with self.subTest(step=row.step):
                self.assertTrue(row.hint)
                self.assertTrue(row.display_name)

    def test_categories(self):
        self.declare(self.empty, "AFC")
        self.assertEqual(self.done(), ["categories"])

    def test_organisation(self):
        self.empty.qualiopi_nda = NDA
        self.assertEqual(self.done(), [])
        self.empty.qualiopi_quality_contact_id = self.contact()
        self.assertEqual(self.done(), [])
        self.empty.qualiopi_disability_contact_id = self.contact()
        self.assertEqual(self.done(), ["organisation"])

    def test_apprentices_need_the_mobility_contact_too(self):
        self.test_organisation()
        self.declare(self.empty, "CFA")
        self.assertEqual(self.done(), ["categories"])
        self.empty.qualiopi_mobility_contact_id = self.contact()
        self.assertEqual(self.done(), ["categories", "organisation"])

    def test_programmes_and_a_validated_one(self):
        program = self.new_program(company_id=self.empty.id)
        self.assertEqual(self.done(), ["programs"])
        program.sudo()._set_state("validated")
        self.assertEqual(self.done(), ["programs", "validated"])
        program.active = False
        self.assertEqual(self.done(), [])

    def test_sessions_with_learners(self):
        program = self.new_program(company_id=self.empty.id)
        event = self.new_event(company_id=self.empty.id)
        learner = self.new_learners(event, 1)
        self.assertEqual(self.done(), ["programs"], "an event of no programme")
        event.qualiopi_program_id = program
        self.assertEqual(self.done(), ["programs", "sessions"])
        learner.state = "cancel"
        self.assertEqual(self.done(), ["programs"])

    def test_trainers_and_surveys(self):
        self.env["qualiopi.trainer"].create(
            {
                "company_id": self.empty.id,
                "partner_id": self.contact().id,
                "kind": "subcontractor",
            }
        )
        self.assertEqual(self.done(), ["trainers"])
        plans = self.env["qualiopi.survey.plan"].with_context(active_test=False)
        plans.search([("company_id", "=", self.empty.id)], limit=1).active = True
        self.assertEqual(self.done(), ["trainers", "surveys"])

    def test_events_of_an_odoo_already_in_use(self):
        for _number in range(3):
            self.new_event(company_id=self.empty.id)
        step = self.steps()[2]
        self.assertEqual(step.number, 3)
        self.assertIn("Events without a programme: 3", step.hint)
        self.assertEqual(step.action_open()["res_model"], "qualiopi.program.adoption")

    def test_each_leads_where_it_is_done(self):
        expected = {
            "categories": "res.company",
            "organisation": "res.company",
            "programs": "qualiopi.program",
            "validated": "qualiopi.program",
            "sessions": "event.event",
            "trainers": "qualiopi.trainer",
            "surveys": "qualiopi.survey.plan",
            "documents": "qualiopi.evidence",
        }
        for step in self.steps():
            with self.subTest(step=step.step):
                action = step.action_open()
                self.assertEqual(action["res_model"], expected[step.step])
                if action["res_model"] == "res.company":
                    self.assertEqual(action["res_id"], self.empty.id)

    def test_each_company_its_own(self):
        self.declare(self.company, "AFC")
        self.assertEqual(self.done(), [])
        self.assertIn("programs", self.done(self.manager))
        model = self.env["qualiopi.first.step"].with_user(self.newcomer)
        self.assertEqual(model.search([]).company_id, self.empty)
        foreign = self.steps(self.manager)
        self.forget()
        self.assertEqual(foreign.with_user(self.newcomer).read(["done"]), [])
        with self.assertRaises(MissingError):
            foreign[0].with_user(self.newcomer).action_open()

    def test_shown_to_managers_until_all_is_done(self):
        living = self.living(self.empty)
        for user, shown in ((self.newcomer, True), (self.contributor, False)):
            arch = self.view(living.with_user(user), "form")
            found = arch.xpath("//field[@name='first_step_ids']")
            with self.subTest(user=user.login):
                self.assertEqual(bool(found), shown)
        [block] = self.view(living.with_user(self.newcomer), "form").xpath(
            "//div[@name='first_steps']"
        )
        self.assertIn("not first_steps_left", block.get("invisible"))
        self.assertIn("first_steps_folded", block.get("invisible"))

    def test_all_done(self):
        model = self.env["qualiopi.first.step"]
        done = dict.fromkeys(ORDER, (SQL("TRUE"), SQL("0")))
        self.patch(type(model), "_rows", lambda steps: done)
        self.assertEqual(self.done(), ORDER)
        self.assertEqual(self.living(self.empty).first_steps_left, 0)

    def test_folded_away_and_back(self):
        living = self.living(self.empty).with_user(self.newcomer)
        living.action_fold_first_steps()
        self.assertTrue(living.first_steps_folded)
        living.action_fold_first_steps()
        self.assertFalse(living.first_steps_folded)
        for user in (self.contributor, self.internal_auditor):
            mine = self.living(self.company).with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                mine.action_fold_first_steps()

    def test_nothing_is_written_there(self):
        with self.assertRaises(AccessError):
            self.steps()[0].done = True
