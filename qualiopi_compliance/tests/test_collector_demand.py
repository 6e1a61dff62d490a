from unittest.mock import patch

from ..models.evidence.asked import Demand
from ..rules.subcontracting import share
from .collector_common import DAY, CollectorCase

ALL = ("AFC", "BC", "VAE", "CFA")


class TestCollectorDemand(CollectorCase):
    """An indicator looks at the records it is about, and leaves out the others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.learners = {code: cls.learner_of(code) for code in ALL}

    @classmethod
    def learner_of(cls, code, funding=False, session=None, **program):
        """A learner of a programme of its own."""
        program = cls.new_program(category_id=cls.category(code).id, **program)
        event = cls.new_session(
            "2026-10-05", "2026-10-06", qualiopi_program_id=program.id, **session or {}
        )
        return cls.new_learners(event, 1, qualiopi_funding=funding)

    def looked_at(self, demand, code="learner.need"):
        return self.population(self.asked(code, demand))

    def assertLooksAt(self, demand, records, code="learner.need"):
        ours = set(records.concat(*self.learners.values()).ids) | set(records.ids)
        self.assertEqual(self.looked_at(demand, code) & ours, set(records.ids))

    # Categories

    def test_of_its_categories_only(self):
        self.assertLooksAt(Demand(0, 8, ("AFC",)), self.learners["AFC"])
        self.assertLooksAt(
            Demand(0, 8, ("AFC", "CFA")), self.learners["AFC"] | self.learners["CFA"]
        )

    def test_of_new_entrants_what_is_written_down(self):
        demand = Demand(0, 11, ("AFC", "BC"), new_entrant=("BC",))
        self.assertLooksAt(demand, self.learners["AFC"], "learner.outcome")
        check = self.check("learner.outcome")
        check.formal = True
        self.assertLooksAt(
            demand, self.learners["AFC"] | self.learners["BC"], "learner.outcome"
        )

    def test_of_a_new_entrant_altogether_nothing_that_was_done(self):
        new = Demand(0, 22, ("AFC",), new_entrant=("AFC",))
        self.assertFalse(self.looked_at(new, "trainer.development"))
        self.assertFalse(self.looked_at(new, "company.meeting"))
        self.assertIn(self.company.id, self.looked_at(new, "document.entry_procedure"))
        part = Demand(0, 22, ("AFC", "BC"), new_entrant=("AFC",))
        self.insider.kind = "employee"
        self.assertIn(self.insider.id, self.looked_at(part, "trainer.development"))

    # Conditions

    def test_certifying(self):
        demand = Demand(0, 16, ALL, condition="certifying")
        certified = self.learner_of("AFC", certifying=True, recognition="rncp")
        other = self.learner_of("AFC", certifying=True, recognition="rs")
        always = self.learners["VAE"] | self.learners["CFA"]
        found = self.looked_at(demand)
        self.assertLessEqual(set((certified | always).ids), found)
        self.assertFalse(set((self.learners["AFC"] | other).ids) & found)
        # guide V9 names the RNCP alone: the company says whether the RS counts
        self.company.qualiopi_rs_certifying = True
        self.assertIn(other.id, self.looked_at(demand))

    def test_work_study(self):
        demand = Demand(0, 13, ALL, condition="work_study")
        contract = self.learner_of("AFC", "professionalisation")
        self.assertLooksAt(demand, contract | self.learners["CFA"])

    def test_training_at_work(self):
        demand = Demand(0, 28, ALL, condition="training_at_work")
        at_work = self.learner_of("AFC", teaching_mode="at_work")
        self.assertLooksAt(demand, at_work | self.learners["CFA"])

    def test_over_two_days(self):
        demand = Demand(0, 12, ALL, condition="over_two_days")
        days = self.learner_of("AFC", duration_days=3, duration_hours=0)
        hours = self.learner_of("AFC", duration_days=0, duration_hours=15)
        short = self.learner_of("AFC", duration_days=2, duration_hours=21)
        found = self.looked_at(demand)
        self.assertIn(days.id, found)
        self.assertIn(hours.id, found)
        self.assertNotIn(short.id, found)

    def test_a_condition_that_records_do_not_know_leaves_nothing_out(self):
        demand = Demand(0, 27, ALL, condition="subcontracting")
        every = self.learner_of("AFC").concat(*self.learners.values())
        self.assertLessEqual(set(every.ids), self.looked_at(demand))

    # Principal

    def test_for_a_principal_as_the_rules_sort(self):
        principal = self.env["res.partner"].create({"name": "Principal"})
        for tasks in ("", "Teaching"):
            for named in ((), (9, 16)):
                contract = self.env["qualiopi.subcontract"].create(
                    {
                        "direction": "received",
                        "principal_id": principal.id,
                        "company_id": self.company.id,
                        "date_from": "2020-01-01",
                        "tasks": tasks,
                        "indicator_ids": self.env["qualiopi.indicator"]
                        .search([("number", "in", named)])
                        .ids,
                    }
                )
                learner = self.learner_of(
                    "AFC",
                    session={
                        "qualiopi_principal_id": principal.id,
                        "qualiopi_subcontract_id": contract.id,
                        "qualiopi_principal_tasks": tasks,
                    },
                )
                for rule in ("none", "not_applicable", "by_tasks", "special"):
                    for number in (1, 7, 9):
                        with self.subTest(
                            tasks=tasks, named=named, rule=rule, number=number
                        ):
                            asked = share(
                                [number], {number: rule}, tasks=bool(tasks), named=named
                            ).asked
                            demand = Demand(0, number, ALL, principal=rule)
                            self.assertEqual(
                                learner.id in self.looked_at(demand), bool(asked)
                            )

    def test_our_own_sessions_are_all_ours(self):
        for rule in ("not_applicable", "by_tasks", "special"):
            demand = Demand(0, 1, ALL, principal=rule)
            self.assertIn(self.learners["AFC"].id, self.looked_at(demand))


class TestCollectorLaw(CollectorCase):
    """What the law of a day asks of a company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.declare(cls.company, "AFC", over_two_days=True)
            cls.declare(cls.company, "BC")

    def demand(self, number, day=DAY):
        demands = self.company._qualiopi_demands(self.date(day))
        found = [each for each in demands.values() if each.number == number]
        return found[0] if found else None

    def test_a_condition_that_holds_leaves_categories_out(self):
        asked = self.demand(12, "2026-10-31")
        self.assertEqual(asked.categories, ("AFC",))
        self.assertEqual(asked.condition, "over_two_days")

    def test_a_condition_that_nobody_confirmed_leaves_nothing_out(self):
        asked = self.demand(12, "2026-11-01")
        self.assertEqual(asked.categories, ("AFC", "BC"))
        self.assertIsNone(asked.condition)

    def test_what_does_not_apply_is_not_asked(self):
        self.assertIsNone(self.demand(14))
        self.assertIsNone(self.demand(33, "2026-10-31"))

    def test_a_decision_against_the_rules_is_followed(self):
        self.assertIsNone(self.demand(13))
        line = self.line(self.living(self.company), 13)
        line.write(
            {"override_applicability": "applicable", "override_reason": "One contract"}
        )
        self.assertEqual(self.demand(13).categories, ("AFC",))
        line.write({"override_applicability": "not_applicable"})
        self.assertIsNone(self.demand(13))


