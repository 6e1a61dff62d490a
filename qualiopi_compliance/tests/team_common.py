from odoo.fields import Command

from .common import QualiopiCommon

TODAY = "2026-11-23"
YESTERDAY = "2026-11-22"


class TeamCase(QualiopiCommon):
    """A company with one category of actions, and people to give functions to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.declare(cls.company, "AFC")
        cls.anna, cls.bruno, cls.chloe = cls.env["res.partner"].create(
            [
                {"name": "Anna Petit", "email": "anna@example.com", "phone": "0102"},
                {"name": "Bruno Roy", "email": "bruno@example.com"},
                {"name": "Chloé Vidal"},
            ]
        )
        cls.roles = cls.env["qualiopi.team.role"].with_user(cls.manager)
        cls.meetings = cls.env["qualiopi.team.meeting"].with_user(cls.manager)

    def setUp(self):
        super().setUp()
        self.enterContext(self.on(TODAY))

    def new_role(self, function, partner, **vals):
        return self.roles.create(
            {"function": function, "partner_id": partner.id, **vals}
        )

    def add_program(self, **vals):
        return self.env["qualiopi.program"].create(
            {
                "name": "Spreadsheets",
                "company_id": self.company.id,
                "category_id": self.category("AFC").id,
                **vals,
            }
        )

    def new_trainer(self, partner, **vals):
        return self.env["qualiopi.trainer"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "kind": "subcontractor",
                "state": "active",
                **vals,
            }
        )

    def new_meeting(self, *people, start="2026-11-20 09:00:00", **vals):
        return self.meetings.create(
            {
                "name": "Spring",
                "start": start,
                "participant_ids": [
                    Command.create({"partner_id": partner.id}) for partner in people
                ],
                **vals,
            }
        )

    def chart(self, company=None, day=None):
        """:return: the rows of the chart as they stand now"""
        self.forget()
        return self.env["qualiopi.team.person"]._on(
            day or self.env["qualiopi.framework"]._today(), company or self.company
        )

    def holders(self, function, day=None):
        """:return: names of those who have a function, ``Nobody`` for a gap"""
        rows = self.chart(day=day).filtered(lambda row: row.function == function)
        return rows.mapped("display_name")
