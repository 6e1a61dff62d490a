from odoo.tests import tagged

from .common import DAY_2019, DAY_2026, QualiopiCommon

AFC_SHORT = [
    *(1, 2, 4, 5, 6, 8, 9, 10, 11, 17, 18, 19, 21, 22, 23, 24, 25, 26),
    *(30, 31, 32),
]
AFC_LONG = sorted([*AFC_SHORT, 12])
# what concerns every category without any condition
COMMON = [number for number in AFC_SHORT if number != 8]


class ApplicabilityCase(QualiopiCommon):
    def check(self, day, **expected):
        """On ``day``, exactly these numbers stand under each applicability."""
        checklist = self.living(self.company)
        with self.subTest(day=day), self.on(day, self.company):
            for applicability, numbers in expected.items():
                self.assertEqual(self.numbers(checklist, applicability), numbers)
            self.assertEqual(
                checklist.applicable_count, len(expected.get("applicable", []))
            )
            self.assertEqual(
                checklist.unsettled_count, len(expected.get("unsettled", []))
            )


@tagged("post_install", "-at_install")
class TestApplicability(ApplicabilityCase):
    def test_training_over_two_days_has_22_indicators_before_and_after(self):
        self.declare(self.company, "AFC", over_two_days=True)
        self.check(DAY_2019, applicable=AFC_LONG, unsettled=[])
        self.check(DAY_2026, applicable=AFC_LONG, unsettled=[])
        self.assertEqual(len(AFC_LONG), 22)

    def test_short_training_has_21_indicators_then_12_is_unsettled(self):
        self.declare(self.company, "AFC")
        self.check(DAY_2019, applicable=AFC_SHORT, unsettled=[])
        self.check(DAY_2026, applicable=AFC_SHORT, unsettled=[12])
        self.assertEqual(len(AFC_SHORT), 21)

    def test_training_and_apprenticeship_with_all_conditions_have_all(self):
        self.declare(
            self.company,
            "AFC",
            leads_to_rncp=True,
            work_study=True,
            training_at_work=True,
            distance=True,
            over_two_days=True,
            subcontracting_given=True,
        )
        self.declare(self.company, "CFA", over_two_days=True)
        self.check(DAY_2019, applicable=list(range(1, 33)), not_applicable=[])
        self.check(DAY_2026, applicable=list(range(1, 34)), not_applicable=[])

    def test_no_category_declared_leaves_everything_unsettled(self):
        self.check(DAY_2019, unsettled=list(range(1, 33)))
        self.check(DAY_2026, unsettled=list(range(1, 34)))
        line = self.line(self.living(self.company), 1)
        self.assertIn("has been declared yet", line.applicability_reason)

    def test_skills_assessment(self):
        self.declare(self.company, "BC", over_two_days=True)
        expected = sorted([*COMMON, 12])
        self.check(DAY_2019, applicable=expected)
        self.check(DAY_2026, applicable=expected)

    def test_validation_of_experience(self):
        self.declare(self.company, "VAE", over_two_days=True)
        expected = sorted([*COMMON, 3, 12, 16])
        self.check(DAY_2019, applicable=expected)
        self.check(DAY_2026, applicable=expected)

    def test_apprenticeship_alone(self):
        self.declare(self.company, "CFA", over_two_days=True)
        without_27 = [number for number in range(1, 34) if number != 27]
        self.check(DAY_2019, applicable=without_27[:-1], not_applicable=[27])
        self.check(DAY_2026, applicable=without_27, not_applicable=[27])

    def test_line_names_the_categories_it_applies_to(self):
        self.declare(self.company, "AFC", leads_to_rncp=True)
        self.declare(self.company, "BC")
        checklist = self.living(self.company)
        with self.on(DAY_2026, self.company):
            self.assertEqual(
                self.line(checklist, 1).category_ids.mapped("code"), ["AFC", "BC"]
            )
            self.assertEqual(
                self.line(checklist, 3).category_ids.mapped("code"), ["AFC"]
            )
            self.assertFalse(self.line(checklist, 14).category_ids)

    def test_gravity_stands_on_the_line(self):
        checklist = self.living(self.company)
        with self.on(DAY_2026, self.company):
            self.assertEqual(self.line(checklist, 4).gravity, "major_only")
            self.assertEqual(self.line(checklist, 1).gravity, "gradable")
            self.assertEqual(self.line(checklist, 33).gravity, "unknown")


@tagged("post_install", "-at_install")
class TestReasonsInWords(ApplicabilityCase):
    def reason(self, number):
        return self.line(self.living(self.company), number).applicability_reason

    def test_each_line_says_why(self):
        self.declare(self.company, "AFC")
        expected = {
            1: "Applies to all",
            8: "Applies to AFC.",
            3: "certification is prepared, which is not declared for AFC",
            13: "work-study, which is not declared for AFC",
            28: "takes place at work, which is not declared for AFC",
            27: "umbrella employment is used, which is not declared for AFC",
            12: "guide V10 is awaited",
            14: "Concerns only CFA, which the company does not deliver.",
        }
        with self.on(DAY_2026, self.company):
            for number, words in expected.items():
                with self.subTest(indicator=number):
                    self.assertIn(words, self.reason(number))

    def test_condition_met_is_said(self):
        self.declare(self.company, "AFC", leads_to_rncp=True, umbrella_employment=True)
        with self.on(DAY_2026, self.company):
            self.assertIn("certification is prepared", self.reason(7))
            self.assertIn("umbrella employment is used", self.reason(27))

    def test_no_line_is_without_a_reason(self):
        self.declare(self.company, "VAE", acting_as_subcontractor="always")
        with self.on(DAY_2026, self.company):
            for line in self.living(self.company).line_ids:
                with self.subTest(indicator=line.number):
                    self.assertTrue(line.applicability_reason)


