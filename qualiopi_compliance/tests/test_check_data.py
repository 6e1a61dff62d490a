import re

from odoo.tests import TransactionCase

# Shown to auditors when they ask, and not asked of anybody by itself.
NOT_ASKED = {
    "terms_of_sale",
    "equipment_list",
    "recruitment_procedure",
    "skills_plan",
    "program_sheet",
    "lesson_plan",
    "competency_table",
    "session_report",
    "need_analysis",
    "convocation",
    "entry_assessment",
    "adjustment_plan",
    "final_assessment",
    "exam_minutes",
    "work_study_booklet",
    "diploma",
    "trainer_contract",
    "quality_charter",
    "nda_proof",
    "liability_insurance",
    "organisation_chart",
    "meeting_minutes",
    "council_minutes",
}


class TestCheckData(TransactionCase):
    """The checks and types of documents that ship, against the texts they rest on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.checks = cls.shipped("qualiopi.check")
        cls.types = cls.shipped("qualiopi.document.type")
        cls.frameworks = cls.env["qualiopi.framework"].search([])

    @classmethod
    def shipped(cls, model):
        """:return: the records of a model that this addon ships, archived or not"""
        ids = (
            cls.env["ir.model.data"]
            .search([("module", "=", "qualiopi_compliance"), ("model", "=", model)])
            .mapped("res_id")
        )
        return cls.env[model].browse(ids)

    def of(self, check):
        """:return: frameworks that ask for a check"""
        return check.framework_ids or self.frameworks

    def test_something_shows_each_indicator(self):
        for framework in self.frameworks:
            asked = self.checks.filtered(
                lambda check, framework=framework: (
                    check.active and framework in self.of(check)
                )
            )
            for indicator in framework.requirement_ids.indicator_id:
                with self.subTest(framework=framework.code, number=indicator.number):
                    own = asked.filtered(
                        lambda check, indicator=indicator: (
                            indicator in check.indicator_ids
                        )
                    )
                    self.assertTrue(own)
                    # what only a document shows, a person must look at too
                    if "collector" not in own.mapped("kind"):
                        self.assertTrue(indicator.review_needed)
                    self.assertTrue(indicator.review_note_fr)
                    self.assertTrue(indicator.review_note_en)

    def test_no_check_for_an_indicator_that_its_framework_has_not(self):
        for check in self.checks:
            known = self.of(check).requirement_ids.indicator_id
            with self.subTest(check=check.code):
                self.assertTrue(check.indicator_ids)
                self.assertLessEqual(check.indicator_ids, known)

    def test_clauses_are_words_of_the_requirement(self):
        for check in self.checks:
            requirements = self.of(check).requirement_ids.filtered(
                lambda row, check=check: row.indicator_id in check.indicator_ids
            )
            for lang in ("fr", "en"):
                clause = check[f"clause_{lang}"]
                with self.subTest(check=check.code, lang=lang):
                    self.assertTrue(clause)
                    # in each framework that asks for it, or it would prove nothing
                    for framework in self.of(check):
                        texts = requirements.filtered(
                            lambda row, framework=framework: (
                                row.framework_id == framework
                            )
                        ).mapped(f"statement_{lang}")
                        self.assertTrue(
                            any(clause in text for text in texts),
                            f"{clause!r} is not in {texts}",
                        )

    def test_every_measure_is_made_and_asked(self):
        made = set(self.env["qualiopi.collector"]._source_names())
        asked = self.checks.filtered(lambda check: check.kind == "collector")
        self.assertLessEqual(set(asked.mapped("measure")), made)
        # what other addons measure, their own checks ask
        others = self.env["qualiopi.check"].search([("kind", "=", "collector")])
        self.assertLessEqual(made, set((asked | others).mapped("measure")))
        self.assertTrue(all(check.source for check in self.checks))

    def test_every_type_is_asked_or_listed(self):
        asked = set(self.checks.document_type_id.mapped("code"))
        self.assertEqual(asked & NOT_ASKED, set())
        self.assertEqual(asked | NOT_ASKED, set(self.types.mapped("code")))

    def test_a_type_is_about_the_indicators_its_check_proves(self):
        for check in self.checks.filtered("document_type_id"):
            with self.subTest(check=check.code):
                self.assertLessEqual(
                    check.indicator_ids, check.document_type_id.indicator_ids
                )

    def test_each_says_what_is_missing_and_what_to_do(self):
        for check in self.checks:
            with self.subTest(check=check.code):
                for name in ("name", "lacks", "remediation"):
                    self.assertTrue((check[name] or "").strip())
                self.assertFalse(check.company_id)

    def test_codes_say_what_they_are_about(self):
        for check in self.checks:
            if check.kind == "document":
                expected = f"document.{check.document_type_id.code}"
            else:
                expected = check.measure
            self.assertEqual(check.code, expected)

    def test_nothing_promises_compliance(self):
        texts = self.checks.mapped("name") + self.checks.mapped("lacks")
        texts += self.checks.mapped("remediation") + self.types.mapped("help")
        for text in texts:
            self.assertFalse(
                re.search(r"\bcompl(y|iant|iance)\b", text, re.IGNORECASE), text
            )
