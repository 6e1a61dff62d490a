from lxml import etree

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .result_common import TODAY, ResultCase
from .test_performance import read_specification, view_specification

# Read, write, create, unlink on some record of the company.
RIGHTS = {
    "qualiopi.verbatim.tag": {"manager": "rwcu", "internal_auditor": "r"},
    "qualiopi.weak.point": {
        "manager": "rwcu",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.learner.result": {
        "manager": "r",
        "internal_auditor": "r",
        "event_user": "r",
    },
    "qualiopi.rate.method": {"manager": "rwcu", "internal_auditor": "r"},
    # everybody his own page: see below
    "qualiopi.result": {
        "manager": "c",
        "internal_auditor": "c",
        "contributor": "c",
        "event_user": "c",
    },
    "survey.user_input.line": {"manager": "rwc", "internal_auditor": "r"},
}
ROLES = (
    "manager",
    "internal_auditor",
    "contributor",
    "event_user",
    "desk",
    "plain",
    "portal",
    "public",
)


@tagged("post_install", "-at_install")
class TestResultSecurity(ResultCase):
    """Who reads and writes results, remarks and weak points, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        [cls.learner] = cls.new_learners(cls.session, 1)
        cls.given = cls.answer(cls.session, 2, cls.learner, remark="Too fast")
        cls.env.flush_all()
        company = {"company_id": cls.company.id}
        cls.samples = {
            "qualiopi.verbatim.tag": cls.env["qualiopi.verbatim.tag"].create(
                {"name": "Pace", **company}
            ),
            "qualiopi.weak.point": cls.env["qualiopi.weak.point"].create(
                {"name": "The room is too small", **company}
            ),
            "qualiopi.learner.result": cls.env["qualiopi.learner.result"].browse(
                cls.learner.id
            ),
            "qualiopi.rate.method": cls.env["qualiopi.rate.method"].create(
                {"code": "award", **company}
            ),
            "qualiopi.result": cls.env["qualiopi.result"].create(company),
            "survey.user_input.line": cls.given.user_input_line_ids[0],
        }

    def rights(self, user, record):
        """:return: the operations the user has on a record, as letters"""
        record = record.with_user(user)
        found = ""
        for letter, operation in zip(
            "rwcu", ("read", "write", "create", "unlink"), strict=True
        ):
            target = record.browse() if operation == "create" else record
            found += letter if target.has_access(operation) else ""
        return found

    def test_rights_role_by_role(self):
        for model, expected in RIGHTS.items():
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self.assertEqual(
                        self.rights(getattr(self, role), self.samples[model]),
                        expected.get(role, "").replace("c", "")
                        if model == "survey.user_input.line"
                        else expected.get(role, ""),
                    )

    def test_the_other_company_sees_none_of_it(self):
        for model, record in self.samples.items():
            stranger = record.with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(stranger.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    stranger.read(["display_name"])

    def test_a_page_is_its_reader_s(self):
        page = self.env["qualiopi.result"].with_user(self.contributor).create({})
        self.assertTrue(page.read(["rates_html"]))
        for user in (self.event_user, self.internal_auditor, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                page.with_user(user).read(["rates_html"])

    def onchange(self, user, **values):
        """Ask for a page as the client does, without writing anything."""
        pages = self.env["qualiopi.result"].with_user(user)
        return call_kw(
            pages,
            "onchange",
            [
                [],
                {"company_id": self.company.id, **values},
                [],
                {name: {} for name in ("company_id", "rates_html", *values)},
            ],
            {},
        )["value"]["rates_html"]

    def test_an_onchange_shows_no_more_than_a_page(self):
        with self.on(TODAY):
            for user in (self.contributor, self.event_user, self.manager):
                with self.subTest(user=user.login):
                    self.assertIn("Satisfaction", self.onchange(user))
            for user in (self.plain, self.portal, self.public, self.other_manager):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.onchange(user)

    def test_sessions_are_for_those_who_read_sessions(self):
        values = {"scope": "session", "event_id": self.session.id}
        with self.on(TODAY):
            for user in (self.event_user, self.internal_auditor, self.manager):
                with self.subTest(user=user.login):
                    self.assertIn("Satisfaction", self.onchange(user, **values))
            # not even offered to who may not read sessions
            for chosen in (values, {"event_id": self.session.id}):
                with self.subTest(chosen=chosen), self.assertRaises(AccessError):
                    self.onchange(self.contributor, **chosen)
        offered = self.env["qualiopi.result"].with_user(self.contributor)
        scopes = dict(offered.fields_get(["scope"])["scope"]["selection"])
        self.assertNotIn("session", scopes)
        self.assertIn("program", scopes)

    def test_a_company_does_not_slip_in_another_s_session(self):
        other = self.env["qualiopi.program"].create(
            {
                "name": "Elsewhere",
                "company_id": self.other_company.id,
                "category_id": self.category("AFC").id,
            }
        )
        session = self.new_event(
            company_id=self.other_company.id, qualiopi_program_id=other.id
        )
        for values in (
            {"scope": "session", "event_id": session.id},
            {"scope": "program", "program_ids": [(6, 0, other.ids)]},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self.onchange(self.manager, **values)

    def test_contributors_read_no_remark_and_no_name(self):
        for model in ("survey.user_input.line", "qualiopi.learner.result"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.contributor).search([])
        with self.on(TODAY):
            page = self.env["qualiopi.result"].with_user(self.contributor).create({})
            content = "".join(
                page[f"{name}_html"] or ""
                for name in ("rates", "groups", "questions", "points")
            )
        self.assertIn("Did it suit you?", content)
        self.assertNotIn("Too fast", content)
        self.assertNotIn(self.learner.name, content)
        # one answer would be that of one person
        self.assertNotIn("2: 1", content)
        with self.assertRaises(AccessError):
            page.action_open_remarks()
            self.env["survey.user_input.line"].with_user(self.contributor).search(
                page.action_open_remarks()["domain"]
            )

    def test_event_users_see_rates_and_not_what_was_written(self):
        with self.on(TODAY):
            page = (
                self.env["qualiopi.result"]
                .with_user(self.event_user)
                .create({"scope": "session", "event_id": self.session.id})
            )
            self.assertIn("Satisfaction", page.rates_html)
            self.assertNotIn("Too fast", page.questions_html)
        with self.assertRaises(AccessError):
            self.env["survey.user_input.line"].with_user(self.event_user).search([])

    def test_weak_points_are_looked_for_by_managers(self):
        for user in (self.internal_auditor, self.contributor, self.event_user):
            page = self.env["qualiopi.result"].with_user(user).create({})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                page.action_find_weak_points()
        point = self.samples["qualiopi.weak.point"]
        point.reason = "One group only"
        for user in (self.internal_auditor, self.contributor):
            for name in ("action_note", "action_dismiss", "action_reopen"):
                case = self.subTest(user=user.login, name=name)
                with case, self.assertRaises(AccessError):
                    getattr(point.with_user(user), name)()

    def test_a_manager_tags_answers_and_changes_none(self):
        line = self.given.user_input_line_ids.filtered("value_text_box")
        line = line.with_user(self.manager)
        line.write({"qualiopi_tag_ids": self.samples["qualiopi.verbatim.tag"].ids})
        for vals in (
            {"value_text_box": "Excellent"},
            {"value_scale": 5},
            {"skipped": True},
            {"qualiopi_read": True, "value_text_box": "Excellent"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                line.write(vals)
        with self.assertRaises(AccessError):
            line.with_user(self.internal_auditor).write({"qualiopi_read": True})

    def test_authors_of_remarks_are_for_those_who_read_everything(self):
        line = self.given.user_input_line_ids[0]
        field = line._fields["qualiopi_author"]
        self.assertEqual(
            field.groups, "qualiopi_compliance.group_qualiopi_internal_auditor"
        )
        survey_user = self.new_event_user("q_survey", "survey.group_survey_user")
        self.assertTrue(line.with_user(survey_user).read(["qualiopi_text"]))
        with self.assertRaises(AccessError):
            line.with_user(survey_user).read(["qualiopi_author"])

    def test_forms_open_for_who_sees_them(self):
        point = self.samples["qualiopi.weak.point"]
        point.write({"kind": "tag", "tag_id": self.samples["qualiopi.verbatim.tag"].id})
        for user in (self.manager, self.internal_auditor, self.contributor):
            record = point.with_user(user)
            _arch, specification = view_specification(record, "form")
            with self.subTest(user=user.login):
                [values] = record.web_read(specification)
                self.assertEqual(values["tag_id"]["display_name"], "Pace")
        for user in (self.internal_auditor, self.contributor, self.event_user):
            page = self.env["qualiopi.result"].with_user(user).create({})
            _arch, specification = view_specification(page, "form")
            with self.subTest(user=user.login):
                self.assertIn("rates_html", specification)
                self.assertTrue(page.web_read(specification)[0]["rates_html"])

    def test_lists_open_for_who_has_their_menu(self):
        for name, model in (
            ("survey_user_input_line_view_list_qualiopi", "survey.user_input.line"),
            ("survey_user_input_line_view_kanban_qualiopi", "survey.user_input.line"),
            ("survey_user_input_line_view_form_qualiopi", "survey.user_input.line"),
            ("qualiopi_learner_result_view_list", "qualiopi.learner.result"),
            ("qualiopi_weak_point_view_list", "qualiopi.weak.point"),
            ("qualiopi_verbatim_tag_view_list", "qualiopi.verbatim.tag"),
            ("qualiopi_rate_method_view_form", "qualiopi.rate.method"),
        ):
            view = self.env.ref(f"qualiopi_compliance.{name}")
            for user in (self.manager, self.internal_auditor):
                records = self.env[model].with_user(user)
                views = records.get_views([(view.id, view.type)])
                arch = etree.fromstring(views["views"][view.type]["arch"])
                specification = read_specification(views, model, arch)
                with self.subTest(view=name, user=user.login):
                    found = records.web_search_read([], specification, limit=3)
                    self.assertTrue(found["records"])
