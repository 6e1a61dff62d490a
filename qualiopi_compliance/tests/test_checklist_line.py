from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DAY_2026, QualiopiCommon

LATER = "2026-12-15"


class LineCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(DAY_2026, cls.company):
            cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.living(cls.company)

    def mine(self, number):
        """:return: a line as the manager sees it"""
        return self.line(self.checklist, number).with_user(self.manager)


class TestStatus(LineCase):
    def test_a_status_is_dated(self):
        line = self.mine(4)
        self.assertFalse(line.assessed_on)
        with self.on(LATER):
            line.declared_status = "at_risk"
        self.assertEqual(line.status, "at_risk")
        self.assertEqual(str(line.assessed_on), LATER)

    def test_the_day_is_the_one_in_paris(self):
        line = self.mine(4)
        with self.on("2026-12-15"):
            line.declared_status = "at_risk"
        with self.on("2026-12-16"):
            line.declared_status = "at_risk"
        self.assertEqual(str(line.assessed_on), "2026-12-16")

    def test_a_status_confirms(self):
        line = self.mine(4)
        line.sudo().to_confirm = True
        line.conclusion = "<p>Not enough to confirm</p>"
        self.assertTrue(line.to_confirm)
        line.declared_status = "demonstrated"
        self.assertFalse(line.to_confirm)

    def test_not_assessed_has_no_date(self):
        line = self.mine(4)
        line.declared_status = "insufficient"
        self.assertTrue(line.assessed_on)
        line.declared_status = "not_assessed"
        self.assertFalse(line.assessed_on)
        self.assertEqual(line.status, "not_assessed")

    def test_not_applicable_wins_and_the_status_comes_back(self):
        line = self.mine(3)
        self.assertEqual(line.status, "not_applicable")
        with self.on(LATER):
            line.declared_status = "demonstrated"
        self.assertEqual(line.status, "not_applicable")
        self.company.qualiopi_company_category_ids.leads_to_rncp = True
        self.assertEqual(line.status, "demonstrated")
        self.assertEqual(str(line.assessed_on), LATER)
        self.company.qualiopi_company_category_ids.leads_to_rncp = False
        self.assertEqual(line.status, "not_applicable")
        self.assertEqual(line.declared_status, "demonstrated")

    def test_all_lines_of_a_selection_at_once(self):
        lines = self.checklist.line_ids.with_user(self.manager)
        lines.write({"declared_status": "demonstrated"})
        self.assertEqual(set(lines.mapped("declared_status")), {"demonstrated"})
        self.assertEqual(len(set(lines.mapped("assessed_on"))), 1)


