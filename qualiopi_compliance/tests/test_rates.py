from odoo.tests import tagged

from .result_common import TODAY, YEAR, ResultCase


@tagged("post_install", "-at_install")
class TestCounts(ResultCase):
    """What is counted of a period, case by case."""

    def learner(self, state="open", session=None, **vals):
        [learner] = self.new_learners(session or self.session, 1, state, **vals)
        return learner

    def test_nothing_is_no_data(self):
        self.assertFalse(self.counted())
        for row in self.results().values():
            with self.subTest(rate=row.now.definition.code):
                self.assertEqual(row.now.state, "no_data")
                self.assertIsNone(row.now.value)

    def test_who_began_finished_and_dropped_out(self):
        self.learner()
        self.learner(qualiopi_dropped_on="2026-03-03")
        self.learner(state="draft")
        self.learner(state="cancel")
        counts = self.counted()
        self.assertEqual(
            (counts.sessions, counts.started, counts.finished, counts.dropped),
            (1, 2, 1, 1),
        )

    def test_who_never_came_did_not_begin(self):
        present, absent = self.new_learners(self.session, 2)
        self.attend(present, "absent", "present")
        self.attend(absent, "absent", "excused")
        counts = self.counted()
        self.assertEqual((counts.started, counts.finished), (1, 1))

    def test_attendance_that_nobody_recorded_proves_no_absence(self):
        self.learner()
        self.assertEqual(self.counted().started, 1)

    def test_marked_as_attended_came(self):
        learner = self.learner(state="done")
        self.attend(learner, "absent", "absent")
        self.assertEqual(self.counted().started, 1)

    def test_who_sat_the_exam_came(self):
        """Nobody is presented who did not begin: no rate over 100 %."""
        self.program.certifying = True
        learner = self.learner(qualiopi_exam_result="obtained")
        self.attend(learner, "absent", "absent")
        counts = self.counted()
        self.assertEqual(
            (counts.started, counts.enrolled_exam, counts.presented, counts.awarded),
            (1, 1, 1, 1),
        )

    def test_exam(self):
        self.program.certifying = True
        for result in ("obtained", "partial", "failed", "absent", False):
            self.learner(qualiopi_exam_result=result)
        counts = self.counted()
        self.assertEqual(
            (counts.enrolled_exam, counts.presented, counts.awarded), (5, 3, 1)
        )
        # a partial award is a rate of VAE only
        self.assertEqual((counts.candidates, counts.partly_awarded), (0, 0))
        self.assertEqual(
            set(self.results()),
            {
                "satisfaction",
                "response",
                "completion",
                "drop_out",
                "presentation",
                "award",
                "access",
            },
        )

    def test_no_exam_without_a_certification(self):
        self.learner(qualiopi_exam_result="obtained")
        counts = self.counted()
        self.assertEqual((counts.enrolled_exam, counts.presented), (0, 0))
        self.assertNotIn("award", self.results())

    def test_partial_award_of_vae(self):
        self.program.write({"category_id": self.category("VAE").id, "certifying": True})
        for result in ("obtained", "partial", "failed"):
            self.learner(qualiopi_exam_result=result)
        counts = self.counted()
        self.assertEqual((counts.candidates, counts.partly_awarded), (3, 1))
        self.assertEqual(self.results()["partial_award"].now.denominator, 3)

    def test_interview_six_months_after_a_skills_assessment(self):
        self.program.category_id = self.category("BC")
        seen, not_seen, left = self.new_learners(self.session, 3)
        left.qualiopi_dropped_on = "2026-03-04"
        for learner in (seen, left):
            self.env["qualiopi.follow.up"].create(
                {
                    "registration_id": learner.id,
                    "kind": "six_months",
                    "date": "2026-09-10",
                    "note": "Found a job",
                }
            )
        late = self.counted(day="2026-09-07")
        self.assertEqual((late.due_follow_up, late.followed_up), (2, 1))
        # six months after 6 March, 17:00 are not over on 6 September
        early = self.counted(day="2026-09-06")
        self.assertEqual((early.due_follow_up, early.followed_up), (0, 0))
        self.assertTrue(not_seen)

    def test_what_is_not_over_is_not_counted(self):
        self.learner()
        self.assertTrue(self.counted(day="2026-03-06"))
        self.assertFalse(self.counted(day="2026-03-05"))

    def test_a_session_counts_in_the_period_in_which_it_ends(self):
        self.session.write(
            {"date_begin": "2025-12-29 08:00:00", "date_end": "2026-01-02 16:00:00"}
        )
        self.learner()
        self.assertTrue(self.counted())
        self.assertFalse(self.counted("2025-01-01", "2025-12-31"))

    def test_the_last_day_is_that_of_the_session_s_time_zone(self):
        self.learner()
        # 3 January, 1 o'clock in Paris, still the 2nd in New York
        self.session.write(
            {
                "date_begin": "2026-01-02 18:00:00",
                "date_end": "2026-01-03 00:00:00",
                "date_tz": "Europe/Paris",
            }
        )
        self.assertFalse(self.counted(last="2026-01-02"))
        self.session.date_tz = "America/New_York"
        self.assertTrue(self.counted(last="2026-01-02"))

    def test_cancelled_sessions_do_not_count_archived_ones_do(self):
        self.learner()
        self.session.active = False
        self.assertEqual(self.counted().started, 1)
        self.session.kanban_state = "cancel"
        self.assertFalse(self.counted())

    def test_plain_events_do_not_count(self):
        event = self.new_event()
        self.learner(session=event)
        self.assertFalse(self.counted())

    def test_causes_of_dropping_out(self):
        for cause in ("health", "health", "funding", False):
            self.learner(
                qualiopi_dropped_on="2026-03-03", qualiopi_drop_out_cause=cause
            )
        # a cause without a drop-out is none
        self.learner(qualiopi_drop_out_cause="other")
        with self.on(TODAY):
            [tally] = self.rates._tallies(
                self.company, *map(self.to_date, YEAR)
            ).values()
        self.assertEqual(tally.causes, {"health": 2, "funding": 1, "": 1})
        self.assertEqual(sum(tally.causes.values()), tally.counts.dropped)

    def test_causes_are_those_of_the_file(self):
        field = self.env["event.registration"]._fields["qualiopi_drop_out_cause"]
        with self.on(TODAY):
            results = self.rates._rates(self.company, *map(self.to_date, YEAR))
            self.learner(
                qualiopi_dropped_on="2026-03-03", qualiopi_drop_out_cause="health"
            )
            results = self.rates._rates(self.company, *map(self.to_date, YEAR))
            [row] = [
                row
                for row in self.rates._shown(self.company, results[self.company.id])
                if row["code"] == "drop_out"
            ]
        labels = dict(field._description_selection(self.env))
        self.assertEqual(row["causes"], [{"label": labels["health"], "count": 1}])

    def test_answers(self):
        learners = self.new_learners(self.session, 4)
        for learner, mark in zip(learners, (5, 4, 3, None), strict=True):
            self.answer(self.session, mark, learner)
        counts = self.counted()
        # who gives no mark answered, and is neither satisfied nor not
        self.assertEqual((counts.rated, counts.satisfied), (3, 2))

    def test_a_mean_at_the_threshold_is_satisfied(self):
        self.company.qualiopi_satisfied_from = 75
        self.answer(self.session, 4)
        self.assertEqual(self.counted().satisfied, 1)
        self.company.qualiopi_satisfied_from = 75.1
        self.assertEqual(self.counted().satisfied, 0)

    def test_of_two_answers_of_one_learner_the_last_counts(self):
        learner = self.learner()
        self.answer(self.session, 5, learner, end_datetime="2026-03-07 10:00:00")
        self.answer(self.session, 1, learner, end_datetime="2026-03-08 10:00:00")
        counts = self.counted()
        self.assertEqual((counts.rated, counts.satisfied), (1, 0))

    def test_test_entries_and_unfinished_answers_do_not_count(self):
        self.answer(self.session, 5, test_entry=True)
        self.answer(self.session, 5, state="in_progress")
        self.assertFalse(self.counted())

    def test_other_surveys_do_not_count(self):
        later = self.new_survey("Six months later", "later")
        self.answer(self.session, 5, survey=later)
        self.assertFalse(self.counted())

    def test_an_answer_after_the_file_was_cancelled_does_not_count(self):
        learner = self.learner()
        self.ask(learner, "answered")
        self.answer(self.session, 1, learner)
        learner.state = "cancel"
        self.assertFalse(self.counted())

    def test_anonymous_answers_count_each(self):
        self.survey.qualiopi_anonymous = True
        self.answer(self.session, 5)
        self.answer(self.session, 1)
        counts = self.counted()
        self.assertEqual((counts.rated, counts.satisfied, counts.anonymous), (2, 1, 2))
        self.assertEqual(self.results()["satisfaction"].now.state, "kept_back")
        self.answer(self.session, 1)
        self.assertEqual(self.results()["satisfaction"].now.state, "small")

    def test_who_was_asked(self):
        learners = self.new_learners(self.session, 5)
        for learner, state in zip(
            learners, ("sent", "answered", "failed", "sent", "sent"), strict=True
        ):
            self.ask(learner, state)
        # asked again on another occasion: one learner all the same
        self.ask(learners[0], "answered", key="feedback-later-1")
        learners[4].state = "cancel"
        counts = self.counted()
        self.assertEqual((counts.asked, counts.replied), (3, 2))

    def test_a_non_answer_changes_no_satisfaction(self):
        learners = self.new_learners(self.session, 2)
        self.ask(learners[0], "answered")
        self.answer(self.session, 5, learners[0])
        before = self.results()
        self.ask(learners[1])
        after = self.results()
        self.assertEqual(
            after["satisfaction"].now.value, before["satisfaction"].now.value
        )
        self.assertLess(after["response"].now.value, before["response"].now.value)

    def test_other_companies_do_not_count(self):
        other = self.env["qualiopi.program"].create(
            {
                "name": "Elsewhere",
                "company_id": self.other_company.id,
                "category_id": self.category("AFC").id,
            }
        )
        session = self.new_event(
            company_id=self.other_company.id, qualiopi_program_id=other.id
        )
        self.learner(session=session)
        self.answer(session, 5)
        self.assertFalse(self.counted())


