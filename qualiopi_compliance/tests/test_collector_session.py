import random
from datetime import timedelta

from ..rules.qualification import uncovered
from .collector_common import DAY, CollectorCase

SESSIONS = 70


class RandomCase(CollectorCase):
    """Sessions of all lengths, planned by half-days or not, around the day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the same ones whenever the test runs
        cls.dice = random.Random(27)
        cls.today = cls.date(DAY)
        with cls.on(DAY):
            cls.prepare()
            cls.made = cls.env["event.event"].concat(
                *(cls.random_session() for _number in range(SESSIONS))
            )

    @classmethod
    def prepare(cls):
        """Make what the sessions are about."""

    @classmethod
    def chance(cls, share=0.5):
        return cls.dice.random() < share

    @classmethod
    def around(cls, low, high):
        return cls.today + timedelta(days=cls.dice.randint(low, high))

    @classmethod
    def random_session(cls, **vals):
        first = cls.around(-30, 4)
        last = first + timedelta(days=cls.dice.choice((0, 1, 4, 25)))
        session = cls.new_session(first, last, qualiopi_hours=14, **vals)
        if cls.chance():
            session.action_qualiopi_plan_half_days()
        return session

    @classmethod
    def begun(cls):
        return cls.made.filtered(lambda row: row._qualiopi_days()[0] <= cls.today)

    @classmethod
    def passed(cls, days):
        return [day for day in days if day <= cls.today]


class TestCollectorQualified(RandomCase):
    """Who is not qualified in an assignment is not in the count either."""

    @classmethod
    def prepare(cls):
        cls.require(cls.program, cls.pivot, cls.expert)
        cls.free = cls.new_program(name="Free for all")
        cls.trainers = [cls.random_trainer(number) for number in range(8)]

    @classmethod
    def random_trainer(cls, number):
        trainer = cls.insider if number == 0 else cls.new_trainer(f"Trainer {number}")
        trainer.program_ids = cls.free | (
            cls.program if cls.chance(0.8) else cls.program.browse()
        )
        for skill in (cls.title, cls.pivot):
            if skill == cls.pivot and trainer == cls.insider:
                # human resources know one level of a skill at a time
                cls.hold(trainer, skill, "2020-01-01", level=cls.expert)
                continue
            day = cls.around(-30, 5)
            level = (
                cls.dice.choice((cls.beginner, cls.expert, cls.expert))
                if skill == cls.pivot
                else cls.granted
            )
            cls.hold(trainer, skill, "2020-01-01", day, level)
            if cls.chance(0.7):
                # renewed at once, or some days late
                later = day + timedelta(days=cls.dice.choice((1, 3)))
                cls.hold(trainer, skill, later, level=level)
        return trainer

    @classmethod
    def random_session(cls):
        program = cls.program if cls.chance(0.8) else cls.free
        session = super().random_session(qualiopi_program_id=program.id)
        for trainer in cls.dice.sample(cls.trainers, cls.dice.choice((0, 1, 1, 2))):
            halves = session.qualiopi_half_day_ids.filtered(lambda half: cls.chance())
            cls.assign(
                trainer,
                session,
                half_day_ids=[(6, 0, halves.ids if cls.chance() else [])],
                waiver="He is helped" if cls.chance(0.2) else False,
            )
        return session

    def unqualified(self, row):
        """:return: whether he lacks something on a day gone by, without a waiver"""
        held = self.env["qualiopi.trainer.qualification"]._held(row.trainer_id)
        days = self.passed(row._days())
        codes = {code for code, _text in row._program_problems()}
        for required in row.event_id.qualiopi_program_id.skill_ids:
            if uncovered(required._required(), held[row.trainer_id.id], days):
                codes.add(f"skill-{required.skill_id.id}")
        return bool(codes - set(row.waived_codes or ()))

    def test_the_same_as_the_rules(self):
        taught = self.begun().filtered("qualiopi_assignment_ids")
        expected = {
            session.id
            for session in taught
            if any(map(self.unqualified, session.qualiopi_assignment_ids))
        }
        self.assertEqual(self.asked_of("session.qualified"), set(taught.ids))
        self.assertEqual(self.lacking("session.qualified"), expected)
        # both answers, or nothing was compared
        self.assertGreater(len(expected), 5)
        self.assertGreater(len(taught) - len(expected), 5)

    def test_over_the_same_as_what_assignments_say(self):
        over = self.made.filtered(lambda row: row._qualiopi_days()[1] < self.today)
        rows = over.qualiopi_assignment_ids
        found = rows._problems()
        flagged = rows.filtered(
            lambda row: (
                {
                    code
                    for code, _text in found[row]
                    if code == "programme" or code.startswith("skill-")
                }
                - set(row.waived_codes or ())
            )
        )
        self.assertEqual(
            self.lacking("session.qualified") & set(over.ids),
            set(flagged.event_id.ids),
        )

    def test_what_ends_before_long_is_announced(self):
        trainer = self.new_trainer("Ends soon")
        self.hold(trainer, self.pivot, level=self.expert)
        self.hold(trainer, self.title, last="2026-12-10")
        session = self.new_session("2026-11-02", "2026-12-18")
        self.assign(trainer, session)
        self.assertNotIn(session.id, self.lacking("session.qualified"))
        self.assertIn(session.id, self.ending("session.qualified"))
        self.assertIn(session.id, self.lacking("session.qualified", "2026-12-11"))

    def test_a_waiver_answers_what_it_was_written_for(self):
        trainer = self.new_trainer("Helped", program_ids=[])
        self.hold(trainer, self.title)
        self.hold(trainer, self.pivot, level=self.expert)
        session = self.new_session("2026-11-02", "2026-11-03")
        row = self.assign(trainer, session)
        self.assertIn(session.id, self.lacking("session.qualified"))
        row.waiver = "Teaches beside Marc"
        self.assertNotIn(session.id, self.lacking("session.qualified"))
        self.require(self.program, self.first_aid)
        self.assertIn(session.id, self.lacking("session.qualified"))


class TestCollectorContract(RandomCase):
    """Where a contract is missing on a day, the count says so too."""

    @classmethod
    def prepare(cls):
        cls.other = cls.new_program(name="Another one")
        cls.firms = [cls.random_firm(number) for number in range(5)]
        cls.trainers = [
            cls.new_trainer(
                f"Trainer {number}",
                kind="umbrella" if firm.kind == "umbrella" else "subcontractor",
                subcontractor_id=firm.id,
            )
            for number, firm in enumerate(cls.firms)
        ]
        cls.trainers += [
            cls.new_trainer("Of no firm", kind="subcontractor"),
            cls.insider,
        ]
        cls.stranger = cls.env["res.partner"].create(
            {"name": "No file", "is_company": True}
        )

    @classmethod
    def random_firm(cls, number):
        partner = cls.env["res.partner"].create(
            {"name": f"Firm {number}", "is_company": True}
        )
        firm = cls.env["qualiopi.subcontractor"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "kind": "umbrella" if number == 0 else "subcontracting",
            }
        )
        for _number in range(3):
            first = cls.around(-60, 0)
            contract = cls.env["qualiopi.subcontract"].create(
                {
                    "direction": "given",
                    "subcontractor_id": firm.id,
                    "company_id": cls.company.id,
                    "date_from": first,
                    "date_to": first + timedelta(days=cls.dice.choice((9, 30, 90))),
                    "program_ids": [
                        (6, 0, cls.dice.choice((cls.program.ids, cls.other.ids, [])))
                    ],
                    "cpf": cls.chance(0.3),
                }
            )
            contract._set_state(cls.dice.choice(("draft", "signed", "ended")))
        return firm

    @classmethod
    def random_session(cls):
        program = cls.dice.choice((cls.program, cls.other))
        session = super().random_session(qualiopi_program_id=program.id)
        if cls.chance(0.3):
            partner = cls.dice.choice([firm.partner_id for firm in cls.firms])
            given = cls.stranger if cls.chance(0.2) else partner
            session.qualiopi_subcontractor_id = given
        for trainer in cls.dice.sample(cls.trainers, cls.dice.choice((0, 1, 2))):
            halves = session.qualiopi_half_day_ids.filtered(lambda half: cls.chance())
            cls.assign(
                trainer,
                session,
                half_day_ids=[(6, 0, halves.ids if cls.chance() else [])],
            )
        funding = "cpf" if cls.chance(0.3) else "company"
        state = cls.dice.choice(("draft", "open", "cancel"))
        cls.new_learners(session, 1, state, qualiopi_funding=funding)
        return session

    def uncovered(self, session):
        """:return: whether a firm works in it on a day gone by without a contract"""
        program = session.qualiopi_program_id
        cpf = bool(session._qualiopi_cpf_sessions())
        work = [
            (row.trainer_id.subcontractor_id, row._days())
            for row in session.qualiopi_assignment_ids
            if row.trainer_id._outside_staff()
        ]
        given = session.qualiopi_subcontractor_id
        if given:
            firm = self.env["qualiopi.subcontractor"].search(
                [
                    ("partner_id", "=", given.commercial_partner_id.id),
                    ("company_id", "=", self.company.id),
                ]
            )
            work.append((firm, session._qualiopi_teaching_days()))
        return any(
            firm._uncovered(self.passed(days), program, cpf) if firm else True
            for firm, days in work
            if firm or self.passed(days)
        )

    def outside(self, session):
        return session.qualiopi_subcontractor_id or any(
            row.trainer_id._outside_staff() for row in session.qualiopi_assignment_ids
        )

    def test_the_same_as_the_rules(self):
        outside = self.begun().filtered(self.outside)
        expected = set(outside.filtered(self.uncovered).ids)
        self.assertEqual(self.asked_of("session.contract"), set(outside.ids))
        self.assertEqual(self.lacking("session.contract"), expected)
        self.assertGreater(len(expected), 5)
        self.assertGreater(len(outside) - len(expected), 5)


class TestCollectorSessionAudiences(CollectorCase):
    """Who is asked about a session: as the survey plans ask (guide V9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.client = cls.env["res.partner"].create({"name": "Client"})
            cls.principal = cls.env["res.partner"].create({"name": "Principal"})
            cls.skills = cls.new_program(category_id=cls.category("BC").id)

    def audiences(self, **vals):
        session = self.new_session("2026-10-05", "2026-10-06", **vals)
        self.new_learners(session, 1, qualiopi_client_id=self.client.id)
        self.assign(self.insider, session)
        return {
            audience
            for audience in ("team", "company", "principal")
            if session.id in self.asked_of(f"session.{audience}_feedback")
        }

    def test_as_the_rules_say(self):
        self.assertEqual(self.audiences(), {"team", "company"})
        self.assertEqual(self.audiences(qualiopi_program_id=self.skills.id), {"team"})
        self.assertEqual(
            self.audiences(qualiopi_principal_id=self.principal.id), {"principal"}
        )

    def test_a_month_is_left_to_ask(self):
        session = self.new_session("2026-10-05", "2026-10-06")
        self.new_learners(session, 1)
        self.assign(self.insider, session)
        code = "session.team_feedback"
        self.assertNotIn(session.id, self.asked_of(code, "2026-11-04"))
        self.assertIn(session.id, self.lacking(code, "2026-11-05"))

    def test_who_works_alone_is_no_team(self):
        session = self.new_session("2026-10-05", "2026-10-06")
        self.new_learners(session, 1)
        alone = self.new_trainer("Boss", kind="manager")
        self.assign(alone, session)
        self.assertNotIn(session.id, self.asked_of("session.team_feedback"))
        self.assign(self.new_trainer("Partner", kind="manager"), session)
        self.assertIn(session.id, self.asked_of("session.team_feedback"))
