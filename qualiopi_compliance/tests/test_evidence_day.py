from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .check_common import MAJOR, TODAY, YESTERDAY, CheckCase


@tagged("post_install", "-at_install")
class TestEvidenceDay(CheckCase):
    """What would the auditor have seen on a day?"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.need = cls.ship("learner_need")
        cls.learners = cls.new_learners(cls.session, 4)
        cls.learners.qualiopi_need_on = "2026-02-20"
        cls.learners[0].qualiopi_need_on = "2026-03-20"

    def ask(self, day, user=None):
        return (
            self.env["qualiopi.evidence.day"]
            .with_user(user or self.internal_auditor)
            .create({"company_id": self.company.id, "day": day})
        )

    def shown(self, wizard):
        """:return: the results that its action opens"""
        action = wizard.action_show()
        return self.env[action["res_model"]].search(action["domain"])

    def test_what_is_known_of_the_day(self):
        with self.on(YESTERDAY, self.company):
            self.read()
        self.ask("2026-03-10").action_show()
        for day, known, framework in (
            (YESTERDAY, "night", "rnq-2019"),
            ("2026-03-10", "rebuilt", "rnq-2019"),
            ("2026-03-11", "none", "rnq-2019"),
            (TODAY, "today", "rnq-2019"),
            ("2026-12-01", "future", "rnq-2026"),
        ):
            with (
                self.subTest(day=day),
                Form(
                    self.env["qualiopi.evidence.day"].with_user(self.internal_auditor)
                ) as form,
            ):
                form.day = day
                self.assertEqual(form.known, known)
                self.assertEqual(form.framework_id.code, framework)

    def test_counted_that_night_it_is_shown_as_it_was(self):
        with self.on(YESTERDAY, self.company):
            self.read()
        self.learners.qualiopi_need_on = False
        [row] = self.shown(self.ask(YESTERDAY))
        self.assertEqual((row.check_id, row.missing), (self.need, 0))
        self.assertFalse(row.rebuilt)

    def test_otherwise_it_is_rebuilt_once_and_says_so(self):
        [row] = self.shown(self.ask("2026-03-10"))
        self.assertEqual((row.population, row.missing), (4, 1))
        self.assertTrue(row.rebuilt)
        self.learners.qualiopi_need_on = False
        again = self.shown(self.ask("2026-03-10"))
        self.assertEqual(again, row)
        self.assertEqual(again.missing, 1)

    def test_a_rebuilt_day_leaves_the_statuses_of_today(self):
        living = self.read()
        line = self.line(living, MAJOR)
        self.assertEqual(line.computed_status, "demonstrated")
        self.shown(self.ask("2026-03-10"))
        self.assertEqual(line.computed_status, "demonstrated")
        self.assertEqual(str(living.evidence_on), TODAY)

    def test_today_is_counted_not_rebuilt(self):
        [row] = self.shown(self.ask(TODAY))
        self.assertFalse(row.rebuilt)
        self.assertEqual(str(self.living(self.company).evidence_on), TODAY)

    def test_by_the_framework_of_the_day(self):
        new = self.new_check(
            kind="document",
            model=False,
            document_type_id=self.env["qualiopi.document.type"]
            .create({"name": "Plan", "company_id": self.company.id})
            .id,
            framework_ids=[self.framework(2026).id],
        )
        with self.on("2026-12-01", self.company):
            self.assertNotIn(new, self.shown(self.ask("2026-10-31")).check_id)
            self.assertIn(new, self.shown(self.ask("2026-11-01")).check_id)

    def test_a_day_to_come(self):
        wizard = self.ask("2026-04-16", self.manager)
        for method in (wizard.action_show, wizard.action_self_assess):
            with self.assertRefused("has not come yet", UserError):
                method()

    def test_before_the_first_framework(self):
        wizard = self.ask("2019-01-01", self.manager)
        for method in (wizard.action_show, wizard.action_self_assess):
            with self.assertRefused("No quality framework is known", UserError):
                method()

    def test_a_self_assessment_of_the_day(self):
        action = self.ask("2026-03-10", self.manager).action_self_assess()
        checklist = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(str(checklist.date), "2026-03-10")
        self.assertEqual(checklist.company_id, self.company)
        line = self.line(checklist, MAJOR)
        self.assertEqual(line.computed_status, "insufficient")
        with self.assertRaises(AccessError):
            self.ask("2026-03-10").action_self_assess()

    def test_who_looks(self):
        for user in (self.contributor, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ask("2026-03-10", user)
        wizard = self.ask("2026-03-10")
        with self.assertRaises(AccessError):
            wizard.with_user(self.other_manager).action_show()
        with self.assertRaises(AccessError):
            self.ask("2026-03-10", self.other_manager)
        self.assertFalse(self.results.search([("day", "=", "2026-03-10")]))
