from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .audit_common import MONDAY, AuditCase
from .finding_common import TODAY
from .views_common import ViewsMixin

PARTS = (
    "qualiopi.audit.item",
    "qualiopi.audit.agenda",
    "qualiopi.audit.attendee",
    "qualiopi.audit.interview",
    "qualiopi.audit.question",
    "qualiopi.audit.observation",
    "qualiopi.audit.document",
    "qualiopi.audit.request",
    "qualiopi.audit.sample",
    "qualiopi.audit.sample.file",
)
MODELS = ("qualiopi.audit", *PARTS)
# role -> operations on an audit of our own and on one by the certifier, all parts alike
RIGHTS = {
    "manager": ("rwcu", "rwcu"),
    "internal_auditor": ("rwcu", "rc"),
    "contributor": ("", ""),
    "event_user": ("", ""),
    "plain": ("", ""),
    "portal": ("", ""),
    "public": ("", ""),
    "other_manager": ("", ""),
}
OPERATIONS = (("r", "read"), ("w", "write"), ("c", "create"), ("u", "unlink"))


@tagged("post_install", "-at_install")
class TestAuditSecurity(ViewsMixin, AuditCase):
    """Who reads audits, who leads which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.event_user = cls.new_event_user("q_event_user", "event.group_event_user")
        with cls.on(TODAY):
            maker = cls()
            cls.own = maker.make("mock")
            cls.certifiers = maker.make("initial")

    def make(self, kind):
        """:return: model -> one record of it, in an audit of this kind"""
        audit = self.new_audit(kind, TODAY, opened=False)
        line = self.add_line(audit, self.anna)
        audit.action_open_audit()
        interview = self.add("interview", audit, partner_id=self.anna.id)
        interview.question_ids = [Command.create({"name": "How?"})]
        self.add("observation", audit, name="Displayed")
        self.add("document", audit, name="Sheet")
        self.add("request", audit, name="The sheets")
        sample = self.add("sample", audit, files="session", method="chosen")
        event = self.env["event.event"].create(
            {
                "name": "March",
                "company_id": self.company.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-06 16:00:00",
            }
        )
        sample.file_ids = [Command.create({"event_id": event.id})]
        found = self.parts(audit)
        found.pop("qualiopi.finding", None)
        self.assertEqual(found["qualiopi.audit.agenda"], line)
        return {"qualiopi.audit": audit, **found}

    def rights(self, record, user):
        record = record.with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS
            if (record.browse() if operation == "create" else record).has_access(
                operation
            )
        )

    def test_rights_role_by_role(self):
        for role, expected in RIGHTS.items():
            for samples, rights in zip(
                (self.own, self.certifiers), expected, strict=True
            ):
                self.assertEqual(set(samples), set(MODELS))
                for model, sample in samples.items():
                    found = self.rights(sample, getattr(self, role))
                    if role == "other_manager":
                        # creates in his own company
                        found = found.replace("c", "")
                    case = self.subTest(
                        role=role, model=model, kind=samples["qualiopi.audit"].kind
                    )
                    with case:
                        self.assertEqual(found, rights)

    def test_the_last_look_is_for_those_who_lead(self):
        Wizard = self.env["qualiopi.audit.close"]
        vals = {"audit_id": self.own["qualiopi.audit"].id, "understood": True}
        for user in (self.contributor, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                Wizard.with_user(user).create(vals)
        audit = self.certifiers["qualiopi.audit"]
        audit._undecided().action_seen()
        wizard = Wizard.with_user(self.internal_auditor).create(
            {"audit_id": audit.id, "understood": True}
        )
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        with self.assertRaises(AccessError):
            Wizard.with_user(self.other_manager).create(vals).action_confirm()
        self.assertEqual(audit.state, "running")

    def test_internal_auditors_change_nothing_of_the_certifiers(self):
        typed = {
            "qualiopi.audit": {"place": "Else"},
            "qualiopi.audit.item": {"note": "Else"},
            "qualiopi.audit.question": {"answer": "Else"},
            "qualiopi.audit.request": {"answer": "Else"},
            "qualiopi.audit.sample.file": {"note": "Else"},
        }
        for model, vals in typed.items():
            record = self.certifiers[model].with_user(self.internal_auditor)
            with self.subTest(model=model), self.assertRaises(AccessError):
                record.write(vals)
            self.own[model].with_user(self.internal_auditor).write(vals)
        audit = self.certifiers["qualiopi.audit"].with_user(self.internal_auditor)
        for action in (
            "action_close",
            "action_cancel",
            "action_ask_close",
            "action_propose_plan",
            "action_compute_scope",
            "action_read_records",
            "action_present",
        ):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(audit, action)()
        with self.assertRaises(AccessError):
            self.env["qualiopi.audit.document"].with_user(self.internal_auditor).create(
                {"audit_id": audit.id, "name": "Sheet"}
            )
        with self.assertRaises(AccessError):
            self.own["qualiopi.audit.document"].with_user(
                self.internal_auditor
            ).audit_id = audit
            self.env.flush_all()

    def test_forms_show_who_may_write(self):
        for samples, locked in ((self.own, False), (self.certifiers, True)):
            audit = samples["qualiopi.audit"].with_user(self.internal_auditor)
            self.assertEqual((audit.locked, audit.leads), (locked, not locked))
            for model in PARTS:
                part = samples[model].with_user(self.internal_auditor)
                with self.subTest(model=model):
                    self.assertEqual(part.audit_locked, locked)
                    self.assertFalse(part.with_user(self.manager).audit_locked)

    def test_internal_auditors_read_every_field(self):
        for samples in (self.own, self.certifiers):
            for model, sample in samples.items():
                with self.subTest(model=model):
                    self.forget()
                    self.assertTrue(sample.with_user(self.internal_auditor).read())

    def test_outsiders_find_nothing(self):
        for user in (self.contributor, self.plain, self.portal, self.public):
            for model in MODELS:
                case = self.subTest(user=user.login, model=model)
                with case, self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_another_company_finds_and_counts_nothing(self):
        for model, sample in self.own.items():
            records = self.env[model].with_user(self.other_manager)
            with self.subTest(model=model):
                self.assertFalse(records.search([]))
                self.assertFalse(records.search_count([]))
                with self.assertRaises(AccessError):
                    sample.with_user(self.other_manager).web_read({"display_name": {}})

    def test_nothing_of_another_company_is_put_in(self):
        audit = self.own["qualiopi.audit"]
        site = self.env["qualiopi.site"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        stranger = self.env["res.partner"].create(
            {"name": "Stranger", "company_id": self.other_company.id}
        )
        evidence = self.env["qualiopi.evidence"].create(
            {
                "name": "Theirs",
                "company_id": self.other_company.id,
                "url": "https://example.com",
            }
        )
        for record, vals in (
            (audit, {"site_ids": [Command.link(site.id)]}),
            (audit, {"auditor_ids": [Command.link(stranger.id)]}),
            (
                self.own["qualiopi.audit.agenda"],
                {"partner_ids": [Command.link(stranger.id)]},
            ),
            (self.own["qualiopi.audit.interview"], {"partner_id": stranger.id}),
            (self.own["qualiopi.audit.observation"], {"site_id": site.id}),
            (self.own["qualiopi.audit.document"], {"evidence_id": evidence.id}),
        ):
            case = self.subTest(model=record._name, vals=list(vals))
            with case, self.assertRefused("company|companies", UserError):
                record.sudo().write(vals)

    def test_who_is_met_sees_his_invitation_only(self):
        audit = self.new_audit("mock", MONDAY, opened=False)
        self.contributor.partner_id.email = "contributor@example.com"
        self.env.user.partner_id.email = "root@example.com"
        line = self.add_line(audit, self.contributor.partner_id)
        line.action_plan_calendar()
        events = self.env["calendar.event"].with_user(self.contributor)
        event = events.search([("partner_ids", "in", self.contributor.partner_id.ids)])
        self.assertEqual(event, line.sudo().calendar_event_id)
        self.assertIn("Indicator 1", event.name)
        for record in (line, audit):
            with self.assertRaises(AccessError):
                record.with_user(self.contributor).read(["display_name"])
        with self.assertRaises(AccessError):
            line.with_user(self.contributor).action_open_calendar()

    def test_views_open_for_those_who_read(self):
        views = {
            "qualiopi.audit": (
                "search",
                "list",
                "kanban",
                "calendar",
                "activity",
                "form",
            ),
            "qualiopi.audit.item": ("search", "list", "kanban", "form"),
            "qualiopi.audit.agenda": ("list", "kanban", "form"),
            "qualiopi.audit.attendee": ("list", "kanban", "form"),
            "qualiopi.audit.interview": ("list", "kanban", "form"),
            "qualiopi.audit.observation": ("list", "kanban", "form"),
            "qualiopi.audit.document": ("list", "kanban", "form"),
            "qualiopi.audit.request": ("list", "kanban", "form"),
            "qualiopi.audit.sample": ("list", "kanban", "form"),
            "qualiopi.audit.sample.file": ("list", "form"),
        }
        for user in (self.manager, self.internal_auditor):
            for samples in (self.own, self.certifiers):
                for model, types in views.items():
                    record = samples[model].with_user(user)
                    for view_type in types:
                        case = self.subTest(
                            user=user.login, model=model, view=view_type
                        )
                        with case:
                            self.forget()
                            self.open_view(record, view_type)

    def test_no_view_needs_more_queries_for_more_audits(self):
        audits = self.own["qualiopi.audit"] | self.certifiers["qualiopi.audit"]
        arch = self.view(audits, "list")
        asked = self.specification(audits, arch)

        def count(records):
            self.forget()
            before = self.env.cr.sql_log_count
            records.with_user(self.manager).web_read(asked)
            return self.env.cr.sql_log_count - before

        count(audits)
        self.assertLessEqual(count(audits) - count(audits[:1]), 10)
