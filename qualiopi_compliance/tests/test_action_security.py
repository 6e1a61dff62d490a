from odoo.exceptions import AccessError
from odoo.tests import tagged

from .finding_common import FindingCase
from .views_common import ViewsMixin

# role -> model -> operations on records in which the user has no part
MANAGED = {
    "qualiopi.action": "rwcu",
    "qualiopi.action.step": "rwcu",
    "qualiopi.finding": "rwcu",
    "qualiopi.nonconformity": "rwcu",
    "qualiopi.nonconformity.step": "rwcu",
    "qualiopi.audit.simulation": "rwcu",
    "qualiopi.audit.simulation.line": "rwcu",
    "qualiopi.framework.change": "rwcu",
    "qualiopi.framework.change.line": "rwcu",
}
AUDITED = {
    "qualiopi.action": "r",
    "qualiopi.action.step": "r",
    # those of an audit that he may lead
    "qualiopi.finding": "rwcu",
    "qualiopi.nonconformity": "r",
    # his own only
    "qualiopi.audit.simulation": "c",
    "qualiopi.audit.simulation.line": "c",
    "qualiopi.framework.change": "c",
    "qualiopi.framework.change.line": "c",
}
RIGHTS = {
    "manager": MANAGED,
    "internal_auditor": AUDITED,
    "contributor": {},
    "event_user": {},
    "desk": {},
    "plain": {},
    "portal": {},
    "public": {},
    "other_manager": {},
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


class ActionRecords(FindingCase):
    """One record of each model of actions, findings and plans."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.event_user = cls.new_event_user("q_event_user", "event.group_event_user")
        cls.desk = cls.new_event_user("q_desk", "event.group_event_registration_desk")

    def setUp(self):
        super().setUp()
        self.action = self.new_action(
            user_id=self.manager.id, deadline="2026-11-20", result="Signed"
        )
        self.action.step_ids = [(0, 0, {"name": "Write"})]
        self.audit = self.closed_audit(
            "internal", "2026-11-02", [(1, "minor"), (4, "major")]
        )
        # of an audit that is still open: nothing is frozen
        self.finding = self.find(self.new_audit("internal", "2026-11-20"), 1)
        self.nonconformity = self.nc(self.audit, 1)
        self.nonconformity.user_id = self.manager
        step = (
            self.env["qualiopi.nonconformity.step"]
            .with_user(self.manager)
            .create({"nonconformity_ids": self.nonconformity.ids})
        )
        checklist = self.living(self.company).with_user(self.manager)
        simulation = self.env["qualiopi.audit.simulation"].with_user(self.manager)
        simulation = simulation.browse(checklist.action_simulate_audit()["res_id"])
        change = self.env["qualiopi.framework.change"].with_user(self.manager)
        change = change.browse(change.action_open_plan()["res_id"])
        self.samples = {
            "qualiopi.action": self.action,
            "qualiopi.action.step": self.action.step_ids,
            "qualiopi.finding": self.finding,
            "qualiopi.nonconformity": self.nonconformity,
            "qualiopi.nonconformity.step": step,
            "qualiopi.audit.simulation": simulation,
            "qualiopi.audit.simulation.line": simulation.nothing_line_ids[:1],
            "qualiopi.framework.change": change,
            "qualiopi.framework.change.line": change.line_ids[:1],
        }


@tagged("post_install", "-at_install")
class TestActionSecurity(ActionRecords):
    def test_rights_role_by_role(self):
        self.assertEqual(set(self.samples), set(MANAGED))
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
                    # creates in his own company, reads and changes nothing of ours
                    found = found.replace("c", "")
                if role == "contributor" or model == "qualiopi.action.step":
                    # steps of his own actions: tried apart
                    found = found.replace("c", "") if role != "manager" else found
                with self.subTest(role=role, model=model):
                    self.assertEqual(found, rights.get(model, ""))

    def test_another_company_finds_and_counts_nothing(self):
        ours = [("company_id", "=", self.company.id)]
        for model, sample in self.samples.items():
            records = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model):
                if "company_id" not in records._fields:
                    self.assertFalse(records.search([]))
                    continue
                self.assertFalse(records.search(ours))
                self.assertFalse(records.search_count(ours))
                with self.assertRaises(AccessError):
                    sample.with_user(self.other_manager).web_read({"display_name": {}})

    def test_outsiders_find_nothing(self):
        for user in (self.plain, self.portal, self.public, self.event_user, self.desk):
            for model in MANAGED:
                records = self.env[model].with_user(user)
                case = self.subTest(user=user.login, model=model)
                with case, self.assertRaises(AccessError):
                    records.search([])

    def test_contributors_have_their_own(self):
        own = self.new_action()
        own.step_ids = [(0, 0, {"name": "Write"})]
        self.nonconformity.user_id = self.contributor
        mine = self.env["qualiopi.action"].with_user(self.contributor)
        self.assertEqual(mine.search([]), own)
        self.assertEqual(
            own.with_user(self.contributor).step_ids.mapped("name"), ["Write"]
        )
        own.with_user(self.contributor).step_ids.done = True
        with self.assertRaises(AccessError):
            self.action.step_ids.with_user(self.contributor).done = True
        with self.assertRaises(AccessError):
            mine.env["qualiopi.action.step"].create(
                {"action_id": self.action.id, "name": "Slipped in"}
            )
        rows = self.env["qualiopi.nonconformity"].with_user(self.contributor)
        self.assertEqual(rows.search([]), self.nonconformity)

    def test_an_internal_auditor_writes_no_action(self):
        for vals in ({"result": "Mine"}, {"state": "doing"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.action.with_user(self.internal_auditor).write(vals)


@tagged("post_install", "-at_install")
class TestActionViews(ViewsMixin, ActionRecords):
    """Every view opens for whoever may open it, with all its fields and filters."""

    VIEWS = (
        ("qualiopi.action", "list,kanban,form,calendar,pivot,graph,activity,search"),
        ("qualiopi.finding", "list,kanban,form,pivot,graph,search"),
        ("qualiopi.nonconformity", "list,kanban,form,calendar,pivot,activity,search"),
        ("qualiopi.audit.simulation", "form"),
        ("qualiopi.framework.change", "form"),
        ("qualiopi.nonconformity.step", "form"),
    )

    def test_managers_open_them_all(self):
        for model, kinds in self.VIEWS:
            records = self.samples[model].with_user(self.manager)
            for kind in kinds.split(","):
                with self.subTest(model=model, view=kind):
                    self.assertIsNotNone(self.open_view(records, kind))

    def test_internal_auditors(self):
        for model, kinds in self.VIEWS[:3]:
            records = self.samples[model].with_user(self.internal_auditor)
            for kind in kinds.split(","):
                with self.subTest(model=model, view=kind):
                    self.assertIsNotNone(self.open_view(records, kind))

    def test_contributors_open_their_own(self):
        self.nonconformity.user_id = self.contributor
        own = self.new_action(
            nonconformity_id=self.nonconformity.id,
            audit_id=self.audit.id,
            origin="nonconformity",
        )
        for records in (own, self.nonconformity):
            records = records.with_user(self.contributor)
            records.env.invalidate_all()
            for kind in ("list", "kanban", "form", "search"):
                with self.subTest(model=records._name, view=kind):
                    self.assertIsNotNone(self.open_view(records, kind))

    def test_forms_of_origins_open(self):
        point = self.env["qualiopi.weak.point"].create(
            {"name": "Room too small", "company_id": self.company.id}
        )
        meeting = self.env["qualiopi.team.meeting"].create(
            {
                "name": "Spring",
                "start": "2026-11-20 09:00:00",
                "company_id": self.company.id,
            }
        )
        for records in (point, meeting, self.living(self.company)):
            for user in (self.manager, self.internal_auditor):
                with self.subTest(model=records._name, user=user.login):
                    seen = records.with_user(user)
                    self.assertTrue(self.open_view(seen, "form"))

    def test_filters_find_what_they_say(self):
        action = self.use("qualiopi.action")
        for name in ("mine", "open", "late", "soon"):
            with self.subTest(filter=name):
                self.assertIn(self.action, action[name])
        for name in ("effective", "not_effective", "forced", "unassigned", "high"):
            with self.subTest(filter=name):
                self.assertNotIn(self.action, action[name])
        self.action.action_done()
        self.action.effect_on = "2026-11-23"
        self.assertIn(self.action, self.use("qualiopi.action")["to_judge"])
        finding = self.use("qualiopi.finding")
        self.assertIn(self.finding, finding["minor"])
        self.assertIn(self.finding, finding["own"])
        self.assertNotIn(self.finding, finding["certifier"])
        rows = self.use("qualiopi.nonconformity")
        self.assertIn(self.nonconformity, rows["mine"])
        self.assertIn(self.nonconformity, rows["unsettled"])
        self.assertNotIn(self.nonconformity, rows["late"])

    def use(self, model):
        records = self.env[model].with_user(self.manager)
        return self.use_filters(records, self.view(records, "search"))

    def test_menus(self):
        menus = self.env["ir.ui.menu"]

        def seen(user):
            found = menus.with_user(user)._visible_menu_ids()
            return {
                name
                for name in (
                    "menu_action_board",
                    "menu_action_mine",
                    "menu_action_late",
                    "menu_finding",
                    "menu_nonconformity",
                    "menu_framework_change",
                )
                if self.env.ref(f"qualiopi_compliance.{name}").id in found
            }

        self.assertEqual(len(seen(self.manager)), 6)
        self.assertEqual(len(seen(self.internal_auditor)), 6)
        self.assertEqual(
            seen(self.contributor), {"menu_action_mine", "menu_nonconformity"}
        )
        self.assertFalse(seen(self.plain))

    def test_a_card_can_be_dragged(self):
        for model in ("qualiopi.action", "qualiopi.nonconformity"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model]._fields["state"].readonly)
                arch = self.view(self.env[model].with_user(self.manager), "kanban")
                self.assertEqual(arch.get("default_group_by"), "state")
                self.assertNotEqual(arch.get("records_draggable"), "0")
