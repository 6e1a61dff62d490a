import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from .common import NDA
from .common_training_documents import TODAY, TrainingDocumentCase


@tagged("post_install", "-at_install")
class TestProgramSheet(TrainingDocumentCase):
    def test_contents(self):
        version = self.program.current_version_id
        self.assertSays(
            "program_sheet",
            version,
            {
                "title": "Weld safely",
                "category": "Training actions",
                "prerequisites": "To read a drawing",
                "objectives": "Set a welding post",
                "audience": "Fitters",
                "recognition": "Certificate of completion or attestation",
                "duration": "14 hours – 2 days",
                "teaching_arrangements": "In the workshop, eight posts",
                "funding_arrangements": "Skills plan of the OPCO",
                "access_arrangements": "Ask by telephone",
                "access_time": "Two weeks",
                "price": "$ 950.00 Plus meals",
                "contact": "Paul Accueil",
                "methods": "Demonstration then practice",
                "assessment": "A weld under control",
                "accessibility": "Ground floor, lift",
                "lesson_plan": "First seams",
                "version": "Version 1, validated on April 1, 2026",
                # the only mention a sheet may make of the number (L. 6352-12)
                "nda": f"Enregistrée sous le numéro {NDA}. Cet enregistrement ne vaut "
                "pas agrément de l'Etat.",
            },
        )

    def test_every_public_item_of_a_certifying_programme(self):
        self.program.action_revise()
        values = {
            "certification_title": "Welder of plates",
            "certification_code": "RNCP37948",
            "certifier": "Ministry of Work",
            "certification_blocks": "BLOCK-A",
            "equivalences": "NO-BRIDGE",
            "onward_paths": "MASTER-WELDER",
            "openings": "SHIPYARD",
        }
        self.program.write(
            {
                **values,
                "certifying": True,
                "certification_from": "2024-01-01",
                "certification_until": "2029-01-01",
                "authorisation_scope": "both",
                "authorisation_from": "2024-01-01",
                "authorisation_until": "2029-01-01",
                "competency_ids": [
                    Command.create(
                        {
                            "name": "Weld",
                            "sequence_ids": [
                                Command.set(self.program.sequence_ids.ids)
                            ],
                        }
                    )
                ],
            }
        )
        self.program.action_validate()
        text = self.text("program_sheet", self.program.current_version_id)
        for name, value in values.items():
            with self.subTest(field=name):
                self.assertIn(value, text)
        self.assertIn("on January 1, 2024, until January 1, 2029", text)

    def test_a_version_stays_as_it_was(self):
        first = self.program.current_version_id
        self.program.action_revise()
        self.program.audience = "Everybody"
        self.assertIn("Fitters", self.text("program_sheet", first))
        self.program.action_validate()
        self.assertIn("Fitters", self.text("program_sheet", first))
        self.assertIn(
            "Everybody", self.text("program_sheet", self.program.current_version_id)
        )

    def test_action(self):
        action = self.program.action_print_sheet()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(
            action["context"]["active_ids"], self.program.current_version_id.ids
        )

    def test_without_a_version(self):
        draft = self.program.copy()
        draft.audience = False
        with self.assertRaisesRegex(UserError, "no validated version(.|\n)*Audience"):
            draft.action_print_sheet()


