from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...rules.audit_calendar import today_in_paris

# Documents about these are many: they are counted here and opened in a list.
MANY = ("session", "learner")


class QualiopiAuditItem(models.Model):
    """The evidence at hand on one indicator: what our checklist says of it, documents,
    and what was noted on it during the audit.

    The checklist of the day freezes what it says. The documents that held on that day
    are kept here at the closing meeting.
    """

    _inherit = "qualiopi.audit.item"

    statement = fields.Text(compute="_compute_statement")
    status = fields.Selection(related="line_id.status", string="On Our Checklist")
    computed_reason = fields.Text(
        "What the Records Say", related="line_id.computed_reason"
    )
    next_step = fields.Text(related="line_id.next_step")
    missing_count = fields.Integer(related="line_id.missing_count")
    conclusion = fields.Html("Our Conclusion", related="line_id.conclusion")
    review_note = fields.Text("What a Review Looks At", related="line_id.review_note")
    reviewer_id = fields.Many2one(related="line_id.reviewer_id")
    reviewed_on = fields.Date(related="line_id.reviewed_on")
    expected_level = fields.Text(related="line_id.expected_level")
    evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        string="Documents That Hold",
        compute="_compute_evidence_ids",
        help="Validated, in force on the day of the audit. Those about one session or "
        "one learner are counted.",
    )
    evidence_count = fields.Integer(
        "Number of Documents", compute="_compute_evidence_ids"
    )
    frozen_evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        "qualiopi_audit_item_evidence_rel",
        "item_id",
        "evidence_id",
        "Documents at the Closing Meeting",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    frozen_evidence_count = fields.Integer(readonly=True, copy=False)
    document_ids = fields.Many2many(
        "qualiopi.audit.document", string="Documents Seen", compute="_compute_noted"
    )
    request_ids = fields.Many2many(
        "qualiopi.audit.request", string="Requests", compute="_compute_noted"
    )
    interview_ids = fields.Many2many(
        "qualiopi.audit.interview", string="Interviews", compute="_compute_noted"
    )
    observation_ids = fields.Many2many(
        "qualiopi.audit.observation", string="Observations", compute="_compute_noted"
    )

    @api.depends_context("lang")
    @api.depends("line_id.statement", "indicator_id", "audit_id.framework_id")
    def _compute_statement(self):
        for item in self:
            requirements = item.audit_id.framework_id.requirement_ids.filtered(
                lambda row, item=item: row.indicator_id == item.indicator_id
            )
            item.statement = item.line_id.statement or requirements[:1].statement

    @api.depends("audit_id.state", "audit_id.date_begin", "frozen_evidence_ids")
    def _compute_evidence_ids(self):
        Evidence = self.env["qualiopi.evidence"]
        for item in self:
            if item.audit_id.state == "closed":
                item.evidence_ids = item.frozen_evidence_ids
                item.evidence_count = item.frozen_evidence_count
            else:
                domain = item._evidence_domain()
                few = Domain("scope", "not in", MANY)
                item.evidence_ids = Evidence.search(domain & few)
                item.evidence_count = Evidence.search_count(domain)

    def _evidence_domain(self):
        """:return: documents on this indicator that hold on the day of the audit"""
        self.ensure_one()
        audit = self.audit_id
        day = audit.date_end or audit.date_begin
        known = Domain.TRUE
        if audit.closed_at:
            # what was validated after the closing meeting was not at hand
            known = Domain("validated_on", "<=", today_in_paris(audit.closed_at))
        return (
            known
            & Domain("company_id", "=", audit.company_id.id)
            & Domain("indicator_ids", "in", self.indicator_id.ids)
            & Domain("state", "=", "validated")
            & Domain("effective_on", "<=", day)
            & (Domain("valid_until", "=", False) | Domain("valid_until", ">=", day))
            & (Domain("superseded_on", "=", False) | Domain("superseded_on", ">", day))
        )

    @api.depends(
        "audit_id.document_ids.indicator_ids",
        "audit_id.request_ids.indicator_ids",
        "audit_id.interview_ids.indicator_ids",
        "audit_id.observation_ids.indicator_ids",
    )
    def _compute_noted(self):
        names = ("document_ids", "request_ids", "interview_ids", "observation_ids")
        for item in self:
            for name in names:
                item[name] = item.audit_id[name].filtered(
                    lambda row, item=item: item.indicator_id in row.indicator_ids
                )

    def _freeze(self):
        """Keep the documents that were at hand on the day."""
        for item in self:
            # sudo: qualiopi.audit.item - written by the closing meeting alone
            item.sudo().write(
                {
                    "frozen_evidence_count": item.evidence_count,
                    "frozen_evidence_ids": [Command.set(item.evidence_ids.ids)],
                }
            )

    def action_open_evidence(self):
        """Open all documents on this indicator that hold on the day of the audit."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "qualiopi.evidence",
            "views": [(False, "list"), (False, "form")],
            "domain": list(self._evidence_domain()),
            "context": {"default_indicator_ids": self.indicator_id.ids},
        }
