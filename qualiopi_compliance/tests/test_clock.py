from unittest.mock import patch

from odoo.tests import tagged

from .cycle_common import CycleCase

REMINDERS = (
    "odoo.addons.qualiopi_compliance.models.organisation.res_company_reminders.BATCH"
)
# Certified on 12 March 2026, displayed everywhere. First night on which each reminder
# is given -> (what it says, its day).
NIGHTS = {
    # the window opens on 12 May 2027 (ART2): 60 days before
    "2027-03-13": ("Agree on the day of the surveillance audit", "2027-05-12"),
    # and closes on 12 January 2028: 120 days before
    "2027-09-14": ("Have the surveillance audit held", "2028-01-12"),
    # offers 12 months before the end, on 11 March 2028: 30 days before
    "2028-02-10": ("Ask certifiers for offers", "2028-03-11"),
    # contract at 8 months, 11 July 2028: 45 days before
    "2028-05-27": ("Sign the contract for the next cycle", "2028-07-11"),
    # 3 + 1 months before the end, 11 November 2028: 90 days before
    "2028-08-13": ("Plan the renewal audit", "2028-11-11"),
    # the end, 11 March 2029: 60 days before
    "2029-01-10": ("The certificate ends", "2029-03-11"),
}


class ClockCase(CycleCase):
    def setUp(self):
        super().setUp()
        # its own reminders are not what these tests are about
        self.company.qualiopi_last_bpf_year = "2025"
        self.cycle.active = False
        self.running = self.certified()
        for site in (self.lyon, self.paris):
            self.display(self.running, site)

    def reminded(self, record, words):
        """:return: (day, login) of the open activity whose summary begins so"""
        found = [
            value
            for summary, value in self.asked(record).items()
            if summary.startswith(words)
        ]
        self.assertLessEqual(len(found), 1)
        return found[0] if found else None


