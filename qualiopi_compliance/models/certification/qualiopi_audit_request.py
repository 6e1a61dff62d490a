from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_datetime


class QualiopiAuditRequest(models.Model):
    """Something the auditor asks for: when, who looks for it, what was given, when.

    Waiting -> answered.
    """

    _name = "qualiopi.audit.request"
    _description = "Request of an auditor"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, answered_at desc nulls first, asked_at, id"

    name = fields.Text("What Is Asked For", required=True)
    asked_at = fields.Datetime(required=True, default=fields.Datetime.now)
    partner_id = fields.Many2one(
        "res.partner",
        "Who Looks for It",
        check_company=True,
        index=True,
        ondelete="restrict",
    )
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_audit_request_indicator_rel",
        "request_id",
        "indicator_id",
        "Indicators",
        ondelete="restrict",
    )
    answered_at = fields.Datetime()
    answer = fields.Text()
    evidence_id = fields.Many2one(
        "qualiopi.evidence",
        "Our Evidence",
        check_company=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_audit_request_attachment_rel",
        "request_id",
        "attachment_id",
        "Files Given",
        bypass_search_access=True,
        copy=False,
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("answered", "Answered")],
        compute="_compute_state",
        store=True,
    )
    minutes = fields.Integer(
        compute="_compute_minutes", help="From the request to the answer."
    )

    @api.depends("answered_at")
    def _compute_state(self):
        for request in self:
            request.state = "answered" if request.answered_at else "waiting"

    @api.depends("asked_at", "answered_at")
    def _compute_minutes(self):
        for request in self:
            both = request.asked_at and request.answered_at
            length = both and request.answered_at - request.asked_at
            request.minutes = length.total_seconds() // 60 if length else 0

    @api.constrains("asked_at", "answered_at")
    def _check_times(self):
        for request in self:
            if request.answered_at and request.answered_at < request.asked_at:
                raise ValidationError(
                    self.env._(
                        "Answered at %(answered)s, before it was asked at %(asked)s: "
                        "correct one of the two.",
                        answered=format_datetime(self.env, request.answered_at),
                        asked=format_datetime(self.env, request.asked_at),
                    )
                )

    def action_answered(self):
        """Note that it was answered now."""
        self.check_access("write")
        for request in self:
            given = (
                (request.answer or "").strip()
                or request.evidence_id
                or request.attachment_ids
            )
            if not given:
                raise UserError(
                    self.env._(
                        "What was answered to “%(name)s”? Write it, choose the "
                        "evidence or add the file.",
                        name=request.name,
                    )
                )
        waiting = self.filtered(lambda request: not request.answered_at)
        waiting.answered_at = fields.Datetime.now()
        return True

    def action_waiting(self):
        """It was not what the auditor had asked for: still waiting."""
        self.check_access("write")
        self.answered_at = False
        return True
