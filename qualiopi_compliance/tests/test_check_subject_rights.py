from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .gap_common import GapCase

MODEL = "qualiopi.check.subject"


@tagged("post_install", "-at_install")
class TestCheckSubjectRights(GapCase):
    """A list of gaps never says more than its reader may read elsewhere."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ship("session_trainer")
        cls.ship("program_referent")
        cls.ship("document_house_rules")
        cls.ship("lead_need")
        cls.lead = cls.new_lead()
        cls.salesman = cls.new_user("q_salesman", "contributor")
        cls.salesman.group_ids += cls.env.ref("sales_team.group_sale_salesman")

    def models(self, user):
        """:return: models of the records whose gaps a user is shown"""
        return set(self.rows(user=user).mapped("res_model"))

    def everything(self):
        return (
            self.env[MODEL]
            .with_context(allowed_company_ids=self.company.ids)
            .search([])
        )

    def hidden(self):
        """:return: the row of somebody whom contributors may not read"""
        row = self.everything().filtered(lambda row: row.registration_id == self.bruno)
        self.env.invalidate_all()
        return row[:1]

    def test_internal_auditors_and_managers_see_all(self):
        everything = self.everything()
        self.assertEqual(
            set(everything.mapped("res_model")),
            {
                "crm.lead",
                "event.event",
                "event.registration",
                "qualiopi.program",
                "res.company",
            },
        )
        for user in (self.internal_auditor, self.manager):
            with self.subTest(user=user.login):
                self.assertEqual(self.rows(user=user).ids, everything.ids)

    def test_contributors_see_what_they_may_read(self):
        self.assertEqual(
            self.models(self.contributor), {"qualiopi.program", "res.company"}
        )

    def test_contributors_who_plan_sessions_see_their_learners(self):
        self.assertEqual(
            self.models(self.planner),
            {"qualiopi.program", "res.company", "event.event", "event.registration"},
        )
        self.assertIn(("learner.need", "Bruno Roy"), self.missing(user=self.planner))

    def test_salesmen_see_their_own_requests(self):
        self.lead.user_id = self.manager
        self.assertNotIn("crm.lead", self.models(self.salesman))
        self.lead.user_id = self.salesman
        self.assertIn("crm.lead", self.models(self.salesman))

    def test_no_role_no_list(self):
        users = (self.event_user, self.desk, self.plain, self.portal)
        for user in (*users, self.env.ref("base.public_user")):
            subjects = self.env[MODEL].with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    subjects.search([])
                with self.assertRaises(AccessError):
                    subjects.search_count([])
                with self.assertRaises(AccessError):
                    subjects.formatted_read_group([], ["check_id"], ["__count"])
                with self.assertRaises(AccessError):
                    subjects.browse(self.hidden().ids).read(["lacks"])
                with self.assertRaises(AccessError):
                    subjects.action_open_today()

    def test_nobody_writes(self):
        row = self.hidden()
        for user in (self.contributor, self.internal_auditor, self.manager):
            mine = row.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    mine.write({"satisfied": True})
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({"satisfied": True})

    def test_every_way_to_count_leaves_out_the_same(self):
        """A number would tell how many there are."""
        mine = self.rows(user=self.contributor)
        subjects = self.subjects(self.contributor)
        learners = [("scope", "=", "learner")]
        everything = self.everything()
        self.assertLess(len(mine), len(everything))
        self.assertEqual(subjects.search_count([]), len(mine))
        self.assertEqual(subjects.search_count(learners), 0)
        self.assertFalse(subjects.search(learners))
        self.assertEqual(subjects.web_search_read(learners, {})["length"], 0)
        self.assertEqual(subjects.name_search("Bruno"), [])
        self.assertEqual(subjects.search([("record_name", "ilike", "bruno")]).ids, [])
        self.assertEqual(
            subjects.search_fetch([("registration_id", "=", self.bruno.id)], ["lacks"]),
            subjects,
        )
        groups = subjects._read_group([], ["res_model"], ["__count"])
        self.assertEqual(sum(count for _model, count in groups), len(mine))
        formatted = subjects.formatted_read_group([], ["scope"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in formatted), len(mine))
        web = subjects.web_read_group([], ["event_id"], ["__count"])
        self.assertEqual([group["event_id"] for group in web["groups"]], [False])
        [both] = subjects.formatted_read_grouping_sets([], [["scope"]], ["__count"])
        self.assertNotIn("learner", [group["scope"] for group in both])

    def test_a_row_known_by_its_number_is_refused(self):
        row = self.hidden()
        self.contributor.group_ids += self.env.ref("base.group_allow_export")
        for read in (
            lambda rows: rows.read(["lacks"]),
            lambda rows: rows.read(["check_id"]),
            lambda rows: rows.read(),
            lambda rows: rows.web_read({"record_name": {}}),
            lambda rows: rows.export_data(["record_name", "check_id/name"]),
            lambda rows: rows.action_open_record(),
            lambda rows: rows.action_add_document(),
            lambda rows: rows.check_access("read"),
        ):
            self.env.invalidate_all()
            mine = self.subjects(self.contributor).browse(row.ids)
            with self.assertRaises(AccessError):
                read(mine)

    def test_a_row_already_in_memory_is_refused(self):
        """Somebody else read it in the same request."""
        row = self.hidden()
        row.mapped("record_name")
        row.mapped("registration_id")
        mine = self.subjects(self.contributor).browse(row.ids)
        with self.assertRaises(AccessError):
            mine.read(["check_id", "registration_id"])
        with self.assertRaises(AccessError):
            mine.web_read({"check_id": {}, "registration_id": {}})
        self.assertFalse(mine.has_access("read"))
        self.assertFalse(mine._filtered_access("read"))
        self.assertTrue(row.with_user(self.internal_auditor).has_access("read"))

    def test_rows_of_a_page_are_read_at_once(self):
        mine = self.rows(user=self.contributor)
        self.assertEqual(len(mine.web_read({"record_name": {}})), len(mine))
        self.assertTrue(all(mine.mapped("record_name")))

    def test_other_company_sees_nothing(self):
        row = self.hidden()
        other = self.subjects(self.other_manager, self.other_company)
        self.assertFalse(
            other.search([("res_model", "in", ("event.registration", "event.event"))])
        )
        self.assertNotIn(self.company, other.search([]).company_id)
        self.assertFalse(other.browse(row.ids).read())
        stolen = other.with_context(allowed_company_ids=self.company.ids)
        with self.assertRaises(AccessError):
            stolen.search([])

    def test_filters_show_what_the_reader_may_read(self):
        """A check made by an administrator on records that not everybody reads."""
        self.shipped.active = False
        learners = self.new_check(
            model="event.registration",
            population_domain="[]",
            satisfied_domain="[('name', '!=', 'Bruno Roy')]",
        )
        leads = self.new_check(
            model="crm.lead",
            population_domain="[('qualiopi_program_id', '!=', False)]",
            satisfied_domain="[('id', '=', 0)]",
        )
        follow_ups = self.new_check(
            model="qualiopi.follow.up",
            population_domain="[]",
            satisfied_domain="[('kind', '=', 'company')]",
        )
        self.env["qualiopi.follow.up"].create(
            {
                "registration_id": self.bruno.id,
                "kind": "call",
                "date": "2026-03-03",
                "note": "Called",
            }
        )
        self.lead.user_id = self.manager
        for user, expected in (
            (self.contributor, self.checks),
            (self.planner, learners | follow_ups),
            (self.internal_auditor, learners | leads | follow_ups),
        ):
            rows = self.rows(user=user)
            with self.subTest(user=user.login):
                self.assertEqual(rows.check_id, expected)
                self.assertEqual(
                    self.subjects(user).search_count([]),
                    len(rows),
                )
        row = self.rows(("check_id", "=", follow_ups.id))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.subjects(self.contributor).browse(row.ids).read()

    def test_a_kind_of_record_nobody_thought_of_is_not_shown(self):
        """Another addon adds a source: its rows are for those who read its records."""
        names = self.env["qualiopi.collector"]._models()
        self.assertIn("event.registration", names)
        self.new_check(
            model="qualiopi.trainer.assessment",
            population_domain="[]",
            satisfied_domain="[('id', '=', 0)]",
        )
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": self.company.id,
            }
        )
        self.env["qualiopi.trainer.assessment"].create(
            {"trainer_id": trainer.id, "date": "2026-03-01"}
        )
        self.assertIn("qualiopi.trainer.assessment", self.models(self.internal_auditor))
        self.assertNotIn("qualiopi.trainer.assessment", self.models(self.contributor))

    def test_context_from_outside_only_narrows(self):
        mine = self.rows(user=self.contributor)
        for focus in (
            {},
            {"res_model": ["event.registration"]},
            {"registration_id": [self.bruno.id]},
            {"res_id": [self.bruno.id]},
        ):
            with self.subTest(focus=focus):
                rows = self.rows(user=self.contributor, qualiopi_focus=focus)
                self.assertEqual(rows, mine)

    def test_roles_may_change(self):
        self.contributor.group_ids = [
            Command.link(self.env.ref("event.group_event_registration_desk").id)
        ]
        self.assertIn("event.registration", self.models(self.contributor))
