from odoo.fields import Command
from odoo.tests import tagged

from .page_common import CATALOGUE, PageCase


@tagged("post_install", "-at_install")
class TestPageQueries(PageCase):
    """Pages of programmes ask the database no more than core's pages of events."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.events = [
            cls.new_event(
                f"Rencontre {number}",
                "2027-12-07",
                is_published=True,
                website_menu=False,
                address_id=cls.contact.id,
                seats_limited=True,
                seats_max=8,
                description="<p>Une rencontre.</p>",
            )
            for number in range(12)
        ]
        cls.programs = cls.program
        for number in range(11):
            cls.programs |= cls.publish(cls.new_program(name=f"Formation {number:02}"))
        # the menu is computed anew where it names a record
        cls.env["website.menu"].search([("url", "=like", "/%/%-%")]).unlink()

    def sessions(self):
        for number, program in enumerate(self.programs):
            self.coming(
                days=20 + number,
                program=program,
                address_id=self.contact.id,
                seats_limited=True,
                seats_max=8,
            )

    def queries(self, url):
        """:return: number of queries of a page that was read before"""
        for _time in range(3):
            self.assertEqual(self.url_open(url).status_code, 200)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.url_open(url)
        return self.cr.sql_log_count - before

    def test_program_page(self):
        self.sessions()
        core = self.queries(f"{self.events[0].website_url}/register")
        own = self.queries(self.program.website_url)
        self.assertLessEqual(own, core)

    def test_program_page_with_much(self):
        self.sessions()
        few = self.queries(self.program.website_url)
        for number in range(10):
            self.coming(days=60 + number, address_id=self.contact.id)
        self.program.action_revise()
        self.program.objective_ids = [
            Command.create({"name": f"Savoir {number}"}) for number in range(40)
        ]
        self.program.action_validate()
        self.assertLessEqual(self.queries(self.program.website_url), few)

    def test_catalogue(self):
        core = self.queries("/event")
        self.sessions()
        own = self.queries(CATALOGUE)
        self.assertLessEqual(own, core)
        filtered = self.queries(f"{CATALOGUE}?category=AFC&search=formation&within=6")
        self.assertLessEqual(filtered, core)
