import io
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileWriter

from .common_training_documents import TODAY, TrainingDocumentCase
from .evidence_common import PDF
from .test_subcontract_documents import SubcontractDocumentCase

EVIDENCE = "qualiopi.evidence"
LATER = "2026-04-20"


class PrintingMixin:
    """Prints without the engine, which makes a file of its own each time."""

    def setUp(self):
        super().setUp()
        self.printed = 0
        engine = self.env["ir.actions.report"].__class__

        def run(_report, *args, **kwargs):
            self.printed += 1
            writer = PdfFileWriter()
            writer.addBlankPage(width=100, height=100 + self.printed)
            with io.BytesIO() as stream:
                writer.write(stream)
                return stream.getvalue()

        for name, function in (
            ("_run_wkhtmltopdf", run),
            ("get_wkhtmltopdf_state", lambda _report: "ok"),
        ):
            patcher = patch.object(engine, name, function)
            patcher.start()
            self.addCleanup(patcher.stop)
        self.env = self.env(
            context={**self.env.context, "force_report_rendering": True}
        )

    def documents(self, record=None, code=None):
        domain = [("origin", "=", "printed")]
        if record is not None:
            values = self.env[EVIDENCE]._about_values(record)
            domain += [(name, "=", value) for name, value in values.items()]
        if code:
            domain.append(("type_id.code", "=", code))
        return self.env[EVIDENCE].search(domain, order="id")

    def do_print(self, name, records, user=None):
        document = self.env[f"report.qualiopi_compliance.training_{name}"]
        document = document.with_user(user or self.manager)
        return document._print(records.with_user(user or self.manager))

    def show(self, report, records, user=None):
        """Print as the engine alone does."""
        engine = self.env["ir.actions.report"].with_user(user or self.manager)
        return engine._render_qweb_pdf(f"qualiopi_compliance.{report}", records.ids)


