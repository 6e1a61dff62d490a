from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .evidence_common import EvidenceCase

EVIDENCE = "qualiopi.evidence"
OPERATIONS = {"R": "read", "W": "write", "C": "create", "U": "unlink"}
CODES = {
    "company": "house_rules",
    "site": "lease",
    "program": "lesson_plan",
    "session": "session_report",
    "learner": "need_analysis",
    "trainer": "cv",
    "subcontractor": "quality_charter",
}


@tagged("post_install", "-at_install")
class TestDocumentSecurity(EvidenceCase):
    """Who reads and writes which documents, role by role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drafts = {scope: cls.new_evidence(code) for scope, code in CODES.items()}
        cls.valid = {
            scope: cls.new_valid(code, name=f"Valid {scope}")
            for scope, code in CODES.items()
        }

    def rights(self, record, user):
        mine = record.with_user(user)
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if mine.has_access(operation)
        )

    def check(self, user, drafts, valid):
        """:param drafts: scope -> what the user may do with a draft of somebody else
        :param valid: scope -> with a validated document
        """
        for expected, documents in ((drafts, self.drafts), (valid, self.valid)):
            for scope, evidence in documents.items():
                with self.subTest(user=user.login, scope=scope, name=evidence.name):
                    self.assertEqual(
                        self.rights(evidence, user), expected.get(scope, "")
                    )

    def test_managers_keep_all(self):
        everything = dict.fromkeys(CODES, "RWCU")
        self.check(self.manager, everything, everything)

    def test_internal_auditors_read_all(self):
        everything = dict.fromkeys(CODES, "R")
        self.check(self.internal_auditor, everything, everything)

    def test_contributors_read_what_is_general(self):
        general = dict.fromkeys(("company", "site", "program"), "R")
        self.check(self.contributor, general, general)

    def test_planners_keep_sessions_and_learners_and_read_what_they_hand_out(self):
        kept = dict.fromkeys(("program", "session", "learner"), "RWC")
        given = dict.fromkeys(("company", "site"), "R")
        self.check(self.event_user, kept, kept | given)

    def test_others_see_nothing(self):
        for user in (self.desk, self.plain, self.portal, self.other_manager):
            self.check(user, {}, {})

    def test_ones_own(self):
        for user, code in (
            (self.contributor, "house_rules"),
            (self.internal_auditor, "need_analysis"),
            (self.event_user, "session_report"),
        ):
            evidence = self.new_evidence(code, user=user)
            with self.subTest(user=user.login):
                self.assertEqual(self.rights(evidence, user), "RWCU")
                self.assertEqual(self.rights(evidence, self.manager), "RWCU")

    def test_the_other_company(self):
        evidence = self.env[EVIDENCE].with_user(self.other_manager)
        self.assertFalse(evidence.search([("company_id", "=", self.company.id)]))
        known = self.valid["trainer"].sha256
        self.assertFalse(evidence.search([("sha256", "=", known)]))
        with self.assertRaises(AccessError):
            self.new_evidence(user=self.other_manager)

    def test_in_two_companies_one_sees_both(self):
        self.manager.company_ids |= self.other_company
        both = self.env[EVIDENCE].with_user(self.manager)
        theirs = both.with_company(self.other_company).create(
            {"name": "Theirs", "url": "https://example.com"}
        )
        both = both.with_context(
            allowed_company_ids=(self.company | self.other_company).ids
        )
        self.assertIn(theirs, both.search([]))
        self.assertIn(self.drafts["company"], both.search([]))
        one = both.with_context(allowed_company_ids=self.company.ids)
        self.assertNotIn(theirs, one.search([]))

    # Types

    def test_types_are_read_by_all_and_kept_by_managers(self):
        shipped = self.kind("lease")
        own = self.env["qualiopi.document.type"].create(
            {"name": "Charter of tutors", "company_id": self.company.id}
        )
        for user, of_shipped, of_own in (
            (self.manager, "R", "RWCU"),
            (self.internal_auditor, "R", "R"),
            (self.contributor, "R", "R"),
            (self.event_user, "R", "R"),
            (self.desk, "", ""),
            (self.plain, "", ""),
            (self.portal, "", ""),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.rights(shipped, user), of_shipped)
                self.assertEqual(self.rights(own, user), of_own)
        self.assertNotIn("R", self.rights(own, self.other_manager))

    # Wizards

    def test_wizards(self):
        rejection = self.env["qualiopi.evidence.rejection"]
        giving = self.env["qualiopi.evidence.giving"]
        for user, rejects, gives in (
            (self.manager, True, True),
            (self.internal_auditor, False, False),
            (self.contributor, False, False),
            (self.event_user, False, True),
            (self.desk, False, False),
            (self.plain, False, False),
            (self.portal, False, False),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(
                    rejection.with_user(user).has_access("create"), rejects
                )
                self.assertEqual(giving.with_user(user).has_access("create"), gives)

    def test_a_rejection_does_not_reach_further_than_its_user(self):
        wizard = self.env["qualiopi.evidence.rejection"].with_user(self.other_manager)
        with self.assertRaises(AccessError):
            wizard.create(
                {
                    "evidence_ids": [Command.set(self.drafts["company"].ids)],
                    "reason": "No",
                }
            ).action_confirm()
        self.assertEqual(self.drafts["company"].state, "draft")
