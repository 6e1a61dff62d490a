from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NDA
from .common_training_documents import TrainingDocumentCase


@tagged("post_install", "-at_install")
class TestLeadSummary(TrainingDocumentCase):
    """What can be offered in writing for a request: one course, no claim."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = cls.new_event_user("q_sales", "sales_team.group_sale_salesman")
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.program.action_revise()
        cls.program.action_validate()
        cls.opco = cls.new_partner("OPCO Lumière")
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Welding for the fitters",
                "company_id": cls.company.id,
                "user_id": cls.salesman.id,
                "type": "opportunity",
                "partner_name": "Durand SARL",
                "contact_name": "Rose Hache",
                "qualiopi_program_id": cls.program.id,
                "qualiopi_learner_count": 3,
                "qualiopi_funding": "skills_plan",
                "qualiopi_funder_id": cls.opco.id,
                "lang_id": cls.env["res.lang"]._get_data(code="en_US").id,
            }
        )

    @property
    def summary(self):
        text = self.lead.with_user(self.salesman).qualiopi_summary
        return text and text.replace("\xa0", " ")

    def test_says_all_that_a_quote_needs(self):
        for words in (
            "Weld safely",
            "- Set a welding post",
            "- Weld a flat joint",
            "Duration: 14 hours, 2 days",
            "Dates: to be agreed",
            "Demonstration then practice",
            "Eight welding posts",
            "A weld under control",
            "Certificate of completion or attestation",
            "950.00 € × 3 learners = 2,850.00 €",
            "Plus meals",
            "Skills development plan of an OPCO – OPCO Lumière",
            "Skills plan of the OPCO",
            "Two weeks",
            "Ground floor, lift",
            "Hélène Soutien",
            "Paul Accueil",
            "not a contract",
        ):
            with self.subTest(words=words):
                self.assertIn(words, self.summary)

    def test_makes_no_claim_of_the_certification(self):
        text = (self.summary + self.text("request_summary", self.lead)).lower()
        for word in ("qualiopi", "certifi", "conforme", "compliant", "rnq"):
            # the learner's own certificate of completion is no claim of ours
            self.assertNotIn(word, text.replace("certificate of completion", ""))
        document = self.render("request_summary", self.lead)
        self.assertFalse(document.xpath("//img[contains(@src, 'qualiopi')]"))

    def test_dates_of_the_session_or_those_wished(self):
        for vals, words in (
            ({"qualiopi_wished_from": "2026-09-07"}, "from September 7, 2026 on"),
            (
                {"qualiopi_wished_until": "2026-09-30"},
                "between September 7, 2026 and September 30, 2026",
            ),
            ({"qualiopi_wished_from": False}, "before September 30, 2026"),
            (
                {"qualiopi_event_id": self.event.id},
                "Dates: from March 2, 2026 to March 3, 2026",
            ),
        ):
            self.lead.write(vals)
            with self.subTest(words=words):
                self.assertIn(words, self.summary)
        self.event.date_end = "2026-03-02 16:00:00"
        self.assertIn("Dates: March 2, 2026", self.summary)

    def test_price_of_one_learner_or_none(self):
        self.lead.qualiopi_learner_count = 1
        self.assertIn("- 950.00 €\n", self.summary)
        self.assertNotIn("×", self.summary)
        self.program.action_revise()
        self.program.price = 0
        self.program.action_validate()
        self.lead.qualiopi_learner_count = 3
        self.assertIn("Price: Plus meals", self.summary)

    def test_is_that_of_the_version_validated(self):
        self.program.action_revise()
        self.program.name = "Weld fast"
        self.program.price = 1
        self.assertIn("Weld safely", self.summary)
        self.assertIn("950.00", self.summary)
        # a session wished offers what its learners will follow
        self.program.action_validate()
        self.assertIn("Weld fast", self.summary)
        self.assertEqual(
            self.event.qualiopi_version_id.number, 1, "the session follows the first"
        )
        self.lead.qualiopi_event_id = self.event
        self.assertIn("Weld safely", self.summary)

    def test_is_in_the_language_of_who_asks(self):
        self.lead.lang_id = self.env["res.lang"]._get_data(code="fr_FR").id
        self.assertIn("Souder en sécurité", self.summary)
        self.assertIn("Souder en sécurité", self.text("request_summary", self.lead))

    def test_without_validated_version_there_is_none(self):
        program = self.program.copy()
        self.lead.qualiopi_program_id = program
        self.assertFalse(self.summary)
        with self.assertRefused("no validated version", UserError):
            self.lead.action_qualiopi_print_summary()
        self.assertStopped("request_summary", self.lead, "no programme with a")

    def test_printed_it_stays_on_the_request(self):
        action = self.lead.with_user(self.salesman).action_qualiopi_print_summary()
        [attachment] = self.attachments(self.lead)
        self.assertIn(str(attachment.id), action["url"])
        self.assertIn("Welding for the fitters", attachment.name)
        # sales of the company read it, nobody else of the house
        attachment.with_user(self.salesman).check_access("read")
        with self.assertRaises(AccessError):
            attachment.with_user(self.plain).check_access("read")

    def test_paper_says_the_same_and_advertises_as_the_law_wants(self):
        text = self.text("request_summary", self.lead)
        for words in (
            "Durand SARL, Rose Hache",
            "950.00 € × 3 learners",
            "Set a welding post",
            "not a contract",
            # the only mention of the number that is allowed (L. 6352-12)
            f"sous le numéro {NDA}. Cet enregistrement ne vaut pas agrément de l'Etat.",
        ):
            with self.subTest(words=words):
                self.assertIn(words, text)
        self.assertNotIn("préfet", text)

    def test_who_may_not_write_the_request_prints_nothing(self):
        for user in (self.internal_auditor, self.contributor, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.lead.with_user(user).action_qualiopi_print_summary()
        # who reads requests reads and copies the text
        self.assertIn(
            "Weld safely", self.lead.with_user(self.internal_auditor).qualiopi_summary
        )
