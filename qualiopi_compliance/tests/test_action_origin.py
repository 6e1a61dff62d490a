from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .finding_common import TODAY, FindingCase
from .team_common import TeamCase


@tagged("post_install", "-at_install")
class TestActionFromGap(FindingCase):
    """A gap that a check found becomes an action, once."""

    def setUp(self):
        super().setUp()
        self.check = self.env.ref(
            "qualiopi_compliance.check_company_disability_referent"
        )
        self.env.flush_all()
        self.gap = self.gaps(self.manager)

    def gaps(self, user):
        rows = self.env["qualiopi.check.subject"].with_context(
            allowed_company_ids=self.company.ids, qualiopi_checks=self.check.ids
        )
        found = rows.search(
            [("check_id", "=", self.check.id), ("satisfied", "=", False)]
        )
        return found.with_user(user)

    def make(self):
        found = self.gap.action_make_action()
        Action = self.env["qualiopi.action"].with_user(self.manager)
        with Form(Action.with_context(**found["context"])) as form:
            form.user_id = self.contributor
            form.result = "Named"
        return form.record

    def test_takes_over_what_is_missing(self):
        action = self.make()
        self.assertEqual(action.check_id, self.check)
        self.assertEqual((action.origin, action.kind), ("gap", "correction"))
        self.assertEqual(action._record(), self.company)
        self.assertEqual(action.company_id, self.company)
        self.assertEqual(action.indicator_ids, self.check.indicator_ids)
        self.assertIn(self.check.lacks.rstrip("."), action.name)
        self.assertEqual(action.description, self.check.remediation)

    def test_closes_when_the_gap_is_gone(self):
        action = self.make()
        self.assertTrue(action._still_failing())
        self.company.qualiopi_disability_contact_id = self.certifier
        action.action_done()
        self.assertEqual(action.state, "done")

    def test_is_made_once(self):
        action = self.make()
        found = self.gap.action_make_action()
        self.assertEqual(found.get("res_id"), action.id)
        action.action_cancel()
        self.assertNotIn("res_id", self.gap.action_make_action())

    def test_offered_in_the_list(self):
        for user, offered in ((self.manager, True), (self.internal_auditor, False)):
            arch = self.gaps(user).get_view(view_type="list")["arch"]
            with self.subTest(user=user.login):
                self.assertEqual("action_make_action" in arch, offered)

    def test_managers_make_it(self):
        for user in (self.contributor, self.internal_auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.gaps(user).action_make_action()


@tagged("post_install", "-at_install")
class TestActionFromMeeting(TeamCase):
    """What a meeting decides is followed as actions."""

    def test_decided_at_a_meeting(self):
        meeting = self.new_meeting(self.anna)
        context = meeting.action_add_action()["context"]
        Action = self.env["qualiopi.action"].with_user(self.manager)
        with Form(Action.with_context(**context)) as form:
            form.name = "Rent a larger room"
        self.assertEqual(meeting.action_ids, form.record)
        self.assertEqual(form.record.origin, "meeting")

    def test_one_programme_is_taken_over(self):
        one, two = self.add_program(), self.add_program(name="Databases")
        meeting = self.new_meeting(self.anna, program_ids=one.ids)
        context = meeting.action_add_action()["context"]
        self.assertEqual(context["default_program_id"], one.id)
        meeting.program_ids |= two
        context = meeting.action_add_action()["context"]
        self.assertFalse(context["default_program_id"])

    def test_minutes_say_who_does_what_by_when(self):
        meeting = self.new_meeting(self.anna, notes="<p>The room</p>")
        Action = self.env["qualiopi.action"].with_user(self.manager)
        values = {"meeting_id": meeting.id, "origin": "meeting"}
        Action.create(
            {
                **values,
                "name": "Rent <a> larger room",
                "user_id": self.contributor.id,
                "deadline": "2026-12-15",
            }
        )
        Action.create({**values, "name": "Forget it"}).action_cancel()
        report = self.env["report.qualiopi_compliance.team_meeting"]
        self.assertNotIn("Actions", dict(report._sections(meeting)))
        meeting.action_all_present()
        meeting.action_hold()
        text = dict(report.with_user(self.manager)._sections(meeting))["Actions"]
        self.assertIn("Rent &lt;a&gt; larger room", text)
        self.assertIn(self.contributor.name, text)
        self.assertIn("2026", text)
        self.assertNotIn("Forget it", text)

    def test_who_takes_part_sees_his_own(self):
        meeting = self.new_meeting(self.anna)
        meeting._invite(self.contributor.partner_id)
        Action = self.env["qualiopi.action"].with_user(self.manager)
        values = {"name": "His", "meeting_id": meeting.id, "origin": "meeting"}
        own = Action.create({**values, "user_id": self.contributor.id})
        Action.create({**values, "user_id": self.manager.id})
        seen = meeting.with_user(self.contributor)
        seen.invalidate_recordset()
        self.assertEqual(seen.action_ids, own)
        with self.assertRaises(AccessError):
            seen.action_add_action()


@tagged("post_install", "-at_install")
class TestActionReminder(FindingCase):
    """Owners are reminded of what is due, once, and no more when it is done."""

    def reminders(self, action, day=TODAY):
        return [
            row
            for row in self.company._qualiopi_reminders(self.to_date(day))
            if row.record == action
        ]

    def test_before_the_day(self):
        action = self.new_action(deadline="2026-12-01")
        [reminder] = self.reminders(action)
        self.assertEqual(reminder.user, self.contributor)
        self.assertEqual(str(reminder.due), "2026-12-01")

    def test_not_long_before(self):
        action = self.new_action(deadline="2027-11-01")
        self.assertFalse(self.reminders(action))

    def test_of_looking_at_the_effect(self):
        action = self.new_action(deadline="2026-12-01", result="Signed")
        action.action_done()
        self.assertFalse(self.reminders(action))
        [reminder] = self.reminders(action, "2027-02-23")
        self.assertIn("effect", reminder.summary)

    def test_no_more_once_it_is_over(self):
        action = self.new_action(deadline="2026-12-01")
        action.action_cancel()
        self.assertFalse(self.reminders(action))
