from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .gap_common import GapCase
from .views_common import ViewsMixin

FIELDS = {"qualiopi_gap_count", "qualiopi_gap_ids"}
HOLDERS = (
    "event.event",
    "event.registration",
    "qualiopi.program",
    "qualiopi.trainer",
    "qualiopi.subcontractor",
)
LEARNER_FORM = "qualiopi_compliance.event_registration_view_form_qualiopi"


@tagged("post_install", "-at_install")
class TestRecordGaps(GapCase, ViewsMixin):
    """On a record: how much the checks miss there, and what."""

    def as_manager(self, record):
        self.forget()
        return record.with_user(self.manager).with_context(
            allowed_company_ids=self.company.ids
        )

    def counts(self, *records):
        return [self.as_manager(record).qualiopi_gap_count for record in records]

    def test_learner_file(self):
        self.assertEqual(self.counts(self.alice, self.bruno), [0, 2])
        gaps = self.as_manager(self.bruno).qualiopi_gap_ids
        self.assertEqual(gaps.check_id, self.need | self.contract)
        self.assertEqual(gaps.mapped("satisfied"), [False, False])

    def test_several_at_once(self):
        both = self.as_manager(self.alice | self.bruno)
        self.assertEqual(both.mapped("qualiopi_gap_count"), [0, 2])
        self.assertEqual(
            [len(learner.qualiopi_gap_ids) for learner in both],
            [0, 2],
        )

    def test_session_with_its_learners(self):
        self.ship("session_trainer")
        self.assertEqual(self.counts(self.session), [3])
        own = self.as_manager(self.session).qualiopi_gap_ids
        self.assertEqual(own.mapped("check_id.code"), ["session.trainer"])

    def test_programme_with_its_sessions(self):
        self.ship("session_trainer")
        self.ship("program_referent")
        self.ship("lead_need")
        self.new_lead()
        self.assertEqual(self.counts(self.program), [5])
        own = self.as_manager(self.program).qualiopi_gap_ids
        self.assertEqual(own.mapped("check_id.code"), ["program.referent"])

    def test_trainer(self):
        self.ship("trainer_cv")
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": self.company.id,
                "state": "active",
            }
        )
        self.assertEqual(self.counts(trainer), [1])
        self.assertEqual(self.as_manager(trainer).qualiopi_gap_ids.trainer_id, trainer)

    def test_subcontractor(self):
        firm = self.env["qualiopi.subcontractor"].create(
            {
                "partner_id": self.env["res.partner"]
                .create({"name": "Atelier Dupont", "is_company": True})
                .id,
                "company_id": self.company.id,
            }
        )
        check = self.new_check(
            model="qualiopi.subcontractor",
            population_domain="[]",
            satisfied_domain="[('charter_on', '!=', False)]",
        )
        self.assertEqual(self.counts(firm), [1])
        self.assertEqual(self.as_manager(firm).qualiopi_gap_ids.check_id, check)

    def test_a_new_record_has_none(self):
        for model in HOLDERS:
            with self.subTest(model=model):
                record = self.as_manager(self.env[model]).new({})
                self.assertEqual(record.qualiopi_gap_count, 0)
                self.assertFalse(record.qualiopi_gap_ids)

    def test_an_event_without_programme_is_left_alone(self):
        event = self.new_event(name="Open day")
        learner = self.new_learners(event, 1)
        for record in (event, learner):
            mine = self.as_manager(record)
            mine.read(sorted(FIELDS))
            with self.subTest(model=record._name):
                number = self.queries(lambda mine=mine: mine.read(sorted(FIELDS)))
                self.assertLessEqual(number, 5)

    def test_opens_them(self):
        self.ship("session_trainer")
        for record, count in ((self.bruno, 2), (self.session, 3), (self.program, 3)):
            action = self.as_manager(record).action_qualiopi_gaps()
            with self.subTest(model=record._name):
                self.assertIn(record.display_name, action["display_name"])
                context = {
                    "allowed_company_ids": self.company.ids,
                    "search_default_missing": 1,
                }
                rows = self.run_action(action | {"context": context})
                self.assertEqual(len(rows), count)

    def test_as_far_as_the_reader_may(self):
        """He may read the programme, and none of its sessions."""
        self.ship("program_referent")
        self.forget()
        program = self.program.with_user(self.contributor)
        self.assertEqual(program.qualiopi_gap_count, 1)
        self.assertEqual(self.counts(self.program), [3])

    def test_nothing_for_those_without_a_role(self):
        for user in (self.event_user, self.desk):
            self.forget()
            session = self.session.with_user(user)
            form = self.view(session, "form")
            with self.subTest(user=user.login):
                self.assertFalse(FIELDS & self.form_fields(session))
                self.assertFalse(form.xpath("//button[@name='action_qualiopi_gaps']"))
                with self.assertRaises(AccessError):
                    session.read(["qualiopi_gap_count"])
        self.open_view(self.session.with_user(self.event_user), "form")

    def test_button_shows_on_each_form_when_there_are_any(self):
        learner_form = self.env.ref(LEARNER_FORM).id
        for model in HOLDERS:
            view = learner_form if model == "event.registration" else None
            form = self.view(self.env[model].with_user(self.manager), "form", view)
            [button] = form.xpath("//button[@name='action_qualiopi_gaps']")
            with self.subTest(model=model):
                self.assertIn("not qualiopi_gap_count", button.get("invisible"))
                self.assertTrue(button.getparent().get("name") == "button_box")

    def test_never_in_lists(self):
        """Working it out for each row of a list would cost too much."""
        views = self.env["ir.ui.view"].search(
            [("model", "in", HOLDERS), ("type", "!=", "form")]
        )
        for view in views:
            arch = etree.fromstring(view.arch_db)
            names = {node.get("name") for node in arch.iter("field")}
            self.assertFalse(names & FIELDS, view.name)

    def test_same_number_of_queries_for_few_and_many(self):
        session = self.as_manager(self.session)
        fields = sorted(FIELDS)

        def few():
            session.read(fields)

        few()
        before = self.queries(few)
        self.new_learners(self.session, 30)
        few()
        self.assertEqual(self.queries(few), before)
        self.assertLessEqual(before, 50)
