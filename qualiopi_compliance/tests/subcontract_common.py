from .session_common import FIRST, LAST
from .trainer_common import TrainerCase

TODAY = "2026-02-16"
NDA = "84691234567"
# What R. 6333-6-2 wants a contract under the CPF to mention.
MENTIONS = {
    "tasks": "Teaching of module 2",
    "content": "Pivot tables from real files",
    "sanction": "Certificate of completion",
    "means": "One trainer, twelve computers",
    "conditions": "In our room, groups of eight",
    "follow_up": "Sheets signed each half-day",
    "hours": 14,
    "amount": 1200,
    "date_to": "2026-12-31",
}


class SubcontractCase(TrainerCase):
    """A firm that lacks nothing, a principal; time stands on a day before the session.

    The session runs from 2 to 6 March 2026, when guide V9 and the framework of 2019
    are in force.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on(TODAY):
            cls.firm_partner = cls.new_firm_partner("Atelier Dupont")
            cls.firm = cls.new_firm(cls.firm_partner)
            cls.outsider.write(
                {
                    "partner_id": cls.new_person("Nadia Dupont").id,
                    "kind": "subcontractor",
                }
            )
            cls.outsider.subcontractor_id = cls.firm
            cls.principal = cls.new_firm_partner("Grande École")

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    @classmethod
    def new_firm_partner(cls, name, **vals):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, "lang": "en_US", **vals}
        )

    @classmethod
    def new_person(cls, name, firm=None):
        return cls.env["res.partner"].create(
            {"name": name, "parent_id": (firm or cls.firm_partner).id}
        )

    @classmethod
    def new_firm(cls, partner, **vals):
        return cls.env["qualiopi.subcontractor"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "nda": NDA,
                "nda_checked_on": "2026-01-05",
                "insurer": "Mutuelle",
                "insurance_number": "P-77",
                "insurance_until": "2026-12-31",
                "charter_on": "2026-01-05",
                "assessed_on": "2026-01-20",
                "user_id": cls.manager.id,
                **vals,
            }
        )

    @classmethod
    def new_contract(cls, firm=None, **vals):
        """A contract given, with its tasks, that covers the session; a draft."""
        return cls.env["qualiopi.subcontract"].create(
            {
                "direction": "given",
                "subcontractor_id": (firm or cls.firm).id,
                "company_id": cls.company.id,
                "date_from": "2026-01-01",
                "tasks": "Teaching of module 2",
                "indicator_ids": cls.indicators(5, 6).ids,
                "user_id": cls.manager.id,
                **vals,
            }
        )

    @classmethod
    def received(cls, **vals):
        """A contract received from the principal; a draft."""
        return cls.env["qualiopi.subcontract"].create(
            {
                "direction": "received",
                "principal_id": cls.principal.id,
                "company_id": cls.company.id,
                "date_from": "2026-01-01",
                "tasks": "Teaching and marking",
                "user_id": cls.manager.id,
                **vals,
            }
        )

    @classmethod
    def signed(cls, contract):
        contract.action_sign()
        return contract

    @classmethod
    def indicators(cls, *numbers):
        return cls.env["qualiopi.indicator"].search([("number", "in", numbers)])

    @classmethod
    def lacks(cls, record):
        """:return: codes of what the file or the contract lacks"""
        if record._name == "qualiopi.subcontract":
            return [item.code for item in record._missing_items()]
        from ..rules.subcontractor_file import missing_in_firm

        today = cls.env["qualiopi.framework"]._today()
        return [item.code for item in missing_in_firm(record._facts(today), today)]


__all__ = ["FIRST", "LAST", "MENTIONS", "NDA", "TODAY", "SubcontractCase"]
