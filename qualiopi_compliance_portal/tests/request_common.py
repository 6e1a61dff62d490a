import time
from datetime import timedelta
from unittest.mock import patch

from lxml import html

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user
from odoo.tools.misc import hash_sign

from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

SCOPE = "qualiopi-request"


class RequestCase(HttpCase, ProgramCase):
    """A published programme with one session to come, and its form.

    The form is sent as a browser without JavaScript does it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.website.write(
            {
                "company_id": cls.company.id,
                "crm_default_team_id": False,
                "crm_default_user_id": False,
                "default_lang_id": cls.env.ref("base.lang_en").id,
                "language_ids": [
                    Command.set(cls.env["res.lang"].search([("active", "=", True)]).ids)
                ],
            }
        )
        cls.company.write({"phone": "01 44 55 66 77", "email": "ask@lumiere.example"})
        cls.salesman = new_test_user(
            cls.env,
            "q_sales",
            "sales_team.group_sale_salesman_all_leads",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.manager.lang = cls.company.partner_id.lang = "en_US"
        cls.program.user_id = cls.manager
        cls.publish(cls.program)
        cls.event = cls.coming()

    @classmethod
    def publish(cls, program):
        program.action_validate()
        program.is_published = True

    @classmethod
    def coming(cls, days=30, **vals):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=days))
        program = vals.pop("program", cls.program)
        return cls.new_event(
            day=day,
            qualiopi_program_id=program.id,
            **{"is_published": True, **vals},
        )

    def form_url(self, program=None):
        return f"{(program or self.program).website_url}/demande"

    def get(self, url=None, **params):
        """:return: status and page"""
        response = self.url_open(url or self.form_url(), params=params or None)
        return response.status_code, html.fromstring(response.text)

    def token(self, program=None, age=60, number="1"):
        program = program or self.program
        issued = int(time.time()) - age
        env = self.env(su=True)
        return hash_sign(env, SCOPE, [program.id, number, issued], expiration_hours=24)

    def filled(self, **vals):
        """:param vals: on top of a form that lacks nothing; ``None`` leaves out"""
        values = {
            "kind": "place",
            "contact_name": "Zoé Blanc",
            "email": "zoe@example.com",
            "phone": "01 23 45 67 89",
            "organisation": "Atelier Blanc",
            "learners": "2",
            "need": "Tenir la comptabilité\nde l'atelier",
            "agreed": "1",
            "token": self.token(),
            **vals,
        }
        if not self.session:
            self.authenticate(None, None)
        values["csrf_token"] = http.Request.csrf_token(self)
        return {name: value for name, value in values.items() if value is not None}

    def send(self, program=None, files=None, **vals):
        """Send the form as a visitor who has read it.

        :return: the response, redirections not followed
        """
        return self.url_open(
            self.form_url(program),
            data=self.filled(**vals),
            files=files,
            allow_redirects=False,
        )

    def leads(self):
        leads = self.env["crm.lead"].search(
            [("qualiopi_program_id", "=", self.program.id)], order="id"
        )
        leads.invalidate_recordset()
        return leads

    def assertSent(self, response):
        self.assertEqual(response.status_code, 303, response.text[:500])
        self.assertTrue(response.headers["Location"].endswith("/demande/merci"))

    def assertWrong(self, response, *names, status=422):
        """The form comes back with an error at each of these fields, and no other,
        and the focus is on the first; nothing was made.

        :return: the page
        """
        self.assertEqual(response.status_code, status)
        page = html.fromstring(response.text)
        wrong = {
            node.get("id").removeprefix("error-")
            for node in page.xpath("//*[starts-with(@id, 'error-')]")
        }
        self.assertEqual(wrong, set(names))
        for name in names:
            field = page.xpath(
                f"//*[contains(concat(' ', @aria-describedby, ' '), ' error-{name} ')]"
            )
            self.assertTrue(field, f"{name}: nothing is described by its error")
        focused = page.xpath("//*[@autofocus]")
        self.assertEqual(len(focused), 1)
        self.assertFalse(self.leads())
        return page

    def value(self, page, name):
        """:return: what the form shows as typed or chosen"""
        node = page.xpath(f"//form//*[@name='{name}']")
        if node[0].tag == "select":
            chosen = node[0].xpath("option[@selected]/@value")
        elif node[0].tag == "textarea":
            # the parser drops what the first line break after the tag is
            chosen = [node[0].text or ""]
        elif node[0].get("type") in ("radio", "checkbox"):
            chosen = [each.get("value") for each in node if "checked" in each.attrib]
        else:
            chosen = [node[0].get("value") or ""]
        return chosen[0] if chosen else ""

    def from_address(self, address):
        """Requests seem to come from that address of the network."""
        return patch(
            "odoo.addons.qualiopi_compliance_portal.controllers.request"
            ".RequestController._address",
            lambda controller: address,
        )
