from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .team_common import TeamCase

NOTES = "<p>We planned the spring</p>"


@tagged("post_install", "-at_install")
class TestMeeting(TeamCase):
    """A meeting is planned, held with who was there and what came of it, and kept."""

    def held(self, **vals):
        meeting = self.new_meeting(self.anna, notes=NOTES, **vals)
        meeting.action_all_present()
        meeting.action_hold()
        return meeting

    def statuses(self, meeting):
        return {row.partner_id.name: row.status for row in meeting.participant_ids}

    def test_planning_invites_the_planner(self):
        with Form(self.meetings) as form:
            form.name = "Spring"
        meeting = form.record
        self.assertEqual(meeting.participant_ids.partner_id, self.manager.partner_id)
        self.assertEqual(meeting.company_id, self.company)
        self.assertEqual(meeting.user_id, self.manager)
        self.assertEqual((meeting.stop - meeting.start).seconds, 3600)

    def test_held(self):
        meeting = self.new_meeting(self.anna, self.bruno, self.chloe, notes=NOTES)
        anna, bruno, _chloe = meeting.participant_ids
        anna.status = "present"
        bruno.status = "excused"
        meeting.action_hold()
        self.assertEqual(meeting.state, "held")
        self.assertEqual(
            self.statuses(meeting),
            {
                "Anna Petit": "present",
                "Bruno Roy": "excused",
                "Chloé Vidal": "absent",
            },
        )
        self.assertEqual((meeting.present_count, meeting.invited_count), (1, 3))

    def test_held_in_the_future(self):
        meeting = self.new_meeting(self.anna, start="2026-11-23 11:30:00", notes=NOTES)
        meeting.action_all_present()
        with self.assertRefused("cannot have been held yet"):
            meeting.action_hold()

    def test_held_by_nobody(self):
        meeting = self.new_meeting(self.anna, notes=NOTES)
        with self.assertRefused("Say who was there"):
            meeting.action_hold()
        self.assertEqual(self.statuses(meeting), {"Anna Petit": "invited"})

    def test_held_with_nothing_to_say(self):
        meeting = self.new_meeting(self.anna, notes="<p><br></p>")
        meeting.action_all_present()
        with self.assertRefused("Write what came of"):
            meeting.action_hold()
        meeting.decisions = "<p>Buy chairs</p>"
        meeting.action_hold()
        self.assertEqual(meeting.state, "held")

    def test_minutes_of_the_past_are_entered_at_once(self):
        row = {"partner_id": self.anna.id, "status": "present"}
        meeting = self.meetings.create(
            {
                "name": "Last year",
                "start": "2025-11-20 09:00:00",
                "state": "held",
                "notes": NOTES,
                "participant_ids": [Command.create(row)],
            }
        )
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.participant_ids.partner_id, self.anna)
        with self.assertRefused("Say who was there"):
            self.new_meeting(self.anna, state="held", notes=NOTES)

    def test_minutes_do_not_change(self):
        meeting = self.held()
        program = self.add_program()
        for vals in (
            {"notes": "<p>Something else</p>"},
            {"decisions": "<p>Something else</p>"},
            {"start": "2026-11-19 09:00:00"},
            {"name": "Winter"},
            {"program_ids": program.ids},
            {"participant_ids": [Command.create({"partner_id": self.bruno.id})]},
        ):
            with self.assertRefused("its minutes do not change", UserError):
                meeting.write(vals)
        row = meeting.participant_ids
        with self.assertRefused("its minutes do not change", UserError):
            row.status = "absent"
        with self.assertRefused("its minutes do not change", UserError):
            row.unlink()
        with self.assertRefused("its minutes do not change", UserError):
            row.create({"meeting_id": meeting.id, "partner_id": self.bruno.id})
        with self.assertRefused("its minutes do not change", UserError):
            meeting.action_cancel()
        with self.assertRefused("archive it", UserError):
            meeting.unlink()
        meeting.action_archive()
        self.assertFalse(meeting.active)

    def test_a_participant_does_not_slip_into_minutes(self):
        held = self.held()
        row = self.new_meeting(self.bruno).participant_ids
        with self.assertRefused("its minutes do not change", UserError):
            row.meeting_id = held

    def test_reopened_minutes_are_corrected(self):
        meeting = self.held()
        meeting.action_reopen()
        meeting.notes = "<p>Corrected</p>"
        meeting.action_hold()
        self.assertIn("Corrected", meeting.notes)

    def test_reopening_leaves_a_trace(self):
        meeting = self.held().with_context(tracking_disable=False)
        self.env.cr.precommit.run()
        meeting.action_reopen()
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = meeting.message_ids.sudo().tracking_value_ids
        self.assertIn("Took Place", values.mapped("old_value_char"))

    def test_a_meeting_planned_may_go(self):
        meeting = self.new_meeting(self.anna)
        meeting.unlink()
        self.assertFalse(meeting.exists())

    def test_a_copy_is_planned_anew(self):
        meeting = self.held(agenda="<p>Rooms</p>")
        twin = meeting.copy()
        self.assertEqual(twin.state, "planned")
        self.assertEqual(self.statuses(twin), {"Anna Petit": "invited"})
        self.assertFalse(twin.notes)
        self.assertIn("Rooms", twin.agenda)

    @mute_logger("odoo.sql_db")
    def test_a_meeting_lasts(self):
        for hours in (0, -1):
            with self.subTest(hours=hours), self.assertRaises(IntegrityError) as error:
                self.new_meeting(self.anna, duration=hours)
            self.assertIn("duration_positive", str(error.exception))

    def test_archived_people_are_not_invited(self):
        self.chloe.active = False
        with self.assertRefused("archived"):
            self.new_meeting(self.chloe)

    def test_past_meetings_without_minutes_are_found(self):
        late = self.new_meeting(self.anna, start="2026-11-20 09:00:00")
        self.new_meeting(self.anna, start="2026-11-25 09:00:00")
        found = self.meetings.search([("state", "=", "planned"), ("stop", "<", "now")])
        self.assertEqual(found, late)


