from odoo.exceptions import UserError
from odoo.tests import tagged

from .finding_common import RENEWAL, SURVEILLANCE, FindingCase


@tagged("post_install", "-at_install")
class TestRequalify(FindingCase):
    """A minor one that the next audit finds open becomes major."""

    def setUp(self):
        super().setUp()
        self.initial = self.closed_audit(
            findings=[(1, "minor"), (2, "minor")],
            after={"notified_on": "2025-03-10"},
        )
        self.minor = self.nc(self.initial, 1)
        self.minor.write({"cause": "Nobody checks", "why_1": "No list"})

    def surveillance(self, **after):
        return self.closed_audit("surveillance", SURVEILLANCE, after=after)

    def test_not_while_no_audit_followed(self):
        with self.assertRefused(
            "no surveillance or renewal audit was closed", UserError
        ):
            self.minor.action_requalify()
        self.new_audit("surveillance", SURVEILLANCE)
        with self.assertRefused(
            "no surveillance or renewal audit was closed", UserError
        ):
            self.minor.action_requalify()

    def test_becomes_major_in_a_record_of_its_own(self):
        audit = self.surveillance(notified_on="2026-09-20")
        self.minor.action_requalify()
        self.assertEqual(
            (self.minor.state, self.minor.gravity), ("requalified", "minor")
        )
        major = self.minor.carried_to_ids
        self.assertEqual((major.gravity, major.state), ("major", "open"))
        self.assertEqual(major.finding_id, self.minor.finding_id)
        self.assertEqual(major.finding_id.nonconformity_ids, self.minor | major)
        self.assertEqual(major.audit_id, audit)
        self.assertEqual(major.certification_id, self.cycle)
        self.assertEqual((major.cause, major.why_1), ("Nobody checks", "No list"))
        self.assertEqual(
            (str(major.apply_by), str(major.check_by)), ("2026-12-20", "2027-01-20")
        )
        self.assertIn("Major", major.display_name)

    def test_takes_nothing_of_a_correction_that_was_not_enough(self):
        self.minor.evidence_ids = self.new_evidence()
        done = self.new_action(nonconformity_id=self.minor.id, result="Done")
        done.action_done()
        doing = self.new_action(nonconformity_id=self.minor.id)
        self.surveillance()
        self.minor.action_requalify()
        major = self.minor.carried_to_ids
        self.assertFalse(major.evidence_ids)
        self.assertFalse(major.plan_sent_on or major.done_on or major.plan_due_on)
        self.assertEqual(major.action_ids, doing)
        self.assertEqual(self.minor.action_ids, done)
        with self.assertRefused("add its evidence", UserError):
            major.action_lift()

    def test_notified_anew_later(self):
        audit = self.surveillance()
        self.minor.action_requalify()
        major = self.minor.carried_to_ids
        self.assertFalse(major.notified_on or major.check_by)
        audit.notified_on = "2026-09-21"
        self.assertEqual(str(major.notified_on), "2026-09-21")
        # the audit that wrote it as minor notified that on another day
        self.assertEqual(str(self.minor.notified_on), "2025-03-10")
        with self.assertRefused("before the audit"):
            major.notified_on = "2026-09-13"

    def test_on_a_day_of_its_own(self):
        audit = self.surveillance(notified_on="2026-09-20")
        wizard = (
            self.env["qualiopi.nonconformity.step"]
            .with_user(self.manager)
            .create(
                {
                    "nonconformity_ids": self.minor.ids,
                    "step": "requalify",
                    "notified_on": "2026-10-01",
                    "note": "Letter 40",
                }
            )
        )
        self.assertEqual(wizard.audit_id, audit)
        found = wizard.action_record()
        major = self.minor.carried_to_ids
        self.assertEqual(found["res_id"], major.id)
        self.assertEqual(str(major.apply_by), "2027-01-01")
        for row in (self.minor, major):
            self.assertIn("Letter 40", str(row.message_ids.mapped("body")))

    def test_its_own_day_survives_a_correction_of_the_others(self):
        audit = self.closed_audit(
            "surveillance",
            SURVEILLANCE,
            findings=[(9, "minor")],
            after={"notified_on": "2026-09-20"},
        )
        major = self.minor._requalify(audit, self.to_date("2026-10-01"))
        audit.notified_on = "2026-09-22"
        self.assertEqual(str(major.notified_on), "2026-10-01")
        self.assertEqual(str(self.nc(audit, 9).notified_on), "2026-09-22")
        self.assertEqual(str(self.nc(audit, 9).apply_by), "2027-03-22")

    def test_what_was_put_away_is_dated_too(self):
        self.minor.evidence_ids = self.new_evidence()
        self.minor.action_lift()
        self.minor.active = False
        self.initial.notified_on = "2025-03-12"
        self.assertEqual(str(self.minor.notified_on), "2025-03-12")

    def test_an_answered_plan_does_not_hold_the_day_back(self):
        """A notification is corrected although the plan was due before the new day."""
        self.minor.plan_due_on = "2025-03-31"
        with self.assertRefused("before the non-conformity is notified"):
            self.initial.notified_on = "2025-04-02"
        self.minor.evidence_ids = self.new_evidence()
        self.minor.action_lift()
        self.initial.notified_on = "2025-04-02"
        self.assertEqual(str(self.minor.apply_by), "2025-10-02")

    def test_what_nobody_recorded_is_said_with_the_verdict(self):
        """Nobody said what became of a minor one: the verdict does not leave it out."""
        audit = self.surveillance(notified_on="2026-09-20")
        said = str(audit.verdict_text)
        self.assertIn("1. Public information – Minor", said)
        self.assertIn("does not count them", said)
        (self.minor | self.nc(self.initial, 2)).action_requalify()
        self.forget()
        self.assertNotIn("does not count them", str(audit.verdict_text))
        self.assertEqual(audit.outcome, "corrections")

    def test_the_audit_must_be_a_later_one_by_the_certifier(self):
        self.surveillance()
        internal = self.closed_audit("internal", "2026-10-05")
        running = self.new_audit(
            "extension", "2026-11-02", opened=True, **self.new_bc()
        )
        for audit in (self.initial, internal, running):
            case = self.subTest(audit=audit.kind)
            with (
                case,
                self.assertRefused("at a later audit by the certifier", UserError),
            ):
                self.minor._requalify(audit)

    def new_bc(self):
        return {"category_ids": self.category("BC").ids}

    def test_a_major_one_and_one_of_our_own_are_not(self):
        own = self.closed_audit("internal", "2025-04-07", findings=[(1, "minor")])
        audit = self.surveillance()
        with self.assertRefused("no certifier requalifies it", UserError):
            own.nonconformity_ids.action_requalify()
        self.minor.action_requalify()
        with self.assertRefused("is major already", UserError):
            self.minor.carried_to_ids._requalify(audit)
        with self.assertRefused("not its next step", UserError):
            self.minor.action_requalify()

    def test_proposed_when_the_next_audit_is_closed(self):
        self.nc(self.initial, 2).evidence_ids = self.new_evidence()
        self.nc(self.initial, 2).action_lift()
        running = self.new_audit("surveillance", SURVEILLANCE)
        self.assertEqual(running.still_open_ids, self.minor)
        self.close(running)
        self.assertEqual(running.still_open_ids, self.minor)
        activity = running.activity_ids
        self.assertIn(self.minor.display_name, activity.note)
        self.assertEqual(activity.user_id, self.manager)
        self.minor.action_requalify()
        running.invalidate_recordset()
        self.assertFalse(running.still_open_ids)

    def test_nothing_is_proposed_elsewhere(self):
        internal = self.closed_audit("internal", "2026-10-05")
        self.assertFalse(internal.still_open_ids or internal.activity_ids)
        self.assertFalse(self.initial.still_open_ids)

    def test_carried_into_the_renewal(self):
        self.surveillance()
        following = self.new_cycle(previous_id=self.cycle.id)
        with self.on(RENEWAL):
            self.minor.action_requalify()
            renewal = self.closed_audit(
                "renewal", RENEWAL, certification_id=following.id
            )
            # the major one is no minor one; the other is still open
            self.assertEqual(renewal.still_open_ids, self.nc(self.initial, 2))
            self.nc(self.initial, 2)._requalify(renewal)
            major = self.nc(renewal, 2)
            self.assertEqual(major.certification_id, following)
