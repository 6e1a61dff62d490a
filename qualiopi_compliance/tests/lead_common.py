from odoo.fields import Command
from odoo.tests import new_test_user

from .session_common import SessionCase

REQUESTED = "2026-02-02"


class LeadCase(SessionCase):
    """A salesman, who has no right on sessions, and requests for the programme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesman = cls.new_salesman("q_sales")
        cls.other_salesman = cls.new_salesman("q_other_sales", cls.other_company)
        cls.lead = cls.new_lead()

    @classmethod
    def new_salesman(cls, login, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login,
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def new_lead(cls, **vals):
        """:param vals: on top of the usual ones; ``None`` leaves a field out"""
        values = {
            "name": "Training for Alice",
            "type": "opportunity",
            "company_id": cls.company.id,
            "user_id": cls.salesman.id,
            "contact_name": "Alice Martin",
            "email_from": "alice@example.com",
            "phone": "0102030405",
            "qualiopi_program_id": cls.program.id,
            "qualiopi_requested_on": "2026-02-02",
            **vals,
        }
        return cls.env["crm.lead"].create(
            {name: value for name, value in values.items() if value is not None}
        )

    @classmethod
    def new_other_program(cls, **vals):
        return cls.env["qualiopi.program"].create(
            {
                "name": "Databases",
                "company_id": cls.company.id,
                "category_id": cls.category("AFC").id,
                **vals,
            }
        )

    @classmethod
    def new_wizard(cls, lead=None, user=None, **vals):
        """:param vals: filled in by hand; ``None`` leaves what is proposed
        :return: the dialog as the button opens it
        """
        lead = (lead or cls.lead).with_user(user or cls.salesman)
        action = lead.action_qualiopi_register()
        wizards = lead.env[action["res_model"]].with_context(**action["context"])
        vals = {"event_id": cls.session.id, "mode": "existing", **vals}
        return wizards.create(
            {name: value for name, value in vals.items() if value is not None}
        )

    def registered(self, lead=None):
        return (
            (lead or self.lead)
            .with_context(active_test=False)
            .qualiopi_registration_ids.sorted("id")
        )