@tagged("post_install", "-at_install")
class TestAllDocuments(TrainingDocumentCase):
    def documents(self):
        self.attend(self.alice)
        self.attend(self.bruno)
        return {
            "contract": self.alice,
            "agreement": self.bruno,
            "convocation": self.alice,
            "certificate": self.alice,
            "attendance_sheet": self.event,
            "program_sheet": self.program.current_version_id,
        }

    def test_none_says_certified_nor_carries_a_logo(self):
        for name, records in self.documents().items():
            with self.subTest(document=name):
                text = self.text(name, records).lower()
                for word in ("qualiopi", "certifié", "certified", "conforme"):
                    self.assertNotIn(word, text)
                self.assertFalse(self.render(name, records).xpath("//main//img"))

    def test_the_company_may_show_its_own_logo(self):
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
            "WjR9awAAAABJRU5ErkJggg=="
        )
        self.company.logo = pixel
        images = self.render("contract", self.alice).xpath("//main//img/@src")
        self.assertEqual(len(images), 1)
        self.assertTrue(images[0].startswith("data:image/png;base64,"))

    def test_language_of_the_reader(self):
        documents = self.documents()
        for partner in (self.alice.partner_id, self.client):
            partner.lang = "fr_FR"
        self.event.lang = "fr_FR"
        for name in ("contract", "agreement", "convocation", "attendance_sheet"):
            with self.subTest(document=name):
                text = self.text(name, documents[name])
                self.assertIn("Souder en sécurité", text)
                self.assertIn("2 mars 2026", text)
        # somebody else's file stays in his own language
        self.assertIn("Weld safely", self.text("convocation", self.bruno))

    def test_language_without_a_contact(self):
        self.alice.partner_id = False
        self.event.lang = "fr_FR"
        self.assertIn("Souder", self.text("convocation", self.alice))
        self.event.lang = False
        self.assertIn("Weld safely", self.text("convocation", self.alice))

    def test_left_on_the_file_each_time(self):
        self.attend(self.alice)
        for name in ("contract", "convocation", "certificate"):
            getattr(self.alice, f"action_qualiopi_print_{name}")()
        attachments = self.attachments(self.alice)
        self.assertEqual(
            sorted(attachments.mapped("description")),
            [
                "Certificate of completion",
                "Convocation",
                "Vocational training contract",
            ],
        )
        self.alice.action_qualiopi_print_contract()
        self.assertEqual(len(self.attachments(self.alice)), 4)

    def test_readers_cannot_print_on_a_file(self):
        auditor = self.alice.with_user(self.internal_auditor)
        for name in ("contract", "convocation", "certificate"):
            with self.subTest(document=name), self.assertRaises(AccessError):
                getattr(auditor, f"action_qualiopi_print_{name}")()

    def test_plain_events_have_no_documents(self):
        event = self.env["event.event"].create(
            {
                "name": "Fair",
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-03 16:00:00",
            }
        )
        visitor = self.env["event.registration"].create(
            {"event_id": event.id, "name": "Visitor"}
        )
        for name in ("contract", "convocation", "certificate"):
            with self.subTest(document=name):
                self.assertStopped(name, visitor, "delivers no programme")
        self.assertStopped("attendance_sheet", event, "delivers no programme")

    def test_without_wkhtmltopdf(self):
        self.attend(self.alice)
        Report = type(self.env["ir.actions.report"])
        with (
            patch.object(
                Report, "_render_qweb_pdf", side_effect=UserError("Unable to find it")
            ),
            patch.object(Report, "get_wkhtmltopdf_state", return_value="install"),
            self.assertRaisesRegex(UserError, "Nothing was printed(.|\n)*wkhtmltopdf"),
        ):
            self.alice.action_qualiopi_print_certificate()
        self.assertFalse(self.alice.qualiopi_certificate_on)
        self.assertFalse(self.attachments(self.alice))

    def test_the_engine_makes_a_file(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() != "ok":
            self.skipTest("wkhtmltopdf is not installed")
        self.attend(self.alice)
        # an unpatched engine says that it leaves out headers: there are none
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            self.alice.with_context(
                force_report_rendering=True
            ).action_qualiopi_print_certificate()
        attachment = self.attachments(self.alice)
        self.assertEqual(attachment.mimetype, "application/pdf")
        self.assertTrue(attachment.name.endswith(".pdf"))
        self.assertEqual(PdfFileReader(io.BytesIO(attachment.raw)).getNumPages(), 1)


@tagged("post_install", "-at_install")
class TestDownload(TrainingDocumentCase, HttpCase):
    def new_document(self, record, name, **vals):
        writer = PdfFileWriter()
        writer.addBlankPage(width=100, height=100)
        with io.BytesIO() as stream:
            writer.write(stream)
            content = stream.getvalue()
        return self.env["ir.attachment"].create(
            {
                "name": f"{name} – {TODAY}.pdf",
                "description": name,
                "raw": content,
                "res_model": record._name,
                "res_id": record.id,
                **vals,
            }
        )

    def fetch(self, documents, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        return self.url_open(documents._qualiopi_download_action()["url"])

    def test_one_or_several_as_one_file(self):
        first = self.new_document(self.alice, "Convocation")
        second = self.new_document(self.bruno, "Convocation")
        for documents, pages in ((first, 1), (first | second, 2)):
            response = self.fetch(documents, self.manager)
            self.assertEqual(response.headers["Content-Type"], "application/pdf")
            self.assertIn("attachment", response.headers["Content-Disposition"])
            reader = PdfFileReader(io.BytesIO(response.content))
            self.assertEqual(reader.getNumPages(), pages)

    def test_not_found(self):
        mine = self.new_document(self.alice, "Convocation")
        other = self.new_document(self.company.partner_id, "Convocation")
        text = self.new_document(self.alice, "Note", raw=b"text", mimetype="text/plain")
        for documents, user in (
            (mine, self.plain),
            (mine, self.other_manager),
            (mine | other, self.manager),
            (text, self.manager),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.fetch(documents, user).status_code, 404)
        self.authenticate(self.manager.login, self.manager.login)
        for numbers in ("x", "999999999", "1,,2"):
            response = self.url_open(f"/qualiopi/documents/{numbers}")
            self.assertEqual(response.status_code, 404)
