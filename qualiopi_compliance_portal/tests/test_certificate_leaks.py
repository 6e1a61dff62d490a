from odoo.tests import tagged
from odoo.tools import mute_logger

from .certificate_common import CertificateCase

SECRET = b"%PDF-1.4 Zibeline, not for visitors"


@tagged("post_install", "-at_install")
class TestCertificateLeaks(CertificateCase):
    """Visitors reach the copy and the logo by the page's own addresses only."""

    def setUp(self):
        super().setUp()
        self.cycle = self.shown()
        self.other_file = self.file(self.cycle, SECRET, "courrier.pdf")
        self.cycle.attachment_ids += self.other_file

    def addresses(self):
        """:return: every other way to a file of the certificate or to the logo"""
        copy, other = self.cycle.website_copy_id.id, self.other_file.id
        logo = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "res.company"),
                ("res_field", "=", "qualiopi_logo"),
                ("res_id", "=", self.company.id),
            ]
        )
        self.assertTrue(logo)
        display = self.display(self.cycle)
        display.photo = self.company.qualiopi_logo
        company, cycle = self.company.id, self.cycle.id
        for kind in ("content", "image"):
            for file in (copy, other, logo.id):
                yield f"/web/{kind}/{file}"
                yield f"/web/{kind}/ir.attachment/{file}/raw"
                yield f"/web/{kind}/ir.attachment/{file}/datas?download=1"
            yield f"/web/{kind}/res.company/{company}/qualiopi_logo"
            yield f"/web/{kind}/website/{self.website.id}/company_id.qualiopi_logo"
            yield f"/web/{kind}/qualiopi.certification/{cycle}/attachment_ids"
            yield f"/web/{kind}/qualiopi.certification/{cycle}/website_copy_id"
            yield f"/web/{kind}/qualiopi.certificate.display/{display.id}/photo"

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_binary")
    def check_closed(self):
        contents = (self.cycle.website_copy_id.raw, SECRET, self.logo)
        for address in self.addresses():
            with self.subTest(address=address):
                answer = self.get(address)
                for content in contents:
                    self.assertNotIn(content, answer.content)

    def test_public(self):
        self.check_closed()

    def test_portal(self):
        self.authenticate(self.portal.login, self.portal.login)
        self.check_closed()

    def test_test_can_fail(self):
        self.other_file.public = True
        self.assertEqual(self.get(f"/web/content/{self.other_file.id}").content, SECRET)

    def test_file_that_was_not_chosen_is_not_given(self):
        answer = self.get(f"/qualiopi/certificat/{self.cycle.id}")
        self.assertEqual(answer.content, self.cycle.website_copy_id.raw)
        self.assertNotIn("courrier", self.get().text)

    def test_page_holds_no_record_of_ours(self):
        text = self.get().text
        for word in ("qualiopi.certification", "attachment_ids", "/web/content/"):
            self.assertNotIn(word, text)
