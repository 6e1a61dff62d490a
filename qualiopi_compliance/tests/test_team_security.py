from odoo.exceptions import AccessError
from odoo.tests import tagged

from .session_common import SessionCase
from .team_common import TeamCase

MODELS = (
    "qualiopi.team.role",
    "qualiopi.team.person",
    "qualiopi.team.meeting",
    "qualiopi.team.participant",
)
READER = dict.fromkeys(MODELS, "r")
# role -> model -> operations on records in which the user has no part
RIGHTS = {
    "manager": dict.fromkeys(MODELS, "rwcu") | {"qualiopi.team.person": "r"},
    "internal_auditor": READER,
    "contributor": {"qualiopi.team.role": "r", "qualiopi.team.person": "r"},
    "event_user": {},
    "desk": {},
    "plain": {},
    "portal": {},
    "public": {},
    "other_manager": {},
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


@tagged("post_install", "-at_install")
class TestTeamSecurity(TeamCase, SessionCase):
    """Who reads and writes the chart, the roles and the minutes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")

    def setUp(self):
        super().setUp()
        self.meeting = self.new_meeting(self.anna, notes="<p>Between us</p>")
        role = self.new_role("sales", self.anna)
        person = self.chart().filtered(lambda row: row.role_id == role)
        self.samples = {
            "qualiopi.team.role": role,
            "qualiopi.team.person": person,
            "qualiopi.team.meeting": self.meeting,
            "qualiopi.team.participant": self.meeting.participant_ids,
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
                    # creates in his own company, reads and changes nothing of ours
                    found = found.replace("c", "")
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

    def test_outsiders_find_nothing(self):
        for user in (self.plain, self.portal, self.public, self.event_user):
            for model in MODELS:
                records = self.env[model].with_user(user)
                case = self.subTest(user=user.login, model=model)
                with case, self.assertRaises(AccessError):
                    records.search([])

    def test_who_takes_part_reads_the_minutes(self):
        self.meeting._invite(self.contributor.partner_id)
        meeting = self.meeting.with_user(self.contributor)
        self.assertIn("Between us", meeting.notes)
        self.assertEqual(len(meeting.participant_ids.mapped("email")), 2)
        self.assertTrue(meeting.action_print())
        with self.assertRaises(AccessError):
            meeting.notes = "<p>Mine</p>"
        with self.assertRaises(AccessError):
            meeting.participant_ids[0].status = "present"

    def test_who_organises_reads_the_minutes(self):
        self.meeting.user_id = self.contributor
        self.assertIn("Between us", self.meeting.with_user(self.contributor).notes)

    def test_others_do_not_print_them(self):
        for user in (self.contributor, self.plain, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.meeting.with_user(user).action_print()

    def test_buttons_are_for_managers(self):
        self.meeting._invite(self.contributor.partner_id)
        for name in (
            "action_invite",
            "action_all_present",
            "action_hold",
            "action_reopen",
            "action_cancel",
            "action_plan_calendar",
        ):
            for user in (self.contributor, self.internal_auditor, self.plain):
                case = self.subTest(name=name, user=user.login)
                with case, self.assertRaises(AccessError):
                    getattr(self.meeting.with_user(user), name)()

    def specification(self, records, view_type):
        return {
            name: (
                {"fields": {"display_name": {}}}
                if records._fields[name].relational
                else {}
            )
            for name in self.form_fields(records, None, view_type)
        }

    def test_views_open_for_those_who_read(self):
        self.meeting._invite(self.contributor.partner_id)
        self.meeting.start = "2026-12-01 09:00:00"
        self.meeting.action_plan_calendar()
        views = {
            "qualiopi.team.role": ("form", "list", "kanban"),
            "qualiopi.team.person": ("list", "kanban"),
            "qualiopi.team.meeting": ("form", "list", "kanban"),
        }
        for user in (self.manager, self.internal_auditor, self.contributor):
            for model, types in views.items():
                record = self.samples[model].with_user(user)
                for view_type in types:
                    with self.subTest(user=user.login, model=model, view=view_type):
                        fields = self.specification(record, view_type)
                        [values] = record.web_read(fields)
                        self.assertEqual(values["id"], record.id)

    def test_programmes_open_with_their_meters(self):
        for user in (
            self.manager,
            self.internal_auditor,
            self.contributor,
            self.desk,
        ):
            program = self.program.with_user(user)
            view = self.env.ref("qualiopi_compliance.qualiopi_program_view_list_meter")
            with self.subTest(user=user.login):
                fields = {
                    name: {} for name in self.form_fields(program, view.id, "list")
                }
                fields["referent_id"] = {"fields": {"display_name": {}}}
                self.assertTrue(program.web_read(fields))

    def test_only_the_meetings_calendar_moves_without_a_role(self):
        self.meeting._invite(self.plain.partner_id)
        self.meeting.start = "2026-12-01 09:00:00"
        self.meeting.action_plan_calendar()
        event = self.meeting.sudo().calendar_event_id
        event.with_user(self.plain).start = "2026-12-02 09:00:00"
        self.assertEqual(str(self.meeting.start), "2026-12-02 09:00:00")
        with self.assertRaises(AccessError):
            self.meeting.with_user(self.plain).read(["notes"])
