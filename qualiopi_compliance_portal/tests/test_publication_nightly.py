from odoo.tests import tagged

from .publication_common import PublicationCase


@tagged("post_install", "-at_install")
class TestPublicationNightly(PublicationCase):
    """What is proposed by night, and who is told that results grow old."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_digest = False

    def remind(self, day, until=None):
        run = self.env["res.company"]._cron_qualiopi_remind
        return self.night(day, until, run)

    def todo(self, record):
        self.forget()
        return [
            (activity.summary, str(activity.date_deadline), activity.user_id)
            for activity in record.activity_ids
        ]

    def test_first_results_are_proposed_once(self):
        self.night("2026-11-23")
        found = self.waiting()
        self.assertEqual(len(found), 1)
        self.assertTrue(found.automatic)
        self.assertEqual(self.line(found, self.program).learners, 6)
        self.night("2026-11-24")
        self.assertEqual(self.waiting(), found)

    def test_a_company_that_offers_nothing_has_nothing_to_publish(self):
        self.night("2026-11-23")
        self.assertFalse(self.waiting(self.other_company))

    def test_proposed_a_month_before_it_is_due(self):
        self.published("2026-11-23")
        self.night("2027-10-23")
        self.assertFalse(self.waiting())
        self.night("2027-10-24")
        found = self.waiting()
        self.assertEqual(str(found.last), "2027-08-31")
        self.assertEqual(found.user_id, self.manager)

    def test_proposal_follows_the_months_until_somebody_chooses_dates(self):
        self.night("2026-11-23")
        found = self.waiting()
        self.night("2026-12-02")
        self.assertEqual(str(found.last), "2026-10-31")
        self.assertEqual(str(found.computed_on), "2026-12-02")
        with self.on("2026-12-03"):
            found.with_user(self.manager).first = "2026-01-01"
        self.night("2027-01-05")
        self.assertEqual(
            (str(found.first), str(found.last)), ("2026-01-01", "2026-10-31")
        )

    def test_killed_and_run_again(self):
        self.declare(self.other_company, "AFC")
        other = self.new_program(company_id=self.other_company.id)
        self.new_version(other)
        companies = self.env["res.company"].search_count([])
        for until in range(1, companies + 1):
            with self.subTest(until=until):
                self.assertTrue(self.night("2026-11-23", until))
        self.night("2026-11-23")
        self.assertEqual(len(self.waiting()), 1)
        self.assertEqual(len(self.waiting(self.other_company)), 1)

    def test_owner_is_told_once_ahead_and_the_matter_is_settled(self):
        found = self.published()
        self.remind("2027-10-23")
        self.assertEqual(self.todo(found), [])
        for day in ("2027-10-24", "2027-10-25", "2027-11-20"):
            self.remind(day)
            self.assertEqual(
                self.todo(found), [("Publish the results", "2027-11-23", self.manager)]
            )
        # older than promised: the same matter, now late
        self.remind("2027-12-05")
        self.assertEqual(len(self.todo(found)), 1)
        self.published("2027-12-06")
        self.remind("2027-12-07")
        self.assertEqual(self.todo(found), [])

    def test_the_first_proposal_is_put_to_somebody(self):
        self.company.qualiopi_quality_contact_id = self.manager.partner_id
        self.night("2026-11-23")
        found = self.waiting()
        with self.on("2026-11-23"):
            found._write({"create_date": "2026-11-23 01:00:00"})
        self.remind("2026-11-24")
        self.assertEqual(
            self.todo(found), [("Publish the results", "2026-12-23", self.manager)]
        )

    def test_reminders_killed_and_run_again(self):
        found = self.published()
        for until in range(1, 5):
            self.remind("2027-11-01", until)
        self.remind("2027-11-01")
        self.assertEqual(len(self.todo(found)), 1)

    def test_new_results_can_be_opened_from_those_that_grow_old(self):
        found = self.published()
        self.night("2027-11-01")
        self.assertTrue(found.waiting)
        self.assertEqual(found.action_open_waiting()["res_id"], self.waiting().id)
        self.assertFalse(self.waiting().waiting)
