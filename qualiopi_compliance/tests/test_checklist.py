from contextlib import suppress
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DAY_2019, DAY_2026, QualiopiCommon

# The last half hour of the former framework and the first of the new one, as UTC.
BEFORE_MIDNIGHT = "2026-10-31 22:30:00"
AFTER_MIDNIGHT = "2026-10-31 23:30:00"
# When the nightly job runs, as UTC: the second of November in Paris.
NIGHT = "2026-11-01 23:30:00"
REFRESH = "odoo.addons.qualiopi_compliance.models.evidence.qualiopi_checklist_refresh"
SUBSTANCE = {1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 30, 32}
FORM_ONLY = {31}
NEW = {33}


class TestLivingChecklist(QualiopiCommon):
    def test_created_with_the_company(self):
        living = self.living(self.new_company("Troisième Organisme"))
        self.assertEqual(len(living), 1)
        self.assertEqual(living.state, "open")
        self.assertFalse(living.user_id)
        self.assertTrue(living.line_ids)
        self.assertEqual(living.line_ids.company_id, living.company_id)

    def test_created_for_companies_that_were_there_before(self):
        company = self.new_company("Organisme ancien")
        living = self.living(company)
        self.env.cr.execute("DELETE FROM qualiopi_checklist WHERE id = %s", living.ids)
        self.env.invalidate_all()
        company._qualiopi_ensure_living_checklist()
        self.assertEqual(len(self.living(company)), 1)
        company._qualiopi_ensure_living_checklist()
        self.assertEqual(len(self.living(company)), 1)

    def test_one_per_company(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["qualiopi.checklist"].create(
                {"kind": "living", "company_id": self.company.id}
            )

    def test_cannot_be_deleted(self):
        living = self.living(self.company)
        for records in (living.with_user(self.manager), living.sudo()):
            with self.assertRaises(UserError):
                records.unlink()
        self.assertTrue(living.exists())
        self.assertTrue(living.line_ids.exists())

    def test_is_still_there_after_somebody_archived_it(self):
        living = self.living(self.company)
        # refusing is fine as well
        with suppress(UserError):
            living.with_user(self.manager).action_archive()
        self.company._qualiopi_ensure_living_checklist()
        self.env.flush_all()
        self.assertEqual(self.living(self.company), living)

    def test_goes_with_its_company(self):
        company = self.new_company("Éphémère")
        living = self.living(company)
        company.unlink()
        self.assertFalse(living.exists())

    def test_copies_the_framework_in_force(self):
        for day, code, count in (
            (DAY_2019, "rnq-2019", 32),
            (DAY_2026, "rnq-2026", 33),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 11:00:00"):
                living = self.living(self.new_company(f"Du {day}"))
                self.assertEqual(living.framework_id.code, code)
                self.assertEqual(len(living.line_ids), count)
                self.assertEqual(
                    living.line_ids.requirement_id,
                    living.framework_id.requirement_ids,
                )
                self.assertEqual(str(living.refreshed_on), day)
                self.assertEqual(living.guide_id.version, "V9")

    def test_without_categories_nothing_is_settled(self):
        living = self.living(self.company)
        self.assertFalse(living.has_categories)
        self.assertEqual(living.unsettled_count, len(living.line_ids))
        self.assertEqual(living.applicable_count, 0)

    def test_follows_the_facts_of_its_company_only(self):
        living, other = self.living(self.company), self.living(self.other_company)
        self.declare(self.company, "AFC", over_two_days=True)
        self.assertEqual(len(self.numbers(living)), 22)
        self.assertEqual(self.numbers(other), [])
        self.company.qualiopi_company_category_ids.work_study = True
        self.assertIn(13, self.numbers(living))
        self.company.qualiopi_company_category_ids.unlink()
        self.assertEqual(self.numbers(living), [])

    def test_display_name_is_in_the_language_of_the_reader(self):
        living = self.living(self.company)
        self.assertFalse(living.name)
        english = living.with_context(lang="en_US").display_name
        self.assertEqual(english.lower(), "living checklist")
        french = living.with_context(lang="fr_FR").display_name
        self.assertNotIn("checklist", french.lower())

    def test_figures(self):
        with self.on(DAY_2026, self.company):
            self.declare(self.company, "AFC", over_two_days=True)
            living = self.living(self.company)
            for number, status in (
                (4, "demonstrated"),
                (5, "demonstrated"),
                (6, "at_risk"),
                (1, "insufficient"),
                (3, "demonstrated"),
            ):
                self.line(living, number).declared_status = status
            # 3 asks for a certification, which is not prepared here
            self.assertEqual(living.applicable_count, 22)
            self.assertEqual(living.demonstrated_count, 2)
            self.assertEqual(living.at_risk_count, 1)
            self.assertEqual(living.insufficient_count, 1)
            self.assertEqual(living.not_assessed_count, 18)
            self.assertAlmostEqual(living.progress, 100 * 2 / 22)
            figures = {
                figure["criterion"].number: (figure["concerned"], figure["counts"])
                for figure in living._criterion_figures()
            }
            self.assertEqual(list(figures), [1, 2, 3, 4, 5, 6, 7])
            self.assertEqual(figures[1], (2, {"insufficient": 1, "not_assessed": 1}))
            self.assertEqual(sum(concerned for concerned, _ in figures.values()), 22)


class TestFrameworkSwitch(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-10-20 10:00:00"):
            cls.training = cls.new_company("Centre de formation")
            facts = {"over_two_days": True, "subcontracting_given": True}
            cls.declare(cls.training, "CFA", **facts)
            cls.declare(cls.training, "AFC", leads_to_rncp=True, **facts)
            cls.checklist = cls.living(cls.training)
            cls.checklist.line_ids.write(
                {"declared_status": "demonstrated", "conclusion": "<p>Proof</p>"}
            )
            cls.line(cls.checklist, 1).user_id = False
            cls.evidence = cls.env["qualiopi.evidence"].create(
                {
                    "name": "a",
                    "company_id": cls.training.id,
                    "indicator_ids": cls.line(cls.checklist, 1).indicator_id.ids,
                    "url": "https://example.com/a",
                }
            )
            cls.checklist.line_ids.action_review()
            cls.forget()
        cls.before = cls.checklist.line_ids

    def refresh(self, now):
        with freeze_time(now):
            self.forget()
            self.training._qualiopi_refresh_checklists()
            self.forget()

    def test_switches_at_midnight_in_paris(self):
        self.refresh(BEFORE_MIDNIGHT)
        self.assertEqual(self.checklist.framework_id.code, "rnq-2019")
        self.assertEqual(str(self.checklist.refreshed_on), "2026-10-31")
        self.assertEqual(len(self.checklist.line_ids), 32)
        self.refresh(AFTER_MIDNIGHT)
        self.assertEqual(self.checklist.framework_id.code, "rnq-2026")
        self.assertEqual(str(self.checklist.refreshed_on), "2026-11-01")
        self.assertEqual(len(self.checklist.line_ids), 33)
        self.assertEqual(
            self.checklist.line_ids.requirement_id,
            self.framework(2026).requirement_ids,
        )

    def test_lines_stay_the_same_records(self):
        self.refresh(AFTER_MIDNIGHT)
        self.assertEqual(self.checklist.line_ids & self.before, self.before)
        self.assertEqual((self.checklist.line_ids - self.before).number, 33)
        self.assertEqual(self.line(self.checklist, 1).evidence_ids, self.evidence)

    def test_conclusions_and_owners_stay(self):
        owner = self.new_user("q_owner", "contributor", self.training)
        self.before.user_id = owner
        self.refresh(AFTER_MIDNIGHT)
        self.assertEqual(set(self.before.mapped("conclusion")), {"<p>Proof</p>"})
        self.assertEqual(self.before.user_id, owner)

    def test_status_stays_where_the_text_is_unchanged(self):
        self.refresh(AFTER_MIDNIGHT)
        for line in self.before:
            if line.number in SUBSTANCE | FORM_ONLY:
                continue
            with self.subTest(number=line.number):
                self.assertEqual(line.change_kind, "none")
                self.assertEqual(line.declared_status, "demonstrated")
                self.assertEqual(str(line.assessed_on), "2026-10-20")
                self.assertFalse(line.to_confirm)
                self.assertEqual(str(line.reviewed_on), "2026-10-20")

    def test_status_is_asked_anew_where_the_substance_changed(self):
        self.refresh(AFTER_MIDNIGHT)
        for number in SUBSTANCE:
            line = self.line(self.checklist, number)
            with self.subTest(number=number):
                self.assertEqual(line.declared_status, "not_assessed")
                self.assertFalse(line.assessed_on)
                self.assertTrue(line.to_confirm)
                self.assertFalse(line.reviewer_id)
                self.assertFalse(line.reviewed_on)

    def test_status_is_to_be_confirmed_where_the_form_changed(self):
        self.refresh(AFTER_MIDNIGHT)
        line = self.line(self.checklist, 31)
        self.assertEqual(line.declared_status, "demonstrated")
        self.assertEqual(str(line.assessed_on), "2026-10-20")
        self.assertTrue(line.to_confirm)
        self.assertFalse(line.reviewed_on)

    def test_the_new_indicator_begins_empty(self):
        self.refresh(AFTER_MIDNIGHT)
        line = self.line(self.checklist, 33)
        self.assertEqual(line.applicability, "applicable")
        self.assertEqual(line.status, "not_assessed")
        self.assertFalse(line.conclusion)
        self.assertFalse(line.to_confirm)

    def test_a_second_refresh_changes_nothing(self):
        self.refresh(AFTER_MIDNIGHT)
        line = self.line(self.checklist, 1)
        with freeze_time("2026-11-02 10:00:00"):
            line.declared_status = "at_risk"
            self.training._qualiopi_refresh_checklists()
        self.assertEqual(line.status, "at_risk")
        self.assertFalse(line.to_confirm)
        self.assertTrue(self.line(self.checklist, 31).to_confirm)


@tagged("post_install", "-at_install")
class TestNightlyRefresh(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("qualiopi_compliance.ir_cron_refresh_living_checklists")
        with freeze_time("2026-10-31 11:00:00"):
            cls.companies = cls.env["res.company"].create(
                [{"name": f"Organisme {number}"} for number in range(3)]
            )
            cls.env["res.company"].search([])._qualiopi_refresh_checklists()
        cls.forget()
        cls.checklists = cls.env["qualiopi.checklist"].search(
            [("company_id", "in", cls.companies.ids)]
        )

    def trigger(self):
        with freeze_time(NIGHT), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def days(self):
        return {str(checklist.refreshed_on) for checklist in self.checklists}

    def test_brings_every_company_to_the_new_day(self):
        self.assertEqual(self.days(), {"2026-10-31"})
        self.trigger()
        self.assertEqual(self.days(), {"2026-11-02"})
        self.assertEqual(self.checklists.framework_id.code, "rnq-2026")

    def test_leaves_alone_what_is_of_today(self):
        fresh, stale = self.checklists[0], self.checklists[1]
        with freeze_time("2026-11-02 00:30:00"):
            fresh._refresh()
        lines = self.line(fresh, 4) | self.line(stale, 4)
        lines.regime = "subcontractor"  # what no refresh would write here
        self.trigger()
        self.assertEqual(self.line(fresh, 4).regime, "subcontractor")
        self.assertEqual(self.line(stale, 4).regime, "standard")

    def test_self_assessments_are_not_its_business(self):
        checklist = self.self_assessment(self.companies[0], "2026-10-31")
        self.trigger()
        self.assertEqual(str(checklist.refreshed_on), "2026-10-31")
        self.assertEqual(checklist.framework_id.code, "rnq-2019")

    def test_goes_on_after_a_break(self):
        """Failing in the middle, it keeps what is done and does the rest next time."""
        Checklist = self.registry["qualiopi.checklist"]
        refresh, seen = Checklist._refresh, []

        def refresh_or_fail(checklists):
            seen.append(checklists)
            if len(seen) > 1:
                raise RuntimeError("trouble")
            return refresh(checklists)

        with (
            patch.object(Checklist, "_refresh", refresh_or_fail),
            mute_logger(REFRESH),
        ):
            self.trigger()
        self.check_one_is_done_then_all()

    def test_stops_when_its_time_is_over_and_goes_on_later(self):
        Cron = self.registry["ir.cron"]

        def no_time_left(cron, processed=0, **options):
            return 0

        with (
            freeze_time(NIGHT),
            patch.object(Cron, "_commit_progress", no_time_left),
        ):
            self.env["qualiopi.checklist"]._cron_refresh_living()
        self.check_one_is_done_then_all()

    def check_one_is_done_then_all(self):
        self.env.invalidate_all()
        every = self.env["qualiopi.checklist"].search([("kind", "=", "living")])
        self.assertGreater(len(every), 2)
        done = every.filtered(lambda row: str(row.refreshed_on) == "2026-11-02")
        self.assertEqual(len(done), 1)
        self.trigger()
        self.assertEqual({str(row.refreshed_on) for row in every}, {"2026-11-02"})
