from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .evidence_common import PDF, EvidenceCase

EVIDENCE = "qualiopi.evidence"


@tagged("post_install", "-at_install")
class TestEvidenceDrop(EvidenceCase):
    """Files dropped on a record: one draft each, and what is said of them."""

    def receive(self, files, record=None, user=None, **context):
        evidence = self.env[EVIDENCE].with_user(user or self.manager)
        target = (record._name, record.id) if record else ()
        return evidence.with_context(**context).action_receive_files(files.ids, *target)

    def made(self, told):
        return self.env[EVIDENCE].browse([each["id"] for each in told["made"]])

    def test_on_each_kind_of_record(self):
        for scope, record in self.holders.items():
            told = self.receive(self.new_file(f"{scope}.pdf"), record)
            evidence = self.made(told)
            with self.subTest(scope=scope):
                self.assertEqual(evidence._record(), record)
                self.assertEqual(evidence.scope, scope)
                self.assertEqual(evidence.company_id, self.company)
                self.assertEqual(evidence.name, scope)
                self.assertEqual(evidence.state, "draft")
                self.assertFalse(evidence.effective_on)
                self.assertEqual(evidence.user_id, self.manager)

    def test_several_at_once_are_several_drafts(self):
        files = self.new_file("a.pdf", PDF + b"a") | self.new_file("b.pdf", PDF + b"b")
        told = self.receive(files, self.session)
        self.assertEqual(sorted(each["name"] for each in told["made"]), ["a", "b"])
        self.assertEqual(told["known"], [])
        self.assertEqual(told["refused"], [])
        for evidence in self.made(told):
            self.assertEqual(len(evidence.attachment_ids), 1)

    def test_what_is_known_is_said(self):
        self.new_evidence(name="House rules", attachment_ids=[(4, self.new_file().id)])
        told = self.receive(self.new_file("again.pdf"), self.session)
        self.assertEqual(len(told["made"]), 1)
        [known] = told["known"]
        self.assertEqual(known["name"], "again.pdf")
        self.assertIn("“House rules”", known["notice"])

    def test_what_is_refused_is_said_and_the_others_are_taken(self):
        files = (
            self.new_file("good.pdf")
            | self.new_file("empty.pdf", b"")
            | self.new_file("page.pdf", b"<html>")
        )
        told = self.receive(files, self.session)
        self.assertEqual([each["name"] for each in told["made"]], ["good"])
        self.assertEqual(
            [each["name"] for each in told["refused"]], ["empty.pdf", "page.pdf"]
        )
        self.assertIn("0 bytes", told["refused"][0]["reason"])
        self.assertEqual(len(files.exists()), 1)

    def test_in_the_list_a_draft_is_like_a_new_one(self):
        told = self.receive(
            self.new_file(),
            default_scope="learner",
            default_registration_id=self.alice.id,
            default_company_id=self.company.id,
        )
        self.assertEqual(self.made(told).registration_id, self.alice)
        told = self.receive(self.new_file("b.pdf"))
        self.assertEqual(self.made(told).scope, "company")

    def test_with_the_rights_of_who_drops_them(self):
        for user, record in (
            (self.contributor, self.program),
            (self.internal_auditor, self.alice),
            (self.event_user, self.session),
            (self.event_user, self.alice),
        ):
            told = self.receive(self.new_file(user=user), record, user)
            with self.subTest(user=user.login, record=record._name):
                self.assertEqual(self.made(told).create_uid, user)
        for user, record in (
            (self.desk, self.session),
            (self.plain, self.program),
            (self.portal, self.session),
            (self.contributor, self.session),
            (self.other_manager, self.session),
        ):
            files = self.new_file(user=user) if user != self.portal else self.new_file()
            case = self.subTest(user=user.login, record=record._name)
            with case, self.assertRaises(AccessError):
                self.receive(files, record, user)

    def test_a_planner_files_nothing_about_trainers(self):
        file = self.new_file(user=self.event_user)
        told = self.receive(file, self.trainer, self.event_user)
        self.assertFalse(told["made"])
        self.assertEqual(len(told["refused"]), 1)

    def test_on_something_else(self):
        with self.assertRefused("not filed on such a record", UserError):
            self.receive(self.new_file(), self.manager.partner_id)
        gone = self.bruno
        with self.assertRefused("is gone", UserError):
            gone.unlink()
            self.env[EVIDENCE].with_user(self.manager).action_receive_files(
                self.new_file().ids, "event.registration", 999999999
            )

    def test_a_file_that_is_tied_already_is_left_alone(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "x.pdf",
                "raw": PDF,
                "res_model": "event.registration",
                "res_id": self.alice.id,
            }
        )
        told = self.receive(file.with_user(self.manager), self.session)
        self.assertEqual(told["made"], [])
        self.assertEqual(file.res_id, self.alice.id)

    def test_the_drafts_open(self):
        files = self.new_file("a.pdf", PDF + b"a") | self.new_file("b.pdf", PDF + b"b")
        evidence = self.made(self.receive(files, self.session))
        Evidence = self.env[EVIDENCE].with_user(self.manager)
        action = Evidence.action_open_received(evidence.ids)
        self.assertEqual(Evidence.search(action["domain"]), evidence)
        action = Evidence.action_open_received(evidence[:1].ids)
        self.assertEqual(action["res_id"], evidence[0].id)
        with self.assertRaises(AccessError):
            Evidence.with_user(self.contributor).action_open_received(evidence.ids)

    # How many there are

    def test_the_count_is_that_of_the_reader(self):
        self.new_evidence("session_report")
        self.new_evidence("need_analysis", self.alice)
        self.new_evidence("cv")
        for record, user, count in (
            (self.session, self.manager, 2),
            (self.session, self.event_user, 2),
            (self.session, self.desk, 0),
            (self.alice, self.event_user, 1),
            (self.bruno, self.event_user, 0),
            (self.trainer, self.manager, 1),
            (self.trainer, self.contributor, 0),
            (self.site, self.manager, 0),
        ):
            self.forget()
            with self.subTest(record=record._name, user=user.login):
                self.assertEqual(record.with_user(user).qualiopi_evidence_count, count)

    def test_the_list_opens_with_the_right_defaults(self):
        for scope in ("session", "learner", "trainer", "program", "site"):
            record = self.holders[scope].with_user(self.manager)
            action = record.action_qualiopi_documents()
            evidence = (
                self.env[EVIDENCE]
                .with_user(self.manager)
                .with_context(**action["context"])
                .create({"name": "New"})
            )
            with self.subTest(scope=scope):
                self.assertEqual(evidence._record(), record)
                self.assertIn(evidence, evidence.search(action["domain"]))
        with self.assertRaises(AccessError):
            self.session.with_user(self.other_manager).action_qualiopi_documents()
