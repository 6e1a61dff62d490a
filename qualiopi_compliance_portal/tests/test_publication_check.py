from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.qualiopi_compliance.models.evidence.collector import Reading

from .publication_common import PublicationCase


@tagged("post_install", "-at_install")
class TestPublicationCheck(PublicationCase):
    """Indicator 2: results published, and as recent as promised."""

    def asked(self, day, company=None):
        """:return: whether it is asked, satisfied, and satisfied not for long"""
        company = company or self.company
        date = self.to_date(day)
        with self.on(day):
            reading = Reading(date, self.to_date("2027-02-01"), (company.id,))
            collector = self.env["qualiopi.collector"]
            sources = {row.name: row for row in collector._sources(reading)}
            source = sources["company"]
            measure = source.measures["company.results"]
            [row] = self.env.execute_query(
                self.sql(source.rows, measure),
            )
        return tuple(bool(each) for each in row)

    def sql(self, rows, measure):
        return SQL(
            "SELECT %s, %s, %s FROM (%s) subject",
            measure.population,
            measure.satisfied,
            measure.soon,
            rows,
        )

    def test_nothing_published(self):
        self.assertEqual(self.asked("2026-11-23"), (True, False, False))
        # nothing was offered yet
        self.assertEqual(self.asked("2026-01-14")[:2], (False, False))
        self.assertEqual(
            self.asked("2026-11-23", self.other_company)[:2], (False, False)
        )

    def test_as_long_as_promised(self):
        self.published("2026-11-23")
        self.assertEqual(self.asked("2026-11-22")[:2], (True, False))
        self.assertEqual(self.asked("2026-11-23"), (True, True, False))
        self.assertEqual(self.asked("2027-11-23")[:2], (True, True))
        self.assertEqual(self.asked("2027-11-24")[:2], (True, False))
        self.company.qualiopi_publication_months = 2
        self.assertEqual(self.asked("2027-01-23"), (True, True, True))
        self.assertEqual(self.asked("2027-01-24")[:2], (True, False))

    def test_a_correction_counts_from_its_day(self):
        self.published("2026-06-10")
        self.published("2026-11-23")
        self.assertEqual(self.asked("2027-06-11")[:2], (True, True))

    def test_check_of_indicator_2(self):
        check = self.env.ref("qualiopi_compliance_portal.check_company_results")
        self.assertEqual(check.source, "company")
        self.assertEqual(check.indicator_ids.mapped("number"), [2])
        for year in ("2019", "2026"):
            statement = self.requirement(year, 2)
            self.assertIn(check.clause_fr, statement.statement_fr)
            self.assertIn(check.clause_en, statement.statement_en)

    def test_shown_among_what_to_repair(self):
        self.declare(self.company, "AFC")
        rows = (
            self.env["qualiopi.check.subject"]
            .with_user(self.manager)
            .with_context(qualiopi_day=self.to_date("2026-11-23"))
        )
        domain = [("check_id.code", "=", "company.results"), ("satisfied", "=", False)]
        with self.on("2026-11-23"):
            self.assertEqual(rows.search(domain).res_id, self.company.id)
        self.published("2026-11-23")
        with self.on("2026-11-23"):
            self.assertFalse(rows.search(domain))
