from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NDA, OTHER_SIRET, SIREN, SIRET, QualiopiCommon


@tagged("post_install", "-at_install")
class TestCompanyNumbers(QualiopiCommon):
    def test_declaration_number_is_kept_without_spaces(self):
        for typed in (NDA, "11 75 55555 55", "11.75.55555.55", " 11755555555 "):
            with self.subTest(typed=typed):
                self.company.qualiopi_nda = typed
                self.assertEqual(self.company.qualiopi_nda, NDA)

    def test_declaration_number_given_at_creation(self):
        company = self.new_company("Nouvelle", qualiopi_nda="11 75 55555 55")
        self.assertEqual(company.qualiopi_nda, NDA)

    def test_wrong_declaration_number_is_refused(self):
        for typed in ("1175555555A", "1175555555", "117555555555", "zéro"):
            with (
                self.subTest(typed=typed),
                self.assertRefused(f"{typed} is not a declaration number"),
            ):
                self.company.qualiopi_nda = typed

    def test_declaration_number_may_be_unknown(self):
        self.company.qualiopi_nda = NDA
        self.company.qualiopi_nda = False
        self.assertFalse(self.company.qualiopi_nda)

    def test_siret_gives_the_siren_and_is_the_company_id(self):
        self.company.qualiopi_siret = "732 829 320 00074"
        self.assertEqual(self.company.company_registry, SIRET)
        self.assertEqual(self.company.qualiopi_siret, SIRET)
        self.assertEqual(self.company.qualiopi_siren, SIREN)

    def test_siren_alone_is_the_company_id(self):
        self.company.qualiopi_siren = "732 829 320"
        self.assertEqual(self.company.company_registry, SIREN)
        self.assertEqual(self.company.qualiopi_siren, SIREN)
        self.assertFalse(self.company.qualiopi_siret)

    def test_numbers_are_read_from_the_company_id(self):
        self.company.company_registry = "732 829 320 00074"
        self.assertEqual(self.company.qualiopi_siret, SIRET)
        self.assertEqual(self.company.qualiopi_siren, SIREN)

    def test_foreign_company_id_is_no_siren(self):
        self.company.company_registry = "BE0477472701"
        self.assertFalse(self.company.qualiopi_siren)
        self.assertFalse(self.company.qualiopi_siret)

    def test_confirming_the_siren_keeps_the_siret(self):
        self.company.qualiopi_siret = SIRET
        self.company.qualiopi_siren = SIREN
        self.assertEqual(self.company.qualiopi_siret, SIRET)

    def test_another_siren_drops_the_siret(self):
        self.company.qualiopi_siret = OTHER_SIRET
        self.company.qualiopi_siren = SIREN
        self.assertEqual(self.company.qualiopi_siren, SIREN)
        self.assertFalse(self.company.qualiopi_siret)

    def test_emptied_siret_is_forgotten(self):
        self.company.qualiopi_siret = SIRET
        self.company.qualiopi_siret = False
        self.assertFalse(self.company.qualiopi_siret)
        self.assertEqual(self.company.qualiopi_siren, SIREN)

    def test_emptied_siren_is_forgotten(self):
        self.company.qualiopi_siren = SIREN
        self.company.qualiopi_siren = False
        self.assertFalse(self.company.company_registry)

    def test_wrong_siren_is_refused(self):
        for typed in ("732829321", "73282932", "abcdefghi"):
            with (
                self.subTest(typed=typed),
                self.assertRefused(f"{typed} is not a SIREN"),
            ):
                self.company.qualiopi_siren = typed

    def test_wrong_siret_is_refused(self):
        for typed in ("73282932000075", "7328293200007", SIREN):
            with (
                self.subTest(typed=typed),
                self.assertRefused(f"{typed} is not a SIRET"),
            ):
                self.company.qualiopi_siret = typed

    def test_refused_number_leaves_the_former_one(self):
        self.company.qualiopi_siret = SIRET
        with self.assertRaises(ValidationError):
            self.company.qualiopi_siret = "73282932000075"
        self.company.invalidate_recordset()
        self.assertEqual(self.company.company_registry, SIRET)


@tagged("post_install", "-at_install")
class TestCompanyFacts(QualiopiCommon):
    def test_impossible_years_are_refused(self):
        with self.on("2026-11-23"):
            for name in ("qualiopi_revenue_year", "qualiopi_last_bpf_year"):
                for year in ("1969", "2027", "-1", "25", "deux"):
                    with (
                        self.subTest(name=name, year=year),
                        self.assertRefused(f"{year} is not a possible year"),
                    ):
                        self.company[name] = year

    def test_possible_years_are_accepted(self):
        with self.on("2026-11-23"):
            for year in ("1970", "2025", "2026", False):
                with self.subTest(year=year):
                    self.company.write(
                        {"qualiopi_revenue_year": year, "qualiopi_last_bpf_year": year}
                    )
                    self.assertEqual(self.company.qualiopi_last_bpf_year, year)

    def test_negative_revenue_is_refused(self):
        with self.assertRefused("cannot be negative"):
            self.company.qualiopi_revenue = -1
        self.company.qualiopi_revenue = 0

    def test_review_validity_of_less_than_a_month_is_refused(self):
        for months in (0, -1):
            with self.subTest(months=months), self.assertRefused("is never valid"):
                self.company.qualiopi_review_months = months
        self.company.qualiopi_review_months = 1

    def test_what_is_not_told_is_not_guessed(self):
        company = self.new_company("Sans déclaration")
        self.assertEqual(company.qualiopi_bpf_state, "unknown")
        self.assertFalse(company.qualiopi_rs_certifying)
        self.assertEqual(company.qualiopi_review_months, 12)

    def test_settings_write_on_the_company(self):
        settings = self.env["res.config.settings"].with_company(self.company)
        settings.create({"qualiopi_nda": "11 75 55555 55"}).execute()
        self.assertEqual(self.company.qualiopi_nda, NDA)
        self.assertFalse(self.other_company.qualiopi_nda)

    def test_contact_of_another_company_is_refused(self):
        partner = self.env["res.partner"].create(
            {"name": "Ailleurs", "company_id": self.other_company.id}
        )
        with self.assertRaises(UserError):
            self.company.qualiopi_quality_contact_id = partner

    def test_button_opens_the_company_one_works_in(self):
        company = self.env["res.company"].with_company(self.other_company)
        action = company.action_qualiopi_organisation()
        self.assertEqual(action["res_id"], self.other_company.id)


@tagged("post_install", "-at_install")
class TestCompanyCategory(QualiopiCommon):
    def facts(self, record):
        names = ("certifying", "leads_to_rncp", "work_study", "training_at_work")
        return {name for name in names if record[name]}

    def test_apprenticeship_implies_its_facts(self):
        self.assertEqual(
            self.facts(self.declare(self.company, "CFA")),
            {"certifying", "leads_to_rncp", "work_study", "training_at_work"},
        )

    def test_validation_of_experience_is_certifying(self):
        self.assertEqual(
            self.facts(self.declare(self.company, "VAE")),
            {"certifying", "leads_to_rncp"},
        )

    def test_other_categories_imply_nothing(self):
        for code in ("AFC", "BC"):
            with self.subTest(code=code):
                self.assertFalse(self.facts(self.declare(self.company, code)))

    def test_implied_facts_cannot_be_switched_off(self):
        cfa = self.declare(self.company, "CFA")
        vae = self.declare(self.company, "VAE")
        for record, name, label in (
            (cfa, "leads_to_rncp", "Leads to an RNCP Certification.*CFA"),
            (cfa, "work_study", "Work Study.*CFA"),
            (cfa, "training_at_work", "Training At Work.*CFA"),
            (vae, "leads_to_rncp", "Leads to an RNCP Certification.*VAE"),
        ):
            with self.subTest(name=name), self.assertRefused(label):
                record[name] = False

    def test_implied_facts_cannot_be_off_from_the_start(self):
        with self.assertRaises(ValidationError):
            self.declare(self.company, "CFA", work_study=False)

    def test_becoming_apprenticeship_switches_its_facts_on(self):
        record = self.declare(self.company, "AFC")
        record.category_id = self.category("CFA")
        self.assertTrue(record.work_study)
        self.assertTrue(record.certifying)

    def test_free_facts_can_be_switched_off(self):
        record = self.declare(self.company, "AFC", work_study=True)
        record.work_study = False
        self.assertFalse(record.work_study)

    def test_certification_of_the_rs_counts_only_if_the_company_says_so(self):
        record = self.declare(self.company, "AFC", leads_to_rs=True)
        self.assertFalse(record.certifying)
        self.company.qualiopi_rs_certifying = True
        self.assertTrue(record.certifying)
        self.company.qualiopi_rs_certifying = False
        self.assertFalse(record.certifying)

    def test_certification_of_the_rncp_always_counts(self):
        record = self.declare(self.company, "AFC", leads_to_rncp=True)
        self.assertTrue(record.certifying)

    @mute_logger("odoo.sql_db")
    def test_category_is_declared_once_per_company(self):
        self.declare(self.company, "AFC")
        self.declare(self.other_company, "AFC")
        with self.assertRaises(IntegrityError):
            self.declare(self.company, "AFC")

    @mute_logger("odoo.sql_db")
    def test_archived_category_is_restored_and_not_declared_anew(self):
        self.declare(self.company, "AFC").active = False
        with self.assertRaises(IntegrityError):
            self.declare(self.company, "AFC")

    def test_overruling_the_new_entrant_test_needs_a_reason(self):
        record = self.declare(self.company, "AFC")
        for reason in (False, "", " \n "):
            with self.subTest(reason=reason), self.assertRefused("AFC"):
                record.write(
                    {"new_entrant_override": "yes", "new_entrant_reason": reason}
                )

    def test_reason_of_an_overruling_cannot_be_emptied(self):
        record = self.declare(
            self.company, "AFC", new_entrant_override="no", new_entrant_reason="Why"
        )
        with self.assertRaises(ValidationError):
            record.new_entrant_reason = " "

    def test_category_carries_the_name_of_the_law(self):
        record = self.declare(self.company, "AFC")
        self.assertTrue(record.display_name.startswith("AFC – "))