@tagged("post_install", "-at_install")
class TestAccess(ResultCase):
    """The time from a request to its first day of training."""

    def request(self, requested_on, *sessions, **vals):
        lead = self.env["crm.lead"].create(
            {
                "name": "Wants a course",
                "company_id": self.company.id,
                "qualiopi_requested_on": requested_on,
                **vals,
            }
        )
        for session in sessions:
            self.new_learners(session, 1, qualiopi_lead_id=lead.id)
        return lead

    def access(self, **options):
        counts = self.counted(**options)
        return (counts.access_requests, counts.access_days) if counts else (0, 0)

    def test_from_the_request_to_the_first_day(self):
        self.request("2026-02-20", self.session)
        self.request("2026-03-02", self.session)
        self.assertEqual(self.access(), (2, 10))

    def test_a_group_is_one_request(self):
        self.request("2026-02-20", self.session, self.session, self.session)
        self.assertEqual(self.access(), (1, 10))

    def test_the_first_session_counts_whatever_is_asked_for(self):
        later = self.new_session("2026-05-04", "2026-05-05")
        self.request("2026-02-20", later, self.session)
        self.assertEqual(self.access(), (1, 10))
        self.assertEqual(self.access(events=self.session), (1, 10))
        self.assertEqual(self.access(events=later), (0, 0))

    def test_what_has_no_start_is_not_counted(self):
        self.request("2026-02-20")
        cancelled = self.new_session("2026-02-23", "2026-02-24")
        cancelled.kanban_state = "cancel"
        self.request("2026-02-20", cancelled)
        self.request(False, self.session)
        # somebody who asked after he began was not waiting
        self.request("2026-03-03", self.session)
        self.assertEqual(self.access(), (0, 0))

    def test_a_request_of_no_company_belongs_to_that_of_the_session(self):
        lead = self.request("2026-02-20", self.session)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET company_id = NULL WHERE id = %s", [lead.id]
        )
        self.assertEqual(self.access(), (1, 10))

    def test_a_start_to_come_is_not_counted(self):
        self.request("2026-02-20", self.session)
        self.assertEqual(self.access(day="2026-03-02"), (1, 10))
        self.assertEqual(self.access(day="2026-03-01"), (0, 0))
