from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DAY_2026
from .gap_common import TODAY, GapCase


@tagged("post_install", "-at_install")
class TestChecklistLineGaps(GapCase):
    """From an indicator to the records that prove it, and those that are missing."""

    def test_gaps_and_what_counts(self):
        line = self.line(self.read(), 4).with_user(self.manager)
        gaps = self.run_action(line.action_open_gaps())
        self.assertEqual(gaps.registration_id, self.bruno)
        self.assertEqual(gaps.check_id, self.need)
        self.assertEqual(len(gaps), line.missing_count)
        good = self.run_action(line.action_open_counted())
        self.assertEqual(good.registration_id, self.alice)
        self.assertEqual(good.check_id, self.need)

    def test_named_after_the_indicator(self):
        line = self.line(self.read(), 4).with_user(self.manager)
        action = line.action_open_gaps()
        self.assertEqual(action["name"], line.display_name)
        self.assertEqual(action["display_name"], line.display_name)

    def test_what_counts_check_by_check(self):
        group = "search_default_group_check"
        self.new_check(numbers=(4,))
        line = self.line(self.read(), 4)
        context = line.action_open_counted()["context"]
        self.assertTrue(context[group])
        self.assertEqual(len(context["qualiopi_checks"]), 2)
        self.assertNotIn(group, line.action_open_gaps()["context"])

    def test_as_far_as_the_reader_may(self):
        line = self.line(self.read(), 4).with_user(self.contributor)
        action = line.action_open_gaps()
        self.assertFalse(self.run_action(action, self.contributor))

    def test_not_for_outsiders(self):
        line = self.line(self.read(), 4)
        for user in (self.plain, self.event_user, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                line.with_user(user).action_open_gaps()

    def test_a_self_assessment_of_a_day_gone_by(self):
        """Opened as it was read: on its day, by the law of its day."""
        past = self.self_assessment(self.company, "2026-03-03")
        past._read_records()
        action = self.line(past, 4).action_open_gaps()
        self.assertEqual(action["context"]["qualiopi_day"], "2026-03-03")
        self.assertNotIn("qualiopi_law_day", action["context"])
        self.bruno.qualiopi_need_on = TODAY
        self.assertEqual(self.run_action(action).registration_id, self.bruno)

    def test_a_self_assessment_of_a_day_to_come(self):
        """Read today, by the law of its day."""
        coming = self.self_assessment(self.company, DAY_2026)
        coming._read_records()
        context = self.line(coming, 4).action_open_gaps()["context"]
        self.assertNotIn("qualiopi_day", context)
        self.assertEqual(context["qualiopi_law_day"], DAY_2026)

    def test_before_anything_was_read(self):
        line = self.line(self.living(self.company), 4)
        line.write({"computed_facts": False, "computed_on": False})
        gaps = self.run_action(line.action_open_gaps())
        self.assertEqual(gaps.registration_id, self.bruno)

    def test_from_a_checklist(self):
        """All that is missing by its indicators, and nothing that is in order."""
        self.new_check(numbers=(4,))
        living = self.read()
        for user, count in ((self.manager, 2), (self.contributor, 0)):
            self.forget()
            action = living.with_user(user).action_open_gaps()
            with self.subTest(user=user.login):
                self.assertEqual(len(self.run_action(action, user)), count)
        past = self.self_assessment(self.company, "2026-03-03")
        past._read_records()
        self.bruno.qualiopi_need_on = TODAY
        self.assertEqual(len(self.run_action(past.action_open_gaps())), 2)
        self.assertEqual(len(self.run_action(living.action_open_gaps())), 1)

    def test_from_a_result(self):
        self.read()
        result = self.result(self.need).with_user(self.manager)
        gaps = self.run_action(result.action_open_missing())
        self.assertEqual(gaps.registration_id, self.bruno)
        good = self.run_action(result.action_open_satisfied())
        self.assertEqual(good.registration_id, self.alice)
        self.assertEqual(result.action_open_missing()["name"], self.need.name)

    def test_from_the_result_of_another_day(self):
        self.company._qualiopi_record(self.results._fields["day"].to_date("2026-03-03"))
        self.bruno.qualiopi_need_on = TODAY
        result = self.result(self.need, "2026-03-03").with_user(self.manager)
        gaps = self.run_action(result.action_open_missing())
        self.assertEqual(gaps.registration_id, self.bruno)
