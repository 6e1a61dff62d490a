from odoo import fields, models


class QualiopiAuditQuestion(models.Model):
    """One question of an interview, and what was answered."""

    _name = "qualiopi.audit.question"
    _description = "Question of an interview"
    _inherit = ["qualiopi.audit.part"]
    _order = "interview_id, sequence, id"
    _part_of = "interview_id"

    interview_id = fields.Many2one(
        "qualiopi.audit.interview", required=True, index=True, ondelete="cascade"
    )
    audit_id = fields.Many2one(
        related="interview_id.audit_id", store=True, precompute=True, required=False
    )
    sequence = fields.Integer(default=10)
    indicator_id = fields.Many2one("qualiopi.indicator", ondelete="restrict")
    name = fields.Char("Question", required=True)
    answer = fields.Text()
