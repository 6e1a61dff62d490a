from odoo import api, fields, models
from odoo.exceptions import UserError

# What a document shows on a closed checklist.
SHOWN = {"attachment_ids", "company_id", "name", "url"}


class QualiopiEvidence(models.Model):
    """What a closed checklist showed stays as it was shown, validated or not."""

    _inherit = "qualiopi.evidence"

    closed_line_ids = fields.Many2many(
        "qualiopi.checklist.line",
        "qualiopi_checklist_line_evidence_rel",
        "evidence_id",
        "line_id",
        "On Closed Checklists",
        readonly=True,
        copy=False,
    )

    def write(self, vals):
        if SHOWN & vals.keys():
            self._check_not_closed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_not_closed()

    def _check_not_closed(self):
        """:raise UserError: when a closed checklist shows one of these documents"""
        for evidence in self:
            # sudo: qualiopi.checklist.line - history counts whether the reader sees it
            lines = evidence.sudo().with_context(active_test=False).closed_line_ids
            if lines:
                raise UserError(
                    self.env._(
                        "“%(name)s” belongs to “%(checklist)s”, which is closed: it "
                        "can be neither changed nor deleted. File another document.",
                        name=evidence.name,
                        checklist=lines[0].checklist_id.name,
                    )
                )
