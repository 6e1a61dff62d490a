from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiLearnerDocument(models.Model):
    """A document given to a learner: which version, when, acknowledged or not.

    House rules, welcome booklet, programme, terms: indicator 9 asks for the proof
    that they were handed over.
    """

    _name = "qualiopi.learner.document"
    _description = "Document given to a learner"
    _order = "given_on desc, id desc"

    registration_id = fields.Many2one(
        "event.registration", "Learner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="registration_id.company_id", store=True)
    name = fields.Char("Document", required=True)
    version = fields.Char()
    given_on = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    acknowledged_on = fields.Date()

    @api.constrains("given_on", "acknowledged_on")
    def _check_dates(self):
        for row in self:
            if row.acknowledged_on and row.acknowledged_on < row.given_on:
                raise ValidationError(
                    self.env._(
                        "“%(document)s” is acknowledged before it was given.",
                        document=row.name,
                    )
                )
