from odoo.fields import Command
from odoo.tests import tagged

from .axe_common import AxeCase
from .page_common import CATALOGUE, PageCase
from .publication_common import PublicationCase

RESULTS = "/formations/resultats"


@tagged("post_install", "-at_install")
class TestPagesAccessible(AxeCase, PageCase):
    """Catalogue, programmes and sessions, full and empty, wide and narrow."""

    def test_catalogue(self):
        self.publish(self.new_certifying(name="Développer une application"))
        self.coming(seats_limited=True, seats_max=8)
        self.assertAccessible(CATALOGUE)
        self.assertAccessible(f"{CATALOGUE}?search=zzz&certifying=yes")

    def test_empty_catalogue(self):
        self.program.is_published = False
        self.assertAccessible(CATALOGUE)

    def test_certifying_programme_with_sessions_and_results(self):
        program = self.publish(self.new_certifying(name="Développer"))
        self.coming(program=program, seats_limited=True, seats_max=8)
        self.coming(program=program, days=60)
        self.company.qualiopi_disability_contact_id = self.contact
        self.env["qualiopi.publication"]._propose(self.company)._publish()
        self.assertAccessible(program.website_url)

    def test_bare_programme_in_right_to_left_words(self):
        program = self.new_program(
            name="תכנון " * 8, price=0, price_note="Sur devis", audience="ع" * 400
        )
        program.objective_ids = [
            Command.create({"name": f"Savoir {number}"}) for number in range(40)
        ]
        self.assertAccessible(self.publish(program).website_url)

    def test_page_that_is_not_there(self):
        self.assertAccessible(f"{CATALOGUE}/nothing-99999999")

    def test_session(self):
        event = self.coming(website_menu=False)
        self.assertAccessible(
            f"{event.website_url}/register", within=".o_qualiopi_event"
        )

    def test_results_to_come(self):
        self.assertAccessible(RESULTS)


@tagged("post_install", "-at_install")
class TestResultsAccessible(AxeCase, PublicationCase):
    """The page of results with figures, wide and narrow."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the name is that of the browser's session as well
        del cls.session

    def test_figures(self):
        self.env.ref("website.default_website").company_id = self.company
        self.published()
        self.assertAccessible(RESULTS)
