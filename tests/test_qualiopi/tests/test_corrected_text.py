"""A correction in a data file reaches a database that was installed before."""

from odoo.tests import tagged
from odoo.tools import convert_file

from odoo.addons.qualiopi_compliance.tests.common import QualiopiCommon

SHARED_MODELS = (
    "qualiopi.category",
    "qualiopi.criterion",
    "qualiopi.indicator",
    "qualiopi.framework",
    "qualiopi.requirement",
    "qualiopi.guide",
    "qualiopi.guide.entry",
)


@tagged("post_install", "-at_install")
class TestCorrectedText(QualiopiCommon):
    def update(self, *names):
        """Load data files of the addon again, as its update does."""
        for name in names:
            convert_file(
                self.env,
                "qualiopi_compliance",
                f"data/{name}_data.xml",
                {},
                mode="update",
                noupdate=False,
            )
        self.forget()

    def test_a_wrong_statement_is_put_right(self):
        requirement = self.env.ref("qualiopi_compliance.requirement_2026_12")
        texts = {
            name: requirement[name]
            for name in ("statement_fr", "statement_en", "change_note_fr")
        }
        requirement.write(dict.fromkeys(texts, "Wrong."))
        self.forget()
        self.assertEqual(requirement.statement_fr, "Wrong.")
        self.update("qualiopi_requirement_2026")
        for name, text in texts.items():
            self.assertEqual(requirement[name], text)

    def test_a_wrong_gravity_and_a_wrong_date_are_put_right(self):
        entry = self.env.ref("qualiopi_compliance.guide_v9_entry_04")
        guide = self.env.ref("qualiopi_compliance.guide_v9")
        gravity, published = entry.gravity, guide.published_on
        self.assertEqual(gravity, "major_only")
        entry.gravity = "gradable"
        guide.write({"published_on": "2024-01-20", "compulsory_from": "2024-03-20"})
        self.update("qualiopi_guide", "qualiopi_guide_v9_entry")
        self.assertEqual(entry.gravity, gravity)
        self.assertEqual(guide.published_on, published)

    def test_the_reader_sees_the_corrected_text(self):
        living = self.living(self.company)
        line = self.line(living, 4)
        requirement = line.requirement_id
        right = requirement.statement_fr
        requirement.statement_fr = "Faux."
        reader = line.with_user(self.manager).with_context(lang="fr_FR")
        self.assertEqual(reader.statement, "Faux.")
        self.update("qualiopi_requirement_2019", "qualiopi_requirement_2026")
        self.assertEqual(reader.statement, right)

    def test_what_users_entered_stays(self):
        category = self.declare(self.company, "AFC", over_two_days=True)
        self.company.qualiopi_review_months = 5
        line = self.line(self.living(self.company), 4)
        line.write(
            {
                "declared_status": "at_risk",
                "conclusion": "<p>To do</p>",
                "override_applicability": "not_applicable",
                "override_reason": "Because",
            }
        )
        before = line.read(["declared_status", "assessed_on", "conclusion", "status"])
        self.update(
            "qualiopi_category",
            "qualiopi_criterion",
            "qualiopi_indicator",
            "qualiopi_framework",
            "qualiopi_requirement_2019",
            "qualiopi_requirement_2026",
            "qualiopi_guide",
            "qualiopi_guide_v9_entry",
        )
        self.assertEqual(
            line.read(["declared_status", "assessed_on", "conclusion", "status"]),
            before,
        )
        self.assertEqual(line.override_reason, "Because")
        self.assertEqual(self.company.qualiopi_review_months, 5)
        self.assertTrue(category.over_two_days)

    def test_a_closed_checklist_keeps_the_words_it_was_about(self):
        closed = self.closed(self.company, "2026-11-01")
        line = self.line(closed, 12)
        shown = line.with_context(lang="fr_FR").statement
        line.requirement_id.statement_fr = "Corrigé depuis."
        self.forget()
        self.assertEqual(line.with_context(lang="fr_FR").statement, shown)

    def test_no_official_text_is_out_of_reach_of_updates(self):
        kept = self.env["ir.model.data"].search(
            [("model", "in", SHARED_MODELS), ("noupdate", "=", True)]
        )
        self.assertFalse(kept.mapped("complete_name"))

    def test_every_official_text_comes_from_a_data_file(self):
        for model in SHARED_MODELS:
            records = self.env[model].search([])
            self.assertTrue(records)
            known = self.env["ir.model.data"].search(
                [("model", "=", model), ("module", "=", "qualiopi_compliance")]
            )
            self.assertEqual(set(known.mapped("res_id")), set(records.ids), model)
