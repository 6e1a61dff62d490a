from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .assessment_common import AssessmentCase
from .lead_common import LeadCase

OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


@tagged("post_install", "-at_install")
class TestLeadSecurity(LeadCase, AssessmentCase):
    """Who reads and writes requests, what the entry proposes, and their dialogs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead.tag_ids = cls.env["crm.tag"].create({"name": "Web"})
        cls.lead.campaign_id = cls.env["utm.campaign"].create({"name": "Spring"})
        cls.own_salesman = new_test_user(
            cls.env,
            "q_own_sales",
            "sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.other_auditor = cls.new_user(
            "q_other_auditor", "internal_auditor", cls.other_company
        )
        cls.proposal = cls.env["qualiopi.entry.proposal"].create(
            {"company_id": cls.company.id, "proposal": "Refresher"}
        )

    def rights(self, user, record):
        """:return: the operations the user has on a record, as letters"""
        theirs = record.with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS
            if (theirs.browse() if operation == "create" else theirs).has_access(
                operation
            )
        )

    def assertRights(self, record, expected):
        for user, rights in expected.items():
            with self.subTest(model=record._name, user=user.login):
                self.assertEqual(self.rights(user, record), rights)

    def test_requests(self):
        self.assertRights(
            self.lead,
            {
                self.manager: "rwc",
                self.internal_auditor: "r",
                self.salesman: "rwc",
                # that of a colleague
                self.own_salesman: "c",
                self.contributor: "",
                self.event_user: "",
                self.desk: "",
                self.plain: "",
                self.portal: "",
                self.other_manager: "c",
                self.other_auditor: "",
                self.other_salesman: "c",
            },
        )

    def test_table_of_entry_proposals(self):
        self.assertRights(
            self.proposal,
            {
                self.manager: "rwcu",
                self.internal_auditor: "r",
                self.event_user: "r",
                self.desk: "r",
                self.salesman: "",
                self.contributor: "",
                self.plain: "",
                self.portal: "",
                self.other_manager: "c",
                self.other_auditor: "",
            },
        )

    def test_dialogs_are_for_who_may_use_them_and_their_owner(self):
        registration = self.new_wizard(user=self.manager)
        survey = self.new_survey("final", [self.choice("Pivot", [self.pivot])])
        with self.on("2026-03-06"):
            self.answer(survey, self.alice, [1])
        action = self.alice.with_user(self.manager).action_qualiopi_propose_outcomes()
        outcome = self.env[action["res_model"]].browse(action["res_id"])
        for dialog, creators in (
            (registration, {self.salesman, self.other_manager, self.other_salesman}),
            (outcome, {self.event_user, self.desk, self.other_manager}),
        ):
            users = (
                self.internal_auditor,
                self.salesman,
                self.contributor,
                self.event_user,
                self.desk,
                self.plain,
                self.portal,
                self.other_manager,
                self.other_salesman,
            )
            expected = {user: "c" if user in creators else "" for user in users} | {
                self.manager: "rwcu"
            }
            self.assertRights(dialog, expected)
            self.assertRights(dialog.line_ids[:1], expected)

    def test_salespeople_choose_programmes_and_sessions(self):
        for user in (self.salesman, self.own_salesman):
            env = self.env(user=user)
            with self.subTest(user=user.login):
                found = env["qualiopi.program"].name_search("Spreadsheets")
                self.assertIn(self.program.id, [row[0] for row in found])
                found = env["event.event"].name_search("Spreadsheets in March")
                self.assertIn(self.session.id, [row[0] for row in found])
                self.assertEqual(self.rights(user, self.program), "r")
                self.assertEqual(self.rights(user, self.session), "r")
                for model in ("event.registration", "qualiopi.survey.invitation"):
                    self.assertFalse(env[model].has_access("read"))

    def test_every_reader_opens_list_and_form(self):
        view = self.env.ref("qualiopi_compliance.crm_lead_view_list_qualiopi")
        self.lead.qualiopi_event_id = self.session
        self.new_learners(self.session, 1, "draft", qualiopi_lead_id=self.lead.id)
        self.env.invalidate_all()
        self.lead.user_id = self.own_salesman
        for user in (
            self.manager,
            self.internal_auditor,
            self.salesman,
            self.own_salesman,
        ):
            lead = self.lead.with_user(user)
            for view_id, kind in (
                (view.id, "list"),
                (False, "form"),
                (False, "kanban"),
            ):
                asked = (
                    self.env["crm.lead"]
                    .with_user(user)
                    .get_views([(view_id, kind)])["models"]["crm.lead"]["fields"]
                )
                with self.subTest(user=user.login, view=kind):
                    [values] = lead.web_read(
                        {
                            name: {"fields": {"display_name": {}}}
                            if lead._fields[name].relational
                            else {}
                            for name in asked
                        }
                    )
                    self.assertEqual(values["id"], lead.id)

    def test_full_read_opens_to_auditors(self):
        for user in (self.manager, self.internal_auditor):
            with self.subTest(user=user.login):
                self.assertTrue(self.lead.with_user(user).read())

    def test_manager_works_on_a_request_without_sales_rights(self):
        self.assertFalse(self.manager.has_group("sales_team.group_sale_salesman"))
        lead = self.lead.with_user(self.manager)
        lead.write(
            {
                "qualiopi_need": "Tables",
                "qualiopi_need_on": "2026-02-03",
                "qualiopi_funding": "cpf",
            }
        )
        lead.message_post(body="Called back")
        lead.activity_schedule("mail.mail_activity_data_todo", user_id=self.manager.id)
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        lead.stage_id = won
        with self.assertRaises(AccessError):
            lead.unlink()
        with self.assertRaises(AccessError):
            self.env["crm.lead.lost"].with_user(self.manager).create({})

    def test_form_hides_what_managers_may_not_open(self):
        def buttons(user):
            arch = (
                self.env["crm.lead"]
                .with_user(user)
                .get_view(self.env.ref("crm.crm_lead_view_form").id, "form")["arch"]
            )
            lost = self.env.ref("crm.crm_lead_lost_action").id
            convert = self.env.ref("crm.action_crm_lead2opportunity_partner").id
            return [f'name="{each}"' in arch for each in (lost, convert)]

        self.assertEqual(buttons(self.manager), [False, False])
        self.assertEqual(buttons(self.salesman), [True, True])

    def test_second_company_sees_none_of_it(self):
        for record, users in (
            (self.lead, (self.other_manager, self.other_auditor, self.other_salesman)),
            (self.proposal, (self.other_manager, self.other_auditor)),
            (self.program, (self.other_salesman,)),
            (self.session, (self.other_salesman,)),
        ):
            for user in users:
                theirs = record.with_user(user)
                with self.subTest(model=record._name, user=user.login):
                    self.assertFalse(theirs.search([("id", "=", record.id)]))
                    with self.assertRaises(AccessError):
                        theirs.read(["display_name"])

    def test_registering_goes_through_the_request_one_may_write(self):
        wizard = self.new_wizard(
            user=self.own_salesman, lead=self.new_lead(user_id=self.own_salesman.id)
        )
        # the dialog is his, the request of a colleague is not
        wizard.sudo().lead_id = self.lead
        with self.assertRaises(AccessError):
            wizard.action_register()
        self.assertFalse(self.registered())
        with self.assertRaises(AccessError):
            self.new_wizard(user=self.own_salesman)

    def test_recording_outcomes_goes_through_files_one_may_write(self):
        survey = self.new_survey("final", [self.choice("Pivot", [self.pivot])])
        with self.on("2026-03-06"):
            self.answer(survey, self.alice, [1])
        action = self.alice.with_user(self.desk).action_qualiopi_propose_outcomes()
        wizard = self.env[action["res_model"]].with_user(self.desk)
        wizard = wizard.browse(action["res_id"])
        other = self.env["qualiopi.program"].create(
            {
                "name": "Theirs",
                "company_id": self.other_company.id,
                "category_id": self.category("AFC").id,
                "objective_ids": [Command.create({"name": "Something"})],
            }
        )
        session = self.new_session(
            qualiopi_program_id=other.id, company_id=self.other_company.id
        )
        [stranger] = self.new_learners(session, 1)
        wizard.line_ids.sudo().write(
            {"registration_id": stranger.id, "objective_id": other.objective_ids.id}
        )
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        self.assertFalse(stranger.qualiopi_outcome_ids)
