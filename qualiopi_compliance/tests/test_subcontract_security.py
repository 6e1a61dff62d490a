from odoo.exceptions import AccessError
from odoo.tests import tagged

from .subcontract_common import SubcontractCase

# role -> model -> operations
RIGHTS = {
    "manager": {
        "qualiopi.subcontractor": "rwcu",
        "qualiopi.subcontract": "rwcu",
    },
    "internal_auditor": {
        "qualiopi.subcontractor": "r",
        "qualiopi.subcontract": "r",
    },
    "event_user": {"qualiopi.subcontract": "r"},
    "contributor": {},
    "desk": {},
    "plain": {},
    "portal": {},
    "public": {},
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))
BUTTONS = ("action_sign", "action_end", "action_cancel", "action_draft", "action_print")
HIDDEN = {
    "amount",
    "currency_id",
    "note",
    "cpf_text",
    "indicator_ids",
    "principal_indicator_ids",
}


@tagged("post_install", "-at_install")
class TestSubcontractSecurity(SubcontractCase):
    """Who reads and writes firms and contracts, and who reads what they cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        with cls.on("2026-02-16"):
            cls.contract = cls.signed(cls.new_contract(amount=4321, name="ST-1"))
            cls.inward = cls.signed(cls.received(amount=8765))
            cls.session.qualiopi_principal_id = cls.principal
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "signed.pdf",
                "raw": b"4321 euros",
                "res_model": cls.contract._name,
                "res_id": cls.contract.id,
            }
        )
        cls.samples = {
            "qualiopi.subcontractor": cls.firm,
            "qualiopi.subcontract": cls.contract,
        }

    def test_rights_role_by_role(self):
        for role, rights in RIGHTS.items():
            for model, sample in self.samples.items():
                record = sample.with_user(getattr(self, role))
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS
                    if (
                        record.browse() if operation == "create" else record
                    ).has_access(operation)
                )
                with self.subTest(role=role, model=model):
                    self.assertEqual(found, rights.get(model, ""))

    def test_another_company_finds_and_counts_nothing(self):
        ours = [("company_id", "=", self.company.id)]
        for model, sample in self.samples.items():
            records = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(records.search(ours))
                self.assertFalse(records.search_count(ours))
                with self.assertRaises(AccessError):
                    sample.with_user(self.other_manager).web_read({"display_name": {}})
        with self.assertRaises(AccessError):
            self.env["qualiopi.subcontract"].with_user(self.other_manager).create(
                {"subcontractor_id": self.firm.id, "company_id": self.company.id}
            )

    def test_strangers_find_nothing(self):
        for role in ("contributor", "desk", "plain", "portal", "public"):
            for model in self.samples:
                records = self.env[model].with_user(getattr(self, role))
                case = self.subTest(role=role, model=model)
                with case, self.assertRaises(AccessError):
                    records.search([])

    def test_buttons_are_for_managers(self):
        for role in ("internal_auditor", "event_user", "contributor", "portal"):
            contract = self.contract.with_user(getattr(self, role))
            for button in BUTTONS:
                case = self.subTest(role=role, button=button)
                with case, self.assertRaises(AccessError):
                    getattr(contract, button)()
        self.assertEqual(self.contract.state, "signed")
        other = self.contract.with_user(self.other_manager)
        for button in BUTTONS:
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(other, button)()

    # Amounts

    def test_planner_reads_names_days_and_tasks(self):
        [values] = self.contract.with_user(self.event_user).web_read(
            {
                "display_name": {},
                "date_from": {},
                "date_to": {},
                "tasks": {},
                "missing_text": {},
                "warning": {},
                "in_force": {},
                "subcontractor_id": {"fields": {"display_name": {}}},
                "partner_id": {"fields": {"display_name": {}}},
            }
        )
        self.assertEqual(values["tasks"], "Teaching of module 2")
        self.assertEqual(values["subcontractor_id"]["display_name"], "Atelier Dupont")

    def test_planner_reads_no_amount(self):
        contract = self.contract.with_user(self.event_user)
        self.assertFalse(HIDDEN & set(contract.fields_get()))
        for name in HIDDEN:
            with self.subTest(name=name), self.assertRaises(AccessError):
                contract.read([name])
        with self.assertRaises(AccessError):
            contract.search([("amount", ">", 4000)])
        with self.assertRaises(AccessError):
            contract._read_group([], [], ["amount:sum"])
        auditor = self.contract.with_user(self.internal_auditor)
        self.assertLess(HIDDEN, set(auditor.fields_get()))
        self.assertEqual(auditor.amount, 4321)

    def test_planner_reads_no_file_of_a_contract(self):
        files = self.env["ir.attachment"].with_user(self.event_user)
        domain = [
            ("res_model", "=", self.contract._name),
            ("res_id", "=", self.contract.id),
        ]
        self.assertFalse(files.search(domain))
        self.assertFalse(files.search_read(domain, ["raw"]))
        self.assertFalse(files.search([("id", "=", self.file.id)]))
        with self.assertRaises(AccessError):
            self.file.with_user(self.event_user).read(["raw"])
        for user in (self.internal_auditor, self.manager):
            found = files.with_user(user).search(domain)
            with self.subTest(user=user.login):
                self.assertIn(self.file, found)
                self.assertEqual(self.file.with_user(user).raw, b"4321 euros")
        # other files stay as they were
        own = files.create({"name": "own.txt", "raw": b"mine"})
        self.assertEqual(files.search([("id", "=", own.id)]), own)

    def test_planner_reads_no_message_of_a_contract(self):
        message = self.contract.message_post(body="We agreed on 4321 euros")
        messages = self.env["mail.message"].with_user(self.event_user)
        self.assertFalse(messages.search([("id", "=", message.id)]))
        with self.assertRaises(AccessError):
            message.with_user(self.event_user).read(["body"])
        for user in (self.internal_auditor, self.manager):
            with self.subTest(user=user.login):
                self.assertTrue(message.with_user(user).read(["body"]))

    # Views

    def test_every_role_opens_its_views(self):
        actions = {
            "qualiopi_subcontractor_action": (self.firm, ()),
            "qualiopi_subcontract_action_given": (self.contract, (self.event_user,)),
            "qualiopi_subcontract_action_received": (self.inward, (self.event_user,)),
        }
        for name, (record, others) in actions.items():
            action = self.env.ref(f"qualiopi_compliance.{name}")
            for user in (self.manager, self.internal_auditor, *others):
                for view_id, view_type in action.views:
                    if view_type == "activity":
                        continue
                    reader = record.with_user(user)
                    names = self.form_fields(reader, view_id, view_type)
                    specification = {
                        each: {"fields": {"display_name": {}}}
                        if reader._fields[each].relational
                        else {}
                        for each in names
                    }
                    case = self.subTest(action=name, user=user.login, view=view_type)
                    with case:
                        self.assertTrue(reader.web_read(specification))

    def test_sessions_open_with_their_contract(self):
        for user in (self.manager, self.event_user, self.desk, self.internal_auditor):
            with self.subTest(user=user.login):
                [values] = self.session.with_user(user).web_read(
                    {
                        "qualiopi_subcontract_id": {"fields": {"display_name": {}}},
                        "qualiopi_principal_note": {},
                        "qualiopi_warning": {},
                    }
                )
                self.assertIn(
                    "Grande École", values["qualiopi_subcontract_id"]["display_name"]
                )

    def test_the_firm_of_a_trainer_shows_by_name_only(self):
        trainer = self.outsider.with_user(self.event_user)
        [values] = trainer.web_read(
            {"subcontractor_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(values["subcontractor_id"]["display_name"], "Atelier Dupont")
        with self.assertRaises(AccessError):
            trainer.subcontractor_id.read(["assessment"])

    def test_planner_chooses_a_contract(self):
        session = self.session.with_user(self.event_user)
        session.qualiopi_subcontract_id = False
        session.qualiopi_subcontract_id = self.inward
        self.assertEqual(self.session.qualiopi_subcontract_id, self.inward)
