from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .elearning_common import JOINED, TODAY, ElearningCase


@tagged("post_install", "-at_install")
class TestCourseFile(ElearningCase):
    """A membership is a learner's file, dated as core does not."""

    def test_the_company_is_that_of_the_programme(self):
        self.assertEqual(self.course.qualiopi_company_id, self.company)
        self.assertEqual(self.alice.qualiopi_company_id, self.company)
        self.course.qualiopi_program_id = False
        self.assertFalse(self.alice.qualiopi_company_id)
        self.assertFalse(self.alice.qualiopi_missing_text)

    def test_joining_is_dated(self):
        self.assertEqual(self.alice.qualiopi_joined_on, self.date(JOINED))
        invited = self.join("Chloé Blanc", status="invited")
        self.assertFalse(invited.qualiopi_joined_on)
        self.assertEqual(invited.qualiopi_missing_count, 0)
        with self.on("2026-06-20"):
            self.course._action_add_members(invited.partner_id)
            self.assertEqual(invited.member_status, "joined")
            self.assertEqual(invited.qualiopi_joined_on, self.date("2026-06-20"))

    def test_finishing_is_dated(self):
        self.tick(self.alice, self.lesson)
        self.assertEqual(self.alice.member_status, "ongoing")
        self.assertFalse(self.alice.qualiopi_completed_on)
        self.finish(self.alice)
        self.assertEqual(self.alice.member_status, "completed")
        self.assertEqual(self.alice.qualiopi_completed_on, self.date(TODAY))
        with self.on("2026-07-01"):
            self.alice._recompute_completion()
            self.view_content(self.alice, self.quiz)
        self.assertEqual(self.alice.qualiopi_completed_on, self.date(TODAY))

    def test_the_version_is_that_of_the_day_of_joining(self):
        self.assertEqual(self.alice.qualiopi_version_id, self.version)
        second = (
            self.env["qualiopi.program.version"]
            .sudo()
            .create(
                {
                    "program_id": self.program.id,
                    "number": 2,
                    "validated_on": "2026-06-01",
                    "content": {"en_US": {"name": self.program.name}},
                }
            )
        )
        self.assertEqual(self.course.qualiopi_version_id, second)
        self.assertEqual(self.alice.qualiopi_version_id, self.version)
        self.assertEqual(self.join("Denis Vert").qualiopi_version_id, second)

    def test_what_the_file_lacks(self):
        self.assertEqual(self.alice.qualiopi_stage, "during")
        self.assertEqual(
            [row["code"] for row in self.alice.qualiopi_missing],
            ["need", "entry", "adjustment", "contract"],
        )
        self.assertEqual(self.alice.qualiopi_late_count, 4)
        self.assertIn("Need analysis – late since", self.alice.qualiopi_missing_text)
        self.alice.write(
            {
                "qualiopi_need_on": JOINED,
                "qualiopi_entry_on": JOINED,
                "qualiopi_adjustment": "no",
                "qualiopi_contract_on": JOINED,
            }
        )
        self.assertFalse(self.alice.qualiopi_missing_text)
        late = self.env["slide.channel.partner"].search(
            [("qualiopi_late_count", ">", 0), ("channel_id", "=", self.course.id)]
        )
        self.assertEqual(late, self.bruno)

    def test_dropping_out_asks_for_the_reason(self):
        self.alice.qualiopi_dropped_on = "2026-06-01"
        codes = [row["code"] for row in self.alice.qualiopi_missing]
        self.assertIn("drop_out_reason", codes)
        self.alice.qualiopi_drop_out_reason = "A new job"
        codes = [row["code"] for row in self.alice.qualiopi_missing]
        self.assertNotIn("drop_out_reason", codes)

    def test_certifying_programmes_ask_for_the_exam(self):
        self.program.sudo().certifying = True
        codes = [row["code"] for row in self.alice.qualiopi_missing]
        self.assertIn("exam_enrolment", codes)
        self.assertNotIn("exam_result", codes)
        self.finish(self.alice)
        with self.on("2026-06-16"):
            self.forget()
            codes = [row["code"] for row in self.alice.qualiopi_missing]
            self.assertIn("exam_result", codes)

    def test_funding_says_what_is_signed(self):
        self.alice.qualiopi_funding = "individual"
        self.assertEqual(self.alice.qualiopi_contract_kind, "contract")
        self.alice.qualiopi_funding = "company"
        self.assertEqual(self.alice.qualiopi_contract_kind, "agreement")

    def test_bad_input(self):
        with self.assertRefused("before joining"):
            self.alice.qualiopi_dropped_on = "2026-05-01"
        stranger = self.env["res.partner"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        with self.assertRefused("another company", ValidationError):
            self.alice.qualiopi_client_id = stranger

    def test_the_learner_does_not_follow_his_own_file(self):
        self.assertFalse(self.alice.message_partner_ids)

    def test_the_responsible_is_no_learner(self):
        """Core enrols him in his own course."""
        member = self.env["slide.channel.partner"].search(
            [
                ("channel_id", "=", self.course.id),
                ("partner_id", "=", self.course.user_id.partner_id.id),
            ]
        )
        self.assertTrue(member)
        self.assertFalse(member.qualiopi_program_id)
        self.assertEqual(member.qualiopi_company_id, self.company)
        self.course.user_id = self.officer
        self.assertEqual(member.qualiopi_program_id, self.program)

    def test_a_plain_course_stays_as_it_was(self):
        course = self.new_course("Cooking")
        member = self.join("Emma Noir", course)
        self.assertFalse(member.qualiopi_company_id)
        self.assertFalse(member.qualiopi_stage)
        self.assertEqual(member.qualiopi_missing_count, 0)
        self.finish(member, answered=False)
        self.assertEqual(member.member_status, "completed")


@tagged("post_install", "-at_install")
class TestCourseWarning(ElearningCase):
    """What is unusual about a course that delivers a programme."""

    def test_nothing_to_say(self):
        self.assertFalse(self.course.qualiopi_warning)

    def test_nothing_is_handed_in(self):
        self.quiz.unlink()
        self.assertIn("no quiz", self.course.qualiopi_warning)

    def test_anybody_may_enrol(self):
        self.course.enroll = "public"
        self.assertIn("Anybody may enrol", self.course.qualiopi_warning)

    def test_the_programme_has_no_version(self):
        self.course.qualiopi_program_id = self.new_program(name="Draft")
        self.assertIn("no validated version", self.course.qualiopi_warning)

    def test_a_course_without_programme_is_left_alone(self):
        course = self.new_course("Cooking", enroll="public")
        self.assertFalse(course.qualiopi_warning)

    def test_the_website_is_that_of_the_company(self):
        website = self.env["website"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        with self.assertRefused("on the website of"):
            self.course.website_id = website

    def test_the_programme_opens_its_courses(self):
        self.assertEqual(self.program.course_count, 1)
        action = self.program.with_user(self.manager).action_open_courses()
        found = self.env["slide.channel"].search(action["domain"])
        self.assertEqual(found, self.course)

    def test_a_validated_programme_takes_courses(self):
        self.program.sudo().write({"course_ids": [(4, self.new_course("More").id)]})
        self.assertEqual(self.program.course_count, 2)
