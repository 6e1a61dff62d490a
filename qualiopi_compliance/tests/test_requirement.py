import re
from html import unescape

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import CATEGORIES, DAY_2019, DAY_2026, QualiopiCommon

# reference of the guide: order of 6 June 2019, art. 5, and guide V9
MAJOR_ONLY = [4, 5, 6, 7, 10, 11, 14, 15, 16, 20, 21, 22, 26, 27, 29, 31, 32]
GRADABLE = [1, 2, 3, 8, 9, 12, 13, 17, 18, 19, 23, 24, 25, 28, 30]
NEW_ENTRANT = [2, 3, 11, 13, 14, 19, 22, 24, 25, 26, 32]
SURVEILLANCE_ALWAYS = sorted([1, 17, 19, *MAJOR_ONLY])
SUBCONTRACTOR_RULES = {
    "not_applicable": [1, 2, 3],
    "by_tasks": [7, 9, 13, 16, 28],
    "special": [5, 26, 30],
}

CHANGED = [1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 30, 32]
SPECIFIC = [3, 7, 8, 13, 14, 15, 16, 20, 28, 29]
CONDITIONS = {
    "certifying": [3, 7, 16],
    "work_study": [13],
    "training_at_work": [28],
    "subcontracting": [27],
    "over_two_days": [12],
}
NOT_AFC = [14, 15, 20, 29]
NOT_BC = [3, 7, 8, 13, 14, 15, 16, 20, 28, 29]
NOT_VAE = [7, 8, 13, 14, 15, 20, 28, 29]


class RequirementCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Requirement = cls.env["qualiopi.requirement"]

    def found(self, *domain, year=2026):
        of_framework = ("framework_id", "=", self.framework(year).id)
        return self.Requirement.search([of_framework, *domain]).mapped("number")


@tagged("post_install", "-at_install")
class TestRequirement(RequirementCase):
    def test_columns_of_the_annex(self):
        excluded = {"AFC": NOT_AFC, "BC": NOT_BC, "VAE": NOT_VAE, "CFA": []}
        for year, last in ((2019, 32), (2026, 33)):
            for code in CATEGORIES:
                with self.subTest(year=year, category=code):
                    expected = set(range(1, last + 1)) - set(excluded[code])
                    if code != "CFA":
                        expected.discard(33)
                    numbers = self.found(("category_ids.code", "=", code), year=year)
                    self.assertEqual(set(numbers), expected)

    def test_conditions(self):
        for year in (2019, 2026):
            for condition, expected in CONDITIONS.items():
                with self.subTest(year=year, condition=condition):
                    numbers = self.found(("condition", "=", condition), year=year)
                    self.assertEqual(numbers, expected)

    def test_only_indicator_12_of_2026_has_an_unsettled_condition(self):
        unsettled = self.Requirement.search([("condition_settled", "=", False)])
        self.assertEqual(unsettled, self.requirement(2026, 12))

    def test_common_and_specific_indicators(self):
        self.assertEqual(self.found(("kind", "=", "specific"), year=2019), SPECIFIC)
        self.assertEqual(self.found(("kind", "=", "specific")), [*SPECIFIC, 33])
        self.assertEqual(len(self.found(("kind", "=", "common"))), 22)

    def test_what_changed_in_2026(self):
        self.assertEqual(self.found(("change_kind", "=", "substance")), CHANGED)
        self.assertEqual(self.found(("change_kind", "=", "wording")), [31])
        self.assertEqual(self.found(("change_kind", "=", "new")), [33])
        self.assertFalse(self.found(("change_kind", "!=", "none"), year=2019))

    def test_text_differs_exactly_where_a_change_is_announced(self):
        for requirement in self.framework(2026).requirement_ids:
            former = requirement.previous_id
            if not former:
                continue
            with self.subTest(indicator=requirement.number):
                same = former.statement_fr == requirement.statement_fr
                self.assertEqual(same, requirement.change_kind == "none")

    def test_every_change_says_what_changed(self):
        changed = self.Requirement.search([("change_kind", "!=", "none")])
        for requirement in changed:
            with self.subTest(indicator=requirement.number):
                self.assertTrue(requirement.change_note_fr)
                self.assertTrue(requirement.change_note_en)

    def test_thresholds_of_19_and_20_are_awaited(self):
        awaited = self.Requirement.search([]).filtered("threshold_text")
        self.assertEqual(
            awaited, self.requirement(2026, 19) | self.requirement(2026, 20)
        )
        for requirement in awaited:
            self.assertTrue(requirement.threshold_text.startswith("Awaited"))
            self.assertTrue(requirement.threshold_label)

    def test_fixed_threshold_shows_its_value(self):
        requirement = self.requirement(2026, 20)
        requirement.write({"threshold_fixed": True, "threshold_value": 50})
        self.assertEqual(requirement.threshold_text, "50")


