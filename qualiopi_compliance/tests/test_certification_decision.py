from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .cycle_common import CycleCase


@tagged("post_install", "-at_install")
class TestRefusal(CycleCase):
    def refused(self, day="2026-09-14"):
        audit = self.planned("initial", "2026-09-14", self.cycle)
        self.cycle._set_stage("initial_audit")
        self.over(audit)
        self.decide(self.cycle, "refused", day)

    def test_with_its_day_and_reason(self):
        self.refused()
        self.assertEqual(self.cycle.stage, "refused")
        self.assertEqual(self.cycle.outcome_reason, "Written")
        self.assertIn("09/14/2026", self.cycle.decision_text)

    def test_before_the_audit_or_still_to_come_is_refused(self):
        audit = self.planned("initial", "2026-09-14", self.cycle)
        self.cycle._set_stage("initial_audit")
        with self.assertRefused("Close the audit first", UserError):
            self.decide(self.cycle, "refused", "2026-09-14")
        self.over(audit)
        with self.assertRefused("Record the day of the refusal", UserError):
            self.decide(self.cycle, "refused", "2026-09-13")
        with self.assertRefused("still to come", UserError):
            self.decide(self.cycle, "refused", "2026-11-24")
        self.assertEqual(self.cycle.stage, "initial_audit")

    def test_no_new_request_before_three_months(self):
        # order of 6 June 2019, art. 8 (2019): not before 3 months, proof of correction
        self.company.qualiopi_audit_action_per_category = False
        self.refused()
        self.assertEqual(
            self.todo(self.cycle), {"close_gaps": None, "new_request": "2026-12-14"}
        )
        with self.assertRefused("no new request before 12/14/2026", UserError):
            self.cycle._enter("application")
        # nor in another cycle, with another certifier
        other = self.new_cycle(certifier_id=self.other_certifier.id)
        other._enter("certifier_choice")
        with self.assertRefused("no new request before 12/14/2026", UserError):
            other._enter("application")
        with self.on("2026-12-14"):
            self.cycle._enter("application")
        self.assertEqual(self.cycle.stage, "application")

    def test_what_opens_on_a_day_is_never_late(self):
        self.refused()
        rows = self.cycle._todo(self.to_date("2027-03-01"))
        self.assertFalse(any(row["late"] for row in rows))

    def test_delay_is_a_setting(self):
        self.company.qualiopi_audit_refusal_months = 2
        self.refused()
        self.assertEqual(self.todo(self.cycle)["new_request"], "2026-11-14")