@tagged("post_install", "-at_install")
class TestPeopleConcerned(TeamCase):
    """Nobody types the list of his own team."""

    def setUp(self):
        super().setUp()
        self.new_role("administration", self.anna)
        self.new_role("council", self.chloe)
        self.trainer = self.new_trainer(self.bruno)

    def invited(self, **vals):
        meeting = self.new_meeting(**vals)
        meeting.action_invite()
        meeting.action_invite()
        return set(meeting.participant_ids.mapped("partner_id.name"))

    def test_the_team(self):
        self.assertEqual(self.invited(), {"Anna Petit", "Bruno Roy"})

    def test_who_had_left_by_then_is_not_invited(self):
        self.new_role("sales", self.chloe, until="2026-10-31")
        self.assertNotIn("Chloé Vidal", self.invited())
        self.assertIn("Chloé Vidal", self.invited(start="2026-10-20 09:00:00"))

    def test_the_council(self):
        self.assertEqual(self.invited(kind="council"), {"Chloé Vidal"})

    def test_those_who_teach(self):
        self.assertEqual(self.invited(kind="teaching"), {"Bruno Roy"})

    def test_those_who_teach_these_programmes(self):
        program = self.add_program(referent_id=self.anna.id)
        vals = {"kind": "teaching", "program_ids": program.ids}
        self.assertEqual(self.invited(**vals), {"Anna Petit"})
        self.trainer.program_ids = program
        self.assertEqual(self.invited(**vals), {"Anna Petit", "Bruno Roy"})
        self.trainer.action_suspend()
        self.assertEqual(self.invited(**vals), {"Anna Petit"})

    def test_outside_trainers(self):
        self.new_trainer(self.anna, kind="employee")
        self.assertEqual(self.invited(kind="outside"), {"Bruno Roy"})

    def test_nobody_is_concerned(self):
        self.trainer.action_suspend()
        with self.assertRefused("names nobody", UserError):
            self.invited(kind="outside")

    def test_trainers_are_known_as_such(self):
        meeting = self.new_meeting(self.anna, self.bruno)
        self.assertEqual(
            meeting.participant_ids.mapped("capacity"), ["staff", "trainer"]
        )
        row = meeting.participant_ids[0]
        row.capacity = "apprentice"
        row.partner_id = self.chloe
        self.assertEqual(row.capacity, "apprentice")


@tagged("post_install", "-at_install")
class TestCouncil(TeamCase):
    """Since 2026 apprentices, trainers and companies take part in the governance."""

    def council(self, *capacities, **vals):
        people = (self.anna, self.bruno, self.chloe)
        rows = [
            Command.create(
                {
                    "partner_id": partner.id,
                    "capacity": capacity,
                    "status": vals.get("status", "invited"),
                }
            )
            for partner, capacity in zip(people, capacities, strict=False)
        ]
        vals.pop("status", None)
        return self.new_meeting(
            **{"kind": "council", "participant_ids": rows, "notes": "<p>x</p>", **vals}
        )

    def test_who_is_not_heard_is_said(self):
        self.assertFalse(self.council("apprentice", "trainer", "company").warning)
        warning = self.council("apprentice", "management").warning
        self.assertIn("trainers, companies", warning)
        self.assertIn("rnq-2026", warning)
        self.assertNotIn("apprentices, trainers, companies", warning)

    def test_only_those_present_count_once_it_was_held(self):
        council = self.council("apprentice", "trainer", "company")
        council.participant_ids[0].status = "present"
        council.action_hold()
        self.assertIn("trainers, companies", council.warning)

    def test_the_former_framework_did_not_ask(self):
        self.assertFalse(self.council("staff", start="2026-10-31 09:00:00").warning)
        self.assertTrue(self.council("staff", start="2026-10-31 23:30:00").warning)

    def test_other_meetings_are_not_concerned(self):
        self.assertFalse(self.council("staff", kind="team").warning)
