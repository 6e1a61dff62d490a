from odoo.tests import tagged

from .common import DAY_2026, QualiopiCommon

# Guide V9, preamble
NEW_ENTRANT = {2, 3, 11, 13, 14, 19, 22, 24, 25, 26, 32}


@tagged("post_install", "-at_install")
class TestNewEntrant(QualiopiCommon):
    def test_no_report_filed_makes_a_new_entrant(self):
        self.company.qualiopi_bpf_state = "none"
        record = self.declare(self.company, "AFC", in_last_bpf=True)
        self.assertTrue(record.new_entrant)
        self.assertIn("has been filed yet", record.new_entrant_explanation)

    def test_category_of_the_last_report_is_no_new_entrant(self):
        self.company.qualiopi_bpf_state = "filed"
        record = self.declare(self.company, "AFC", in_last_bpf=True)
        self.assertFalse(record.new_entrant)
        self.assertIn("is in the last", record.new_entrant_explanation)

    def test_category_absent_from_the_last_report_is_a_new_entrant(self):
        self.company.qualiopi_bpf_state = "filed"
        record = self.declare(self.company, "AFC")
        self.assertTrue(record.new_entrant)
        self.assertIn("is absent from the last", record.new_entrant_explanation)

    def test_answer_follows_the_report_filed(self):
        record = self.declare(self.company, "AFC", in_last_bpf=True)
        self.company.qualiopi_bpf_state = "none"
        self.assertTrue(record.new_entrant)
        self.company.qualiopi_bpf_state = "filed"
        self.assertFalse(record.new_entrant)
        record.in_last_bpf = False
        self.assertTrue(record.new_entrant)

    def test_report_decides_whatever_the_dates(self):
        self.company.qualiopi_bpf_state = "none"
        with self.on("2026-11-23"):
            old = self.declare(self.company, "AFC", started_on="2010-01-01")
            self.assertTrue(old.new_entrant)
            self.company.qualiopi_bpf_state = "filed"
            old.write({"in_last_bpf": True, "started_on": "2026-11-01"})
            self.assertFalse(old.new_entrant)

    def test_dates_decide_where_no_report_is_known(self):
        record = self.declare(self.company, "AFC", started_on="2026-02-10")
        expected = {
            "2026-02-09": (True, "has not started yet"),
            "2026-02-10": (True, "first twelve months"),
            "2027-02-09": (True, "first twelve months"),
            "2027-02-10": (False, "past its first twelve months"),
        }
        for day, (verdict, words) in expected.items():
            with self.subTest(day=day), self.on(day):
                self.assertEqual(record.new_entrant, verdict)
                self.assertIn(words, record.new_entrant_explanation)

    def test_nothing_known_is_not_counted_as_a_new_entrant(self):
        record = self.declare(self.company, "AFC")
        self.assertFalse(record.new_entrant)
        self.assertIn("is known", record.new_entrant_explanation)

    def test_company_overrules_the_test_both_ways(self):
        record = self.declare(self.company, "AFC", in_last_bpf=True)
        for state, override, verdict in (
            ("filed", "yes", True),
            ("none", "no", False),
        ):
            with self.subTest(override=override):
                self.company.qualiopi_bpf_state = state
                record.write(
                    {"new_entrant_override": override, "new_entrant_reason": "Why"}
                )
                self.assertEqual(record.new_entrant, verdict)
                self.assertIn("Overruled", record.new_entrant_explanation)

    def test_answer_is_about_one_category(self):
        self.company.qualiopi_bpf_state = "filed"
        known = self.declare(self.company, "AFC", in_last_bpf=True)
        added = self.declare(self.company, "BC")
        self.assertFalse(known.new_entrant)
        self.assertTrue(added.new_entrant)


@tagged("post_install", "-at_install")
class TestNewEntrantRegime(QualiopiCommon):
    def regime(self, checklist, regime="new_entrant"):
        lines = checklist.line_ids.filtered(lambda line: line.regime == regime)
        return set(lines.mapped("number"))

    def test_new_entrant_is_audited_otherwise_on_the_listed_indicators(self):
        self.company.qualiopi_bpf_state = "none"
        self.declare(self.company, "CFA", over_two_days=True)
        checklist = self.living(self.company)
        with self.on(DAY_2026, self.company):
            self.assertEqual(self.regime(checklist), NEW_ENTRANT)

    def test_indicator_that_does_not_apply_has_no_special_regime(self):
        self.company.qualiopi_bpf_state = "none"
        self.declare(self.company, "AFC")
        checklist = self.living(self.company)
        with self.on(DAY_2026, self.company):
            self.assertEqual(self.regime(checklist), NEW_ENTRANT - {3, 13, 14})

    def test_known_category_keeps_the_whole_company_in_the_standard_regime(self):
        self.company.qualiopi_bpf_state = "filed"
        self.declare(self.company, "AFC", in_last_bpf=True)
        self.declare(self.company, "CFA")
        checklist = self.living(self.company)
        with self.on(DAY_2026, self.company):
            # 3 and 13 have no condition met by AFC, 14 concerns CFA alone
            self.assertEqual(self.regime(checklist), {3, 13, 14})
            reason = self.line(checklist, 2).applicability_reason
            self.assertIn("New entrant for CFA", reason)

    def test_end_of_the_first_year_brings_the_standard_regime(self):
        self.declare(self.company, "BC", started_on="2026-02-10")
        checklist = self.living(self.company)
        with self.on("2027-02-09", self.company):
            self.assertEqual(self.regime(checklist), {2, 11, 19, 22, 24, 25, 26, 32})
        with self.on("2027-02-10", self.company):
            self.assertFalse(self.regime(checklist))

    def test_filing_the_first_report_refreshes_the_checklist(self):
        with self.on(DAY_2026, self.company):
            self.company.qualiopi_bpf_state = "none"
            self.declare(self.company, "BC", in_last_bpf=True)
            checklist = self.living(self.company)
            self.assertTrue(self.regime(checklist))
            self.company.qualiopi_bpf_state = "filed"
            self.assertFalse(self.regime(checklist))

    def test_overruling_refreshes_the_checklist(self):
        with self.on(DAY_2026, self.company):
            record = self.declare(self.company, "BC")
            checklist = self.living(self.company)
            self.assertFalse(self.regime(checklist))
            record.write({"new_entrant_override": "yes", "new_entrant_reason": "Why"})
            self.assertTrue(self.regime(checklist))

    def test_self_assessment_asks_on_its_own_day(self):
        self.declare(self.company, "BC", started_on="2026-02-10")
        for day, expected in (("2027-02-09", True), ("2027-02-10", False)):
            with self.subTest(day=day):
                checklist = self.self_assessment(self.company, day)
                self.assertEqual(bool(self.regime(checklist)), expected)
