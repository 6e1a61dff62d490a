import json
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

CATALOGUE = "/formations"


class PageCase(HttpCase, ProgramCase):
    """The website of the company, in English and French, and one published programme.

    Pages are read as the public, unless a test signs in.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        english, french = (
            cls.env["res.lang"]._lang_get(code) for code in ("en_US", "fr_FR")
        )
        cls.website.write(
            {
                "company_id": cls.company.id,
                "default_lang_id": english.id,
                "language_ids": [Command.set((english | french).ids)],
            }
        )
        cls.company.write({"email": "ask@lumiere.example", "phone": "0144556677"})
        cls.publish(cls.program)

    @classmethod
    def publish(cls, program):
        program.action_validate()
        program.is_published = True
        return program

    @classmethod
    def coming(cls, days=30, program=None, **vals):
        """A published session that begins in so many days."""
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=days))
        program = program or cls.program
        values = {"qualiopi_program_id": program.id, "is_published": True}
        return cls.new_event(day=day, **(values | vals))

    def get(self, url, status=200, **kwargs):
        """:return: the page as an element, once it answers ``status``"""
        response = self.url_open(url, **kwargs)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.content)

    def page(self, program=None, args=""):
        return self.get(f"{(program or self.program).website_url}{args}")

    def text(self, element):
        return " ".join(element.text_content().split())

    def main(self, element):
        """:return: what the page says, without the menu and the footer"""
        return self.text(element.xpath("//main")[0])

    def titles(self, url=CATALOGUE):
        """:return: titles of the programmes that this page of the catalogue shows"""
        found = self.get(url).xpath("//article//h2")
        return [self.text(title) for title in found]

    def data(self, element):
        """:return: kind -> structured data of the page"""
        (script,) = element.xpath("//script[@type='application/ld+json']")
        return {row["@type"]: row for row in json.loads(script.text)}
