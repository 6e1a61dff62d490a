from base64 import b64encode
from io import BytesIO

from freezegun import freeze_time
from PIL import Image

from odoo.tests import HttpCase

from odoo.addons.qualiopi_compliance.tests.cycle_common import CycleCase

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><body><script>alert(1)</script></body></html>"


def image(kind="PNG", size=(60, 40)):
    """:return: bytes of an image"""
    written = BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return written.getvalue()


class CertificateCase(HttpCase, CycleCase):
    """A website of the company; its certificates with a copy; its logo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env.ref("website.default_website")
        cls.lang_fr = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.lang_en = cls.env["res.lang"]._activate_lang("en_US")
        cls.website.write(
            {
                "company_id": cls.company.id,
                "name": "Lumière",
                "language_ids": (cls.lang_fr | cls.lang_en).ids,
                "default_lang_id": cls.lang_en.id,
            }
        )
        cls.certifier.name = "Bureau Zibeline"
        cls.logo = image()
        cls.company.qualiopi_logo = b64encode(cls.logo)

    def shown(self, content=PDF, name="certificat.pdf", **vals):
        """:return: a certificate that runs, with a copy that visitors may open"""
        cycle = self.certified(**vals)
        cycle.attachment_ids = self.file(cycle, content, name)
        cycle.website_copy_id = cycle.attachment_ids
        return cycle

    def file(self, cycle, content=PDF, name="certificat.pdf"):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": cycle._name,
                "res_id": cycle.id,
            }
        )

    def get(self, path="/qualiopi", instant=None):
        """:param instant: in UTC, by default the instant of the test"""
        self.env.flush_all()
        if instant is None:
            return self.url_open(path, allow_redirects=False)
        with freeze_time(instant):
            return self.url_open(path, allow_redirects=False)

    def assertClaimed(self, *numbers, instant=None):
        """The page shows exactly these certificates."""
        answer = self.get(instant=instant)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("/qualiopi/logo", answer.text)
        for number in ("C-1", "C-2"):
            if number in numbers:
                self.assertIn(f"Certificate {number}<", answer.text)
            else:
                self.assertNotIn(number, answer.text)
        return answer

    def assertNothingClaimed(self, cycle=None, instant=None):
        """The page, its menu, the logo and the copy say nothing."""
        answer = self.get(instant=instant)
        self.assertEqual(answer.status_code, 404)
        self.assertIn("No certificate is published here today", answer.text)
        for claim in ("C-1", "délivrée", "Quality", "Enregistrée", "Zibeline"):
            self.assertNotIn(claim, answer.text)
        self.assertNotIn("/qualiopi/", answer.text)
        self.assertEqual(self.get("/qualiopi/logo", instant).status_code, 404)
        if cycle:
            path = f"/qualiopi/certificat/{cycle.id}"
            self.assertEqual(self.get(path, instant).status_code, 404)
        return answer
