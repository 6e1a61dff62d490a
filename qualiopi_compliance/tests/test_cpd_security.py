from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .cpd_common import CpdCase

# role -> model -> operations: on records of other trainers of the company
RIGHTS = {
    "manager": {
        "qualiopi.cpd.activity": "rwcu",
        "qualiopi.cpd.ledger": "r",
        "qualiopi.cpd.target": "rwcu",
        "qualiopi.cpd.gap": "r",
        "qualiopi.cpd.rejection": "rwcu",
    },
    "internal_auditor": {
        "qualiopi.cpd.activity": "rc",
        "qualiopi.cpd.ledger": "r",
        "qualiopi.cpd.target": "r",
        "qualiopi.cpd.gap": "r",
    },
    # creates, but for himself only: see test_cpd_activity
    "contributor": {
        "qualiopi.cpd.activity": "c",
        "qualiopi.cpd.target": "r",
    },
    "event_user": {},
    "desk": {},
    "plain": {},
    "portal": {},
    "public": {},
    "other_manager": {"qualiopi.cpd.rejection": "rwu"},
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


@tagged("post_install", "-at_install")
class TestCpdSecurity(CpdCase):
    """Who reads and writes what trainers learn, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.target = cls.new_target()
        cls.theirs = cls.new_activity()
        cls.mine = cls.new_activity(cls.own, name="Mine")
        cls.env.flush_all()
        cls.samples = {
            "qualiopi.cpd.activity": cls.theirs,
            "qualiopi.cpd.ledger": cls.row("ledger", cls.outsider),
            "qualiopi.cpd.target": cls.target,
            "qualiopi.cpd.gap": cls.row("gap", cls.outsider),
            "qualiopi.cpd.rejection": cls.env["qualiopi.cpd.rejection"].create(
                {"activity_ids": cls.theirs.ids, "reason": "No proof"}
            ),
        }
        cls.own_samples = {
            "qualiopi.cpd.activity": (cls.mine, "rwcu"),
            "qualiopi.cpd.ledger": (cls.row("ledger", cls.own), "r"),
            "qualiopi.cpd.gap": (cls.row("gap", cls.own), "r"),
        }

    @classmethod
    def row(cls, model, trainer):
        return cls.env[f"qualiopi.cpd.{model}"].search(
            [("trainer_id", "=", trainer.id)], limit=1
        )

    def rights(self, sample, user):
        record = sample.with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS
            if (record.browse() if operation == "create" else record).has_access(
                operation
            )
        )

    def test_rights_role_by_role(self):
        for role, rights in RIGHTS.items():
            for model, sample in self.samples.items():
                self.assertTrue(sample, model)
                found = self.rights(sample, getattr(self, role))
                if role == "other_manager":
                    # creates in his own company
                    found = found.replace("c", "")
                with self.subTest(role=role, model=model):
                    self.assertEqual(found, rights.get(model, ""))

    def test_each_has_his_own(self):
        for model, (sample, expected) in self.own_samples.items():
            with self.subTest(model=model):
                self.assertEqual(self.rights(sample, self.contributor), expected)

    def test_another_company_finds_and_counts_nothing(self):
        for model in (*self.own_samples, "qualiopi.cpd.target"):
            records = self.env[model].with_user(self.other_manager)
            ours = [("company_id", "=", self.company.id)]
            with self.subTest(model=model):
                self.assertFalse(records.search(ours))
                self.assertFalse(records.search_count(ours))
                self.assertFalse(records.formatted_read_group(ours, ["company_id"]))
                with self.assertRaises(AccessError):
                    self.samples[model].with_user(self.other_manager).web_read(
                        {"display_name": {}}
                    )

    def test_other_manager_rejects_nothing_of_ours(self):
        wizard = self.samples["qualiopi.cpd.rejection"].with_user(self.other_manager)
        self.forget()
        wizard.action_confirm()
        self.assertEqual(self.theirs.state, "planned")
        with self.assertRaises(AccessError):
            self.new_activity(user=self.other_manager)

    def test_every_view_opens_in_every_role_that_has_the_menu(self):
        views = {
            "qualiopi.cpd.activity": (
                "form",
                "list",
                "kanban",
                "calendar",
                "pivot",
                "graph",
                "search",
            ),
            "qualiopi.cpd.ledger": ("list", "kanban", "pivot", "graph", "search"),
            "qualiopi.cpd.gap": ("list", "kanban", "pivot", "graph", "search"),
            "qualiopi.cpd.target": ("form", "list", "search"),
        }
        for user in (self.manager, self.internal_auditor, self.contributor):
            for model, types in views.items():
                for view_type in types:
                    with self.subTest(user=user.login, model=model, view=view_type):
                        self.open_view(self.env[model].with_user(user), view_type)

    def open_view(self, records, view_type):
        """Ask what a browser asks to show the view."""
        names = self.form_fields(records, None, view_type)
        if view_type in ("form", "list", "kanban", "calendar"):
            found = records.web_search_read(
                [],
                {
                    name: (
                        {"fields": {"display_name": {}}}
                        if records._fields[name].relational
                        else {}
                    )
                    for name in names
                },
            )
            self.assertTrue(found["records"])
        elif view_type in ("pivot", "graph"):
            records.formatted_read_group([], [], ["__count"])

    def test_filters_work(self):
        for model in self.own_samples:
            records = self.env[model].with_user(self.manager)
            arch = records.get_view(None, "search")["arch"]
            for domain, context in self.filters(arch):
                with self.subTest(model=model, domain=domain, context=context):
                    if domain:
                        records.search(domain)
                    if context:
                        records.formatted_read_group(
                            [], [context["group_by"]], ["__count"]
                        )

    def filters(self, arch):
        """:return: domain and context of each filter of a search view"""
        for node in etree.fromstring(arch).iter("filter"):
            domain = safe_eval(node.get("domain", "[]"), {"uid": self.manager.id})
            yield domain, safe_eval(node.get("context", "{}"))

    def test_trainer_finds_his_own_by_the_filter(self):
        activities = self.env["qualiopi.cpd.activity"].with_user(self.manager)
        domain = [("trainer_id.partner_id.user_ids", "=", self.contributor.id)]
        self.assertEqual(activities.search(domain), self.mine)

    def test_line_of_the_resume_is_found_without_rights_on_human_resources(self):
        line = self.new_line()
        for user in (self.manager, self.contributor):
            found = (
                self.env["hr.resume.line"]
                .with_user(user)
                .name_search("", [("employee_id", "=", self.employee.id)])
            )
            with self.subTest(user=user.login):
                self.assertIn((line.id, line.name), found)
