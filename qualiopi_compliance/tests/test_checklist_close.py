from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import DAY_2026, QualiopiCommon


class CloseCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.self_assessment(cls.company, DAY_2026).with_user(
            cls.manager
        )
        cls.lines = cls.checklist.line_ids
        cls.assess(cls.lines)
        cls.evidence = cls.drop(cls.line(cls.checklist, 4))
        cls.file = cls.evidence.attachment_ids

    @classmethod
    def assess(cls, lines):
        lines.write(
            {
                "declared_status": "demonstrated",
                "difference_reason": "Shown on paper",
                "conclusion": "<p>Done</p>",
            }
        )

    def wizard(self, checklist=None):
        action = (checklist or self.checklist).action_close()
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({})
        )


class TestClosing(CloseCase):
    def test_with_everything_assessed(self):
        wizard = self.wizard()
        self.assertEqual(wizard.unassessed_count, 0)
        with self.on("2026-12-15"):
            wizard.action_confirm()
        self.assertEqual(self.checklist.state, "closed")
        self.assertEqual(str(self.checklist.closed_on), "2026-12-15")
        self.assertEqual(self.checklist.closed_by_id, self.manager)

    def test_lists_what_nobody_assessed(self):
        forgotten = self.line(self.checklist, 5) | self.line(self.checklist, 9)
        forgotten.write({"declared_status": "not_assessed"})
        # 3 does not apply here: nobody has to assess it
        self.line(self.checklist, 3).declared_status = "not_assessed"
        wizard = self.wizard()
        self.assertEqual(wizard.unassessed_line_ids, forgotten)
        with self.assertRaisesRegex(UserError, r"\b5, 9\b"):
            wizard.action_confirm()
        self.assertEqual(self.checklist.state, "open")

    def test_all_the_same_with_the_tick(self):
        self.line(self.checklist, 5).declared_status = "not_assessed"
        wizard = self.wizard()
        wizard.accept_unassessed = True
        wizard.action_confirm()
        self.assertEqual(self.checklist.state, "closed")
        self.assertEqual(self.line(self.checklist, 5).status, "not_assessed")

    def test_from_the_dialog(self):
        self.line(self.checklist, 5).declared_status = "not_assessed"
        action = self.checklist.action_close()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        self.assertEqual(form.unassessed_count, 1)
        form.accept_unassessed = True
        form.save().action_confirm()
        self.assertEqual(self.checklist.state, "closed")

    def test_the_living_checklist_stays_open(self):
        living = self.living(self.company).with_user(self.manager)
        self.assess(living.line_ids)
        with self.assertRaises(UserError):
            self.wizard(living).action_confirm()
        self.assertEqual(living.state, "open")

    def test_not_twice(self):
        self.wizard().action_confirm()
        with self.assertRaises(UserError):
            self.wizard().action_confirm()

    def test_only_by_a_manager_of_the_company(self):
        for user in (self.contributor, self.internal_auditor, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.checklist.with_user(user)._close()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard = (
                    self.env["qualiopi.checklist.close"]
                    .with_user(user)
                    .create({"checklist_id": self.checklist.id})
                )
                wizard.accept_unassessed = True
                wizard.action_confirm()
        self.assertEqual(self.checklist.state, "open")


class TestClosed(CloseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.closed_line = cls.line(cls.checklist, 4)
        cls.checklist._close()
        cls.forget()

    def content(self):
        """:return: what nobody may change any more"""
        self.env.invalidate_all()
        lines = self.lines.sudo().with_context(active_test=False)
        return (
            self.checklist.sudo().read(["name", "date", "framework_id", "state"]),
            lines.read(
                [
                    "statement",
                    "status",
                    "applicability",
                    "conclusion",
                    "rule_reasons",
                    "assessed_on",
                    "evidence_ids",
                ]
            ),
            len(self.checklist.sudo().line_ids),
            self.evidence.sudo().read(["name", "attachment_ids", "url"]),
            self.file.sudo().raw,
        )

    def check_refused(self, function, *args):
        """Refused in words to the manager, and nothing is lost."""
        before = self.content()
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            function(*args)
            self.env.flush_all()
        self.assertNotIsInstance(refusal.exception, AccessError)
        self.assertEqual(self.content(), before)

    def test_checklist_cannot_be_written(self):
        for vals in (
            {"name": "Other"},
            {"user_id": False},
            {"date": "2026-12-15"},
            {"state": "open"},
            {"closed_on": False},
            {"framework_id": self.framework(2019).id},
            {"active": False, "name": "Other"},
            {"line_ids": [Command.clear()]},
            {"line_ids": [Command.update(self.closed_line.id, {"conclusion": "x"})]},
        ):
            with self.subTest(vals=vals):
                self.check_refused(self.checklist.write, vals)

    def test_checklist_cannot_be_deleted(self):
        self.check_refused(self.checklist.unlink)

    def test_lines_cannot_be_written(self):
        for vals in (
            {"conclusion": "<p>Other</p>"},
            {"declared_status": "at_risk"},
            {"user_id": self.contributor.id},
            {"override_applicability": "not_applicable", "override_reason": "So"},
            {"rule_reasons": []},
            {"to_confirm": True},
            {"frozen_evidence_ids": [Command.clear()]},
            {"frozen_evidence_ids": [Command.create({"name": "a"})]},
        ):
            with self.subTest(vals=vals):
                self.check_refused(self.closed_line.write, vals)

    def test_lines_cannot_be_hidden(self):
        self.check_refused(self.closed_line.write, {"active": False})

    def test_lines_cannot_be_reviewed(self):
        self.check_refused(self.closed_line.action_review)

    def test_lines_cannot_be_moved(self):
        other = self.self_assessment(self.company, "2026-12-15")
        self.check_refused(self.closed_line.write, {"checklist_id": other.id})

    def test_open_lines_cannot_be_moved_in(self):
        other = self.self_assessment(self.company, "2026-12-15")
        line = self.line(other, 4).with_user(self.manager)
        line.sudo().requirement_id = self.requirement(2019, 4)
        self.check_refused(line.write, {"checklist_id": self.checklist.id})

    def test_lines_cannot_be_deleted(self):
        # a manager has no right to delete any line; see what is behind the right
        with self.assertRaises(AccessError):
            self.closed_line.unlink()
        self.check_refused(self.closed_line.sudo().unlink)

    def test_lines_cannot_be_added(self):
        vals = {
            "checklist_id": self.checklist.id,
            "requirement_id": self.requirement(2019, 1).id,
        }
        self.check_refused(self.env["qualiopi.checklist.line"].sudo().create, vals)

    def test_documents_cannot_be_changed(self):
        for vals in (
            {"raw": b"other"},
            {"datas": b"b3RoZXI="},
            {"name": "other.txt"},
            {"type": "url", "url": "https://example.com"},
        ):
            with self.subTest(vals=vals):
                self.check_refused(self.file.write, vals)

    def test_documents_cannot_be_deleted(self):
        self.check_refused(self.file.unlink)

    def test_documents_cannot_be_taken_away(self):
        """Tied to another record, its readers would not read it any more."""
        other = self.line(self.living(self.company), 4)
        vals = {"res_model": other._name, "res_id": other.id}
        self.check_refused(self.file.write, vals)

    def test_documents_of_open_lines_can(self):
        line = self.line(self.living(self.company), 4).with_user(self.manager)
        evidence = self.drop(line, "other.txt")
        file = evidence.attachment_ids
        file.raw = b"changed"
        file.unlink()
        evidence.unlink()
        self.forget()
        self.assertEqual(line.evidence_ids, self.evidence)

    def test_a_document_that_an_open_line_shows_too_is_frozen(self):
        line = self.line(self.living(self.company), 4)
        self.assertEqual(line.evidence_ids, self.evidence)
        self.check_refused(self.evidence.write, {"name": "Other"})
        self.check_refused(self.evidence.write, {"attachment_ids": [Command.clear()]})
        self.check_refused(self.evidence.write, {"url": "https://example.com"})
        self.check_refused(self.evidence.unlink)
        self.check_refused(self.evidence.sudo().unlink)

    def test_it_shows_the_same_documents_whatever_becomes_of_them(self):
        self.drop(self.line(self.living(self.company), 4), "later.txt")
        self.evidence.effective_on = "2026-10-01"
        self.evidence.action_validate()
        self.evidence.action_archive()
        self.forget()
        self.assertEqual(self.closed_line.evidence_ids, self.evidence)
        self.assertNotIn(
            self.evidence, self.line(self.living(self.company), 4).evidence_ids
        )

    def test_can_still_be_talked_about(self):
        for record in (self.checklist, self.closed_line):
            message = record.message_post(
                body="Seen", attachments=[("note.txt", b"note")]
            )
            self.assertIn(message, record.message_ids)
            activity = record.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.manager.id
            )
            activity.action_feedback(feedback="Done")
            self.assertIn("Done", record.message_ids[0].body)
            record.message_subscribe(self.contributor.partner_id.ids)

    def test_can_be_archived(self):
        self.checklist.action_archive()
        self.assertFalse(self.checklist.active)
        self.checklist.action_unarchive()
        self.assertEqual(self.checklist.state, "closed")

    def test_keeps_the_words_it_was_about(self):
        requirement = self.closed_line.requirement_id.sudo()
        before = {
            lang: self.closed_line.with_context(lang=lang).statement
            for lang in ("fr_FR", "en_US")
        }
        self.assertEqual(before["fr_FR"], requirement.statement_fr)
        requirement.write({"statement_fr": "Autre", "statement_en": "Other"})
        self.forget()
        for lang, text in before.items():
            self.assertEqual(self.closed_line.with_context(lang=lang).statement, text)
        living = self.line(self.living(self.company), 4)
        self.assertEqual(living.with_context(lang="fr_FR").statement, "Autre")

    def test_does_not_follow_the_facts_any_more(self):
        before = self.content()
        category = self.company.qualiopi_company_category_ids
        category.write({"work_study": True, "leads_to_rncp": True})
        self.company.qualiopi_rs_certifying = True
        self.company._qualiopi_refresh_checklists()
        self.checklist.sudo()._refresh()
        category.unlink()
        self.assertEqual(self.content(), before)

    def test_next_one_starts_from_it(self):
        checklist = self.self_assessment(self.company, "2026-12-15")
        self.assertEqual(checklist.previous_id, self.checklist)
        line = self.line(checklist, 4)
        self.assertEqual(line.conclusion, "<p>Done</p>")
        line.conclusion = "<p>Corrected</p>"
        self.assertFalse(line.frozen_statement_fr)

    def test_its_company_cannot_be_deleted(self):
        company = self.new_company("Avec histoire")
        closed = self.closed(company)
        with self.assertRaises(UserError):
            company.unlink()
        self.assertTrue(closed.exists())
