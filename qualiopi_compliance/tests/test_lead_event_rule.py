from odoo.tests import new_test_user, tagged

from .lead_common import LeadCase


@tagged("post_install", "-at_install")
class TestLeadEventRule(LeadCase):
    """Requests that core makes from registrations, by its rules on events."""

    def new_rule(self, **vals):
        return self.env["event.lead.rule"].create(
            {
                "name": "Every attendee",
                "lead_creation_basis": "attendee",
                "lead_creation_trigger": "create",
                "lead_type": "lead",
                "event_id": self.session.id,
                **vals,
            }
        )

    def register(self, session=None, **vals):
        """A visitor registers, as the website does."""
        return (
            self.env["event.registration"]
            .with_user(self.env.ref("base.public_user"))
            .sudo()
            .create(
                {
                    "event_id": (session or self.session).id,
                    "name": "Zoé Blanc",
                    "email": "zoe@example.com",
                    "state": "draft",
                    **vals,
                }
            )
        )

    def test_asks_for_the_programme_of_its_session(self):
        self.new_rule()
        with self.on("2026-02-20"):
            registration = self.register()
        lead = registration.lead_ids
        self.assertEqual(lead.qualiopi_program_id, self.program)
        self.assertEqual(lead.qualiopi_event_id, self.session)
        self.assertEqual(lead.company_id, self.company)
        self.assertEqual(lead.email_from, "zoe@example.com")
        self.assertEqual(lead.qualiopi_learner_count, 1)
        self.assertEqual(registration.qualiopi_lead_id, lead)

    def test_is_dated_from_the_registration(self):
        registration = self.register()
        self.env.cr.execute(
            "UPDATE event_registration SET create_date = '2026-02-03 23:30:00' "
            "WHERE id = %s",
            [registration.id],
        )
        self.env.invalidate_all()
        rule = self.new_rule()
        # core's way to make requests of what was registered before
        registration._apply_lead_generation_rules(rule)
        # half past midnight in Paris
        self.assertEqual(str(registration.lead_ids.qualiopi_requested_on), "2026-02-04")

    def test_one_request_for_an_order_counts_its_learners(self):
        self.new_rule(lead_creation_basis="order")
        values = [
            {
                "event_id": self.session.id,
                "name": f"Learner {number}",
                "email": f"l{number}@example.com",
                "state": "draft",
            }
            for number in range(3)
        ]
        registrations = self.env["event.registration"].create(values)
        [lead] = registrations.lead_ids
        self.assertEqual(lead.qualiopi_learner_count, 3)
        self.assertEqual(registrations.qualiopi_lead_id, lead)

    def test_plain_events_make_the_leads_they_made(self):
        event = self.new_event()
        self.new_rule(event_id=event.id)
        registration = self.register(event)
        lead = registration.lead_ids
        self.assertEqual(len(lead), 1)
        self.assertFalse(lead.qualiopi_program_id)
        self.assertFalse(registration.qualiopi_lead_id)

    def test_salesman_of_another_company_stops_no_registration(self):
        stranger = new_test_user(
            self.env,
            "q_stranger",
            "sales_team.group_sale_salesman",
            company_id=self.other_company.id,
            company_ids=[(6, 0, self.other_company.ids)],
        )
        self.new_rule(lead_user_id=stranger.id)
        registration = self.register()
        lead = registration.lead_ids
        self.assertEqual(lead.user_id, stranger)
        self.assertFalse(lead.qualiopi_program_id)

    def test_team_of_another_company_stops_no_registration(self):
        team = self.env["crm.team"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        self.new_rule(lead_sales_team_id=team.id)
        lead = self.register().lead_ids
        self.assertEqual(lead.team_id, team)
        self.assertFalse(lead.qualiopi_program_id)

    def test_two_rules_make_two_requests_and_one_is_the_file_s(self):
        self.new_rule()
        self.new_rule(name="Once more")
        registration = self.register()
        self.assertEqual(len(registration.lead_ids), 2)
        self.assertEqual(
            registration.qualiopi_lead_id, registration.lead_ids.sorted("id")[0]
        )

    def test_time_to_access_runs_from_the_registration(self):
        self.new_rule()
        with self.on("2026-02-20"):
            registration = self.register(qualiopi_override_reason="Trial")
            registration.state = "open"
        lead = registration.lead_ids
        self.assertEqual(str(lead.qualiopi_started_on), "2026-03-02")
