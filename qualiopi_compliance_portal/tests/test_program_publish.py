from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase


@tagged("post_install", "-at_install")
class TestProgramPublish(ProgramCase):
    """Who puts a programme on the website, and what that opens."""

    def test_needs_a_version(self):
        with self.assertRefused("no validated version", UserError):
            self.program.action_publish()
        self.program.action_validate()
        self.program.action_publish()
        self.assertTrue(self.program.is_published)
        self.program.action_unpublish()
        self.assertFalse(self.program.is_published)

    def test_published_while_validated(self):
        self.program.action_validate()
        self.program.action_publish()
        self.program.action_revise()
        self.assertTrue(self.program._is_public())

    def test_retired_for_good(self):
        self.program.action_validate()
        self.program.action_publish()
        self.program.action_retire()
        self.assertFalse(self.program.is_published)
        with self.assertRefused("retired", UserError):
            self.program.action_publish()
        self.program.action_revise()
        self.assertFalse(self.program._is_public())

    def test_copy_is_not_published(self):
        self.program.action_validate()
        self.program.action_publish()
        self.assertFalse(self.program.copy().is_published)

    def test_several_at_once(self):
        other = self.new_program(name="Autre")
        both = self.program | other
        both.action_validate()
        both.with_user(self.manager).action_publish()
        self.assertEqual(both.mapped("is_published"), [True, True])

    def test_rights(self):
        self.program.action_validate()
        for user in (
            self.contributor,
            self.internal_auditor,
            self.plain,
            self.portal,
            self.other_manager,
            self.env.ref("base.public_user"),
        ):
            for method in ("action_publish", "action_unpublish"):
                with self.assertRaises(AccessError, msg=f"{user.login} {method}"):
                    getattr(self.program.with_user(user), method)()
        for user in (self.portal, self.other_manager, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.program.with_user(user).action_open_page()

    def test_open_page(self):
        with self.assertRefused("no validated version", UserError):
            self.program.action_open_page()
        self.program.action_validate()
        action = self.program.with_user(self.manager).action_open_page()
        self.assertIn("preview=1", str(action))
        self.program.action_publish()
        action = self.program.with_user(self.manager).action_open_page()
        self.assertNotIn("preview=1", str(action))

    def test_filters_of_the_list(self):
        programs = self.env["qualiopi.program"]
        mine = [("id", "=", self.program.id)]
        view = programs.get_view(view_type="search")["arch"]
        self.assertIn('name="published"', view)
        self.program.action_validate()
        self.program.action_publish()
        domain = [("is_published", "=", True), *mine]
        self.assertEqual(programs.search(domain), self.program)

    def test_no_binary_is_opened(self):
        self.program.action_validate()
        self.program.action_publish()
        for name in self.program._fields:
            self.assertFalse(self.program._can_return_content(name), name)
