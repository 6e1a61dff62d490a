from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .finding_common import TODAY, FindingCase


@tagged("post_install", "-at_install")
class TestAction(FindingCase):
    """An action from the day it is written down to the day its effect is judged."""

    def setUp(self):
        super().setUp()
        self.action = self.new_action()
        self.own = self.action.with_user(self.contributor)

    def done(self, action=None, effect_on=None):
        action = action or self.action
        action.result = "Signed and filed"
        action.action_done()
        if effect_on:
            action.effect_on = effect_on
        return action

    def test_from_to_do_to_done(self):
        self.own.action_start()
        self.assertEqual(self.action.state, "doing")
        self.own.result = "Signed"
        self.own.action_done()
        self.assertEqual(self.action.state, "done")
        self.assertEqual(self.action.closed_by_id, self.contributor)
        self.assertEqual(str(self.action.done_on), TODAY)

    def test_done_needs_a_word_on_what_was_done(self):
        for text in (False, "  "):
            self.action.result = text
            with (
                self.subTest(text=text),
                self.assertRefused("what was done", UserError),
            ):
                self.own.action_done()

    def test_a_step_is_not_taken_twice(self):
        self.action.action_start()
        with self.assertRefused("not its next step", UserError):
            self.action.action_start()

    # Effect

    def test_effect_is_looked_at_three_months_later(self):
        self.done()
        self.assertEqual(str(self.action.effect_on), "2027-02-23")

    def test_effect_is_looked_at_as_planned(self):
        self.action.effect_on = "2027-01-15"
        self.done()
        self.assertEqual(str(self.action.effect_on), "2027-01-15")

    def test_done_late_its_effect_is_later_too(self):
        self.action.write({"deadline": "2026-09-01", "effect_on": "2026-10-01"})
        self.done()
        self.assertEqual(str(self.action.effect_on), "2027-02-23")

    def test_done_long_before_its_day(self):
        self.action.deadline = "2027-11-01"
        self.done()
        self.assertEqual(self.action.state, "done")

    def test_effect_is_judged_by_managers_with_a_word(self):
        self.done(effect_on=TODAY)
        with self.assertRefused("effect that you see", UserError):
            self.action.action_effective()
        self.own.effect = "None unsigned since"
        with self.assertRefused("Only a quality manager", AccessError):
            self.own.action_effective()
        self.action.action_effective()
        self.assertEqual(self.action.state, "effective")
        self.assertEqual(self.action.judged_by_id, self.manager)

    def test_effect_is_not_judged_before_its_day(self):
        self.done()
        self.action.effect = "Fine"
        with self.assertRefused("move that day first", UserError):
            self.action.action_effective()
        self.action.effect_on = TODAY
        self.action.action_not_effective()
        self.assertEqual(self.action.state, "not_effective")

    def test_no_effect_before_it_is_due(self):
        with self.assertRefused("effect cannot be seen"):
            self.action.write({"deadline": "2026-12-15", "effect_on": "2026-12-01"})

    def test_what_had_no_effect_is_tried_again(self):
        self.done(effect_on=TODAY)
        self.action.effect = "Three unsigned again"
        self.action.action_not_effective()
        again = self.env["qualiopi.action"].browse(self.action.action_again()["res_id"])
        self.assertEqual(again.previous_id, self.action)
        self.assertEqual((again.state, again.name), ("todo", self.action.name))
        self.assertFalse(again.result or again.effect or again.done_on)

    # Called off, taken up again

    def test_taken_up_again_it_is_to_be_closed_anew(self):
        self.action.override_reason = "Sent by post"
        self.done()
        with self.assertRefused("Only a quality manager", AccessError):
            self.own.action_reopen()
        self.action.action_reopen()
        self.assertEqual(self.action.state, "doing")
        self.assertFalse(self.action.done_on or self.action.closed_by_id)
        self.assertFalse(self.action.override_reason)
        self.assertEqual(self.action.result, "Signed and filed")

    def test_called_off_by_managers_only(self):
        with self.assertRefused("Only a quality manager", AccessError):
            self.own.action_cancel()
        self.action.action_cancel()
        self.assertEqual(self.action.state, "cancelled")

    def test_what_was_begun_is_kept(self):
        self.action.action_start()
        with self.assertRefused("part of the evidence", UserError):
            self.action.unlink()
        self.action.action_cancel()
        self.action.unlink()
        self.assertFalse(self.action.exists())

    # By dragging

    def test_dragging_a_card_does_what_the_button_does(self):
        self.own.state = "doing"
        self.assertEqual(self.action.state, "doing")
        with self.assertRefused("what was done", UserError):
            self.own.state = "done"
        self.own.result = "Signed"
        self.own.web_save({"state": "done"}, {"state": {}})
        self.assertEqual(self.action.closed_by_id, self.contributor)
        with self.assertRefused("Only a quality manager", AccessError):
            self.own.state = "effective"

    def test_dragging_where_no_button_leads(self):
        for state in ("effective", "not_effective"):
            case = self.subTest(state=state)
            with case, self.assertRefused("is not its next step", UserError):
                self.action.state = state
        self.assertEqual(self.action.state, "todo")

    def test_state_comes_with_nothing_else(self):
        with self.assertRefused("by its buttons", UserError):
            self.action.write({"state": "done", "result": "Signed"})
        with self.assertRefused("by its buttons", UserError):
            self.action.write({"done_on": TODAY})
        with self.assertRefused("by its buttons", UserError):
            self.new_action(state="done")

    def test_a_column_of_the_board_decides_nothing(self):
        Action = self.env["qualiopi.action"].with_user(self.manager)
        made = Action.with_context(default_state="done", default_forced=True).create(
            {"name": "New", "company_id": self.company.id}
        )
        self.assertEqual((made.state, made.forced), ("todo", False))

    # Who writes what

    def test_owner_writes_how_it_goes(self):
        self.own.write(
            {
                "description": "By post",
                "result": "Sent",
                "step_ids": [Command.create({"name": "Write", "done": True})],
            }
        )
        self.assertEqual(self.action.progress, 100)
        for vals in (
            {"name": "Something else"},
            {"deadline": "2027-01-01"},
            {"user_id": self.manager.id},
            {"override_reason": "I say so"},
            {"active": False},
            {"check_id": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.own.write(vals)

    def test_once_done_its_owner_writes_the_effect_only(self):
        self.done()
        self.own.effect = "None unsigned"
        for name in ("result", "description"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.own[name] = "Otherwise"

    def test_steps_of_a_closed_action_stay(self):
        self.action.step_ids = [Command.create({"name": "Write"})]
        step = self.action.step_ids
        self.done()
        for user in (self.contributor, self.manager):
            with self.subTest(user=user.login):
                with self.assertRefused("is closed", UserError):
                    step.with_user(user).done = True
                with self.assertRefused("is closed", UserError):
                    step.with_user(user).unlink()
                with self.assertRefused("is closed", UserError):
                    step.with_user(user).create(
                        {"action_id": self.action.id, "name": "Late"}
                    )

    def test_a_step_is_dated_when_it_is_ticked(self):
        self.action.step_ids = [Command.create({"name": "Write"})]
        step = self.action.step_ids
        self.assertEqual(self.action.progress, 0)
        step.done = True
        self.assertEqual(str(step.done_on), TODAY)
        step.done = False
        self.assertFalse(step.done_on)

    def test_others_have_no_part_in_it(self):
        other = self.new_user("q_second", "contributor")
        with self.assertRaises(AccessError):
            self.action.with_user(other).read(["name"])
        self.assertFalse(self.env["qualiopi.action"].with_user(other).search([]))
        with self.assertRaises(AccessError):
            self.own.create({"name": "Mine", "company_id": self.company.id})
        auditor = self.action.with_user(self.internal_auditor)
        self.assertTrue(auditor.read(["name"]))
        with self.assertRaises(AccessError):
            auditor.action_start()

    def test_an_owner_without_a_role_is_warned_about(self):
        form = self.env["qualiopi.action"].new({"user_id": self.plain.id})
        self.assertIn("no role", form._onchange_user_id()["warning"]["message"])
        form.user_id = self.contributor
        self.assertFalse(form._onchange_user_id())

    # Late

    def test_late(self):
        late = self.new_action(deadline="2026-11-22")
        today = self.new_action(deadline=TODAY)
        Action = self.env["qualiopi.action"].with_user(self.manager)
        self.assertTrue(late.late)
        self.assertFalse(today.late or self.action.late)
        self.assertEqual(Action.search([("late", "=", True)]), late)
        self.assertIn(today, Action.search([("late", "=", False)]))
        self.done(late)
        self.assertFalse(late.late)
        self.assertFalse(Action.search([("late", "=", True)]))


@tagged("post_install", "-at_install")
class TestActionCheck(FindingCase):
    """Closing an action runs its check again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.env.ref("qualiopi_compliance.check_company_disability_referent")

    def setUp(self):
        super().setUp()
        self.action = self.new_action(check_id=self.check.id, result="Named somebody")
        self.own = self.action.with_user(self.contributor)

    def name_referent(self):
        self.company.qualiopi_disability_contact_id = self.certifier

    def test_refused_while_the_check_fails(self):
        with self.assertRefused(self.check.name, UserError):
            self.own.action_done()
        self.assertEqual(self.action.state, "todo")

    def test_done_once_it_passes(self):
        self.name_referent()
        self.own.action_done()
        self.assertEqual((self.action.state, self.action.forced), ("done", False))

    def test_one_record_of_it(self):
        self.action.write({"check_id": self.check.id})
        self.action.sudo().write(
            {"res_model": "res.company", "res_id": self.company.id}
        )
        with self.assertRefused("still finds", UserError):
            self.own.action_done()
        self.name_referent()
        self.own.action_done()
        self.assertEqual(self.action.state, "done")

    def test_done_all_the_same_when_a_manager_writes_why(self):
        with self.assertRaises(AccessError):
            self.own.override_reason = "No need"
        self.action.override_reason = "The referent begins on Monday"
        self.own.action_done()
        self.assertEqual((self.action.state, self.action.forced), ("done", True))

    def test_a_blank_reason_is_none(self):
        self.action.override_reason = "   "
        with self.assertRefused("still finds", UserError):
            self.own.action_done()

    def test_its_own_company_is_looked_at(self):
        self.other_company.qualiopi_disability_contact_id = self.certifier
        with self.assertRefused("still finds", UserError):
            self.own.action_done()

    def test_a_check_over_many_records_passes_at_its_threshold(self):
        """Nine programmes of ten with a referent are 90 %."""
        check = self.env.ref("qualiopi_compliance.check_program_referent")
        programs = self.env["qualiopi.program"].create(
            [
                {
                    "name": f"Programme {number}",
                    "company_id": self.company.id,
                    "category_id": self.category("AFC").id,
                    "referent_id": number < 8 and self.certifier.id,
                }
                for number in range(10)
            ]
        )
        self.use(programs)
        self.action.check_id = check
        with self.assertRefused("8 of 10", UserError):
            self.own.action_done()
        programs[8].referent_id = self.certifier
        self.own.action_done()
        self.assertEqual((self.action.state, self.action.forced), ("done", False))

    def use(self, programs):
        """Have them count as offered."""
        self.env["qualiopi.program.version"].sudo().create(
            [
                {
                    "program_id": program.id,
                    "number": 1,
                    "validated_on": "2026-01-15",
                    "content": {"en_US": {"name": program.name}},
                }
                for program in programs
            ]
        )

    def test_says_how_far_it_is(self):
        text = self.action._still_failing()
        self.assertIn("0 of 1", text)
        self.assertIn("100", text)

    def test_a_check_that_is_not_asked_any_more(self):
        self.env["qualiopi.check.setting"].create(
            {
                "company_id": self.company.id,
                "check_id": self.check.id,
                "asked": False,
                "reason": "Not ours",
            }
        )
        self.own.action_done()
        self.assertEqual(self.action.state, "done")

    def test_a_record_of_a_check_must_exist(self):
        self.action.sudo().write({"res_model": "res.partner", "res_id": 2**30})
        with self.assertRefused("was deleted", UserError):
            self.action.action_open_record()

    def test_opens_what_it_is_about(self):
        self.action.sudo().write(
            {"res_model": "res.partner", "res_id": self.certifier.id}
        )
        found = self.action.action_open_record()
        self.assertEqual(found["res_id"], self.certifier.id)
