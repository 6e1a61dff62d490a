from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .defect_common import DefectCase

WORDS = "Réussite garantie"


@tagged("post_install", "-at_install")
class TestPageAcceptance(DefectCase):
    """A rule can be wrong about words: a manager says why they are right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.claim = cls.new_program(name="Web", methods=WORDS)

    def setUp(self):
        super().setUp()
        self.validated(self.claim)
        self.defect = self.claim.page_defect_ids.with_user(self.manager)

    def accept(self, reason="Quoted from the certifier", user=None):
        action = self.defect.with_user(user or self.manager).action_ask_acceptance()
        wizard = self.env[action["res_model"]].with_user(user or self.manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": reason})
        wizard.action_confirm()

    def test_accepted_words_are_published(self):
        self.assertTrue(self.defect.blocking)
        self.accept()
        self.assertEqual(self.defect.accepted_on, date(2026, 11, 23))
        self.assertEqual(self.defect.accepted_by_id, self.manager)
        self.claim.with_user(self.manager).is_published = True
        self.assertTrue(self.claim.is_published)
        self.assertFalse(self.defect.blocking or self.defect.gap)
        notes = self.notes(self.claim)
        self.assertIn(WORDS, notes)
        self.assertIn("Quoted from the certifier", notes)

    def test_kept_as_long_as_the_words_stand(self):
        self.accept()
        self.read_again(self.claim, "2026-12-01")
        self.assertTrue(self.defect.exists().accepted_on)
        self.assertFalse(self.defect.blocking)
        self.claim.with_user(self.manager).action_revise()
        self.claim.with_user(self.manager).methods = "Succès garanti"
        self.validated(self.claim)
        self.assertFalse(self.defect.exists())
        self.assertTrue(self.claim.page_defect_ids.blocking)

    def test_taken_back(self):
        self.accept()
        self.defect.action_take_back()
        self.assertTrue(self.defect.blocking and self.defect.gap)
        self.assertFalse(self.defect.accepted_reason)

    def test_a_reason_is_given(self):
        with self.assertRefused("Write why", UserError):
            self.accept("  ")
        self.assertFalse(self.defect.accepted_on)

    def test_what_is_missing_is_not_accepted(self):
        self.defect.sudo().passage = False
        with self.assertRefused("something is missing", UserError):
            self.accept()

    def test_managers_only(self):
        for user in (self.contributor, self.internal_auditor):
            for action in ("action_ask_acceptance", "action_take_back"):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    getattr(self.defect.with_user(user), action)()
            wizards = self.env["qualiopi.page.acceptance"].with_user(user)
            with self.assertRaises(AccessError):
                wizards.create({"reason": "a", "defect_ids": self.defect.ids})
        with self.assertRaises(AccessError):
            self.defect.with_user(self.other_manager).action_ask_acceptance()
