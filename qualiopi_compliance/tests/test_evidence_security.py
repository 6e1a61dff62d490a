from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import tagged

from .check_common import CheckCase
from .views_common import ViewsMixin

# Read, write, create, unlink on some record of the company.
RIGHTS = {
    "qualiopi.check": {
        "manager": "rwcu",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.check.setting": {
        "manager": "rwcu",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.check.result": {
        "manager": "r",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.first.step": {
        "manager": "r",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.evidence.day": {"manager": "rwcu", "internal_auditor": "c"},
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
VIEWS = {
    "qualiopi.check": ("list", "kanban", "form", "search"),
    "qualiopi.check.setting": ("list", "form", "search"),
    "qualiopi.check.result": ("list", "kanban", "form", "graph", "pivot", "search"),
}


@tagged("post_install", "-at_install")
class TestEvidenceSecurity(CheckCase, ViewsMixin):
    """Who reads and writes checks, decisions and results, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.check = cls.new_check()
        cls.setting = cls.set_terms(cls.check, threshold=80)
        with cls.on("2026-04-15", cls.company):
            cls.spoil(3)
            cls.living_one = cls.read()
        wizard = cls.env["qualiopi.evidence.day"].with_user(cls.manager)
        cls.samples = {
            "qualiopi.check": cls.check,
            "qualiopi.check.setting": cls.setting,
            "qualiopi.check.result": cls.result(cls.check),
            "qualiopi.first.step": cls.living(cls.company).first_step_ids[:1],
            "qualiopi.evidence.day": wizard.create({}),
        }
        for model, name in (
            ("qualiopi.check.result", "result"),
            ("qualiopi.first.step", "step"),
        ):
            assert cls.samples[model], name

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
                        expected.get(role, ""),
                    )

    def test_the_other_company_sees_none_of_it(self):
        for model, record in self.samples.items():
            stranger = record.with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(stranger.search([("id", "=", record.id)]))
                with self.assertRaises(UserError):
                    stranger.check_access("read")

    def test_counts_and_groups_of_the_other_company(self):
        ours = [("company_id", "=", self.company.id)]
        for model in ("qualiopi.check", "qualiopi.check.result"):
            stranger = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(stranger.search_count(ours))
                self.assertFalse(stranger.formatted_read_group(ours, ["company_id"]))

    def test_every_view_opens_for_every_role(self):
        for user in (self.manager, self.internal_auditor, self.contributor):
            for model, kinds in VIEWS.items():
                for kind in kinds:
                    records = self.samples[model].with_user(user)
                    with self.subTest(user=user.login, model=model, kind=kind):
                        self.open_view(records, kind)

    def test_checklists_open_for_every_role(self):
        line = self.line(self.living_one, 9)
        for user in (self.manager, self.internal_auditor, self.contributor):
            for records in (self.living_one, line):
                for kind in ("form", "list", "kanban"):
                    with self.subTest(user=user.login, model=records._name, kind=kind):
                        [values] = self.open_view(records.with_user(user), kind)
                        if kind == "form":
                            self.assertTrue(values["missing_count"])

    def test_filters_are_for_developers(self):
        form = self.env.ref("qualiopi_compliance.qualiopi_check_view_form")
        arch = etree.fromstring(form.arch)
        for name in ("model", "population_domain", "satisfied_domain", "date_field"):
            [field] = arch.xpath(f"//field[@name='{name}']")
            groups = [node.get("groups") for node in field.iterancestors()]
            with self.subTest(name=name):
                self.assertIn("base.group_no_one", groups)
