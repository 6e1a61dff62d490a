from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DAY_2019
from .finding_common import TODAY, FindingCase

# What decree 2026-728 changes, by who it concerns (annex to chapter VI, title I, book
# III of part 6 of the Labour Code; reading guide V9 for the condition of 12).
FOR_ALL = {1, 2, 19, 30, 32}
CHANGED = FOR_ALL | {3, 7, 12, 14, 15, 20, 27, 31, 33}


@tagged("post_install", "-at_install")
class TestFrameworkChange(FindingCase):
    """The plan for 1 November 2026 names exactly what touches the company."""

    def plan(self, user=None, **vals):
        Wizard = self.env["qualiopi.framework.change"].with_user(user or self.manager)
        wizard = Wizard.browse(Wizard.action_open_plan()["res_id"])
        if vals:
            wizard.write(vals)
        return wizard

    def row(self, wizard, number):
        return wizard.line_ids.filtered(lambda line: line.number == number)

    def touching(self, wizard):
        return set(wizard.line_ids.filtered("touches").mapped("number"))

    def category_of(self, code):
        return self.company.qualiopi_company_category_ids.filtered(
            lambda row: row.category_code == code
        )

    # Which frameworks

    def test_the_one_before_and_the_one_in_force(self):
        wizard = self.plan()
        self.assertEqual(
            (wizard.old_framework_id.code, wizard.new_framework_id.code),
            ("rnq-2019", "rnq-2026"),
        )

    def test_the_one_in_force_and_the_one_to_come(self):
        with self.on(DAY_2019):
            wizard = self.plan()
            self.assertEqual(wizard.new_framework_id.code, "rnq-2026")
            self.assertEqual(self.touching(wizard), FOR_ALL | {12})
            # in time: the day before it comes into force
            self.assertEqual(str(wizard.deadline), DAY_2019)

    def test_an_earlier_one_with_a_later_one(self):
        wizard = self.plan()
        with self.assertRefused("compare an earlier framework with a later one"):
            wizard.write(
                {
                    "old_framework_id": self.framework(2026).id,
                    "new_framework_id": self.framework(2019).id,
                }
            )

    # What touches the company

    def test_every_change_is_named(self):
        wizard = self.plan()
        self.assertEqual(set(wizard.line_ids.mapped("number")), CHANGED)

    def test_training_actions_only(self):
        wizard = self.plan()
        self.assertEqual(self.touching(wizard), FOR_ALL | {12})
        self.assertEqual(
            {line.number: line.touch for line in wizard.line_ids},
            dict.fromkeys(FOR_ALL, "changed")
            | dict.fromkeys((3, 7, 14, 15, 20, 27, 33), "none")
            | {12: "starts", 31: "wording"},
        )
        twelve = self.row(wizard, 12)
        self.assertEqual((twelve.before, twelve.after), ("not_applicable", "unsettled"))
        self.assertIn("guide V10 is awaited", twelve.reason)

    def test_courses_over_two_days(self):
        self.category_of("AFC").over_two_days = True
        wizard = self.plan()
        self.assertEqual(self.row(wizard, 12).touch, "changed")

    def test_leading_to_a_certification(self):
        self.category_of("AFC").leads_to_rncp = True
        wizard = self.plan()
        self.assertEqual(self.touching(wizard), FOR_ALL | {3, 7, 12})

    def test_with_subcontractors(self):
        self.category_of("AFC").subcontracting_given = True
        wizard = self.plan()
        self.assertEqual(self.touching(wizard), FOR_ALL | {12, 27})
        self.assertIn("subcontract", self.row(wizard, 27).change_note.lower())

    def test_apprenticeship(self):
        self.declare(self.company, "CFA", in_last_bpf=True, over_two_days=True)
        wizard = self.plan()
        self.assertEqual(self.touching(wizard), FOR_ALL | {3, 7, 12, 14, 15, 20, 33})
        new = self.row(wizard, 33)
        self.assertEqual(
            (new.touch, new.before, new.after), ("new", "absent", "applicable")
        )
        self.assertFalse(new.former_id)

    def test_skills_assessments_only(self):
        self.category_of("AFC").unlink()
        self.declare(self.company, "BC", in_last_bpf=True, over_two_days=False)
        self.assertEqual(self.touching(self.plan()), FOR_ALL | {12})

    def test_who_overruled_the_rules_is_followed(self):
        self.line(self.living(self.company), 3).write(
            {"override_applicability": "applicable", "override_reason": "RS counts"}
        )
        wizard = self.plan()
        self.assertIn(3, self.touching(wizard))
        self.assertIn("Overruled", self.row(wizard, 3).reason)

    def test_nothing_declared(self):
        self.category_of("AFC").unlink()
        wizard = self.plan()
        self.assertFalse(wizard.settled or wizard.line_ids)
        with self.assertRefused("declare the action categories", UserError):
            wizard.action_print()

    # What counts, what is missing

    def test_texts_side_by_side(self):
        one = self.row(self.plan(), 1)
        self.assertIn("<del>", one.former_html)
        self.assertIn("<ins>", one.new_html)
        self.assertNotIn("<ins>", one.former_html)
        self.assertNotIn("<del>", one.new_html)
        self.assertEqual(
            html.fromstring(f"<p>{one.former_html}</p>").text_content(),
            self.requirement(2019, 1)._bilingual("statement"),
        )

    def test_checks_asked_only_from_now_on(self):
        wizard = self.plan()
        risk = self.env.ref("qualiopi_compliance.check_document_risk_analysis")
        line = self.row(wizard, 32)
        self.assertEqual(line.missing_check_ids, risk)
        self.assertIn(f"{risk.name}: 0 of 1.", line.missing_text)
        former = self.env.ref("qualiopi_compliance.check_company_weak_points")
        self.assertIn(former.name, line.kept_text)
        self.assertNotIn(former.name, line.missing_text)

    def test_a_document_that_is_there_already(self):
        risk = self.env.ref("qualiopi_compliance.check_document_risk_analysis")
        evidence = self.new_evidence(
            name="Risks of 2026",
            type_id=risk.document_type_id.id,
            effective_on="2026-10-01",
        )
        evidence.action_submit()
        evidence.action_validate()
        self.env.flush_all()
        line = self.row(self.plan(), 32)
        self.assertFalse(line.missing_check_ids)
        self.assertIn("1 of 1", line.missing_text)
        self.assertIn("Risks of 2026", line.kept_text)

    def test_thresholds_awaited_are_not_guessed(self):
        line = self.row(self.plan(), 19)
        self.assertIn("Awaited", line.threshold_text)

    # Actions

    def actions(self):
        return self.env["qualiopi.action"].search(
            [("framework_id", "=", self.framework(2026).id)]
        )

    def test_ticked_where_it_touches_the_company(self):
        wizard = self.plan()
        ticked = wizard.line_ids.filtered("make")
        self.assertEqual(set(ticked.mapped("number")), self.touching(wizard))
        self.assertEqual({str(line.deadline) for line in ticked}, {"2027-01-23"})
        self.assertEqual(ticked.user_id, self.manager)

    def test_owner_of_the_indicator(self):
        self.line(self.living(self.company), 1).user_id = self.contributor
        self.assertEqual(self.row(self.plan(), 1).user_id, self.contributor)

    def test_due_before_the_next_audit(self):
        self.new_audit("internal", "2026-12-10", opened=False)
        self.assertEqual(str(self.plan().deadline), "2026-12-09")

    def test_made_and_followed_by_the_check(self):
        wizard = self.plan()
        (wizard.line_ids - self.row(wizard, 32)).make = False
        line = self.row(wizard, 32)
        line.write({"action_name": "Write the risks down", "deadline": "2026-12-20"})
        wizard.action_make_actions()
        action = self.actions()
        self.assertEqual(action.name, "Write the risks down")
        self.assertEqual(action.check_id, line.missing_check_ids)
        self.assertEqual(
            (action.origin, str(action.deadline)), ("framework", "2026-12-20")
        )
        self.assertEqual(action.company_id, self.company)
        action.result = "Written"
        with self.assertRefused("still finds", UserError):
            action.action_done()

    def test_one_for_each_check_that_fails(self):
        wizard = self.plan()
        (wizard.line_ids - self.row(wizard, 12)).make = False
        wizard.action_make_actions()
        checks = self.row(wizard, 12).missing_check_ids
        self.assertGreater(len(checks), 1)
        self.assertEqual(self.actions().check_id, checks)
        self.assertEqual(len(self.actions()), len(checks))
        self.assertEqual(len(set(self.actions().mapped("name"))), len(checks))

    def test_again_later_makes_no_second_one(self):
        self.plan().action_make_actions()
        made = self.actions()
        wizard = self.plan()
        self.assertFalse(wizard.line_ids.filtered("make"))
        self.assertEqual(
            set(wizard.line_ids.filtered("made").mapped("number")),
            self.touching(wizard),
        )
        wizard.line_ids.filtered("touches").make = True
        wizard.action_make_actions()
        self.assertEqual(self.actions(), made)

    def test_called_off_may_be_made_again(self):
        self.plan().action_make_actions()
        made = self.actions().filtered(
            lambda row: 1 in row.indicator_ids.mapped("number")
        )
        made.with_user(self.manager).action_cancel()
        wizard = self.plan()
        self.assertEqual(wizard.line_ids.filtered("make").mapped("number"), [1])

    def test_what_was_archived_was_made(self):
        self.plan().action_make_actions()
        self.actions().active = False
        self.assertFalse(self.plan().line_ids.filtered("make"))

    def test_bad_input(self):
        wizard = self.plan()
        one = self.row(wizard, 1)
        one.deadline = "2026-11-22"
        with self.assertRefused("is past, choose another day", UserError):
            wizard.action_make_actions()
        one.write({"deadline": TODAY, "action_name": " "})
        with self.assertRefused("write what is to be done", UserError):
            wizard.action_make_actions()
        self.assertFalse(self.actions())
        wizard.line_ids.make = False
        with self.assertRefused("Nothing is ticked", UserError):
            wizard.action_make_actions()

    # On paper

    def text(self, wizard):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(wizard.env.user)
            ._render_qweb_html("qualiopi_compliance.framework_change", wizard.ids)
        )
        page = html.fromstring(content)
        for style in page.xpath("//style"):
            style.drop_tree()
        return page, " ".join(page.text_content().split())

    def test_on_paper(self):
        wizard = self.plan()
        page, text = self.text(wizard)
        for words in (
            "Formation Lumière",
            "November 1, 2026",
            "January 23, 2027",
            self.manager.name,
            "Changes that ask nothing of this company",
            "Concerns only CFA",
            "Awaited",
        ):
            with self.subTest(words=words):
                self.assertIn(words, text)
        self.assertTrue(page.xpath("//del"))
        self.assertTrue(page.xpath("//ins"))
        report = self.env.ref("qualiopi_compliance.framework_change_report")
        self.assertEqual(report.paperformat_id.orientation, "Landscape")
        self.assertEqual(report.paperformat_id.format, "A4")

    def test_on_paper_in_french(self):
        self.manager.lang = self.french()["lang"]
        Wizard = self.env["qualiopi.framework.change"].with_user(self.manager)
        wizard = Wizard.with_context(lang="fr_FR").browse(
            Wizard.with_context(lang="fr_FR").action_open_plan()["res_id"]
        )
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager)
            .with_context(lang="fr_FR")
            ._render_qweb_html("qualiopi_compliance.framework_change", wizard.ids)
        )
        text = " ".join(html.fromstring(content).text_content().split())
        self.assertIn("de nature à induire le public en erreur", text)

    # Who, and whose

    def test_internal_auditors_read_it(self):
        wizard = self.plan(self.internal_auditor)
        self.assertEqual(self.touching(wizard), FOR_ALL | {12})
        self.assertTrue(wizard.action_print())
        with self.assertRaises(AccessError):
            wizard.action_make_actions()

    def test_contributors_do_not(self):
        with self.assertRaises(AccessError):
            self.plan(self.contributor)

    def test_each_company_has_its_own(self):
        self.declare(self.other_company, "CFA", over_two_days=True)
        wizard = self.plan(self.other_manager)
        self.assertEqual(wizard.company_id, self.other_company)
        self.assertIn(33, self.touching(wizard))
        wizard.action_make_actions()
        self.assertEqual(self.actions().company_id, self.other_company)
        # ours is not made by theirs
        self.assertTrue(self.plan().line_ids.filtered("make"))
        with self.assertRaises(AccessError):
            wizard.company_id = self.company
            wizard.action_make_actions()
