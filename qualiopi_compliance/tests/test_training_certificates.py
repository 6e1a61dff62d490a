from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..rules import training_documents as rules
from .common_training_documents import HALF_DAYS, TODAY, TrainingDocumentCase


@tagged("post_install", "-at_install")
class TestAttendanceSheet(TrainingDocumentCase):
    def test_contents(self):
        self.assertSays(
            "attendance_sheet",
            self.event,
            {
                "title": "Weld safely",
                "half_days": "Mon 2 Mar Morning 3.5 hours",
                "learners": "Alice Martin",
                "company": "Formation Lumière",
                "period": "from March 2, 2026 to March 3, 2026",
                "trainers": "Omar Fer",
                "signature": "Trainer: name and signature",
            },
        )

    def test_a_box_for_each_half_day(self):
        rows = self.render("attendance_sheet", self.event).xpath(
            "//table[contains(@class, 'td-grid')]//tr"
        )
        self.assertEqual(len(rows), 1 + 2 + 1)
        for row in rows:
            self.assertEqual(len(row.xpath("./td | ./th")), 1 + 4)

    def test_only_the_enrolled(self):
        self.new_learner("Carla Roy", "company", 3, state="draft")
        self.bruno.action_cancel()
        text = self.text("attendance_sheet", self.event)
        self.assertIn("Alice Martin", text)
        self.assertNotIn("Carla Roy", text)
        self.assertNotIn("Bruno Petit", text)

    def test_pages(self):
        self.event.seats_limited = False
        for number in range(14):
            self.new_learner(f"Learner {number:02}", "company", 1)
        self.event.qualiopi_half_day_ids = [
            Command.create({"date": f"2026-03-{day}", "period": half})
            for day in ("04", "05", "06", "09")
            for half in ("am", "pm")
        ]
        grids = self.render("attendance_sheet", self.event).xpath(
            "//table[contains(@class, 'td-grid')]"
        )
        sizes = [
            (len(grid.xpath(".//tr")), len(grid.xpath(".//tr[1]/th"))) for grid in grids
        ]
        # 16 learners by 12 half-days, each page with its own heads and trainer
        self.assertEqual(sizes, [(17, 11), (3, 11), (17, 3), (3, 3)])

    def test_stopped(self):
        self.alice.name = False
        self.assertStopped("attendance_sheet", self.event, "Enrolled learners")
        self.alice.name = "Alice Martin"
        self.event.qualiopi_half_day_ids.unlink()
        self.assertStopped("attendance_sheet", self.event, "Planned half-days")
        self.event.registration_ids.state = "draft"
        self.assertStopped("attendance_sheet", self.event, "no learner is enrolled")

    def test_kept_on_the_session_by_who_records_attendance(self):
        desk = new_test_user(
            self.env,
            "q_desk",
            "event.group_event_registration_desk",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.event.with_user(desk).action_qualiopi_print_attendance_sheet()
        self.assertEqual(len(self.attachments(self.event)), 1)
        with self.assertRaises(AccessError):
            self.event.with_user(
                self.internal_auditor
            ).action_qualiopi_print_attendance_sheet()


@tagged("post_install", "-at_install")
class TestCertificate(TrainingDocumentCase):
    def test_contents(self):
        self.attend(self.bruno, HALF_DAYS[:3])
        self.attend(self.bruno, HALF_DAYS[3:], state="absent")
        self.assertSays(
            "certificate",
            self.bruno,
            {
                "signatory": (
                    "Je soussigné(e) Claire Fontaine, représentant légal du "
                    "dispensateur de l'action concourant au développement des "
                    "compétences Formation Lumière atteste que M./Mme"
                ),
                "position": "President",
                "learners": (
                    "M./Mme Bruno Petit salarié(e) de l'entreprise Durand SARL a suivi "
                    "l'action Weld safely."
                ),
                "version": "Weld safely",
                "title": "Weld safely",
                "nature": "Nature de l'action : X action de formation",
                "natures": "action de formation par apprentissage",
                "period": "qui s'est déroulée du 02/03/2026 au 03/03/2026",
                "hours": "pour une durée de 10,5 heures.",
                "pledge": " ".join(rules.CERTIFICATE_PLEDGE.split()),
                "place": "Made at Lyon on April 1, 2026",
                "translation": "certify that Bruno Petit, employee of Durand SARL,",
                "translated period": "from March 2, 2026 to March 3, 2026 for 10.5",
            },
        )

    def test_only_the_nature_is_ticked(self):
        self.attend(self.alice)
        boxes = self.render("certificate", self.alice).xpath(
            "//span[contains(@class, 'td-box')]"
        )
        self.assertEqual([box.text.strip() for box in boxes], ["X", "", "", ""])

    def test_an_individual_has_no_employer(self):
        self.attend(self.alice)
        text = self.text("certificate", self.alice)
        self.assertIn("M./Mme Alice Martin a suivi", text)
        self.assertNotIn("salarié", text)

    def test_the_french_read_french_only(self):
        self.attend(self.alice)
        self.alice.partner_id.lang = "fr_FR"
        text = self.text("certificate", self.alice)
        self.assertIn("a suivi l'action Souder en sécurité", text)
        self.assertNotIn("undersigned", text)

    def test_never_present(self):
        self.assertStopped("certificate", self.alice, "never present")
        self.attend(self.alice, HALF_DAYS[:2], state="absent")
        self.attend(self.alice, HALF_DAYS[2:], state="excused")
        self.assertStopped("certificate", self.alice, "never present")
        self.assertFalse(self.alice.qualiopi_certificate_on)

    def test_stopped(self):
        self.attend(self.alice, hours=0)
        self.assertStopped("certificate", self.alice, "Hours present")
        self.alice.qualiopi_attendance_ids.hours = 3.5
        self.company.qualiopi_signatory = False
        self.assertStopped("certificate", self.alice, "Legal representative")

    def test_dates(self):
        self.attend(self.alice)
        self.attend(self.bruno, HALF_DAYS[:1])
        days = self.env["report.qualiopi_compliance.training_certificate"]
        self.assertEqual(
            [str(day) for day in days._certified_days(self.bruno)],
            ["2026-03-02", "2026-03-03"],
        )
        self.bruno.qualiopi_dropped_on = "2026-03-03"
        self.assertEqual(str(days._certified_days(self.bruno)[1]), "2026-03-02")
        # caught up later
        self.attend(self.alice, [("2026-03-20", "am")])
        self.assertEqual(str(days._certified_days(self.alice)[1]), "2026-03-20")

    def test_dated_on_the_file(self):
        self.attend(self.alice)
        action = self.event.action_qualiopi_print_certificates()
        self.assertEqual(str(self.alice.qualiopi_certificate_on), TODAY)
        self.assertFalse(self.bruno.qualiopi_certificate_on)
        # who gets none is named, then the others' are handed out
        self.assertIn("Bruno Petit", action["params"]["message"])
        attachment = self.attachments(self.alice)
        self.assertIn(str(attachment.id), action["params"]["next"]["url"])
        self.assertIn(TODAY, attachment.name)
        self.assertIn("Alice Martin", attachment.name)
        self.assertIn(attachment, self.alice.qualiopi_attachment_ids)

    def test_nobody_was_present(self):
        with self.assertRaisesRegex(UserError, "ever present"):
            self.event.action_qualiopi_print_certificates()
