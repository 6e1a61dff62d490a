from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import DAY_2019, DAY_2026, QualiopiCommon


class SelfAssessmentCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC", over_two_days=True)
        cls.Checklist = cls.env["qualiopi.checklist"].with_user(cls.manager)

    def new(self, date=DAY_2026, **vals):
        return self.Checklist.create({"date": date, **vals})


class TestDate(SelfAssessmentCase):
    def test_the_date_decides_the_framework(self):
        for day, code, count in (
            ("2019-06-08", "rnq-2019", 32),
            (DAY_2019, "rnq-2019", 32),
            (DAY_2026, "rnq-2026", 33),
            ("2031-01-01", "rnq-2026", 33),
        ):
            with self.subTest(day=day):
                checklist = self.new(day)
                self.assertEqual(checklist.framework_id.code, code)
                self.assertEqual(len(checklist.line_ids), count)
                self.assertEqual(
                    checklist.line_ids.requirement_id,
                    checklist.framework_id.requirement_ids,
                )
                self.assertEqual(str(checklist.refreshed_on), day)

    def test_the_date_decides_the_guide(self):
        self.assertFalse(self.new("2024-03-07").guide_id)
        self.assertEqual(self.new("2024-03-08").guide_id.version, "V9")

    def test_before_the_first_framework(self):
        before = self.Checklist.search_count([])
        with (
            self.assertRaisesRegex(UserError, "2019-06-08|08/06/2019|06/08/2019"),
            self.env.cr.savepoint(),
        ):
            self.new("2019-06-07")
        self.assertEqual(self.Checklist.search_count([]), before)

    def test_cannot_change_afterwards(self):
        checklist = self.new()
        for vals in (
            {"date": DAY_2019},
            {"company_id": self.other_company.id},
            {"kind": "living"},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                checklist.write(vals)
        self.assertEqual(str(checklist.date), DAY_2026)
        self.assertEqual(checklist.framework_id.code, "rnq-2026")

    def test_the_framework_cannot_be_chosen_against_the_date(self):
        checklist = self.new(framework_id=self.framework(2019).id)
        self.assertEqual(checklist.framework_id.code, "rnq-2026")

    def test_today_by_default(self):
        with self.on("2026-12-15"):
            checklist = self.Checklist.create({})
            self.assertEqual(str(checklist.date), "2026-12-15")
            self.assertEqual(checklist.company_id, self.company)
            self.assertEqual(checklist.user_id, self.manager)
            self.assertEqual(checklist.kind, "self_assessment")

    def test_from_the_form(self):
        with self.on("2026-12-15"):
            form = Form(self.Checklist)
            form.date = DAY_2019
            checklist = form.save()
            self.assertEqual(len(checklist.line_ids), 32)


class TestName(SelfAssessmentCase):
    def test_tells_the_date(self):
        checklist = self.new("2026-12-15")
        self.assertIn("2026", checklist.name)
        self.assertIn("15", checklist.name)
        self.assertEqual(checklist.display_name, checklist.name)

    def test_can_be_given_and_changed(self):
        checklist = self.new(name="Audit à blanc")
        self.assertEqual(checklist.name, "Audit à blanc")
        checklist.name = "Avant l'audit"
        self.assertEqual(checklist.display_name, "Avant l'audit")

    def test_stays_when_another_one_begins(self):
        checklist = self.new(name="Audit à blanc")
        self.new("2026-12-15")
        self.assertEqual(checklist.name, "Audit à blanc")


class TestStart(SelfAssessmentCase):
    def write_living(self, day):
        """Assess every line of the living checklist on that day."""
        living = self.living(self.company)
        with self.on(day, self.company):
            living.line_ids.with_user(self.manager).write(
                {"declared_status": "demonstrated", "conclusion": "<p>Living</p>"}
            )
        return living

    def test_first_one_starts_from_the_living_checklist(self):
        living = self.write_living(DAY_2026)
        checklist = self.new("2026-12-15")
        self.assertEqual(checklist.previous_id, living)
        line = self.line(checklist, 4)
        self.assertEqual(line.conclusion, "<p>Living</p>")
        self.assertEqual(line.status, "demonstrated")
        self.assertEqual(str(line.assessed_on), DAY_2026)
        self.assertFalse(line.to_confirm)

    def test_next_one_starts_from_the_last_one_before_its_date(self):
        first, second, later = (
            self.new(day) for day in ("2026-11-10", "2026-11-20", "2026-12-20")
        )
        self.line(second, 4).conclusion = "<p>Second</p>"
        second._close()
        other = self.self_assessment(self.other_company, "2026-12-01")
        checklist = self.new("2026-12-15")
        self.assertEqual(checklist.previous_id, second)
        self.assertEqual(self.line(checklist, 4).conclusion, "<p>Second</p>")
        self.assertNotIn(checklist.previous_id, first | later | other)

    def test_can_start_from_another_one(self):
        first, second = self.new("2026-11-10"), self.new("2026-11-20")
        self.line(first, 4).conclusion = "<p>First</p>"
        checklist = self.new("2026-12-15", previous_id=first.id)
        self.assertEqual(self.line(checklist, 4).conclusion, "<p>First</p>")
        self.assertNotEqual(checklist.previous_id, second)

    def test_cannot_start_from_another_company(self):
        other = self.self_assessment(self.other_company)
        with self.assertRaises(UserError):
            self.new("2026-12-15", previous_id=other.id)

    def test_is_independent_of_what_it_started_from(self):
        living = self.write_living(DAY_2026)
        checklist = self.new("2026-12-15")
        self.line(checklist, 4).write(
            {"declared_status": "at_risk", "conclusion": "<p>Own</p>"}
        )
        self.assertEqual(self.line(living, 4).status, "demonstrated")
        self.line(living, 5).conclusion = "<p>Later</p>"
        self.company._qualiopi_refresh_checklists()
        self.assertEqual(self.line(checklist, 4).conclusion, "<p>Own</p>")
        self.assertEqual(self.line(checklist, 5).conclusion, "<p>Living</p>")

    def test_across_frameworks(self):
        self.write_living(DAY_2019)
        with self.on(DAY_2019):
            checklist = self.new(DAY_2026)
        self.assertEqual(checklist.previous_id.framework_id.code, "rnq-2019")
        same, form, substance, new = (self.line(checklist, n) for n in (4, 31, 12, 33))
        self.assertEqual(same.status, "demonstrated")
        self.assertFalse(same.to_confirm)
        self.assertEqual(form.status, "demonstrated")
        self.assertTrue(form.to_confirm)
        self.assertEqual(substance.declared_status, "not_assessed")
        self.assertEqual(substance.conclusion, "<p>Living</p>")
        self.assertTrue(substance.to_confirm)
        self.assertFalse(new.conclusion)
        self.assertFalse(new.to_confirm)

    def test_back_across_frameworks(self):
        """History can be typed in: an older date after a newer one."""
        self.write_living(DAY_2026)
        with self.on(DAY_2026):
            checklist = self.new(DAY_2019)
        self.assertEqual(len(checklist.line_ids), 32)
        self.assertFalse(self.line(checklist, 4).to_confirm)
        self.assertTrue(self.line(checklist, 12).to_confirm)
        self.assertEqual(self.line(checklist, 12).declared_status, "not_assessed")

    def test_follows_the_facts_while_open(self):
        checklist = self.new()
        self.assertNotIn(13, self.numbers(checklist))
        self.company.qualiopi_company_category_ids.work_study = True
        self.assertIn(13, self.numbers(checklist))


class TestLife(SelfAssessmentCase):
    def test_can_be_archived(self):
        checklist = self.new()
        checklist.action_archive()
        self.assertNotIn(checklist, self.Checklist.search([]))
        checklist.action_unarchive()
        self.assertIn(checklist, self.Checklist.search([]))

    def test_can_be_deleted_while_open_with_all_that_hangs_on_it(self):
        checklist = self.new()
        line = self.line(checklist, 4)
        activity = line.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.manager.id
        )
        message = line.message_post(body="Hello")
        lines = checklist.line_ids
        checklist.unlink()
        self.assertFalse(lines.exists())
        self.assertFalse(activity.exists())
        self.assertFalse(message.exists())

    def test_outlives_what_it_started_from(self):
        first = self.new("2026-11-10")
        checklist = self.new("2026-12-15")
        self.assertEqual(checklist.previous_id, first)
        first.unlink()
        self.assertTrue(checklist.exists())
        self.assertFalse(checklist.previous_id)

    def test_only_a_manager_makes_one(self):
        for user in (self.contributor, self.internal_auditor, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["qualiopi.checklist"].with_user(user).create({})

    def test_two_at_once(self):
        checklists = self.Checklist.create([{"date": DAY_2019}, {"date": DAY_2026}])
        self.assertEqual([len(each.line_ids) for each in checklists], [32, 33])
