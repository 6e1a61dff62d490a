from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .finding_common import INITIAL, TODAY, FindingCase


@tagged("post_install", "-at_install")
class TestNonconformity(FindingCase):
    """From the notification to the lifting."""

    def setUp(self):
        super().setUp()
        self.audit = self.closed_audit(
            findings=[(1, "minor"), (4, "major")],
            after={"notified_on": "2025-03-10"},
        )
        self.minor, self.major = self.nc(self.audit, 1), self.nc(self.audit, 4)

    def plan(self, nc, **vals):
        return self.new_action(
            nonconformity_id=nc.id, origin="nonconformity", result="Done", **vals
        )

    def to_done(self, nc):
        nc.cause = "Nobody checks"
        nc.action_analyse()
        action = self.plan(nc)
        nc.action_send_plan()
        action.action_done()
        nc.action_done()
        return nc

    # Days

    def test_statutory_days_run_from_the_notification(self):
        self.assertEqual(str(self.minor.apply_by), "2025-09-10")
        self.assertEqual(
            (str(self.major.apply_by), str(self.major.check_by)),
            ("2025-06-10", "2025-07-10"),
        )

    def test_each_day_names_its_source(self):
        for nc in (self.minor, self.major):
            self.assertIn("art. 5", nc.deadline_text)
        self.assertIn("06/10/2025", self.major.deadline_text)

    def test_no_day_without_notification(self):
        audit = self.closed_audit(
            "surveillance", "2026-09-14", findings=[(1, "minor"), (4, "major")]
        )
        for nc in audit.nonconformity_ids:
            self.assertFalse(nc.apply_by or nc.check_by or nc.deadline_text)
            self.assertFalse(nc.late)

    def test_notified_before_the_audit(self):
        with self.assertRefused("before the audit"):
            self.minor.notified_on = "2025-03-02"
        with self.assertRefused("before the audit"):
            self.audit.notified_on = "2025-03-02"
        self.assertEqual(str(self.minor.notified_on), "2025-03-10")

    def test_notified_on_the_audit_reaches_them_all(self):
        self.to_done(self.minor)
        self.minor.evidence_ids = self.new_evidence()
        self.minor.action_lift()
        # those already lifted included
        self.audit.notified_on = "2025-03-12"
        self.assertEqual(str(self.minor.notified_on), "2025-03-12")
        self.assertEqual(str(self.major.check_by), "2025-07-12")

    def test_end_of_a_short_month(self):
        self.audit.notified_on = "2025-08-31"
        self.assertEqual(str(self.minor.apply_by), "2026-02-28")
        self.assertEqual(str(self.major.apply_by), "2025-11-30")

    def test_the_plan_is_due_as_the_certifier_says(self):
        with self.assertRefused("before the non-conformity is notified"):
            self.minor.plan_due_on = "2025-03-09"
        self.minor.plan_due_on = "2025-03-31"
        self.assertEqual(str(self.minor.plan_due_on), "2025-03-31")

    def test_no_delay_runs_in_our_own_audits(self):
        audit = self.closed_audit(
            "internal",
            "2026-10-05",
            findings=[(1, "minor")],
            after={"notified_on": "2026-10-06"},
        )
        self.assertTrue(audit.nonconformity_ids.rehearsal)
        self.assertFalse(audit.nonconformity_ids.apply_by)

    def test_late(self):
        Nonconformity = self.env["qualiopi.nonconformity"].with_user(self.manager)
        late = [("late", "=", True), ("audit_id", "=", self.audit.id)]
        for day, numbers in (
            ("2025-06-10", []),
            ("2025-06-11", [4]),
            ("2025-09-10", [4]),
            ("2025-09-11", [1, 4]),
        ):
            with self.subTest(day=day), self.on(day):
                self.assertEqual(
                    sorted(Nonconformity.search(late).mapped("number")), numbers
                )
                rows = (self.minor | self.major).filtered("late")
                self.assertEqual(sorted(rows.mapped("number")), numbers)

    def test_late_plan_and_late_check(self):
        self.minor.plan_due_on = "2025-03-31"
        with self.on("2025-04-01"):
            self.assertTrue(self.minor.late)
        self.to_done(self.major)
        with self.on("2025-07-10"):
            self.assertFalse(self.major.late)
        with self.on("2025-07-11"):
            # done, but never checked
            self.assertTrue(self.major.late)

    # Steps

    def test_step_by_step(self):
        nc = self.minor
        with self.assertRefused("write its cause first", UserError):
            nc.action_analyse()
        nc.cause = "Nobody checks"
        nc.action_analyse()
        with self.assertRefused("at least one corrective action", UserError):
            nc.action_send_plan()
        action = self.plan(nc)
        nc.action_send_plan()
        self.assertEqual(str(nc.plan_sent_on), TODAY)
        with self.assertRefused("not done yet: Have it signed", UserError):
            nc.action_done()
        action.action_done()
        nc.action_done()
        with self.assertRefused("add its evidence", UserError):
            nc.action_lift()
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        self.assertEqual((nc.state, str(nc.lifted_on)), ("lifted", TODAY))
        self.assertEqual(nc.lifted_by_id, self.manager)

    def test_no_step_is_skipped(self):
        for step in ("action_send_plan", "action_done"):
            case = self.subTest(step=step)
            with case, self.assertRefused("not its next step", UserError):
                getattr(self.minor, step)()

    def test_done_without_action_needs_its_correction(self):
        self.minor.cause = "Forgotten"
        self.minor.action_analyse()
        with self.assertRefused("what was corrected", UserError):
            self.minor.action_done()
        self.minor.correction = "Put on the page"
        self.minor.action_done()
        self.assertEqual(self.minor.state, "done")

    def test_evidence_must_show_something(self):
        for vals in ({"url": False}, {"url": "  "}):
            self.minor.evidence_ids = self.new_evidence(**vals)
            case = self.subTest(vals=vals)
            with case, self.assertRefused("Nothing shows the correction", UserError):
                self.minor.action_lift()
        rejected = self.new_evidence(indicator_ids=self.indicator(26).ids)
        rejected.action_submit()
        rejected._reject("Not the right one")
        self.minor.evidence_ids = rejected
        with self.assertRefused("Nothing shows the correction", UserError):
            self.minor.action_lift()

    def test_settled_does_not_change(self):
        self.minor.evidence_ids = self.new_evidence()
        self.minor.action_lift()
        for vals in ({"cause": "Other"}, {"evidence_ids": [Command.clear()]}):
            with self.subTest(vals=vals), self.assertRefused("is settled", UserError):
                self.minor.write(vals)
        with self.assertRefused("is settled", UserError):
            self.minor.action_add_action()
        with self.assertRefused("not its next step", UserError):
            self.minor.action_lift()
        self.minor.message_post(body="Filed")
        self.minor.active = False

    def test_history_is_not_deleted(self):
        for user in (self.manager, self.env.user):
            case = self.subTest(user=user.login)
            with case, self.assertRefused("company's history", UserError):
                self.minor.with_user(user).unlink()

    def test_archived_once_it_is_settled(self):
        with self.assertRefused("can be archived once it is settled"):
            self.minor.active = False
        self.minor.evidence_ids = self.new_evidence()
        self.minor.active = True
        self.minor.action_lift()
        self.minor.active = False
        self.assertNotIn(self.minor, self.audit.nonconformity_ids)
        # the verdict knows it all the same
        self.audit.invalidate_recordset()
        self.assertIn("Lifted since the audit", str(self.audit.verdict_text))

    def test_made_by_the_closing_meeting_alone(self):
        with self.assertRefused("comes from a finding", UserError):
            self.minor.create({"finding_id": self.minor.finding_id.id})

    def test_dragging_does_what_the_button_does(self):
        with self.assertRefused("write its cause first", UserError):
            self.minor.state = "analysed"
        self.minor.cause = "Nobody checks"
        self.minor.state = "analysed"
        self.assertEqual(self.minor.state, "analysed")
        with self.assertRefused("add its evidence", UserError):
            self.minor.state = "lifted"
        with self.assertRefused("not its next step", UserError):
            self.minor.state = "open"
        for vals in (
            {"state": "done", "cause": "x"},
            {"gravity": "minor"},
            {"lifted_on": TODAY},
            {"finding_id": self.minor.finding_id.id},
        ):
            case = self.subTest(vals=vals)
            with case, self.assertRefused("by its buttons only", UserError):
                self.major.write(vals)

    def test_corrective_action_takes_over(self):
        self.minor.user_id = self.contributor
        context = self.minor.action_add_action()["context"]
        Action = self.env["qualiopi.action"].with_user(self.manager)
        with Form(Action.with_context(**context)) as form:
            form.name = "Check the page each month"
        action = form.record
        self.assertEqual(self.minor.action_ids, action)
        self.assertEqual((action.kind, action.origin), ("corrective", "nonconformity"))
        self.assertEqual(action.indicator_ids, self.minor.indicator_id)
        self.assertEqual(action.deadline, self.minor.apply_by)
        self.assertEqual(action.user_id, self.contributor)

    # Roles

    def test_owner_reads_his_own(self):
        self.minor.user_id = self.contributor
        own = self.env["qualiopi.nonconformity"].with_user(self.contributor)
        self.assertEqual(own.search([]), self.minor)
        own = self.minor.with_user(self.contributor)
        self.assertIn("Minor", own.display_name)
        self.assertEqual(own.statement, "Seen on 1")
        with self.assertRaises(AccessError):
            own.cause = "Mine"
        with self.assertRaises(AccessError):
            own.action_lift()
        with self.assertRaises(AccessError):
            own.action_open_audit()

    def test_internal_auditors_read_all_and_take_none_further(self):
        auditor = self.minor.with_user(self.internal_auditor)
        self.assertEqual(auditor.action_open_audit()["res_id"], self.audit.id)
        for step in ("action_analyse", "action_lift", "action_requalify"):
            with self.subTest(step=step), self.assertRaises(AccessError):
                getattr(auditor, step)()
        with self.assertRaises(AccessError):
            auditor.state = "analysed"

    def test_another_company_has_no_part(self):
        other = self.env["qualiopi.nonconformity"].with_user(self.other_manager)
        self.assertFalse(other.search([]))
        with self.assertRaises(AccessError):
            self.minor.with_user(self.other_manager).action_lift()
        with self.assertRaises(UserError):
            self.minor.evidence_ids = (
                self.env["qualiopi.evidence"]
                .sudo()
                .create(
                    {
                        "name": "Theirs",
                        "url": "https://example.com",
                        "company_id": self.other_company.id,
                    }
                )
            )

    def test_found_by_what_it_says(self):
        found = self.env["qualiopi.nonconformity"].with_user(self.manager)
        self.assertIn(self.minor.id, [row[0] for row in found.name_search("Seen on 1")])
        self.assertEqual(
            found.search([("open", "=", True), ("audit_id", "=", self.audit.id)]),
            self.minor | self.major,
        )
        self.minor.evidence_ids = self.new_evidence()
        self.minor.action_lift()
        self.assertEqual(
            found.search([("open", "=", False), ("audit_id", "=", self.audit.id)]),
            self.minor,
        )


