from odoo.exceptions import UserError
from odoo.tests import tagged

from .check_common import GRADABLE, MAJOR, TODAY, YESTERDAY, CheckCase

A_WEEK_AGO = "2026-04-08"


@tagged("post_install", "-at_install")
class TestResult(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.new_check()

    def test_one_row_for_each_check_and_day(self):
        other = self.new_check((MAJOR,))
        self.spoil(3)
        self.read()
        rows = self.results.search([("company_id", "=", self.company.id)])
        self.assertEqual(rows.check_id, self.check | other)
        self.assertEqual(set(map(str, rows.mapped("day"))), {TODAY})
        for row, status in ((self.check, "at_risk"), (other, "insufficient")):
            result = self.result(row)
            self.assertEqual(
                (result.population, result.satisfied, result.missing), (10, 7, 3)
            )
            self.assertEqual(result.rate, 70)
            self.assertEqual(result.status, status)
            self.assertFalse(result.rebuilt)

    def test_counting_today_again_replaces_and_keeps_the_number(self):
        """A page that is open finds its rows again."""
        self.read()
        before = self.result(self.check)
        self.spoil(5)
        self.read()
        after = self.result(self.check)
        self.assertEqual(after, before)
        self.assertEqual(after.missing, 5)
        self.assertEqual(after.write_uid, self.env.user)

    def test_a_check_no_longer_asked_has_no_row_today(self):
        with self.on(YESTERDAY, self.company):
            self.read()
        self.read()
        self.check.active = False
        self.read()
        self.assertFalse(self.result(self.check))
        self.assertTrue(self.result(self.check, YESTERDAY), "the old ones stay")

    def test_a_day_gone_by_is_never_counted_over(self):
        with self.on(YESTERDAY, self.company):
            self.read()
        row = self.result(self.check, YESTERDAY)
        self.spoil(5)
        self.company._qualiopi_record(row.day)
        self.forget()
        self.assertEqual(row.missing, 0)
        self.assertFalse(row.rebuilt)

    def test_a_day_to_come(self):
        day = self.results._fields["day"].to_date("2026-04-16")
        with self.assertRefused("has not come yet", UserError):
            self.company._qualiopi_record(day)

    def test_without_any_record_there_is_no_rate(self):
        empty = self.new_check(population_domain="[('name', '=', 'none')]")
        silent = self.new_check(
            population_domain="[('name', '=', 'none')]", when_empty="nothing_to_prove"
        )
        self.read()
        self.assertEqual(self.result(empty).status, "not_assessed")
        self.assertEqual(self.result(silent).status, "nothing")
        self.spoil(5)
        self.read()
        domain = [("company_id", "=", self.company.id), ("day", "=", TODAY)]
        [(rate,)] = self.results._read_group(domain, [], ["rate:avg"])
        self.assertEqual(rate, 50, "what looked at nothing does not weigh")

    def test_history_is_not_changed_by_hand(self):
        self.read()
        row = self.result(self.check).with_user(self.manager)
        with self.assertRefused("history|allowed|access", UserError):
            row.missing = 0
        with self.assertRefused("history|allowed|access", UserError):
            row.unlink()
        with self.assertRefused("allowed|access", UserError):
            row.copy({"day": "2026-01-01"})

    def test_change_in_a_week(self):
        other = self.new_check((MAJOR,), satisfied_domain="[]")
        self.spoil(2)
        with self.on(A_WEEK_AGO, self.company):
            self.read()
        self.spoil(5)
        self.read()
        self.assertEqual(self.result(self.check).change, 3)
        self.assertEqual(self.result(other).change, 0)
        self.assertEqual(self.result(self.check, A_WEEK_AGO).change, 0)
        mine = self.results.with_user(self.manager)
        today = [("day", "=", TODAY)]
        for operator, value, found in (
            (">", 0, self.check),
            ("<", 0, self.checks),
            (">=", 0, self.check | other),
            ("=", 3, self.check),
            ("!=", 3, other),
            ("<=", 2, other),
        ):
            with self.subTest(operator=operator, value=value):
                rows = mine.search([*today, ("change", operator, value)])
                self.assertEqual(rows.check_id, found)

    def test_no_change_is_made_up_where_it_could_not_be_counted(self):
        with self.on(A_WEEK_AGO, self.company):
            self.spoil(4)
            self.read()
        self.env.cr.execute(
            "UPDATE qualiopi_check SET model = 'gone.model' WHERE id = %s",
            self.check.ids,
        )
        self.forget()
        self.read()
        self.assertTrue(self.result(self.check).failure)
        self.assertEqual(self.result(self.check).change, 0)
        mine = self.results.with_user(self.manager)
        self.assertFalse(mine.search([("day", "=", TODAY), ("change", "<", 0)]))

    def test_from_a_result_to_its_records(self):
        self.spoil(3)
        self.read()
        row = self.result(self.check).with_user(self.manager)
        for action, number in (
            (row.action_open_missing(), 3),
            (row.action_open_satisfied(), 7),
        ):
            context = dict(action["context"])
            self.assertEqual(context["qualiopi_checks"], self.check.ids)
            self.assertEqual(context["allowed_company_ids"], self.company.ids)
            subjects = self.env[action["res_model"]].with_user(self.manager)
            subjects = subjects.with_context(**context)
            wanted = "search_default_satisfied" in context
            found = subjects.search([("satisfied", "=", wanted)])
            self.assertEqual(len(found), number)
            self.assertEqual(found.check_id, self.check)

    def test_opening_them_counts_when_nobody_did_today(self):
        for user in (self.contributor, self.internal_auditor, self.manager):
            self.results.search([]).sudo().unlink()
            self.living(self.company).sudo().evidence_on = False
            with self.subTest(user=user.login):
                action = self.results.with_user(user).action_open_today()
                self.assertEqual(action["res_model"], "qualiopi.check.result")
                self.assertTrue(self.result(self.check))

    def test_a_company_reads_and_counts_its_own(self):
        self.declare(self.other_company, "AFC")
        shared = self.ship("company_disability_referent")
        self.read()
        self.read(self.other_company)
        self.assertTrue(self.result(shared, company=self.other_company))
        self.assertFalse(self.result(self.check, company=self.other_company))
        theirs = self.results.with_user(self.other_manager).search([])
        self.assertEqual(theirs.company_id, self.other_company)
        for row in self.result(self.check) | self.result(shared):
            self.assertFalse(row.with_user(self.other_manager).has_access("read"))

    def test_gradable_and_major_only(self):
        """A check of two indicators is as strict as the stricter one."""
        both = self.new_check((MAJOR, GRADABLE))
        self.spoil(1)
        living = self.read()
        self.assertEqual(self.result(both).status, "insufficient")
        self.assertEqual(self.line(living, MAJOR).computed_status, "insufficient")
        self.assertEqual(self.line(living, GRADABLE).computed_status, "demonstrated")
