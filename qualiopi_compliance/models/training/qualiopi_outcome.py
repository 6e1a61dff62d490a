from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

RESULTS = [("reached", "Reached"), ("partly", "Partly reached"), ("not", "Not reached")]


class QualiopiOutcome(models.Model):
    """Whether a learner reached one objective, when, by whom and how assessed.

    During the session or at its end (indicator 11).
    """

    _name = "qualiopi.outcome"
    _description = "Outcome of an objective"
    _order = "registration_id, objective_id, assessed_on"

    registration_id = fields.Many2one(
        "event.registration", "Learner", required=True, index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        related="registration_id.event_id", string="Session", store=True, index=True
    )
    company_id = fields.Many2one(related="registration_id.company_id", store=True)
    program_id = fields.Many2one(related="registration_id.qualiopi_program_id")
    objective_id = fields.Many2one(
        "qualiopi.program.objective",
        required=True,
        ondelete="restrict",
        domain="[('program_id', '=', program_id)]",
    )
    result = fields.Selection(RESULTS, help="Empty: still to be assessed.")
    moment = fields.Selection(
        [("during", "During"), ("end", "At the end")], required=True, default="end"
    )
    assessed_on = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    assessor = fields.Char("Assessed By", default=lambda self: self.env.user.name)
    method = fields.Char("How", help="Quiz, practical work, interview...")
    note = fields.Text()

    _objective_moment_uniq = models.Constraint(
        "UNIQUE(registration_id, objective_id, moment, assessed_on)",
        "This objective was already assessed for this learner on that day.",
    )

    @api.constrains("objective_id", "registration_id")
    def _check_objective(self):
        for row in self:
            if row.objective_id.program_id != row.registration_id.qualiopi_program_id:
                raise ValidationError(
                    self.env._(
                        "“%(objective)s” is not an objective of the programme that "
                        "%(learner)s follows.",
                        objective=row.objective_id.name,
                        learner=row.registration_id.display_name,
                    )
                )

    @api.constrains("assessed_on", "registration_id")
    def _check_not_before(self):
        for row in self:
            first = row.event_id._qualiopi_days()[0]
            if row.assessed_on < first:
                raise ValidationError(
                    self.env._(
                        "%(learner)s cannot be assessed on %(day)s: the session begins "
                        "on %(first)s. What was known before is the entry assessment.",
                        learner=row.registration_id.display_name,
                        day=format_date(self.env, row.assessed_on),
                        first=format_date(self.env, first),
                    )
                )
