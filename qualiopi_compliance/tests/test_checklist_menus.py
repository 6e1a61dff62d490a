from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .check_common import GRADABLE, TODAY, CheckCase
from .test_evidence_interrupted import READING


@tagged("post_install", "-at_install")
class TestMenus(CheckCase):
    """Whoever opens them finds what the records say today."""

    MENUS = ("action_open_living", "action_open_summary")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.new_check()
        cls.Checklist = cls.env["qualiopi.checklist"]

    def open(self, name, user):
        return getattr(self.Checklist.with_user(user), name)()

    def test_by_role(self):
        living = self.living(self.company)
        for name in self.MENUS:
            for user in (self.contributor, self.internal_auditor, self.manager):
                living.sudo().evidence_on = "2026-04-01"
                with self.subTest(name=name, user=user.login):
                    action = self.open(name, user)
                    self.assertEqual(action["type"], "ir.actions.act_window")
                    self.assertEqual(str(living.evidence_on), TODAY)

    def test_read_once_a_day(self):
        self.open("action_open_living", self.contributor)
        self.spoil(5)
        for name in self.MENUS:
            self.open(name, self.contributor)
        line = self.line(self.living(self.company), GRADABLE)
        self.assertEqual(line.computed_status, "demonstrated")
        line.checklist_id.with_user(self.contributor).action_read_records()
        self.assertEqual(line.computed_status, "insufficient")

    def test_read_again_once_what_applies_has_changed(self):
        self.open("action_open_living", self.contributor)
        check = self.new_check((15,))
        self.declare(self.company, "CFA")
        living = self.living(self.company)
        self.assertTrue(living.evidence_old)
        self.open("action_open_summary", self.contributor)
        self.assertFalse(living.evidence_old)
        self.assertEqual(self.line(living, 15).result_ids.check_id, check)

    def test_read_again_once_somebody_decided_otherwise(self):
        living = self.living(self.company)
        self.spoil(4)
        for decide, status in (
            (lambda: self.check.write({"threshold": 60}), "demonstrated"),
            (lambda: self.set_terms(self.check, threshold=95), "insufficient"),
            (lambda: self.check.setting_ids.action_archive(), "demonstrated"),
            (lambda: self.check.action_archive(), "not_assessed"),
        ):
            self.open("action_open_living", self.contributor)
            self.assertFalse(living.evidence_old)
            decide()
            self.forget()
            with self.subTest(status=status):
                self.assertTrue(living.evidence_old)
                self.open("action_open_living", self.contributor)
                self.assertEqual(self.line(living, GRADABLE).computed_status, status)

    def test_only_the_companies_of_the_reader(self):
        self.open("action_open_living", self.contributor)
        self.assertFalse(self.living(self.other_company).evidence_on)

    def test_without_framework(self):
        none = self.env["qualiopi.framework"]
        with patch.object(type(none), "_for_date", lambda model, day: model.browse()):
            for name in self.MENUS:
                for user in (self.contributor, self.internal_auditor, self.manager):
                    with self.subTest(name=name, user=user.login):
                        self.assertTrue(self.open(name, user))
        self.assertFalse(self.living(self.company).evidence_on)

    def test_what_goes_wrong_does_not_keep_the_page_shut(self):
        self.read()
        with (
            self.on("2026-04-16"),
            patch.object(
                type(self.env["qualiopi.collector"]),
                "_collect",
                side_effect=ZeroDivisionError,
            ),
            mute_logger(READING),
        ):
            self.assertTrue(self.open("action_open_living", self.contributor))
            self.assertEqual(str(self.living(self.company).evidence_on), TODAY)

    def test_not_for_others(self):
        for user in (self.plain, self.portal):
            for name in self.MENUS:
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.open(name, user)
            with self.assertRaises(AccessError):
                self.living(self.company).with_user(user).action_read_records()
        with self.assertRaises(AccessError):
            self.living(self.company).with_user(
                self.other_manager
            ).action_read_records()

    def test_nobody_writes_it_by_hand(self):
        self.read()
        line = self.line(self.living(self.company), GRADABLE).with_user(self.manager)
        for vals in (
            {"computed_status": "insufficient"},
            {"computed_on": "2026-01-01"},
            {"computed_facts": {}},
            {"missing_count": 0},
            {"declared_against": "demonstrated"},
            {"records_changed": False},
            {"frozen_words": {}},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                line.write(vals)
