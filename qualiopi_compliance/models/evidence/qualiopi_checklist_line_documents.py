from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain

# What a line lists one by one. Documents of sessions and learners come by the hundred:
# checks count them, and they open as a list.
LISTED_SCOPES = ("company", "site", "program", "trainer", "subcontractor")


class QualiopiChecklistLine(models.Model):
    """The documents that serve an indicator, beside what is concluded on it.

    An open line shows those that hold or wait, as the reader may read them; a closed
    one those that it showed when it was closed.
    """

    _inherit = "qualiopi.checklist.line"

    frozen_evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        "qualiopi_checklist_line_evidence_rel",
        "line_id",
        "evidence_id",
        "Documents When Closed",
        readonly=True,
        copy=False,
        context={"active_test": False},
    )
    evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        string="Documents",
        compute="_compute_evidence_ids",
        context={"active_test": False},
    )
    evidence_count = fields.Integer(
        "Documents on File",
        compute="_compute_evidence_count",
        help="For this indicator, those of sessions and learners included.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("checklist_id.state", "frozen_evidence_ids", "indicator_id")
    def _compute_evidence_ids(self):
        closed = self.filtered(lambda line: line.checklist_id.state == "closed")
        for line in closed:
            line.evidence_ids = line.frozen_evidence_ids._filtered_access("read")
        for company, lines in (self - closed).grouped("company_id").items():
            found = self.env["qualiopi.evidence"].search(
                lines._documents_domain(company) & Domain("scope", "in", LISTED_SCOPES)
            )
            for line in lines:
                line.evidence_ids = found.filtered(
                    lambda row, line=line: line.indicator_id in row.indicator_ids
                )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("checklist_id.state", "indicator_id")
    def _compute_evidence_count(self):
        for line in self:
            line.evidence_count = self.env["qualiopi.evidence"].search_count(
                line._documents_domain(line.company_id)
            )

    def _documents_domain(self, company):
        """:return: documents for these indicators that hold, or wait to"""
        today = self.env["qualiopi.framework"]._today()
        return (
            Domain("company_id", "=", company.id)
            & Domain("indicator_ids", "in", self.indicator_id.ids)
            & Domain("state", "!=", "rejected")
            & Domain("signature_awaited", "=", False)
            & (
                Domain("superseded_on", "=", False)
                | Domain("superseded_on", ">", today)
            )
        )

    def _freeze_documents(self):
        """Keep what the lines show: what was handed over, validated or not yet."""
        for line in self.filtered(lambda line: line.checklist_id.state == "open"):
            line.frozen_evidence_ids = [Command.set(line.evidence_ids.ids)]

    def _check_takes_documents(self):
        """:raise AccessError: for who is not in charge of the line
        :raise UserError: when its checklist is closed
        """
        self.ensure_one()
        self.checklist_id._check_open()
        if not self.may_edit:
            raise AccessError(
                self.env._(
                    "Documents are added to an indicator by who is in charge of it. "
                    "Ask a quality manager to put you in charge, or file it under "
                    "Evidence, Documents."
                )
            )

    def action_open_documents(self):
        """Open the documents for this indicator, those of learners included."""
        self.ensure_one()
        self.check_access("read")
        Evidence = self.env["qualiopi.evidence"]
        if self.checklist_id.state == "closed":
            return Evidence._list_action(
                [("id", "in", self.evidence_ids.ids)],
                {"active_test": False, "create": False},
            )
        return Evidence._list_action(
            self._documents_domain(self.company_id),
            {
                "default_scope": "company",
                "default_company_id": self.company_id.id,
                "default_indicator_ids": self.indicator_id.ids,
            },
        )
