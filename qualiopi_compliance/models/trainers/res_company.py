from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organisation.amounts import refuse_negative

# What each answer counts as permanent staff: kinds of trainers.
PERMANENT_KINDS = {
    "employee": ("employee",),
    "employee_manager": ("employee", "manager"),
}


class ResCompany(models.Model):
    """The company's own rules on those who teach, and thresholds still awaited."""

    _inherit = "res.company"

    qualiopi_assignment_policy = fields.Selection(
        [
            ("warn", "Warn"),
            ("waiver", "Ask for a written waiver"),
            ("block", "Refuse"),
        ],
        "When a Trainer Does Not Fit",
        default="warn",
        required=True,
        groups="base.group_user",
        help="He lacks a skill the programme requires, teaches elsewhere at that time, "
        "or his file is not active. Sessions that are over are never refused.",
    )
    qualiopi_expiry_days = fields.Integer(
        "Announce Expiry",
        default=90,
        groups="base.group_user",
        help="Days before the end from which a certification, a CV, an insurance or a "
        "contract shows as expiring and its owner is reminded.",
    )
    qualiopi_cv_months = fields.Integer(
        "CV Validity",
        default=12,
        groups="base.group_user",
        help="Months after which a CV counts as old; 0 for never. No text fixes it.",
    )
    qualiopi_assessment_months = fields.Integer(
        "Assessment Validity",
        default=12,
        groups="base.group_user",
        help="Months after which a trainer or a subcontractor is to be assessed again; "
        "0 for never. No text fixes it.",
    )
    qualiopi_permanent_kinds = fields.Selection(
        [
            ("employee", "Employees"),
            ("employee_manager", "Employees and managers"),
        ],
        "Permanent Staff",
        default="employee",
        required=True,
        groups="base.group_user",
        help="Indicator 20 since 2026 speaks of permanent staff; the order that "
        "defines it is awaited. Each trainer's file may say otherwise.",
    )
    qualiopi_teacher_threshold = fields.Integer(
        "People Teaching per Programme",
        groups="base.group_user",
        help="Above this number a teaching referent is compulsory (indicator 19 since "
        "2026). Awaited by order: leave it at 0 until it is published.",
    )
    qualiopi_permanent_threshold = fields.Float(
        "Share of Hours by Permanent Staff",
        groups="base.group_user",
        help="Per cent of the hours of an apprenticeship programme below which "
        "supervision is reinforced (indicator 20 since 2026). Awaited by order: leave "
        "it at 0 until it is published.",
    )

    @api.constrains(
        "qualiopi_expiry_days",
        "qualiopi_cv_months",
        "qualiopi_assessment_months",
        "qualiopi_teacher_threshold",
        "qualiopi_permanent_threshold",
    )
    def _check_qualiopi_trainer_rules(self):
        refuse_negative(self, self._check_qualiopi_trainer_rules._constrains)
        for company in self:
            if company.qualiopi_permanent_threshold > 100:
                raise ValidationError(
                    self.env._("A share of hours is at most 100 per cent.")
                )
