from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .request_common import RequestCase

SCRIPT = "<script>alert(1)</script>"
CONTROLLER = (
    "odoo.addons.qualiopi_compliance_portal.controllers.request.RequestController"
)


@tagged("post_install", "-at_install")
class TestRequestBadInput(RequestCase):
    """Whatever is typed: nothing is lost, nothing runs, and each message says what to
    do.
    """

    def test_nothing_typed(self):
        response = self.send(kind=None, contact_name="", email="", need=" ", agreed="")
        self.assertWrong(response, "kind", "contact_name", "email", "need", "agreed")

    def test_all_that_was_typed_comes_back(self):
        typed = {
            "kind": "quote",
            "session": str(self.event.id),
            "contact_name": "Zoé « Z » Blanc",
            "email": "zoe@",
            "phone": "01 23 45 67 89",
            "organisation": "A & B",
            "learners": "12",
            "wished_from": "2030-01-07",
            "wished_until": "2030-02-07",
            "funding": "cpf",
            "need": "Une ligne\nune autre",
            "adjustment": "yes",
            "adjustment_note": "Un <b>siège</b>",
            "adjustment_consent": "1",
            "agreed": "1",
        }
        page = self.assertWrong(self.send(**typed), "email")
        for name, value in typed.items():
            with self.subTest(name):
                self.assertEqual(self.value(page, name).strip(), value)
        # and the very same form may be sent again
        self.assertTrue(self.value(page, "token"))

    def test_e_mail_addresses(self):
        for address in (
            "zoe",
            "zoe@",
            "zoe@example",
            "@example.com",
            "zoe blanc@example.com",
            "Zoé <zoe@example.com>",
            "zoe@example.com, max@example.com",
            "zoe@example.com\nBcc: max@example.com",
            "zoe@example.com\r\nSubject: x",
            "zoe@example.com%0ABcc:max@example.com",
            "zoe\0@example.com",
            "zoe@exam\u202eple.com",
        ):
            with self.subTest(address):
                self.assertWrong(self.send(email=address), "email")

    def test_an_address_is_normalised(self):
        self.assertSent(self.send(email="  Zoe@Example.COM "))
        self.assertEqual(self.leads().email_from, "zoe@example.com")

    def test_numbers_and_dates(self):
        for vals, names in (
            ({"learners": "0"}, ["learners"]),
            ({"learners": "-3"}, ["learners"]),
            ({"learners": "1e9"}, ["learners"]),
            ({"learners": "99999"}, ["learners"]),
            ({"learners": "²"}, ["learners"]),
            ({"phone": "call me"}, ["phone"]),
            ({"phone": "123"}, ["phone"]),
            ({"wished_from": "soon"}, ["wished_from"]),
            ({"wished_from": "2030-02-31"}, ["wished_from"]),
            ({"wished_from": "2001-01-01"}, ["wished_from"]),
            ({"wished_until": "9999-12-31"}, ["wished_until"]),
            (
                {"wished_from": "2030-02-07", "wished_until": "2030-01-07"},
                ["wished_until"],
            ),
        ):
            with self.subTest(vals):
                self.assertWrong(self.send(**vals), *names)

    def test_choices_that_are_none(self):
        for name in ("kind", "session", "funding", "adjustment"):
            for value in ("'; DROP TABLE crm_lead; --", SCRIPT, "0", "places"):
                with self.subTest(f"{name}: {value}"):
                    self.assertWrong(self.send(**{name: value}), name)

    def test_a_session_that_is_gone_meanwhile(self):
        self.event.kanban_state = "cancel"
        self.assertWrong(self.send(session=str(self.event.id)), "session")

    def test_texts_are_bounded(self):
        for name, most in (
            ("contact_name", 100),
            ("organisation", 120),
            ("email", 254),
            ("need", 4000),
        ):
            with self.subTest(name):
                page = self.assertWrong(self.send(**{name: "é" * (most + 1)}), name)
                self.assertEqual(len(self.value(page, name).strip()), most + 1)

    def test_an_enormous_form_is_refused(self):
        with mute_logger("odoo.http", "werkzeug"):
            response = self.send(need="x" * 300_000)
        self.assertGreaterEqual(response.status_code, 400)
        self.assertFalse(self.leads())

    def test_html_is_text(self):
        self.assertSent(
            self.send(
                contact_name=f"{SCRIPT}Zoé",
                organisation=f"<img src=x onerror=alert(1)>{SCRIPT}",
                need=f"{SCRIPT}\n<iframe src='//x'></iframe>${{7*7}} {{{{7*7}}}}",
            )
        )
        lead = self.leads()
        self.assertEqual(lead.contact_name, f"{SCRIPT}Zoé")
        self.assertIn("<iframe", lead.qualiopi_need)
        bodies = [lead.description, *lead.message_ids.mapped("body")]
        for body in bodies:
            self.assertNotIn("<script", body)
            self.assertNotIn("<iframe", body)
            self.assertNotIn("<img", body)
        self.assertIn("&lt;script&gt;", lead.description)
        self.assertIn("${7*7} {{7*7}}", lead.description)

    def test_html_comes_back_as_text(self):
        texts = {
            name: f'"><{name}>{SCRIPT}'
            for name in ("contact_name", "organisation", "need", "adjustment_note")
        }
        response = self.send(**texts, email=f'"{SCRIPT}', phone=f'"{SCRIPT}')
        self.assertEqual(response.status_code, 422)
        self.assertNotIn(SCRIPT, response.text)

    def test_control_characters_are_left_out(self):
        self.assertSent(
            self.send(
                contact_name="Zo\0é\x07\r\nBlanc\u202e",
                need="Un\0\x1b[31m\r\ndeux\ttrois",
            )
        )
        lead = self.leads()
        self.assertEqual(lead.contact_name, "Zoé Blanc")
        self.assertEqual(lead.qualiopi_need, "Un[31m\ndeux\ttrois")

    def test_other_writings(self):
        names = {"contact_name": "أحمد بن علي", "organisation": "חברה 🎓"}
        self.assertSent(self.send(**names))
        self.assertEqual(self.leads().contact_name, names["contact_name"])
        self.assertEqual(self.leads().partner_name, names["organisation"])

    def test_only_the_fields_of_the_form_are_taken(self):
        self.assertSent(
            self.send(
                user_id=str(self.manager.id),
                partner_id=str(self.contact.id),
                company_id=str(self.other_company.id),
                qualiopi_requested_on="2001-01-01",
                qualiopi_program_id="1",
                stage_id="3",
                probability="100",
                name="Renamed",
                active="",
            )
        )
        lead = self.leads()
        self.assertRecordValues(
            lead,
            [
                {
                    "user_id": False,
                    "partner_id": False,
                    "company_id": self.company.id,
                    "qualiopi_program_id": self.program.id,
                    "name": "Tableur – Zoé Blanc",
                    "active": True,
                }
            ],
        )
        today = self.env["qualiopi.framework"]._today()
        self.assertEqual(lead.qualiopi_requested_on, today)

    def test_files_are_refused(self):
        for name in ("file", "need"):
            with self.subTest(name):
                before = self.env["ir.attachment"].search_count([])
                page = self.assertWrong(
                    self.send(files={name: ("a.html", b"<b>x</b>", "text/html")}),
                    *(["need"] if name == "need" else []),
                )
                self.assertIn(
                    "No file", page.xpath("//*[@id='request_alert']/p")[0].text
                )
                self.assertEqual(self.env["ir.attachment"].search_count([]), before)

    def test_no_form_of_another_site(self):
        data = self.filled(contact_name="Zoé")
        del data["csrf_token"]
        with mute_logger("odoo.http"):
            response = self.url_open(self.form_url(), data=data)
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.leads())

    def test_the_form_of_a_page_that_is_no_longer(self):
        self.assertEqual(self.get()[0], 200)
        data = self.filled()
        self.program.is_published = False
        with mute_logger("odoo.http"):
            self.assertEqual(self.get()[0], 404)
            response = self.url_open(self.form_url(), data=data)
            self.assertEqual(response.status_code, 404)
            unknown = self.url_open("/formations/rien-99999999/demande")
            self.assertEqual(unknown.status_code, 404)
            thanks = self.url_open(f"{self.form_url()}/merci")
            self.assertEqual(thanks.status_code, 404)
        self.assertFalse(self.leads())

    def test_a_retired_programme_takes_no_request(self):
        self.program.action_retire()
        with mute_logger("odoo.http"):
            self.assertEqual(self.get()[0], 404)


