from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.training.event_event_grid import LEARNER_FORM
from .gap_common import GapCase
from .views_common import ViewsMixin


@tagged("post_install", "-at_install")
class TestCheckSubjectOpen(GapCase, ViewsMixin):
    """From a row to the record itself, where it is repaired."""

    def opened(self, row):
        action = row.action_open_record()
        return action["res_model"], action["res_id"]

    def test_learner_file(self):
        row = self.rows(("registration_id", "=", self.bruno.id))[:1]
        action = row.action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("event.registration", self.bruno.id),
        )
        self.assertEqual(action["views"], [(self.env.ref(LEARNER_FORM).id, "form")])

    def test_each_kind_of_record(self):
        self.ship("session_trainer")
        self.ship("program_referent")
        self.ship("lead_need")
        self.ship("trainer_cv")
        lead = self.new_lead()
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": self.company.id,
                "state": "active",
            }
        )
        for field, record in (
            ("event_id", self.session),
            ("program_id", self.program),
            ("lead_id", lead),
            ("trainer_id", trainer),
        ):
            row = self.rows(("res_model", "=", record._name), (field, "=", record.id))
            with self.subTest(model=record._name):
                self.assertTrue(row)
                self.assertEqual(self.opened(row[:1]), (record._name, record.id))
                self.assertEqual(row[:1].record_name, record.display_name)

    def test_the_company_the_row_is_about(self):
        self.declare(self.other_company, "AFC")
        self.ship("document_house_rules")
        both = self.company | self.other_company
        self.manager.company_ids = both
        for company in both:
            row = self.rows(("res_id", "=", company.id), company=both).filtered(
                lambda row: row.scope == "company"
            )
            self.assertEqual(self.opened(row), ("res.company", company.id))

    def test_adds_the_document_that_is_missing(self):
        self.ship("document_house_rules")
        row = self.rows(("scope", "=", "company"), ("satisfied", "=", False))
        action = row.action_add_document()
        evidence = self.env[action["res_model"]].with_user(self.manager)
        made = evidence.with_context(
            allowed_company_ids=self.company.ids, **action["context"]
        ).create({"url": "https://example.com/rules", "effective_on": "2026-01-15"})
        self.assertEqual(made.company_id, self.company)
        made.action_validate()
        self.forget()
        self.assertFalse(
            self.rows(("scope", "=", "company"), ("satisfied", "=", False))
        )

    def test_adds_a_document_about_the_very_record(self):
        self.contract.write(
            {
                "kind": "document",
                "measure": False,
                "document_type_id": self.env.ref(
                    "qualiopi_compliance.document_type_agreement"
                ).id,
            }
        )
        row = self.rows(
            ("registration_id", "=", self.bruno.id),
            ("check_id", "=", self.contract.id),
        )
        context = row.action_add_document()["context"]
        self.assertEqual(context["default_registration_id"], self.bruno.id)
        self.assertEqual(context["default_type_id"], row.document_type_id.id)

    def test_deleted_meanwhile(self):
        row = self.rows(("registration_id", "=", self.bruno.id))[:1]
        row.mapped("res_id")
        self.env.cr.execute(
            "DELETE FROM event_registration WHERE id = %s", [self.bruno.id]
        )
        with self.assertRefused("deleted meanwhile|n'existe pas|exist", UserError):
            row.action_open_record()

    def test_views_open_for_each_role(self):
        self.read()
        for user in (self.contributor, self.internal_auditor, self.manager):
            rows = self.rows(user=user)
            for view_type in ("list", "kanban"):
                with self.subTest(user=user.login, view=view_type):
                    self.assertEqual(len(self.open_view(rows, view_type)), len(rows))
            self.open_view(self.subjects(user), "pivot")
            self.open_view(self.subjects(user), "search")

    def test_filters_of_the_search_view(self):
        self.read()
        found = self.open_view(self.subjects(), "search")
        self.assertEqual(len(found["missing"]), 2)
        self.assertEqual(len(found["satisfied"]), 2)
        self.assertEqual(found["major"].check_id, self.need)
        self.assertEqual(found["learners"], found["missing"] | found["satisfied"])
        self.assertFalse(found["sessions"] | found["others"] | found["soon"])
        self.assertEqual(found["frees"].check_id, self.need | self.contract)

    def test_opens_the_gaps_by_default(self):
        action = self.env.ref("qualiopi_compliance.qualiopi_check_subject_action")
        self.assertIn("search_default_missing", action.context)

    def test_indicators_of_a_row(self):
        self.need.indicator_ids = [Command.link(self.indicator(5).id)]
        for word in ("5", self.indicator(5).label_fr):
            rows = self.rows(("check_id.indicator_ids", "ilike", word))
            with self.subTest(word=word):
                self.assertEqual(rows.check_id, self.need)
