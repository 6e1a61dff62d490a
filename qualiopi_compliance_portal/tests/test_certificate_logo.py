from base64 import b64encode

from odoo.tests import HttpCase, tagged

from odoo.addons.qualiopi_compliance.tests.cycle_common import CycleCase
from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

from .certificate_common import image


@tagged("post_install", "-at_install")
class TestLogoNowhereElse(HttpCase, CycleCase, ProgramCase):
    """The logo is on no page about a course, even while the certificate is valid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("website.default_website").company_id = cls.company
        cls.company.qualiopi_logo = b64encode(image())
        cls.program.action_validate()
        cls.program.is_published = True

    def test_pages_about_courses(self):
        self.certified()
        self.assertIn("/qualiopi/logo", self.url_open("/qualiopi").text)
        url = self.program.website_url
        for path in (url, f"{url}/demande", "/formations", "/formations/resultats"):
            with self.subTest(path=path):
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("/qualiopi/logo", answer.text)
                self.assertNotIn("qualiopi_logo", answer.text)
