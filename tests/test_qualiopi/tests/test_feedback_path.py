"""From the enquiry to the weak point noted for action, in a real browser, in French."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.qualiopi_compliance.tests.common_training_documents import (
    TrainingDocumentCase,
)


@tagged("post_install", "-at_install")
class TestFeedbackPath(TrainingDocumentCase, HttpCase):
    browser_size = "1366,1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.lang = "fr_FR"
        if "odoobot_state" in cls.manager._fields:
            # its greeting would still be on its way when a tour ends
            cls.manager.odoobot_state = "disabled"
        cls.company.partner_id.lang = "fr_FR"
        # one answer is enough to look at
        cls.company.qualiopi_sample_minimum = 1
        plans = cls.env["qualiopi.survey.plan"].with_context(active_test=False)
        plans.search([]).active = False
        for purpose in ("entry", "feedback"):
            plans.search(
                [
                    ("company_id", "=", cls.company.id),
                    ("purpose", "=", purpose),
                    ("program_id", "=", False),
                ]
            ).active = True
        cls.env["qualiopi.entry.proposal"].create(
            {
                "company_id": cls.company.id,
                "score_to": 50,
                "proposal": "Deux demi-journées de remise à niveau",
            }
        )
        cls.now = datetime.now().replace(microsecond=0)
        cls.coming = cls.new_event(
            name="Soudure, prochaine session",
            date_begin=cls.now + timedelta(days=5),
            date_end=cls.now + timedelta(days=6),
            qualiopi_half_day_ids=[Command.clear()],
        )
        # an enquiry, as a form of the website makes it
        cls.lead = (
            cls.env["crm.lead"]
            .with_user(cls.env.ref("base.public_user"))
            .sudo()
            .create(
                {
                    "name": "Je voudrais apprendre à souder",
                    "type": "opportunity",
                    "contact_name": "Zoé Blanc",
                    "email_from": "zoe.blanc@example.com",
                    "user_id": False,
                    "team_id": False,
                    "lang_id": cls.env["res.lang"]._get_data(code="fr_FR").id,
                    "qualiopi_program_id": cls.program.id,
                    "qualiopi_funding": "individual",
                }
            )
        )

    def setUp(self):
        # the browser lives today, whatever the day of the other tests
        super(TrainingDocumentCase, self).setUp()
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *args, **kwargs: float("inf"),
        )

    def tour(self, path, name):
        # what is refused on purpose on the way is logged as a warning
        with mute_logger("odoo.http"):
            self.start_tour(f"/odoo/{path}", name, login=self.manager.login)
        self.forget()

    def answer(self, name, **about):
        """Answer on the public page of the survey, logged in as nobody."""
        domain = [(field, "=", value) for field, value in about.items()]
        [invitation] = self.env["qualiopi.survey.invitation"].search(domain)
        address = urlsplit(invitation.start_url)
        self.start_tour(f"{address.path}?{address.query}", name)
        self.forget()
        self.assertEqual(invitation.state, "answered")
        return invitation

    def send(self):
        """The nightly job asks whoever is to be asked."""
        self.env["qualiopi.survey.plan"]._cron_send()
        self.forget()

    def test_from_the_enquiry_to_the_weak_point(self):
        self.assertEqual(self.lead.company_id, self.company)
        self.tour(f"qualiopi-requests/{self.lead.id}", "qualiopi_feedback_request")
        self.answer("qualiopi_feedback_need", lead_id=self.lead.id)
        self.assertTrue(self.lead.qualiopi_need_on)
        self.assertIn("Réparer mes machines", self.lead.qualiopi_need)

        self.tour(f"qualiopi-requests/{self.lead.id}", "qualiopi_feedback_register")
        [learner] = self.lead.qualiopi_registration_ids
        self.assertEqual(learner.event_id, self.coming)
        self.assertEqual(learner.state, "draft")
        self.assertIn("Réparer mes machines", learner.qualiopi_need)
        self.assertEqual(learner.qualiopi_funding, "individual")

        self.send()
        self.answer(
            "qualiopi_feedback_entry", registration_id=learner.id, purpose="entry"
        )
        self.assertTrue(learner.qualiopi_entry_on)
        self.assertEqual(learner.qualiopi_entry_score, 0)
        self.assertEqual(learner.qualiopi_proposal_state, "open")
        self.tour(f"qualiopi-learners/{learner.id}", "qualiopi_feedback_proposal")
        self.assertEqual(learner.qualiopi_proposal_state, "confirmed")
        [follow_up] = learner.qualiopi_follow_up_ids
        self.assertIn("remise à niveau", follow_up.note)

        self.hold_session(learner)
        self.send()
        self.answer(
            "qualiopi_feedback_answer", registration_id=learner.id, purpose="feedback"
        )
        self.check_rates()

        self.tour(f"qualiopi-programmes/{self.program.id}", "qualiopi_feedback_results")
        noted = self.env["qualiopi.weak.point"].search(
            [("company_id", "=", self.company.id), ("state", "=", "noted")]
        )
        self.assertEqual(len(noted), 1)
        self.assertEqual(noted.program_id, self.program)
        self.assertEqual(noted.user_id, self.manager)
        self.assertEqual(noted.action_ids.user_id, self.manager)
        self.assertEqual(noted.action_ids.state, "todo")

    def check_rates(self):
        today = self.now.date()
        results = self.env["qualiopi.rates"]._rates(
            self.company, today - timedelta(days=30), today, by="program"
        )
        counts = results[self.program.id].now.counts
        self.assertEqual((counts.asked, counts.replied), (1, 1))
        self.assertEqual((counts.rated, counts.satisfied), (1, 0))
        self.assertEqual((counts.started, counts.finished), (1, 1))
        # asked for three days before the session began
        self.assertEqual((counts.access_requests, counts.access_days), (1, 3))
        self.assertEqual(self.lead.qualiopi_access_days, 3)

    def hold_session(self, learner):
        """Time passes: the contract is signed, the session takes place."""
        learner.qualiopi_contract_on = self.now.date()
        learner.action_confirm()
        self.coming.write(
            {
                "date_begin": self.now - timedelta(days=2),
                "date_end": self.now - timedelta(days=1),
            }
        )
        # its first day is that of its own time zone, whatever the hour of the test
        first = self.coming._qualiopi_days()[0]
        self.lead.qualiopi_requested_on = first - timedelta(days=3)
        self.forget()
