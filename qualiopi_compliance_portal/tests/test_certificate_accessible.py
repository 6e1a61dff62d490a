from base64 import b64encode

from dateutil.relativedelta import relativedelta

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.tests.common import NDA, QualiopiCommon

from .axe_common import AxeCase
from .certificate_common import PDF, image


@tagged("post_install", "-at_install")
class TestCertificateAccessible(AxeCase, QualiopiCommon):
    """The certificate page, full and empty, on a desktop and on a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("website.default_website").company_id = cls.company
        cls.company.write(
            {"qualiopi_logo": b64encode(image(size=(600, 400))), "qualiopi_nda": NDA}
        )

    def certify(self, number, code):
        certifier = self.env["res.partner"].create({"name": "Certif"})
        today = self.env["qualiopi.framework"]._today()
        cycle = self.env["qualiopi.certification"].create(
            {
                "company_id": self.company.id,
                "certifier_id": certifier.id,
                "number": number,
                "first_day": today - relativedelta(months=2),
                "category_ids": [Command.set(self.category(code).ids)],
            }
        )
        cycle._set_stage("certified")
        cycle.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": "certificat.pdf",
                "raw": PDF,
                "res_model": cycle._name,
                "res_id": cycle.id,
            }
        )
        cycle.website_copy_id = cycle.attachment_ids

    def test_full_page(self):
        self.certify("C-1", "AFC")
        self.certify("C-2", "BC")
        self.assertAccessible("/qualiopi")

    def test_empty_page(self):
        self.assertAccessible("/qualiopi")

    def test_violations_are_told(self):
        """Without this a checker that checks nothing would pass for ever."""
        self.certify("C-1", "AFC")
        page = self.env.ref("qualiopi_compliance_portal.certificate_claimed")
        page.arch = page.arch.replace("t-att-alt=", "t-att-data-alt=")
        with self.assertRaisesRegex(AssertionError, "image-alt"):
            self._check_page("/qualiopi", 1366)
