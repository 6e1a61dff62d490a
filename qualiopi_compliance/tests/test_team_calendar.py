from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .team_common import TeamCase

NOTES = "<p>We planned the spring</p>"


@tagged("post_install", "-at_install")
class TestMeetingInTheCalendar(TeamCase):
    """One invitation, in step with the meeting until that was held."""

    def setUp(self):
        super().setUp()
        self.env.user.partner_id.email = "root@example.com"
        self.meeting = self.new_meeting(
            self.manager.partner_id,
            self.anna,
            start="2026-12-01 09:00:00",
            duration=1.5,
            agenda="<p>Rooms</p>",
        )
        self.meeting.action_plan_calendar()
        self.event = self.meeting.sudo().calendar_event_id

    def moments(self, record):
        return str(record.start), str(record.stop)

    def test_planned_with_its_people(self):
        self.assertEqual(self.event.name, "Spring")
        self.assertEqual(
            self.moments(self.event), ("2026-12-01 09:00:00", "2026-12-01 10:30:00")
        )
        self.assertEqual(self.event.partner_ids, self.manager.partner_id | self.anna)
        self.assertIn("Rooms", self.event.description)
        self.assertEqual(self.event.user_id, self.manager)

    def test_people_without_a_part_in_it_see_that_somebody_is_busy(self):
        self.forget()
        event = self.event.with_user(self.plain)
        self.assertEqual(event.name, "Busy")
        self.assertFalse(event.description)

    def test_a_meeting_is_no_reminder_of_itself(self):
        self.assertFalse(self.meeting.activity_ids)

    def test_moving_the_meeting_moves_the_invitation(self):
        self.meeting.start = "2026-12-03 14:00:00"
        self.assertEqual(
            self.moments(self.event), ("2026-12-03 14:00:00", "2026-12-03 15:30:00")
        )
        self.meeting.duration = 3
        self.assertEqual(str(self.event.stop), "2026-12-03 17:00:00")
        self.meeting.write({"name": "Summer", "location": "Room 3"})
        self.assertEqual((self.event.name, self.event.location), ("Summer", "Room 3"))

    def test_moving_the_invitation_moves_the_meeting(self):
        event = self.event.with_user(self.manager)
        event.write({"start": "2026-12-04 08:00:00", "stop": "2026-12-04 10:00:00"})
        self.assertEqual(
            self.moments(self.meeting), ("2026-12-04 08:00:00", "2026-12-04 10:00:00")
        )
        self.assertEqual(self.meeting.duration, 2)
        event.name = "Summer"
        self.assertEqual(self.meeting.name, "Summer")

    def test_whoever_is_invited_may_move_it(self):
        self.event.partner_ids |= self.plain.partner_id
        self.event.with_user(self.plain).start = "2026-12-02 09:00:00"
        self.assertEqual(str(self.meeting.start), "2026-12-02 09:00:00")
        self.assertEqual(self.meeting.duration, 1.5)

    def test_another_manager_moves_the_meeting(self):
        other = self.new_user("q_manager_2", "manager")
        self.meeting.with_user(other).start = "2026-12-05 09:00:00"
        self.assertEqual(str(self.event.start), "2026-12-05 09:00:00")

    def test_people_are_the_same(self):
        self.meeting.participant_ids = [Command.create({"partner_id": self.bruno.id})]
        self.assertIn(self.bruno, self.event.partner_ids)
        row = self.meeting.participant_ids.filtered(
            lambda row: row.partner_id == self.anna
        )
        row.unlink()
        self.assertNotIn(self.anna, self.event.partner_ids)
        self.event.partner_ids = [
            Command.link(self.chloe.id),
            Command.unlink(self.bruno.id),
        ]
        self.assertEqual(
            self.meeting.participant_ids.partner_id,
            self.manager.partner_id | self.chloe,
        )

    def test_what_is_not_in_the_invitation_does_not_touch_it(self):
        with patch.object(self.registry["calendar.event"], "write") as write:
            self.meeting.notes = NOTES
            self.meeting.write({"start": "2026-12-01 09:00:00", "duration": 1.5})
            write.assert_not_called()
            self.meeting.agenda = "<p>Chairs</p>"
            write.assert_called_once_with({"description": "<p>Chairs</p>"})

    def test_who_declined_is_excused(self):
        attendees = self.event.attendee_ids
        attendees.filtered(lambda row: row.partner_id == self.anna).do_decline()
        self.meeting.action_all_present()
        self.assertEqual(
            self.meeting.participant_ids.mapped("status"), ["present", "excused"]
        )

    def test_what_was_held_stays(self):
        with self.on("2026-12-02"):
            self.meeting.notes = NOTES
            self.meeting.action_all_present()
            self.meeting.action_hold()
            self.event.start = "2026-12-10 09:00:00"
            self.event.partner_ids = [Command.clear()]
            self.assertEqual(str(self.meeting.start), "2026-12-01 09:00:00")
            self.assertEqual(len(self.meeting.participant_ids), 2)

    def test_called_off(self):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self.meeting.action_cancel()
        self.assertEqual(self.meeting.state, "cancelled")
        self.assertFalse(self.event.active)
        self.assertFalse(self.meeting.in_calendar)
        told = (mails.search([]) - before).recipient_ids
        self.assertIn(self.anna, told)
        self.meeting.action_reopen()
        self.meeting.action_plan_calendar()
        self.assertNotEqual(self.meeting.sudo().calendar_event_id, self.event)

    def test_deleting_the_meeting_takes_it_out_of_the_calendar(self):
        self.meeting.unlink()
        self.assertFalse(self.event.active)

    def test_a_deleted_invitation_is_told(self):
        for operation in ("unlink", "action_archive"):
            meeting = self.new_meeting(self.anna, start="2026-12-01 09:00:00")
            meeting.action_plan_calendar()
            getattr(meeting.sudo().calendar_event_id, operation)()
            with self.subTest(operation=operation):
                self.assertFalse(meeting.in_calendar)
                self.assertEqual(meeting.state, "planned")
                self.assertIn("deleted", str(meeting.message_ids[0].body))

    def test_once_is_enough(self):
        with self.assertRefused("in the calendar already", UserError):
            self.meeting.action_plan_calendar()

    def test_nobody_to_invite(self):
        meeting = self.new_meeting(start="2026-12-01 09:00:00")
        meeting.participant_ids.unlink()
        with self.assertRefused("add the participants first", UserError):
            meeting.action_plan_calendar()

    def test_only_what_is_planned(self):
        meeting = self.new_meeting(self.anna)
        meeting.action_cancel()
        with self.assertRefused("reopen it first", UserError):
            meeting.action_plan_calendar()

    def test_who_gets_no_invitation_is_named(self):
        meeting = self.new_meeting(self.chloe, start="2026-12-01 09:00:00")
        warning = meeting.action_plan_calendar()
        self.assertIn("Chloé Vidal", warning["params"]["message"])

    def test_a_button_for_those_invited_only(self):
        other = self.new_user("q_manager_2", "manager")
        self.assertTrue(self.meeting.in_my_calendar)
        self.assertFalse(self.meeting.with_user(other).in_my_calendar)
        self.assertTrue(self.meeting.with_user(other).in_calendar)

    def test_a_whole_day_in_the_calendar(self):
        self.event.write(
            {"allday": True, "start_date": "2026-12-08", "stop_date": "2026-12-08"}
        )
        self.assertEqual(self.meeting.start.date(), self.event.start_date)
        self.meeting.start = Datetime.to_datetime("2026-12-09 09:00:00")
        self.assertFalse(self.event.allday)
        self.assertEqual(str(self.event.start), "2026-12-09 09:00:00")
