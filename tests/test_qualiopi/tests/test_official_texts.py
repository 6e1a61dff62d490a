"""The official texts and rules of the database against a copy of their source."""

import json

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

CONDITIONS = {
    "certifying": "certifying",
    "duration_over_2_days_v9": "over_two_days",
    "alternance": "work_study",
    "subcontracting_out": "subcontracting",
    "work_based": "training_at_work",
}


@tagged("post_install", "-at_install")
class TestOfficialTexts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("test_qualiopi/fixtures/rnq.json") as file:
            cls.source = json.load(file)
        cls.rules = cls.source["rules"]
        cls.entries = cls.env.ref("qualiopi_compliance.guide_v9").entry_ids

    def requirements(self, year):
        framework = self.env.ref(f"qualiopi_compliance.framework_rnq_{year}")
        return {row.number: row for row in framework.requirement_ids}

    def expected(self, year, language):
        """:return: number -> statement of that year, as the source gives it"""
        former = f"{language}_until_2026_10_31"
        return {
            row["number"]: row[language]
            if year == 2026
            else row.get(former, row[language])
            for row in self.source["indicators"]
            if year == 2026 or row["change_2026"] != "new"
        }

    def numbers(self, entries):
        return sorted(entries.mapped("number"))

    def check_statements(self, year, language, count):
        expected = self.expected(year, language)
        self.assertEqual(len(expected), count)
        actual = {
            number: row[f"statement_{language}"]
            for number, row in self.requirements(year).items()
        }
        self.assertEqual(sorted(actual), sorted(expected))
        for number, text in expected.items():
            with self.subTest(number=number):
                self.assertEqual(actual[number], text)

    def test_french_statements_of_2019_to_the_letter(self):
        self.check_statements(2019, "fr", 32)

    def test_french_statements_of_2026_to_the_letter(self):
        self.check_statements(2026, "fr", 33)

    def test_english_statements_of_2019(self):
        self.check_statements(2019, "en", 32)

    def test_english_statements_of_2026(self):
        self.check_statements(2026, "en", 33)

    def test_the_two_texts_differ_where_the_source_says_so(self):
        former, present = self.requirements(2019), self.requirements(2026)
        changed = {
            number
            for number in former
            if former[number].statement_fr != present[number].statement_fr
        }
        expected = {
            row["number"]
            for row in self.source["indicators"]
            if row["change_2026"] in ("substance", "wording")
        }
        self.assertEqual(changed, expected)

    def test_categories_kind_and_change(self):
        for year in (2019, 2026):
            requirements = self.requirements(year)
            for row in self.source["indicators"]:
                requirement = requirements.get(row["number"])
                if not requirement:
                    continue
                with self.subTest(year=year, number=row["number"]):
                    codes = set(requirement.category_ids.mapped("code"))
                    self.assertEqual(codes, set(row["applies_to"]))
                    self.assertEqual(requirement.kind, row["type"])
                    change = row["change_2026"] if year == 2026 else "none"
                    self.assertEqual(requirement.change_kind, change)

    def test_what_changed_is_told_in_both_languages(self):
        requirements = self.requirements(2026)
        for row in self.source["indicators"]:
            if row["change_2026"] == "none":
                continue
            requirement = requirements[row["number"]]
            with self.subTest(number=row["number"]):
                for language in ("fr", "en"):
                    self.assertEqual(
                        requirement[f"change_note_{language}"],
                        row["change_2026_note"][language],
                    )

    def test_conditions(self):
        for year in (2019, 2026):
            requirements = self.requirements(year)
            for row in self.source["indicators"]:
                known = [
                    CONDITIONS[condition["code"]]
                    for condition in row["conditions"]
                    if condition["code"] in CONDITIONS
                ]
                requirement = requirements.get(row["number"])
                if requirement:
                    with self.subTest(year=year, number=row["number"]):
                        expected = known[0] if known else False
                        self.assertEqual(requirement.condition, expected)

    def test_only_the_two_day_limit_of_2026_is_unsettled(self):
        unsettled = self.env["qualiopi.requirement"].search(
            [("condition_settled", "=", False)]
        )
        self.assertEqual(unsettled, self.requirements(2026)[12])

    def test_criteria(self):
        criteria = self.env["qualiopi.criterion"].search([])
        self.assertEqual(len(criteria), 7)
        for criterion, row in zip(criteria, self.source["criteria"], strict=True):
            with self.subTest(number=row["number"]):
                self.assertEqual(criterion.number, row["number"])
                self.assertEqual(criterion.name_fr, row["fr"])
                self.assertEqual(criterion.name_en, row["en"])
                self.assertEqual(
                    criterion.indicator_ids.mapped("number"), row["indicators"]
                )

    def test_gravity(self):
        for gravity, name in (
            ("major_only", "major_only"),
            ("gradable", "minor_or_major_v9"),
        ):
            entries = self.entries.filtered_domain([("gravity", "=", gravity)])
            self.assertEqual(self.numbers(entries), self.rules[name])

    def test_new_entrants(self):
        entries = self.entries.filtered("new_entrant_adapted")
        self.assertEqual(self.numbers(entries), self.rules["new_entrant_adapted"])

    def test_surveillance_minimum(self):
        for name in ("always", "if_concerned"):
            entries = self.entries.filtered_domain([("surveillance", "=", name)])
            self.assertEqual(
                self.numbers(entries), self.rules["surveillance_minimum"][name]
            )

    def test_subcontractors(self):
        for name in ("not_applicable", "by_tasks", "special"):
            entries = self.entries.filtered_domain([("subcontractor_rule", "=", name)])
            self.assertEqual(self.numbers(entries), self.rules[f"subcontractor_{name}"])

    def test_what_the_law_has_not_fixed_stays_empty(self):
        requirements = self.requirements(2026)
        awaited = [row for row in requirements.values() if row.threshold_label_fr]
        self.assertEqual(sorted(row.number for row in awaited), [19, 20])
        for requirement in awaited:
            self.assertFalse(requirement.threshold_fixed)
            self.assertFalse(requirement.threshold_value)
        guide = self.env.ref("qualiopi_compliance.guide_v10")
        self.assertFalse(guide.published_on)
        self.assertFalse(guide.compulsory_from)
        self.assertFalse(guide.entry_ids)