@tagged("post_install", "-at_install")
class TestRequirementComparison(RequirementCase):
    def compared(self, former, new):
        """:return: requirement 1 of 2026, compared by a reader of English"""
        self.requirement(2019, 1).statement_en = former
        requirement = self.requirement(2026, 1).with_context(lang="en_US")
        requirement.statement_en = new
        return requirement

    def unmarked(self, html):
        return unescape(re.sub(r"</?(?:ins|del)>", "", html))

    def test_marks_words_removed_and_added(self):
        requirement = self.compared("He keeps old words.", "He keeps new words!")
        self.assertEqual(
            requirement.former_statement_html,
            "He keeps <del>old</del> words<del>.</del>",
        )
        self.assertEqual(
            requirement.new_statement_html, "He keeps <ins>new</ins> words<ins>!</ins>"
        )

    def test_each_side_is_its_text_to_the_letter(self):
        for context in ({"lang": "en_US"}, self.french()):
            for row in self.framework(2026).requirement_ids.with_context(**context):
                if not row.previous_id:
                    continue
                with self.subTest(indicator=row.number, **context):
                    former = self.unmarked(row.former_statement_html)
                    self.assertEqual(former, row.previous_id.statement)
                    self.assertEqual(
                        self.unmarked(row.new_statement_html), row.statement
                    )

    def test_marks_stand_exactly_where_the_law_changed(self):
        rows = self.framework(2026).requirement_ids.with_context(**self.french())
        for row in rows.filtered("previous_id"):
            with self.subTest(indicator=row.number):
                html = row.former_statement_html + row.new_statement_html
                marked = "<ins>" in html or "<del>" in html
                self.assertEqual(marked, row.change_kind != "none")

    def test_markup_in_a_text_is_shown_and_not_run(self):
        requirement = self.compared("<b>old</b> & so", "<b>new</b> & so")
        self.assertEqual(
            requirement.former_statement_html,
            "&lt;b&gt;<del>old</del>&lt;/b&gt; &amp; so",
        )
        self.assertEqual(
            requirement.new_statement_html,
            "&lt;b&gt;<ins>new</ins>&lt;/b&gt; &amp; so",
        )

    def test_markup_inside_a_marked_word_is_escaped(self):
        requirement = self.compared("same", "same <script>")
        self.assertNotIn("<script>", requirement.new_statement_html)
        self.assertIn("&lt;script&gt;", requirement.new_statement_html)

    def test_former_requirement_is_the_same_indicator_before(self):
        for number in (1, 12, 32):
            self.assertEqual(
                self.requirement(2026, number).previous_id,
                self.requirement(2019, number),
            )

    def test_new_indicator_has_nothing_to_compare(self):
        requirement = self.requirement(2026, 33)
        self.assertFalse(requirement.previous_id)
        self.assertFalse(requirement.former_statement_html)
        self.assertFalse(requirement.new_statement_html)

    def test_first_framework_has_nothing_to_compare(self):
        rows = self.framework(2019).requirement_ids
        self.assertFalse(rows.previous_id)
        self.assertFalse(any(rows.mapped("new_statement_html")))


