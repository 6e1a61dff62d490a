from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .scopes import SCOPES


class QualiopiDocumentType(models.Model):
    """A kind of document that proves something: lease, agreement, lesson plan…

    Those shipped come from the evidence that the reading guide names; a company adds
    its own. They say what the document is about and how long it is good for.
    """

    _name = "qualiopi.document.type"
    _description = "Type of document"
    _order = "scope, sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="How this type is known to the addon.")
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
        help="Empty: shipped, the same for all companies.",
    )
    scope = fields.Selection(SCOPES, "About", required=True, default="company")
    indicator_ids = fields.Many2many(
        "qualiopi.indicator",
        "qualiopi_document_type_indicator_rel",
        "type_id",
        "indicator_id",
        "Indicators",
        help="That such a document helps to prove.",
    )
    validity_months = fields.Integer(
        "Good For (Months)",
        aggregator=None,
        help="From its date; 0 when it does not run out.",
    )
    help = fields.Text("What It Shows", translate=True)
    evidence_ids = fields.One2many("qualiopi.evidence", "type_id", "Documents")
    evidence_count = fields.Integer(
        "Number of Documents", compute="_compute_evidence_count"
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "There is a type of document with this code already."
    )
    _validity_positive = models.Constraint(
        "CHECK(validity_months >= 0)",
        "A document is good for a number of months, or 0 when it does not run out.",
    )

    @api.depends("evidence_ids")
    def _compute_evidence_count(self):
        counts = dict(
            self.env["qualiopi.evidence"]._read_group(
                [("type_id", "in", self.ids)], ["type_id"], ["__count"]
            )
        )
        for kind in self:
            kind.evidence_count = counts.get(kind, 0)

    def copy_data(self, default=None):
        """The copy of a type that is shipped is the company's own."""
        named = "name" in (default or {})
        copies = super().copy_data(default)
        for kind, vals in zip(self, copies, strict=True):
            vals["company_id"] = self.env.company.id
            if not named:
                vals["name"] = self.env._("%(name)s (copy)", name=kind.name)
        return copies

    def write(self, vals):
        self._check_own()
        if "scope" in vals:
            self._check_scope_kept(vals["scope"])
        return super().write(vals)

    def _check_own(self):
        """:raise AccessError: for the types that all companies share"""
        shipped = self.filtered(lambda kind: not kind.company_id)
        if shipped and not self.env.su:
            raise AccessError(
                self.env._(
                    "“%(name)s” is the same for all companies and changes with updates "
                    "only. Duplicate it, and change the copy.",
                    name=shipped[0].name,
                )
            )

    def _check_scope_kept(self, scope):
        for kind in self:
            if kind.scope != scope and kind._is_used():
                raise UserError(
                    self.env._(
                        "There are documents of the type “%(name)s”: what they are "
                        "about cannot change. Make another type.",
                        name=kind.name,
                    )
                )

    def _is_used(self):
        # sudo: qualiopi.evidence - used whoever sees it
        kind = self.sudo().with_context(active_test=False)
        return bool(kind.evidence_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_own()
        for kind in self:
            if kind._is_used():
                raise UserError(
                    self.env._(
                        "There are documents of the type “%(name)s”: archive it "
                        "instead.",
                        name=kind.name,
                    )
                )

    def action_open_documents(self):
        """Open the documents of this type."""
        self.ensure_one()
        self.check_access("read")
        return self.env["qualiopi.evidence"]._list_action(
            [("type_id", "=", self.id)], {"default_type_id": self.id}
        )
