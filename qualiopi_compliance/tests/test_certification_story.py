from odoo.tests import freeze_time, tagged

from .cycle_common import CycleCase

# Worked out by hand: the certificate runs from 10 June 2024 to 9 June 2027, its
# surveillance window from 10 August 2025 to 10 April 2026, its last year from
# 10 June 2026.
FIRST = "2024-06-10"


@tagged("post_install", "-at_install")
class TestCertificationStory(CycleCase):
    """Six years in the life of a company, each step on its own day."""

    def correct(self, row, plan, done, lifted):
        """Go with a non-conformity from its cause to its lifting."""
        row.cause = "Nobody checks"
        row.action_analyse()
        action = self.new_action(
            nonconformity_id=row.id, origin="nonconformity", result="Done"
        )
        row._send_plan(self.to_date(plan))
        action.action_done()
        row._finish(self.to_date(done))
        row.evidence_ids = self.new_evidence()
        row._lift(self.to_date(lifted))

    def outcome(self, audit):
        self.forget()
        return audit.outcome

    def codes(self, audit):
        """:return: codes of the reasons of its verdict"""
        found = audit._verdict(audit._followed_by())
        return {each.code for each in found.reasons}

    def test_initial_surveillance_renewal(self):
        initial = self.first_audit()
        surveillance = self.second_audit(initial)
        self.third_audit(surveillance)

    def first_audit(self):
        """One major and two minors; one minor is never lifted."""
        cycle = self.cycle
        cycle._set_stage("initial_audit")
        audit = self.closed_audit(
            day="2024-03-04", findings=[(4, "major"), (1, "minor"), (9, "minor")]
        )
        self.assertEqual(self.outcome(audit), "corrections")
        self.assertIn("no_open_major", self.unmet(cycle, "certified"))
        cycle._enter("corrections")
        audit.notified_on = "2024-03-08"
        major = self.nc(audit, 4)
        self.assertEqual(str(major.check_by), "2024-07-08")
        # four months later nothing was lifted
        self.assertEqual(self.outcome(audit), "refused")
        self.correct(major, "2024-03-20", "2024-05-01", "2024-05-20")
        self.correct(self.nc(audit, 9), "2024-03-20", "2024-06-01", "2024-06-20")
        self.assertEqual(self.outcome(audit), "awaiting_decision")
        # the notification was misread: every delay moves
        audit.notified_on = "2024-03-12"
        self.assertEqual(str(major.check_by), "2024-07-12")
        self.assertEqual(str(self.nc(audit, 1).apply_by), "2024-09-12")
        cycle.write({"number": "C-1", "first_day": FIRST})
        self.assertFalse(self.unmet(cycle, "certified"))
        cycle._enter("certified")
        self.assertEqual(self.outcome(audit), "granted")
        self.assertEqual(
            [
                str(cycle[name])
                for name in (
                    "last_day",
                    "surveillance_from",
                    "surveillance_until",
                    "renewal_from",
                    "renewal_by",
                )
            ],
            ["2027-06-09", "2025-08-10", "2026-04-10", "2026-06-10", "2027-02-09"],
        )
        return audit

    def second_audit(self, initial):
        """Fifteen months later the minor one that was never lifted becomes major."""
        cycle, minor = self.cycle, self.nc(initial, 1)
        audit = self.closed_audit(
            "surveillance", "2025-09-10", findings=[(17, "minor")]
        )
        self.assertFalse(audit.warning_text)
        self.assertEqual(audit.still_open_ids, minor)
        self.assertIn("does not count them yet", str(audit.verdict_text))
        cycle._enter("surveillance")
        audit.notified_on = "2025-09-15"
        minor.action_requalify()
        major = minor.carried_to_ids
        self.assertEqual(str(major.check_by), "2026-01-15")
        self.assertEqual(cycle._facts().open_majors, 1)
        # ten months later the certificate would have been suspended
        self.assertEqual(self.outcome(audit), "suspended")
        self.assertIn("minor_requalified", self.codes(audit))
        self.correct(major, "2025-09-20", "2025-11-01", "2025-11-20")
        audit.decided_on = "2025-12-01"
        self.assertEqual(self.outcome(audit), "maintained")
        self.assertEqual(cycle._facts().open_majors, 0)
        return audit

    def third_audit(self, surveillance):
        """The renewal, by the framework of its own day."""
        cycle = self.cycle
        following = cycle.browse(cycle.action_prepare_renewal()["res_id"])
        following.write({"contract_signed_on": "2026-02-01"})
        self.assertFalse(self.unmet(cycle, "renewal"))
        cycle._enter("renewal")
        following._set_stage("initial_audit")
        audit = self.closed_audit(
            "renewal", "2026-11-02", certification_id=following.id
        )
        self.assertEqual(audit.framework_id.code, "rnq-2026")
        self.assertEqual(audit.previous_id, surveillance)
        left = self.nc(surveillance, 17)
        self.assertEqual(audit.still_open_ids, left)
        left.action_requalify()
        audit.notified_on = "2026-11-05"
        self.assertEqual(self.outcome(audit), "corrections")
        # it weighs on the next certificate, no longer on this one
        self.assertEqual(cycle._facts().open_minors, 0)
        self.assertIn("no_open_major", self.unmet(following, "certified"))
        self.correct(left.carried_to_ids, "2026-11-10", "2026-11-20", "2026-11-22")
        self.assertEqual(self.outcome(audit), "awaiting_decision")
        audit.decided_on = "2026-11-23"
        following.write({"number": "C-2", "first_day": "2027-06-10"})
        following._enter("certified")
        self.assertEqual(self.outcome(audit), "renewed")
        self.assertEqual(str(following.last_day), "2030-06-09")
        self.assertTrue(cycle.running)
        self.assertFalse(following.running)

    # Five minors

    def test_five_minors_are_warned_about_before_the_certificate(self):
        audit = self.closed_audit(
            findings=[(number, "minor") for number in (1, 2, 9, 17, 18)],
            after={"notified_on": "2025-03-10"},
        )
        self.cycle._set_stage("initial_audit")
        self.cycle.write({"number": "C-1", "first_day": "2025-06-02"})
        self.assertEqual(self.outcome(audit), "refused")
        self.assertIn("minors_count_as_major", self.codes(audit))
        self.assertEqual(self.unmet(self.cycle, "certified"), {"few_minors"})
        # a certifier who gave it all the same is not contradicted without a word
        self.assertIn("gave the certificate on 06/02/2025", str(audit.verdict_text))
        row = self.nc(audit, 1)
        row.evidence_ids = self.new_evidence()
        row._lift(self.to_date("2025-05-01"))
        self.assertEqual(self.outcome(audit), "granted")
        self.assertNotIn("gave the certificate", str(audit.verdict_text))
        self.assertFalse(self.unmet(self.cycle, "certified"))
        # a company may switch the rule off
        row.sudo()._go("open", lifted_on=False)
        self.forget()
        self.assertEqual(self.unmet(self.cycle, "certified"), {"few_minors"})
        self.company.qualiopi_audit_minors_for_major = 0
        self.assertFalse(self.unmet(self.cycle, "certified"))

    # The night of the framework

    def test_the_night_of_1_november_2026(self):
        """Winter time in Paris: at 23:30 in London it is the next day there."""
        before = self.new_audit("initial", "2026-10-31")
        self.assertEqual(before.framework_id.code, "rnq-2019")
        with freeze_time("2026-10-31 22:30:00"):
            self.close(self.find(before, 4, "major").audit_id)
            self.assertEqual(str(before.closed_on), "2026-10-31")
            before.notified_on = "2026-10-31"
        row = self.nc(before, 4)
        self.assertEqual(
            (str(row.apply_by), str(row.check_by)), ("2027-01-31", "2027-02-28")
        )
        row.evidence_ids = self.new_evidence()
        with freeze_time("2026-10-31 22:30:00"):
            self.forget()
            with self.assertRefused("still to come", Exception):
                row._lift(self.to_date("2026-11-01"))
        with freeze_time("2026-10-31 23:30:00"):
            self.forget()
            self.assertEqual(before.outcome, "corrections")
            row.action_lift()
            self.assertEqual(str(row.lifted_on), "2026-11-01")
            self.assertEqual(self.outcome(before), "awaiting_decision")
        with freeze_time("2026-10-31 23:30:00"):
            after = self.new_audit("mock", "2026-11-01")
            self.close(after)
        self.assertEqual(after.framework_id.code, "rnq-2026")
        self.assertEqual(str(after.closed_on), "2026-11-01")
