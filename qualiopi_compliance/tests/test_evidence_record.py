from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .evidence_common import EvidenceCase


@tagged("post_install", "-at_install")
class TestEvidenceRecord(EvidenceCase):
    """What a document is about, and what becomes of it when that is deleted."""

    CODES = (
        "house_rules",
        "lease",
        "lesson_plan",
        "session_report",
        "need_analysis",
        "cv",
        "quality_charter",
    )

    def test_about_each_kind_of_record(self):
        for code in self.CODES:
            evidence = self.new_evidence(code)
            record = self.holders[evidence.scope]
            with self.subTest(code=code):
                self.assertEqual(evidence._record(), record)
                self.assertEqual(evidence.about, record.display_name)
                self.assertFalse(evidence.record_gone)

    def test_the_record_is_asked_for(self):
        for code in self.CODES[1:]:
            with self.subTest(code=code), self.assertRefused("choose what it is about"):
                self.env["qualiopi.evidence"].create(
                    {"name": "x", "type_id": self.kind(code).id}
                )

    def test_it_cannot_be_emptied(self):
        evidence = self.new_evidence("cv")
        with self.assertRefused("choose what it is about"):
            evidence.trainer_id = False

    def test_a_type_is_about_its_own_kind_of_record(self):
        evidence = self.new_evidence("cv")
        with self.assertRefused("not a document about such a record"):
            evidence.scope = "company"

    def test_the_one_chosen_before_goes(self):
        evidence = self.new_evidence("session_report")
        evidence.write(
            {
                "type_id": self.kind("need_analysis").id,
                "registration_id": self.alice.id,
            }
        )
        self.assertEqual(evidence.scope, "learner")
        self.assertFalse(evidence.event_id)
        self.assertEqual(evidence.about, self.alice.display_name)

    def test_what_goes_without_saying_is_filled_in(self):
        evidence = self.drop(self.alice)
        form = Form(evidence)
        form.type_id = self.kind("session_report")
        self.assertEqual(form.event_id, self.session)
        form.type_id = self.kind("lesson_plan")
        self.assertEqual(form.program_id, self.program)
        self.assertEqual(form.save()._record(), self.program)

    def test_of_the_same_company(self):
        foreign = self.env["qualiopi.site"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        with self.assertRaises(Exception):  # noqa: B017
            self.new_evidence("lease", site_id=foreign.id, company_id=self.company.id)

    def test_nobody_learns_the_name_of_what_he_may_not_see(self):
        """The name of the record is on the document: whoever files it must see it."""
        with self.assertRaises(AccessError):
            self.env["qualiopi.evidence"].with_user(self.contributor).create(
                {
                    "name": "x",
                    "scope": "learner",
                    "registration_id": self.alice.id,
                }
            )
        mine = self.new_evidence(user=self.contributor, type_id=False)
        with self.assertRaises(AccessError):
            mine.write({"scope": "learner", "registration_id": self.alice.id})

    def gone(self):
        """:return: a validated document about a learner who was deleted"""
        evidence = self.new_valid("convocation", self.bruno, name="Convocation")
        self.bruno.unlink()
        self.forget()
        return evidence

    def test_the_document_stays_and_says_what_it_was_about(self):
        evidence = self.gone()
        self.assertFalse(evidence.registration_id)
        self.assertIn("Bruno Roy", evidence.about)
        self.assertTrue(evidence.record_gone)
        self.assertIn("Bruno Roy", evidence.warning)
        self.assertIn("was deleted", evidence.warning)
        Evidence = self.env["qualiopi.evidence"]
        self.assertEqual(Evidence.search([("record_gone", "=", True)]), evidence)
        self.assertNotIn(evidence, Evidence.search([("record_gone", "=", False)]))

    def test_it_never_fails(self):
        evidence = self.gone()
        evidence.note = "He left"
        evidence.message_post(body="Seen")
        evidence.action_archive()
        draft = self.new_evidence("convocation", self.alice)
        self.alice.unlink()
        self.forget()
        draft.name = "Renamed"
        self.assertEqual(draft.name, "Renamed")
        with Form(draft) as form:
            form.note = "Kept"
        draft.type_id = self.kind("adjustment_plan")
        with self.assertRaises(ValidationError):
            draft.type_id = self.kind("cv")

    def test_it_is_not_counted(self):
        evidence = self.gone()
        held = self.env["qualiopi.collector"]._held(
            self.company._qualiopi_reading(evidence.validated_on), "learner"
        )
        rows = self.env.execute_query(held)
        self.assertNotIn(
            evidence.type_id.id, [kind for row in rows if row[0] for kind in row[1]]
        )

    def test_a_new_version_may_be_about_the_company(self):
        evidence = self.gone()
        action = evidence.action_new_version()
        self.assertEqual(action["context"]["default_previous_id"], evidence.id)
