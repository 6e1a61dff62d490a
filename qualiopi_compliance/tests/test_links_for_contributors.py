from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .finding_common import FindingCase
from .views_common import ViewsMixin


@tagged("post_install", "-at_install")
class TestLinksForContributors(ViewsMixin, FindingCase):
    """What a contributor may not read is named, and no link leads to it."""

    def setUp(self):
        super().setUp()
        self.audit = self.closed_audit("internal", "2026-11-02", [(1, "minor")])
        self.theirs = self.nc(self.audit, 1)
        self.theirs.user_id = self.manager
        self.before = self.new_action(user_id=self.manager.id)
        self.own = self.new_action(
            nonconformity_id=self.theirs.id,
            audit_id=self.audit.id,
            origin="nonconformity",
        )
        # sudo: qualiopi.action - as “Try Again” writes it
        self.own.sudo().previous_id = self.before

    def links(self, record, user):
        """:return: names of the fields of a form through which the reader comes to
        what is not his to read
        """
        form = Form(record.with_user(user))
        dead = set()
        for node in self.view(record.with_user(user), "form").iter("field"):
            name = node.get("name")
            field = record._fields.get(name)
            if next(node.iterancestors("field"), None) is not None:
                continue
            if field.type != "many2one" or node.get("widget"):
                continue
            plain = "no_open" in node.get("options", "")
            if plain or not self.shown(form, node):
                continue
            if not record[name].with_user(user).has_access("read"):
                dead.add(name)
        return dead

    def shown(self, form, node):
        """:return: whether a node of a form is visible for the record it shows"""
        context = form._get_eval_context()
        return not any(
            safe_eval(each.get("invisible") or "False", context)
            for each in (node, *node.iterancestors())
        )

    def test_an_action_of_a_contributor(self):
        self.assertFalse(self.links(self.own, self.contributor))

    def test_those_who_may_read_have_the_links(self):
        own = self.new_action(user_id=self.contributor.id)
        own.nonconformity_id = self.theirs
        self.theirs.user_id = self.contributor
        form = Form(own.with_user(self.contributor))
        self.assertTrue(form.may_open_nonconformity)
        self.assertTrue(Form(self.own.with_user(self.manager)).may_open_previous)

    def test_a_nonconformity_of_a_contributor(self):
        self.theirs.user_id = self.contributor
        self.assertFalse(self.links(self.theirs, self.contributor))
        arch = self.view(self.theirs.with_user(self.contributor), "form")
        self.assertFalse(arch.xpath("//button[@name='action_open_audit']"))

    def test_what_became_of_it_may_be_somebody_elses(self):
        first = self.closed_audit(
            findings=[(2, "minor")], after={"notified_on": "2025-03-10"}
        )
        minor = self.nc(first, 2)
        self.closed_audit("surveillance", "2026-09-14")
        minor.user_id = False
        minor.action_requalify()
        major = minor.carried_to_ids
        major.user_id = self.contributor
        self.assertFalse(self.links(major, self.contributor))
        self.assertTrue(Form(major.with_user(self.manager)).may_open_before)

    def test_the_cycle(self):
        self.cycle.write(
            {
                "checklist_id": self.self_assessment(self.company).id,
                "previous_id": self.new_cycle(first_day="2024-03-12").id,
                "user_id": self.manager.id,
            }
        )
        self.assertFalse(self.links(self.cycle, self.contributor))

    def test_no_audit_is_looked_for(self):
        for model in ("qualiopi.nonconformity", "qualiopi.action"):
            arch = self.view(self.env[model].with_user(self.contributor), "search")
            with self.subTest(model=model):
                self.assertFalse(arch.xpath("//field[@name='audit_id']"))
        arch = self.view(self.theirs.with_user(self.internal_auditor), "search")
        self.assertTrue(arch.xpath("//field[@name='audit_id']"))

    def test_a_day_of_the_calendar(self):
        planned = self.new_audit("internal", "2026-12-07", opened=False)
        planned.user_id = self.contributor
        rows = self.env["qualiopi.deadline"].with_user(self.contributor)
        row = rows.search([("kind", "=", "audit")])
        self.assertEqual(row.res_id, planned.id)
        self.assertFalse(row.record_name)
        with self.assertRefused("not for you to read", UserError):
            row.action_open_record()
        with self.assertRaises(AccessError):
            planned.with_user(self.contributor).check_access("read")

    def test_the_record_of_an_action(self):
        self.own.sudo().write({"res_model": "qualiopi.audit", "res_id": self.audit.id})
        arch = self.view(self.own.with_user(self.contributor), "form")
        [button] = arch.xpath("//button[@name='action_open_record']")
        form = Form(self.own.with_user(self.contributor))
        self.assertFalse(self.shown(form, button))
        form = Form(self.own.with_user(self.manager))
        self.assertTrue(self.shown(form, button))