class TestOverruling(LineCase):
    def test_needs_a_written_reason(self):
        for reason in (False, "", "  \n "):
            with self.subTest(reason=reason), self.assertRaises(ValidationError):
                self.mine(4).write(
                    {
                        "override_applicability": "not_applicable",
                        "override_reason": reason,
                    }
                )
        line = self.mine(4)
        line.write(
            {"override_applicability": "not_applicable", "override_reason": "So."}
        )
        with self.assertRaises(ValidationError):
            line.override_reason = False

    def test_overrules_both_ways(self):
        line = self.mine(4)
        line.write(
            {"override_applicability": "not_applicable", "override_reason": "So."}
        )
        self.assertEqual(line.applicability, "not_applicable")
        self.assertEqual(line.status, "not_applicable")
        self.assertEqual(line.rule_applicability, "applicable")
        line.override_applicability = False
        self.assertEqual(line.applicability, "applicable")
        other = self.mine(3)
        other.write({"override_applicability": "applicable", "override_reason": "So."})
        self.assertEqual(other.status, "not_assessed")

    def test_survives_a_refresh_and_says_why(self):
        line = self.mine(4)
        line.write(
            {"override_applicability": "not_applicable", "override_reason": "Our case"}
        )
        self.company._qualiopi_refresh_checklists()
        self.assertEqual(line.applicability, "not_applicable")
        self.assertIn("Our case", line.applicability_reason.splitlines()[0])

    def test_is_tracked(self):
        line = self.mine(4).with_context(tracking_disable=False)
        self.env.cr.precommit.run()
        messages = line.message_ids
        line.write(
            {
                "override_applicability": "not_applicable",
                "override_reason": "Our case",
            }
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        posted = line.message_ids - messages
        self.assertEqual(posted.author_id, self.manager.partner_id)
        tracked = posted.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertLessEqual(
            {"override_applicability", "override_reason"}, set(tracked)
        )

    def test_status_and_review_are_tracked(self):
        line = self.mine(4).with_context(tracking_disable=False)
        self.env.cr.precommit.run()
        messages = line.message_ids
        line.declared_status = "at_risk"
        line.action_review()
        self.env.flush_all()
        self.env.cr.precommit.run()
        values = (line.message_ids - messages).sudo().tracking_value_ids
        self.assertLessEqual(
            {"declared_status", "assessed_on", "reviewer_id", "reviewed_on"},
            set(values.field_id.mapped("name")),
        )


class TestReasons(LineCase):
    def test_are_stored_as_codes(self):
        for line in self.checklist.line_ids:
            with self.subTest(number=line.number):
                self.assertTrue(line.rule_reasons)
                for reason in line.rule_reasons:
                    self.assertEqual(set(reason), {"code", "values"})
                    self.assertNotIn(" ", reason["code"])

    def test_are_read_in_the_language_of_the_reader(self):
        line = self.line(self.checklist, 3)
        english = line.with_context(lang="en_US").applicability_reason
        french = line.with_context(lang="fr_FR").applicability_reason
        self.assertIn("professional certification", english)
        self.assertNotIn("professional certification", french)
        self.assertIn("certification professionnelle", french)
        self.assertIn("AFC", english)
        self.assertIn("AFC", french)

    def test_statement_is_read_in_the_language_of_the_reader(self):
        line = self.line(self.checklist, 4)
        requirement = line.requirement_id
        self.assertEqual(
            line.with_context(lang="fr_FR").statement, requirement.statement_fr
        )
        self.assertEqual(
            line.with_context(lang="en_US").statement, requirement.statement_en
        )


class TestReview(LineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_review_months = 12
        cls.other_company.qualiopi_review_months = 1
        cls.other = cls.living(cls.other_company)
        cls.lines = cls.checklist.line_ids | cls.other.line_ids
        for day, number in (
            ("2026-03-30", 1),
            ("2026-03-31", 2),
            ("2027-02-27", 4),
            ("2027-02-28", 5),
            ("2027-03-31", 6),
        ):
            (cls.line(cls.checklist, number) | cls.line(cls.other, number)).write(
                {"reviewed_on": day}
            )
        cls.forget()

    def states(self, checklist):
        return {
            line.number: line.review_state
            for line in checklist.line_ids
            if line.number in (1, 2, 4, 5, 6, 9)
        }

    def test_validity_is_the_company_s(self):
        with self.on("2027-03-31"):
            self.assertEqual(
                self.states(self.checklist),
                {1: "stale", 2: "valid", 4: "valid", 5: "valid", 6: "valid", 9: "none"},
            )
            # one month before 31 March is the last day of February
            self.assertEqual(
                self.states(self.other),
                {1: "stale", 2: "stale", 4: "stale", 5: "valid", 6: "valid", 9: "none"},
            )

    def test_search_agrees_with_what_is_shown(self):
        every = [("id", "in", self.lines.ids)]
        values = (
            ["none"],
            ["valid"],
            ["stale"],
            ["none", "stale"],
            [],
            [False],
            ["none", "valid", "stale"],
        )
        with self.on("2027-03-31"):
            for value in values:
                for operator in ("in", "not in"):
                    with self.subTest(value=value, operator=operator):
                        found = self.lines.search(
                            [*every, ("review_state", operator, value)]
                        )
                        expected = self.lines.filtered(
                            lambda line, value=value, operator=operator: (
                                (line.review_state in value) == (operator == "in")
                            )
                        )
                        self.assertEqual(found, expected)

    def test_search_takes_plain_equality_too(self):
        every = [("id", "in", self.lines.ids)]
        with self.on("2027-03-31"):
            stale = self.lines.search([*every, ("review_state", "=", "stale")])
            rest = self.lines.search([*every, ("review_state", "!=", "stale")])
            self.assertEqual(len(stale), 4)
            self.assertEqual(stale | rest, self.lines)

    def test_search_keeps_to_the_companies_of_the_reader(self):
        with self.on("2027-03-31"):
            found = self.lines.with_user(self.manager).search(
                [("review_state", "=", "stale")]
            )
            self.assertEqual(found, self.line(self.checklist, 1))

    def test_review_is_signed_and_dated(self):
        line = self.mine(9)
        line.sudo().to_confirm = True
        with self.on("2027-03-31"):
            line.action_review()
            self.assertEqual(line.reviewer_id, self.manager)
            self.assertEqual(str(line.reviewed_on), "2027-03-31")
            self.assertEqual(line.review_state, "valid")
            self.assertFalse(line.to_confirm)
        with self.on("2028-04-01"):
            self.assertEqual(line.review_state, "stale")


@tagged("post_install", "-at_install")
class TestGrouping(LineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line(cls.checklist, 4).declared_status = "demonstrated"
        cls.line(cls.checklist, 5).declared_status = "at_risk"
        cls.domain = [("checklist_id", "=", cls.checklist.id)]
        cls.Line = cls.env["qualiopi.checklist.line"].with_user(cls.manager)

    def expected(self):
        grouped = self.checklist.line_ids.grouped("status")
        return {status: len(lines) for status, lines in grouped.items()}

    def test_by_status(self):
        groups = self.Line.formatted_read_group(self.domain, ["status"], ["__count"])
        self.assertEqual(
            {group["status"]: group["__count"] for group in groups}, self.expected()
        )
        self.assertEqual(
            dict(self.Line._read_group(self.domain, ["status"], ["__count"])),
            self.expected(),
        )

    def test_progress_bar_per_criterion(self):
        bars = self.Line.read_progress_bar(
            self.domain,
            "criterion_id",
            {"field": "status", "colors": dict.fromkeys(self.expected(), "muted")},
        )
        criterion = self.line(self.checklist, 4).criterion_id
        # criterion 2: indicators 4 to 8, of which 7 asks for a certification
        bar = bars[str(criterion.id)]
        self.assertEqual(bar["demonstrated"], 1)
        self.assertEqual(bar["at_risk"], 1)
        self.assertEqual(len(bars), 7)

    def test_every_criterion_is_a_column(self):
        nothing = [*self.domain, ("number", "in", [4, 5])]
        answer = self.Line.with_context(read_group_expand=True).web_read_group(
            nothing,
            ["criterion_id"],
            auto_unfold=True,
            unfold_read_specification={"number": {}},
        )
        counts = [group["__count"] for group in answer["groups"]]
        self.assertEqual(counts, [0, 2, 0, 0, 0, 0, 0])

    def test_drill_down_in_the_pivot(self):
        groups = self.Line.formatted_read_group(
            self.domain, ["criterion_id", "status"], ["__count"]
        )
        self.assertEqual(
            sum(group["__count"] for group in groups), len(self.checklist.line_ids)
        )
        for group in groups:
            self.assertEqual(
                self.Line.search_count([*self.domain, *group["__extra_domain"]]),
                group["__count"],
            )
