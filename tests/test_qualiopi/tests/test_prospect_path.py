"""From the catalogue to the request, in a real browser, in French."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.qualiopi_compliance.tests.program_common import ProgramCase

LEAST_SECONDS = (
    "odoo.addons.qualiopi_compliance_portal.controllers.request.LEAST_SECONDS"
)
# Of whichever of these is installed, the request makes none.
NOTHING_OF = (
    "event.registration",
    "sale.order",
    "account.move",
    "payment.transaction",
    "slide.channel.partner",
)


@tagged("post_install", "-at_install")
class TestProspectPath(HttpCase, ProgramCase):
    browser_size = "1366,1000"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        french = cls.env["res.lang"]._activate_lang("fr_FR")
        cls.website = cls.env.ref("website.default_website")
        cls.website.write(
            {
                "company_id": cls.company.id,
                "language_ids": [Command.set(french.ids)],
                "default_lang_id": french.id,
                "crm_default_team_id": False,
                "crm_default_user_id": False,
            }
        )
        cls.referent = new_test_user(
            cls.env,
            "q_referent",
            "qualiopi_compliance.group_qualiopi_disability_referent,"
            "qualiopi_compliance.group_qualiopi_internal_auditor",
            name="Nadia Referente",
            email="nadia@example.com",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.company.qualiopi_disability_contact_id = cls.referent.partner_id
        cls.program.user_id = cls.manager
        skills = cls.new_program("BC", name="Bilan de compétences")
        for program in cls.program | skills:
            program.action_validate()
            program.is_published = True
        day = fields.Date.today() + timedelta(days=30)
        cls.event = cls.new_event(
            day=fields.Date.to_string(day),
            qualiopi_program_id=cls.program.id,
            is_published=True,
            seats_limited=True,
            seats_max=8,
        )

    def counted(self):
        """:return: model -> how many records, of what a request never makes"""
        return {
            name: self.env[name].with_context(active_test=False).search_count([])
            for name in NOTHING_OF
            if name in self.env
        }

    def test_a_prospect_asks_for_a_place_with_an_adjustment(self):
        before, seats = self.counted(), self.event.seats_available
        with patch(LEAST_SECONDS, 0):
            self.start_tour("/formations", "qualiopi_prospect_path", timeout=120)
        self.env.invalidate_all()
        lead = self.env["crm.lead"].search(
            [("email_from", "=", "zoe.blanc@example.com")]
        )
        self.assertRecordValues(
            lead,
            [
                {
                    "contact_name": "Zoé Blanc",
                    "partner_name": "Atelier Blanc",
                    "partner_id": False,
                    "company_id": self.company.id,
                    "qualiopi_program_id": self.program.id,
                    "qualiopi_event_id": self.event.id,
                    "qualiopi_request_kind": "place",
                    "qualiopi_learner_count": 1,
                    "qualiopi_need": "Suivre les ventes de l'atelier",
                    "qualiopi_funding": "company",
                    "qualiopi_adjustment": "yes",
                    "qualiopi_adjustment_note": "Une boucle magnétique",
                    "qualiopi_website_id": self.website.id,
                    "qualiopi_page_url": self.program.website_url,
                }
            ],
        )
        today = self.env["qualiopi.framework"]._today()
        self.assertEqual(lead.qualiopi_requested_on, today)
        self.assertEqual(lead.qualiopi_agreed_on, today)
        self.assertEqual(lead.qualiopi_adjustment_consent_on, today)
        self.assertEqual(lead.lang_id.code, "fr_FR")
        # somebody answers, and the disability referent hears of it
        self.assertEqual(lead.activity_ids.user_id, self.manager | self.referent)
        # nobody was enrolled or charged, no seat is taken
        self.assertEqual(self.counted(), before)
        self.assertEqual(self.event.seats_available, seats)
        self.assertFalse(lead.qualiopi_registration_ids)