@tagged("post_install", "-at_install")
class TestRequestRobots(RequestCase):
    """One form makes one request, and nobody makes hundreds."""

    def test_sent_twice_makes_one(self):
        data = {"token": self.token(number="twice")}
        self.assertSent(self.send(**data))
        self.assertSent(self.send(**data))
        self.assertEqual(len(self.leads()), 1)
        self.assertEqual(len(self.leads().activity_ids), 1)

    def test_sent_twice_at_the_same_moment_makes_one(self):
        data = {"token": self.token(number="twice")}
        # neither sees the other's
        with patch(f"{CONTROLLER}._known", return_value=False):
            for _number in range(7):
                self.assertSent(self.send(**data))
        self.assertEqual(len(self.leads()), 1)
        counts = self.env["qualiopi.request.count"].search([])
        self.assertEqual(set(counts.mapped("count")), {1})

    def test_corrected_after_going_back_is_another(self):
        token = self.token(number="back")
        self.assertSent(self.send(token=token))
        self.assertSent(self.send(token=token, phone="06 11 22 33 44"))
        self.assertEqual(len(self.leads()), 2)

    def test_a_token_that_is_none_of_ours(self):
        other = self.new_program(name="Autre")
        for token in (
            None,
            "",
            "garbage",
            "é",
            "AAAA",
            self.token()[:-3] + "abc",
            self.token(other),
        ):
            with self.subTest(str(token)[:10]):
                page = self.assertWrong(self.send(token=token))
                self.assertIn(
                    "open for too long",
                    page.xpath("//*[@id='request_alert']/p")[0].text,
                )
                # sent again with the new one, nothing typed anew
                self.assertNotEqual(self.value(page, "token"), token)
                self.assertEqual(self.value(page, "contact_name"), "Zoé Blanc")

    def test_too_fast_is_asked_to_send_again(self):
        token = self.token(age=0)
        page = self.assertWrong(self.send(token=token))
        self.assertEqual(self.value(page, "token"), token)

    def test_the_trap(self):
        page = self.assertWrong(self.send(fax_number="01"))
        self.assertEqual(self.value(page, "fax_number"), "")
        self.assertEqual(self.value(page, "need").strip()[:5], "Tenir")

    def test_the_captcha_loses_nothing(self):
        refusal = UserError("Are you a robot?")
        with patch(
            "odoo.addons.base.models.ir_http.IrHttp._verify_request_recaptcha_token",
            side_effect=refusal,
        ):
            page = self.assertWrong(self.send())
        self.assertIn("robot", page.xpath("//*[@id='request_alert']/p")[0].text)
        self.assertEqual(self.value(page, "contact_name"), "Zoé Blanc")

    def test_requests_of_one_network_are_bounded(self):
        with self.from_address("192.0.2.7"):
            for number in range(30):
                response = self.send(
                    token=self.token(number=str(number)), email=f"a{number}@example.com"
                )
        self.assertEqual(len(self.leads()), 20)
        self.assertEqual(response.status_code, 429)
        self.assertTrue(response.headers["Retry-After"])
        self.assertIn("01 44 55 66 77", response.text)
        self.assertIn("a29@example.com", response.text)
        with self.from_address("192.0.2.8"):
            self.assertSent(self.send(email="other@example.com"))

    def test_requests_of_one_subscriber_are_bounded(self):
        counts = self.env["qualiopi.request.count"]
        self.assertEqual(
            counts._network("2001:db8:1:2:3:4:5:6"),
            counts._network("2001:db8:1:2:9::1"),
        )
        self.assertNotEqual(
            counts._network("2001:db8:1:2::1"), counts._network("2001:db8:1:3::1")
        )
        self.assertNotEqual(counts._network("192.0.2.7"), counts._network("192.0.2.8"))

    def test_requests_with_one_e_mail_address_are_bounded(self):
        for number in range(7):
            with self.from_address(f"192.0.2.{number}"):
                response = self.send(token=self.token(number=str(number)))
        self.assertEqual(len(self.leads()), 5)
        self.assertEqual(response.status_code, 429)

    def test_requests_from_everywhere_are_bounded(self):
        with patch(
            "odoo.addons.qualiopi_compliance_portal.models.catalogue"
            ".qualiopi_request_count.PER_WEBSITE",
            3,
        ):
            for number in range(5):
                with self.from_address(f"192.0.2.{number}"):
                    self.send(
                        token=self.token(number=str(number)),
                        email=f"a{number}@example.com",
                    )
        self.assertEqual(len(self.leads()), 3)

    def test_errors_do_not_count(self):
        for number in range(30):
            self.send(token=self.token(number=str(number)), email="zoe@")
        self.assertSent(self.send())

    def test_no_address_is_kept(self):
        with self.from_address("192.0.2.7"):
            self.send()
        rows = self.env["qualiopi.request.count"].search([])
        self.assertEqual(len(rows), 3)
        for key in rows.mapped("key"):
            self.assertNotIn("192.0.2.7", key)
            self.assertNotIn("zoe", key)
        rows.since = "2026-01-01 10:00:00"
        rows._gc_counts()
        self.assertFalse(rows.exists())

    def test_nobody_reads_the_counts(self):
        counts = self.env["qualiopi.request.count"]
        users = (
            self.manager,
            self.internal_auditor,
            self.contributor,
            self.portal,
            self.env.ref("base.public_user"),
            self.env.ref("base.user_admin"),
        )
        for user in users:
            for right in ("read", "write", "create", "unlink"):
                with self.subTest(user=user.login, right=right):
                    self.assertFalse(counts.with_user(user).has_access(right))
