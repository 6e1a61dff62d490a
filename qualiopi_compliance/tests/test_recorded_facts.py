from odoo.tests import tagged

from .trainer_common import TrainerCase


@tagged("post_install", "-at_install")
class TestRecordedFacts(TrainerCase):
    """What programmes and assignments show counts, whatever was declared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declared = cls.declare(cls.company, "AFC")

    def facts(self):
        self.forget()
        return self.declared._recorded_facts()

    def applicable(self):
        return self.numbers(self.living(self.company))

    def test_drafts_show_nothing(self):
        self.program.certifying = True
        self.assertEqual(self.facts(), set())

    def test_certifying_programme(self):
        self.assertNotIn(7, self.applicable())
        self.program.write({"certifying": True, "recognition": "rncp"})
        self.program._set_state("validated")
        self.assertEqual(self.facts(), {"certifying"})
        self.assertIn(7, self.applicable())

    def test_rs_counts_where_the_company_says_so(self):
        self.program.write({"certifying": True, "recognition": "rs"})
        self.program._set_state("validated")
        self.assertEqual(self.facts(), set())
        self.company.qualiopi_rs_certifying = True
        self.assertEqual(self.facts(), {"certifying"})

    def test_length_and_arrangement(self):
        self.program.write(
            {"duration_days": 3, "teaching_mode": "distance", "distance_hours": 35}
        )
        self.program._set_state("validated")
        self.assertEqual(self.facts(), {"over_two_days", "distance"})
        self.program._set_state("draft")
        self.program.write({"duration_days": 2, "teaching_mode": "at_work"})
        self.program._set_state("validated")
        self.assertEqual(self.facts(), {"training_at_work"})

    def test_retired_programme_shows_nothing(self):
        self.program.duration_days = 3
        self.program._set_state("retired")
        self.assertEqual(self.facts(), set())

    def test_session_given_to_an_outsider(self):
        self.assign(self.insider)
        with self.on("2026-06-01", self.company):
            self.assertEqual(self.facts(), set())
            self.assertNotIn(27, self.applicable())
            self.outsider.kind = "subcontractor"
            self.assign(self.outsider)
            self.assertEqual(self.facts(), {"subcontracting_given"})
            self.company._qualiopi_refresh_checklists()
            self.assertIn(27, self.applicable())
            self.outsider.kind = "umbrella"
            self.assertEqual(self.facts(), {"umbrella_employment"})

    def test_what_is_long_over_or_called_off_is_forgotten(self):
        self.outsider.kind = "subcontractor"
        self.assign(self.outsider)
        with self.on("2029-04-01"):
            self.assertEqual(self.facts(), set())
        self.session.kanban_state = "cancel"
        with self.on("2026-06-01"):
            self.assertEqual(self.facts(), set())

    def test_another_category_and_company_show_nothing(self):
        self.program._set_state("validated")
        other = self.declare(self.company, "BC")
        self.assertEqual(other._recorded_facts(), set())
        stranger = self.declare(self.other_company, "AFC")
        self.assertEqual(stranger._recorded_facts(), set())
