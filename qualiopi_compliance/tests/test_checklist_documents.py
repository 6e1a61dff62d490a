from odoo.exceptions import AccessError, UserError

from .common import DAY_2026, QualiopiCommon


class TestDocuments(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY_2026, cls.company):
            cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.living(cls.company)

    def indicator(self, number):
        return self.env["qualiopi.indicator"].search([("number", "=", number)])

    def shown(self, line, user):
        """:return: the documents that the form of a line shows"""
        [values] = line.with_user(user).web_read(
            {
                "evidence_ids": {"fields": {"name": {}, "state": {}, "validity": {}}},
                "evidence_count": {},
            }
        )
        return [row["name"] for row in values["evidence_ids"]]

    def test_a_contributor_adds_and_the_others_read(self):
        line = self.line(self.checklist, 4)
        line.user_id = self.contributor
        evidence = self.drop(line, user=self.contributor)
        self.assertEqual(evidence.state, "draft")
        self.assertEqual(evidence.company_id, self.company)
        self.assertEqual(evidence.indicator_ids, self.indicator(4))
        self.assertFalse(evidence.effective_on)
        file = evidence.attachment_ids
        self.forget()
        for user in (self.manager, self.internal_auditor, self.contributor):
            with self.subTest(user=user.login):
                self.assertEqual(file.with_user(user).raw, b"proof")
                self.assertEqual(self.shown(line, user), ["proof"])
        for user in (self.other_manager, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_not_on_the_line_of_somebody_else(self):
        line = self.line(self.checklist, 4)
        line.user_id = self.manager
        with self.assertRefused("in charge", AccessError):
            self.drop(line, user=self.contributor)
        self.forget()
        self.assertFalse(line.evidence_ids)

    def test_not_on_a_closed_checklist(self):
        closed = self.closed(self.company)
        with self.assertRefused("is closed", UserError):
            self.drop(self.line(closed, 4))

    def test_a_private_file_of_somebody_else_is_not_taken(self):
        """Sending its number must not make it readable."""
        line = self.line(self.checklist, 4)
        line.user_id = self.contributor
        private = self.env["ir.attachment"].with_user(self.plain)
        private = private.create({"name": "private.txt", "raw": b"secret"})
        evidence = self.env["qualiopi.evidence"].with_user(self.contributor)
        with self.assertRaises(AccessError):
            evidence.action_receive_files(private.ids, line._name, line.id)
        self.forget()
        self.assertFalse(private.sudo().res_id)
        with self.assertRaises(AccessError):
            private.with_user(self.contributor).read(["raw"])

    def test_one_document_serves_several_indicators(self):
        evidence = self.drop(self.line(self.checklist, 4))
        evidence.indicator_ids |= self.indicator(9)
        self.forget()
        for number in (4, 9):
            line = self.line(self.checklist, number)
            self.assertEqual(line.evidence_ids, evidence)
        self.assertFalse(self.line(self.checklist, 5).evidence_ids)

    def test_what_a_reader_may_not_read_does_not_close_the_line(self):
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Anna"}).id,
                "company_id": self.company.id,
                "kind": "manager",
            }
        )
        evidence = self.drop(trainer, "cv.txt")
        evidence.indicator_ids = self.indicator(4)
        self.forget()
        line = self.line(self.checklist, 4)
        self.assertEqual(self.shown(line, self.manager), ["cv"])
        self.assertEqual(self.shown(line, self.contributor), [])

    def test_what_does_not_hold_is_not_shown(self):
        line = self.line(self.checklist, 4)
        kept, old, wrong = (self.drop(line, f"{name}.txt") for name in "abc")
        (kept | old).write({"effective_on": "2026-01-01"})
        wrong._reject("No signature")
        old.action_validate()
        kept.previous_id = old
        kept.action_validate()
        self.forget()
        self.assertEqual(line.evidence_ids, kept)
        kept.action_archive()
        self.forget()
        self.assertFalse(line.evidence_ids)

    def test_documents_stay_with_the_living_line_when_the_text_changes(self):
        with self.on("2026-10-31", self.company):
            line = self.line(self.checklist, 1)
            evidence = self.drop(line)
        with self.on(DAY_2026, self.company):
            self.assertEqual(line.requirement_id.framework_id.code, "rnq-2026")
            self.assertEqual(line.evidence_ids, evidence)

    def test_the_list_of_a_line_opens_with_what_it_shows(self):
        line = self.line(self.checklist, 4)
        evidence = self.drop(line)
        action = line.with_user(self.manager).action_open_documents()
        found = self.env["qualiopi.evidence"].search(action["domain"])
        self.assertEqual(found, evidence)
        made = self.env["qualiopi.evidence"].with_context(**action["context"])
        self.assertEqual(
            made.create({"name": "Another"}).indicator_ids, self.indicator(4)
        )
