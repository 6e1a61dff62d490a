from ..planted import DEMO_GAPS
from .common import QualiopiCommon

XMLID = "qualiopi_compliance.planted_for_a_test"


class TestPlantedDemo(QualiopiCommon):
    """The demonstration company is planted once, and shows what is missing in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plant()
        cls.planted = cls.env.ref(XMLID)

    @classmethod
    def plant(cls):
        cls.env["res.company"]._qualiopi_plant_demo(
            XMLID, cls.manager.id, cls.contributor.id, cls.internal_auditor.id
        )

    def test_once(self):
        before = self.env["res.company"].search_count([])
        self.plant()
        self.assertEqual(self.env["res.company"].search_count([]), before)
        self.assertEqual(self.env.ref(XMLID), self.planted)

    def test_who_has_access(self):
        for user in (self.manager, self.contributor, self.internal_auditor):
            self.assertEqual(user.company_ids, self.company | self.planted)
        self.assertNotIn(self.planted, self.other_manager.company_ids)

    def test_statuses_of_all_kinds(self):
        lines = self.planted._qualiopi_living_checklist().line_ids
        self.assertEqual(
            set(lines.mapped("status")),
            {"demonstrated", "at_risk", "insufficient", "not_assessed"},
        )
        self.assertTrue(all(line.computed_on for line in lines))
        missing = sum(lines.mapped("missing_count"))
        self.assertGreater(missing, len(DEMO_GAPS) / 2)

    def test_results_of_the_weeks_before(self):
        days = self.env["qualiopi.check.result"]._read_group(
            [("company_id", "=", self.planted.id)], ["day:day"]
        )
        self.assertEqual(len(days), 9)

    def test_the_auditor_reads_it(self):
        subjects = (
            self.env["qualiopi.check.subject"]
            .with_user(self.internal_auditor)
            .with_context(allowed_company_ids=self.planted.ids)
        )
        self.assertTrue(subjects.search([("satisfied", "=", False)], limit=1))
