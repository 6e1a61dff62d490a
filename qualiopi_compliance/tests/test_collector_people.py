import random
from datetime import timedelta

from ..rules.subcontractor_file import missing_in_firm
from ..rules.trainer_file import missing_pieces
from .collector_common import DAY, CollectorCase

# Piece of the file -> measure that looks at it; of the two about a CV, or about an
# assessment, a file lacks one.
PIECES = {
    "cv": "trainer.cv",
    "cv_old": "trainer.cv",
    "induction": "trainer.induction",
    "disability_awareness": "trainer.disability",
    "assessment": "trainer.assessment",
    "assessment_old": "trainer.assessment",
    "qualification": "trainer.qualification",
}


class TestCollectorTrainerFiles(CollectorCase):
    """A trainer's file lacks in the count what it lacks on the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dice = random.Random(21)
        today = cls.date(DAY)

        def day():
            # some are a year old to the day
            ago = dice.choice((0, 40, 364, 365, 366, 800))
            return today - timedelta(days=ago) if dice.random() < 0.7 else False

        with cls.on(DAY):
            cls.files = cls.env["qualiopi.trainer"].concat(
                *(
                    cls.new_trainer(
                        f"Trainer {number}",
                        kind=dice.choice(("employee", "manager", "volunteer")),
                        cv_on=day(),
                        induction_on=day(),
                        disability_awareness_on=day(),
                    )
                    for number in range(40)
                )
            )
            for trainer in cls.files:
                if assessed := day():
                    cls.env["qualiopi.trainer.assessment"].create(
                        {"trainer_id": trainer.id, "date": assessed}
                    )
                if dice.random() < 0.6:
                    cls.hold(trainer, cls.title)

    def by_rules(self):
        today = self.date(DAY)
        found = {}
        for trainer in self.files:
            for code in missing_pieces(trainer._file_facts(), today):
                if code in PIECES:
                    found.setdefault(PIECES[code], set()).add(trainer.id)
        return found

    def compare(self):
        self.env.invalidate_all()
        expected = self.by_rules()
        self.assertEqual(expected.keys(), set(PIECES.values()))
        for code, ids in expected.items():
            with self.subTest(code=code):
                self.assertEqual(self.lacking(code) & set(self.files.ids), ids)

    def test_the_same_as_the_rules(self):
        self.compare()

    def test_months_are_the_company_s_own(self):
        self.company.write({"qualiopi_cv_months": 0, "qualiopi_assessment_months": 13})
        self.compare()

    def test_a_title_that_ran_out_is_no_qualification(self):
        trainer = self.new_trainer("Out of date")
        self.hold(trainer, self.title, last="2026-11-22")
        self.assertIn(trainer.id, self.lacking("trainer.qualification"))
        self.assertNotIn(
            trainer.id, self.lacking("trainer.qualification", "2026-11-22")
        )

    def test_only_active_files(self):
        asked = self.asked_of("trainer.cv")
        self.files[0].action_suspend()
        self.files[1].active = False
        self.files[2].action_leave()
        self.assertEqual(asked - self.asked_of("trainer.cv"), set(self.files[:3].ids))

    def test_development_is_asked_of_the_staff(self):
        staff = self.files.filtered(lambda row: row.kind in ("employee", "manager"))
        found = self.asked_of("trainer.development") & set(self.files.ids)
        self.assertEqual(found, set(staff.ids))

    def test_development_in_the_window(self):
        check = self.asked("trainer.development", since=self.date("2025-11-23"))
        trainer = self.new_trainer("Studious", kind="employee")
        self.assertIn(trainer.id, self.gaps(check))
        activity = self.env["qualiopi.cpd.activity"].create(
            {
                "trainer_id": trainer.id,
                "name": "A course",
                "date": "2025-11-22",
                "hours": 7,
                "state": "done",
            }
        )
        self.assertIn(trainer.id, self.gaps(check))
        activity.date = "2025-11-23"
        self.assertNotIn(trainer.id, self.gaps(check))

    def test_being_introduced_is_what_a_newcomer_was_given(self):
        check = self.asked("trainer.development", since=self.date("2025-11-23"))
        trainer = self.new_trainer(
            "New here", kind="employee", induction_on="2026-10-01"
        )
        self.assertNotIn(trainer.id, self.gaps(check))
        trainer.induction_on = "2025-10-01"
        self.assertIn(trainer.id, self.gaps(check))


class TestCollectorFirms(CollectorCase):
    """A firm's file lacks in the count what it lacks on the file, once it is used."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY):
            partner = cls.env["res.partner"].create(
                {"name": "Firm", "is_company": True}
            )
            cls.firm = cls.env["qualiopi.subcontractor"].create(
                {"partner_id": partner.id, "company_id": cls.company.id}
            )
            cls.person = cls.new_trainer(
                "Person", kind="subcontractor", subcontractor_id=cls.firm.id
            )

    def lacks(self):
        """:return: pieces that the rules find missing, of those that are counted"""
        today = self.date(DAY)
        found = {item.code for item in missing_in_firm(self.firm._facts(today), today)}
        return {
            code
            for code, pieces in (
                ("subcontractor.charter", {"charter"}),
                ("subcontractor.assessment", {"assessment", "assessment_old"}),
            )
            if pieces & found
        }

    def counted(self):
        return {
            code
            for code in ("subcontractor.charter", "subcontractor.assessment")
            if self.firm.id in self.lacking(code)
        }

    def use(self):
        session = self.new_session("2026-11-02", "2026-11-03")
        self.assign(self.person, session)
        return session

    def test_nothing_is_asked_before_it_works_for_us(self):
        self.assertEqual(self.counted(), set())
        self.use().write(
            {"date_begin": "2026-12-01 08:00:00", "date_end": "2026-12-02 16:00:00"}
        )
        self.assertEqual(self.counted(), set())

    def test_the_same_as_the_rules(self):
        self.use()
        for vals in (
            {},
            {"charter_on": "2026-01-05"},
            {"assessed_on": "2025-11-23"},
            {"assessed_on": "2025-11-24"},
        ):
            with self.subTest(vals=vals):
                self.firm.write(vals)
                self.assertEqual(self.counted(), self.lacks())

    def test_a_clause_takes_the_place_of_the_charter(self):
        self.use()
        self.env["qualiopi.subcontract"].create(
            {
                "direction": "given",
                "subcontractor_id": self.firm.id,
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "compliance_clause": "Follows the framework",
            }
        ).action_sign()
        self.assertEqual(self.counted(), {"subcontractor.assessment"})

    def test_a_whole_session_given_is_use(self):
        self.new_session(
            "2026-11-02",
            "2026-11-03",
            qualiopi_subcontractor_id=self.firm.partner_id.id,
        )
        self.assertIn(self.firm.id, self.asked_of("subcontractor.charter"))

    def test_a_session_called_off_is_none(self):
        self.use().kanban_state = "cancel"
        self.assertEqual(self.counted(), set())

    def test_the_clause_of_each_contract_in_force(self):
        contract = self.env["qualiopi.subcontract"].create(
            {
                "direction": "given",
                "subcontractor_id": self.firm.id,
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "date_to": "2026-11-23",
                "compliance_clause": False,
            }
        )
        code = "subcontractor.clause"
        self.assertNotIn(self.firm.id, self.asked_of(code))
        contract.action_sign()
        self.assertIn(self.firm.id, self.lacking(code))
        self.assertNotIn(self.firm.id, self.asked_of(code, "2026-11-24"))
        contract.action_draft()
        contract.compliance_clause = "Follows the framework"
        contract.action_sign()
        self.assertNotIn(self.firm.id, self.lacking(code))
