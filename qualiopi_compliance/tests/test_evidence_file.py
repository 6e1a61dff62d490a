from hashlib import sha256

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .evidence_common import PDF, EvidenceCase


@tagged("post_install", "-at_install")
class TestEvidenceFile(EvidenceCase):
    """What is filed: of whom, known again, refused, kept."""

    def test_each_file_keeps_the_digest_of_its_content(self):
        one, two = (
            self.new_file("a.pdf", PDF + b"a"),
            self.new_file("b.pdf", PDF + b"b"),
        )
        evidence = self.new_evidence(
            attachment_ids=[Command.set((one | two).ids)], name="Rules"
        )
        digests = [sha256(PDF + rest).hexdigest() for rest in (b"a", b"b")]
        self.assertEqual(sorted(evidence.sha256.split()), sorted(digests))
        Evidence = self.env["qualiopi.evidence"]
        self.assertEqual(Evidence.search([("sha256", "=", digests[0])]), evidence)
        self.assertEqual(
            Evidence.search([("sha256", "ilike", digests[1][:12])]), evidence
        )
        self.assertFalse(Evidence.search([("sha256", "=", "0" * 64)]))
        without = self.new_evidence(url="https://example.com", name="Link")
        self.assertIn(without, Evidence.search([("sha256", "=", False)]))

    def test_the_digest_follows_the_content_of_a_draft(self):
        evidence = self.new_evidence()
        evidence.attachment_ids.raw = PDF + b"changed"
        self.forget()
        self.assertEqual(evidence.sha256, sha256(PDF + b"changed").hexdigest())

    def test_files_elsewhere_have_none(self):
        file = self.env["ir.attachment"].create({"name": "a.pdf", "raw": PDF})
        file.raw = PDF + b"x"
        self.assertFalse(file.qualiopi_sha256)

    def test_readers_of_the_document_read_its_files_and_nobody_else(self):
        evidence = self.new_evidence(user=self.contributor)
        file = evidence.attachment_ids
        self.assertEqual(file.res_model, "qualiopi.evidence")
        self.assertEqual(file.res_id, evidence.id)
        for user in (self.manager, self.internal_auditor, self.contributor):
            self.assertTrue(file.with_user(user).raw)
        for user in (self.other_manager, self.plain, self.portal, self.event_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                file.with_user(user).read(["raw"])

    def test_a_file_tied_elsewhere_stays_there(self):
        contract = self.env["ir.attachment"].create(
            {
                "name": "contract.pdf",
                "raw": PDF,
                "res_model": "event.registration",
                "res_id": self.alice.id,
            }
        )
        evidence = self.new_evidence(
            "agreement", attachment_ids=[Command.link(contract.id)]
        )
        self.assertEqual(contract.res_id, self.alice.id)
        own = evidence.attachment_ids
        self.assertNotEqual(own, contract)
        self.assertEqual((own.name, own.raw), ("contract.pdf", PDF))
        self.assertEqual(own.res_id, evidence.id)

    def test_a_private_file_of_somebody_else_is_not_taken(self):
        private = self.new_file(user=self.plain)
        with self.assertRaises(AccessError):
            self.new_evidence(
                user=self.contributor, attachment_ids=[Command.link(private.id)]
            )

    def test_a_file_taken_out_of_a_draft_is_gone(self):
        evidence = self.new_evidence()
        first = evidence.attachment_ids
        second = self.new_file("second.pdf", PDF + b"2")
        evidence.attachment_ids = [Command.set(second.ids)]
        self.assertFalse(first.exists())
        self.assertEqual(evidence.message_main_attachment_id, second)

    def test_the_files_cannot_be_made_public(self):
        loose = self.env["ir.attachment"].with_user(self.manager)
        loose = loose.create({"name": "a.pdf", "raw": PDF, "public": True})
        evidence = self.new_evidence(attachment_ids=[Command.link(loose.id)])
        self.assertFalse(loose.public)
        with self.assertRefused("made public", UserError):
            evidence.attachment_ids.public = True

    # The same file twice

    def test_the_same_file_twice_is_said_and_taken(self):
        first = self.new_evidence(name="House rules")
        content = first.attachment_ids.raw
        again = self.new_file("other name.pdf", content)
        evidence = self.new_evidence(
            name="Again", attachment_ids=[Command.link(again.id)]
        )
        self.assertEqual(evidence.same_file_ids, first)
        self.assertIn("“House rules”", evidence.same_file_notice)
        self.assertEqual(evidence.action_open_same_files()["res_id"], first.id)
        self.assertEqual(first.same_file_ids, evidence)

    def test_it_is_said_before_anything_is_saved(self):
        first = self.new_evidence(name="House rules")
        again = self.new_file("again.pdf", first.attachment_ids.raw)
        form = Form(self.env["qualiopi.evidence"].with_user(self.manager))
        form.attachment_ids.add(again)
        self.assertIn("“House rules”", form.same_file_notice)

    def test_not_what_the_reader_does_not_see(self):
        hidden = self.new_evidence("cv", name="CV of Nadia")
        again = self.new_file("a.pdf", hidden.attachment_ids.raw, self.contributor)
        evidence = self.new_evidence(
            user=self.contributor, attachment_ids=[Command.link(again.id)]
        )
        self.assertFalse(evidence.same_file_notice)
        self.forget()
        self.assertEqual(evidence.with_user(self.manager).same_file_ids, hidden)

    # Refused

    def test_hostile_files_are_refused_by_name_with_what_to_do(self):
        for name, content, words in (
            ("empty.pdf", b"", "“empty.pdf” is empty"),
            ("lease.pdf", b"MZ\x90\x00", "“lease.pdf” is a program"),
            ("lease.pdf", b"<html><script>", "“lease.pdf” is a page"),
            ("logo.png", b"<svg xmlns='x'></svg>", "“logo.png” is a page"),
            ("run.sh", b"echo", "“run.sh” is a script"),
            ("lease.pdf", b"a text", "“lease.pdf” is not what its name says"),
        ):
            file = self.new_file(name, content)
            with self.subTest(name=name), self.assertRefused(words):
                self.new_evidence(attachment_ids=[Command.link(file.id)])

    def test_nor_later_nor_by_a_command(self):
        evidence = self.new_evidence()
        command = Command.create({"name": "a.exe", "raw": b"x"})
        with self.assertRefused("a program"):
            evidence.attachment_ids = [command]

    def test_a_client_cannot_say_it_was_printed(self):
        file = self.new_file("lease.pdf", b"<html>")
        evidence = self.env["qualiopi.evidence"].with_user(self.manager)
        with self.assertRaises(ValidationError):
            evidence.with_context(qualiopi_printed=True).create(
                {"name": "x", "attachment_ids": [Command.link(file.id)]}
            )

    def test_the_form_takes_it_out_and_keeps_what_was_typed(self):
        form = Form(self.env["qualiopi.evidence"].with_user(self.manager))
        form.name = "Lease"
        with self.assertLogs("odoo.tests.form.onchange", "WARNING") as logs:
            form.attachment_ids.add(self.new_file("lease.pdf", b"<html>"))
        self.assertIn("“lease.pdf” is a page", logs.output[0])
        self.assertEqual(len(form.attachment_ids), 0)
        form.attachment_ids.add(self.new_file("lease2.pdf"))
        self.assertEqual(form.save().name, "Lease")

    def test_a_link_is_that_of_a_page(self):
        for url in ("javascript:alert(1)", "ftp://x/y", "www.example.com", "http://"):
            with self.subTest(url=url), self.assertRefused("address of a page"):
                self.new_evidence(url=url)
        evidence = self.new_evidence(url=" https://example.com/rules ")
        self.assertEqual(evidence.url, "https://example.com/rules")

    def test_an_attachment_that_is_a_link_is_told_where_to_go(self):
        file = self.env["ir.attachment"].with_user(self.manager)
        file = file.create({"name": "x", "type": "url", "url": "https://e.com"})
        with self.assertRefused("under “Link”"):
            self.new_evidence(attachment_ids=[Command.link(file.id)])

    # Kept

    def check_kept(self, file):
        other = self.new_evidence(name="Other")
        for vals in (
            {"raw": b"x"},
            {"datas": b"eA=="},
            {"name": "x"},
            {"type": "url", "url": "https://e.com"},
            {"res_id": other.id},
            {"res_model": "res.partner", "res_id": self.manager.partner_id.id},
        ):
            for records in (file, file.sudo()):
                case = self.subTest(vals=vals, su=records.env.su)
                with case, self.assertRefused("is validated", UserError):
                    records.write(vals)
        for records in (file, file.sudo()):
            with self.assertRefused("is validated", UserError):
                records.unlink()

    def test_files_of_a_validated_document_are_kept(self):
        evidence = self.new_valid()
        self.check_kept(evidence.attachment_ids)
        evidence.action_archive()
        self.check_kept(evidence.attachment_ids)

    def test_files_of_a_superseded_version_are_kept(self):
        former = self.new_valid(name="Old")
        self.new_valid(name="New", previous_id=former.id)
        self.assertTrue(former.superseded_by_id)
        self.check_kept(former.attachment_ids)

    def test_what_is_submitted_is_judged_as_it_is(self):
        """Not by the way of the file either."""
        evidence = self.new_evidence(user=self.contributor)
        file = evidence.attachment_ids.with_user(self.contributor)
        file.name = "renamed.pdf"
        evidence.action_submit()
        for change in (lambda: file.write({"raw": PDF + b"x"}), file.unlink):
            with self.assertRefused("Take it back", UserError):
                change()
        file.with_user(self.manager).name = "by a manager.pdf"

    def test_nor_through_a_message(self):
        evidence = self.new_valid()
        file = evidence.attachment_ids
        message = evidence.message_post(
            body="See", attachment_ids=file.ids, message_type="comment"
        )
        with self.assertRefused("is validated", UserError):
            evidence._message_update_content(message, body="", attachment_ids=[])
        self.assertTrue(file.exists())

    def test_nor_by_deleting_what_it_is_about(self):
        evidence = self.new_valid("convocation", self.bruno)
        file = evidence.attachment_ids
        self.bruno.unlink()
        self.assertTrue(evidence.exists())
        self.assertEqual(file.exists().res_id, evidence.id)


@tagged("post_install", "-at_install")
class TestEvidenceFileRoutes(EvidenceCase, HttpCase):
    def setUp(self):
        super().setUp()
        # that of the browser, not the one of the courses
        self.session = None

    def test_the_routes_of_mail_do_not_delete_it(self):
        evidence = self.new_valid()
        file = evidence.attachment_ids
        self.authenticate(self.manager.login, self.manager.login)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                "/mail/attachment/delete", {"attachment_id": file.id}
            )
        self.assertTrue(file.exists())

    def test_a_reader_downloads_and_others_do_not(self):
        file = self.new_evidence("cv").attachment_ids
        for user, status in (
            (self.manager, 200),
            (self.internal_auditor, 200),
            (self.contributor, 404),
            (self.portal, 404),
        ):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                answer = self.url_open(f"/web/content/{file.id}?download=true")
                self.assertEqual(answer.status_code, status)
