from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .finding_common import SURVEILLANCE, TODAY, FindingCase

CERTIFIED = {"first_day": "2025-04-01", "number": "C 1"}


@tagged("post_install", "-at_install")
class TestAuditSimulation(FindingCase):
    """If the auditor came today and wrote what the living checklist shows."""

    def setUp(self):
        super().setUp()
        self.checklist = self.living(self.company)
        for line in self.checklist.line_ids:
            self.conclude(line.number, "demonstrated")

    def conclude(self, number, status):
        """Records and people say the same."""
        line = self.line(self.checklist, number).sudo()
        line.write({"computed_status": status, "difference_reason": "As seen"})
        line.declared_status = status

    def simulate(self, user=None, **vals):
        checklist = self.checklist.with_user(user or self.manager)
        found = checklist.action_simulate_audit()
        wizard = self.env[found["res_model"]].with_user(user or self.manager)
        wizard = wizard.browse(found["res_id"])
        if vals:
            wizard.write(vals)
        return wizard

    def written(self, wizard):
        """:return: number (or requirement) -> what would be written"""
        lines = wizard.seen_line_ids | wizard.nothing_line_ids
        return {line.number or line.requirement: line.written for line in lines}

    def test_all_demonstrated(self):
        wizard = self.simulate()
        self.assertEqual(wizard.kind, "initial")
        self.assertFalse(wizard.seen_line_ids | wizard.nothing_line_ids)
        self.assertEqual(wizard.outcome, "granted")
        self.assertIn("Demonstrated: 1, 2, 4", wizard.left_out_text)

    def test_what_would_be_written(self):
        self.conclude(1, "at_risk")
        self.conclude(11, "at_risk")
        self.conclude(2, "insufficient")
        self.conclude(9, "not_assessed")
        wizard = self.simulate()
        self.assertEqual(
            self.written(wizard),
            {1: "minor", 2: "major", 11: "major", 9: "major"},
        )
        self.assertEqual(wizard.nothing_line_ids.mapped("number"), [9])
        self.assertEqual(wizard.outcome, "corrections")
        self.assertIn("11. ", wizard.verdict_text)

    def test_nothing_to_show_may_be_left_aside(self):
        self.conclude(1, "at_risk")
        self.conclude(9, "not_assessed")
        wizard = self.simulate()
        self.assertEqual(wizard.outcome, "corrections")
        wizard.nothing_counts = False
        self.assertEqual(wizard.outcome, "granted")
        self.assertNotIn("9. ", wizard.verdict_text)

    def test_changed_line_by_line(self):
        self.conclude(2, "insufficient")
        wizard = self.simulate()
        self.assertEqual(wizard.outcome, "corrections")
        self.assertIn("Lifting 2. ", wizard.verdict_text)
        line = wizard.seen_line_ids
        line.written = "minor"
        self.assertEqual(wizard.outcome, "granted")
        line.written = "none"
        self.assertIn("No non-conformity was written", wizard.verdict_text)

    def test_changed_on_the_form(self):
        self.conclude(2, "insufficient")
        with Form(self.simulate()) as form:
            with form.seen_line_ids.edit(0) as line:
                line.written = "minor"
            self.assertIn("Certificate granted", form.verdict_text)

    def test_major_only_stays_major(self):
        self.conclude(11, "at_risk")
        wizard = self.simulate()
        line = wizard.seen_line_ids
        line.written = "minor"
        warning = line._onchange_written()["warning"]
        self.assertIn("indicator 11 is always major", warning["message"])
        self.assertEqual(line.written, "major")
        line.written = "minor"
        for button in (wizard.action_make_audit, wizard.action_make_actions):
            with self.assertRefused("always major", UserError):
                button()

    def test_five_minors_count_as_one_major(self):
        for number in (1, 2, 8, 9, 18):
            self.conclude(number, "at_risk")
        wizard = self.simulate()
        self.assertEqual(set(self.written(wizard).values()), {"minor"})
        self.assertEqual(wizard.outcome, "corrections")
        wizard.seen_line_ids[0].written = "none"
        self.assertEqual(wizard.outcome, "granted")

    def test_unsettled_is_said(self):
        self.conclude(12, "insufficient")
        wizard = self.simulate()
        self.assertIn("not settled", wizard.seen_line_ids.reason)

    def test_what_does_not_apply_is_not_there(self):
        self.conclude(13, "insufficient")
        self.assertFalse(self.simulate().seen_line_ids)

    # Other kinds

    def test_kind_that_comes_next(self):
        self.cycle.write(CERTIFIED)
        self.assertEqual(self.simulate().kind, "surveillance")
        self.closed_audit("surveillance", SURVEILLANCE)
        self.assertEqual(self.simulate().kind, "renewal")

    def test_surveillance_looks_at_its_minimum(self):
        self.conclude(9, "insufficient")
        self.conclude(1, "insufficient")
        wizard = self.simulate(kind="surveillance")
        self.assertEqual(self.written(wizard), {1: "major"})
        self.assertIn("9", wizard.left_out_text.split("look at more")[1])
        wizard.kind = "initial"
        self.assertEqual(self.written(wizard), {1: "major", 9: "major"})

    def test_surveillance_checks_the_display(self):
        site = self.env["qualiopi.site"].create(
            {"name": "Siège", "company_id": self.company.id}
        )
        self.cycle.write({**CERTIFIED, "site_ids": site.ids})
        wizard = self.simulate()
        self.assertEqual(self.written(wizard), {"display": "major"})
        self.assertIn("Siège", wizard.nothing_line_ids.reason)
        self.assertIn("art. 2", wizard.verdict_text)
        wizard.nothing_line_ids.written = "minor"
        with self.assertRefused("surveillance audit: choose major", UserError):
            wizard.action_make_audit()

    def test_minor_ones_not_lifted_become_major(self):
        initial = self.closed_audit(
            findings=[(1, "minor"), (2, "minor")],
            after={"notified_on": "2025-03-10"},
        )
        self.cycle.write(CERTIFIED)
        done = self.nc(initial, 2)
        done.write({"cause": "Forgotten", "correction": "Done"})
        done.action_analyse()
        done.action_done()
        wizard = self.simulate()
        self.assertEqual(self.written(wizard), {1: "major", 2: "none"})
        self.assertIn("so now major", wizard.verdict_text)
        first, second = wizard.seen_line_ids.sorted("number")
        self.assertIn("to be checked", second.reason)
        first.written = "minor"
        self.assertIn("not lifted", first._onchange_written()["warning"]["message"])
        self.assertEqual(first.written, "major")

    def test_says_what_people_concluded(self):
        self.conclude(1, "at_risk")
        self.line(self.checklist, 1).conclusion = "<p>Two pages are not dated.</p>"
        self.assertIn("Two pages", self.simulate().seen_line_ids.reason)

    def test_after_the_end_of_the_certificate(self):
        self.cycle.write({"first_day": "2023-11-24", "number": "C 1"})
        wizard = self.simulate(kind="renewal")
        self.assertEqual(wizard.outcome, "renewed")
        with self.on("2026-11-24"):
            # no certificate runs any more: the way begins again
            self.assertEqual(self.simulate().kind, "initial")

    # What is made of it

    def test_a_mock_audit(self):
        self.conclude(1, "at_risk")
        self.conclude(11, "at_risk")
        self.conclude(9, "not_assessed")
        wizard = self.simulate()
        wizard.seen_line_ids.filtered(lambda line: line.number == 1).written = "none"
        audit = self.env["qualiopi.audit"].browse(wizard.action_make_audit()["res_id"])
        self.assertEqual((audit.kind, audit.stands_for), ("mock", "initial"))
        self.assertEqual((audit.state, str(audit.date_begin)), ("running", TODAY))
        self.assertEqual(
            {finding.number: finding.gravity for finding in audit.finding_ids},
            {9: "major", 11: "major"},
        )
        self.assertTrue(all(finding.name for finding in audit.finding_ids))
        decided = audit.item_ids.filtered(lambda item: item.decision == "finding")
        self.assertEqual(sorted(decided.mapped("number")), [9, 11])

    def test_actions_for_what_is_missing_once(self):
        self.conclude(1, "at_risk")
        self.conclude(9, "not_assessed")
        wizard = self.simulate(actions_by="2026-12-15")
        Action = self.env["qualiopi.action"].with_user(self.manager)
        found = Action.search(wizard.action_make_actions()["domain"])
        self.assertEqual(sorted(found.indicator_ids.mapped("number")), [1, 9])
        self.assertEqual(set(found.mapped("origin")), {"gap"})
        self.assertEqual({str(row.deadline) for row in found}, {"2026-12-15"})
        again = Action.search(self.simulate().action_make_actions()["domain"])
        self.assertEqual(again, found)
        found[0].action_cancel()
        again = Action.search(self.simulate().action_make_actions()["domain"])
        self.assertEqual(len(again - found), 1)

    def test_actions_go_to_who_is_in_charge(self):
        self.conclude(1, "at_risk")
        self.line(self.checklist, 1).user_id = self.contributor
        wizard = self.simulate()
        action = self.env["qualiopi.action"].search(
            wizard.action_make_actions()["domain"]
        )
        self.assertEqual(action.user_id, self.contributor)

    def test_actions_are_due_before_the_next_audit(self):
        self.assertEqual(str(self.simulate().actions_by), "2026-12-23")
        self.new_audit("internal", "2026-12-10", opened=False)
        self.assertEqual(str(self.simulate().actions_by), "2026-12-09")

    def test_nothing_to_act_upon(self):
        with self.assertRefused("Nothing would be written", UserError):
            self.simulate().action_make_actions()
        self.conclude(1, "at_risk")
        with self.assertRefused("is past: choose another day", UserError):
            self.simulate(actions_by="2026-11-22").action_make_actions()

    # Who, and whose

    def test_internal_auditors_look_and_make_audits(self):
        self.conclude(1, "at_risk")
        wizard = self.simulate(self.internal_auditor)
        self.assertEqual(wizard.outcome, "granted")
        with self.assertRaises(AccessError):
            wizard.action_make_actions()
        audit = self.env["qualiopi.audit"].browse(wizard.action_make_audit()["res_id"])
        self.assertEqual(audit.finding_count, 1)

    def test_contributors_do_not(self):
        with self.assertRaises(AccessError):
            self.simulate(self.contributor)

    def test_one_s_own_company_only(self):
        with self.assertRaises(AccessError):
            self.simulate(self.other_manager)

    def test_a_company_that_declared_nothing(self):
        self.checklist = self.living(self.other_company)
        wizard = self.simulate(self.other_manager)
        self.assertFalse(wizard.settled or wizard.outcome)
        self.assertFalse(wizard.seen_line_ids | wizard.nothing_line_ids)
        with self.assertRefused("Nothing would be written", UserError):
            wizard.action_make_actions()
