from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NDA
from .common_training_documents import TrainingDocumentCase

SHEET = {
    "version": "Version 1 – Weld safely",
    "title": "Weld safely",
    "nature": "Training actions",
    "objectives": "Set a welding post",
    "program": "Arc and seam",
    "methods": "Demonstration then practice",
    "running": "In the workshop, eight posts",
    "assessment": "A weld under control",
    "recognition": "Certificate of completion or attestation",
}
TERMS = {
    "nda": NDA,
    "nda_region": (
        f"éclaration d'activité enregistrée sous le numéro {NDA} auprès du préfet de "
        "région de Nouvelle-Aquitaine"
    ),
    "hours": "14 hours",
    "period": "from March 2, 2026 to March 3, 2026",
    "distance": "0 % of the duration",
    "follow_up": "Signed sheets each half-day",
    "payment": "By transfer within 30 days",
}


@tagged("post_install", "-at_install")
class TestContract(TrainingDocumentCase):
    def test_contents(self):
        self.assertSays(
            "contract",
            self.alice,
            SHEET
            | TERMS
            | {
                "learners": "Alice Martin",
                "prerequisites": "To read a drawing",
                "headcount": "Maximum number of learners 12",
                "trainers": "Omar Fer, welding engineer",
                "price": "Agreed price $\xa0900.00".replace("\xa0", " "),
                "termination": "Hours given are owed",
                "withdrawal": "within ten days of signing this contract",
                "withdrawal source": "L. 6353-5",
                "before": "Nothing is paid before the withdrawal period has ended",
                "at most": "at most 30 % of the agreed price may be paid",
                "amount": "that is $ 270.00",
                "balance": "the balance is paid by instalments",
                "resources": "Eight welding posts",
                "place": "9 quai Sud",
                "half-days": "morning (3.5 hours), afternoon (3.5 hours)",
            },
        )

    def test_each_content_stops_the_printing(self):
        for record, values, label in (
            (self.company, {"qualiopi_nda": False}, "Declaration number (NDA)"),
            (self.company, {"qualiopi_nda_region": False}, "Region of the declaration"),
            (self.company, {"qualiopi_follow_up_terms": False}, "How the learners are"),
            (self.company, {"qualiopi_payment_terms": False}, "Payment terms"),
            (self.company, {"qualiopi_termination_terms": False}, "Early termination"),
            (self.event, {"qualiopi_trainers": False}, "Trainers and their"),
            (self.event, {"seats_limited": False}, "Maximum number of learners"),
            (self.event, {"qualiopi_hours": 0}, "Planned hours"),
            (self.event, {"qualiopi_teaching_mode": "blended"}, "Hours at a distance"),
            (self.event, {"qualiopi_version_id": False}, "Validated version"),
            (self.alice, {"qualiopi_price": 0}, "Agreed price"),
            (self.alice, {"name": False}, "Name of the learner"),
        ):
            before = {name: record[name] for name in values}
            with self.subTest(label=label):
                record.write(values)
                message = self.assertStopped("contract", self.alice, label)
                # that and nothing else
                self.assertEqual(message.count("\n- "), 1, message)
            record.write(
                {
                    name: value.id if hasattr(value, "id") else value
                    for name, value in before.items()
                }
            )
        self.assertTrue(self.text("contract", self.alice))

    def test_what_is_missing_is_named_by_learner_with_its_place(self):
        other = self.new_learner("Zoé Blanc", "individual", 0)
        self.company.qualiopi_payment_terms = False
        message = self.assertStopped(
            "contract",
            self.alice | other,
            "Alice Martin",
            "Zoé Blanc",
            "Agreed price (L. 6353-4): enter it on the learner's file.",
            "Configuration / Organisation, or on the session",
        )
        self.assertEqual(message.count("Payment terms"), 2)
        self.assertEqual(message.count("Agreed price"), 1)
        self.assertFalse(self.attachments(self.alice))

    def test_the_session_may_differ_from_the_company(self):
        self.event.qualiopi_payment_terms = "In three instalments"
        text = self.text("contract", self.alice)
        self.assertIn("In three instalments", text)
        self.assertNotIn("By transfer", text)

    def test_share_of_distance_teaching(self):
        self.event.write({"qualiopi_teaching_mode": "blended"})
        self.event.qualiopi_distance_hours = 3.5
        self.assertIn(
            "25 % of the duration (3.5 hours of 14)", self.text("contract", self.alice)
        )
        self.event.qualiopi_distance_hours = 15
        self.assertStopped("contract", self.alice, "Hours at a distance")

    def test_another_document_replaces_it(self):
        for funding, kind, words in (
            ("cpf", "cpf", "Terms of the CPF platform"),
            ("company", "order", "Order or approved quote"),
            (False, False, "who pays is not known"),
        ):
            with self.subTest(kind=kind):
                self.alice.qualiopi_funding = funding
                self.alice.qualiopi_contract_kind = kind
                with self.assertRaisesRegex(UserError, words):
                    self.alice.action_qualiopi_print_contract()

    def test_cancelled(self):
        self.alice.action_cancel()
        self.assertStopped("contract", self.alice, "cancelled")

    def test_follows_the_version_not_the_programme(self):
        self.program.action_revise()
        self.program.methods = "Reading"
        text = self.text("contract", self.alice)
        self.assertIn("Demonstration then practice", text)
        self.assertNotIn("Reading", text)


@tagged("post_install", "-at_install")
class TestAgreement(TrainingDocumentCase):
    def test_contents(self):
        self.assertSays(
            "agreement",
            self.bruno,
            SHEET
            | TERMS
            | {
                "client": "Durand SARL",
                "learners": "Bruno Petit",
                "price": "Total price $ 700.00",
            },
        )

    def test_one_for_the_learners_of_a_client(self):
        carla = self.new_learner(
            "Carla Roy", "company", 300, qualiopi_client_id=self.client.id
        )
        elsewhere = self.new_learner(
            "Dora Elle",
            "company",
            1,
            qualiopi_client_id=self.new_partner("Autre SA", is_company=True).id,
        )
        gone = self.new_learner(
            "Éva Partie", "company", 5, qualiopi_client_id=self.client.id
        )
        gone.action_cancel()
        text = self.text("agreement", self.bruno)
        self.assertIn("Carla Roy", text)
        self.assertIn("Total price $ 1,000.00", text)
        for name in ("Dora Elle", "Éva Partie", "Alice Martin"):
            self.assertNotIn(name, text)
        self.bruno.action_qualiopi_print_contract()
        for learner, expected in ((self.bruno, 1), (carla, 1), (elsewhere, 0)):
            found = self.attachments(learner)
            self.assertEqual(
                len(found), expected, f"{learner.name}: {found.mapped('name')}"
            )

    def test_the_client_is_needed(self):
        self.bruno.qualiopi_client_id = False
        self.assertStopped("agreement", self.bruno, "Client company")

    def test_a_learner_without_name(self):
        self.new_learner("Carla Roy", "company", 3, qualiopi_client_id=self.client.id)
        self.bruno.name = False
        self.assertStopped("agreement", self.bruno, "Name of the learner")

    def test_both_kinds_in_one_go(self):
        action = self.event.action_qualiopi_print_contracts()
        printed = self.attachments(self.alice) | self.attachments(self.bruno)
        self.assertEqual(len(printed), 2)
        for attachment in printed:
            self.assertIn(str(attachment.id), action["url"])

    def test_early_termination_is_not_required(self):
        self.company.qualiopi_termination_terms = False
        self.assertNotIn("Early termination", self.text("agreement", self.bruno))
