from odoo import fields, models


class QualiopiProgram(models.Model):
    """What a programme asks of those who teach it, and who may."""

    _inherit = "qualiopi.program"

    skill_ids = fields.One2many(
        "qualiopi.program.skill", "program_id", "Skills Required", copy=True
    )
    trainer_ids = fields.Many2many(
        "qualiopi.trainer",
        "qualiopi_trainer_program_rel",
        "program_id",
        "trainer_id",
        "Trainers",
        check_company=True,
        copy=False,
    )

    def _management_fields(self):
        # nobody reads on the public sheet who teaches, nor what is asked of him
        return super()._management_fields() | {"skill_ids", "trainer_ids"}
