from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .audit_common import AuditCase
from .finding_common import TODAY


@tagged("post_install", "-at_install")
class TestAuditDay(AuditCase):
    """The screen of the day: indicator by indicator, what is seen, said, asked for."""

    def setUp(self):
        super().setUp()
        self.audit = self.new_audit("mock", TODAY)

    def fill_in(self, action, **vals):
        """Fill in the form that a button opens.

        :return: what was made with it
        """
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create(vals)
        )

    # Deciding

    def test_one_click_decides(self):
        item = self.item(self.audit, 4)
        for action, decision in (
            ("action_seen", "seen"),
            ("action_not_looked", "not_looked"),
            ("action_undecided", "undecided"),
        ):
            getattr(item, action)()
            with self.subTest(action=action):
                self.assertEqual(item.decision, decision)
                decided = decision != "undecided"
                self.assertEqual(bool(item.decided_at), decided)
                self.assertEqual(item.decided_by_id == self.manager, decided)

    def test_progress(self):
        asked = self.audit.asked_count
        self.assertEqual(asked, len(self.asked(self.audit)) + 1)
        self.item(self.audit, 4).action_seen()
        self.assertEqual(self.audit.decided_count, 1)
        self.assertEqual(self.audit.undecided_count, asked - 1)
        self.assertAlmostEqual(self.audit.progress, 100 / asked)
        # what is not looked at need not be decided
        self.assertFalse(self.item(self.audit, 29)._undecided())

    def test_a_finding_decides(self):
        item = self.item(self.audit, 4)
        finding = self.fill_in(item.action_add_finding(), gravity="major", name="None")
        self.assertEqual(finding.item_id, item)
        self.assertEqual(item.decision, "finding")
        for action in ("action_seen", "action_not_looked"):
            with self.assertRefused("delete the finding first", UserError):
                getattr(item, action)()
        finding.unlink()
        self.assertEqual(item.decision, "undecided")

    def test_the_walk_begins_at_the_first_undecided_one(self):
        self.item(self.audit, 1).action_seen()
        action = self.audit.action_walk()
        self.assertEqual(action["res_id"], self.item(self.audit, 2).id)
        self.audit._undecided().action_seen()
        action = self.audit.action_walk()
        self.assertEqual(action["res_id"], self.item(self.audit, 1).id)

    # The evidence at hand

    def test_what_we_say_of_it(self):
        item = self.item(self.audit, 26)
        line = item.line_id
        self.assertEqual(item.statement, line.statement)
        self.assertEqual(item.status, line.status)
        self.assertEqual(item.computed_reason, line.computed_reason)
        self.assertTrue(item.computed_reason)
        line.sudo().conclusion = "<p>Anna sees to it</p>"
        self.assertIn("Anna", item.conclusion)
        self.assertEqual(item.action_open_line()["res_id"], line.id)

    def test_what_is_missing(self):
        item = self.item(self.audit, 26)
        action = item.action_open_gaps()
        self.assertEqual(action["res_model"], "qualiopi.check.subject")
        subjects = self.env["qualiopi.check.subject"].with_context(**action["context"])
        found = subjects.search(action["domain"])
        self.assertTrue(found)
        self.assertTrue(all(self.indicator(26) in row.indicator_ids for row in found))
        self.assertFalse(any(found.mapped("satisfied")))
        self.assertEqual(found.company_id, self.company)

    def test_documents_about_many_are_counted(self):
        site = self.env["qualiopi.site"].create(
            {"name": "Head office", "company_id": self.company.id}
        )
        event = self.env["event.event"].create(
            {
                "name": "March",
                "company_id": self.company.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-06 16:00:00",
            }
        )
        indicator = {"indicator_ids": self.indicator(17).ids}
        one = self.new_evidence(scope="site", site_id=site.id, **indicator)
        many = self.new_evidence(scope="session", event_id=event.id, **indicator)
        (one | many).action_submit()
        (one | many).action_validate()
        item = self.item(self.audit, 17)
        self.forget()
        self.assertEqual(item.evidence_ids, one)
        self.assertEqual(item.evidence_count, 2)
        domain = item.action_open_evidence()["domain"]
        self.assertEqual(self.env["qualiopi.evidence"].search(domain), one | many)

    # Noted on one indicator

    def test_what_is_noted_shows_on_its_indicator(self):
        item, other = self.item(self.audit, 4), self.item(self.audit, 5)
        for name, action, vals in (
            ("document_ids", "action_add_document", {"name": "Sheet"}),
            ("request_ids", "action_add_request", {"name": "The sheets"}),
            ("interview_ids", "action_add_interview", {"name": "A learner"}),
            ("observation_ids", "action_add_observation", {"name": "Displayed"}),
        ):
            made = self.fill_in(getattr(item, action)(), **vals)
            with self.subTest(name=name):
                self.assertEqual(made.audit_id, self.audit)
                self.assertEqual(made.indicator_ids, self.indicator(4))
                self.assertEqual(item[name], made)
                self.assertFalse(other[name])
                made.indicator_ids |= self.indicator(5)
                self.assertEqual(other[name], made)

    # Documents seen

    def test_a_document_of_ours(self):
        evidence = self.new_evidence(
            name="Needs analysis",
            effective_on="2026-05-04",
            indicator_ids=[Command.set((self.indicator(4) | self.indicator(29)).ids)],
        )
        document = self.add("document", self.audit, evidence_id=evidence.id)
        self.assertEqual(document.name, "Needs analysis")
        self.assertEqual(str(document.date), "2026-05-04")
        self.assertEqual(document.about, self.company.name)
        # 29 is not looked at
        self.assertEqual(document.indicator_ids, self.indicator(4))
        evidence.name = "Another name"
        self.assertEqual(document.name, "Needs analysis")

    def test_a_document_in_its_form(self):
        evidence = self.new_evidence(name="Needs analysis")
        action = self.item(self.audit, 4).action_add_document()
        form = Form(
            self.env["qualiopi.audit.document"]
            .with_user(self.manager)
            .with_context(**action["context"])
        )
        form.evidence_id = evidence
        form.initials = "A. P."
        document = form.save()
        self.assertEqual(document.name, "Needs analysis")
        self.assertIn(self.indicator(4), document.indicator_ids)

    # Requests

    def test_a_request_and_its_answer(self):
        request = self.add(
            "request",
            self.audit,
            name="The sheets",
            asked_at=f"{TODAY} 10:00:00",
            partner_id=self.anna.id,
        )
        self.assertEqual((request.state, self.audit.waiting_count), ("waiting", 1))
        with self.assertRefused("What was answered", UserError):
            request.action_answered()
        request.answer = "Shown"
        request.action_answered()
        self.assertEqual(request.state, "answered")
        self.assertEqual(request.minutes, 60)
        self.assertFalse(self.audit.waiting_count)
        request.action_waiting()
        self.assertEqual(request.state, "waiting")

    def test_a_file_is_an_answer(self):
        request = self.add("request", self.audit, name="The sheets")
        file = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "sheet.pdf", "raw": b"sheet"})
        )
        request.attachment_ids = file
        request.action_answered()
        self.assertEqual((file.res_model, file.res_id), (request._name, request.id))
        self.assertEqual(file.with_user(self.internal_auditor).raw, b"sheet")

    def test_answered_after_it_was_asked(self):
        with self.assertRefused("before it was asked", ValidationError):
            self.add(
                "request",
                self.audit,
                name="The sheets",
                asked_at=f"{TODAY} 10:00:00",
                answered_at=f"{TODAY} 09:00:00",
            )

    # Interviews

    def test_likely_questions(self):
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.bruno.id,
                "company_id": self.company.id,
                "kind": "subcontractor",
            }
        )
        interview = self.add("interview", self.audit, partner_id=trainer.partner_id.id)
        with self.assertRefused("Choose them first", UserError):
            interview.action_propose_questions()
        interview.indicator_ids = self.indicator(22)
        interview.action_propose_questions()
        texts = interview.question_ids.mapped("name")
        self.assertTrue(any("keep up your skills" in text for text in texts))
        interview.action_propose_questions()
        self.assertEqual(interview.question_ids.mapped("name"), texts)
        self.assertEqual(interview.answered, f"0/{len(texts)}")
        interview.question_ids[0].answer = "By reading"
        self.assertEqual(interview.answered, f"1/{len(texts)}")

    def test_somebody_who_is_no_contact(self):
        interview = self.add(
            "interview", self.audit, name="A learner", function="Apprentice"
        )
        self.assertEqual(interview.function, "Apprentice")
        interview.partner_id = self.anna
        self.assertEqual(
            (interview.name, interview.function), ("Anna Petit", "Quality")
        )

    # People at the meetings

    def test_people_come_from_the_plan(self):
        audit = self.new_mock(
            auditor_ids=self.auditor.ids, other_auditors="Paul Roux, "
        )
        self.add_line(audit, self.anna, kind="opening")
        self.add_line(audit, self.bruno, hour=11)
        audit.action_open_audit()
        people = audit.attendee_ids.sorted(lambda row: (row.sequence, row.id))
        self.assertEqual(
            [(row.name, row.function, row.auditor) for row in people],
            [
                ("Hélène Marchand", "Auditor", True),
                ("Paul Roux", "Auditor", True),
                ("Anna Petit", "Quality", False),
            ],
        )
        audit.action_present()
        self.assertEqual(len(audit.attendee_ids), 3)

    def test_without_a_plan_the_responsible_is_there(self):
        self.assertEqual(self.audit.attendee_ids.partner_id, self.manager.partner_id)

    def test_somebody_of_another_company_is_present_by_name(self):
        self.move_manager()
        audit = self.new_audit("internal", TODAY)
        present = audit.attendee_ids
        self.assertEqual(present.mapped("name"), [self.manager.name])
        self.assertFalse(present.partner_id)
        audit.action_present()
        self.assertEqual(audit.attendee_ids, present)
        # an auditor who was moved since
        other = self.new_mock(auditor_ids=[Command.set(self.auditor.ids)])
        self.auditor.sudo().company_id = self.other_company
        other.action_open_audit()
        [row] = other.attendee_ids
        self.assertEqual((row.name, row.auditor), (self.auditor.name, True))
        self.assertEqual(row.function, "Auditor")

    # Beside the indicators

    def test_other_requirements(self):
        self.assertFalse(self.audit.other_checks)
        self.audit.stands_for = "surveillance"
        self.assertIn("display of the certificate", str(self.audit.other_checks))

    def test_records_are_read_again(self):
        line = self.item(self.audit, 26).line_id
        before = line.missing_count
        self.company.qualiopi_disability_contact_id = self.anna
        self.audit.action_read_records()
        self.assertLess(line.missing_count, before)
