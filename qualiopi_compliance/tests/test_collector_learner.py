import random
from datetime import timedelta

from odoo.fields import Command

from ..rules.learner_file import DROP_OUT_REASON, PIECES, missing_pieces
from .collector_common import DAY, CollectorCase

# Some of them are on the next day in Paris, or on the day before in the Antilles.
HOURS = ("02:30", "08:00", "16:00", "22:30", "23:45")
ZONES = ("Europe/Paris", "America/Martinique", "Indian/Reunion")
FILES = 160


class TestCollectorLearnerFiles(CollectorCase):
    """The statements say of many files what the rules say of each of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the same files whenever the test runs
        cls.dice = random.Random(6)
        cls.today = cls.date(DAY)
        with cls.on(DAY):
            cls.programs = [
                cls.new_program(
                    category_id=cls.category(code).id,
                    certifying=certifying,
                    objective_ids=[
                        Command.create({"name": f"Objective {number}"})
                        for number in range(objectives)
                    ],
                )
                for code, certifying, objectives in (
                    ("AFC", False, 2),
                    ("AFC", True, 1),
                    ("AFC", False, 0),
                    ("BC", False, 1),
                    ("VAE", True, 1),
                    ("CFA", True, 3),
                )
            ]
            cls.sessions = [cls.random_session() for _number in range(24)]
            cls.files = cls.env["event.registration"].create(
                [cls.random_file() for _number in range(FILES)]
            )
            for file in cls.files:
                cls.fill(file)
            cls.files.filtered(lambda file: cls.chance(0.05)).active = False

    @classmethod
    def chance(cls, share=0.5):
        return cls.dice.random() < share

    @classmethod
    def around(cls, low, high):
        return cls.today + timedelta(days=cls.dice.randint(low, high))

    @classmethod
    def random_session(cls):
        first = cls.around(-12, 3)
        last = first + timedelta(days=cls.dice.choice((1, 1, 2, 8)))
        return cls.new_event(
            qualiopi_program_id=cls.dice.choice(cls.programs).id,
            date_tz=cls.dice.choice(ZONES),
            date_begin=f"{first} {cls.dice.choice(HOURS)}:00",
            date_end=f"{last} {cls.dice.choice(HOURS)}:00",
        )

    @classmethod
    def random_file(cls):
        def day():
            return cls.around(-20, 0) if cls.chance() else False

        session = cls.dice.choice(cls.sessions)
        first = session._qualiopi_days()[0]
        dropped = first + timedelta(days=cls.dice.randint(0, 3))
        left = dropped <= cls.today and cls.chance(0.3)
        return {
            "event_id": session.id,
            "name": "Learner",
            "state": cls.dice.choice(("draft", "open", "open", "done", "cancel")),
            "qualiopi_override_reason": "Comes on trial",
            "qualiopi_need_on": day(),
            "qualiopi_entry_on": day(),
            "qualiopi_adjustment": cls.dice.choice((False, "yes", "no")),
            "qualiopi_contract_on": day(),
            "qualiopi_convocation_on": day(),
            "qualiopi_exam_enrolled_on": day(),
            "qualiopi_exam_result": cls.dice.choice((False, "obtained", "absent")),
            "qualiopi_certificate_on": day(),
            "qualiopi_dropped_on": dropped if left else False,
            "qualiopi_drop_out_reason": cls.dice.choice((False, "Found a job")),
        }

    @classmethod
    def fill(cls, file):
        first = file.event_id._qualiopi_days()[0]
        if cls.chance():
            cls.env["qualiopi.learner.document"].create(
                {"registration_id": file.id, "name": "Rules", "given_on": cls.today}
            )
        if first > cls.today:
            return
        if cls.chance(0.6):
            state = (
                "absent"
                if file.state == "cancel"
                else cls.dice.choice(("present", "present", "absent", "excused"))
            )
            cls.env["qualiopi.attendance"].create(
                {
                    "registration_id": file.id,
                    "date": first,
                    "period": "am",
                    "state": state,
                }
            )
        for objective in file.qualiopi_program_id.objective_ids:
            if cls.chance(0.7):
                cls.env["qualiopi.outcome"].create(
                    {
                        "registration_id": file.id,
                        "objective_id": objective.id,
                        "result": cls.dice.choice(("reached", "not", False)),
                        "assessed_on": first,
                    }
                )

    def late_by_rules(self):
        """:return: code of a piece -> ids of the files in which it is late"""
        late = {}
        for identity, facts in self.files._qualiopi_facts().items():
            for row in missing_pieces(facts, self.today):
                if row.late:
                    late.setdefault(row.piece.code, set()).add(identity)
        return late

    def test_late_pieces_are_the_same(self):
        expected = self.late_by_rules()
        # cases of each piece on both sides, or the comparison would say nothing
        self.assertEqual(
            expected.keys(), {piece.code for piece in (*PIECES, DROP_OUT_REASON)}
        )
        source = self.source("learner")
        everyone = self.ids(source, source.measures["learner.need"].population)
        for piece in (*PIECES, DROP_OUT_REASON):
            name = "drop_out" if piece is DROP_OUT_REASON else piece.code
            # the law of indicator 8 leaves out the categories it does not concern
            concerned = self.files.filtered(
                lambda file, piece=piece: (
                    file.qualiopi_program_id.category_id.code in piece.categories
                )
            )
            found = self.lacking(f"learner.{name}") & set(concerned.ids)
            with self.subTest(piece=piece.code):
                self.assertEqual(found, expected[piece.code])
                self.assertTrue(everyone - found)

    def test_nothing_is_asked_of_a_session_called_off(self):
        session = self.sessions[0]
        learners = set(session.registration_ids.ids)
        before = self.asked_of("learner.need")
        self.assertTrue(learners & before)
        session.kanban_state = "cancel"
        self.assertEqual(self.asked_of("learner.need"), before - learners)

    def test_of_another_company_nothing_is_read(self):
        self.assertFalse(self.asked_of("learner.need", company=self.other_company))


class TestCollectorLearnerDays(CollectorCase):
    """A file is read as it was on the day that is asked about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.course = cls.new_session("2026-10-05", "2026-10-09")
            cls.learner = cls.new_learners(cls.course, 1)

    def is_lacking(self, code, day):
        return self.learner.id in self.lacking(code, day)

    def is_asked(self, code, day):
        return self.learner.id in self.asked_of(code, day)

    def attend(self, day, state="present", **vals):
        return self.env["qualiopi.attendance"].create(
            {
                "registration_id": self.learner.id,
                "date": day,
                "period": "am",
                "state": state,
                **vals,
            }
        )

    def follow_up(self, day, kind):
        return self.env["qualiopi.follow.up"].create(
            {
                "registration_id": self.learner.id,
                "date": day,
                "kind": kind,
                "note": "Called",
            }
        )

    def test_asked_from_the_day_a_piece_is_due(self):
        for code, eve, due in (
            ("need", "2026-10-04", "2026-10-05"),
            ("attendance", "2026-10-05", "2026-10-06"),
            ("outcome", "2026-10-09", "2026-10-10"),
            ("feedback", "2026-11-07", "2026-11-08"),
        ):
            with self.subTest(code=code):
                self.assertFalse(self.is_asked(f"learner.{code}", eve))
                self.assertTrue(self.is_lacking(f"learner.{code}", due))

    def test_what_came_later_is_not_seen(self):
        self.learner.qualiopi_need_on = "2026-10-20"
        self.assertTrue(self.is_lacking("learner.need", "2026-10-19"))
        self.assertFalse(self.is_lacking("learner.need", "2026-10-20"))

    def test_who_drops_out_later_is_still_asked(self):
        self.learner.write({"qualiopi_dropped_on": "2026-10-08"})
        self.assertFalse(self.is_asked("learner.drop_out", "2026-10-07"))
        self.assertTrue(self.is_lacking("learner.drop_out", "2026-10-08"))
        self.assertFalse(self.is_asked("learner.outcome", "2026-10-12"))

    def test_an_absence_is_answered_within_a_month(self):
        self.attend("2026-10-06", "absent")
        self.assertFalse(self.is_asked("learner.absence", "2026-11-04"))
        self.assertTrue(self.is_lacking("learner.absence", "2026-11-05"))

    def test_the_last_absence_counts(self):
        self.attend("2026-10-06", "absent")
        self.follow_up("2026-10-06", "call")
        self.assertFalse(self.is_lacking("learner.absence", DAY))
        self.attend("2026-10-08", "absent")
        self.assertTrue(self.is_lacking("learner.absence", DAY))

    def test_what_answers_an_absence(self):
        self.attend("2026-10-06", "absent")
        for kind, answers in (("distance", False), ("six_months", False)):
            self.follow_up("2026-10-07", kind)
            self.assertEqual(not self.is_lacking("learner.absence", DAY), answers)
        self.attend("2026-10-20", kind="catch_up")
        self.assertFalse(self.is_lacking("learner.absence", DAY))

    def test_an_excused_absence_calls_for_nothing(self):
        self.attend("2026-10-06", "excused")
        self.assertFalse(self.is_asked("learner.absence", DAY))

    def test_absences_after_dropping_out_call_for_nothing(self):
        self.learner.qualiopi_dropped_on = "2026-10-07"
        self.attend("2026-10-07", "absent")
        self.attend("2026-10-08", "absent")
        self.assertFalse(self.is_asked("learner.absence", DAY))
        self.attend("2026-10-06", "absent")
        self.assertTrue(self.is_lacking("learner.absence", DAY))

    def test_documents_of_a_file_are_asked_once_it_is_over(self):
        source = self.source("learner", "2026-10-09")
        self.assertNotIn(self.learner.id, self.ids(source, source.everyone))
        source = self.source("learner", "2026-10-10")
        self.assertIn(self.learner.id, self.ids(source, source.everyone))
        self.learner.qualiopi_dropped_on = "2026-10-05"
        source = self.source("learner", "2026-10-10")
        self.assertNotIn(self.learner.id, self.ids(source, source.everyone))

    def test_a_survey_that_was_answered_was_asked(self):
        self.assertTrue(self.is_lacking("learner.feedback", DAY))
        self.env["survey.user_input"].create(
            {
                "survey_id": self.env.ref("qualiopi_compliance.survey_feedback").id,
                "qualiopi_event_id": self.course.id,
                "qualiopi_registration_id": self.learner.id,
                "state": "done",
                "end_datetime": "2026-11-12 09:00:00",
            }
        )
        self.assertTrue(self.is_lacking("learner.feedback", "2026-11-11"))
        self.assertFalse(self.is_lacking("learner.feedback", "2026-11-12"))

    def test_exams_only_of_certifying_programmes(self):
        self.assertFalse(self.is_asked("learner.exam_result", DAY))
        self.program.certifying = True
        self.assertTrue(self.is_lacking("learner.exam_result", DAY))
        self.assertTrue(self.is_lacking("learner.exam_enrolment", DAY))

    def test_an_adjustment_asked_for_is_made(self):
        self.assertFalse(self.is_asked("learner.adaptation", DAY))
        self.learner.qualiopi_adjustment = "yes"
        self.assertTrue(self.is_lacking("learner.adaptation", DAY))
        self.course.qualiopi_adaptations = "Larger print"
        self.assertFalse(self.is_lacking("learner.adaptation", DAY))