@tagged("post_install", "-at_install")
class TestSubcontractor(ApplicabilityCase):
    def test_principal_informs_the_public(self):
        self.declare(
            self.company,
            "AFC",
            over_two_days=True,
            leads_to_rncp=True,
            acting_as_subcontractor="always",
        )
        expected = sorted({*AFC_LONG, 7, 16} - {1, 2})
        self.check(DAY_2019, applicable=expected)
        self.check(DAY_2026, applicable=expected)
        with self.on(DAY_2026, self.company):
            checklist = self.living(self.company)
            regimes = {line.number: line.regime for line in checklist.line_ids}
            reason = self.line(checklist, 1).applicability_reason
        for number in (5, 7, 9, 16, 26, 30):
            self.assertEqual(regimes[number], "subcontractor", number)
        self.assertEqual(regimes[4], "standard")
        self.assertIn("principal", reason)

    def test_sometimes_a_subcontractor_answers_for_the_rest(self):
        self.declare(self.company, "AFC", acting_as_subcontractor="sometimes")
        self.check(DAY_2026, applicable=AFC_SHORT, unsettled=[12])
        reason = self.line(self.living(self.company), 1).applicability_reason
        self.assertIn("not asked for the actions delivered on behalf of", reason)


@tagged("post_install", "-at_install")
class TestChecklistFollowsFacts(ApplicabilityCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.on(DAY_2026, self.company))
        self.record = self.declare(self.company, "AFC", over_two_days=True)
        self.checklist = self.living(self.company)

    def added(self):
        """:return: what applies beyond a plain training company's indicators"""
        return sorted(set(self.numbers(self.checklist)) - set(AFC_LONG))

    def test_each_fact_brings_its_indicators(self):
        for fact, expected in (
            ("leads_to_rncp", [3, 7, 16]),
            ("work_study", [13]),
            ("training_at_work", [28]),
            ("subcontracting_given", [27]),
            ("umbrella_employment", [27]),
            ("distance", []),
        ):
            with self.subTest(fact=fact):
                self.record[fact] = True
                self.assertEqual(self.added(), expected)
                self.record[fact] = False
                self.assertEqual(self.added(), [])

    def test_courses_getting_short(self):
        self.record.over_two_days = False
        self.assertEqual(self.numbers(self.checklist), AFC_SHORT)
        self.assertEqual(self.numbers(self.checklist, "unsettled"), [12])

    def test_rs_setting_of_the_company(self):
        self.record.leads_to_rs = True
        self.assertEqual(self.added(), [])
        self.company.qualiopi_rs_certifying = True
        self.assertEqual(self.added(), [3, 7, 16])

    def test_new_category(self):
        self.declare(self.company, "VAE")
        self.assertEqual(self.added(), [3, 16])

    def test_category_stopped(self):
        self.record.active = False
        self.assertEqual(len(self.numbers(self.checklist, "unsettled")), 33)
        self.record.active = True
        self.assertEqual(self.numbers(self.checklist), AFC_LONG)

    def test_category_deleted(self):
        self.record.unlink()
        self.assertEqual(len(self.numbers(self.checklist, "unsettled")), 33)

    def test_other_company_is_left_alone(self):
        other = self.living(self.other_company)
        before = self.statuses(other)
        self.record.leads_to_rncp = True
        self.assertEqual(self.statuses(other), before)

    def test_open_self_assessment_follows_and_closed_one_does_not(self):
        closed = self.closed(self.company, DAY_2026)
        opened = self.self_assessment(self.company)
        self.record.subcontracting_given = True
        self.assertIn(27, self.numbers(opened))
        self.assertNotIn(27, self.numbers(closed))

    def test_facts_shown_by_records_count_as_declared(self):
        self.patch(type(self.record), "_recorded_facts", lambda record: {"certifying"})
        self.company._qualiopi_refresh_checklists()
        self.assertEqual(self.added(), [3, 7, 16])

    def test_written_override_wins_over_the_rule(self):
        line = self.line(self.checklist, 27)
        line.write(
            {"override_applicability": "applicable", "override_reason": "A doubt"}
        )
        self.record.distance = True
        self.assertEqual(self.added(), [27])
        self.assertEqual(line.rule_applicability, "not_applicable")
        self.assertIn("Overruled: A doubt", line.applicability_reason)


@tagged("post_install", "-at_install")
class TestChangeOfLaw(ApplicabilityCase):
    def test_living_checklist_takes_the_new_framework_on_its_first_day(self):
        checklist = self.living(self.company)
        with self.on(DAY_2019, self.company):
            self.assertEqual(checklist.framework_id, self.framework(2019))
            self.assertEqual(len(checklist.line_ids), 32)
        with self.on(DAY_2026, self.company):
            self.assertEqual(checklist.framework_id, self.framework(2026))
            self.assertEqual(len(checklist.line_ids), 33)

    def test_self_assessment_follows_its_date_and_not_today(self):
        with self.on(DAY_2026):
            for day, year in ((DAY_2019, 2019), ("2027-06-01", 2026)):
                with self.subTest(day=day):
                    checklist = self.self_assessment(self.company, day)
                    self.assertEqual(checklist.framework_id, self.framework(year))
