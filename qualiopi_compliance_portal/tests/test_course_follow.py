from odoo.tests import tagged

from .elearning_common import TODAY, ElearningCase


@tagged("post_install", "-at_install")
class TestCourseFollowed(ElearningCase):
    """Whether a course is really followed: ticking is not enough."""

    def found(self, *values):
        return self.env["slide.channel.partner"].search(
            [
                ("qualiopi_followed", "in", values),
                ("channel_id", "=", self.course.id),
            ]
        )

    def test_nothing_done(self):
        self.assertEqual(self.alice.qualiopi_followed, "not_started")
        self.assertEqual(self.alice.qualiopi_activity_total, 1)
        self.assertFalse(self.alice.qualiopi_last_on)
        # from 4 May to 15 June
        self.assertEqual(self.alice.qualiopi_silent_days, 42)

    def test_under_way(self):
        with self.on("2026-06-10"):
            self.tick(self.alice, self.lesson)
        self.forget()
        self.assertEqual(self.alice.qualiopi_followed, "ongoing")
        self.assertEqual(self.alice.qualiopi_last_on, self.date("2026-06-10"))
        self.assertEqual(self.alice.qualiopi_silent_days, 5)
        self.assertEqual(self.alice.qualiopi_hours_followed, 1.5)
        self.assertEqual(self.alice.qualiopi_handed_in, 0)

    def test_looking_at_a_content_is_dated(self):
        self.view_content(self.alice, self.lesson)
        with self.on("2026-06-20"):
            self.view_content(self.alice, self.lesson)
        trace = self.trace(self.alice, self.lesson)
        self.assertEqual(trace.qualiopi_last_on, self.date("2026-06-20"))
        self.assertFalse(trace.qualiopi_completed_on)

    def test_handing_in_is_dated_once(self):
        self.view_content(self.alice, self.quiz)
        self.assertFalse(self.trace(self.alice, self.quiz).qualiopi_handed_in_on)
        self.view_content(self.alice, self.quiz, answered=True)
        with self.on("2026-06-20"):
            self.view_content(self.alice, self.quiz, answered=True)
        trace = self.trace(self.alice, self.quiz)
        self.assertEqual(trace.quiz_attempts_count, 2)
        self.assertEqual(trace.qualiopi_handed_in_on, self.date(TODAY))
        self.forget()
        self.assertEqual(self.alice.qualiopi_handed_in, 1)
        self.assertEqual(self.alice.qualiopi_passed, 0)

    def test_finished_with_an_activity(self):
        self.finish(self.alice)
        self.forget()
        self.assertEqual(self.alice.qualiopi_followed, "followed")
        self.assertEqual(self.alice.qualiopi_passed, 1)
        self.assertEqual(self.alice.qualiopi_hours_followed, 1.75)
        self.assertEqual(self.alice.qualiopi_silent_days, 0)
        self.assertEqual(self.found("followed"), self.alice)

    def test_everything_ticked_and_nothing_handed_in(self):
        self.finish(self.alice, answered=False)
        self.forget()
        self.assertEqual(self.alice.completion, 100)
        self.assertEqual(self.alice.qualiopi_followed, "ticked")
        self.assertEqual(self.found("ticked"), self.alice)
        self.assertEqual(self.found("not_started"), self.bruno)

    def test_somebody_checked(self):
        self.finish(self.alice, answered=False)
        self.check_with(self.alice, "call")
        self.forget()
        self.assertEqual(self.alice.qualiopi_followed, "ticked")
        self.check_with(self.alice)
        self.forget()
        self.assertEqual(self.alice.qualiopi_followed, "followed")

    def test_a_certification_that_was_answered(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Pivot tables",
                "certification": True,
                "scoring_type": "scoring_with_answers",
                "scoring_success_min": 80,
                "access_mode": "token",
                "users_login_required": True,
            }
        )
        slide = self.env["slide.slide"].create(
            {
                "name": "Certification",
                "channel_id": self.course.id,
                "slide_category": "certification",
                "survey_id": survey.id,
                "is_published": True,
            }
        )
        self.view_content(self.alice, slide)
        answer = survey._create_answer(
            partner=self.alice.partner_id,
            check_attempts=False,
            slide_id=slide.id,
            slide_partner_id=self.trace(self.alice, slide).id,
        )
        self.forget()
        self.assertEqual(self.alice.qualiopi_handed_in, 0)
        answer._mark_done()
        self.forget()
        self.assertEqual(self.alice.qualiopi_handed_in, 1)
        self.assertEqual(self.alice.qualiopi_activity_total, 2)

    def test_dropped_out(self):
        self.alice.qualiopi_dropped_on = TODAY
        self.assertEqual(self.alice.qualiopi_followed, "dropped")
        self.assertEqual(self.alice.qualiopi_silent_days, 0)

    def test_silence_is_searched(self):
        with self.on("2026-06-10"):
            self.tick(self.alice, self.lesson)
        Member = self.env["slide.channel.partner"]
        own = ("channel_id", "=", self.course.id)
        for operator, days, expected in (
            (">=", 42, self.bruno),
            (">", 42, Member),
            (">=", 43, Member),
            (">=", 5, self.alice | self.bruno),
            (">", 5, self.bruno),
        ):
            with self.subTest(operator=operator, days=days):
                found = Member.search([("qualiopi_silent_days", operator, days), own])
                self.assertEqual(found, expected)

    def test_many_files_need_no_more_queries(self):
        def read(members):
            self.forget()
            start = self.env.cr.sql_log_count
            members.mapped("qualiopi_followed")
            members.mapped("qualiopi_missing_text")
            return self.env.cr.sql_log_count - start

        few = read(self.alice | self.bruno)
        many = self.alice | self.bruno
        for number in range(12):
            many |= self.join(f"Learner{number} Many")
        self.assertLessEqual(read(many), few)

    def test_a_follow_up_is_about_one_learner(self):
        follow_up = self.check_with(self.alice)
        self.assertEqual(follow_up.company_id, self.company)
        [learner] = self.new_learners(self.session, 1)
        self.assertEqual(
            self.env["qualiopi.follow.up"]
            .create({"registration_id": learner.id, "kind": "call", "note": "Hello"})
            .company_id,
            self.company,
        )
        for vals in (
            {},
            {"registration_id": learner.id, "member_id": self.alice.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("about one learner"),
                self.env.cr.savepoint(),
            ):
                self.env["qualiopi.follow.up"].create(
                    {"kind": "call", "note": "Nobody", **vals}
                )
