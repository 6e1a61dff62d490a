from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.program_sheet import vague_verb


class QualiopiProgramObjective(models.Model):
    """An operational objective: what the learner will be able to do.

    Outcomes are recorded against it for each learner (indicators 5 and 11).
    """

    _name = "qualiopi.program.objective"
    _description = "Operational objective"
    _inherit = ["qualiopi.program.part"]
    _order = "program_id, sequence, id"

    company_id = fields.Many2one(related="program_id.company_id", store=True)
    name = fields.Char("Objective")
    vague = fields.Boolean(
        compute="_compute_vague",
        help="Begins with a verb of intention: nobody can observe whether it is "
        "reached (indicator 5).",
    )

    @api.depends("name")
    def _compute_vague(self):
        for objective in self:
            objective.vague = bool(vague_verb(objective.name or ""))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_assessed(self):
        # sudo: qualiopi.outcome - only whether there is one
        outcome = (
            self.env["qualiopi.outcome"]
            .sudo()
            .search([("objective_id", "in", self.ids)], limit=1)
        )
        if outcome:
            raise UserError(
                self.env._(
                    "Learners were assessed on “%(objective)s”: it cannot be deleted. "
                    "Reword it, or make a new programme.",
                    objective=outcome.objective_id.with_env(self.env).name,
                )
            )