@tagged("post_install", "-at_install")
class TestEvidencePrint(PrintingMixin, TrainingDocumentCase):
    """What a record prints registers itself."""

    def test_what_is_complete_is_validated_at_once(self):
        for name, code in (
            ("convocation", "convocation"),
            ("certificate", "completion_certificate"),
        ):
            with self.on(TODAY):
                if name == "certificate":
                    self.attend(self.alice)
                file = self.do_print(name, self.alice)
            evidence = self.documents(self.alice, code)
            with self.subTest(name=name):
                self.assertEqual(evidence.state, "validated")
                self.assertEqual(evidence.registration_id, self.alice)
                self.assertEqual(str(evidence.effective_on), TODAY)
                self.assertEqual(str(evidence.validated_on), TODAY)
                self.assertEqual(evidence.attachment_ids.raw, file.raw)
                self.assertEqual(evidence.attachment_ids.res_model, EVIDENCE)
                self.assertEqual(file.res_model, "event.registration")
                self.assertEqual(evidence.create_uid, self.manager)
                self.assertTrue(evidence.sha256)

    def test_what_is_to_be_signed_waits(self):
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
        evidence = self.documents(self.event)
        self.assertEqual(evidence.type_id.code, "attendance_sheet")
        self.assertEqual(evidence.state, "draft")
        self.assertTrue(evidence.signature_awaited)
        found = evidence.search([("signature_awaited", "=", True)])
        self.assertEqual(found, evidence)
        mine = evidence.with_user(self.manager)
        for act in (mine.action_submit, mine.action_validate):
            with self.assertRefused("printed to be signed", UserError):
                act()
        with self.assertRefused("as it was printed", UserError):
            mine.name = "Other"
        self.assertFalse(mine.may_edit)
        with self.assertRefused("as it was printed", UserError):
            mine.attachment_ids.raw = PDF

    def test_the_signed_copy_takes_its_place(self):
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
        awaited = self.documents(self.event)
        signed = self.drop(self.event, "signed.pdf", PDF)
        with Form(signed) as form:
            form.type_id = awaited.type_id
            self.assertEqual(form.previous_id, awaited)
            form.effective_on = LATER
        signed.action_validate()
        self.assertEqual(awaited.superseded_by_id, signed)
        self.assertFalse(awaited.signature_awaited)
        # printed again after it was signed: it is on file
        with self.on(LATER):
            self.do_print("attendance_sheet", self.event)
        self.assertEqual(self.documents(self.event), awaited)

    def test_nor_need_the_one_who_validates_think_of_it(self):
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
        awaited = self.documents(self.event)
        signed = self.drop(self.event, "signed.pdf", PDF)
        signed.write({"type_id": awaited.type_id.id, "effective_on": LATER})
        signed.action_validate()
        self.assertEqual(awaited.superseded_by_id, signed)

    def test_the_same_content_makes_no_second_document(self):
        with self.on(TODAY):
            for _time in range(2):
                self.do_print("convocation", self.alice)
        first = self.documents(self.alice)
        self.assertEqual(len(first), 1)
        # nor on another day
        with self.on(LATER):
            self.do_print("convocation", self.alice)
        self.assertEqual(self.documents(self.alice), first)

    def test_another_content_supersedes_it(self):
        with self.on(TODAY):
            self.do_print("convocation", self.alice)
            self.event.qualiopi_access = "By the other gate"
            self.do_print("convocation", self.alice)
        first, second = self.documents(self.alice)
        self.assertEqual(first.superseded_by_id, second)
        self.assertEqual((second.version, second.state), (2, "validated"))

    def test_what_nobody_signed_is_superseded_by_what_is_printed_next(self):
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
            self.alice.name = "Alice Petit-Durand"
            self.do_print("attendance_sheet", self.event)
        first, second = self.documents(self.event)
        self.assertFalse(first.signature_awaited)
        self.assertTrue(second.signature_awaited)
        self.assertEqual(first.superseded_by_id, second)

    def test_each_learner_has_his_own(self):
        with self.on(TODAY):
            bruno = self.new_learner("Bruno", "individual", 900)
            self.do_print("convocation", self.alice | bruno)
        self.assertEqual(len(self.documents(self.alice)), 1)
        self.assertEqual(len(self.documents(bruno)), 1)

    def test_one_agreement_signed_once_for_all(self):
        client = self.new_partner("Client", is_company=True, street="1 rue du Pont")
        with self.on(TODAY):
            learners = self.alice | self.new_learner("Bruno", "company", 900)
            learners.write(
                {
                    "qualiopi_client_id": client.id,
                    "qualiopi_funding": "company",
                    "qualiopi_price": 900,
                }
            )
            self.do_print("agreement", learners)
        awaited = self.documents(code="agreement")
        self.assertEqual(awaited.registration_id, learners)
        signed = self.drop(self.alice, "signed.pdf", PDF)
        signed.write(
            {
                "type_id": awaited.type_id.id,
                "effective_on": LATER,
                "previous_id": awaited[0].id,
            }
        )
        signed.action_validate()
        self.assertFalse(any(awaited.mapped("signature_awaited")))
        copies = awaited.superseded_by_id
        self.assertEqual(len(copies), 2)
        self.assertEqual(copies.registration_id, learners)
        self.assertEqual(set(copies.mapped("state")), {"validated"})
        self.assertEqual(set(copies.mapped("validated_by_id")), {self.manager})
        self.assertEqual(len(copies.attachment_ids), 2)
        self.assertEqual(len(set(copies.attachment_ids.mapped("checksum"))), 1)

    def test_the_sheet_of_the_programme(self):
        version = self.program.current_version_id
        with self.on(TODAY):
            self.show("training_program_sheet", version)
        sheet = self.documents(self.program)
        self.assertEqual(sheet.type_id.code, "program_sheet")
        self.assertEqual(sheet.state, "validated")
        self.assertEqual(sheet.effective_on, version.validated_on)
        with self.on(LATER):
            self.show("training_program_sheet", version)
        self.assertEqual(self.documents(self.program), sheet)

    def test_the_sheet_of_a_former_version_is_history(self):
        former = self.program.current_version_id
        with self.on(LATER):
            self.show("training_program_sheet", former)
            self.program.action_revise()
            self.program.name = "Weld well"
            self.program.action_validate()
            self.show("training_program_sheet", self.program.current_version_id)
            self.show("training_program_sheet", former)
        first, second = self.documents(self.program)
        self.assertEqual(first.superseded_by_id, second)

    def test_in_another_language_it_is_another_document(self):
        self.french()
        version = self.program.current_version_id
        with self.on(TODAY):
            for lang in ("en_US", "fr_FR", "en_US", "fr_FR"):
                self.env = self.env(context={**self.env.context, "lang": lang})
                self.show("training_program_sheet", version)
        sheets = self.documents(self.program)
        self.assertEqual(len(sheets), 2)
        self.assertFalse(sheets.superseded_by_id)

    def test_nothing_printed_fails_because_of_it(self):
        broken = patch.object(
            self.env[EVIDENCE].__class__, "_file", side_effect=ValueError("broken")
        )
        logged = mute_logger("odoo.addons.qualiopi_compliance")
        with self.on(TODAY), broken, logged:
            file = self.do_print("convocation", self.alice)
            self.assertTrue(file.raw)
            content, _kind = self.show(
                "training_program_sheet", self.program.current_version_id
            )
            self.assertTrue(content)
        self.assertFalse(self.documents(self.alice))
        self.assertTrue(self.alice.qualiopi_attachment_ids)

    def test_without_its_type_nothing_is_filed(self):
        self.env.ref("qualiopi_compliance.document_type_convocation").code = "x"
        with self.on(TODAY):
            self.assertTrue(self.do_print("convocation", self.alice))
        self.assertFalse(self.documents(self.alice))

    def test_the_desk_prints_as_well(self):
        desk = self.new_event_user(
            "q_print_desk", "event.group_event_registration_desk"
        )
        with self.on(TODAY):
            self.do_print("convocation", self.alice, desk)
            self.do_print("attendance_sheet", self.event, desk)
        self.assertEqual(self.documents(self.alice).create_uid, desk)
        self.assertTrue(self.documents(self.event))

    def test_what_is_shown_to_the_public_is_not_filed(self):
        with self.on(TODAY):
            engine = self.env["ir.actions.report"].with_user(
                self.env.ref("base.public_user")
            )
            engine.sudo()._render_qweb_pdf(
                "qualiopi_compliance.training_program_sheet",
                self.program.current_version_id.ids,
            )
        self.assertFalse(self.documents(self.program))

    def test_printed_documents_are_deleted_only_before_they_are_validated(self):
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
            self.do_print("convocation", self.alice)
        self.documents(self.event).with_user(self.manager).unlink()
        with self.assertRefused("is kept", UserError):
            self.documents(self.alice).with_user(self.manager).unlink()
        with self.on(TODAY):
            self.do_print("attendance_sheet", self.event)
        self.assertEqual(len(self.documents(self.event)), 1)


