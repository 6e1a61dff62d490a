from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .evidence_common import TODAY, EvidenceCase

VALIDATION = "qualiopi_compliance.mail_activity_type_evidence_validation"
CORRECTION = "qualiopi_compliance.mail_activity_type_evidence_correction"


@tagged("post_install", "-at_install")
class TestEvidenceLife(EvidenceCase):
    """Submitted by one, validated or rejected by another."""

    def activities(self, evidence, kind, user=None):
        return evidence.sudo().activity_ids.filtered(
            lambda row: (
                row.activity_type_id == self.env.ref(kind)
                and row.user_id == (user or row.user_id)
            )
        )

    def submitted(self, **vals):
        evidence = self.new_evidence(user=self.contributor, **vals)
        evidence.action_submit()
        return evidence

    def test_from_draft_to_validated(self):
        with self.on(TODAY):
            evidence = self.submitted()
            self.assertEqual(evidence.state, "submitted")
            self.assertEqual(str(evidence.submitted_on), TODAY)
            self.assertEqual(evidence.submitted_by_id, self.contributor)
            evidence.with_user(self.manager).action_validate()
            self.assertEqual(evidence.state, "validated")
            self.assertEqual(str(evidence.validated_on), TODAY)
            self.assertEqual(evidence.validated_by_id, self.manager)

    def test_managers_of_the_company_are_told_and_nobody_else(self):
        second = self.new_user("q_second", "manager")
        evidence = self.submitted()
        asked = self.activities(evidence, VALIDATION).user_id
        self.assertIn(self.manager, asked)
        self.assertIn(second, asked)
        self.assertNotIn(self.contributor, asked)
        self.assertNotIn(self.other_manager, asked)
        evidence.with_user(self.manager).action_validate()
        self.assertFalse(self.activities(evidence, VALIDATION))

    def test_a_manager_does_not_tell_himself(self):
        evidence = self.new_evidence()
        evidence.action_submit()
        self.assertNotIn(self.manager, self.activities(evidence, VALIDATION).user_id)

    def test_rejected_with_the_reason_and_told(self):
        evidence = self.submitted()
        action = evidence.with_user(self.manager).action_reject()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        form = Form(wizard)
        form.reason = "The second page is missing"
        form.save().action_confirm()
        self.assertEqual(evidence.state, "rejected")
        self.assertEqual(evidence.rejection_reason, "The second page is missing")
        told = self.activities(evidence, CORRECTION)
        self.assertEqual(told.user_id, self.contributor)
        self.assertIn("The second page is missing", told.note)
        self.assertFalse(self.activities(evidence, VALIDATION))
        evidence.action_submit()
        self.assertFalse(evidence.rejection_reason)
        self.assertFalse(self.activities(evidence, CORRECTION))
        self.assertTrue(self.activities(evidence, VALIDATION, self.manager))

    def test_a_rejection_says_why(self):
        evidence = self.submitted()
        wizard = self.env["qualiopi.evidence.rejection"].with_user(self.manager)
        form = Form(wizard.with_context(default_evidence_ids=evidence.ids))
        with self.assertRaises(AssertionError):
            form.save()

    def test_what_was_submitted_is_taken_back_to_be_changed(self):
        evidence = self.submitted()
        with self.assertRefused("Take it back", UserError):
            evidence.name = "Other"
        evidence.action_withdraw()
        self.assertFalse(self.activities(evidence, VALIDATION))
        evidence.name = "Other"
        self.assertEqual(evidence.state, "draft")
        with self.assertRefused("nothing to take back", UserError):
            evidence.action_withdraw()

    def test_a_manager_corrects_what_was_submitted(self):
        evidence = self.submitted().with_user(self.manager)
        self.assertTrue(evidence.may_edit)
        evidence.effective_on = "2026-02-01"
        self.assertEqual(evidence.state, "submitted")

    def test_only_managers_judge(self):
        evidence = self.submitted()
        for user in (self.contributor, self.internal_auditor, self.event_user):
            mine = evidence.with_user(user)
            for judge in (mine.action_validate, mine.action_reject):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    judge()
            with self.assertRaises(AccessError):
                mine._reject("No")

    def test_one_submits_ones_own(self):
        evidence = self.new_evidence()
        with self.assertRaises(AccessError):
            evidence.with_user(self.contributor).action_submit()

    def test_the_state_is_not_written_by_hand(self):
        evidence = self.new_evidence()
        for vals in (
            {"state": "validated"},
            {"validated_on": TODAY},
            {"validated_by_id": self.manager.id},
            {"superseded_on": TODAY},
            {"origin": "printed"},
            {"submitted_by_id": self.contributor.id},
            {"printed_digest": "x"},
        ):
            with self.subTest(vals=vals):
                with self.assertRefused("by its buttons only", UserError):
                    evidence.write(vals)
                with self.assertRefused("by its buttons only", UserError):
                    self.env["qualiopi.evidence"].with_user(self.manager).create(
                        {"name": "x", **vals}
                    )

    def test_a_validated_document_does_not_change(self):
        evidence = self.new_valid()
        file = self.new_file()
        for vals in (
            {"name": "Other"},
            {"type_id": self.kind("lease").id},
            {"effective_on": "2026-02-01"},
            {"valid_until": "2030-01-01"},
            {"url": "https://example.com"},
            {"attachment_ids": [Command.clear()]},
            {"attachment_ids": [Command.link(file.id)]},
            {"company_id": self.other_company.id},
            {"previous_id": False},
        ):
            with self.subTest(vals=vals), self.assertRefused("new version", UserError):
                evidence.write(vals)
        for records in (evidence, evidence.sudo()):
            with self.assertRefused("is kept", UserError):
                records.unlink()

    def test_it_is_filed_by_managers(self):
        evidence = self.submitted()
        evidence.with_user(self.manager).action_validate()
        indicator = self.env["qualiopi.indicator"].search([("number", "=", 1)])
        filing = {
            "note": "See page 2",
            "indicator_ids": [Command.link(indicator.id)],
            "user_id": self.manager.id,
        }
        for name, value in filing.items():
            with self.subTest(name=name), self.assertRaises(UserError):
                evidence.write({name: value})
        evidence.with_user(self.manager).write(filing)
        evidence.with_user(self.manager).action_archive()
        self.assertFalse(evidence.active)
        message = evidence.message_post(body="Seen")
        self.assertIn(message, evidence.message_ids)

    def test_nothing_to_look_at(self):
        evidence = self.new_evidence(url=False)
        for act in (evidence.action_submit, evidence.action_validate):
            with self.assertRefused("neither file nor link", UserError):
                act()
        evidence.url = "https://example.com"
        evidence.action_submit()

    def test_its_own_date_is_asked_for(self):
        evidence = self.new_evidence(effective_on=False)
        for act in (evidence.action_submit, evidence.action_validate):
            with self.assertRefused("its own date", UserError):
                act()

    def test_what_it_shows_is_asked_for(self):
        evidence = self.new_evidence(type_id=False, scope="company")
        evidence.indicator_ids = False
        with self.assertRefused("say what it shows", UserError):
            evidence.action_submit()
        evidence.indicator_ids = self.env["qualiopi.indicator"].search([], limit=1)
        evidence.action_submit()

    def test_several_at_once(self):
        documents = self.submitted(name="A") | self.submitted(name="B")
        done = self.new_valid(name="C")
        (documents | done).with_user(self.manager).action_validate()
        self.assertEqual(set(documents.mapped("state")), {"validated"})
        with self.assertRefused("validated already", UserError):
            done.action_validate()

    def test_submitted_once(self):
        evidence = self.submitted()
        with self.assertRefused("submitted already", UserError):
            evidence.action_submit()

    def test_a_draft_may_be_deleted_by_who_made_it(self):
        evidence = self.new_evidence(user=self.contributor)
        file = evidence.attachment_ids
        evidence.unlink()
        self.assertFalse(file.exists())

    def test_a_validated_one_cannot_be_judged_again(self):
        with self.assertRefused("does not change", UserError):
            self.new_valid().action_reject()

    # What it says

    def test_the_type_says_what_it_is_about_and_how_long_it_is_good_for(self):
        evidence = self.new_evidence("welcome_booklet", effective_on="2026-01-31")
        self.assertEqual(evidence.scope, "company")
        self.assertEqual(evidence.indicator_ids.mapped("number"), [9, 15])
        self.assertEqual(str(evidence.valid_until), "2027-01-31")
        evidence.valid_until = "2026-06-30"
        self.assertEqual(str(evidence.valid_until), "2026-06-30")

    def test_another_type_takes_its_indicators_with_it(self):
        evidence = self.new_evidence("house_rules")
        own = self.env["qualiopi.indicator"].search([("number", "=", 1)])
        evidence.indicator_ids |= own
        evidence.type_id = self.kind("complaint_procedure")
        self.assertEqual(evidence.indicator_ids.mapped("number"), [1, 31])

    def test_not_valid_before_its_own_date(self):
        with self.assertRefused("before it is valid at all", ValidationError):
            self.new_evidence(effective_on="2026-02-01", valid_until="2026-01-31")
        evidence = self.new_evidence(
            effective_on="2026-02-01", valid_until="2026-02-01"
        )
        self.assertTrue(evidence)

    def test_the_name_is_that_of_the_file_when_nothing_better_is_known(self):
        evidence = self.env["qualiopi.evidence"].create(
            {"attachment_ids": [Command.link(self.new_file("Lease 2026.pdf").id)]}
        )
        self.assertEqual(evidence.name, "Lease 2026")

    def test_a_copy_is_a_draft_without_files(self):
        copy = self.new_valid(name="Rules").copy()
        self.assertEqual((copy.name, copy.state), ("Rules (copy)", "draft"))
        self.assertFalse(copy.attachment_ids)
        self.assertFalse(copy.validated_on)
