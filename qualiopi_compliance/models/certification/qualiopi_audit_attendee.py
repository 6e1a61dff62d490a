from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiAuditAttendee(models.Model):
    """Somebody who is at the opening or at the closing meeting of an audit.

    Proposed from the plan when the audit is opened; named in the minutes.
    """

    _name = "qualiopi.audit.attendee"
    _description = "Person at a meeting of an audit"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, sequence, id"

    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", "Person", check_company=True, ondelete="restrict"
    )
    name = fields.Char(
        compute="_compute_person",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    function = fields.Char(
        compute="_compute_person", store=True, readonly=False, precompute=True
    )
    auditor = fields.Boolean(help="One of the auditors.")
    at_opening = fields.Boolean("Opening Meeting", default=True)
    at_closing = fields.Boolean("Closing Meeting", default=True)

    _once = models.Constraint(
        "UNIQUE(audit_id, partner_id)", "This person is listed already."
    )

    @api.depends("partner_id")
    def _compute_person(self):
        for row in self:
            person = row.partner_id
            row.name = person.name or row.name
            row.function = (
                row.audit_id._function_of(person) if person else row.function
            ) or (row.auditor and self.env._("Auditor"))

    @api.constrains("name")
    def _check_name(self):
        for row in self:
            if not (row.name or "").strip():
                raise ValidationError(self.env._("Write who was there."))