@tagged("post_install", "-at_install")
class TestSite(QualiopiCommon):
    def new_site(self, name="Lyon", company=None, **vals):
        company = company or self.company
        return self.env["qualiopi.site"].create(
            {"name": name, "company_id": company.id, **vals}
        )

    def test_siret_is_kept_without_spaces(self):
        site = self.new_site(siret="732 829 320 00074")
        self.assertEqual(site.siret, SIRET)
        site.siret = "356 000 000 00048"
        self.assertEqual(site.siret, OTHER_SIRET)

    def test_wrong_siret_is_refused(self):
        with self.assertRefused("73282932000075 is not a SIRET"):
            self.new_site(siret="73282932000075")

    def test_site_without_siret_is_accepted(self):
        self.assertFalse(self.new_site().siret)

    @mute_logger("odoo.sql_db")
    def test_second_central_site_is_refused(self):
        self.new_site(is_central=True)
        with self.assertRaises(IntegrityError):
            self.new_site("Paris", is_central=True)

    def test_central_site_of_another_company_does_not_count(self):
        self.new_site(is_central=True)
        site = self.new_site("Paris", self.other_company, is_central=True)
        self.assertTrue(site.is_central)

    @mute_logger("odoo.sql_db")
    def test_archived_central_site_does_not_count_until_restored(self):
        former = self.new_site(is_central=True)
        former.active = False
        self.env.flush_all()
        self.new_site("Paris", is_central=True)
        with self.assertRaises(IntegrityError):
            former.active = True
            self.env.flush_all()

    def test_closing_before_opening_is_refused(self):
        with self.assertRefused("Site Lyon closes before"):
            self.new_site(opened_on="2026-02-02", closed_on="2026-02-01")
        site = self.new_site(opened_on="2026-02-02", closed_on="2026-02-02")
        self.assertEqual(site.closed_on, date(2026, 2, 2))

    def test_address_of_another_company_is_refused(self):
        partner = self.env["res.partner"].create(
            {"name": "Ailleurs", "company_id": self.other_company.id}
        )
        with self.assertRaises(UserError):
            self.new_site(partner_id=partner.id)


@tagged("post_install", "-at_install")
class TestNumbersTogether(QualiopiCommon):
    def test_siret_of_another_siren_is_refused(self):
        with self.assertRefused(f"{OTHER_SIRET} does not belong to SIREN {SIREN}"):
            self.company.write({"qualiopi_siren": SIREN, "qualiopi_siret": OTHER_SIRET})

    def test_five_digits_are_no_year(self):
        with self.assertRefused("20255 is not a possible year"):
            self.company.qualiopi_last_bpf_year = "20255"