@tagged("post_install", "-at_install")
class TestClock(ClockCase):
    def test_each_deadline_with_its_own_lead(self):
        for day, (words, due) in NIGHTS.items():
            before = self.to_date(day).replace(day=self.to_date(day).day - 1)
            with self.subTest(words=words):
                self.night(before)
                self.assertIsNone(self.reminded(self.running, words))
                self.night(day)
                self.assertEqual(self.reminded(self.running, words), (due, "q_manager"))

    def test_once_each_with_its_source(self):
        self.night("2027-03-13")
        self.night("2027-03-14")
        [activity] = self.running.activity_ids
        self.assertIn("art. 2 (wording of 2023)", activity.note)
        self.assertIn("05/12/2027", activity.note)

    def test_opening_is_forgotten_once_the_window_is_closed(self):
        self.night("2028-01-12")
        self.assertEqual(len(self.asked(self.running)), 2)
        self.night("2028-01-13")
        [summary] = self.asked(self.running)
        self.assertIn("its window closes", summary)

    def test_moved_with_the_days(self):
        self.night("2027-03-13")
        self.running.obtained_on = "2026-03-02"
        self.night("2027-03-14")
        self.assertEqual(
            self.asked(self.running),
            {
                "Agree on the day of the surveillance audit: its window opens": (
                    "2027-05-02",
                    "q_manager",
                )
            },
        )

    def test_done_is_not_asked_again(self):
        self.night("2027-03-13")
        self.running.activity_ids.action_feedback()
        self.night("2027-03-14")
        self.assertFalse(self.asked(self.running))

    def test_settled_when_the_audit_is_planned(self):
        self.night("2027-09-14")
        self.assertEqual(len(self.asked(self.running)), 2)
        audit = self.planned("surveillance", "2028-01-24", self.running)
        self.night("2027-09-15")
        # planned, but after the window
        self.assertTrue(self.reminded(self.running, "Have the surveillance audit"))
        self.assertEqual(len(self.asked(self.running)), 1)
        audit.write({"date_begin": "2027-12-06", "date_end": "2027-12-06"})
        self.night("2027-09-16")
        self.assertFalse(self.asked(self.running))

    def test_renewal_settles_what_it_answers(self):
        self.night("2028-08-13")
        following = self.env["qualiopi.certification"].browse(
            self.running.action_prepare_renewal()["res_id"]
        )
        following.contract_signed_on = "2028-08-01"
        self.planned("renewal", "2028-10-02", following)
        self.night("2028-08-14")
        self.assertNotIn("Ask certifiers", "".join(self.asked(self.running)))
        self.assertNotIn("Sign the contract", "".join(self.asked(self.running)))
        self.assertNotIn("Plan the renewal", "".join(self.asked(self.running)))

    def test_certificate_not_displayed(self):
        self.running.display_ids.filtered(
            lambda row: row.site_id == self.paris
        ).unlink()
        self.night("2026-11-23")
        self.assertEqual(
            self.reminded(self.running, "Display the certificate"),
            ("2026-03-12", "q_manager"),
        )
        self.assertIn("Paris", self.running.activity_ids.note)
        self.display(self.running, self.paris)
        self.night("2026-11-24")
        self.assertFalse(self.asked(self.running))

    def test_corrections(self):
        audit = self.closed_audit(
            "initial",
            "2026-11-02",
            findings=[(4, "major"), (9, "minor")],
            after={"notified_on": "2026-11-09"},
        )
        major, minor = self.nc(audit, 4), self.nc(audit, 9)
        major.sudo().plan_due_on = "2026-12-01"
        self.night("2026-11-24")
        self.assertEqual(
            self.asked(major),
            {"Send the action plan to the certifier": ("2026-12-01", "q_manager")},
        )
        self.night("2026-12-26")
        # art. 5: 3 months from 9 November, then 1 for the check; 6 months
        self.assertEqual(
            self.reminded(major, "Correct the"), ("2027-02-09", "q_manager")
        )
        self.assertFalse(self.asked(minor))
        self.night("2027-03-25")
        self.assertEqual(
            self.reminded(major, "Have the correction"), ("2027-03-09", "q_manager")
        )
        minor.sudo().user_id = self.contributor
        self.assertTrue(self.reminded(minor, "Correct the"))
        major.sudo().write({"state": "lifted"})
        self.night("2027-03-26")
        self.assertFalse(self.asked(major))

    def test_report_of_the_year(self):
        checklist = self.living(self.company)
        self.night("2027-03-15")
        self.assertFalse(self.reminded(checklist, "File the training"))
        # R. 6352-23: before 30 April; 45 days ahead
        self.night("2027-03-16")
        self.assertEqual(
            self.reminded(checklist, "File the training"), ("2027-04-30", "q_manager")
        )
        self.assertIn("R. 6352-23", "".join(checklist.activity_ids.mapped("note")))
        self.company.qualiopi_last_bpf_year = "2026"
        self.night("2027-03-17")
        self.assertFalse(self.reminded(checklist, "File the training"))

    def test_company_that_declared_nothing_owes_no_report(self):
        self.company.qualiopi_nda = False
        self.night("2027-04-01")
        self.assertFalse(self.reminded(self.living(self.company), "File the training"))

    def test_change_to_declare(self):
        change = self.env["qualiopi.declaration"].create(
            {
                "name": "New address",
                "changed_on": "2026-12-15",
                "company_id": self.company.id,
                "user_id": self.contributor.id,
            }
        )
        self.night("2026-12-14")
        self.assertFalse(self.asked(change))
        self.night("2026-12-15")
        # R. 6351-8: within 30 days
        self.assertEqual(
            self.asked(change),
            {"Declare the change to the prefect": ("2027-01-14", "q_contributor")},
        )
        with self.on("2026-12-15"):
            change.action_declare()
        self.night("2026-12-16")
        self.assertFalse(self.asked(change))

    def test_nobody_named_goes_to_the_quality_contact(self):
        self.running.user_id = False
        self.night("2027-03-13")
        self.assertEqual(self.running.activity_ids.user_id, self.manager)
        self.company.qualiopi_quality_contact_id = self.contributor.partner_id
        self.running.obtained_on = "2026-03-02"
        self.night("2027-03-14")
        self.assertEqual(self.running.activity_ids.user_id, self.contributor)

    def test_in_the_language_of_whoever_is_reminded(self):
        self.french()
        self.running.user_id = self.contributor
        self.contributor.lang = "fr_FR"
        french = self.running.with_context(lang="fr_FR")
        expected = french.env._(
            "Agree on the day of the surveillance audit: its window opens"
        )
        self.night("2027-03-13")
        self.assertEqual(list(self.asked(self.running)), [expected])

    def test_certificates_end_by_themselves(self):
        self.night("2029-03-11")
        self.assertEqual(self.running.stage, "certified")
        self.night("2029-03-12")
        self.assertEqual(self.running.stage, "expired")
        self.assertFalse(self.asked(self.running))

    def test_night_that_follows_midnight_in_paris(self):
        # 23:30 UTC on 31 October 2026 is 1 November in Paris
        framework = self.env["qualiopi.framework"]
        with self.on("2026-10-31"):
            self.assertEqual(str(framework._today()), "2026-10-31")
        self.running.obtained_on = "2025-10-31"
        # opens on 31 December 2026: 60 days before is 1 November
        self.night("2026-10-31")
        self.assertFalse(self.asked(self.running))
        self.night("2026-11-01")
        self.assertEqual(len(self.asked(self.running)), 1)

    def test_killed_at_any_point_and_run_again(self):
        others = [
            self.certified("2026-03-12", code=code, number=code)
            for code in ("CFA", "VAE")
        ]
        for cycle in others:
            self.display(cycle, self.lyon)
            self.display(cycle, self.paris)
        cycles = [self.running, *others]
        with patch(REMINDERS, 1):
            for commits in range(1, 5):
                self.night("2027-03-13", until=commits)
            self.forget()
            self.assertTrue(any(cycle.activity_ids for cycle in cycles))
            self.night("2027-03-13")
            self.night("2027-03-13")
        self.forget()
        self.assertEqual([len(cycle.activity_ids) for cycle in cycles], [1, 1, 1])
        told = "".join(self.mails().mapped("body_html"))
        self.assertEqual(told.count("its window opens"), 3)


