from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.qualiopi_compliance.tests.cpd_common import TODAY, CpdCase

from .elearning_common import ElearningMixin


@tagged("post_install", "-at_install")
class TestCourseCpd(ElearningMixin, CpdCase):
    """A course that a trainer finishes counts once, for its exact hours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outside = cls.new_course("Adult learning")

    def rows(self, trainer):
        self.forget()
        return self.env["qualiopi.cpd.ledger"].search([("trainer_id", "=", trainer.id)])

    def follow(self, trainer, course=None):
        """The trainer finishes a course."""
        member = self.enrol(trainer.partner_id, course or self.outside)
        self.finish(member)
        return member

    def employed(self):
        """:return: a trainer whose employee has a user, as human resources want"""
        user = new_test_user(
            self.env,
            "q_teacher",
            "base.group_user",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        employee = self.new_employee("Tania Teacher", user_id=user.id)
        trainer = self.promote(employee)
        self.assertEqual(trainer.partner_id, user.partner_id)
        return trainer

    def test_a_finished_course_counts(self):
        member = self.enrol(self.outsider.partner_id, self.outside)
        self.assertFalse(self.rows(self.outsider))
        self.finish(member)
        [row] = self.rows(self.outsider)
        self.assertEqual(
            (row.source, row.kind, row.state), ("course", "course", "done")
        )
        self.assertEqual(row.date, self.date(TODAY))
        # a line of the résumé would keep one hour of it
        self.assertEqual((row.hours, row.counted_hours), (1.75, 1.75))
        self.assertEqual(row.name, "Adult learning")
        self.assertEqual(row._source(), member)

    def test_the_line_of_the_resume_counts_once(self):
        trainer = self.employed()
        self.follow(trainer)
        lines = self.env["hr.resume.line"].search(
            [("employee_id", "=", trainer.employee_id.id)]
        )
        self.assertEqual(lines.channel_id, self.outside)
        self.assertEqual(lines.duration, 1)
        [row] = self.rows(trainer)
        self.assertEqual((row.source, row.hours), ("course", 1.75))
        self.assertEqual(row.resume_line_id, lines)
        # neither another line about it, on another day and under another name
        self.new_line(
            trainer.employee_id,
            name="Adults",
            course_type="elearning",
            channel_id=self.outside.id,
            date_start="2026-01-05",
        )
        self.assertEqual(self.rows(trainer), row)

    def test_a_line_without_membership_keeps_its_minutes(self):
        self.new_line(
            name="Adult learning",
            course_type="elearning",
            channel_id=self.outside.id,
            duration=1,
        )
        [row] = self.rows(self.insider)
        self.assertEqual((row.source, row.hours), ("resume", 1.75))

    def test_hours_that_somebody_entered_hold(self):
        self.new_line(
            name="Adult learning",
            course_type="elearning",
            channel_id=self.outside.id,
            duration=4,
        )
        self.assertEqual(self.rows(self.insider).hours, 4)

    def test_what_somebody_wrote_down_holds(self):
        self.follow(self.outsider)
        self.new_activity(name="Adult  LEARNING", date=TODAY, hours=3, state="done")
        [row] = self.rows(self.outsider)
        self.assertEqual((row.source, row.hours), ("activity", 3))

    def test_what_was_written_about_the_line_holds(self):
        trainer = self.employed()
        self.follow(trainer)
        line = self.rows(trainer).resume_line_id
        self.new_activity(
            trainer,
            name="Other words",
            date="2026-06-01",
            resume_line_id=line.id,
            state="done",
        )
        [row] = self.rows(trainer)
        self.assertEqual(row.source, "activity")

    def test_ones_own_course_does_not_count(self):
        own = self.new_course("By myself", user_id=self.contributor.id)
        self.finish(
            self.env["slide.channel.partner"].search([("channel_id", "=", own.id)])
        )
        self.assertFalse(self.rows(self.own))

    def test_a_course_of_the_other_company_does_not_count(self):
        program = self.new_program(
            company_id=self.other_company.id, name="Elsewhere", objective_ids=[]
        )
        self.follow(self.outsider, self.new_course("Elsewhere", program))
        self.assertFalse(self.rows(self.outsider))

    def test_a_membership_that_was_removed_does_not_count(self):
        member = self.follow(self.outsider)
        member.active = False
        self.assertFalse(self.rows(self.outsider))

    def test_targets_take_it_in(self):
        self.new_target(amount=1.5)
        self.follow(self.outsider)
        self.forget()
        gap = self.env["qualiopi.cpd.gap"].search(
            [("trainer_id", "=", self.outsider.id)]
        )
        self.assertEqual(gap.achieved, 1.75)
        self.assertTrue(gap.reached)

    def test_rows_do_not_collide(self):
        """Each row has its own number, whatever it was read from."""
        self.follow(self.outsider)
        self.attend(self.outsider)
        self.new_activity()
        rows = self.rows(self.outsider)
        self.assertEqual(
            sorted(rows.mapped("source")), ["activity", "course", "session"]
        )
        for row in rows:
            self.assertTrue(row._source().exists())

    def test_it_opens_with_the_rights_of_the_reader(self):
        self.follow(self.own)
        [row] = self.rows(self.own)
        action = row.with_user(self.manager).action_open()
        self.assertEqual(action["res_model"], "slide.channel.partner")
        with self.assertRefused("ask a quality manager", UserError):
            row.with_user(self.contributor).action_open()
        added = row.with_user(self.contributor).action_add()["context"]
        self.assertEqual(added["default_hours"], 1.75)