@tagged("post_install", "-at_install")
class TestNonconformityStep(FindingCase):
    """A letter of another day is written down as of its own day."""

    def setUp(self):
        super().setUp()
        self.audit = self.closed_audit(
            findings=[(1, "minor"), (2, "minor")],
            after={"notified_on": "2025-03-10"},
        )
        self.rows = self.audit.nonconformity_ids

    def wizard(self, rows=None, user=None, **vals):
        return (
            self.env["qualiopi.nonconformity.step"]
            .with_user(user or self.manager)
            .create({"nonconformity_ids": (rows or self.rows).ids, **vals})
        )

    def test_lifted_in_the_past_several_at_once(self):
        letter = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "letter.txt", "raw": b"Dear all"})
        )
        self.wizard(
            step="lift",
            day="2025-05-02",
            evidence_ids=self.new_evidence().ids,
            note="Letter 12",
            attachment_ids=letter.ids,
        ).action_record()
        for row in self.rows:
            self.assertEqual((row.state, str(row.lifted_on)), ("lifted", "2025-05-02"))
            self.assertIn("Letter 12", str(row.message_ids.mapped("body")))
            self.assertEqual(row.message_ids.attachment_ids.raw, b"Dear all")
            self.assertTrue(row.evidence_ids)

    def test_without_evidence(self):
        with self.assertRefused("add its evidence", UserError):
            self.wizard(step="lift", day="2025-05-02").action_record()

    def test_not_before_the_audit_nor_to_come(self):
        evidence = self.new_evidence().ids
        for day, words in (
            ("2025-03-02", "before the audit"),
            ("2026-11-24", "still to come"),
        ):
            with self.subTest(day=day), self.assertRefused(words, UserError):
                self.wizard(step="lift", day=day, evidence_ids=evidence).action_record()

    def test_a_day_is_needed(self):
        with self.assertRefused("Enter the day", UserError):
            self.wizard(step="lift", day=False).action_record()

    def test_plan_and_corrections_of_other_days(self):
        for row in self.rows:
            row.cause = "Forgotten"
            self.new_action(nonconformity_id=row.id, result="Done").action_done()
        self.rows.action_analyse()
        self.wizard(step="plan", day="2025-03-20").action_record()
        self.assertEqual({str(row.plan_sent_on) for row in self.rows}, {"2025-03-20"})
        self.wizard(step="done", day="2025-04-20").action_record()
        self.assertEqual({str(row.done_on) for row in self.rows}, {"2025-04-20"})

    def test_opened_by_the_button_on_what_it_is_about(self):
        found = self.rows[0].with_context(qualiopi_step="plan").action_record()
        wizard = (
            self.env["qualiopi.nonconformity.step"]
            .with_user(self.manager)
            .with_context(**found["context"])
            .create({})
        )
        self.assertEqual(wizard.nonconformity_ids, self.rows[0])
        self.assertEqual(wizard.step, "plan")

    def test_managers_only(self):
        for user in (self.contributor, self.internal_auditor, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.wizard(user=user, step="lift", day="2025-05-02").action_record()
        self.assertEqual(set(self.rows.mapped("state")), {"open"})

    def test_first_day_of_the_audit_is_late_enough(self):
        self.wizard(
            step="lift", day=INITIAL, evidence_ids=self.new_evidence().ids
        ).action_record()
        self.assertEqual({str(row.lifted_on) for row in self.rows}, {INITIAL})
