from unittest.mock import patch

from odoo.tests import tagged

from .check_common import GRADABLE, MAJOR, TODAY, CheckCase

# asked of us, and looked at by a person too
REVIEWED = 17


@tagged("post_install", "-at_install")
class TestStatusOfRecords(CheckCase):
    """What the records say of an indicator, with its reason and the next step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.new_check(remediation="Choose somebody on the session.")

    def said(self, number=GRADABLE):
        line = self.line(self.read(), number)
        return line.computed_status, line.computed_reason, line.next_step

    def test_before_anything_was_read(self):
        line = self.line(self.living(self.company), GRADABLE)
        self.assertFalse(line.computed_on)
        self.assertEqual(line.status, "not_assessed")
        self.assertEqual(line.computed_reason, "The records have not been read yet.")

    def test_in_one_sentence(self):
        name = "Somebody is responsible"
        todo = "Choose somebody on the session."
        for missing, status, reason, step in (
            (0, "demonstrated", f"{name}: 10 of 10.", ""),
            (1, "demonstrated", f"{name}: 9 of 10, 1 missing.", todo),
            (3, "at_risk", f"{name}: 7 of 10, 3 missing.", todo),
            (5, "insufficient", f"{name}: 5 of 10, 5 missing.", todo),
        ):
            self.spoil(missing)
            with self.subTest(missing=missing):
                self.assertEqual(self.said(), (status, reason, step))

    def test_stored_with_its_day(self):
        self.spoil(5)
        line = self.line(self.read(), GRADABLE)
        self.assertEqual(str(line.computed_on), TODAY)
        self.assertEqual(line.status, "insufficient")
        self.assertEqual(line.missing_count, 5)
        found = self.env["qualiopi.checklist.line"].search(
            [("status", "=", "insufficient"), ("company_id", "=", self.company.id)]
        )
        self.assertIn(line, found)
        self.assertEqual(str(line.checklist_id.evidence_on), TODAY)
        self.assertEqual(line.checklist_id.missing_count, 5)

    def test_goes_stale_by_itself(self):
        self.read()
        self.spoil(5)
        with self.on("2026-04-16", self.company):
            living = self.living(self.company)
            self.assertEqual(self.line(living, GRADABLE).status, "demonstrated")
            living.with_user(self.contributor).action_open_living()
            self.assertEqual(self.line(living, GRADABLE).status, "insufficient")

    def test_the_worst_decides_and_is_named(self):
        self.new_check(name="Second", satisfied_domain="[('name', '=', 'none')]")
        status, reason, _step = self.said()
        self.assertEqual(status, "insufficient")
        self.assertEqual(reason, "Second: 0 of 10, 10 missing.")

    def test_nothing_recorded_yet(self):
        self.check.population_domain = "[('name', '=', 'none')]"
        self.assertEqual(
            self.said()[:2],
            ("not_assessed", "Somebody is responsible: no record to look at yet."),
        )

    def test_what_is_missing_is_said_although_it_is_not_assessed(self):
        self.new_check(name="Second", population_domain="[('name', '=', 'none')]")
        self.spoil(5)
        status, reason, step = self.said()
        self.assertEqual(status, "not_assessed")
        self.assertEqual(
            reason,
            "Second: no record to look at yet. "
            "Somebody is responsible: 5 of 10, 5 missing.",
        )
        self.assertEqual(step, "Choose somebody on the session.")

    def test_no_check_at_all(self):
        self.check.active = False
        status, reason, step = self.said()
        self.assertEqual(status, "not_assessed")
        self.assertIn("No check says anything", reason)
        self.assertIn("Switch a check on again", step)

    def test_what_runs_out(self):
        check = self.ship("trainer_cv")
        self.company.qualiopi_cv_months = 12
        self.env["qualiopi.trainer"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.env["res.partner"].create({"name": "Rose"}).id,
                "kind": "subcontractor",
                "cv_on": "2025-05-01",
                "state": "active",
            }
        )
        status, reason, _step = self.said(21)
        self.assertEqual(status, "at_risk")
        self.assertEqual(
            reason, f"{check.name}: 1 of 1, of which 1 run out before long."
        )

    def test_not_applicable_shows_nothing_of_it(self):
        check = self.new_check((15,))
        line = self.line(self.read(), 15)
        self.assertEqual(line.status, "not_applicable")
        for name in (
            "computed_on",
            "computed_facts",
            "computed_reason",
            "next_step",
            "missing_count",
            "result_ids",
            "counted_checks",
        ):
            with self.subTest(name=name):
                self.assertFalse(line[name])
        self.assertFalse(self.result(check))

    def test_what_becomes_not_applicable_forgets(self):
        self.spoil(5)
        line = self.line(self.read(), GRADABLE)
        line.write(
            {"override_applicability": "not_applicable", "override_reason": "Our case"}
        )
        self.assertTrue(line.checklist_id.evidence_old)
        self.assertFalse(line.computed_reason)
        self.assertEqual(line.checklist_id.missing_count, 0)
        self.read()
        self.assertFalse(line.computed_on)
        self.assertEqual(line.missing_count, 0)
        self.assertFalse(line.checklist_id.evidence_old)

    def test_results_beside_the_line(self):
        other = self.new_check((MAJOR,))
        line = self.line(self.read(), GRADABLE).with_user(self.contributor)
        self.assertEqual(line.result_ids.check_id, self.check)
        self.assertEqual(str(line.result_ids.day), TODAY)
        self.assertEqual(self.line(line.checklist_id, MAJOR).result_ids.check_id, other)

    def test_in_the_language_of_the_reader(self):
        french = self.both_languages()
        self.check.with_context(**french).name = "Quelqu’un est responsable"
        line = self.line(self.read(), GRADABLE)
        self.assertIn("Somebody is", line.computed_reason)
        self.assertIn("Quelqu’un est", line.with_context(**french).computed_reason)


@tagged("post_install", "-at_install")
class TestReviewAndRecords(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.new_check((REVIEWED,))

    def reviewed(self):
        return self.line(self.living(self.company), REVIEWED).with_user(self.manager)

    def test_asks_a_person_to_look(self):
        self.read()
        line = self.reviewed()
        self.assertEqual(line.computed_status, "not_assessed")
        self.assertEqual(line.computed_reason, "Nobody has reviewed it yet.")
        self.assertEqual(line.next_step, line.review_note)

    def test_looking_is_enough_where_nothing_is_missing(self):
        self.read()
        line = self.reviewed()
        line.action_review()
        self.assertEqual(line.status, "demonstrated")
        self.assertEqual(line.computed_reason, "Somebody is responsible: 10 of 10.")

    def test_looking_does_not_repair(self):
        self.spoil(5)
        self.read()
        line = self.reviewed()
        self.assertIn("5 missing", line.computed_reason)
        line.action_review()
        self.assertEqual(line.status, "insufficient")

    def test_a_review_gets_old(self):
        self.read()
        self.reviewed().action_review()
        self.company.qualiopi_review_months = 6
        with self.on("2026-10-15", self.company):
            self.read()
            self.assertEqual(self.reviewed().status, "demonstrated")
        with self.on("2026-10-16", self.company):
            self.read()
            line = self.reviewed()
            self.assertEqual(line.status, "at_risk")
            self.assertRegex(line.computed_reason, "^Last reviewed on .*too long ago")
            self.assertEqual(line.next_step, line.review_note)
            line.action_review()
            self.assertEqual(line.status, "demonstrated")

    def test_the_review_counts_again_only_what_was_counted(self):
        """Twenty indicators reviewed in a row do not read all records twenty times."""
        self.read()
        with patch.object(type(self.env["qualiopi.collector"]), "_collect") as collect:
            self.reviewed().action_review()
        collect.assert_not_called()

    def test_by_the_review_alone(self):
        self.check.active = False
        self.read()
        line = self.reviewed()
        line.action_review()
        self.assertEqual(line.status, "demonstrated")
        self.assertRegex(line.computed_reason, "^Reviewed on ")
