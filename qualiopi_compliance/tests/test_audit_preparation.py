from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.rules.audit_findings import AUDIT_KINDS
from odoo.addons.qualiopi_compliance.rules.cycle_schedule import (
    ACTIVITIES,
    schedule,
)

from .cycle_common import CycleCase

# Kept up in data: see the rules for where these days come from.
FAR = "2027-06-07"


@tagged("post_install", "-at_install")
class TestPreparation(CycleCase):
    def days(self, audit):
        """:return: summary -> day, of what is still to be done"""
        self.forget()
        return {
            activity.summary: str(activity.date_deadline)
            for activity in audit.activity_ids
            if activity.qualiopi_plan_line_id
        }

    def prepared(self, kind="surveillance", day=FAR, **vals):
        audit = self.new_audit(kind, day, opened=False, **vals)
        audit.action_plan_preparation()
        return audit

    def test_plans_are_those_of_the_rules(self):
        Audit = self.env["qualiopi.audit"]
        for kind in AUDIT_KINDS:
            lines = Audit.new({"kind": kind})._preparation_plan().template_ids
            wanted = [each for each in ACTIVITIES if kind in each.kinds]
            with self.subTest(kind=kind):
                self.assertEqual(
                    [(line.summary, line.delay_count) for line in lines],
                    [(each.label, each.days) for each in wanted],
                )
                self.assertEqual(set(lines.mapped("delay_unit")), {"days"})
                self.assertEqual(set(lines.mapped("delay_from")), {"before_plan_date"})

    def test_dated_backwards_from_the_audit(self):
        audit = self.prepared()
        day = self.to_date(FAR)
        expected = {
            each.activity.label: str(each.day)
            for each in schedule("surveillance", day, self.to_date("2026-11-23"))
        }
        self.assertEqual(len(expected), 9)
        self.assertEqual(self.days(audit), expected)
        self.assertEqual(
            self.days(audit)["Go through the checklist, note the gaps as actions"],
            "2027-04-12",
        )
        self.assertEqual(audit.activity_ids.user_id, self.manager)

    def test_near_audit_is_prepared_from_today_and_says_so(self):
        audit = self.prepared(day="2026-12-07")
        days = self.days(audit)
        self.assertEqual(min(days.values()), "2026-11-23")
        first = audit.activity_ids.filtered(
            lambda row: row.summary.startswith("Go through")
        )
        self.assertIn("begun on 10/12/2026", first.note)

    def test_proposed_until_it_is_planned_and_planned_once(self):
        audit = self.new_audit("mock", FAR, opened=False)
        self.assertTrue(audit.to_prepare)
        audit.action_plan_preparation()
        self.forget()
        self.assertFalse(audit.to_prepare)
        before = audit.activity_ids
        before[0].action_feedback(feedback="done")
        audit.action_plan_preparation()
        self.forget()
        self.assertEqual(audit.activity_ids, before[1:])

    def test_moves_with_the_audit(self):
        audit = self.prepared()
        other = audit.activity_schedule(summary="By hand", date_deadline="2027-05-03")
        done = audit.activity_ids.filtered("qualiopi_plan_line_id")[0]
        done.action_feedback()
        audit.write({"date_begin": "2027-06-14", "date_end": "2027-06-14"})
        days = self.days(audit)
        self.assertEqual(days["Close the gaps noted"], "2027-05-17")
        self.assertEqual(len(days), 8)
        self.assertEqual(str(other.date_deadline), "2027-05-03")
        audit.write({"date_begin": "2026-12-07", "date_end": "2026-12-07"})
        self.assertEqual(self.days(audit)["Close the gaps noted"], "2026-11-23")

    def test_called_off_and_planned_again(self):
        audit = self.prepared()
        audit.action_cancel()
        self.assertFalse(self.days(audit))
        audit.action_back_to_planned()
        self.assertTrue(audit.to_prepare)

    def test_line_that_a_company_changed_is_said_as_it_wrote_it(self):
        plan = self.env.ref("qualiopi_compliance.activity_plan_surveillance")
        plan.template_ids[0].with_user(self.manager).write(
            {"summary": "Our own words", "delay_count": 10, "delay_unit": "weeks"}
        )
        self.assertEqual(self.days(self.prepared())["Our own words"], "2027-03-29")

    def test_in_the_language_of_who_does_it(self):
        self.french()
        self.manager.lang = "fr_FR"
        audit = self.new_audit("mock", FAR, opened=False)
        line = audit._preparation_plan().template_ids[0]
        french = audit.with_context(lang="fr_FR")._preparation_text(line)
        audit.action_plan_preparation()
        self.assertIn(french, self.days(audit))

    def test_over_or_not_ours_is_refused(self):
        audit = self.over(self.new_audit("mock", "2026-11-16", opened=False))
        with self.assertRefused("nothing to prepare", UserError):
            audit.with_user(self.manager).action_plan_preparation()
        with self.assertRaises(AccessError):
            audit.with_user(self.contributor).action_plan_preparation()

    def test_from_the_cycle(self):
        cycle = self.certified()
        with self.assertRefused("plan one first", UserError):
            cycle.with_user(self.manager).action_plan_preparation()
        audit = self.planned("surveillance", FAR, cycle)
        self.assertTrue(cycle.audit_to_prepare)
        action = cycle.with_user(self.manager).action_plan_preparation()
        self.assertEqual(action["res_id"], audit.id)
        self.assertTrue(self.days(audit))
        self.assertFalse(cycle.audit_to_prepare)

    def test_other_plans_are_not_the_manager_s(self):
        plan = self.env["mail.activity.plan"].create(
            {
                "name": "Onboarding",
                "res_model": "res.partner",
                "template_ids": [(0, 0, {"summary": "Greet"})],
            }
        )
        for record in (plan, plan.template_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.manager).write(
                    {"sequence": 1} if record != plan else {"name": "Mine"}
                )
