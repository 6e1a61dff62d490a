"""What an update does for databases that were there before."""

from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import tagged
from odoo.tools import file_path

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon


@tagged("post_install", "-at_install")
class TestMigrations(QualiopiCommon):
    def run_script(self, version):
        path = file_path(f"qualiopi_compliance/migrations/{version}/post-migrate.py")
        spec = spec_from_file_location("post_migrate", path)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.forget()

    def plans(self):
        plans = self.env["qualiopi.survey.plan"].with_context(active_test=False)
        return plans.search([("company_id", "=", self.company.id)])

    def test_companies_from_before_the_surveys_get_their_plans(self):
        wanted = sorted(self.plans().mapped("purpose"))
        self.assertTrue(wanted)
        self.plans().unlink()
        self.run_script("19.0.1.1.0")
        self.assertEqual(sorted(self.plans().mapped("purpose")), wanted)
        self.assertFalse(any(self.plans().mapped("active")))

    def test_what_a_company_has_set_is_left_alone(self):
        plan = self.plans().filtered(lambda row: row.purpose == "feedback")
        plan.write({"active": True, "reminders": 1})
        self.run_script("19.0.1.1.0")
        self.assertEqual(
            self.plans().filtered(lambda row: row.purpose == "feedback"), plan
        )
        self.assertTrue(plan.active)
        self.assertEqual(plan.reminders, 1)
