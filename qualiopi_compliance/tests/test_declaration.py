from odoo.exceptions import AccessError
from odoo.tests import tagged

from .cycle_common import TODAY, CycleCase
from .views_common import ViewsMixin


@tagged("post_install", "-at_install")
class TestDeclaration(CycleCase, ViewsMixin):
    def setUp(self):
        super().setUp()
        self.change = (
            self.env["qualiopi.declaration"]
            .with_user(self.manager)
            .create({"name": "New address", "changed_on": "2026-10-31"})
        )

    def test_within_thirty_days_with_its_source(self):
        # Labour Code, art. R. 6351-8
        self.assertEqual(str(self.change.due_on), "2026-11-30")
        self.assertIn("within 30 days: by 11/30/2026", self.change.due_text)
        self.assertIn("R. 6351-8", self.change.due_text)

    def test_late_until_it_is_declared(self):
        Change = self.env["qualiopi.declaration"]
        late = [("late", "=", True), ("id", "=", self.change.id)]
        with self.on("2026-11-30"):
            self.assertFalse(self.change.late)
            self.assertFalse(Change.search(late))
        with self.on("2026-12-01"):
            self.assertTrue(self.change.late)
            self.assertEqual(Change.search(late), self.change)
            self.change.action_declare()
            self.assertEqual(str(self.change.declared_on), "2026-12-01")
            self.assertFalse(Change.search(late))

    def test_declared_again_keeps_its_day(self):
        self.change.declared_on = "2026-11-02"
        self.change.action_declare()
        self.assertEqual(str(self.change.declared_on), "2026-11-02")

    def test_planned_change_is_fine_a_planned_declaration_is_not(self):
        self.change.changed_on = "2027-01-15"
        with self.assertRefused("still to come"):
            self.change.declared_on = "2026-11-24"
        self.change.declared_on = TODAY

    def rights(self, user):
        change = self.change.with_user(user)
        operations = (("r", "read"), ("w", "write"), ("u", "unlink"))
        found = "".join(key for key, name in operations if change.has_access(name))
        # another manager makes those of his own company
        if user != self.other_manager and change.browse().has_access("create"):
            found += "c"
        return found

    def test_kept_by_managers(self):
        for user, rights in (
            (self.manager, "rwuc"),
            (self.internal_auditor, "r"),
            (self.contributor, ""),
            (self.plain, ""),
            (self.portal, ""),
            (self.other_manager, ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.rights(user), rights)
        with self.assertRaises(AccessError):
            self.change.with_user(self.internal_auditor).action_declare()

    def test_contributor_declares_what_is_his(self):
        self.change.user_id = self.contributor
        self.assertEqual(self.rights(self.contributor), "rw")
        self.change.with_user(self.contributor).action_declare()
        self.assertTrue(self.change.declared_on)

    def test_views(self):
        for user in (self.manager, self.internal_auditor):
            change = self.change.with_user(user)
            for kind in ("list", "kanban", "form", "activity"):
                self.open_view(change, kind)
            found = self.open_view(change, "search")
            self.assertIn(change, found["open"])
            self.assertNotIn(change, found["late"])