@tagged("post_install", "-at_install")
class TestRequirementGuide(RequirementCase):
    def test_gravity_comes_from_the_guide(self):
        with self.on(DAY_2026):
            self.assertEqual(self.requirement(2026, 4).gravity, "major_only")
            self.assertEqual(self.requirement(2026, 1).gravity, "gradable")
            self.assertFalse(self.requirement(2026, 33).gravity)
            self.assertEqual(self.requirement(2019, 4).gravity, "major_only")

    def test_gravity_can_be_searched(self):
        everything = list(range(1, 34))
        graded = sorted(MAJOR_ONLY + GRADABLE)
        cases = [
            (("gravity", "=", "major_only"), MAJOR_ONLY),
            (("gravity", "=", "gradable"), GRADABLE),
            (("gravity", "in", ["major_only", "gradable"]), graded),
            (("gravity", "in", ["gradable", False]), [*GRADABLE, 33]),
            (("gravity", "!=", "major_only"), [*GRADABLE, 33]),
            (("gravity", "not in", ["gradable"]), [*MAJOR_ONLY, 33]),
            (("gravity", "=", False), [33]),
            (("gravity", "!=", False), [n for n in everything if n != 33]),
        ]
        with self.on(DAY_2026):
            for leaf, expected in cases:
                with self.subTest(leaf=leaf):
                    self.assertEqual(self.found(leaf), expected)

    def test_gravity_search_agrees_with_what_is_shown(self):
        with self.on(DAY_2026):
            rows = self.Requirement.search([])
            for value in ("major_only", "gradable", False):
                with self.subTest(value=value):
                    self.assertEqual(
                        self.Requirement.search([("gravity", "=", value)]),
                        rows.filtered(lambda row, value=value: row.gravity == value),
                    )

    def test_notice_beside_a_changed_text(self):
        with self.on(DAY_2026):
            self.assertEqual(
                self.requirement(2026, 12).guide_notice,
                "Guide V9: written for the former wording of this indicator.",
            )

    def test_notice_beside_an_unchanged_text(self):
        with self.on(DAY_2026):
            notice = self.requirement(2026, 4).guide_notice
        self.assertIn("written for the former framework", notice)
        self.assertIn("has not changed", notice)

    def test_notice_beside_a_new_indicator(self):
        with self.on(DAY_2026):
            self.assertEqual(
                self.requirement(2026, 33).guide_notice,
                "No reading guide covers this indicator yet.",
            )

    def test_no_notice_beside_the_framework_of_the_guide(self):
        with self.on(DAY_2026):
            notices = self.framework(2019).requirement_ids.mapped("guide_notice")
        self.assertFalse(any(notices))

    def test_button_opens_the_guide_entry(self):
        with self.on(DAY_2026):
            requirement = self.requirement(2026, 12)
            action = requirement.action_open_guide_entry()
            self.assertEqual(action["res_model"], "qualiopi.guide.entry")
            self.assertEqual(action["res_id"], requirement.guide_entry_id.id)


@tagged("post_install", "-at_install")
class TestGuideEntryLists(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = cls.env.ref("qualiopi_compliance.guide_v9").entry_ids

    def where(self, name, value):
        chosen = self.entries.filtered(lambda entry: entry[name] == value)
        return sorted(chosen.mapped("number"))

    def test_guide_v9_speaks_of_each_of_the_32_indicators(self):
        self.assertEqual(sorted(self.entries.mapped("number")), list(range(1, 33)))

    def test_major_only_indicators(self):
        self.assertEqual(self.where("gravity", "major_only"), MAJOR_ONLY)
        self.assertEqual(self.where("gravity", "gradable"), GRADABLE)

    def test_minor_gap_is_described_only_where_one_may_exist(self):
        described = self.entries.filtered("minor_when_fr")
        self.assertGreaterEqual(set(described.mapped("number")), set(GRADABLE))

    def test_indicators_adapted_to_new_entrants(self):
        self.assertEqual(self.where("new_entrant_adapted", True), NEW_ENTRANT)

    def test_surveillance_minimum(self):
        self.assertEqual(self.where("surveillance", "always"), SURVEILLANCE_ALWAYS)
        self.assertEqual(self.where("surveillance", "if_concerned"), [3])

    def test_rules_for_subcontractors(self):
        for rule, expected in SUBCONTRACTOR_RULES.items():
            with self.subTest(rule=rule):
                self.assertEqual(self.where("subcontractor_rule", rule), expected)


@tagged("post_install", "-at_install")
class TestRequirementFilters(RequirementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        views = cls.Requirement.get_views([(False, "search")])["views"]
        arch = etree.fromstring(views["search"]["arch"])
        cls.filters = {
            node.get("name"): node.get("domain")
            for node in arch.iter("filter")
            if node.get("domain")
        }

    def by_filter(self, *names):
        domain = []
        for name in names:
            domain += safe_eval(self.filters[name], {})
        return self.Requirement.search(domain)

    def test_changed_in_2026_shows_14_indicators(self):
        self.assertEqual(
            self.by_filter("changed_2026").mapped("number"),
            sorted([*CHANGED, 31, 33]),
        )

    def test_in_force_follows_the_day(self):
        for day, year in ((DAY_2019, 2019), (DAY_2026, 2026)):
            with self.subTest(day=day), self.on(day):
                self.assertEqual(
                    self.by_filter("framework_in_force"),
                    self.framework(year).requirement_ids,
                )

    def test_filters_combine(self):
        with self.on(DAY_2026):
            found = self.by_filter("framework_in_force", "major_only", "cfa")
            self.assertEqual(found.mapped("number"), MAJOR_ONLY)

    def test_every_filter_can_be_run(self):
        for name in self.filters:
            with self.subTest(name=name):
                self.assertTrue(self.by_filter(name))
