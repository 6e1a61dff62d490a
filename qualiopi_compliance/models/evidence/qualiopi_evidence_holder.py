from odoo import api, fields, models
from odoo.fields import Domain

from .scopes import SCOPE_FIELDS, SCOPE_MODELS


class QualiopiEvidenceHolder(models.AbstractModel):
    """A record that documents may be about: how many there are, and which."""

    _name = "qualiopi.evidence.holder"
    _description = "Record with evidence"

    qualiopi_evidence_count = fields.Integer(
        "Documents on File",
        compute="_compute_qualiopi_evidence_count",
        help="As you may read them.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_qualiopi_evidence_count(self):
        Evidence = self.env["qualiopi.evidence"]
        readable = Evidence.has_access("read")
        for record in self:
            domain = record._origin and record._qualiopi_evidence_domain()
            record.qualiopi_evidence_count = (
                Evidence.search_count(domain) if readable and domain else 0
            )

    def _qualiopi_evidence_domain(self):
        """:return: the documents that are shown with this record"""
        self.ensure_one()
        [scope] = [key for key, model in SCOPE_MODELS.items() if model == self._name]
        return Domain("scope", "=", scope) & Domain(
            SCOPE_FIELDS[scope], "=", self._origin.id
        )

    def action_qualiopi_documents(self):
        """Open the documents of this record; a new one is about it."""
        self.ensure_one()
        self.check_access("read")
        Evidence = self.env["qualiopi.evidence"]
        values = Evidence._about_values(self)
        return Evidence._list_action(
            self._qualiopi_evidence_domain(),
            {f"default_{name}": value for name, value in values.items()},
        )
