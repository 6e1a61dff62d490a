from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .trainer_common import TrainerCase

# role -> model -> operations
RIGHTS = {
    "manager": {
        "qualiopi.trainer": "rwcu",
        "qualiopi.trainer.skill": "rwcu",
        "qualiopi.trainer.qualification": "r",
        "qualiopi.trainer.assessment": "rwcu",
        "qualiopi.program.skill": "rwcu",
        "qualiopi.assignment": "rwcu",
        "qualiopi.reminder": "r",
    },
    "internal_auditor": {
        "qualiopi.trainer": "r",
        "qualiopi.trainer.skill": "r",
        "qualiopi.trainer.qualification": "r",
        "qualiopi.trainer.assessment": "r",
        "qualiopi.program.skill": "r",
        "qualiopi.assignment": "r",
        "qualiopi.reminder": "",
    },
    "contributor": {
        "qualiopi.trainer": "r",
        "qualiopi.trainer.skill": "r",
        "qualiopi.trainer.qualification": "r",
        "qualiopi.program.skill": "r",
    },
    "event_user": {
        "qualiopi.trainer": "r",
        "qualiopi.trainer.skill": "r",
        "qualiopi.trainer.qualification": "r",
        "qualiopi.program.skill": "r",
        "qualiopi.assignment": "rwcu",
    },
    "desk": {
        "qualiopi.trainer": "r",
        "qualiopi.trainer.skill": "r",
        "qualiopi.trainer.qualification": "r",
        "qualiopi.program.skill": "r",
        "qualiopi.assignment": "r",
    },
    "plain": {},
    "portal": {},
    "public": {},
    "other_manager": {},
}
MODELS = tuple(RIGHTS["manager"])
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


@tagged("post_install", "-at_install")
class TestTrainerSecurity(TrainerCase):
    """Who reads and writes the files of those who teach, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.hr_user = new_test_user(
            cls.env,
            "q_hr",
            "hr.group_hr_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        skill = cls.hold(cls.outsider, cls.title)
        cls.hold(cls.insider, cls.pivot)
        assessment = cls.env["qualiopi.trainer.assessment"].create(
            {"trainer_id": cls.outsider.id, "date": "2026-01-15", "decision": "Keep"}
        )
        cls.assignment = cls.assign(cls.insider)
        cls.outsider.cv_on = "2020-01-01"
        cls.env["qualiopi.reminder"]._remind(
            cls.company._qualiopi_reminders(cls.env["qualiopi.framework"]._today())
        )
        cls.samples = {
            "qualiopi.trainer": cls.outsider,
            "qualiopi.trainer.skill": skill,
            "qualiopi.trainer.qualification": cls.outsider.qualification_ids[:1],
            "qualiopi.trainer.assessment": assessment,
            "qualiopi.program.skill": cls.program.skill_ids,
            "qualiopi.assignment": cls.assignment,
            "qualiopi.reminder": cls.env["qualiopi.reminder"].search(
                [("company_id", "=", cls.company.id)], limit=1
            ),
        }

    def test_rights_role_by_role(self):
        for role, rights in RIGHTS.items():
            user = getattr(self, role)
            for model, sample in self.samples.items():
                self.assertTrue(sample, model)
                record = sample.with_user(user)
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS
                    if (
                        record.browse() if operation == "create" else record
                    ).has_access(operation)
                )
                expected = rights.get(model, "")
                if role == "other_manager":
                    # creates in his own company, reads and changes nothing of ours
                    found = found.replace("c", "")
                with self.subTest(role=role, model=model):
                    self.assertEqual(found, expected)

    def test_another_company_finds_and_counts_nothing(self):
        for model, sample in self.samples.items():
            records = self.env[model].with_user(self.other_manager)
            ours = [("company_id", "=", self.company.id)]
            with self.subTest(model=model):
                self.assertFalse(records.search(ours))
                self.assertFalse(records.search_count(ours))
                with self.assertRaises(AccessError):
                    sample.with_user(self.other_manager).web_read({"display_name": {}})

    def test_portal_user_finds_nothing(self):
        for model in self.samples:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])

    def specification(self, model, view_type="form"):
        """:return: what the view of the model makes a browser ask for"""
        records = self.env[model].with_user(self.reader)
        names = self.form_fields(records, None, view_type)
        return {
            name: (
                {"fields": {"display_name": {}}}
                if records._fields[name].relational
                else {}
            )
            for name in names
        }

    def test_files_open_without_rights_on_human_resources(self):
        for user in (
            self.manager,
            self.internal_auditor,
            self.contributor,
            self.event_user,
            self.desk,
        ):
            self.reader = user
            for model in ("qualiopi.trainer", "event.event"):
                record = self.insider if model == "qualiopi.trainer" else self.session
                if model == "event.event" and user in (self.contributor, self.desk):
                    # core's form shows the desk questions it may not read
                    continue
                for view_type in ("form", "list", "kanban"):
                    with self.subTest(user=user.login, model=model, view=view_type):
                        specification = self.specification(model, view_type)
                        [values] = record.with_user(user).web_read(specification)
                        self.assertEqual(values["id"], record.id)

    def test_the_employee_shows_by_name_only(self):
        [values] = self.insider.with_user(self.manager).web_read(
            {"employee_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(values["employee_id"]["display_name"], "Marc Employee")
        with self.assertRaises(AccessError):
            self.insider.with_user(self.manager).employee_id.read(["private_email"])

    def test_employees_open_as_before(self):
        public = self.env["hr.employee.public"].browse(self.employee.id)
        for user in (self.plain, self.manager, self.event_user):
            with self.subTest(user=user.login):
                self.assertTrue(public.with_user(user).read())
        self.assertTrue(self.employee.with_user(self.hr_user).read())

    def test_human_resources_keep_their_employees_without_a_role_of_ours(self):
        employee = self.employee.with_user(self.hr_user)
        employee.write({"resume_line_ids": [Command.create({"name": "Teacher"})]})
        self.assertTrue(self.insider.cv_on)
        employee.write({"active": False})
        self.assertEqual(self.insider.state, "left")

    def test_assessments_stay_with_those_who_may_read_them(self):
        for user in (self.contributor, self.event_user, self.desk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.outsider.with_user(user).read(["assessment_ids"])
        self.assertTrue(
            self.outsider.with_user(self.internal_auditor).read(["assessment_ids"])
        )
