from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import DAY_2019, QualiopiCommon


class MultiCompanyCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.new_user("q_both", "manager")
        cls.both.company_ids += cls.other_company
        cls.ours = cls.records_of(cls.company)
        cls.theirs = cls.records_of(cls.other_company)

    @classmethod
    def records_of(cls, company):
        """:return: one recordset per business model, all of one company"""
        declared = cls.declare(company, "AFC")
        site = cls.env["qualiopi.site"].create(
            {"name": "Siège", "company_id": company.id}
        )
        checklists = cls.living(company) | cls.closed(company, DAY_2019)
        return [declared, site, checklists, checklists.line_ids]

    def visible(self, user, *companies):
        """:return: what the user finds of both companies, per model"""
        context = {"allowed_company_ids": [company.id for company in companies]}
        found = []
        for ours, theirs in zip(self.ours, self.theirs, strict=True):
            model = ours.with_user(user).with_context(**context).browse()
            found.append(model.search([("id", "in", (ours | theirs).ids)]))
        return found


@tagged("post_install", "-at_install")
class TestMultiCompany(MultiCompanyCase):
    def test_user_of_another_company_finds_nothing_of_ours(self):
        self.assertEqual(
            self.visible(self.other_manager, self.other_company), self.theirs
        )

    def test_user_of_another_company_reads_nothing_by_id(self):
        for records in self.ours:
            for record in (records[0], records):
                stranger = record.with_user(self.other_manager)
                with self.subTest(model=records._name, count=len(record)):
                    self.assertFalse(stranger.has_access("read"))
                    with self.assertRaises(AccessError):
                        stranger.read(["display_name"])
                    with self.assertRaises(AccessError):
                        stranger.web_read({"display_name": {}})

    def test_user_of_another_company_counts_and_groups_nothing(self):
        for records in self.ours:
            model = records.browse().with_user(self.other_manager)
            ours = [("company_id", "=", self.company.id)]
            with self.subTest(model=records._name):
                self.assertFalse(model.search_count(ours))
                self.assertFalse(model.web_read_group(ours, ["company_id"])["groups"])

    def test_user_of_another_company_changes_nothing(self):
        for records in self.ours:
            stranger = records[0].with_user(self.other_manager)
            with self.subTest(model=records._name):
                with self.assertRaises(AccessError):
                    stranger.write({"active": False})
                with self.assertRaises(AccessError):
                    stranger.unlink()

    def test_user_of_another_company_creates_nothing_with_us(self):
        for model, vals in (
            ("qualiopi.site", {"name": "Intrus"}),
            ("qualiopi.company.category", {"category_id": self.category("BC").id}),
            ("qualiopi.checklist", {"date": DAY_2019}),
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.other_manager).create(
                    {"company_id": self.company.id, **vals}
                )

    def test_switching_companies_switches_what_is_seen(self):
        both = [a | b for a, b in zip(self.ours, self.theirs, strict=True)]
        cases = (
            ((self.company,), self.ours),
            ((self.other_company,), self.theirs),
            ((self.company, self.other_company), both),
        )
        for companies, expected in cases:
            with self.subTest(companies=len(companies), first=companies[0].name):
                self.assertEqual(self.visible(self.both, *companies), expected)

    def test_company_one_does_not_belong_to_cannot_be_switched_to(self):
        with self.assertRaises(AccessError):
            self.visible(self.other_manager, self.company)

    def test_records_go_to_the_company_one_works_in(self):
        context = {"allowed_company_ids": [self.other_company.id, self.company.id]}
        site = self.env["qualiopi.site"].with_user(self.both)
        record = site.with_context(**context).create({"name": "Annexe"})
        self.assertEqual(record.company_id, self.other_company)

    def test_facts_of_one_company_may_be_changed_while_working_in_both(self):
        context = {"allowed_company_ids": [self.other_company.id, self.company.id]}
        record = self.ours[0].with_user(self.both).with_context(**context)
        record.subcontracting_given = True
        ours = self.line(self.living(self.company), 27)
        theirs = self.line(self.living(self.other_company), 27)
        self.assertEqual(ours.applicability, "applicable")
        self.assertEqual(theirs.applicability, "not_applicable")


@tagged("post_install", "-at_install")
class TestCompanyConsistency(MultiCompanyCase):
    def test_starting_from_another_companys_checklist_is_refused(self):
        with self.assertRaises(UserError):
            self.self_assessment(
                self.company, previous_id=self.living(self.other_company).id
            )

    def test_user_of_another_company_cannot_be_put_in_charge(self):
        checklist = self.living(self.company)
        for record in (checklist, checklist.line_ids[0]):
            with self.subTest(model=record._name), self.assertRaises(UserError):
                record.user_id = self.other_manager

    def test_self_assessment_starts_from_its_own_company(self):
        checklist = self.self_assessment(self.company)
        self.assertEqual(checklist.previous_id.company_id, self.company)

    def test_checklist_cannot_be_given_to_another_company(self):
        checklist = self.self_assessment(self.company)
        with self.assertRaises(UserError):
            checklist.with_user(self.both).company_id = self.other_company

    def test_category_moved_to_another_company_refreshes_both(self):
        record = self.declare(self.company, "CFA")
        ours, theirs = self.living(self.company), self.living(self.other_company)
        self.assertIn(14, self.numbers(ours))
        record.company_id = self.other_company
        self.assertNotIn(14, self.numbers(ours))
        self.assertIn(14, self.numbers(theirs))


@tagged("post_install", "-at_install")
class TestCompanyLife(QualiopiCommon):
    def test_new_company_has_its_living_checklist(self):
        company = self.new_company("Toute neuve")
        checklist = self.living(company)
        self.assertEqual(len(checklist), 1)
        self.assertEqual(checklist.state, "open")
        self.assertEqual(len(checklist.line_ids), 33)

    def test_administrator_without_qualiopi_rights_may_create_a_company(self):
        admin = new_test_user(
            self.env, "q_admin", "base.group_erp_manager,base.group_partner_manager"
        )
        company = (
            self.env["res.company"].with_user(admin).create({"name": "Par un tiers"})
        )
        self.assertEqual(len(self.living(company)), 1)

    def test_every_company_has_exactly_one_living_checklist(self):
        for company in self.env["res.company"].search([]):
            with self.subTest(company=company.name):
                self.assertEqual(len(self.living(company)), 1)

    def test_checklist_is_not_made_twice(self):
        self.company._qualiopi_ensure_living_checklist()
        self.assertEqual(len(self.living(self.company)), 1)

    def test_company_without_history_can_be_deleted(self):
        company = self.new_company("Éphémère")
        checklist = self.living(company)
        company.unlink()
        self.assertFalse(checklist.exists())

    def test_company_with_a_closed_checklist_cannot_be_deleted(self):
        company = self.new_company("Ancienne")
        self.closed(company)
        with self.assertRefused("Archive the company", UserError):
            company.unlink()

    def test_archived_history_still_protects_the_company(self):
        company = self.new_company("Ancienne")
        self.closed(company).active = False
        with self.assertRefused("Archive the company", UserError):
            company.unlink()
