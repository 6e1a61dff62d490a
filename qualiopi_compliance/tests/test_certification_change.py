from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .cycle_common import LAST_DAY, TODAY, CycleCase


@tagged("post_install", "-at_install")
class TestTransfer(CycleCase):
    def wizard(self, cycle, **vals):
        return (
            self.env["qualiopi.certification.transfer"]
            .with_user(self.manager)
            .with_context(default_certification_id=cycle.id)
            .create({"certifier_id": self.other_certifier.id, **vals})
        )

    def refusal(self, cycle, **vals):
        return self.wizard(cycle, **vals).refusal

    def test_delays_are_shown_with_their_source(self):
        # 15 and 30 days: certifopac.fr, kaliozen-formation.fr
        delays = self.wizard(self.certified()).delays
        for words in ("15 days", "30 days", "secondary source: certifopac.fr"):
            self.assertIn(words, delays)

    def test_asked_for_then_decided(self):
        cycle = self.certified(stage="surveillance")
        cycle.obtained_on = "2026-03-02"
        following = self.env["qualiopi.certification"].browse(
            cycle.action_prepare_renewal()["res_id"]
        )
        wizard = self.wizard(cycle, day="2026-11-02")
        self.assertEqual(wizard.step, "asked")
        wizard.action_apply()
        self.assertEqual(cycle.stage, "surveillance")
        self.assertIn("Autre Certif was asked for on 11/02/2026", cycle.transfer_text)
        self.assertTrue(cycle.running)

        wizard = self.wizard(cycle, certifier_id=False)
        self.assertEqual(wizard.step, "decided")
        wizard.write({"certifier_id": self.other_certifier.id, "day": "2026-11-20"})
        successor = self.env["qualiopi.certification"].browse(
            wizard.action_apply()["res_id"]
        )
        self.assertEqual(cycle.stage, "transferred")
        self.assertFalse(cycle.running)
        self.assertEqual(cycle.transferred_as_ids, successor)
        self.assertEqual(successor.stage, "surveillance")
        self.assertEqual(successor.certifier_id, self.other_certifier)
        self.assertEqual(successor.number, "C-1")
        self.assertEqual(str(successor.first_day), "2026-11-20")
        self.assertEqual(str(successor.last_day), LAST_DAY)
        # the window goes on from the day the certification was obtained
        self.assertEqual(str(successor.surveillance_until), "2028-01-02")
        self.assertEqual(following.previous_id, successor)
        self.assertTrue(successor.running)
        self.assertFalse(successor.dates_warning)
        self.assertNotIn("36 months", successor.dates_explained)

    def test_last_day_is_kept_when_the_first_one_is_corrected(self):
        cycle = self.certified()
        successor = cycle._transfer(self.other_certifier, self.to_date("2026-11-20"))
        successor.first_day = "2026-11-21"
        self.assertEqual(str(successor.last_day), LAST_DAY)

    def test_surveillance_held_before_is_not_asked_for_again(self):
        cycle = self.certified("2025-03-03", stage="surveillance")
        self.over(self.planned("surveillance", "2026-09-14", cycle))
        successor = cycle._transfer(self.other_certifier, self.to_date("2026-11-20"))
        self.assertEqual(str(successor.surveillance_held_on), "2026-09-14")
        self.assertNotIn("plan_surveillance", self.todo(successor))

    def test_suspended_ended_or_same_certifier_is_refused(self):
        cycle = self.certified()
        contact = self.env["res.partner"].create(
            {"name": "Office of Lyon", "parent_id": self.certifier.id}
        )
        self.assertIn("another certifier", self.refusal(cycle, certifier_id=contact.id))
        self.assertIn("no certificate is valid", self.refusal(cycle, day="2026-03-11"))
        self.assertFalse(self.refusal(cycle))
        self.decide(cycle, "suspended", "2026-10-05")
        self.assertIn("suspended", self.refusal(cycle))
        for step in ("asked", "decided"):
            with self.assertRefused("cannot be transferred", UserError):
                self.wizard(cycle, step=step).action_apply()
        self.assertIn("no certificate", self.refusal(self.cycle))

    def test_certifier_of_the_same_name_is_another_one(self):
        twin = self.env["res.partner"].create({"name": self.certifier.name})
        self.assertFalse(self.refusal(self.certified(), certifier_id=twin.id))

    def test_still_to_come_is_refused(self):
        with self.assertRefused("still to come", UserError):
            self.wizard(
                self.certified(), step="decided", day="2026-11-24"
            ).action_apply()

    def test_mistake_is_taken_back_once_the_successor_is_archived(self):
        cycle = self.certified()
        successor = cycle._transfer(self.other_certifier, self.to_date("2026-11-20"))
        with self.assertRefused("archive", UserError):
            cycle.action_reopen()
        successor.active = False
        cycle.action_reopen()
        self.assertEqual(cycle.stage, "certified")
        self.assertTrue(cycle.running)

    def test_wizard_is_for_managers(self):
        with self.assertRaises(AccessError):
            self.certified().with_user(self.internal_auditor).action_transfer()


