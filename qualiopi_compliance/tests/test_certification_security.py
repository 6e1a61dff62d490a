from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .cycle_common import CycleCase
from .views_common import ViewsMixin

MODELS = (
    "qualiopi.certification",
    "qualiopi.certification.piece",
    "qualiopi.certificate.display",
    "qualiopi.declaration",
    "qualiopi.deadline",
    "qualiopi.certification.begin",
    "qualiopi.certification.step",
    "qualiopi.certification.transfer",
    "qualiopi.certification.extension",
)
WIZARDS = MODELS[5:]
CERTIFICATE = ("qualiopi.certification", "qualiopi.certificate.display")
# role -> model -> operations on records of its company
RIGHTS = {
    "manager": dict.fromkeys(MODELS, "rwcu") | {"qualiopi.deadline": "r"},
    "internal_auditor": dict.fromkeys(MODELS[:5], "r"),
    # and his own changes to declare, which this one is not
    "contributor": dict.fromkeys(CERTIFICATE, "r"),
    "plain": {},
    "portal": {},
    "public": {},
    "other_manager": {},
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))
# Said of the certificate to everybody in the company.
PUBLIC_FACTS = (
    "name",
    "stage",
    "number",
    "first_day",
    "last_day",
    "mention",
    "running",
    "timeline",
    "dates_explained",
)


@tagged("post_install", "-at_install")
class TestCertificationSecurity(CycleCase, ViewsMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")

    def setUp(self):
        super().setUp()
        self.running = self.certified()
        own = {"certification_id": self.running.id}
        self.samples = {
            "qualiopi.certification": self.running,
            "qualiopi.certification.piece": self.running.piece_ids[:1],
            "qualiopi.certificate.display": self.display(self.running, self.lyon),
            "qualiopi.declaration": self.env["qualiopi.declaration"].create(
                {"name": "New address", "company_id": self.company.id}
            ),
            "qualiopi.deadline": self.env["qualiopi.deadline"].search(
                [("res_id", "=", self.running.id), ("kind", "=", "last_day")]
            ),
            "qualiopi.certification.begin": self.env[WIZARDS[0]]
            .with_user(self.manager)
            .create({}),
            **{
                model: self.env[model].with_user(self.manager).create(own)
                for model in WIZARDS[1:]
            },
        }

    def test_rights_role_by_role(self):
        self.assertEqual(set(self.samples), set(MODELS))
        for role, rights in RIGHTS.items():
            user = getattr(self, role)
            for model, sample in self.samples.items():
                record = sample.with_user(user)
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS
                    if (
                        record.browse() if operation == "create" else record
                    ).has_access(operation)
                )
                if role == "other_manager":
                    # makes wizards and records in his own company
                    found = "" if model in WIZARDS else found.replace("c", "")
                with self.subTest(role=role, model=model):
                    self.assertEqual(found, rights.get(model, ""))

    def test_contributor_reads_the_certificate_never_the_pieces(self):
        cycle = self.running.with_user(self.contributor)
        values = cycle.web_read({name: {} for name in PUBLIC_FACTS})
        self.assertEqual(values[0]["number"], "C-1")
        for name in ("piece_ids", "audit_ids", "todo_list", "nonconformity_ids"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                cycle.web_read({name: {}})
        with self.assertRaises(AccessError):
            self.env["qualiopi.certification.piece"].with_user(self.contributor).search(
                []
            )
        arch = self.view(cycle, "form")
        shown = {node.get("name") for node in arch.iter("field")}
        self.assertFalse({"piece_ids", "audit_ids", "todo_list"} & shown)
        self.assertIn("mention", shown)

    def test_another_company_reads_and_opens_nothing(self):
        for model, sample in self.samples.items():
            if model in WIZARDS:
                continue
            records = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(records.search([("company_id", "=", self.company.id)]))
                with self.assertRaises(AccessError):
                    sample.with_user(self.other_manager).web_read({"display_name": {}})

    def test_wizards_do_nothing_to_another_company(self):
        for model in WIZARDS[1:]:
            Wizard = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model), self.assertRaises(AccessError):
                wizard = Wizard.create({"certification_id": self.running.id})
                wizard.action_apply()
        with self.assertRaises(AccessError):
            self.env["qualiopi.certification.begin"].with_user(
                self.other_manager
            ).create({"company_id": self.company.id})

    def test_scope_and_certifier_stay_in_the_company(self):
        site = self.env["qualiopi.site"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        partner = self.env["res.partner"].create(
            {"name": "Theirs", "company_id": self.other_company.id}
        )
        for vals in (
            {"site_ids": [Command.link(site.id)]},
            {"certifier_id": partner.id},
            {"user_id": self.other_manager.id},
        ):
            with self.subTest(vals=vals), self.assertRefused("company", Exception):
                self.cycle.write(vals)

    def test_every_view_for_every_reader(self):
        for user in (self.manager, self.internal_auditor, self.contributor):
            cycles = (self.running | self.cycle).with_user(user)
            for kind in ("list", "kanban", "activity"):
                with self.subTest(user=user.login, view=kind):
                    self.assertEqual(len(self.open_view(cycles, kind)), 2)
            for cycle in cycles:
                self.open_view(cycle, "form")
            found = self.open_view(cycles, "search")
            self.assertIn(self.running, found["running"])
            self.assertIn(self.cycle, found["preparing"])
            self.assertIn(self.running, found["issued"])

    def test_queries_of_the_form_do_not_grow_with_the_history(self):
        def queries():
            self.forget()
            cycle = self.running.with_user(self.manager)
            specification = self.specification(cycle, self.view(cycle, "form"))
            cycle.web_read(specification)
            self.forget()
            before = self.env.cr.sql_log_count
            cycle.web_read(specification)
            return self.env.cr.sql_log_count - before

        def expired(*years):
            for year in years:
                old = self.certified(f"{year}-01-04", code="VAE", number=f"{year}")
                old.last_day = f"{year}-12-31"

        expired(2010)
        before = queries()
        expired(*range(2011, 2022))
        self.assertLessEqual(queries(), before)
