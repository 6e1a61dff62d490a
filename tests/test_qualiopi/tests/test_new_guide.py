"""A new guide or framework is a data file: nothing of our code changes for it."""

from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon

BEFORE = "2027-01-09"
PUBLISHED = "2027-01-10"
EVE = "2027-03-09"
COMPULSORY = "2027-03-10"
TOY_EVE = "2027-12-31"
TOY_DAY = "2028-01-01"


@tagged("post_install", "-at_install")
class TestNewGuide(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # no activity report filed: a new entrant
        cls.company.qualiopi_bpf_state = "none"
        cls.declare(cls.company, "AFC")
        cls.checklist = cls.living(cls.company)

    def load(self, name):
        convert_file(self.env, "test_qualiopi", f"fixtures/{name}.xml", {})
        self.forget()

    def test_gravity_of_the_requirement_follows_on_the_compulsory_day(self):
        requirement = self.requirement(2026, 1)
        self.load("toy_guide_v10")
        for day, version, gravity in (
            (BEFORE, "V9", "gradable"),
            (PUBLISHED, "V9", "gradable"),
            (EVE, "V9", "gradable"),
            (COMPULSORY, "V10", "major_only"),
        ):
            with self.subTest(day=day), self.on(day):
                self.assertEqual(requirement.gravity, gravity)
                self.assertEqual(requirement.guide_entry_id.guide_id.version, version)
                found = self.env["qualiopi.requirement"].search(
                    [("gravity", "=", "major_only"), ("id", "=", requirement.id)]
                )
                self.assertEqual(bool(found), gravity == "major_only")

    def test_notice_disappears_with_the_guide_written_for_the_framework(self):
        requirement = self.requirement(2026, 1)
        self.load("toy_guide_v10")
        with self.on(EVE):
            self.assertIn("V9", requirement.guide_notice)
        with self.on(COMPULSORY):
            self.assertFalse(requirement.guide_notice)

    def test_former_framework_keeps_its_guide(self):
        requirement = self.requirement(2019, 1)
        self.load("toy_guide_v10")
        with self.on(COMPULSORY):
            self.assertEqual(requirement.guide_entry_id.guide_id.version, "V9")
            self.assertEqual(requirement.gravity, "gradable")

    def test_living_checklist_follows_on_the_compulsory_day(self):
        line = self.line(self.checklist, 1)
        self.load("toy_guide_v10")
        for day, version, gravity in (
            (PUBLISHED, "V9", "gradable"),
            (EVE, "V9", "gradable"),
            (COMPULSORY, "V10", "major_only"),
        ):
            with self.subTest(day=day), self.on(day, self.company):
                self.assertEqual(self.checklist.guide_id.version, version)
                self.assertEqual(line.gravity, gravity)
                self.assertEqual(line.guide_entry_id.guide_id.version, version)

    def test_new_entrants_follow_on_the_compulsory_day(self):
        line = self.line(self.checklist, 17)
        self.load("toy_guide_v10")
        with self.on(EVE, self.company):
            self.assertEqual(line.regime, "standard")
        with self.on(COMPULSORY, self.company):
            self.assertEqual(line.regime, "new_entrant")

    def test_statuses_stay_when_only_the_guide_changes(self):
        line = self.line(self.checklist, 1)
        self.load("toy_guide_v10")
        with self.on(EVE, self.company):
            line.declared_status = "demonstrated"
        with self.on(COMPULSORY, self.company):
            self.assertEqual(line.gravity, "major_only")
            self.assertEqual(line.status, "demonstrated")
            self.assertEqual(str(line.assessed_on), EVE)
            self.assertFalse(line.to_confirm)

    def test_what_the_new_guide_does_not_say_is_not_guessed(self):
        line = self.line(self.checklist, 9)
        self.load("toy_guide_v10")
        with self.on(COMPULSORY, self.company):
            self.assertEqual(line.gravity, "unknown")
            self.assertFalse(line.guide_entry_id)
            self.assertTrue(line.guide_notice)

    def test_pending_guide_between_both_dates(self):
        guide = self.env.ref("qualiopi_compliance.guide_v10")
        self.load("toy_guide_v10")
        for day, pending, state in (
            (BEFORE, False, "awaited"),
            (PUBLISHED, True, "published"),
            (EVE, True, "published"),
            (COMPULSORY, False, "compulsory"),
        ):
            with self.subTest(day=day), self.on(day, self.company):
                self.assertEqual(bool(self.checklist.pending_guide_id), pending)
                if pending:
                    self.assertEqual(self.checklist.pending_guide_id, guide)
                self.assertEqual(guide.state, state)

    def test_self_assessment_of_a_later_day_uses_its_own_guide(self):
        self.load("toy_guide_v10")
        with self.on(PUBLISHED):
            before = self.self_assessment(self.company, EVE)
            after = self.self_assessment(self.company, COMPULSORY)
            self.assertEqual(before.guide_id.version, "V9")
            self.assertEqual(before.pending_guide_id.version, "V10")
            self.assertEqual(after.guide_id.version, "V10")
            self.assertFalse(after.pending_guide_id)


@tagged("post_install", "-at_install")
class TestNewFramework(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC")
        cls.checklist = cls.living(cls.company)
        convert_file(cls.env, "test_qualiopi", "fixtures/toy_framework.xml", {})
        cls.forget()

    def assess(self):
        """Assess every indicator on the last day of rnq-2026."""
        with self.on(TOY_EVE, self.company):
            self.assertEqual(self.checklist.framework_id.code, "rnq-2026")
            self.assertEqual(len(self.checklist.line_ids), 33)
            self.checklist.line_ids.write(
                {"declared_status": "demonstrated", "conclusion": "<p>Done</p>"}
            )

    def test_living_checklist_follows(self):
        self.assess()
        with self.on(TOY_DAY, self.company):
            self.assertEqual(self.checklist.framework_id.code, "rnq-toy")
            self.assertEqual(self.numbers(self.checklist), [17, 31, 34])

    def test_conclusions_are_carried(self):
        self.assess()
        with self.on(TOY_DAY, self.company):
            same, changed, new = (self.line(self.checklist, n) for n in (17, 31, 34))
            self.assertEqual(same.status, "demonstrated")
            self.assertEqual(str(same.assessed_on), TOY_EVE)
            self.assertFalse(same.to_confirm)
            self.assertEqual(changed.status, "not_assessed")
            self.assertEqual(changed.conclusion, "<p>Done</p>")
            self.assertTrue(changed.to_confirm)
            self.assertFalse(new.conclusion)
            self.assertEqual(new.status, "not_assessed")

    def test_what_was_written_on_a_dropped_indicator_is_not_lost(self):
        self.assess()
        dropped = self.line(self.checklist, 4)
        with self.on(TOY_DAY, self.company):
            self.assertTrue(dropped.exists())
            self.assertFalse(dropped.active)
            self.assertNotIn(dropped, self.checklist.line_ids)
            self.assertEqual(dropped.conclusion, "<p>Done</p>")

    def test_former_text_is_compared_with_the_framework_before(self):
        requirement = self.env.ref("test_qualiopi.toy_requirement_31")
        self.assertEqual(requirement.previous_id, self.requirement(2026, 31))

    def test_the_day_decides(self):
        Framework = self.env["qualiopi.framework"]
        self.assertEqual(Framework._for_date(TOY_EVE).code, "rnq-2026")
        self.assertEqual(Framework._for_date(TOY_DAY).code, "rnq-toy")
