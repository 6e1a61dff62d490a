from ast import literal_eval

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .session_common import LAST
from .survey_common import SurveyCase

SURVEYS = (
    "survey.survey",
    "survey.question",
    "survey.question.answer",
    "survey.user_input",
    "survey.user_input.line",
)
VIEWS = {
    "qualiopi.survey.plan": ("list", "kanban", "form", "search"),
    "qualiopi.survey.invitation": ("list", "kanban", "form", "pivot", "search"),
}
ACTIONS = (
    "qualiopi_survey_plan_action",
    "qualiopi_survey_invitation_action",
    "survey_user_input_qualiopi_action",
    "survey_survey_qualiopi_action",
)


@tagged("post_install", "-at_install")
class TestFeedbackSecurity(SurveyCase):
    """Who reads and writes what is asked and answered, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        survey_user = "survey.group_survey_user,base.group_user"
        cls.surveyor = cls.new_event_user("q_surveyor", survey_user)
        cls.other_surveyor = new_test_user(
            cls.env,
            "q_other_surveyor",
            survey_user,
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )
        cls.mine = cls.new_survey(qualiopi_company_id=cls.company.id)
        choices = cls.survey("feedback").question_ids.suggested_answer_ids
        cls.choice = choices[0].copy({"question_id": cls.mine.question_ids[0].id})
        cls.sent = cls.plan("feedback", survey_id=cls.mine.id)
        case = cls(methodName="test_rights")
        case.run_on(LAST, "17:00")
        cls.asked = case.invitation(cls.alice)
        cls.given = case.answer(cls.asked, marks=4, words="A secret of mine")
        cls.samples = {
            "survey.survey": cls.mine,
            "survey.question": cls.mine.question_ids[0],
            "survey.question.answer": cls.choice,
            "survey.user_input": cls.given,
            "survey.user_input.line": cls.given.user_input_line_ids[0],
            "qualiopi.survey.plan": cls.sent,
            "qualiopi.survey.invitation": cls.asked,
        }

    def rights(self, user, model):
        """:return: the operations the user has on a model, as letters"""
        return "".join(
            letter
            for letter, operation in zip(
                "rwcu", ("read", "write", "create", "unlink"), strict=True
            )
            if self.env[model].with_user(user).has_access(operation)
        )

    def test_rights(self):
        nobody = {self.contributor: "", self.plain: "", self.portal: ""}
        auditor = {self.internal_auditor: "r"}
        for model, expected in {
            "qualiopi.survey.plan": {
                self.manager: "rwcu",
                self.event_user: "r",
                self.desk: "",
                self.surveyor: "",
                **auditor,
                **nobody,
            },
            # evidence is not typed
            "qualiopi.survey.invitation": {
                self.manager: "ru",
                self.event_user: "r",
                self.desk: "r",
                self.surveyor: "",
                **auditor,
                **nobody,
            },
            "qualiopi.survey.hearing": {
                self.manager: "rwcu",
                self.event_user: "rwcu",
                self.desk: "",
                self.surveyor: "",
                self.internal_auditor: "",
                **nobody,
            },
            "survey.survey": {
                self.manager: "rwcu",
                self.event_user: "",
                self.desk: "",
                **auditor,
                **nobody,
            },
            "survey.user_input": {
                self.event_user: "",
                self.desk: "",
                **auditor,
                **nobody,
            },
            "survey.user_input.line": {
                self.event_user: "",
                self.desk: "",
                **auditor,
                **nobody,
            },
        }.items():
            for user, rights in expected.items():
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self.rights(user, model), rights)

    def test_internal_auditor_reads_all_of_it(self):
        for model, sample in self.samples.items():
            record = sample.with_user(self.internal_auditor)
            with self.subTest(model=model):
                self.assertEqual(record.search([("id", "=", record.id)]), sample)
                self.assertTrue(record.read())
        line = self.given.user_input_line_ids.filtered("value_text_box")
        self.assertEqual(
            line.with_user(self.internal_auditor).value_text_box, "A secret of mine"
        )

    def test_internal_auditor_writes_none_of_it(self):
        for model, sample in self.samples.items():
            record = sample.with_user(self.internal_auditor)
            with self.subTest(model=model), self.assertRaises(AccessError):
                record.unlink()

    def test_manager_reads_all_of_it(self):
        for model, sample in self.samples.items():
            with self.subTest(model=model):
                self.assertTrue(sample.with_user(self.manager).read())

    def test_nobody_types_who_has_answered(self):
        for user in (self.manager, self.event_user, self.internal_auditor):
            row = self.asked.with_user(user)
            for vals in (
                {"state": "sent"},
                {"answered_on": "2020-01-01"},
                {"email": "x@example.com"},
            ):
                case = self.subTest(user=user.login, vals=vals)
                with case, self.assertRaises(AccessError):
                    row.write(vals)

    def test_nobody_but_the_system_reads_the_links(self):
        names = ["token", "start_url", "user_input_id", "mail_message_ids"]
        for user in (self.manager, self.internal_auditor, self.event_user):
            for name in names:
                case = self.subTest(user=user.login, field=name)
                with case, self.assertRaises(AccessError):
                    self.asked.with_user(user).read([name])

    def test_the_other_company_sees_none_of_it(self):
        for model, sample in self.samples.items():
            users = [self.other_manager]
            if model in SURVEYS:
                users.append(self.other_surveyor)
            for user in users:
                record = sample.with_user(user)
                with self.subTest(model=model, user=user.login):
                    self.assertFalse(record.search([("id", "=", record.id)]))
                    with self.assertRaises(AccessError):
                        record.read(["display_name"])

    def test_each_company_sees_its_own_answers_to_what_is_shared(self):
        shared = self.survey("feedback")
        given = {}
        for company in (self.company, self.other_company):
            program = self.new_program(company_id=company.id)
            session = self.new_session(
                qualiopi_program_id=program.id, company_id=company.id
            )
            learner = self.new_learner("Carla", session)
            self.plan("feedback", company, survey_id=shared.id)
            self.run_on(LAST, "17:00")
            given[company] = self.answer(
                self.invitation(learner), marks=3, words="Mine"
            )
        for company, user in (
            (self.company, self.manager),
            (self.company, self.internal_auditor),
            (self.other_company, self.other_manager),
            (self.other_company, self.other_surveyor),
        ):
            with self.subTest(user=user.login):
                answers = self.env["survey.user_input"].with_user(user)
                found = answers.search([("survey_id", "=", shared.id)])
                self.assertEqual(found, given[company])
                lines = self.env["survey.user_input.line"].with_user(user)
                self.assertEqual(
                    lines.search([("survey_id", "=", shared.id)]).user_input_id,
                    given[company],
                )
                self.assertTrue(shared.with_user(user).read(["title"]))

    def test_core_surveys_are_seen_as_before(self):
        plain = self.new_survey(False)
        answer = plain._create_answer(email="x@example.com")
        self.fill(answer, marks=3, words="Fine")
        answer._mark_done()
        for user in (self.surveyor, self.other_surveyor, self.manager):
            with self.subTest(user=user.login):
                for record in (
                    plain,
                    plain.question_ids,
                    answer,
                    answer.user_input_line_ids,
                ):
                    self.assertTrue(record.with_user(user).read())
                self.assertEqual(
                    answer.with_user(user).search([("id", "=", answer.id)]), answer
                )

    def open_action(self, user, name):
        """Open the views of an action as the client does, on what it lists."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"qualiopi_compliance.{name}"
        )
        model = self.env[action["res_model"]].with_user(user)
        views = [(view_id, kind) for view_id, kind in action["views"]]
        arches = model.get_views([*views, (False, "search")])["views"]
        domain = literal_eval(action["domain"] or "[]")
        records = model.with_context(active_test=False).search(domain, limit=20)
        for kind in ("list", "form"):
            names = self.names(arches[kind]["arch"])
            records.web_read(
                {
                    name: {"fields": {"display_name": {}}}
                    if model._fields[name].relational
                    else {}
                    for name in names
                    if name in model._fields
                }
            )
        return records

    def names(self, arch):
        """:return: fields of a view, without those of the lists inside it"""
        return {
            node.get("name")
            for node in etree.fromstring(arch).xpath("//field[not(ancestor::field)]")
        }

    def test_readers_open_the_screens(self):
        for user, names in {
            self.manager: ACTIONS,
            self.internal_auditor: ACTIONS,
            self.event_user: ACTIONS[:2],
            self.desk: ACTIONS[1:2],
            self.surveyor: ACTIONS[2:],
        }.items():
            for name in names:
                with self.subTest(user=user.login, action=name):
                    self.assertTrue(self.open_action(user, name))

    def test_screens_of_the_other_rooms(self):
        for user in (self.manager, self.internal_auditor, self.event_user, self.desk):
            for record, view in (
                (self.session, "event.view_event_form"),
                (
                    self.alice,
                    "qualiopi_compliance.event_registration_view_form_qualiopi",
                ),
                (self.program, "qualiopi_compliance.qualiopi_program_view_form"),
            ):
                with self.subTest(user=user.login, model=record._name):
                    mine = record.with_user(user)
                    arch = mine.get_view(self.env.ref(view).id, "form")["arch"]
                    names = self.names(arch) & set(record._fields)
                    self.assertTrue(
                        mine.read(
                            [
                                name
                                for name in names
                                if record._fields[name].type != "properties"
                            ]
                        )
                    )

    def test_portal_finds_nothing(self):
        for model, sample in self.samples.items():
            for user in (self.portal, self.env.ref("base.public_user")):
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        sample.with_user(user).search([])
                    with self.assertRaises(AccessError):
                        sample.with_user(user).read(["display_name"])

    def test_buttons_check_who_pushes_them(self):
        for user in (self.contributor, self.plain, self.portal, self.other_manager):
            for record, button in (
                (self.asked, "action_send_again"),
                (self.asked, "action_open_answer"),
                (self.sent, "action_open_invitations"),
                (self.session, "action_qualiopi_invitations"),
                (self.session, "action_qualiopi_answers"),
                (self.alice, "action_qualiopi_answers"),
            ):
                case = self.subTest(user=user.login, button=button)
                with case, self.assertRaises(AccessError):
                    getattr(record.with_user(user), button)()

    def test_hearing_of_somebody_else_is_not_recorded(self):
        wizard = (
            self.env["qualiopi.survey.hearing"]
            .with_user(self.manager)
            .create({"partner_ids": self.funder.ids, "note": "Meeting"})
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(self.event_user).action_record()
