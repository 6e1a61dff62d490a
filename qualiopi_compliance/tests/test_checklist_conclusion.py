from odoo.exceptions import AccessError
from odoo.tests import tagged

from .check_common import GRADABLE, CheckCase


@tagged("post_install", "-at_install")
class TestConclusionAndRecords(CheckCase):
    """Somebody may conclude otherwise, and says why."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.new_check()

    def mine(self, number=GRADABLE):
        return self.line(self.living(self.company), number).with_user(self.manager)

    def conclude(self, status, reason=None, number=GRADABLE):
        vals = {"declared_status": status}
        if reason:
            vals["difference_reason"] = reason
        self.mine(number).write(vals)

    def test_the_same_needs_no_reason(self):
        self.read()
        self.conclude("demonstrated")
        self.assertFalse(self.mine().differs)
        self.assertEqual(self.mine().declared_against, "demonstrated")

    def test_otherwise_needs_a_reason(self):
        self.spoil(5)
        self.read()
        for reason in (None, "   "):
            with self.assertRefused(
                "records say “Insufficient” and you conclude “Demonstrated”"
            ):
                self.conclude("demonstrated", reason)
        self.conclude("demonstrated", "The paper file is in the safe")
        self.assertEqual(self.mine().status, "demonstrated")
        self.assertTrue(self.mine().differs)
        with self.assertRefused("First write why"):
            self.mine().difference_reason = False

    def test_worse_needs_a_reason_too(self):
        self.read()
        with self.assertRefused("records say “Demonstrated”"):
            self.conclude("insufficient")
        self.conclude("insufficient", "The names are made up")
        self.assertEqual(self.mine().status, "insufficient")

    def test_where_records_say_nothing_no_reason_is_needed(self):
        self.check.population_domain = "[('name', '=', 'none')]"
        self.read()
        self.conclude("demonstrated")
        self.assertEqual(self.mine().status, "demonstrated")

    def test_unless_something_is_known_to_be_missing(self):
        """Not assessed as a whole must not hide it."""
        self.new_check(population_domain="[('name', '=', 'none')]")
        self.spoil(5)
        self.read()
        self.assertEqual(self.mine().computed_status, "not_assessed")
        with self.assertRefused("records say “Insufficient”"):
            self.conclude("demonstrated")
        self.conclude("insufficient")

    def test_the_worse_holds_once_the_records_change(self):
        self.spoil(3)
        self.read()
        self.conclude("demonstrated", "The paper file is in the safe")
        self.read()
        self.assertEqual(self.mine().status, "demonstrated", "nothing changed")
        self.assertFalse(self.mine().records_changed)
        self.spoil(6)
        self.read()
        self.assertEqual(self.mine().status, "insufficient")
        self.assertTrue(self.mine().records_changed)
        self.assertEqual(self.living(self.company).to_confirm_count, 1)
        self.spoil(3)
        self.read()
        self.assertEqual(self.mine().status, "demonstrated", "as he saw it")
        self.assertFalse(self.mine().records_changed)

    def test_confirming_holds_to_what_the_records_say_now(self):
        self.spoil(3)
        self.read()
        self.conclude("demonstrated", "The paper file is in the safe")
        self.spoil(6)
        self.read()
        self.mine().action_review()
        self.assertEqual(self.mine().status, "demonstrated")
        self.assertEqual(self.mine().declared_against, "insufficient")
        self.assertFalse(self.mine().records_changed)

    def test_confirming_a_difference_needs_its_reason(self):
        self.read()
        self.conclude("demonstrated")
        self.spoil(6)
        self.read()
        with self.assertRefused("First write why"):
            self.mine().action_review()
        self.mine().difference_reason = "The paper file is in the safe"
        self.mine().action_review()
        self.assertEqual(self.mine().status, "demonstrated")

    def test_records_that_come_to_say_the_same_need_no_confirmation(self):
        self.spoil(3)
        self.read()
        self.conclude("demonstrated", "The paper file is in the safe")
        self.spoil(0)
        self.read()
        self.assertFalse(self.mine().records_changed)
        self.assertEqual(self.mine().status, "demonstrated")

    def test_taken_back(self):
        self.spoil(5)
        self.read()
        self.conclude("demonstrated", "The paper file is in the safe")
        self.conclude("not_assessed")
        self.assertEqual(self.mine().status, "insufficient")
        self.assertFalse(self.mine().differs)

    def test_concluded_before_records_were_read_at_all(self):
        self.conclude("demonstrated")
        self.assertFalse(self.mine().computed_on)
        self.spoil(5)
        self.read()
        self.assertEqual(self.mine().status, "insufficient", "nobody looked at them")
        self.assertTrue(self.mine().records_changed)

    def test_a_reason_is_the_managers(self):
        self.read()
        self.mine().sudo().user_id = self.contributor
        line = self.mine().with_user(self.contributor)
        with self.assertRaises(AccessError):
            line.difference_reason = "Because"
