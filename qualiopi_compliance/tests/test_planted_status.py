from ..planted.gaps_company import NoCouncil, NoDisabilityReferent
from ..planted.gaps_document import Expiring
from ..planted.gaps_learner import Convocation, Need
from .planted_common import PlantedCase

DAY = "2026-10-15"


class TestPlantedStatus(PlantedCase):
    """Where the indicators stand, and why, with a known number of gaps."""

    built_on = DAY
    planted = (Need, Convocation, NoCouncil, NoDisabilityReferent)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.company.partner_id.lang = "en_US"

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(DAY))

    def lines(self, day=DAY):
        """:return: number -> line of the living checklist, read on that day"""
        checklist = self.world.company._qualiopi_living_checklist()
        checklist._read_records()
        return {line.number: line for line in checklist.line_ids}

    def reviewed(self, *numbers):
        """Say that a person has looked at these indicators."""
        lines = self.world.company._qualiopi_living_checklist().line_ids
        for line in lines.filtered(lambda line: line.number in numbers):
            self.world.as_manager(line).action_review()

    def test_one_bad_file_is_enough_where_all_are_major(self):
        line = self.lines()[4]
        self.assertEqual(line.gravity, "major_only")
        self.assertEqual(line.computed_status, "insufficient")
        self.assertEqual(line.missing_count, 1)
        self.assertIn("1 missing", line.computed_reason)
        self.assertIn("Need analysed before the session", line.computed_reason)
        self.assertEqual(
            line.next_step,
            self.env.ref("qualiopi_compliance.check_learner_need").remediation,
        )

    def test_one_bad_file_of_many_is_a_risk_elsewhere(self):
        line = self.lines()[9]
        self.assertEqual(line.gravity, "gradable")
        self.assertEqual(line.missing_count, 1)
        # still above the threshold of 90 %
        self.assertEqual(line.computed_status, "demonstrated")
        self.env.ref("qualiopi_compliance.check_learner_convocation").threshold = 100
        self.assertEqual(self.lines()[9].computed_status, "at_risk")

    def test_demonstrated_when_nothing_is_missing(self):
        lines = self.lines()
        for number in (5, 7, 8, 11, 16, 18, 21, 22, 27):
            with self.subTest(number=number):
                self.assertEqual(lines[number].computed_status, "demonstrated")
                self.assertEqual(lines[number].missing_count, 0)

    def test_what_a_person_must_look_at_waits_for_him(self):
        self.assertEqual(self.lines()[6].computed_status, "not_assessed")
        self.assertIn("Nobody has reviewed it", self.lines()[6].computed_reason)
        self.reviewed(6)
        self.assertEqual(self.lines()[6].computed_status, "demonstrated")

    def test_the_worst_of_its_checks_decides(self):
        self.reviewed(20, 26)
        line = self.lines()[20]
        self.assertEqual(line.computed_status, "insufficient")
        self.assertEqual(line.missing_count, 2)
        # the same referent is missing for both
        self.assertEqual(self.lines()[26].computed_status, "insufficient")

    def test_what_does_not_apply_is_not_counted(self):
        # the framework of that day has 32 indicators
        self.assertNotIn(33, self.lines())
        category = self.world.company.qualiopi_company_category_ids.filtered(
            lambda row: row.category_code == "CFA"
        )
        category.active = False
        for number in (14, 15, 20, 29):
            with self.subTest(number=number):
                line = self.lines()[number]
                self.assertEqual(line.status, "not_applicable")
                self.assertEqual(line.computed_reason, "")

    def test_of_a_new_entrant_what_was_done_is_not_asked(self):
        for row in self.world.company.qualiopi_company_category_ids:
            row.write(
                {"new_entrant_override": "yes", "new_entrant_reason": "First year"}
            )
        company = self.world.company
        asked = {
            each.check.code
            for each, count in company._qualiopi_counts(self.date(DAY))
            if count.population
        }
        for code in ("learner.outcome", "trainer.development", "company.weak_points"):
            self.assertNotIn(code, asked)
        # written down, or not among the indicators that the guide defers
        for code in ("document.assessment_procedure", "learner.need"):
            self.assertIn(code, asked)
        lines = self.lines()
        self.assertEqual(lines[11].regime, "new_entrant")
        self.assertEqual(lines[11].computed_status, "demonstrated")
        self.assertIn("1 of 1", lines[11].computed_reason)
        # nothing of it is looked at before the surveillance audit
        self.assertEqual(lines[22].computed_status, "not_assessed")

    def test_of_one_new_category_only_its_files_are_left_out(self):
        company = self.world.company
        day = self.date(DAY)

        def looked_at():
            counts = company._qualiopi_counts(day)
            return {each.check.code: count.population for each, count in counts}

        before = looked_at()
        company.qualiopi_company_category_ids.filtered(
            lambda row: row.category_code == "BC"
        ).write({"new_entrant_override": "yes", "new_entrant_reason": "New"})
        after = looked_at()
        learners = len(self.world.sessions["assessment"].registration_ids)
        self.assertEqual(before["learner.outcome"] - after["learner.outcome"], learners)
        self.assertEqual(before["learner.need"], after["learner.need"])

    def test_what_runs_out_before_long_is_a_risk(self):
        self.reviewed(23)
        self.assertEqual(self.lines()[23].computed_status, "demonstrated")
        Expiring(self.world).plant()
        line = self.lines()[23]
        self.assertEqual(line.computed_status, "at_risk")
        self.assertIn("before long", line.computed_reason)
