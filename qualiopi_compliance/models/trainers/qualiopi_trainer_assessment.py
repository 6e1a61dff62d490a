from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiTrainerAssessment(models.Model):
    """One assessment of a person who teaches: indicator 21 wants them assessed.

    Observation of a session, yearly interview, review of the learners' feedback:
    written once, read by the quality manager and the internal auditor only.
    """

    _name = "qualiopi.trainer.assessment"
    _description = "Assessment of a trainer"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    trainer_id = fields.Many2one(
        "qualiopi.trainer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trainer_id.company_id", store=True)
    date = fields.Date(
        required=True,
        tracking=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
    )
    kind = fields.Selection(
        [
            ("interview", "Interview"),
            ("observation", "Session observed"),
            ("feedback", "Review of the feedback"),
            ("recruitment", "On recruitment or selection"),
        ],
        required=True,
        default="interview",
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Assessed By",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    strengths = fields.Text()
    to_improve = fields.Text()
    decision = fields.Text("What Was Decided", tracking=True)

    @api.depends("trainer_id.name", "date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.trainer_id.name or ''} – {row.date or ''}"

    @api.constrains("date")
    def _check_date(self):
        today = self.env["qualiopi.framework"]._today()
        if any(row.date > today for row in self):
            raise ValidationError(
                self.env._(
                    "An assessment that is still to come is planned as an activity: "
                    "record it here once it has taken place."
                )
            )
