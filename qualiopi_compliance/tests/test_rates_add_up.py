import random
from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta

from odoo.tests import tagged

from ..rules.rates import Counts
from .result_common import TODAY, YEAR, ResultCase


@tagged("post_install", "-at_install")
class TestRatesAddUp(ResultCase):
    """Random data on a real database: counts of the parts make that of the whole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dice = random.Random(5)
        categories = ("AFC", "AFC", "BC", "VAE", "CFA")
        cls.programs = cls.env["qualiopi.program"].create(
            [
                {
                    "name": f"Programme {number}",
                    "company_id": cls.company.id,
                    "category_id": cls.category(code).id,
                    "certifying": code in ("VAE", "CFA") or number == 1,
                }
                for number, code in enumerate(categories)
            ]
        )
        for number in range(25):
            cls.plant(number)

    @classmethod
    def plant(cls, number):
        dice = cls.dice
        first = date(2025, 7, 1) + timedelta(days=dice.randrange(540))
        session = cls.new_session(
            first,
            first + timedelta(days=dice.randrange(4)),
            qualiopi_program_id=dice.choice(cls.programs).id,
            kanban_state=dice.choice(["normal"] * 5 + ["cancel"]),
            date_tz=dice.choice(["Europe/Paris", "Indian/Reunion"]),
        )
        learners = cls.env["event.registration"].create(
            [cls.learner_values(session, first) for _each in range(dice.randrange(7))]
        )
        for learner in learners:
            if dice.random() < 0.7:
                cls.ask(learner, dice.choice(["sent", "answered", "failed"]))
            if dice.random() < 0.6:
                cls.answer(session, dice.choice([None, 1, 3, 4, 5]), learner)
            if first <= date(2026, 11, 20) and dice.random() < 0.4:
                states = [dice.choice(["present", "absent"])]
                if learner.state != "cancel" and not learner.qualiopi_dropped_on:
                    cls.attend(learner, *states, day=first)
        if learners and dice.random() < 0.5:
            lead = cls.env["crm.lead"].create(
                {
                    "name": "Request",
                    "company_id": cls.company.id,
                    "qualiopi_requested_on": first - timedelta(days=dice.randrange(60)),
                }
            )
            learners.qualiopi_lead_id = lead

    @classmethod
    def learner_values(cls, session, first):
        dice = cls.dice
        results = [False, "obtained", "partial", "failed", "absent"]
        return {
            "event_id": session.id,
            "name": "Learner",
            "qualiopi_override_reason": "Random",
            "state": dice.choice(["open", "open", "done", "draft", "cancel"]),
            "qualiopi_dropped_on": dice.choice([False] * 4 + [first]),
            "qualiopi_drop_out_cause": dice.choice([False, "health", "other"]),
            "qualiopi_exam_result": dice.choice(results),
        }

    PERIODS = (YEAR, ("2025-07-01", "2026-06-30"), ("2026-03-01", "2026-03-31"))

    def test_sessions_make_programmes_make_categories_make_the_company(self):
        events = self.env["event.event"].search([("company_id", "=", self.company.id)])
        program_of = {event.id: event.qualiopi_program_id.id for event in events}
        category_of = {row.id: row.category_id.id for row in self.programs}
        category_of[self.program.id] = self.program.category_id.id
        for period in self.PERIODS:
            found = {
                by: self.counted(*period, by=by)
                for by in ("event", "program", "category")
            }
            with self.subTest(period=period):
                self.assertEqual(
                    self.summed(found["event"], program_of), found["program"]
                )
                self.assertEqual(
                    self.summed(found["program"], category_of), found["category"]
                )
                total = self.summed(found["category"], defaultdict(int))
                whole = self.counted(*period) or Counts()
                self.assertEqual(total[0].counts if total else Counts(), whole)
        self.assertTrue(self.counted().started)

    def summed(self, tallies, parent_of):
        total = {}
        for key, tally in tallies.items():
            parent = parent_of[key]
            total[parent] = total[parent] + tally if parent in total else tally
        return total

    def test_one_programme_asked_for_is_its_share_of_all(self):
        together = self.counted(by="program")
        for program in self.programs:
            alone = self.counted(by="program", programs=program)
            with self.subTest(program=program.name):
                self.assertEqual(alone.get(program.id), together.get(program.id))

    def test_each_part_is_at_most_its_whole(self):
        wholes = {
            "satisfied": "rated",
            "anonymous": "rated",
            "replied": "asked",
            "finished": "started",
            "dropped": "started",
            "enrolled_exam": "started",
            "presented": "enrolled_exam",
            "awarded": "presented",
            "candidates": "presented",
            "partly_awarded": "candidates",
            "due_follow_up": "finished",
            "followed_up": "due_follow_up",
        }
        self.assertEqual(
            {row.name for row in fields(Counts)},
            {*wholes, "sessions", "asked", "rated", "started"}
            | {"access_requests", "access_days"},
        )
        for tally in self.counted(by="event").values():
            for part, whole in wholes.items():
                with self.subTest(part=part):
                    self.assertLessEqual(
                        getattr(tally.counts, part), getattr(tally.counts, whole)
                    )

    def test_the_average_over_learners_is_the_rate(self):
        """The pivot says what the rates say, where nobody answered anonymously."""
        with self.on(TODAY):
            rows = self.env["qualiopi.learner.result"]._read_group(
                [
                    ("company_id", "=", self.company.id),
                    ("date", ">=", YEAR[0]),
                    ("date", "<=", YEAR[1]),
                ],
                ["program_id"],
                [
                    "finished:avg",
                    "dropped:avg",
                    "presented:avg",
                    "awarded:avg",
                    "partly_awarded:avg",
                    "followed_up:avg",
                ],
            )
            results = self.rates._rates(
                self.company, *map(self.to_date, YEAR), by="program"
            )
        codes = (
            "completion",
            "drop_out",
            "presentation",
            "award",
            "partial_award",
            "six_months",
        )
        compared = 0
        for program, *averages in rows:
            rates = {
                row.now.definition.code: row.now for row in results[program.id].rates
            }
            for code, average in zip(codes, averages, strict=True):
                if code in rates and rates[code].value is not None:
                    self.assertAlmostEqual(rates[code].value, average)
                    compared += 1
        self.assertGreater(compared, 10)

    def test_the_number_of_queries_does_not_grow(self):
        def everything():
            for by in ("company", "program"):
                self.rates._rates(self.company, *map(self.to_date, YEAR), by=by)

        with self.on(TODAY):
            before = self.queries(everything)
            for number in range(10):
                self.plant(100 + number)
            self.assertEqual(self.queries(everything), before)
            self.assertLessEqual(before, 2 * 10)
