from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiProgramSequence(models.Model):
    """One sequence of the lesson plan (indicator 6)."""

    _name = "qualiopi.program.sequence"
    _description = "Sequence of the lesson plan"
    _inherit = ["qualiopi.program.part"]
    _order = "program_id, sequence, id"

    company_id = fields.Many2one(related="program_id.company_id", store=True)
    name = fields.Char("Title")
    hours = fields.Float()
    objective_ids = fields.Many2many(
        "qualiopi.program.objective",
        "qualiopi_program_sequence_objective_rel",
        "sequence_id",
        "objective_id",
        "Objectives",
        copy=False,
        domain="[('program_id', '=', program_id)]",
    )
    content = fields.Text(translate=True)
    method = fields.Char(translate=True)
    material = fields.Char(translate=True)
    assessment = fields.Char(translate=True)

    @api.constrains("hours")
    def _check_hours(self):
        for row in self:
            if row.hours < 0:
                raise ValidationError(
                    self.env._("The duration of a sequence cannot be negative.")
                )

    @api.constrains("objective_ids", "program_id")
    def _check_objectives(self):
        for row in self:
            if row.objective_ids.program_id - row.program_id:
                raise ValidationError(
                    self.env._(
                        "“%(sequence)s” serves an objective of another programme.",
                        sequence=row.name,
                    )
                )

    def _content(self):
        """:return: plain values for a version of the sheet"""
        self.ensure_one()
        return {
            "name": self.name,
            "hours": self.hours,
            "objectives": self.objective_ids.mapped("name"),
            "content": self.content or "",
            "method": self.method or "",
            "material": self.material or "",
            "assessment": self.assessment or "",
        }
