from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import Form, tagged

from .audit_common import MONDAY, AuditCase


@tagged("post_install", "-at_install")
class TestAuditPlan(AuditCase):
    """Hour by hour, on what, with whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["qualiopi.team.role"].create(
            [
                {
                    "function": function,
                    "partner_id": person.id,
                    "company_id": cls.company.id,
                }
                for function, person in (("management", cls.bruno), ("sales", cls.anna))
            ]
        )
        cls.manager.tz = "Europe/Paris"

    def hours(self, audit):
        """:return: hour in Paris, kind and indicators of each line"""
        return [
            (
                f"{audit._local(line.start):%d %H:%M}",
                line.kind,
                sorted(line.indicator_ids.mapped("number")),
            )
            for line in audit.agenda_ids.sorted("start")
        ]

    def test_a_day(self):
        audit = self.new_mock(MONDAY)
        self.item(audit, 12).asked = "no"
        audit.action_propose_plan()
        plan = self.hours(audit)
        self.assertEqual(plan[0], ("07 09:00", "opening", []))
        self.assertEqual(plan[1], ("07 09:30", "indicators", [1, 2]))
        self.assertEqual(plan[-1], ("07 16:30", "closing", []))
        self.assertIn(("07 12:30", "lunch", []), plan)
        met = [number for _hour, _kind, numbers in plan for number in numbers]
        self.assertEqual(met, sorted(self.asked(audit)))
        self.assertNotIn(12, met)
        self.assertEqual(str(audit.agenda_ids[0].start), f"{MONDAY} 08:00:00")

    def test_in_summer(self):
        audit = self.new_mock("2026-07-06")
        audit.action_propose_plan()
        self.assertEqual(str(audit.agenda_ids[0].start), "2026-07-06 07:00:00")

    def test_two_days_and_a_weekend(self):
        audit = self.new_mock("2026-12-04", date_end=MONDAY)
        audit.action_propose_plan()
        days = {hour[:2] for hour, _kind, _numbers in self.hours(audit)}
        self.assertEqual(days, {"04", "07"})
        self.assertFalse(audit.warning_text)

    def test_half_a_day(self):
        audit = self.new_mock(MONDAY, hour_begin=13.5, hour_end=17)
        audit.action_propose_plan()
        plan = self.hours(audit)
        self.assertEqual(plan[0][0], "07 13:30")
        self.assertNotIn("lunch", [kind for _hour, kind, _numbers in plan])

    def test_too_short(self):
        audit = self.new_mock(MONDAY, hour_begin=9, hour_end=10)
        with self.assertRefused("do not fit between these hours", UserError):
            audit.action_propose_plan()

    def test_a_plan_is_not_overwritten(self):
        audit = self.new_mock(MONDAY)
        self.add_line(audit, self.anna)
        with self.assertRefused("delete its lines first", UserError):
            audit.action_propose_plan()

    def test_whom_the_auditor_usually_meets(self):
        audit = self.new_mock(MONDAY)
        audit.action_propose_plan()
        lines = audit.agenda_ids
        opening = lines.filtered(lambda line: line.kind == "opening")
        self.assertEqual(
            opening.partner_ids, self.anna | self.bruno | self.manager.partner_id
        )
        about = {line.indicator_ids[:1].number: line.partner_ids for line in lines}
        self.assertEqual(about[1], self.anna)
        self.assertEqual(about[30], self.anna | self.bruno)
        lunch = lines.filtered(lambda line: line.kind == "lunch")
        self.assertFalse(lunch.partner_ids)

    def test_who_belongs_to_another_company_is_left_out(self):
        self.move_manager()
        audit = self.new_mock(MONDAY)
        audit.action_propose_plan()
        self.assertNotIn(self.manager.partner_id, audit.agenda_ids.partner_ids)
        self.assertIn(self.bruno, audit.agenda_ids.partner_ids)

    def test_its_topic(self):
        audit = self.new_mock(MONDAY)
        line = self.add_line(audit, self.anna)
        self.assertEqual(line.display_name, "Indicator 1")
        line.indicator_ids |= self.indicator(9)
        self.assertEqual(line.display_name, "Indicators 1, 9")
        line.name = "The life of a course"
        self.assertEqual(line.display_name, "The life of a course")
        line.write({"name": False, "kind": "visit"})
        self.assertEqual(line.display_name, "Visit")

    def test_a_line_keeps_its_length_when_it_is_moved(self):
        audit = self.new_mock(MONDAY)
        line = self.add_line(audit, self.anna)
        with Form(line.with_context(default_audit_id=audit.id)) as form:
            form.start = f"{MONDAY} 13:00:00"
            self.assertEqual(str(form.stop), f"{MONDAY} 14:00:00")

    def test_a_line_ends_after_it_begins(self):
        audit = self.new_mock(MONDAY)
        line = self.add_line(audit, self.anna)
        with self.assertRefused("ends before it begins", ValidationError):
            line.stop = f"{MONDAY} 08:00:00"

    def test_moving_the_audit_moves_the_plan_at_the_same_hours(self):
        audit = self.new_mock("2026-10-23")
        audit.action_propose_plan()
        before = self.hours(audit)
        # over the change to winter time
        audit.date_begin = "2026-10-26"
        self.assertEqual(
            [hour[3:] for hour, _kind, _numbers in self.hours(audit)],
            [hour[3:] for hour, _kind, _numbers in before],
        )
        self.assertEqual(self.hours(audit)[0][0], "26 09:00")

    def test_what_is_odd_is_said(self):
        audit = self.new_mock(MONDAY)
        line = self.add_line(audit, self.anna)
        self.assertFalse(audit.warning_text)
        self.add_line(audit, self.anna, self.bruno, number=9)
        self.assertIn("two places at the same time: Anna Petit", audit.warning_text)
        line.write({"start": "2026-12-09 09:00:00", "stop": "2026-12-09 10:00:00"})
        self.assertNotIn("two places", audit.warning_text)
        self.assertIn("not on the days of the audit: Indicator 1", audit.warning_text)

    def test_interviews_are_prepared_once(self):
        audit = self.new_mock(MONDAY)
        with self.assertRefused("names nobody to meet", UserError):
            audit.action_prepare_interviews()
        self.add_line(audit, self.anna, self.bruno, number=22)
        self.add_line(audit, self.anna, hour=11, kind="opening", number=1)
        audit.action_prepare_interviews()
        audit.action_prepare_interviews()
        self.assertEqual(
            audit.interview_ids.mapped("name"), ["Anna Petit", "Bruno Roy"]
        )
        anna = audit.interview_ids[0]
        self.assertEqual(anna.function, "Quality, Sales")
        self.assertEqual(anna.indicator_ids, self.indicator(22))
        self.assertEqual(str(anna.start), f"{MONDAY} 09:00:00")
        self.assertTrue(anna.question_ids)


@tagged("post_install", "-at_install")
class TestAuditCalendar(AuditCase):
    """Each line may be in the calendar: moving either moves the other."""

    def setUp(self):
        super().setUp()
        self.env.user.partner_id.email = "root@example.com"
        self.audit = self.new_mock(MONDAY, place="Head office")
        self.line = self.add_line(
            self.audit, self.anna, self.manager.partner_id, note="Have the sheets ready"
        )
        self.line.action_plan_calendar()
        self.event = self.line.sudo().calendar_event_id

    def moments(self, record):
        return str(record.start), str(record.stop)

    def test_invited(self):
        event = self.event
        self.assertEqual(event.name, f"{self.audit.display_name} – Indicator 1")
        self.assertEqual(self.moments(event), self.moments(self.line))
        self.assertEqual(event.partner_ids, self.anna | self.manager.partner_id)
        self.assertEqual(event.location, "Head office")
        self.assertIn("Have the sheets ready", event.description)
        self.assertIn("1. ", event.description)
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.user_id, self.manager)
        self.assertFalse(event.res_model)
        self.assertEqual(self.line.calendar_state, "planned")

    def test_the_line_moves_the_invitation(self):
        self.line.write({"start": f"{MONDAY} 13:00:00", "stop": f"{MONDAY} 14:30:00"})
        self.assertEqual(
            self.moments(self.event), (f"{MONDAY} 13:00:00", f"{MONDAY} 14:30:00")
        )
        self.line.place = "Workshop"
        self.assertEqual(self.event.location, "Workshop")
        self.line.indicator_ids |= self.indicator(9)
        self.assertIn("Indicators 1, 9", self.event.name)
        self.line.partner_ids = [Command.link(self.bruno.id)]
        self.assertIn(self.bruno, self.event.partner_ids)

    def test_the_invitation_moves_the_line(self):
        event = self.event.with_user(self.manager)
        event.write({"start": f"{MONDAY} 14:00:00", "stop": f"{MONDAY} 14:45:00"})
        self.assertEqual(
            self.moments(self.line), (f"{MONDAY} 14:00:00", f"{MONDAY} 14:45:00")
        )
        event.location = "Room 3"
        self.assertEqual(self.line.place, "Room 3")
        event.partner_ids = [
            Command.link(self.bruno.id),
            Command.unlink(self.anna.id),
        ]
        self.assertEqual(self.line.partner_ids, self.bruno | self.manager.partner_id)

    def test_whoever_is_met_may_move_it_without_seeing_the_audit(self):
        self.line.partner_ids |= self.plain.partner_id
        self.event.with_user(self.plain).start = f"{MONDAY} 15:00:00"
        self.assertEqual(str(self.line.start), f"{MONDAY} 15:00:00")
        self.assertFalse(self.line.with_user(self.plain).has_access("read"))

    def test_its_subject_is_ours(self):
        self.event.with_user(self.manager).name = "Coffee"
        self.assertFalse(self.line.name)

    def test_moving_the_audit_moves_the_invitations(self):
        self.audit.date_begin = "2026-12-14"
        self.assertEqual(str(self.event.start), "2026-12-14 09:00:00")

    def test_a_deleted_invitation_is_told(self):
        for operation in ("unlink", "action_archive"):
            line = self.add_line(self.audit, self.anna, hour=14)
            line.action_plan_calendar()
            getattr(line.sudo().calendar_event_id, operation)()
            with self.subTest(operation=operation):
                self.assertEqual(line.calendar_state, "lost")
                self.assertFalse(line.in_calendar)
                line.action_plan_calendar()
                self.assertEqual(line.calendar_state, "planned")

    def test_deleting_the_line_takes_it_out(self):
        self.line.unlink()
        self.assertFalse(self.event.active)

    def test_deleting_the_audit_takes_it_out(self):
        self.audit.unlink()
        self.assertFalse(self.event.active)

    def test_calling_it_off_tells_those_invited(self):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        self.audit.action_cancel()
        self.assertFalse(self.event.active)
        self.assertIn(self.anna, (mails.search([]) - before).recipient_ids)
        with self.assertRefused("called off", UserError):
            self.line.action_plan_calendar()

    def test_nothing_moves_once_it_is_closed(self):
        self.audit.action_open_audit()
        self.event.start = f"{MONDAY} 10:00:00"
        self.assertEqual(str(self.line.start), f"{MONDAY} 10:00:00")
        self.close(self.audit)
        self.event.write(
            {
                "start": f"{MONDAY} 16:00:00",
                "location": "Elsewhere",
                "partner_ids": [Command.clear()],
            }
        )
        self.assertEqual(str(self.line.start), f"{MONDAY} 10:00:00")
        self.assertEqual(self.line.place, "Head office")
        self.assertEqual(len(self.line.partner_ids), 2)
        self.event.unlink()
        self.assertFalse(self.line.lost_invitation)
        self.assertEqual(self.line.calendar_state, "none")

    def test_all_at_once(self):
        self.add_line(self.audit, self.bruno, hour=11, number=9)
        self.add_line(self.audit, hour=12, number=10)
        self.assertEqual(self.audit.to_invite_count, 1)
        self.audit.action_invite()
        self.assertEqual(
            self.audit.agenda_ids.mapped("calendar_state"),
            ["planned", "planned", "none"],
        )
        with self.assertRefused("nobody to invite", UserError):
            self.audit.action_invite()

    def test_who_gets_no_invitation_is_named(self):
        self.bruno.email = False
        line = self.add_line(self.audit, self.bruno, hour=11)
        warning = line.action_plan_calendar()
        self.assertIn("Bruno Roy", warning["params"]["message"])

    def test_refusals(self):
        with self.assertRefused("in the calendar already", UserError):
            self.line.action_plan_calendar()
        with self.assertRefused("add the people first", UserError):
            self.add_line(self.audit, hour=11).action_plan_calendar()

    def test_a_whole_day_in_the_calendar(self):
        self.event.write({"allday": True, "start_date": MONDAY, "stop_date": MONDAY})
        self.assertEqual(str(self.line.start.date()), MONDAY)
        self.assertGreater(self.line.stop, self.line.start)
        self.line.start = Datetime.to_datetime(f"{MONDAY} 09:00:00")
        self.assertFalse(self.event.allday)
