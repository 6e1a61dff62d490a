"""A quality manager's morning in a real browser, in French."""

from odoo.tests import HttpCase, tagged

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon


@tagged("post_install", "-at_install")
class TestTour(QualiopiCommon, HttpCase):
    browser_size = "1366,900"

    def test_assess_then_close(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.declare(self.company, "AFC", over_two_days=True)
        self.manager.lang = "fr_FR"
        living = self.living(self.company)
        line = self.line(living, 1)
        self.assertEqual(line.status, "not_assessed")
        self.start_tour(
            "/odoo", "qualiopi_assess_then_close", login=self.manager.login, timeout=120
        )
        self.env.invalidate_all()
        self.assertEqual(line.status, "demonstrated")
        self.assertTrue(line.assessed_on)
        self.assertIn("Fiche programme datée", line.conclusion)
        closed = self.env["qualiopi.checklist"].search(
            [("company_id", "=", self.company.id), ("kind", "!=", "living")]
        )
        self.assertEqual(closed.name, "Avant l'audit")
        self.assertEqual(closed.state, "closed")
        self.assertEqual(closed.closed_by_id, self.manager)
        self.assertEqual(self.line(closed, 1).status, "demonstrated")
        self.assertIn("Fiche programme datée", self.line(closed, 1).conclusion)
