from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiProgramCompetency(models.Model):
    """A competency of the target certification, and the sequences that cover it.

    Together they are the content x competency table of indicator 7.
    """

    _name = "qualiopi.program.competency"
    _description = "Competency of the certification"
    _inherit = ["qualiopi.program.part"]
    _order = "program_id, sequence, id"

    company_id = fields.Many2one(related="program_id.company_id", store=True)
    name = fields.Char("Competency")
    block = fields.Char(translate=True)
    sequence_ids = fields.Many2many(
        "qualiopi.program.sequence",
        "qualiopi_program_competency_sequence_rel",
        "competency_id",
        "sequence_id",
        "Covered By",
        copy=False,
        domain="[('program_id', '=', program_id)]",
    )

    @api.constrains("sequence_ids", "program_id")
    def _check_sequences(self):
        for row in self:
            if row.sequence_ids.program_id - row.program_id:
                raise ValidationError(
                    self.env._(
                        "“%(competency)s” is covered by a sequence of another "
                        "programme.",
                        competency=row.name,
                    )
                )

    def _content(self, positions):
        """:param positions: id of each sequence -> its place in the lesson plan
        :return: plain values for a version of the sheet
        """
        self.ensure_one()
        identities = (row._origin.id or row.id for row in self.sequence_ids)
        return {
            "name": self.name,
            "block": self.block or "",
            "sequences": sorted(
                positions[identity] for identity in identities if identity in positions
            ),
        }
