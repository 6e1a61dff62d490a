from odoo import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .trainer_common import PLANNED_ON, TrainerCase
from .views_common import ViewsMixin

EVERYBODY = ("manager", "internal_auditor", "contributor", "event_user", "desk")
PLANNERS = ("manager", "internal_auditor", "event_user", "desk")
AUDITORS = ("manager", "internal_auditor")
READERS = (*AUDITORS, "contributor")
# model -> views, and who has the menu
VIEWS = {
    "qualiopi.trainer": (("form", "list", "kanban", "activity", "search"), EVERYBODY),
    "qualiopi.trainer.qualification": (
        ("list", "kanban", "pivot", "search"),
        EVERYBODY,
    ),
    "qualiopi.assignment": (
        ("form", "list", "kanban", "calendar", "pivot", "graph", "search"),
        PLANNERS,
    ),
    "qualiopi.trainer.assessment": (("form", "list", "kanban", "search"), AUDITORS),
    "qualiopi.program": (("form", "list", "kanban", "search"), READERS),
}
PROMOTIONS = {
    "hr.employee.public": "hr_employee_public_action_promote",
    "hr.employee": "hr_employee_action_promote",
    "res.partner": "res_partner_action_promote",
}


@tagged("post_install", "-at_install")
class TestTrainerViews(ViewsMixin, TrainerCase):
    """Views open for whoever has their menu, without rights on human resources."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hold(cls.insider, cls.title, "2026-01-01")
        cls.hold(cls.outsider, cls.title, "2026-01-01", "2026-03-03")
        cls.assigned = cls.assign(cls.insider)
        cls.assessment = cls.env["qualiopi.trainer.assessment"].create(
            {"trainer_id": cls.insider.id, "date": "2026-01-10", "decision": "Go on"}
        )
        cls.env.flush_all()
        cls.samples = {
            "qualiopi.trainer": cls.insider | cls.outsider,
            "qualiopi.trainer.qualification": cls.env[
                "qualiopi.trainer.qualification"
            ].search([("trainer_id", "in", (cls.insider | cls.outsider).ids)]),
            "qualiopi.assignment": cls.assigned,
            "qualiopi.trainer.assessment": cls.assessment,
            "qualiopi.program": cls.program,
        }

    def test_every_view_opens_for_whoever_has_the_menu(self):
        for model, (types, roles) in VIEWS.items():
            self.assertTrue(self.samples[model], model)
            for role in roles:
                records = self.samples[model].with_user(getattr(self, role))
                for view_type in types:
                    with self.subTest(model=model, role=role, view=view_type):
                        self.assertFalse(records.env.user.has_group("hr.group_hr_user"))
                        self.forget()
                        self.open_view(records, view_type)

    def test_sessions_open_with_their_trainers(self):
        listed = self.env.ref("qualiopi_compliance.event_event_view_list_session")
        for role in PLANNERS:
            session = self.session.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.forget()
                [values] = self.open_view(session, "list", listed.id)
                [trainer] = values["qualiopi_trainer_ids"]
                self.assertEqual(trainer["display_name"], "Marc Employee")
        for role in ("manager", "event_user"):
            session = self.session.with_user(getattr(self, role))
            with self.subTest(role=role, view="form"):
                arch = self.view(session, "form")
                names = ("qualiopi_assignment_ids", "qualiopi_program_id")
                asked = self.specification(session, arch)
                [values] = session.web_read({name: asked[name] for name in names})
                [row] = values["qualiopi_assignment_ids"]
                self.assertEqual(row["status"], "clear")

    def test_programme_opens_for_whoever_plans(self):
        for role in EVERYBODY:
            program = self.program.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.forget()
                [values] = self.open_view(program, "form")
                self.assertIn("rnq-2026", values["meter_note"])

    def test_form_of_an_employee_shows_what_human_resources_know(self):
        for role in EVERYBODY:
            trainer = self.insider.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.forget()
                [values] = self.open_view(trainer, "form")
                [row] = values["qualification_ids"]
                self.assertEqual(row["skill_id"]["display_name"], "Trainer title")
                self.assertEqual(values["employee_id"]["display_name"], "Marc Employee")

    def filtered(self, records):
        with self.on(PLANNED_ON):
            records = records.with_user(self.manager)
            return self.use_filters(records, self.view(records, "search"))

    def test_filters_of_trainers(self):
        self.outsider.kind = "subcontractor"
        idle = self.new_trainer("Zoe Idle", state="draft", program_ids=[])
        gone = self.new_trainer("Old Hand", state="left", program_ids=[])
        found = self.filtered(self.env["qualiopi.trainer"])
        self.assertEqual(found["here"], self.insider | self.outsider | idle)
        self.assertEqual(found["left"], gone)
        self.assertEqual(found["draft"], idle)
        self.assertEqual(found["without_program"], idle)
        self.assertEqual(found["employees"], self.insider)
        self.assertEqual(found["outside"], self.outsider)
        self.assertEqual(found["volunteers"], idle | gone)
        # no file is complete, but who has left need not be pursued
        self.assertEqual(found["incomplete"], self.insider | self.outsider | idle)

    def test_filters_of_qualifications(self):
        found = self.filtered(self.env["qualiopi.trainer.qualification"])
        names = {name: rows.trainer_id.mapped("name") for name, rows in found.items()}
        both = ["Marc Employee", "Nadia Outsider"]
        self.assertEqual(names["valid"], both)
        self.assertEqual(names["certifications"], both)
        self.assertEqual(names["expiring"], ["Nadia Outsider"])
        self.assertEqual(names["from_employee"], ["Marc Employee"])
        self.assertEqual(names["from_file"], ["Nadia Outsider"])
        self.assertEqual(names["expired"], [])
        with self.on("2026-03-04"):
            rows = self.env["qualiopi.trainer.qualification"].with_user(self.manager)
            found = self.use_filters(rows, self.view(rows, "search"))
        self.assertEqual(found["expired"].trainer_id, self.outsider)

    def test_filters_of_sessions(self):
        bare = self.new_session("2026-03-09", "2026-03-10")
        troubled = self.new_session("2026-03-16", "2026-03-17")
        self.assign(self.outsider, troubled)
        found = self.filtered(self.env["event.event"])
        self.assertEqual(found["qualiopi_without_trainer"] & self.all_sessions(), bare)
        self.assertEqual(
            found["qualiopi_trainer_problem"] & self.all_sessions(), troubled
        )
        troubled.kanban_state = "cancel"
        found = self.filtered(self.env["event.event"])
        self.assertNotIn(troubled, found["qualiopi_trainer_problem"])

    def all_sessions(self):
        return self.env["event.event"].search([("company_id", "=", self.company.id)])

    def test_sessions_are_grouped_by_trainer(self):
        second = self.new_session("2026-03-09", "2026-03-10")
        self.assign(self.insider, second)
        self.assign(self.outsider, second)
        self.env.flush_all()
        groups = self.env["event.event"]._read_group(
            [("company_id", "=", self.company.id)],
            ["qualiopi_trainer_ids"],
            ["id:recordset"],
        )
        self.assertEqual(
            dict(groups),
            {self.insider: self.session | second, self.outsider: second},
        )

    def test_filters_of_assignments(self):
        over = self.new_session("2026-01-05", "2026-01-06")
        past = self.assign(self.outsider, over)
        self.outsider.kind = "subcontractor"
        found = self.filtered(self.env["qualiopi.assignment"])
        self.assertEqual(found["upcoming"], self.assigned)
        self.assertEqual(found["over"], past)
        self.assertEqual(found["outside"], past)

    def test_sessions_of_a_trainer_from_his_file(self):
        for role in PLANNERS:
            trainer = self.insider.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(trainer.assignment_count, 1)
                action = trainer.action_open_assignments()
                found = trainer.env["qualiopi.assignment"].search(action["domain"])
                self.assertEqual(found, self.assigned)
        arch = self.view(self.insider.with_user(self.contributor), "form")
        self.assertFalse(arch.xpath("//field[@name='assignment_count']"))

    def test_company_sheet_says_that_thresholds_are_awaited(self):
        form = self.env.ref("qualiopi_compliance.res_company_view_form_qualiopi")
        company = self.company.with_user(self.manager)
        arch = self.view(company, "form", form.id)
        for name in ("qualiopi_teacher_threshold", "qualiopi_permanent_threshold"):
            self.assertTrue(arch.xpath(f"//page//field[@name='{name}']"))
            [awaited] = arch.xpath(
                f"//span[@invisible='{name}'][contains(., 'awaited by order')]"
            )
            for value, hidden in ((0, False), (3, True)):
                shown = safe_eval(awaited.get("invisible"), {name: value})
                self.assertEqual(bool(shown), hidden)

    def test_skills_required_are_edited_when_the_sheet_is_validated(self):
        arch = self.view(self.program.with_user(self.manager), "form")
        for name in ("skill_ids", "trainer_ids"):
            [node] = arch.xpath(f"//page[@name='trainers']//field[@name='{name}']")
            self.assertFalse(node.get("readonly"))


@tagged("post_install", "-at_install")
class TestPromotionMenu(TrainerCase):
    """“Trainer File” in the Actions menu of people."""

    def bound(self, model, user):
        bindings = self.env["ir.actions.actions"].with_user(user).get_bindings(model)
        return {action["id"] for action in bindings.get("action", ())}

    def action(self, model):
        return self.env.ref(f"qualiopi_compliance.{PROMOTIONS[model]}")

    def test_only_managers_find_it(self):
        for model in PROMOTIONS:
            action = self.action(model)
            for user, shown in (
                (self.manager, True),
                (self.contributor, False),
                (self.event_user, False),
                (self.plain, False),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(action.id in self.bound(model, user), shown)

    def run_action(self, model, record, user):
        return (
            self.action(model)
            .with_user(user)
            .with_context(
                active_model=model, active_id=record.id, active_ids=record.ids
            )
            .run()
        )

    def test_one_click_makes_and_opens_the_file(self):
        employee = self.new_employee("Lea New")
        partner = self.env["res.partner"].create({"name": "Max Outside"})
        for model, record in (
            ("hr.employee.public", self.env["hr.employee.public"].browse(employee.id)),
            ("res.partner", partner),
        ):
            with self.subTest(model=model):
                # the employee must be in the table the public view reads
                self.env.flush_all()
                action = self.run_action(model, record, self.manager)
                self.assertEqual(action["res_model"], "qualiopi.trainer")
                self.assertEqual(action["views"], [(False, "form")])
                trainer = self.env["qualiopi.trainer"].browse(action["res_id"])
                self.assertEqual(trainer.name, record.name)
                again = self.run_action(model, record, self.manager)
                self.assertEqual(again["res_id"], trainer.id)

    def test_several_at_once_open_as_a_list(self):
        partners = self.env["res.partner"].create([{"name": "A"}, {"name": "B"}])
        action = self.run_action("res.partner", partners[0], self.manager)
        self.assertTrue(action["res_id"])
        action = (
            self.action("res.partner")
            .with_user(self.manager)
            .with_context(active_model="res.partner", active_ids=partners.ids)
            .run()
        )
        found = self.env["qualiopi.trainer"].search(action["domain"])
        self.assertEqual(found.partner_id, partners)

    def test_the_employee_stays_closed_to_managers(self):
        fields = self.env["hr.employee.public"].with_user(self.manager).fields_get()
        self.assertNotIn("private_email", fields)
        self.assertFalse(
            self.env["hr.employee"].with_user(self.manager).has_access("read")
        )

    def test_trainers_of_a_programme_are_changed_on_either_form(self):
        trainer = self.new_trainer("Ines Both", program_ids=[])
        program = self.program.with_user(self.manager)
        program.trainer_ids = [Command.link(trainer.id)]
        self.assertIn(self.program, trainer.program_ids)
        trainer.with_user(self.manager).program_ids = [Command.unlink(program.id)]
        self.assertNotIn(trainer, self.program.trainer_ids)
