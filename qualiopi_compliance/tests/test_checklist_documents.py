from contextlib import suppress

from odoo import Command
from odoo.exceptions import AccessError

from .common import DAY_2026, QualiopiCommon


class TestDocuments(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY_2026, cls.company):
            cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.living(cls.company)

    def upload(self, user, name="proof.txt", **vals):
        """A file as the upload widget of a form sends it."""
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create(
                {
                    "name": name,
                    "raw": b"proof",
                    "res_model": "qualiopi.checklist.line",
                    "res_id": 0,
                    **vals,
                }
            )
        )

    def attach(self, line, file, user):
        line.with_user(user).write({"attachment_ids": [Command.link(file.id)]})

    def test_a_contributor_adds_and_the_others_read(self):
        line = self.line(self.checklist, 4)
        line.user_id = self.contributor
        file = self.upload(self.contributor)
        with self.assertRaises(AccessError):
            file.with_user(self.manager).read(["raw"])
        self.attach(line, file, self.contributor)
        self.forget()
        for user in (self.manager, self.internal_auditor, self.contributor):
            with self.subTest(user=user.login):
                self.assertEqual(file.with_user(user).raw, b"proof")
                shown = line.with_user(user).web_read(
                    {"attachment_ids": {"fields": {"name": {}}}}
                )
                self.assertEqual(shown[0]["attachment_ids"][0]["name"], "proof.txt")
        for user in (self.other_manager, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_not_on_the_line_of_somebody_else(self):
        line = self.line(self.checklist, 4)
        line.user_id = self.manager
        file = self.upload(self.contributor)
        with self.assertRaises(AccessError):
            self.attach(line, file, self.contributor)
        self.forget()
        self.assertFalse(line.attachment_ids)
        self.assertFalse(file.res_id)

    def test_a_private_file_of_somebody_else_is_not_taken(self):
        """Linking a file by its number must not make it readable."""
        line = self.line(self.checklist, 4)
        line.user_id = self.contributor
        private = self.upload(self.plain, name="private.txt", res_model=False)
        # refusing or ignoring it, both are fine
        with suppress(AccessError):
            self.attach(line, private, self.contributor)
        self.forget()
        self.assertFalse(private.sudo().res_id)
        with self.assertRaises(AccessError):
            private.with_user(self.contributor).read(["raw"])

    def test_the_form_opens_whatever_is_attached(self):
        """A file that the reader may not read must not close the line to him."""
        line = self.line(self.checklist, 4)
        file = self.upload(self.manager)
        partner = self.env["res.partner"].create(
            {"name": "Hidden", "company_id": self.other_company.id}
        )
        file.sudo().write({"res_model": "res.partner", "res_id": partner.id})
        line.write({"attachment_ids": [Command.link(file.id)]})
        self.forget()
        shown = line.with_user(self.contributor).web_read(
            {"attachment_ids": {"fields": {"name": {}, "mimetype": {}}}}
        )
        self.assertEqual(len(shown), 1)

    def test_documents_stay_with_the_living_line_when_the_text_changes(self):
        with self.on("2026-10-31", self.company):
            line = self.line(self.checklist, 1)
            file = self.upload(self.manager)
            self.attach(line, file, self.manager)
        with self.on(DAY_2026, self.company):
            self.assertEqual(line.requirement_id.framework_id.code, "rnq-2026")
            self.assertEqual(line.attachment_ids, file)
