from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common_training_documents import TODAY, TrainingDocumentCase

NDA = "84691234567"
TEXTS = {
    "tasks": "Teaching of module 2",
    "content": "Arc and seam",
    "sanction": "Attestation of skills",
    "means": "Eight posts, one trainer",
    "conditions": "In the workshop, groups of six",
    "follow_up": "Sheets signed each half-day",
}


class SubcontractDocumentCase(TrainingDocumentCase):
    """A contract under the CPF that may be printed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(TODAY):
            partner = cls.new_partner(
                "Atelier Dupont", is_company=True, street="1 rue du Pont"
            )
            cls.firm = cls.env["qualiopi.subcontractor"].create(
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "nda": NDA,
                    "insurer": "Mutuelle",
                    "insurance_until": "2026-12-31",
                }
            )
            cls.subcontract = cls.env["qualiopi.subcontract"].create(
                {
                    "subcontractor_id": cls.firm.id,
                    "company_id": cls.company.id,
                    "name": "ST-2026-1",
                    "cpf": True,
                    "program_ids": cls.program.ids,
                    "date_from": "2026-03-01",
                    "date_to": "2026-06-30",
                    "hours": 14,
                    "amount": 1200,
                    "compliance_clause": "Papers after each session",
                    "indicator_ids": [
                        Command.set(
                            cls.env["qualiopi.indicator"]
                            .search([("number", "in", (9, 11))])
                            .ids
                        )
                    ],
                    **TEXTS,
                }
            )


@tagged("post_install", "-at_install")
class TestSubcontractDocument(SubcontractDocumentCase):
    contents = {
        **TEXTS,
        "firm_nda": NDA,
        "hours": "14 hours",
        "period": "from March 1, 2026 to June 30, 2026",
        "amount": "$ 1,200.00",
        "clause": "Papers after each session",
    }

    def test_contents_under_the_cpf(self):
        self.assertSays(
            "subcontract",
            self.subcontract,
            self.contents
            | {
                "reference": "ST-2026-1",
                "firm": "Atelier Dupont 1 rue du Pont",
                "insurance": "Mutuelle, valid until December 31, 2026",
                "programme": "Weld safely",
                "law": "L. 6323-9-2 and R. 6333-6-2 of the Labour Code",
                "statement": "makes sure this framework is complied with",
                "indicator": "9. ",
                "no chain": "gives none of it on to others",
                "sent": "communicates this contract to the Caisse des dépôts",
                "signature": "Claire Fontaine, President",
            },
        )

    def test_who_answers_for_which_indicators(self):
        page = self.render("subcontract", self.subcontract)
        theirs, ours = (
            {
                text.split(".")[0].strip()
                for text in page.xpath(f"string(//td[@class='td-{side}'])").split(";")
            }
            for side in ("theirs", "ours")
        )
        self.assertEqual(theirs, {"9", "11"})
        self.assertIn("4", ours)
        self.assertFalse(theirs & ours)

    def test_each_content_stops_the_printing(self):
        for record, name, label in (
            (self.firm, "nda", "Declaration number (NDA)"),
            (self.subcontract, "tasks", "Tasks entrusted (R. 6333-6-2)"),
            (self.subcontract, "content", "Content of the training"),
            (self.subcontract, "sanction", "Sanction of the training"),
            (self.subcontract, "means", "Means used"),
            (self.subcontract, "conditions", "Conditions of delivery"),
            (self.subcontract, "follow_up", "How the action is followed"),
            (self.subcontract, "hours", "Duration"),
            (self.subcontract, "date_to", "First and last day"),
            (self.subcontract, "amount", "Amount"),
            (self.subcontract, "compliance_clause", "Compliance clause"),
        ):
            before = record[name]
            record[name] = False
            with self.subTest(name=name):
                message = self.assertStopped("subcontract", self.subcontract, label)
                self.assertEqual(message.count("\n- "), 1, message)
            record[name] = before
        self.assertTrue(self.text("subcontract", self.subcontract))

    def test_elsewhere_tasks_and_clause_are_enough(self):
        self.subcontract.write(
            {
                "cpf": False,
                "no_chain": False,
                "date_to": False,
                "hours": 0,
                "amount": 0,
                **dict.fromkeys(
                    ("content", "sanction", "means", "conditions", "follow_up"), False
                ),
            }
        )
        self.firm.nda = False
        text = self.text("subcontract", self.subcontract)
        self.assertIn("from March 1, 2026", text)
        for word in ("Caisse des dépôts", "CPF", "R. 6333-6-2", "on to others"):
            self.assertNotIn(word, text)
        self.subcontract.tasks = False
        self.assertStopped("subcontract", self.subcontract, "Tasks entrusted (RNQ, 27)")

    def test_says_nobody_is_certified(self):
        text = self.text("subcontract", self.subcontract).lower()
        for word in ("qualiopi", "certifié", "certified", "conforme"):
            self.assertNotIn(word, text)

    def test_language_of_the_firm(self):
        self.subcontract.partner_id.lang = "fr_FR"
        text = self.text("subcontract", self.subcontract)
        self.assertIn("Souder en sécurité", text)
        self.assertIn("s'assure du respect de la conformité", text.replace("’", "'"))
        self.assertIn("30 juin 2026", text)

    def test_a_contract_received_is_not_ours_to_print(self):
        received = self.env["qualiopi.subcontract"].create(
            {
                "direction": "received",
                "principal_id": self.client.id,
                "company_id": self.company.id,
                "tasks": "Teaching",
            }
        )
        with self.assertRaisesRegex(UserError, "the principal writes it"):
            received.action_print()

    def test_umbrella_employment(self):
        self.firm.write({"kind": "umbrella", "nda": False})
        text = self.text("subcontract", self.subcontract)
        self.assertIn("The umbrella company", text)
        self.assertNotIn("R. 6333-6-2", text)


@tagged("post_install", "-at_install")
class TestSubcontractFile(SubcontractDocumentCase, HttpCase):
    def test_stays_on_the_contract_and_is_handed_out(self):
        self.manager.password = "q_manager_password"
        contract = self.subcontract.with_user(self.manager)
        action = contract.action_print()
        [attachment] = self.attachments(self.subcontract)
        self.assertIn(str(attachment.id), action["url"])
        self.assertIn("ST-2026-1", attachment.name)
        if attachment.mimetype != "application/pdf":
            self.skipTest("wkhtmltopdf is not installed: nothing to hand out")
        self.authenticate("q_manager", "q_manager_password")
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
