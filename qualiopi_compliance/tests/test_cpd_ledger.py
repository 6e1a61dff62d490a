from odoo.tests import tagged

from .cpd_common import TODAY, CpdCase


@tagged("post_install", "-at_install")
class TestCpdResume(CpdCase):
    """Courses of employees are read from human resources, never typed again."""

    def test_course_counts(self):
        line = self.new_line(date_end="2026-05-12")
        row = self.ledger(self.insider)
        self.assertEqual(row.source, "resume")
        self.assertEqual(row.state, "done")
        self.assertEqual(row.kind, "course")
        self.assertEqual((row.hours, row.counted_hours), (14, 14))
        self.assertEqual(row.name, line.name)
        self.assertEqual((row.date, row.date_end), (line.date_start, line.date_end))
        self.assertEqual(row.resume_line_id, line)
        self.assertEqual(row.company_id, self.company)
        self.assertEqual(row.trainer_kind, "employee")

    def test_only_courses_and_certifications(self):
        self.new_line(line_type_id=self.experience.id)
        self.new_line(line_type_id=False)
        self.assertFalse(self.ledger(self.insider))

    def test_certification_obtained_through_a_survey(self):
        survey = self.env["survey.survey"].create({"title": "Exam"})
        self.new_line(
            line_type_id=self.experience.id,
            survey_id=survey.id,
            date_end="2029-05-11",
            duration=0,
        )
        row = self.ledger(self.insider)
        self.assertEqual(row.kind, "certification")
        self.assertEqual(row.hours, 0)
        self.assertFalse(row.date_end, "it is the end of the validity")

    def test_course_to_come_is_planned(self):
        line = self.new_line(date_start="2026-06-16")
        row = self.ledger(self.insider)
        self.assertEqual((row.state, row.counted_hours), ("planned", 0))
        line.date_start = TODAY
        row = self.ledger(self.insider)
        self.assertEqual((row.state, row.counted_hours), ("done", 14))
        line.date_start = "2026-06-16"
        with self.on("2026-06-16"):
            self.assertEqual(self.ledger(self.insider).state, "done")

    def test_employee_without_a_trainers_file(self):
        self.new_line(self.new_employee("No Trainer"))
        self.assertFalse(self.ledger().filtered("resume_line_id"))

    def test_name_in_the_readers_language(self):
        self.translated_line()
        for lang, name in (("en_US", "Assessing"), ("fr_FR", "Évaluer")):
            self.forget()
            ledger = self.env["qualiopi.cpd.ledger"].with_context(lang=lang)
            [row] = ledger.search_read([("name", "=", name)], ["name"])
            self.assertEqual(row["name"], name)


