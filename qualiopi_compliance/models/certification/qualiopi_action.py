from odoo import api, fields, models


class QualiopiAction(models.Model):
    """Actions that put non-conformities right, or that an audit led to."""

    _inherit = "qualiopi.action"

    origin = fields.Selection(
        selection_add=[
            ("nonconformity", "Non-conformity"),
            ("audit", "Audit"),
            ("framework", "Change of framework"),
        ],
        ondelete={
            "nonconformity": "set default",
            "audit": "set default",
            "framework": "set default",
        },
    )
    nonconformity_id = fields.Many2one(
        "qualiopi.nonconformity",
        "Non-Conformity",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    may_open_nonconformity = fields.Boolean(compute="_compute_may_open")
    audit_id = fields.Many2one(
        "qualiopi.audit",
        "Audit",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    framework_id = fields.Many2one(
        "qualiopi.framework",
        "Framework",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose changes it follows.",
    )

    @api.depends("nonconformity_id")
    def _compute_may_open(self):
        result = super()._compute_may_open()
        for action in self:
            row = action.nonconformity_id
            action.may_open_nonconformity = row.has_access("read")
        return result

    @api.depends("nonconformity_id")
    def _compute_indicator_ids(self):
        result = super()._compute_indicator_ids()
        for action in self:
            action.indicator_ids |= action.nonconformity_id.indicator_id
        return result
