from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.audit_scope import SCOPE_REASONS

DECISIONS = [
    ("undecided", "To be decided"),
    ("seen", "Nothing to report"),
    ("finding", "Finding"),
    ("not_looked", "Not looked at"),
]


class QualiopiAuditItem(models.Model):
    """One indicator of an audit: why it is looked at, what was seen.

    Listed with the audit, from its scope; brought up to date until the opening
    meeting; decided by the closing meeting, which keeps what the checklist said of it
    and the documents that served it.
    """

    _name = "qualiopi.audit.item"
    _description = "Indicator of an audit"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, number"
    _rec_names_search = ["indicator_id"]

    line_id = fields.Many2one(
        "qualiopi.checklist.line",
        "Checklist Line",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    indicator_id = fields.Many2one(
        "qualiopi.indicator",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(related="indicator_id.number", store=True, aggregator=False)
    criterion_id = fields.Many2one(related="indicator_id.criterion_id", store=True)
    asked = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("unsettled", "To be asked")],
        "Looked At",
        required=True,
        default="yes",
        help="Whether the scope of this audit covers it. “To be asked”: settle it with "
        "the certifier.",
    )
    chosen = fields.Boolean(
        "Chosen by Hand",
        readonly=True,
        help="The auditor or the company decided otherwise than the rule: this stays "
        "when the scope is worked out again.",
    )
    reasons = fields.Json(readonly=True)
    reason_text = fields.Text("Why Looked At", compute="_compute_reason_text")
    gravity = fields.Selection(related="line_id.gravity")
    decision = fields.Selection(
        DECISIONS, required=True, default="undecided", copy=False, index=True
    )
    decided_at = fields.Datetime(readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    note = fields.Text("What Was Seen and Said", copy=False)
    finding_ids = fields.One2many("qualiopi.finding", "item_id", "Findings")

    _once = models.Constraint(
        "UNIQUE(audit_id, indicator_id)", "This indicator is listed already."
    )

    @api.depends_context("lang")
    @api.depends("indicator_id")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.indicator_id.display_name

    @api.depends_context("lang")
    @api.depends("reasons")
    def _compute_reason_text(self):
        words = self.env["qualiopi.reason"]
        for item in self:
            item.reason_text = "\n".join(words._say_stored(item.reasons, SCOPE_REASONS))

    def write(self, vals):
        if "asked" in vals and "reasons" not in vals:
            vals = {"chosen": True, **vals}
        if "decision" in vals:
            self._check_decision(vals["decision"])
            vals = vals | self._decided_values(vals["decision"])
        return super().write(vals)

    def _take_scope(self, values):
        """Write down what the rule says; what was chosen by hand stays.

        :param values: of ``asked``, ``reasons`` and ``line_id``
        """
        self.ensure_one()
        if self.chosen:
            values = {**values, "asked": self.asked}
        known = {
            name: self._convert_to_write({name: self[name]})[name] for name in values
        }
        if known != values:
            self.write(values)

    @api.model
    def _decided_values(self, decision):
        """:return: who decided, and when"""
        decided = decision != "undecided"
        return {
            "decided_at": decided and fields.Datetime.now(),
            "decided_by_id": decided and self.env.uid,
        }

    def _check_decision(self, decision):
        """:raise UserError: when there is a finding that says otherwise, or the audit
        has not begun
        """
        for item in self:
            if decision in ("seen", "not_looked") and item.finding_ids:
                raise UserError(
                    self.env._(
                        "Indicator %(number)s has a finding: delete the finding first "
                        "if there is nothing to report after all.",
                        number=item.number,
                    )
                )
            if decision != "undecided" and item.audit_id.state == "planned":
                raise UserError(
                    self.env._(
                        "“%(name)s” has not begun: open it first. Indicators are "
                        "decided on during the audit.",
                        name=item.audit_id.display_name,
                    )
                )

    def _undecided(self):
        """:return: those on which nothing is decided, or a finding that nobody wrote"""
        return self.filtered(
            lambda item: (
                item.asked != "no"
                and (
                    item.decision == "undecided"
                    or (item.decision == "finding" and not item.finding_ids)
                )
            )
        )

    def _decide(self, decision):
        self.check_access("write")
        self.write({"decision": decision})
        return True

    def action_seen(self):
        """Note that there is nothing to report."""
        return self._decide("seen")

    def action_not_looked(self):
        """Note that the auditor did not look at it."""
        return self._decide("not_looked")

    def action_undecided(self):
        """Take the decision back."""
        return self._decide("undecided")

    def action_add_finding(self):
        """Write a finding on this indicator."""
        return self._new_part(
            "qualiopi.finding",
            self.env._("Finding"),
            default_indicator_id=self.indicator_id.id,
        )

    def action_add_document(self):
        """Note a document that the auditor looked at."""
        return self._new_part("qualiopi.audit.document", self.env._("Document Seen"))

    def action_add_request(self):
        """Note what the auditor asks for."""
        return self._new_part("qualiopi.audit.request", self.env._("Request"))

    def action_add_interview(self):
        """Note what somebody said."""
        return self._new_part("qualiopi.audit.interview", self.env._("Interview"))

    def action_add_observation(self):
        """Note what was seen on site."""
        return self._new_part("qualiopi.audit.observation", self.env._("Observation"))

    def _new_part(self, model, title, **context):
        """:return: the form of a new part of this audit about this indicator"""
        self.ensure_one()
        self.check_access("write")
        self._check_audit_open()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_audit_id": self.audit_id.id,
                "default_indicator_ids": self.indicator_id.ids,
                **context,
            },
        }

    def action_open_gaps(self):
        """Open what our own checks miss on this indicator."""
        self.ensure_one()
        self.check_access("read")
        checks = self.env["qualiopi.check"].search(
            [("indicator_ids", "in", self.indicator_id.ids)]
        )
        domain = Domain("satisfied", "=", False)
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "qualiopi.check.subject",
            "views": [(False, "list")],
            "domain": list(domain & Domain("company_id", "=", self.company_id.id)),
            "context": {
                "allowed_company_ids": self.company_id.ids,
                "qualiopi_checks": checks.ids,
                "create": False,
            },
        }

    def action_open_line(self):
        """Open the indicator on the checklist of the day."""
        self.ensure_one()
        self.check_access("read")
        return self.line_id.get_formview_action()