@tagged("post_install", "-at_install")
class TestExtension(CycleCase):
    def wizard(self, cycle, *codes, **vals):
        categories = self.env["qualiopi.category"].union(*map(self.category, codes))
        return (
            self.env["qualiopi.certification.extension"]
            .with_user(self.manager)
            .create(
                {
                    "certification_id": cycle.id,
                    "category_ids": [Command.set(categories.ids)],
                    "date_begin": "2026-12-07",
                    **vals,
                }
            )
        )

    def extension(self, cycle, code="CFA"):
        action = self.wizard(cycle, code).action_apply()
        return self.env["qualiopi.audit"].browse(action["res_id"])

    def test_plans_an_audit_of_the_new_categories(self):
        audit = self.extension(self.certified())
        self.assertEqual(audit.kind, "extension")
        self.assertEqual(audit.category_ids.mapped("code"), ["CFA"])

    def test_categories_are_added_once_it_is_decided_and_the_end_stays(self):
        cycle = self.certified()
        audit = self.extension(cycle)
        with self.assertRefused("No extension was decided", UserError):
            cycle.action_add_extension()
        self.over(audit)
        self.assertFalse(cycle.extension_text)
        audit.sudo().decided_on = "2026-12-14"
        self.assertIn("was decided", cycle.extension_text)
        cycle.with_user(self.manager).action_add_extension()
        self.assertEqual(set(cycle.category_ids.mapped("code")), {"BC", "CFA"})
        self.assertEqual(str(cycle.last_day), LAST_DAY)
        self.assertFalse(cycle.extension_text)
        self.assertIn("apprentissage", cycle.mention)

    def test_open_major_keeps_them_out(self):
        cycle = self.certified()
        audit = self.extension(cycle)
        audit.date_begin = TODAY
        audit.action_open_audit()
        self.find(audit, 4, "major")
        self.close(audit, decided_on=TODAY)
        with self.assertRefused("Major non-conformities", UserError):
            cycle.action_add_extension()

    def test_nothing_new_or_nothing_valid_is_refused(self):
        cycle = self.certified()
        self.assertIn(
            "covers these categories already", self.wizard(cycle, "BC").refusal
        )
        self.assertIn("no certificate is valid", self.wizard(self.cycle, "BC").refusal)
        with self.assertRefused("covers these categories", UserError):
            self.wizard(cycle, "BC").action_apply()
        with self.assertRefused("Choose the new categories", UserError):
            self.wizard(cycle).action_apply()


@tagged("post_install", "-at_install")
class TestRenewal(CycleCase):
    def following(self, cycle):
        action = cycle.with_user(self.manager).action_prepare_renewal()
        return self.env["qualiopi.certification"].browse(action["res_id"])

    def test_next_cycle_is_prepared_while_the_certificate_runs(self):
        cycle = self.certified("2024-01-08", stage="renewal")
        following = self.following(cycle)
        self.assertEqual(self.following(cycle), following)
        self.assertEqual(following.previous_id, cycle)
        self.assertEqual(following.certifier_id, self.certifier)
        self.assertEqual(following.category_ids, cycle.category_ids)
        self.assertEqual(following.stage, "self_assessment")
        self.assertTrue(cycle.running)

    def test_its_deadlines_are_those_of_the_certificate_that_ends(self):
        cycle = self.certified("2024-01-08", stage="renewal")
        following = self.following(cycle)
        following.certifier_id = False
        following._set_stage("certifier_choice")
        self.assertEqual(
            self.todo(following),
            {"name_certifier": "2026-01-07", "sign_contract": "2026-05-07"},
        )
        audit = self.planned("renewal", "2026-10-05", following)
        self.assertEqual(following._next_audit_kind(), "renewal")
        self.assertEqual(cycle._facts().renewal_on, audit.date_begin)
        following._set_stage("application")
        self.assertIn("audit_leaves_time", self.unmet(following, "initial_audit"))

    def test_other_certifier_is_no_contract_elsewhere(self):
        cycle = self.certified("2024-01-08", stage="renewal")
        cycle.contract_signed_on = "2023-05-02"
        following = self.following(cycle)
        following.certifier_id = self.other_certifier
        following._set_stage("certifier_choice")
        self.assertNotIn("not_under_contract", self.unmet(following, "application"))
        # another cycle for the same category is one
        third = self.new_cycle(
            certifier_id=self.other_certifier.id,
            category_ids=[Command.set(cycle.category_ids.ids)],
        )
        third._set_stage("certifier_choice")
        self.assertIn("not_under_contract", self.unmet(third, "application"))

    def test_audit_of_the_stage(self):
        cycle = self.certified()
        cycle = cycle.with_user(self.manager)
        kind = cycle.action_plan_audit()["context"]["default_kind"]
        self.assertEqual(kind, "surveillance")
        cycle._set_stage("renewal")
        with self.assertRefused("belongs to the next cycle", UserError):
            cycle.action_plan_audit()
        following = self.following(cycle)
        context = cycle.action_plan_audit()["context"]
        self.assertEqual(context["default_kind"], "renewal")
        self.assertEqual(context["default_certification_id"], following.id)
        self.cycle._set_stage("corrections")
        context = self.cycle.action_plan_audit()["context"]
        self.assertEqual(context["default_kind"], "follow_up")
