from odoo.fields import Command

from .finding_common import TODAY, FindingCase

# A Monday to come.
MONDAY = "2026-12-07"


class AuditCase(FindingCase):
    """A company before, during and after an audit, with people to meet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.bruno, cls.auditor = cls.env["res.partner"].create(
            [
                {"name": "Anna Petit", "email": "anna@example.com"},
                {"name": "Bruno Roy", "email": "bruno@example.com"},
                {"name": "Hélène Marchand", "email": "helene@example.com"},
            ]
        )
        cls.company.qualiopi_quality_contact_id = cls.anna
        cls.manager.partner_id.email = "manager@example.com"

    def new_mock(self, day=TODAY, **vals):
        """A rehearsal, led by the quality manager, not yet opened."""
        return self.new_audit("mock", day, opened=False, **vals)

    def move_manager(self):
        """The quality manager works for two companies, and is a contact of the other
        one.
        """
        both = (self.company | self.other_company).ids
        self.manager.write(
            {"company_ids": [Command.set(both)], "company_id": self.other_company.id}
        )
        self.manager.partner_id.company_id = self.other_company

    def item(self, audit, number):
        return audit.item_ids.filtered(lambda item: item.number == number)

    def asked(self, audit, answer="yes"):
        """:return: numbers of the indicators looked at"""
        return {item.number for item in audit.item_ids if item.asked == answer}

    def reasons(self, audit, number):
        """:return: codes of why an indicator is looked at, or not"""
        return [each["code"] for each in self.item(audit, number).reasons]

    def add(self, model, audit, **vals):
        """:return: a new part of an audit"""
        return (
            self.env[f"qualiopi.audit.{model}"]
            .with_user(self.manager)
            .create({"audit_id": audit.id, **vals})
        )

    def add_line(self, audit, *people, hour=9, number=1, **vals):
        """:return: an hour of the plan, on the first day"""
        return self.add(
            "agenda",
            audit,
            start=f"{audit.date_begin} {hour:02}:00:00",
            stop=f"{audit.date_begin} {hour + 1:02}:00:00",
            indicator_ids=[Command.set(self.indicator(number).ids)],
            partner_ids=[Command.set([person.id for person in people])],
            **vals,
        )

    def add_file(self, record, name="proof.txt"):
        """:return: a file tied to a record"""
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": b"proof",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def full_audit(self, **vals):
        """:return: an audit in progress with one part of each kind"""
        audit = self.new_mock(auditor_ids=[Command.set(self.auditor.ids)], **vals)
        self.add_line(audit, self.anna)
        audit.action_open_audit()
        number = Command.set(self.indicator(1).ids)
        interview = self.add(
            "interview", audit, partner_id=self.anna.id, indicator_ids=[number]
        )
        self.env["qualiopi.audit.question"].create(
            {"interview_id": interview.id, "name": "How?", "answer": "So"}
        )
        self.add("observation", audit, name="Displayed at the entrance")
        self.add("document", audit, name="Sheet", initials="A. P.")
        self.add("request", audit, name="The attendance sheets")
        self.find(audit, 1, "remark")
        return audit

    def parts(self, audit):
        """:return: model -> one part of that kind, those that this audit has"""
        names = self.env["ir.attachment"]._qualiopi_part_models()
        found = {
            name: self.env[name].search([("audit_id", "=", audit.id)]) for name in names
        }
        return {name: records[:1] for name, records in found.items() if records}
