from odoo import api, fields, models
from odoo.tools import email_normalize


class QualiopiLeadRegistrationLine(models.TransientModel):
    """One learner to register; a line that names nobody is left out."""

    _name = "qualiopi.lead.registration.line"
    _description = "Learner to register"

    wizard_id = fields.Many2one(
        "qualiopi.lead.registration", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char()
    email = fields.Char("E-mail")
    phone = fields.Char()
    already = fields.Boolean("Registered Already", compute="_compute_already")

    @api.depends("email", "wizard_id.event_id", "wizard_id.mode")
    def _compute_already(self):
        for wizard, lines in self.grouped("wizard_id").items():
            taken = wizard._taken() if wizard else set()
            for line in lines:
                line.already = email_normalize(line.email or "") in taken

    def _registration_values(self):
        """What the learner's file says of him.

        :return: values, with his contact where he made the request himself
        """
        self.ensure_one()
        contact = self.wizard_id.lead_id.partner_id
        address = email_normalize(self.email or "")
        himself = (
            not contact.is_company and address and contact.email_normalized == address
        )
        return {
            "name": (self.name or "").strip() or self.email,
            "email": self.email,
            "phone": self.phone,
            "partner_id": contact.id if himself else False,
        }