@tagged("post_install", "-at_install")
class TestCpdSessionAttended(CpdCase):
    """Attending one of our own sessions counts by itself."""

    def hours(self, trainer=None):
        return self.ledger(trainer or self.insider).mapped("hours")

    def test_attendance_decides(self):
        learner = self.attend(self.insider, state="open")
        self.assertFalse(self.ledger(self.insider))
        self.mark(learner, "2026-03-03", 3.25)
        self.mark(learner, "2026-03-03", 2.5, period="pm")
        self.mark(learner, "2026-03-04", state="absent")
        row = self.ledger(self.insider)
        self.assertEqual(row.source, "session")
        self.assertEqual(row.state, "validated")
        self.assertEqual((row.hours, row.counted_hours), (5.75, 5.75))
        self.assertEqual(str(row.date), "2026-03-02")
        self.assertEqual(str(row.date_end), "2026-03-06")
        self.assertEqual(row.event_id, self.session)
        self.assertEqual(row.registration_id, learner)
        self.assertEqual(row.name, self.session.name)

    def test_without_attendance_the_planned_hours(self):
        self.attend(self.insider)
        self.assertEqual(self.hours(), [35])

    def test_sheet_that_does_not_name_him(self):
        self.attend(self.insider)
        [other] = self.new_learners(self.session, 1)
        self.mark(other, "2026-03-03")
        self.assertFalse(self.ledger(self.insider))

    def test_absent_all_along(self):
        learner = self.attend(self.insider)
        self.mark(learner, "2026-03-03", state="absent")
        self.assertFalse(self.ledger(self.insider))

    def test_not_attended(self):
        for state in ("draft", "open", "cancel"):
            session = self.new_session()
            self.attend(self.insider, session, state=state)
            with self.subTest(state=state):
                self.assertFalse(self.ledger(self.insider))
        learner = self.attend(self.insider)
        self.assertTrue(self.ledger(self.insider))
        learner.active = False
        self.assertFalse(self.ledger(self.insider))

    def test_session_called_off(self):
        session = self.new_session()
        self.attend(self.insider, session)
        session.kanban_state = "cancel"
        self.assertFalse(self.ledger(self.insider))

    def test_event_without_programme(self):
        self.attend(self.insider, self.new_event())
        self.assertFalse(self.ledger(self.insider))

    def test_who_teaches_it_does_not_attend_it(self):
        self.attend(self.insider)
        self.attend(self.outsider)
        self.assign(self.insider)
        self.assertFalse(self.ledger(self.insider))
        self.assertTrue(self.ledger(self.outsider))

    def test_who_teaches_it_did_not_take_it_as_a_course_either(self):
        line = self.new_line(course_type="onsite")
        line.event_id = self.session
        self.assertTrue(self.ledger(self.insider))
        self.assign(self.insider)
        self.assertFalse(self.ledger(self.insider))

    def test_places_booked_for_others(self):
        self.insider.partner_id.email = "marc@example.com"
        for name in ("Learner A", "Learner B"):
            self.attend(self.insider, name=name, email="marc@example.com")
        self.assertFalse(self.ledger(self.insider))
        mine = self.attend(self.insider, name=" marc  EMPLOYEE")
        self.assertEqual(self.ledger(self.insider).registration_id, mine)

    def test_own_address_under_another_spelling_of_the_name(self):
        self.insider.partner_id.email = "marc@example.com"
        self.attend(self.insider, name="M. Employee", email="Marc@Example.com")
        self.assertEqual(self.hours(), [35])

    def test_registered_twice_counts_once(self):
        first = self.attend(self.insider)
        second = self.attend(self.insider)
        self.assertEqual(len(self.ledger(self.insider)), 1)
        self.mark(first, "2026-03-03", 2)
        self.mark(second, "2026-03-03", 3)
        self.assertEqual(self.hours(), [3])

    def test_session_of_another_company(self):
        program = self.new_program(company_id=self.other_company.id)
        session = self.new_session(
            company_id=self.other_company.id, qualiopi_program_id=program.id
        )
        theirs = self.new_trainer(
            "Unused", self.other_company, partner_id=self.outsider.partner_id.id
        )
        self.attend(self.outsider, session)
        self.assertFalse(self.ledger(self.outsider))
        self.assertEqual(self.hours(theirs), [35])

    def test_days_are_those_of_the_sessions_time_zone(self):
        session = self.new_session(
            date_tz="Pacific/Noumea",
            date_begin="2026-03-01 20:00:00",
            date_end="2026-03-02 06:00:00",
        )
        self.attend(self.insider, session)
        row = self.ledger(self.insider)
        self.assertEqual(str(row.date), "2026-03-02")
        self.assertEqual(str(row.date_end), "2026-03-02")