class TestCollectorWindow(CollectorCase):
    """What was over before the window is not asked about; a proof must lie in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.declare(cls.company, "AFC", over_two_days=True)
            cls.course = cls.new_session("2026-02-02", "2026-02-06")
            cls.learner = cls.new_learners(cls.course, 1)
            cls.recent = cls.new_session("2026-09-07", "2026-09-11")
            cls.new_learners(cls.recent, 1)
            cls.funder = cls.env["res.partner"].create({"name": "Funder"})

    def audited(self, day):
        """Say that the certifier came on that day."""
        seam = patch.object(
            type(self.env["res.company"]),
            "_qualiopi_last_audit",
            lambda company, until: self.date(day),
        )
        return self.enterContext(seam)

    def asked_now(self, code, day=DAY):
        """:return: ids of the records that a check looks at, as the company asks it"""
        checks = self.check(code).ids
        [asked] = self.company._qualiopi_asked(self.date(day), checks=checks)
        return self.population(asked, day)

    def test_since_the_last_audit(self):
        code = "learner.need"
        self.assertIn(self.learner.id, self.asked_now(code))
        self.audited("2026-02-06")
        self.assertIn(self.learner.id, self.asked_now(code))
        self.audited("2026-02-07")
        self.assertNotIn(self.learner.id, self.asked_now(code))

    def test_a_year_before_the_first_audit(self):
        code = "learner.need"
        self.assertIn(self.learner.id, self.asked_now(code, "2027-02-06"))
        self.assertNotIn(self.learner.id, self.asked_now(code, "2027-02-07"))

    def test_a_company_s_own_window(self):
        setting = self.env["qualiopi.check.setting"].create(
            {
                "company_id": self.company.id,
                "check_id": self.check("learner.need").id,
                "window": "months",
                "months": 3,
            }
        )
        self.assertNotIn(self.learner.id, self.asked_now("learner.need"))
        setting.window = "always"
        self.assertIn(self.learner.id, self.asked_now("learner.need", "2029-01-01"))

    def test_a_check_alone_and_among_others(self):
        """What others ask about does not change what one asks about."""
        day = self.date("2027-03-01")
        self.learner.qualiopi_funder_id = self.funder
        for check in self.env["qualiopi.check"].search([("kind", "=", "collector")]):
            counts = self.company._qualiopi_counts(day)
            among = {asked.check: count for asked, count in counts}
            alone = self.company._qualiopi_asked(day, checks=check.ids)
            for asked, count in self.company._qualiopi_counts(day, asked=alone):
                with self.subTest(check=check.code):
                    self.assertEqual(count, among[asked.check])

    def test_funders_of_the_last_year(self):
        code = "company.funders"
        self.assertFalse(self.asked_now(code))
        self.learner.qualiopi_funder_id = self.funder
        self.assertTrue(self.asked_now(code, "2027-02-06"))
        self.assertFalse(self.asked_now(code, "2027-02-07"))

    def test_results_of_the_sessions_of_the_last_year(self):
        code = "program.results"
        self.program._set_state("validated")
        self.assertFalse(self.asked_now(code, "2026-03-07"))
        self.assertTrue(self.asked_now(code, "2026-03-08"))
        self.assertTrue(self.asked_now(code, "2027-09-11"))
        self.assertFalse(self.asked_now(code, "2027-09-12"))

    def test_a_proof_must_lie_in_the_window(self):
        [asked] = self.company._qualiopi_asked(
            self.date(DAY), checks=self.check("company.funders").ids
        )
        self.learner.qualiopi_funder_id = self.funder
        heard = self.env["qualiopi.survey.invitation"].create(
            {
                "company_id": self.company.id,
                "survey_id": self.env.ref("qualiopi_compliance.survey_funder").id,
                "key": "funder",
                "state": "heard",
                "answered_on": "2025-11-22",
            }
        )
        self.assertTrue(self.gaps(asked))
        heard.answered_on = "2025-11-23"
        self.assertFalse(self.gaps(asked))


class TestCollectorLeads(CollectorCase):
    """Requests, won or asking for an adjustment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            cls.lead = cls.env["crm.lead"].create(
                {
                    "name": "Request",
                    "company_id": cls.company.id,
                    "user_id": False,
                    "team_id": False,
                    "qualiopi_program_id": cls.program.id,
                    "qualiopi_requested_on": "2026-10-20",
                }
            )

    def test_once_won_and_a_month_later(self):
        self.assertNotIn(self.lead.id, self.asked_of("lead.need"))
        self.lead.action_set_won()
        self.assertNotIn(self.lead.id, self.asked_of("lead.need", "2026-11-18"))
        self.assertIn(self.lead.id, self.lacking("lead.need", "2026-11-19"))

    def test_an_adjustment_is_looked_at_won_or_not(self):
        self.assertNotIn(self.lead.id, self.asked_of("lead.adjustment"))
        self.lead.qualiopi_adjustment = "yes"
        self.assertIn(self.lead.id, self.lacking("lead.adjustment"))
        self.lead.qualiopi_need_on = "2026-11-20"
        self.assertNotIn(self.lead.id, self.lacking("lead.adjustment"))
        self.lead.active = False
        self.assertNotIn(self.lead.id, self.asked_of("lead.adjustment"))
