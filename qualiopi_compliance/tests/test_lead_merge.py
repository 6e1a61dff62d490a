from odoo.exceptions import UserError
from odoo.tests import tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLeadMerge(LeadCase):
    """What three requests of one person keep when sales merge them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opco = cls.env["res.partner"].create({"name": "OPCO Lumière"})
        cls.other_program = cls.new_other_program()
        # sales trust the most advanced first
        won, half, new = cls.env["crm.stage"].create(
            [
                {"name": f"Stage {number}", "sequence": 100 - number}
                for number in range(3)
            ]
        )
        cls.first = cls.new_lead(
            stage_id=won.id,
            qualiopi_requested_on="2026-02-10",
            qualiopi_need="Build tables",
            qualiopi_need_on="2026-02-12",
            qualiopi_adjustment="no",
        )
        cls.second = cls.new_lead(
            stage_id=half.id,
            qualiopi_program_id=cls.program.id,
            qualiopi_event_id=cls.session.id,
            qualiopi_requested_on="2026-02-03",
            qualiopi_need="Read a balance sheet",
            qualiopi_funding="skills_plan",
            qualiopi_funder_id=cls.opco.id,
            qualiopi_wished_from="2026-09-01",
            qualiopi_learner_count=4,
        )
        cls.third = cls.new_lead(
            stage_id=new.id,
            qualiopi_program_id=cls.other_program.id,
            qualiopi_requested_on="2026-02-20",
            qualiopi_need="Build tables",
            qualiopi_need_on="2026-02-21",
            qualiopi_funding="cpf",
            qualiopi_wished_until="2026-03-31",
            qualiopi_adjustment="yes",
        )
        cls.all = cls.first | cls.second | cls.third

    def merge(self, leads=None):
        return (leads or self.all).with_user(self.salesman).merge_opportunity()

    def test_each_field_says_what_the_most_trusted_says(self):
        lead = self.merge()
        self.assertEqual(lead, self.first)
        self.assertFalse((self.second | self.third).exists())
        self.assertEqual(lead.qualiopi_program_id, self.program)
        self.assertEqual(lead.qualiopi_event_id, self.session)
        self.assertEqual(str(lead.qualiopi_requested_on), "2026-02-03")
        self.assertEqual(str(lead.qualiopi_need_on), "2026-02-12")
        self.assertEqual(lead.qualiopi_need, "Build tables\n\nRead a balance sheet")
        self.assertEqual(lead.qualiopi_funding, "skills_plan")
        self.assertEqual(lead.qualiopi_funder_id, self.opco)
        self.assertEqual(lead.qualiopi_learner_count, 4)
        # from and until of different requests would make no period
        self.assertEqual(str(lead.qualiopi_wished_from), "2026-09-01")
        self.assertFalse(lead.qualiopi_wished_until)
        self.assertEqual(lead.qualiopi_adjustment, "yes")

    def test_what_is_not_taken_stands_in_the_note(self):
        lead = self.merge()
        notes = " ".join(lead.message_ids.mapped("body"))
        self.assertIn("Databases", notes)
        self.assertIn("2026", notes)

    def test_session_is_never_that_of_another_programme(self):
        self.first.qualiopi_program_id = self.other_program
        lead = self.merge()
        self.assertEqual(lead.qualiopi_program_id, self.other_program)
        self.assertFalse(lead.qualiopi_event_id)

    def test_learners_answers_and_invitations_come_along(self):
        kept = self.env["event.registration"]
        for lead, state in zip(self.all, ("draft", "open", "cancel"), strict=True):
            kept |= self.new_learners(self.session, 1, state, qualiopi_lead_id=lead.id)
        kept[2].active = False
        survey = self.env["survey.survey"].create(
            {
                "title": "Your need",
                "qualiopi_purpose": "need",
                "question_and_page_ids": [
                    (0, 0, {"title": "What for?", "question_type": "text_box"})
                ],
            }
        )
        answer = self.env["survey.user_input"].create(
            {
                "survey_id": survey.id,
                "qualiopi_lead_id": self.third.id,
                "state": "done",
            }
        )
        invitation = self.env["qualiopi.survey.invitation"].create(
            {
                "company_id": self.company.id,
                "survey_id": survey.id,
                "lead_id": self.second.id,
                "key": "need-second",
                "email": self.second.email_from,
            }
        )
        lead = self.merge()
        self.assertEqual(kept.qualiopi_lead_id, lead)
        self.assertEqual(answer.qualiopi_lead_id, lead)
        self.assertEqual(invitation.lead_id, lead)
        self.assertEqual(str(lead.qualiopi_started_on), "2026-03-02")
        self.assertEqual(lead.qualiopi_access_days, 27)

    def test_programme_of_another_company_stays_out(self):
        theirs = self.new_other_program(company_id=self.other_company.id)
        stranger = self.env["crm.lead"].create(
            {
                "name": "Elsewhere",
                "type": "opportunity",
                "company_id": self.other_company.id,
                "user_id": False,
                "qualiopi_program_id": theirs.id,
            }
        )
        self.first.qualiopi_program_id = False
        lead = (self.first | stranger).merge_opportunity()
        self.assertEqual(lead, self.first)
        self.assertFalse(lead.qualiopi_program_id)

    def test_converting_with_duplicates_merges_all(self):
        leads = self.env["crm.lead"]
        for number in range(3):
            leads |= self.new_lead(
                type="lead",
                name=f"Enquiry {number}",
                qualiopi_need=f"Need {number}",
                qualiopi_program_id=self.program.id if number else False,
            )
        self.new_learners(self.session, 1, "draft", qualiopi_lead_id=leads[2].id)
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_user(self.salesman)
            .with_context(
                active_model="crm.lead", active_id=leads[0].id, active_ids=leads[0].ids
            )
            .create({"name": "merge", "action": "exist"})
        )
        wizard.duplicated_lead_ids = leads
        wizard.action_apply()
        [lead] = leads.exists()
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.qualiopi_program_id, self.program)
        self.assertEqual(lead.qualiopi_registration_count, 1)
        for number in range(3):
            self.assertIn(f"Need {number}", lead.qualiopi_need)

    def test_merging_requests_without_anything_of_ours(self):
        plain = self.env["crm.lead"].create(
            [{"name": f"Plain {number}", "type": "lead"} for number in range(2)]
        )
        plain.qualiopi_requested_on = False
        lead = plain.merge_opportunity()
        self.assertFalse(lead.qualiopi_need)
        self.assertFalse(lead.qualiopi_requested_on)
        self.assertEqual(lead.qualiopi_learner_count, 1)

    def test_learners_of_another_company_stop_the_merge(self):
        theirs = self.new_other_program(company_id=self.other_company.id)
        session = self.new_session(
            qualiopi_program_id=theirs.id, company_id=self.other_company.id
        )
        stranger = self.env["crm.lead"].create(
            {
                "name": "Elsewhere",
                "type": "opportunity",
                "company_id": self.other_company.id,
                "user_id": False,
                "qualiopi_program_id": theirs.id,
            }
        )
        self.new_learners(session, 1, "draft", qualiopi_lead_id=stranger.id)
        with self.assertRefused("company inconsistencies", UserError):
            (self.first | stranger).merge_opportunity()