@tagged("post_install", "-at_install")
class TestSuspension(CycleCase):
    def test_suspended_and_reinstated(self):
        cycle = self.certified(stage="surveillance")
        self.decide(cycle, "suspended", "2026-10-05", "Corrections not received")
        self.assertEqual(cycle.stage, "suspended")
        self.assertFalse(cycle.running)
        # three months, then withdrawal: certif-icpf.org, a secondary source
        self.assertEqual(self.todo(cycle)["end_suspension"], "2027-01-05")
        wizard = self.step(cycle, decision=True)
        self.assertEqual(wizard.stage, "surveillance")
        self.assertEqual(
            wizard.possible.split(","),
            ["certified", "surveillance", "renewal", "withdrawn"],
        )
        self.decide(cycle, "surveillance", "2026-11-16", "Received")
        self.assertEqual(cycle.stage, "surveillance")
        self.assertEqual(str(cycle.reinstated_on), "2026-11-16")
        self.assertTrue(cycle.running)

    def test_suspended_a_second_time(self):
        cycle = self.certified(stage="surveillance")
        self.decide(cycle, "suspended", "2026-06-01", suspension_ends_on="2026-08-15")
        self.assertEqual(self.todo(cycle)["end_suspension"], "2026-08-15")
        self.decide(cycle, "surveillance", "2026-07-01")
        self.decide(cycle, "suspended", "2026-10-05")
        self.assertFalse(cycle.running)
        self.assertEqual(self.todo(cycle)["end_suspension"], "2027-01-05")

    def test_suspension_is_not_left_without_its_end(self):
        cycle = self.certified()
        self.decide(cycle, "suspended", "2026-10-05")
        with self.assertRefused("record the end of the suspension", UserError):
            cycle._enter("certified")
        self.assertFalse(self.step(cycle).possible)

    def test_before_the_certificate_is_refused(self):
        cycle = self.certified()
        with self.assertRefused("earlier than “Valid From”", Exception):
            self.decide(cycle, "suspended", "2026-03-01")
        self.assertEqual(cycle.stage, "certified")

    def test_withdrawn_for_good(self):
        cycle = self.certified(code="AFC")
        self.decide(cycle, "suspended", "2026-06-01")
        self.decide(cycle, "withdrawn", "2026-09-01", "Not corrected")
        self.assertTrue(cycle.over)
        self.assertEqual(
            self.todo(cycle),
            {"stop_logo": None, "request_after_withdrawal": "2026-12-01"},
        )
        other = self.new_cycle()
        other._enter("certifier_choice")
        with self.assertRefused("no new request before 12/01/2026", UserError):
            other._enter("application")

    def test_withdrawal_by_mistake_is_taken_back(self):
        cycle = self.certified()
        self.decide(cycle, "withdrawn", "2026-09-01")
        cycle.action_reopen()
        self.assertEqual(cycle.stage, "certified")
        self.assertFalse(cycle.withdrawn_on)
        self.assertTrue(cycle.running)

    def test_only_managers_record_decisions(self):
        cycle = self.certified()
        for user in (self.internal_auditor, self.contributor, self.other_manager):
            for name in ("action_decision", "action_next_stage"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(cycle.with_user(user), name)()


@tagged("post_install", "-at_install")
class TestEnd(CycleCase):
    def test_expired_the_day_after_its_last(self):
        cycle = self.certified("2023-11-24")
        self.assertEqual(str(cycle.last_day), "2026-11-23")
        cycle._end_with_time(self.to_date("2026-11-23"))
        self.assertEqual(cycle.stage, "certified")
        with self.on("2026-11-24"):
            cycle._end_with_time(self.to_date("2026-11-24"))
        self.assertEqual(cycle.stage, "expired")

    def test_lapsed_while_its_renewal_runs(self):
        cycle = self.certified("2023-11-20", stage="renewal")
        following = self.env["qualiopi.certification"].browse(
            cycle.action_prepare_renewal()["res_id"]
        )
        following.contract_signed_on = "2026-10-01"
        cycle._end_with_time(self.to_date("2026-11-23"))
        self.assertEqual(cycle.stage, "lapsed")
        self.assertIn("ask_what_remains", self.todo(cycle))

    def test_expired_where_the_next_certificate_has_taken_over(self):
        cycle = self.certified("2023-11-20", stage="renewal")
        following = self.env["qualiopi.certification"].browse(
            cycle.action_prepare_renewal()["res_id"]
        )
        following.write(
            {
                "contract_signed_on": "2026-03-01",
                "number": "C-2",
                "first_day": "2026-11-20",
                "obtained_on": "2026-10-12",
            }
        )
        cycle._end_with_time(self.to_date("2026-11-23"))
        self.assertEqual(cycle.stage, "expired")
        self.assertFalse(self.todo(cycle))

    def test_suspended_ones_end_too_and_others_are_left_alone(self):
        suspended = self.certified("2023-11-06", stage="suspended")
        suspended.suspended_on = "2026-10-01"
        withdrawn = self.certified("2023-11-06", code="CFA", stage="certified")
        self.decide(withdrawn, "withdrawn", "2026-10-01")
        (suspended | withdrawn | self.cycle)._end_with_time(self.to_date("2026-11-23"))
        self.assertEqual(suspended.stage, "expired")
        self.assertEqual(withdrawn.stage, "withdrawn")
        self.assertEqual(self.cycle.stage, "self_assessment")

    def test_wizard_proposes_the_end_once_the_last_day_is_past(self):
        self.assertNotIn("expired", self.step(self.certified()).possible)
        old = self.certified("2023-10-02", code="CFA", stage="renewal")
        wizard = self.step(old)
        self.assertEqual(wizard.possible, "expired,lapsed")
        wizard.action_apply()
        self.assertEqual(old.stage, "expired")
