from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.qualiopi_compliance.rules.audit_settings import DEFAULTS, PARAMETERS

from .common import QualiopiCommon
from .views_common import ViewsMixin


@tagged("post_install", "-at_install")
class TestAuditSettings(QualiopiCommon, ViewsMixin):
    def test_defaults_are_those_of_the_rules(self):
        self.assertEqual(self.company._qualiopi_audit_settings(), DEFAULTS)

    def test_each_figure_shows_its_default_and_source(self):
        view = self.env.ref("qualiopi_compliance.res_company_view_form_qualiopi")
        arch = self.view(self.company.with_user(self.manager), "form", view.id)
        [group] = arch.xpath("//group[@name='audit_parameters']")
        labels = {node.get("for"): node.get("string") for node in group.iter("label")}
        words = self.env["qualiopi.reason"]
        for parameter in PARAMETERS:
            name = f"qualiopi_audit_{parameter.name}"
            with self.subTest(name=name):
                self.assertEqual(labels[name], parameter.label)
                [cell] = group.xpath(f".//div[field[@name='{name}']]")
                note = "".join(cell.itertext())
                self.assertIn(words._source_text(parameter.source), note)
                shown = {True: "yes", False: "no"}.get(
                    parameter.default if isinstance(parameter.default, bool) else "",
                    str(parameter.default),
                )
                self.assertIn(f"Default: {shown} ", note)

    def test_settings_show_the_same(self):
        arch = self.view(self.env["res.config.settings"], "form")
        for parameter in PARAMETERS:
            name = f"qualiopi_audit_{parameter.name}"
            [setting] = arch.xpath(f"//setting[@id='{name}']")
            self.assertEqual(setting.get("string"), parameter.label)
            self.assertTrue(setting.xpath(f".//field[@name='{name}']"))

    def test_form_opens_for_managers(self):
        view = self.env.ref("qualiopi_compliance.res_company_view_form_qualiopi")
        self.open_view(self.company.with_user(self.manager), "form", view.id)

    def test_in_the_reader_s_language(self):
        company = self.company.with_context(**self.french())
        view = self.env.ref("qualiopi_compliance.res_company_view_form_qualiopi")
        parameter = PARAMETERS[0]
        arch = self.view(company, "form", view.id)
        [label] = arch.xpath("//label[@for='qualiopi_audit_minors_for_major']")
        self.assertEqual(label.get("string"), company.env._(parameter.label))

    def test_below_zero_is_refused_by_name(self):
        for name, label in (
            ("qualiopi_audit_call_months", "Call for Offers"),
            ("qualiopi_escalation_days", "Late Reminders"),
        ):
            with self.assertRefused(f"{label}.*cannot be negative", ValidationError):
                self.company.with_user(self.manager)[name] = -1

    def test_a_company_changes_its_own_figures(self):
        self.company.with_user(self.manager).qualiopi_audit_refusal_months = 4
        self.assertEqual(self.company._qualiopi_audit_settings().refusal_months, 4)
        self.assertEqual(
            self.other_company._qualiopi_audit_settings().refusal_months, 3
        )
