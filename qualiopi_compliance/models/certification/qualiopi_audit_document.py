from odoo import api, fields, models


class QualiopiAuditDocument(models.Model):
    """A document that the auditor looked at: its name, its date, and whose it is.

    Auditors note these three for each proof. Taken from our evidence where it is one
    of ours; what is written here stays, even where the evidence gets a new version.
    """

    _name = "qualiopi.audit.document"
    _description = "Document seen during an audit"
    _inherit = ["qualiopi.audit.part"]
    _order = "audit_id, seen_at desc, id desc"

    evidence_id = fields.Many2one(
        "qualiopi.evidence",
        "Our Evidence",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('state', '=', 'validated')]",
    )
    name = fields.Char(
        "Document",
        compute="_compute_from_evidence",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date = fields.Date(
        compute="_compute_from_evidence",
        store=True,
        readonly=False,
        precompute=True,
        help="The document's own date.",
    )
    about = fields.Char(
        "About What",
        compute="_compute_from_evidence",
        store=True,
        readonly=False,
        precompute=True,
        help="Session, learner, trainer.",
    )
    initials = fields.Char(
        help="Of whoever made or signed it, as the auditor notes them."
    )
    seen_at = fields.Datetime(required=True, default=fields.Datetime.now)
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_audit_document_indicator_rel",
        "document_id",
        "indicator_id",
        "Indicators",
        compute="_compute_indicator_ids",
        store=True,
        readonly=False,
        ondelete="restrict",
        help="One document may serve several.",
    )
    sample_file_id = fields.Many2one(
        "qualiopi.audit.sample.file",
        "Drawn File",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('audit_id', '=', audit_id)]",
    )
    note = fields.Text("What It Shows")

    @api.depends("evidence_id")
    def _compute_from_evidence(self):
        for row in self:
            evidence = row.evidence_id
            row.name = evidence.name or row.name
            row.date = evidence.effective_on or row.date
            row.about = evidence.about or row.about

    @api.depends("evidence_id")
    def _compute_indicator_ids(self):
        for row in self:
            asked = row.audit_id.item_ids.filtered(lambda item: item.asked != "no")
            served = row.evidence_id.indicator_ids & asked.indicator_id
            row.indicator_ids |= served
