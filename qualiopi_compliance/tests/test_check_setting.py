from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .check_common import GRADABLE, MAJOR, CheckCase


@tagged("post_install", "-at_install")
class TestSetting(CheckCase):
    """What a company decides otherwise than a check is shipped."""

    def decide(self, check, user=None):
        """Open the decision as the button does.

        :return: the form, filled with what is asked now
        """
        action = check.with_user(user or self.manager).action_decide()
        model = self.env[action["res_model"]].with_user(user or self.manager)
        record = model.with_context(active_test=False).browse(action["res_id"])
        return Form(record.with_context(**action["context"]))

    def status(self, number):
        return self.line(self.read(), number).computed_status

    def test_filled_with_what_is_asked_now(self):
        for number, threshold, margin in ((MAJOR, 100, 0), (GRADABLE, 90, 20)):
            check = self.new_check((number,), window="months", months=7)
            with self.subTest(number=number), self.decide(check) as form:
                self.assertTrue(form.asked)
                self.assertFalse(form.own_limits)
                self.assertEqual((form.threshold, form.margin), (threshold, margin))
                self.assertEqual((form.window, form.months), ("months", 7))

    def test_changes_nothing_by_itself(self):
        self.new_check((MAJOR,))
        self.spoil(1)
        self.assertEqual(self.status(MAJOR), "insufficient")
        with self.decide(self.checks.search([("company_id", "!=", False)])) as form:
            form.window = "always"
        self.assertEqual(self.status(MAJOR), "insufficient")

    def test_own_threshold(self):
        check = self.new_check((GRADABLE,))
        self.spoil(4)
        self.assertEqual(self.status(GRADABLE), "insufficient")
        with self.decide(check) as form:
            form.own_limits = True
            form.threshold = 60
        self.assertEqual(self.status(GRADABLE), "demonstrated")
        self.spoil(5)
        self.assertEqual(self.status(GRADABLE), "at_risk", "the margin is 20")
        with self.decide(check) as form:
            form.margin = 0
        self.assertEqual(self.status(GRADABLE), "insufficient")

    def test_writing_a_threshold_is_deciding_on_it(self):
        setting = self.set_terms(self.new_check(), threshold=50)
        self.assertTrue(setting.own_limits)
        setting.own_limits = False
        self.assertEqual(setting.threshold, 90)
        setting.write({"margin": 5})
        self.assertTrue(setting.own_limits)

    def test_an_own_window_leaves_the_strictness_to_the_law(self):
        """An indicator that becomes major only is as strict as the law has it."""
        check = self.new_check((GRADABLE,))
        self.set_terms(check, window="always")
        check.indicator_ids = self.indicator(MAJOR)
        self.spoil(1)
        self.assertEqual(self.status(MAJOR), "insufficient")

    def test_switched_off(self):
        check = self.new_check((GRADABLE,))
        self.read()
        self.assertTrue(self.result(check))
        with self.decide(check) as form:
            form.asked = False
        self.assertEqual(self.status(GRADABLE), "not_assessed")
        self.assertFalse(self.result(check))

    def test_less_than_all_where_only_major_needs_a_reason(self):
        check = self.new_check((MAJOR,))
        for vals in ({"threshold": 99}, {"margin": 1}, {"asked": False}):
            with self.subTest(vals=vals), self.assertRefused("Write the reason"):
                self.set_terms(check, **vals)
        setting = self.set_terms(check, threshold=80, reason="Two files lost in a fire")
        self.assertTrue(setting.lowered)
        with self.assertRefused("Write the reason"):
            setting.reason = "  "
        setting.threshold = 100
        setting.margin = 0
        self.assertFalse(setting.lowered)

    def test_the_form_warns_and_asks_for_the_reason(self):
        check = self.new_check((MAJOR,))
        form = self.decide(check)
        self.assertFalse(form.lowered)
        form.own_limits = True
        form.threshold = 80
        self.assertTrue(form.lowered)
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "Two files lost in a fire"
        form.save()

    def test_elsewhere_no_reason_is_needed(self):
        setting = self.set_terms(self.new_check((GRADABLE,)), threshold=10)
        self.assertFalse(setting.lowered)

    def test_percentages_and_window(self):
        check = self.new_check()
        for vals, message in (
            ({"threshold": 101}, "threshold_range"),
            ({"margin": -1}, "margin_range"),
            ({"window": "months", "months": 0}, "months_positive"),
        ):
            with self.subTest(vals=vals), self.assertImpossible(message):
                self.set_terms(check, **vals)

    def test_back_to_default_keeps_the_history(self):
        check = self.new_check((GRADABLE,))
        self.spoil(4)
        setting = self.set_terms(check, threshold=50).with_user(self.manager)
        self.assertEqual(self.status(GRADABLE), "demonstrated")
        setting.action_back_to_default()
        self.assertEqual(self.status(GRADABLE), "insufficient")
        self.assertFalse(check.with_user(self.manager).setting_id)
        with self.decide(check) as form:
            self.assertEqual(form.record, setting, "the same one is taken up again")
        setting.action_decide_again()
        self.assertEqual(self.status(GRADABLE), "demonstrated")

    def test_never_deleted_by_hand(self):
        setting = self.set_terms(self.new_check()).with_user(self.manager)
        with self.assertRefused("Back to Default", UserError):
            setting.unlink()

    def test_what_was_decided_is_tracked(self):
        setting = self.set_terms(self.new_check())
        self.flush_tracking()
        setting = setting.with_user(self.manager).with_context(tracking_disable=False)
        setting.write({"threshold": 55, "reason": "Paper files"})
        self.flush_tracking()
        tracked = setting.message_ids.sudo().tracking_value_ids
        self.assertIn("threshold", tracked.field_id.mapped("name"))
        self.assertIn("reason", tracked.field_id.mapped("name"))
        self.assertEqual(setting.message_ids[:1].author_id, self.manager.partner_id)

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

    def test_one_for_each_company_and_check(self):
        check = self.ship("learner_need")
        self.set_terms(check)
        with self.assertImpossible("once"):
            self.set_terms(check)
        self.set_terms(check, company_id=self.other_company.id)

    def test_of_a_check_of_another_company(self):
        check = self.new_check()
        with self.assertRaises(UserError):
            self.set_terms(check, company_id=self.other_company.id)

    def test_only_managers_decide(self):
        check = self.new_check()
        for user in (self.internal_auditor, self.contributor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.decide(check, user)
        setting = self.set_terms(check)
        for user in (self.internal_auditor, self.contributor):
            mine = setting.with_user(user)
            with self.subTest(user=user.login):
                self.assertTrue(mine.read(["threshold"]))
                with self.assertRaises(AccessError):
                    mine.action_back_to_default()
                with self.assertRaises(AccessError):
                    mine.threshold = 1
        with self.assertRaises(AccessError):
            setting.with_user(self.other_manager).read(["threshold"])
