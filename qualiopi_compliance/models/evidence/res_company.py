from odoo import api, models
from odoo.exceptions import UserError

from ...rules.audit_calendar import add_months

# Company facts that the applicability rules read.
RULE_FIELDS = {"qualiopi_rs_certifying", "qualiopi_bpf_state"}


class ResCompany(models.Model):
    """Each company has its living checklist from its first day."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._qualiopi_ensure_living_checklist()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if RULE_FIELDS & vals.keys():
            self._qualiopi_refresh_checklists()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed_checklists(self):
        # sudo: qualiopi.checklist - history counts whether or not the reader sees it
        closed = (
            self.env["qualiopi.checklist"]
            .sudo()
            .with_context(active_test=False)
            .search_count(
                [("company_id", "in", self.ids), ("state", "=", "closed")], limit=1
            )
        )
        if closed:
            raise UserError(
                self.env._(
                    "This company has closed checklists: they are part of its "
                    "certification history. Archive the company instead."
                )
            )

    def _qualiopi_ensure_living_checklist(self):
        """Create the living checklist of the companies that have none yet."""
        # sudo: qualiopi.checklist - it belongs to the company, whoever creates it
        Checklist = self.env["qualiopi.checklist"].sudo()
        covered = Checklist.search(
            [("kind", "=", "living"), ("company_id", "in", self.ids)]
        ).company_id
        Checklist.create(
            [
                {"kind": "living", "company_id": company.id, "user_id": False}
                for company in self - covered
            ]
        )

    def _qualiopi_refresh_checklists(self):
        """Bring the open checklists of these companies up to date."""
        # sudo: qualiopi.checklist - see QualiopiChecklist._refresh
        self.env["qualiopi.checklist"].sudo().search(
            [("company_id", "in", self.ids), ("state", "=", "open")]
        )._refresh()

    def _qualiopi_oldest_valid_review(self):
        """:return: a review made before this day is stale today"""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        return add_months(today, -(self.qualiopi_review_months or 12))