@tagged("post_install", "-at_install")
class TestCpdOnce(CpdCase):
    """The same course from two sources counts once."""

    def sources(self, trainer=None):
        return sorted(self.ledger(trainer or self.insider).mapped("source"))

    def counted(self):
        return sum(self.ledger(self.insider).mapped("counted_hours"))

    def test_activity_about_a_line_of_the_resume(self):
        line = self.new_line()
        self.new_activity(
            self.insider,
            name="Another name",
            date="2026-05-20",
            hours=13.5,
            state="done",
            resume_line_id=line.id,
        )
        self.assertEqual(self.sources(), ["activity"])
        self.assertEqual(self.counted(), 13.5)

    def test_activity_about_a_session(self):
        self.attend(self.insider)
        self.new_activity(self.insider, state="done", event_id=self.session.id)
        self.assertEqual(self.sources(), ["activity"])
        self.assertEqual(self.counted(), 7)

    def test_same_day_and_name_whatever_case_and_spaces(self):
        line = self.new_line(name="  ASSESSING   skills ")
        self.new_activity(self.insider, state="done")
        self.assertEqual(self.sources(), ["activity"])
        line.date_start = "2026-05-12"
        self.assertEqual(self.sources(), ["activity", "resume"])
        line.write({"date_start": "2026-05-11", "name": "Assessing skill"})
        self.assertEqual(self.sources(), ["activity", "resume"])

    def test_same_name_in_another_language(self):
        self.translated_line()
        self.new_activity(self.insider, name="évaluer", state="done")
        self.assertEqual(self.sources(), ["activity"])

    def test_same_session_by_name_and_first_day(self):
        self.attend(self.insider)
        self.new_activity(
            self.insider, name=self.session.name, date="2026-03-02", state="done"
        )
        self.assertEqual(self.sources(), ["activity"])

    def test_session_and_line_of_the_resume(self):
        self.attend(self.insider)
        line = self.new_line(course_type="onsite")
        line.event_id = self.session
        self.assertEqual(self.sources(), ["session"])
        self.assertEqual(self.counted(), 35)
        line.event_id = self.new_session()
        self.assertEqual(self.sources(), ["resume", "session"])
        line.write({"name": self.session.name, "date_start": "2026-03-02"})
        self.assertEqual(self.sources(), ["session"])

    def test_three_sources_at_once(self):
        self.attend(self.insider)
        line = self.new_line(course_type="onsite")
        line.event_id = self.session
        # said to be the session by the line, and by nothing else
        self.new_activity(
            self.insider, name="X", state="done", resume_line_id=line.id, hours=14.5
        )
        self.assertEqual(self.sources(), ["activity"])
        self.assertEqual(self.counted(), 14.5)

    def test_what_was_rejected_does_not_come_back_by_another_door(self):
        line = self.new_line()
        self.attend(self.insider)
        for about in ({"resume_line_id": line.id}, {"event_id": self.session.id}):
            activity = self.new_activity(self.insider, state="done", **about)
            activity.write({"state": "rejected", "rejection_reason": "Slept"})
        self.assertEqual(self.sources(), ["activity"] * 2)
        self.assertEqual(self.counted(), 0)

    def test_plan_gives_way_to_what_was_done(self):
        plan = self.new_activity(self.insider, event_id=self.session.id)
        self.assertEqual(self.sources(), ["activity"])
        self.assertEqual(self.counted(), 0)
        self.attend(self.insider)
        self.assertEqual(self.sources(), ["session"])
        self.assertEqual(self.counted(), 35)
        plan.action_done()
        self.assertEqual(self.sources(), ["activity"])

    def test_plan_and_course_to_come_are_one(self):
        self.new_activity(self.insider, date="2026-07-06")
        self.new_line(date_start="2026-07-06")
        self.assertEqual(self.sources(), ["activity"])
        with self.on("2026-07-07"):
            self.assertEqual(self.sources(), ["resume"])

    def test_two_people_do_the_same(self):
        self.new_line()
        self.new_activity(self.outsider, state="done")
        self.assertEqual(self.sources(), ["resume"])
        self.assertEqual(self.sources(self.outsider), ["activity"])

    def test_rows_keep_their_identity(self):
        # as many of each source as it takes for numbers to meet
        for _each in range(3):
            self.new_activity(self.insider, name=f"A{_each}", state="done")
            self.new_line(name=f"B{_each}")
            self.attend(self.insider, self.new_session())
        rows = self.ledger(self.insider)
        self.assertEqual(len(rows), 9)
        self.assertEqual(len(set(rows.ids)), 9)
        before = {row.id: (row.source, row._source().id) for row in rows}
        self.new_activity(self.insider, name="One more", date="2020-01-01")
        after = self.ledger(self.insider)
        self.assertEqual(
            before, {i: v for i, v in self.identities(after) if i in before}
        )

    def identities(self, rows):
        return [(row.id, (row.source, row._source().id)) for row in rows]
