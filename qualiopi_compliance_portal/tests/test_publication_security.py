from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.tests.views_common import ViewsMixin

from .publication_common import PublicationCase

# Read, write, create, unlink on some record of the company.
RIGHTS = {
    "qualiopi.publication": {
        "manager": "rwcu",
        "internal_auditor": "r",
        "contributor": "r",
    },
    "qualiopi.publication.line": {
        "manager": "rw",
        "internal_auditor": "r",
        "contributor": "r",
    },
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
BUTTONS = ("action_publish", "action_count")


@tagged("post_install", "-at_install")
class TestPublicationSecurity(ViewsMixin, PublicationCase):
    """Who reads, prepares and publishes results, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env.ref("base.public_user")
        cls.found = cls.new_results()

    def rights(self, user, record):
        record = record.with_user(user)
        found = ""
        for letter, operation in zip(
            "rwcu", ("read", "write", "create", "unlink"), strict=True
        ):
            target = record.browse() if operation == "create" else record
            found += letter if target.has_access(operation) else ""
        return found

    def test_rights_role_by_role(self):
        for record in (self.found, self.found.line_ids[:1]):
            for role in ROLES:
                with self.subTest(model=record._name, role=role):
                    expected = RIGHTS[record._name].get(role, "")
                    user = getattr(self, role)
                    self.assertEqual(self.rights(user, record), expected)

    def test_only_managers_press_the_buttons(self):
        for role in ROLES[1:]:
            found = self.found.with_user(getattr(self, role))
            for button in BUTTONS:
                with self.subTest(role=role, button=button):
                    with self.assertRaises(AccessError):
                        getattr(found, button)()
            if role not in ("internal_auditor", "contributor"):
                for button in ("action_open_page", "action_open_waiting"):
                    with self.assertRaises(AccessError):
                        getattr(found, button)()

    def test_the_other_company_sees_none_of_it(self):
        published = self.publish(self.found)
        for record in (published, published.line_ids[:1]):
            stranger = record.with_user(self.other_manager)
            self.assertFalse(stranger.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                stranger.read(["display_name"])
        with self.assertRaises(AccessError):
            published.with_user(self.other_manager).action_publish()
        self.assertFalse(self.publications._in_force(self.other_company))
        self.assertIsNone(self.other_company._qualiopi_published_results())

    def test_companies_publish_each_their_own(self):
        other = self.new_program(name="Elsewhere", company_id=self.other_company.id)
        self.new_version(other)
        self.publish(self.found)
        theirs = self.published(user=self.other_manager, company=self.other_company)
        self.assertEqual(theirs.line_ids.program_id, other)
        self.assertEqual(self.line(theirs).learners, 0)
        self.assertEqual(self.found.state, "published")
        self.assertFalse(theirs.previous_id)

    def test_views_open_for_whoever_reads(self):
        self.publish(self.found)
        self.published("2026-11-24", first="2026-01-01", last="2026-10-31")
        for role in ("manager", "internal_auditor", "contributor"):
            records = self.publications.with_user(getattr(self, role)).search([])
            for kind in ("form", "list", "kanban", "search", "activity"):
                with self.subTest(role=role, view=kind):
                    self.forget()
                    self.assertIsNotNone(self.open_view(records, kind))

    def test_preview_is_that_of_the_page(self):
        self.forget()
        preview = str(self.found.with_user(self.contributor).preview_html)
        self.assertIn("80 %", preview)
        self.assertIn("Not published yet", preview)
        self.assertIn("Spreadsheets", preview)
