from lxml import html

from odoo.exceptions import UserError
from odoo.fields import Command

from ..rules import training_documents as rules
from .common import NDA, SIRET, QualiopiCommon

TODAY = "2026-04-01"
HALF_DAYS = [
    (day, half) for day in ("2026-03-02", "2026-03-03") for half in ("am", "pm")
]


class TrainingDocumentCase(QualiopiCommon):
    """A session of two days in March 2026 whose documents lack nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.env.user.lang = "en_US"
        with cls.on(TODAY):
            cls.company = cls.company.with_env(cls.env)
            cls.fill_company()
            cls.program = cls.new_program()
            cls.program.action_validate()
            cls.event = cls.new_event()
            cls.client = cls.new_partner("Durand SARL", is_company=True)
            cls.alice = cls.new_learner("Alice Martin", "individual", 900)
            cls.bruno = cls.new_learner(
                "Bruno Petit", "company", 700, qualiopi_client_id=cls.client.id
            )

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    @classmethod
    def fill_company(cls):
        cls.company.write(
            {
                "street": "4 rue des Lilas",
                "city": "Lyon",
                "zip": "69001",
                "company_registry": SIRET,
                "qualiopi_nda": NDA,
                "qualiopi_nda_region": "Nouvelle-Aquitaine",
                "qualiopi_signatory": "Claire Fontaine",
                "qualiopi_signatory_position": "President",
                "qualiopi_follow_up_terms": "Signed sheets each half-day",
                "qualiopi_payment_terms": "By transfer within 30 days",
                "qualiopi_termination_terms": "Hours given are owed",
                "qualiopi_house_rules": "No smoking in the workshop",
                "qualiopi_disability_contact_id": cls.new_partner(
                    "Hélène Soutien", phone="0102030405"
                ).id,
            }
        )

    @classmethod
    def new_partner(cls, name, **vals):
        return cls.env["res.partner"].create({"name": name, "lang": "en_US", **vals})

    @classmethod
    def new_program(cls):
        program = cls.env["qualiopi.program"].create(
            {
                "name": "Weld safely",
                "company_id": cls.company.id,
                "category_id": cls.category("AFC").id,
                "prerequisites_kind": "stated",
                "prerequisites": "To read a drawing",
                "audience": "Fitters",
                "recognition": "attestation",
                "duration_hours": 14,
                "duration_days": 2,
                "teaching_arrangements": "In the workshop, eight posts",
                "funding_arrangements": "Skills plan of the OPCO",
                "access_arrangements": "Ask by telephone",
                "access_time": "Two weeks",
                "price": 950,
                "price_note": "Plus meals",
                "contact_id": cls.new_partner("Paul Accueil", email="paul@x.fr").id,
                "methods": "Demonstration then practice",
                "resources": "Eight welding posts",
                "assessment": "A weld under control",
                "accessibility": "Ground floor, lift",
                "objective_ids": [
                    Command.create({"name": "Set a welding post"}),
                    Command.create({"name": "Weld a flat joint"}),
                ],
                "sequence_ids": [
                    Command.create(
                        {
                            "name": "First seams",
                            "hours": 7,
                            "content": "Arc and seam",
                            "method": "Workshop",
                        }
                    )
                ],
            }
        )
        program.with_context(lang="fr_FR").name = "Souder en sécurité"
        return program

    @classmethod
    def new_event(cls, **vals):
        event = cls.env["event.event"].create(
            {
                "name": "Weld, March",
                "company_id": cls.company.id,
                "qualiopi_program_id": cls.program.id,
                "date_begin": "2026-03-02 08:00:00",
                "date_end": "2026-03-03 16:00:00",
                "date_tz": "Europe/Paris",
                "address_id": cls.new_partner("Workshop 7", street="9 quai Sud").id,
                "qualiopi_place": "rented",
                # core's own mails leave tickets on the registrations
                "event_mail_ids": [Command.clear()],
                "seats_limited": True,
                "seats_max": 12,
                "qualiopi_trainers": "Omar Fer, welding engineer",
                "qualiopi_timetable": "9:00-12:30",
                "qualiopi_access": "Tram B, stop Quai Sud",
                "qualiopi_half_day_ids": [
                    Command.create({"date": day, "period": half, "hours": 3.5})
                    for day, half in HALF_DAYS
                ],
                **vals,
            }
        )
        return event

    @classmethod
    def new_learner(cls, name, funding, price, **vals):
        partner = cls.new_partner(name, email=f"{name.split()[0].lower()}@example.com")
        return cls.env["event.registration"].create(
            {
                "event_id": cls.event.id,
                "partner_id": partner.id,
                "name": name,
                "email": partner.email,
                "qualiopi_funding": funding,
                "qualiopi_price": price,
                "qualiopi_need_on": "2026-02-01",
                "qualiopi_contract_on": "2026-02-10",
                "state": "open",
                **vals,
            }
        )

    @classmethod
    def attend(cls, registration, half_days=HALF_DAYS, hours=3.5, state="present"):
        cls.env["qualiopi.attendance"].create(
            [
                {
                    "registration_id": registration.id,
                    "date": day,
                    "period": half,
                    "hours": hours if state == "present" else 0,
                    "state": state,
                }
                for day, half in half_days
            ]
        )

    def render(self, name, records):
        """:return: the document as a tree"""
        content = self.env["ir.actions.report"]._render_qweb_html(
            f"qualiopi_compliance.training_{name}", records.ids
        )[0]
        return html.fromstring(content)

    def text(self, name, records):
        """:return: what the reader reads, spaces made single"""
        (article,) = self.render(name, records).xpath(
            "//div[contains(@class, 'article')]"
        )
        for style in article.xpath(".//style"):
            style.getparent().remove(style)
        return " ".join(article.text_content().split())

    def assertSays(self, name, records, contents):
        """Each content of the law stands in the document, in the right words."""
        text = self.text(name, records)
        required = {row.code for row in rules.DOCUMENTS.get(name, ())}
        self.assertLessEqual(required, set(contents), "a content is not tested")
        for code, value in contents.items():
            with self.subTest(document=name, content=code):
                self.assertIn(value, text)

    def assertStopped(self, name, records, *words):
        document = self.env[f"report.qualiopi_compliance.training_{name}"]
        with self.assertRaises(UserError) as caught:
            document._print(records)
        message = caught.exception.args[0]
        for word in words:
            self.assertIn(word, message)
        # nor by the address of the report
        with self.assertRaises(UserError):
            self.render(name, records)
        return message

    def attachments(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )
