from odoo import http
from odoo.fields import Command
from odoo.tests import tagged

from .page_common import PageCase


@tagged("post_install", "-at_install")
class TestEventPage(PageCase):
    """Core's page of a session: a request instead of an enrolment (design rule 10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event = cls.coming(name="Tableur en ligne", website_menu=False)
        cls.plain_event = cls.new_event(
            "Portes ouvertes", "2027-12-07", is_published=True, website_menu=False
        )

    def register(self, event):
        return f"/event/{event.id}/register"

    def confirm(self, event):
        self.authenticate(None, None)
        return self.url_open(
            f"/event/{event.id}/registration/confirm",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "1-name-1": "Ada",
                "1-event_ticket_id": "0",
                "1-email-2": "ada@example.com",
            },
        )

    def test_request_instead_of_registration(self):
        page = self.get(self.register(self.event))
        url = f"{self.program.website_url}/demande?session={self.event.id}&kind=place"
        self.assertTrue(page.xpath(f"//main//a[@href='{url}']"))
        self.assertFalse(page.xpath("//*[contains(@data-bs-target, '_registration')]"))
        self.assertFalse(page.xpath("//*[contains(@id, '_registration')]"))
        self.assertFalse(page.xpath("//form[contains(@action, 'registration')]"))

    def test_same_information(self):
        page = self.get(self.register(self.event))
        (block,) = page.xpath(f"//*[@data-program='{self.program.id}']")
        text = self.text(block)
        for words in (
            "Tableur",
            "Construire un tableau croisé",
            "14 hours",
            "Salariés",
            "Deux semaines",
            "Salle accessible",
        ):
            self.assertIn(words, text)
        self.assertTrue(block.xpath(f".//a[@href='{self.program.website_url}']"))

    def test_version_only(self):
        self.program.action_revise()
        self.program.audience = "Nouveau public"
        source = self.url_open(self.register(self.event)).text
        self.assertNotIn("Nouveau public", source)

    def test_programme_not_published(self):
        self.program.is_published = False
        page = self.get(self.register(self.event))
        self.assertFalse(page.xpath("//*[@data-program]"))
        self.assertFalse(page.xpath("//main//a[contains(@href, '/demande')]"))
        self.assertTrue(page.xpath("//main//a[contains(., 'Contact us for a place')]"))

    def test_full_cancelled_over(self):
        self.event.write({"seats_limited": True, "seats_max": 3})
        self.assertIn("3 places left", self.main(self.get(self.register(self.event))))
        self.event.kanban_state = "cancel"
        text = self.main(self.get(self.register(self.event)))
        self.assertIn("This session is cancelled", text)
        self.assertNotIn("Ask for a place", text)
        self.event.write(
            {
                "kanban_state": "normal",
                "date_begin": "2026-01-05 08:00:00",
                "date_end": "2026-01-05 16:00:00",
            }
        )
        self.assertIn("over", self.main(self.get(self.register(self.event))))

    def test_nobody_enrols_himself(self):
        response = self.confirm(self.event)
        self.assertEqual(response.status_code, 403)
        self.assertIn("Nobody was enrolled", response.text)
        self.assertIn("/demande?session=", response.text)
        self.assertFalse(self.event.registration_ids)

    def test_windows_of_registration(self):
        ticket = self.env["event.event.ticket"].create(
            {"name": "Place", "event_id": self.event.id}
        )
        window = self.make_jsonrpc_request(
            f"/event/{self.event.id}/registration/new",
            {f"nb_register-{ticket.id}": "1"},
        )
        self.assertIn("Nobody was enrolled", window)
        self.assertNotIn("<form", window)
        slot = self.env["event.slot"].create(
            {
                "event_id": self.event.id,
                "date": self.event.date_begin.date(),
                "start_hour": 10,
                "end_hour": 12,
            }
        )
        window = self.make_jsonrpc_request(
            f"/event/{self.event.id}/registration/slot/{slot.id}/tickets", {}
        )
        self.assertIn("Nobody was enrolled", window)

    def test_plain_event_as_before(self):
        page = self.get(self.register(self.plain_event))
        self.assertTrue(page.xpath("//*[@data-bs-target='#modal_ticket_registration']"))
        self.assertTrue(page.xpath("//*[@id='modal_ticket_registration']"))
        self.assertFalse(page.xpath("//*[contains(@class, 'o_qualiopi_page')]"))
        questions = self.plain_event.question_ids
        self.plain_event.question_ids = [Command.unlink(key) for key in questions.ids]
        self.confirm(self.plain_event)
        self.assertEqual(len(self.plain_event.registration_ids), 1)

    def test_event_list(self):
        text = self.main(self.get("/event"))
        self.assertIn("Tableur en ligne", text)
        self.assertIn("Portes ouvertes", text)