@tagged("post_install", "-at_install")
class TestSubcontractPrint(PrintingMixin, SubcontractDocumentCase):
    def test_a_subcontract_waits_for_its_signature(self):
        with self.on(TODAY):
            self.do_print("subcontract", self.subcontract)
            other = self.subcontract.copy({"name": "ST-2026-2"})
            self.do_print("subcontract", other)
        documents = self.documents(self.firm)
        self.assertEqual(len(documents), 2)
        self.assertEqual(set(documents.mapped("signature_awaited")), {True})
        self.assertFalse(documents.superseded_by_id)


@tagged("post_install", "-at_install")
class TestTeamPrint(PrintingMixin, TrainingDocumentCase):
    def meeting(self, **vals):
        return self.env["qualiopi.team.meeting"].create(
            {
                "name": "Autumn",
                "company_id": self.company.id,
                "start": "2026-04-10 22:30:00",
                "duration": 1,
                "user_id": self.manager.id,
                "notes": "All is well",
                "participant_ids": [
                    Command.create(
                        {
                            "partner_id": self.manager.partner_id.id,
                            "status": "present",
                        }
                    )
                ],
                **vals,
            }
        )

    def test_minutes_of_what_was_held(self):
        for kind, code in (("council", "council_minutes"), ("team", "meeting_minutes")):
            meeting = self.meeting(kind=kind)
            with self.on(LATER):
                self.show("team_meeting", meeting)
                self.assertFalse(self.documents(self.company, code))
                meeting.sudo().state = "held"
                self.show("team_meeting", meeting)
                self.show("team_meeting", meeting)
            minutes = self.documents(self.company, code)
            with self.subTest(kind=kind):
                self.assertEqual(len(minutes), 1)
                self.assertEqual(minutes.state, "validated")
                # past midnight in Paris
                self.assertEqual(str(minutes.effective_on), "2026-04-11")

    def test_two_meetings_are_two_documents(self):
        with self.on(LATER):
            for name in ("A", "B"):
                meeting = self.meeting(name=name, kind="team")
                meeting.sudo().state = "held"
                self.show("team_meeting", meeting)
        self.assertEqual(len(self.documents(self.company, "meeting_minutes")), 2)

    def test_the_organisation_chart(self):
        with self.on(LATER):
            people = self.env["qualiopi.team.person"]._on(
                self.env["qualiopi.framework"]._today(), self.company
            )
            self.show("team_chart", people[:1])
            self.show("team_chart", people)
        chart = self.documents(self.company, "organisation_chart")
        self.assertEqual(len(chart), 1)
        self.assertEqual(chart.state, "validated")
