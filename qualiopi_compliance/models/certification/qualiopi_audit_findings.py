from odoo import api, fields, models

# Kinds of audits at which the minor ones of the audit before are looked at again: one
# not lifted then becomes major (order of 6 June 2019, art. 5).
NEXT_AUDITS = ("surveillance", "renewal")


class QualiopiAudit(models.Model):
    """What an audit finds, and what the audit before had found."""

    _inherit = "qualiopi.audit"

    finding_count = fields.Integer(
        "Number of Findings", compute="_compute_finding_count"
    )
    nonconformity_count = fields.Integer(
        "Number of Non-Conformities", compute="_compute_finding_count"
    )
    still_open_ids = fields.Many2many(
        "qualiopi.nonconformity",
        string="Minor Ones of the Audit Before, Not Lifted",
        compute="_compute_still_open_ids",
        help="Recorded as lifted or, if this audit found them open, as major.",
    )

    action_ids = fields.One2many("qualiopi.action", "audit_id", "Actions")

    @api.depends("finding_ids", "nonconformity_ids")
    def _compute_finding_count(self):
        for audit in self:
            audit.finding_count = len(audit.finding_ids)
            audit.nonconformity_count = len(audit.nonconformity_ids)

    @api.depends("kind", "state", "date_begin", "previous_id.nonconformity_ids.state")
    def _compute_still_open_ids(self):
        for audit in self:
            audit.still_open_ids = audit._still_open()

    def _still_open(self):
        """:return: minor ones of former audits that this one had to look at again"""
        self.ensure_one()
        nothing = self.env["qualiopi.nonconformity"]
        if self.kind not in NEXT_AUDITS or not self.date_begin:
            return nothing
        return nothing.search(
            [
                ("company_id", "=", self.company_id.id),
                ("gravity", "=", "minor"),
                ("open", "=", True),
                ("audit_id", "!=", self._origin.id),
                ("audit_id.kind", "not in", ("internal", "mock")),
                ("audit_id.date_begin", "<", self.date_begin),
            ]
        )

    def _close(self):
        result = super()._close()
        self._propose_requalifying()
        return result

    def _propose_requalifying(self):
        """Have somebody say of each minor one still open what became of it."""
        left = self._still_open()
        if left:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Lifted or now major?"),
                note=self.env._(
                    "Minor non-conformities of the audit before that are still open: "
                    "%(names)s. Record each as lifted or, if the certifier found it "
                    "open, as major.",
                    names=", ".join(left.mapped("display_name")),
                ),
                user_id=self.user_id.id or self.env.uid,
            )

    def action_open_findings(self):
        """Open the findings of this audit."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_finding_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("audit_id", "=", self.id)],
            "context": {"default_audit_id": self.id},
        }

    def action_open_nonconformities(self):
        """Open the non-conformities of this audit."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_nonconformity_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("audit_id", "=", self.id)],
            "context": {},
        }

    def action_add_finding(self):
        """Write a finding, on an indicator or on another requirement."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Finding"),
            "res_model": "qualiopi.finding",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_audit_id": self.id},
        }

    def action_add_action(self):
        """Write down what somebody does because of this audit."""
        self.ensure_one()
        self.check_access("read")
        self.env["qualiopi.action"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Action"),
            "res_model": "qualiopi.action",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_audit_id": self.id,
                "default_origin": "audit",
                "default_company_id": self.company_id.id,
            },
        }

    def action_print_replies(self):
        """Print one reply sheet for each non-conformity of this audit."""
        self.ensure_one()
        self.check_access("read")
        return self.nonconformity_ids.action_print()
