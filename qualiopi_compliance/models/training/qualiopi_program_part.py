from odoo import api, fields, models


class QualiopiProgramPart(models.AbstractModel):
    """A line of the sheet of a programme: objective, sequence or competency.

    Like the rest of the sheet it changes while the programme is a draft only,
    whichever way it is reached.
    """

    _name = "qualiopi.program.part"
    _description = "Part of a programme"

    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.program_id._check_open()
        return records

    def write(self, vals):
        self.program_id._check_open()
        result = super().write(vals)
        if "program_id" in vals:
            self.program_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        self.program_id._check_open()

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog does not go through write()
        self.program_id._check_open()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
