from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .check_common import GRADABLE, MAJOR, TODAY, CheckCase


@tagged("post_install", "-at_install")
class TestShippedCheck(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.ship("learner_need")

    def test_everybody_reads_it_nobody_changes_it(self):
        for user in (self.manager, self.internal_auditor, self.contributor):
            check = self.check.with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(check.name, "Need analysed before the session")
                with self.assertRaises(AccessError):
                    check.threshold = 50
                with self.assertRaises(AccessError):
                    check.unlink()

    def test_nobody_ships_one_by_hand(self):
        with self.assertRaises(AccessError):
            self.new_check(user=self.manager, company_id=False)

    def test_a_copy_is_the_company_s_own(self):
        copy = self.check.with_user(self.manager).copy()
        self.assertEqual(copy.company_id, self.company)
        self.assertFalse(copy.code)
        copy.threshold = 80
        self.assertEqual(copy.indicator_ids, self.check.indicator_ids)

    def test_every_indicator_that_records_speak_for_has_one(self):
        """The others say what a person must look at."""
        indicators = self.env["qualiopi.indicator"].search([])
        self.assertEqual(len(indicators), 33)
        proved = self.shipped.indicator_ids
        for indicator in indicators - proved:
            with self.subTest(number=indicator.number):
                self.assertTrue(indicator.review_needed)
        for indicator in indicators.filtered("review_needed"):
            with self.subTest(number=indicator.number):
                self.assertTrue(indicator.review_note_fr)
                self.assertTrue(indicator.review_note_en)

    def test_each_says_what_to_do_and_which_clause_it_proves(self):
        for check in self.shipped:
            with self.subTest(check=check.code):
                self.assertTrue(check.remediation)
                self.assertTrue(check.lacks)
                self.assertTrue(check.clause_fr)
                self.assertTrue(check.source)

    def test_clauses_are_words_of_the_requirement(self):
        requirements = self.env["qualiopi.requirement"].search([])
        for check in self.shipped:
            frameworks = check.framework_ids or requirements.framework_id
            said = requirements.filtered(
                lambda row, check=check, frameworks=frameworks: (
                    row.indicator_id in check.indicator_ids
                    and row.framework_id in frameworks
                )
            )
            found = [check.clause_fr in text for text in said.mapped("statement_fr")]
            with self.subTest(check=check.code):
                self.assertTrue(any(found), check.clause_fr)


@tagged("post_install", "-at_install")
class TestOwnCheck(CheckCase):
    def new_type(self, **vals):
        return self.env["qualiopi.document.type"].create(
            {"name": "Insurance", "scope": "session", "company_id": self.company.id}
            | vals
        )

    def test_document_in_the_form_of_a_manager(self):
        kind = self.new_type()
        with Form(self.checks.with_user(self.manager)) as form:
            form.name = "Insurance of each session"
            form.document_type_id = kind
            form.indicator_ids.add(self.indicator(GRADABLE))
        check = form.record
        self.assertEqual(check.kind, "document")
        self.assertEqual(check.scope, "session")
        self.assertEqual(check.company_id, self.company)
        self.assertEqual(self.counted(check), (10, 0, ""))

    def test_a_document_check_names_its_type(self):
        with self.assertRefused("choose the type of document"):
            self.new_check(kind="document", model=False)

    def test_a_condition_that_means_nothing_there(self):
        kind = self.new_type(scope="site")
        vals = {"kind": "document", "document_type_id": kind.id, "model": False}
        with self.assertRefused(r"“Work-study” means nothing .*\(Site\)"):
            self.new_check(condition="work_study", **vals)
        kind = self.new_type()
        vals["document_type_id"] = kind.id
        self.assertTrue(self.new_check(condition="certifying", **vals))

    def test_type_of_another_company(self):
        kind = self.new_type(company_id=self.other_company.id)
        with self.assertRaises(UserError):
            self.new_check(kind="document", document_type_id=kind.id, model=False)

    def test_a_count_that_the_addon_does_not_make(self):
        with self.assertRefused("makes no count called “learner.moon”"):
            self.new_check(kind="collector", measure="learner.moon", model=False)

    def test_it_proves_something(self):
        with self.assertRefused("choose at least one indicator"):
            self.new_check(numbers=())
        check = self.new_check()
        with self.assertRefused("choose at least one indicator"):
            check.indicator_ids = [Command.clear()]

    def test_percentages_and_window(self):
        for vals, message in (
            ({"threshold": 101}, "threshold_range"),
            ({"threshold": -1}, "threshold_range"),
            ({"margin": 101}, "margin_range"),
            ({"window": "months", "months": 0}, "months_positive"),
            ({"window": "since_audit", "months": -3}, "months_positive"),
        ):
            with self.subTest(vals=vals), self.assertImpossible(message):
                self.new_check(**vals)
        self.assertTrue(self.new_check(window="always", months=0))

    def test_once_counted_it_is_archived_not_deleted(self):
        check = self.new_check(user=self.manager)
        self.read()
        with self.assertRefused("its results are history", UserError):
            check.unlink()
        check.action_archive()
        self.assertTrue(self.result(check))
        self.read()
        self.assertFalse(self.result(check), "archived, it is not asked any more")
        self.new_check(user=self.manager).unlink()

    def test_only_managers_make_one(self):
        for user in (self.internal_auditor, self.contributor, self.event_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.new_check(user=user)


@tagged("post_install", "-at_install")
class TestTerms(CheckCase):
    """How a check is asked of the reader's company today."""

    def ours(self, check):
        return check.with_user(self.manager)

    def test_as_strict_as_its_indicators(self):
        major = self.ours(self.new_check((MAJOR,)))
        gradable = self.ours(self.new_check((GRADABLE,)))
        self.assertEqual((major.asked_threshold, major.asked_margin), (100, 0))
        self.assertTrue(major.major_only)
        self.assertEqual((gradable.asked_threshold, gradable.asked_margin), (90, 20))
        self.assertFalse(gradable.major_only)

    def test_how_far_it_looks_back(self):
        check = self.new_check(window="months", months=3)
        self.assertEqual(str(self.ours(check).asked_since), "2026-01-15")
        check.window = "always"
        self.assertFalse(self.ours(check).asked_since)

    def test_what_does_not_concern_us(self):
        # apprentices only
        check = self.ours(self.new_check((15,)))
        self.assertEqual(check.asked_state, "not_concerned")
        self.assertFalse(check.asked_threshold)

    def test_of_another_framework(self):
        check = self.new_check(framework_ids=[self.framework(2026).id])
        self.assertEqual(self.ours(check).asked_state, "not_concerned")
        with self.on("2026-11-01", self.company):
            self.assertEqual(self.ours(check).asked_state, "asked")

    def test_each_company_its_own(self):
        check = self.ship("learner_need")
        both = self.new_user("q_both", "manager")
        both.company_ids += self.other_company
        self.set_terms(check, asked=False, reason="Analysed elsewhere")
        mine = check.with_user(both).with_company(self.company)
        theirs = check.with_user(both).with_company(self.other_company)
        self.assertEqual(mine.asked_state, "off")
        self.assertEqual(theirs.asked_state, "asked", "nothing is settled there yet")

    def test_search(self):
        asked = self.new_check()
        foreign = self.new_check((15,))
        off = self.new_check()
        self.set_terms(off, asked=False)
        found = {
            state: self.checks.with_user(self.manager).search(
                [("asked_state", "=", state)]
            )
            for state in ("asked", "off", "not_concerned")
        }
        self.assertEqual(found["asked"], asked)
        self.assertEqual(found["off"], off)
        self.assertEqual(found["not_concerned"], foreign)

    def test_last_result(self):
        check = self.ours(self.new_check())
        self.assertFalse(check.result_status)
        self.spoil(2)
        self.read()
        self.assertEqual(str(check.result_day), TODAY)
        self.assertEqual((check.result_population, check.result_missing), (10, 2))
        self.assertEqual(check.result_status, "at_risk")
        found = self.checks.search([("result_status", "in", ["at_risk"])])
        self.assertNotIn(check, found, "another company's reader sees his own")
        mine = self.checks.with_user(self.manager)
        self.assertEqual(mine.search([("result_status", "=", "at_risk")]), check)

    def test_an_archived_setting_counts_no_more_even_when_archived_are_shown(self):
        check = self.ours(self.new_check())
        setting = self.set_terms(check, threshold=50)
        setting.action_archive()
        shown = check.with_context(active_test=False)
        self.assertEqual(shown.asked_threshold, 90)


@tagged("post_install", "-at_install")
class TestTryIt(CheckCase):
    def said(self, check, user=None):
        answer = check.with_user(user or self.manager).action_try()
        return answer["params"]["message"], answer["params"]["type"]

    def test_counts_now(self):
        check = self.new_check()
        self.spoil(3)
        self.assertEqual(
            self.said(check), ("10 looked at, 7 as they should be, 3 missing.", "info")
        )
        self.spoil(0)
        self.assertEqual(self.said(check)[1], "success")
        self.assertFalse(self.result(check), "nothing is written down")

    def test_nothing_to_look_at(self):
        check = self.new_check(population_domain="[('name', '=', 'none')]")
        self.assertIn("No record to look at", self.said(check)[0])

    def test_says_why_it_is_not_asked(self):
        foreign, off, archived = (
            self.new_check(numbers) for numbers in ((15,), (9,), (9,))
        )
        self.set_terms(off, asked=False)
        archived.active = False
        self.assertIn("none of its indicators", self.said(foreign)[0])
        self.assertIn("switched this check off", self.said(off)[0])
        self.assertIn("archived", self.said(archived)[0])

    def test_says_what_is_wrong(self):
        check = self.new_check()
        self.env.cr.execute(
            "UPDATE qualiopi_check SET satisfied_domain = %s WHERE id = %s",
            ("[('nowhere', '=', 1)]", check.id),
        )
        self.forget()
        message, kind = self.said(check)
        self.assertIn("there is no field “nowhere”", message)
        self.assertEqual(kind, "danger")

    def test_only_managers(self):
        check = self.new_check()
        for user in (self.internal_auditor, self.contributor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.said(check, user)
        with self.assertRaises(AccessError):
            self.said(check, self.other_manager)

    def test_constraint_message_names_the_check(self):
        with self.assertRaisesRegex(ValidationError, "“Somebody is responsible”"):
            self.new_check(satisfied_domain="[('nowhere', '=', 1)]")
