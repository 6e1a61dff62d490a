from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .finding_common import FindingCase


@tagged("post_install", "-at_install")
class TestNonconformityReply(FindingCase):
    """The reply sheet, for one non-conformity or all of an audit."""

    def setUp(self):
        super().setUp()
        self.audit = self.closed_audit(
            findings=[(1, "minor"), (4, "major")],
            after={"notified_on": "2025-03-10"},
        )
        self.minor, self.major = self.nc(self.audit, 1), self.nc(self.audit, 4)

    def pages(self, records, user=None):
        """:return: the words of each page"""
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.manager)
            ._render_qweb_html("qualiopi_compliance.nonconformity_reply", records.ids)
        )
        page = html.fromstring(content)
        for style in page.xpath("//style"):
            style.drop_tree()
        found = page.xpath("//div[contains(@class, 'td-page')]")
        return [" ".join(each.text_content().split()) for each in found]

    def test_says_all_the_certifier_wants(self):
        self.major.write(
            {
                "cause": "No list of those enrolled",
                "why_1": "The form came back late",
                "why_2": "Nobody asked for it",
                "correction": "Needs analysed afterwards",
                "evidence_ids": self.new_evidence().ids,
            }
        )
        action = self.new_action(
            name="Ask for it on enrolment",
            nonconformity_id=self.major.id,
            deadline="2026-12-20",
            result="Mail sent by itself",
        )
        action.action_done()
        [text] = self.pages(self.major)
        for words in (
            "Formation Lumière",
            "Initial audit of",
            "Certif",
            "Major",
            "Seen on 4",
            "March 10, 2025",
            "June 10, 2025",
            "July 10, 2025",
            "Why 1 The form came back late Why 2 Nobody asked for it",
            "No list of those enrolled",
            "Needs analysed afterwards",
            "Ask for it on enrolment Mail sent by itself",
            self.contributor.name,
            "December 20, 2026",
            "November 23, 2026",
            "New form",
            "https://example.com/form",
        ):
            with self.subTest(words=words):
                self.assertIn(words, text)

    def test_one_page_for_each_of_an_audit(self):
        report = self.audit.action_print_replies()
        pages = self.pages(self.audit.nonconformity_ids)
        self.assertEqual(
            report["context"]["active_ids"], self.audit.nonconformity_ids.ids
        )
        self.assertEqual(len(pages), 2)
        self.assertTrue(any("Seen on 1" in page for page in pages))
        self.assertTrue(any("Seen on 4" in page for page in pages))

    def test_nothing_to_reply_to(self):
        audit = self.closed_audit("internal", "2026-10-05")
        with self.assertRefused("nothing to reply to", ValidationError):
            audit.action_print_replies()

    def test_one_that_became_major_says_so(self):
        self.closed_audit("surveillance", "2026-09-14")
        self.minor.action_requalify()
        [text] = self.pages(self.minor.carried_to_ids)
        self.assertIn("so now major", text)
        self.assertIn("Surveillance audit", text)

    def test_its_owner_prints_it(self):
        self.minor.user_id = self.contributor
        [text] = self.pages(self.minor, self.contributor)
        self.assertIn("Initial audit of", text)
        with self.assertRaises(AccessError):
            self.major.with_user(self.contributor).action_print()
        for user in (self.contributor, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.pages(self.major, user)
