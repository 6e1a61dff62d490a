from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .program_common import ProgramCase

READERS = ("contributor", "internal_auditor", "desk")
STRANGERS = ("plain", "portal", "other_manager")


@tagged("post_install", "-at_install")
class TestProgramSecurity(ProgramCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.program = cls.new_certifying()
        cls.program.action_validate()
        cls.program.action_revise()
        cls.version = cls.program.current_version_id
        cls.parts = (
            cls.program.objective_ids,
            cls.program.sequence_ids,
            cls.program.competency_ids,
        )

    def test_manager_does_everything(self):
        programs = self.env["qualiopi.program"].with_user(self.manager)
        program = programs.create(self.sheet())
        program.write({"sequence_ids": [Command.create({"name": "Suite"})], "price": 1})
        self.assertTrue(program.read())
        copy = program.copy()
        program.action_validate()
        program.action_revise()
        program.action_retire()
        self.assertTrue(program.current_version_id.read())
        self.assertEqual(program.session_count, 0)
        copy.objective_ids.unlink()
        copy.unlink()
        self.assertFalse(copy.exists())

    def test_readers_read_everything(self):
        for role in READERS:
            user = getattr(self, role)
            for records in (self.program, self.version, *self.parts):
                with self.subTest(role=role, model=records._name):
                    self.assertTrue(records.with_user(user).read())
                    self.assertIn(records, records.with_user(user).search([]))

    def test_readers_write_nothing(self):
        for role in READERS:
            user = getattr(self, role)
            for records in (self.program, *self.parts):
                record = records.with_user(user)
                with self.subTest(role=role, model=records._name):
                    with self.assertRaises(AccessError):
                        record.write({"name": "Autre"})
                    with self.assertRaises(AccessError):
                        record.unlink()
                    with self.assertRaises(AccessError):
                        record.copy()

    def test_readers_push_no_button(self):
        self.program.action_validate()
        for role in READERS:
            program = self.program.with_user(getattr(self, role))
            for button in ("action_revise", "action_retire"):
                case = self.subTest(role=role, button=button)
                with case, self.assertRaises(AccessError):
                    getattr(program, button)()
        self.program.action_revise()
        for role in READERS:
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.program.with_user(getattr(self, role)).action_validate()
        self.assertEqual(self.program.version_count, 2)

    def test_strangers_find_and_read_nothing(self):
        for role in STRANGERS:
            user = getattr(self, role)
            for records in (self.program, self.version, *self.parts):
                stranger = records.with_user(user)
                with self.subTest(role=role, model=records._name):
                    with self.assertRaises(AccessError):
                        stranger.read(["display_name"])
                    if role == "other_manager":
                        self.assertNotIn(records, stranger.search([]))
                    else:
                        with self.assertRaises(AccessError):
                            stranger.search([])

    def test_manager_of_another_company_changes_nothing(self):
        program = self.program.with_user(self.other_manager)
        for button in ("action_validate", "action_retire", "action_open_versions"):
            with self.subTest(button=button), self.assertRaises(AccessError):
                getattr(program, button)()
                # for an action that only names the record
                program.read(["name"])
        with self.assertRaises(AccessError):
            self.program.objective_ids.with_user(self.other_manager).name = "Autre"

    def test_nobody_writes_versions(self):
        for role in ("manager", *READERS, *STRANGERS):
            versions = self.version.with_user(getattr(self, role))
            with self.subTest(role=role):
                with self.assertRaises(AccessError):
                    versions.create(
                        {
                            "program_id": self.program.id,
                            "number": 9,
                            "validated_on": "2020-01-01",
                            "content": {"en_US": {}},
                        }
                    )
                # refused to all as history, before any right is looked at
                with self.assertRaises(UserError):
                    versions.write({"validated_on": "2020-01-01"})
                with self.assertRaises(UserError):
                    versions.unlink()

    def test_adoption_is_for_managers(self):
        wizards = self.env["qualiopi.program.adoption"]
        self.assertTrue(wizards.with_user(self.manager)._action_open()["res_id"])
        for role in (*READERS, "plain", "portal"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                wizards.with_user(getattr(self, role))._action_open()

    def test_proposals_of_somebody_else_cannot_be_used(self):
        event = self.new_event()
        wizard = (
            self.env["qualiopi.program.adoption"].with_user(self.manager).create({})
        )
        wizard.category_id = self.category("AFC")
        line = wizard.line_ids.filtered("selected")
        self.assertTrue(line)
        self.env.flush_all()
        colleague = self.new_user("q_colleague", "manager")
        self.env.invalidate_all()
        for record in (wizard, line):
            with self.assertRaises(AccessError):
                record.with_user(colleague).read()
        with self.assertRaises(AccessError):
            wizard.with_user(colleague).action_adopt()
        self.assertFalse(event.qualiopi_program_id)
