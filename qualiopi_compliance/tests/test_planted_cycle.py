from datetime import timedelta

from dateutil.relativedelta import relativedelta

from ..planted_cycle import plant_cycle
from .common import QualiopiCommon
from .common_training_documents import TrainingDocumentCase


class TestPlantedCycle(QualiopiCommon):
    """The cycle of the demonstration, whatever the day and the company it is made for.

    What it is made of is tested with the demonstration itself.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC", in_last_bpf=True, subcontracting_given=True)
        cls.company.qualiopi_nda = "11755555555"
        cls.env["qualiopi.site"].create(
            {"name": "Siège", "company_id": cls.company.id, "is_central": True}
        )
        with cls.on("2026-04-01"):
            TrainingDocumentCase.new_program.__func__(cls).action_validate()

    @classmethod
    def new_partner(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, **vals})

    def plant(self, day):
        with self.on(day):
            cycle = plant_cycle(
                self.env,
                self.company,
                self.manager,
                self.contributor,
                self.internal_auditor,
            )
            self.check(cycle, cycle._fields["first_day"].to_date(day))

    def test_on_a_saturday_that_ends_a_month(self):
        self.plant("2027-07-31")

    def test_on_a_leap_day(self):
        self.plant("2028-02-29")

    def test_when_all_is_under_the_later_framework(self):
        self.plant("2030-02-15")

    def check(self, cycle, today):
        obtained = cycle.obtained_on
        self.assertLess(obtained.weekday(), 5)
        since = today - relativedelta(months=16) - obtained
        self.assertLess(since, timedelta(days=3))
        self.assertEqual(cycle.stage, "surveillance")
        audits = cycle.audit_ids.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {audit.kind: audit.state for audit in audits},
            {"initial": "closed", "internal": "closed", "surveillance": "planned"},
        )
        for audit in audits:
            self.assertEqual(audit.date_begin.weekday(), 1)
            self.assertFalse(audit.warning_text)
            self.assertEqual(
                audit.framework_id,
                self.env["qualiopi.framework"]._for_date(audit.date_begin),
            )
        rows = audits.nonconformity_ids.filtered("apply_by")
        self.assertEqual(
            {row.number: row.state for row in rows},
            {4: "lifted", 9: "lifted", 2: "plan_sent"},
        )
        for row in rows.filtered("lifted_on"):
            self.assertLess(row.lifted_on, row.apply_by)