@tagged("post_install", "-at_install")
class TestLate(ClockCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_user("q_second", "manager")
        cls.second.write({"email": "second@example.com", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self.running.user_id = self.contributor
        # the window closes on 12 January 2028
        self.night("2028-01-12")

    def late(self):
        """:return: logins of those to whom it was put as late"""
        self.forget()
        return {
            activity.user_id.login
            for activity in self.running.activity_ids
            if activity.summary.startswith("Late: Have the surveillance")
        }

    def test_goes_to_the_managers_after_some_days(self):
        self.night("2028-01-18")
        self.assertFalse(self.late())
        self.night("2028-01-19")
        self.assertEqual(self.late(), {"q_manager", "q_second"})
        self.night("2028-01-20")
        rows = self.running.activity_ids.filtered(
            lambda row: row.user_id == self.second
        )
        [row] = rows.filtered(lambda row: "Late: Have" in row.summary)
        self.assertEqual(str(row.date_deadline), "2028-01-12")
        self.assertIn("In charge: q_contributor", row.note)
        # and still is the contributor's
        own = self.running.activity_ids.filtered(
            lambda row: row.user_id == self.contributor
        )
        self.assertTrue(own)

    def test_mail_says_so(self):
        self.night("2028-01-19")
        bodies = (
            self.mails()
            .filtered(lambda row: "second@" in row.email_to)
            .mapped("body_html")
        )
        [body] = [body for body in bodies if "Late: Have the surveillance" in body]
        self.assertIn("In charge: q_contributor", body)

    def test_after_as_many_days_as_the_company_wants(self):
        self.company.qualiopi_escalation_days = 0
        self.night("2028-03-01")
        self.assertFalse(self.late())
        self.company.qualiopi_escalation_days = 1
        self.night("2028-03-02")
        self.assertTrue(self.late())

    def test_manager_in_charge_is_not_told_twice(self):
        self.running.user_id = self.manager
        self.night("2028-01-19")
        self.assertEqual(self.late(), {"q_second"})

    def test_settled_with_what_it_is_about(self):
        self.night("2028-01-19")
        self.running.surveillance_held_on = "2028-01-10"
        self.night("2028-01-20")
        self.assertFalse(self.late())

    def test_window_that_opened_is_not_late(self):
        self.night("2028-02-01")
        self.assertFalse(
            [
                name
                for name in self.asked(self.running)
                if name.startswith("Late: Agree")
            ]
        )
