from odoo.tests import tagged

from .finding_common import INITIAL, RENEWAL, SURVEILLANCE, TODAY, FindingCase

# what certifies nothing yet, then the three years of a certificate
CERTIFIED = {"first_day": "2025-04-01", "number": "C 1"}


@tagged("post_install", "-at_install")
class TestVerdict(FindingCase):
    """What follows from the audits as they are recorded."""

    def certify(self, cycle=None, **vals):
        """The certificate is given: its stage is that of its audits."""
        (cycle or self.cycle).write({**CERTIFIED, **vals})

    def outcome(self, audit, day=TODAY):
        with self.on(day):
            return audit.outcome

    def text(self, audit, day=TODAY):
        with self.on(day):
            return str(audit.verdict_text)

    # Before it is closed

    def test_none_before_the_closing_meeting(self):
        audit = self.new_audit()
        self.assertFalse(audit.outcome or audit.verdict_text)

    # Initial

    def test_initial_with_nothing_in_the_way(self):
        audit = self.closed_audit(findings=[(1, "minor")])
        self.assertEqual(self.outcome(audit), "awaiting_decision")
        audit.decided_on = "2025-03-20"
        self.assertEqual(self.outcome(audit), "granted")
        text = self.text(audit)
        self.assertIn("Certificate granted", text)
        self.assertIn("art. 5", text)
        self.assertIn("Nothing has to be lifted", text)

    def test_initial_with_a_major(self):
        audit = self.closed_audit(
            findings=[(4, "major"), (1, "minor")], after={"notified_on": "2025-03-10"}
        )
        self.assertEqual(self.outcome(audit, "2025-07-10"), "corrections")
        self.assertIn("06/10/2025", self.text(audit, "2025-05-01"))
        self.assertIn(
            "Lifting 4. Needs analysis is enough",
            self.text(audit, "2025-05-01"),
        )
        self.assertEqual(self.outcome(audit, "2025-07-11"), "refused")

    def test_lifting_it_changes_the_outcome_at_once(self):
        audit = self.closed_audit(
            findings=[(4, "major")], after={"notified_on": "2026-11-02"}
        )
        self.assertEqual(audit.outcome, "corrections")
        nc = self.nc(audit, 4)
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        self.assertEqual(audit.outcome, "awaiting_decision")

    def test_five_minors(self):
        audit = self.closed_audit(
            findings=[(number, "minor") for number in (1, 2, 8, 9, 18)]
        )
        self.assertEqual(self.outcome(audit), "corrections")
        self.company.qualiopi_audit_minors_for_major = 6
        audit.invalidate_recordset()
        self.assertEqual(self.outcome(audit), "awaiting_decision")

    def test_lifted_on_the_day(self):
        audit = self.new_audit()
        self.find(audit, 4, "major", lifted_on_the_day=True, lifting_note="Done")
        self.close(audit)
        self.assertEqual(self.outcome(audit, INITIAL), "awaiting_decision")
        self.assertIn("Lifted on the day of the audit", self.text(audit, INITIAL))

    def test_the_certificate_shows_that_it_was_decided(self):
        audit = self.closed_audit()
        self.certify()
        self.assertEqual(self.outcome(audit), "granted")
        self.assertIn("06/01/2026", self.text(audit))

    def test_a_refusal_recorded_without_reason_is_pointed_at(self):
        audit = self.closed_audit()
        self.cycle.refused_on = "2025-03-20"
        self.assertIn("The certifier refused the certificate", self.text(audit))
        self.find_more(audit)

    def find_more(self, audit):
        """No warning where the findings explain the refusal."""
        other = self.new_audit("initial", "2025-08-04")
        self.find(other, 4, "major")
        self.close(other)
        self.assertNotIn("although no finding", self.text(other))

    def test_refused_with_a_major_open(self):
        audit = self.closed_audit(
            findings=[(4, "major")], after={"notified_on": "2025-03-10"}
        )
        self.cycle.refused_on = "2025-04-20"
        self.assertEqual(self.outcome(audit, "2025-04-19"), "corrections")
        self.assertEqual(self.outcome(audit, "2025-04-20"), "refused")

    def test_a_new_entrant_is_told_of_the_whole_surveillance(self):
        self.company.qualiopi_bpf_state = "none"
        audit = self.closed_audit(after={"decided_on": "2025-03-20"})
        self.assertIn("every applicable indicator", self.text(audit, "2025-04-01"))

    # Follow-up

    def test_follow_up_decides_on_the_audit_it_follows(self):
        initial = self.closed_audit(
            findings=[(4, "major"), (1, "minor")], after={"notified_on": "2025-03-10"}
        )
        follow_up = self.closed_audit("follow_up", "2025-06-02")
        self.assertEqual(follow_up.stands_for, "initial")
        self.assertEqual(self.outcome(follow_up, "2025-06-02"), "corrections")
        nc = self.nc(initial, 4)
        nc.evidence_ids = self.new_evidence()
        with self.on("2025-06-03"):
            nc.action_lift()
        self.assertEqual(self.outcome(follow_up, "2025-06-04"), "awaiting_decision")
        follow_up.decided_on = "2025-06-10"
        for audit in (initial, follow_up):
            self.assertEqual(self.outcome(audit), "granted")

    def test_second_follow_up_goes_on_with_the_first(self):
        initial = self.closed_audit(
            findings=[(4, "major")], after={"notified_on": "2025-03-10"}
        )
        first = self.closed_audit("follow_up", "2025-05-05")
        second = self.closed_audit("follow_up", "2025-06-02")
        self.assertEqual(second.previous_id, first)
        self.assertEqual(second.stands_for, "initial")
        self.assertEqual(second._followed(), first | initial)
        self.assertEqual(self.outcome(second, "2025-06-02"), "corrections")

    # Surveillance

    def surveillance(self, findings=(), **after):
        self.closed_audit()
        self.certify()
        return self.closed_audit("surveillance", SURVEILLANCE, findings, after)

    def test_surveillance_maintained(self):
        audit = self.surveillance(decided_on="2026-09-30")
        self.assertEqual(self.outcome(audit), "maintained")
        # the last day for the renewal, worked out from the end of the certificate
        self.assertIn("11/30/2027", self.text(audit))

    def test_surveillance_suspended_and_withdrawn(self):
        audit = self.surveillance([(4, "major")], notified_on="2026-09-20")
        self.assertEqual(self.outcome(audit, "2027-01-20"), "corrections")
        self.assertEqual(self.outcome(audit, "2027-01-21"), "suspended")
        self.cycle.suspended_on = "2027-02-01"
        self.assertEqual(self.outcome(audit, "2027-05-01"), "suspended")
        self.assertEqual(self.outcome(audit, "2027-05-02"), "withdrawn")
        self.cycle.suspension_ends_on = "2027-06-01"
        self.assertEqual(self.outcome(audit, "2027-05-02"), "suspended")
        self.cycle.withdrawn_on = "2027-05-10"
        self.assertEqual(self.outcome(audit, "2027-05-10"), "withdrawn")
        self.assertIn("withdrew the certificate", self.text(audit, "2027-05-10"))

    def test_surveillance_suspended_and_back(self):
        audit = self.surveillance([(4, "major")], notified_on="2026-09-20")
        self.cycle.suspended_on = "2027-02-01"
        nc = self.nc(audit, 4)
        nc.evidence_ids = self.new_evidence()
        with self.on("2027-02-15"):
            nc.action_lift()
        self.assertEqual(self.outcome(audit, "2027-02-16"), "awaiting_reinstatement")
        self.cycle.reinstated_on = "2027-03-01"
        self.assertEqual(self.outcome(audit, "2027-03-02"), "maintained")

    def test_a_suspension_that_was_over_before_weighs_nothing(self):
        self.closed_audit()
        self.certify(suspended_on="2025-10-01", reinstated_on="2025-11-01")
        audit = self.closed_audit("surveillance", SURVEILLANCE, [(4, "major")])
        self.assertEqual(self.outcome(audit), "corrections")

    def test_certificate_not_displayed(self):
        self.closed_audit()
        self.certify()
        audit = self.new_audit("surveillance", SURVEILLANCE)
        self.find(audit, requirement="display", gravity="major")
        self.close(audit)
        self.assertEqual(self.outcome(audit), "corrections")
        self.assertIn("art. 2", self.text(audit))

    def test_a_minor_one_carried_over(self):
        initial = self.closed_audit(
            findings=[(1, "minor")], after={"notified_on": "2025-03-10"}
        )
        self.certify()
        audit = self.closed_audit("surveillance", SURVEILLANCE)
        self.assertEqual(self.outcome(audit), "awaiting_decision")
        minor = self.nc(initial, 1)
        minor._requalify(audit, "2026-09-20")
        self.assertEqual(self.outcome(audit), "corrections")
        self.assertIn("so now major", self.text(audit))
        # what the initial audit led to does not change afterwards
        self.assertEqual(self.outcome(initial), "granted")
        major = minor.carried_to_ids
        major.evidence_ids = self.new_evidence()
        major.action_lift()
        self.assertEqual(self.outcome(audit), "awaiting_decision")

    def test_once_followed_it_says_no_more_what_comes_next(self):
        initial = self.closed_audit()
        self.certify()
        self.assertIn("Have the surveillance audit held", self.text(initial))
        following = self.closed_audit("surveillance", SURVEILLANCE)
        text = self.text(initial)
        self.assertNotIn("Have the surveillance audit held", text)
        self.assertIn(following.display_name, text)
        self.assertEqual(self.outcome(initial), "granted")

    # Renewal

    def renewal(self, findings=(), **after):
        self.surveillance(decided_on="2026-09-30")
        following = self.new_cycle(previous_id=self.cycle.id)
        with self.on(RENEWAL):
            return self.closed_audit(
                "renewal",
                RENEWAL,
                findings,
                after,
                certification_id=following.id,
            )

    def test_renewed(self):
        audit = self.renewal(decided_on="2027-10-01")
        self.assertEqual(self.outcome(audit, "2027-10-02"), "renewed")

    def test_the_next_certificate_shows_that_it_was_renewed(self):
        audit = self.renewal()
        self.assertEqual(self.outcome(audit, "2028-02-01"), "awaiting_decision")
        audit.certification_id.write({"first_day": "2028-04-01", "number": "C 2"})
        self.assertEqual(self.outcome(audit, "2028-04-01"), "renewed")

    def test_not_renewed_and_lapsed(self):
        audit = self.renewal([(4, "major")], notified_on="2027-09-20")
        self.assertEqual(self.outcome(audit, "2027-09-21"), "corrections")
        self.assertEqual(self.outcome(audit, "2028-01-21"), "not_renewed")

    def test_no_decision_before_the_end(self):
        audit = self.renewal()
        self.assertEqual(self.outcome(audit, "2028-03-31"), "awaiting_decision")
        self.assertEqual(self.outcome(audit, "2028-04-01"), "lapsed")

    def test_renewal_held_within_the_running_cycle(self):
        """Somebody attached it to the cycle whose certificate runs."""
        self.closed_audit()
        self.certify()
        with self.on(RENEWAL):
            audit = self.closed_audit("renewal", RENEWAL)
        self.assertEqual(self.outcome(audit, RENEWAL), "awaiting_decision")

    # Extension

    def test_extension(self):
        self.closed_audit()
        self.certify()
        audit = self.closed_audit(
            "extension",
            "2026-10-05",
            [(4, "major")],
            {"notified_on": "2026-10-12"},
            category_ids=self.category("BC").ids,
        )
        self.assertEqual(self.outcome(audit), "corrections")
        self.assertEqual(self.outcome(audit, "2027-02-13"), "not_extended")
        nc = self.nc(audit, 4)
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        audit.decided_on = "2026-11-23"
        self.assertEqual(self.outcome(audit), "extended")

    # Of our own

    def test_rehearsals_say_what_a_certifier_would_come_to(self):
        for kind in ("internal", "mock"):
            with self.subTest(kind=kind):
                audit = self.closed_audit(
                    kind, "2026-11-02", [(4, "major")], stands_for="initial"
                )
                self.assertEqual(audit.outcome, "corrections")
                self.assertIn("rehearsal", str(audit.verdict_text))
                self.assertIn("only a certifier decides", str(audit.verdict_text))
                good = self.closed_audit(
                    kind, "2026-11-02", [(1, "minor")], stands_for="surveillance"
                )
                self.assertEqual(good.outcome, "maintained")

    def test_a_rehearsal_of_the_renewal_looks_at_the_running_certificate(self):
        self.closed_audit()
        self.certify(first_day="2023-12-01")
        audit = self.closed_audit("mock", "2026-11-02", stands_for="renewal")
        self.assertEqual(audit.outcome, "renewed")
        self.assertEqual(audit._case().certificate_last_day, self.cycle.last_day)

    def test_what_is_said_of_several_is_said_once(self):
        audit = self.closed_audit(
            findings=[(4, "major"), (11, "major"), (1, "minor")],
            after={"notified_on": "2026-11-02"},
        )
        text = self.text(audit)
        self.assertEqual(text.count("before any decision."), 1)
        self.assertIn("4. Needs analysis, 11. ", text)
        self.assertEqual(text.count("checked by 03/02/2027"), 2)

    # Odd data

    def test_decided_before_the_closing_meeting(self):
        audit = self.new_audit(date_end="2025-03-04")
        with self.assertRefused("after the closing meeting of 03/04/2025"):
            audit.decided_on = "2025-03-03"
        self.close(audit)
        with self.assertRefused("not on 03/03/2025"):
            audit.decided_on = "2025-03-03"
        self.assertFalse(audit.decided_on)
        self.assertEqual(audit.outcome, "awaiting_decision")

    def test_never_an_exception(self):
        audit = self.closed_audit("mock", "2026-11-02", [(4, "major")])
        # as an import may leave it
        self.env.cr.execute(
            "UPDATE qualiopi_audit SET stands_for = NULL, decided_on = '2020-01-01' "
            "WHERE id = %s",
            [audit.id],
        )
        audit.invalidate_recordset()
        self.assertEqual(audit.outcome, "corrections")
        initial = self.closed_audit(findings=[(4, "major")])
        self.env.cr.execute(
            "UPDATE qualiopi_audit SET stands_for = 'renewal', closed_on = NULL, "
            "decided_on = '2020-01-01' WHERE id = %s",
            [initial.id],
        )
        initial.invalidate_recordset()
        self.assertEqual(initial.outcome, "corrections")

    def test_closed_ahead_of_its_day(self):
        audit = self.closed_audit("internal", "2026-12-15", [(4, "major")])
        self.assertEqual(audit.outcome, "corrections")

    def test_the_same_for_every_reader(self):
        audit = self.closed_audit("internal", "2026-11-02", [(4, "major")])
        seen = audit.with_user(self.internal_auditor)
        self.assertEqual(seen.outcome, audit.outcome)
        self.assertEqual(
            str(seen.verdict_text),
            str(audit.verdict_text),
        )

    def test_queries_do_not_grow_with_findings(self):
        few = self.closed_audit("internal", "2026-11-02", [(1, "minor")])
        many = self.closed_audit(
            "internal", "2026-11-03", [(n, "minor") for n in (1, 2, 8, 9, 18, 23, 24)]
        )

        def count(audit):
            self.forget()
            before = self.env.cr.sql_log_count
            self.assertTrue(audit.verdict_text)
            return self.env.cr.sql_log_count - before

        count(few)
        self.assertLessEqual(count(many), count(few))
