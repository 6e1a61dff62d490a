from odoo import models
from odoo.fields import Domain

from ...rules.audit_calendar import add_months
from .qualiopi_company_category import REMEMBERED_MONTHS

FACTS = {
    "subcontracting": "subcontracting_given",
    "umbrella": "umbrella_employment",
}


class QualiopiCompanyCategory(models.Model):
    """Contracts given tell whether actions are entrusted to others (indicator 27)."""

    _inherit = "qualiopi.company.category"

    def _recorded_facts(self):
        facts = super()._recorded_facts()
        since = add_months(self.env["qualiopi.framework"]._today(), -REMEMBERED_MONTHS)
        # sudo: qualiopi.subcontract - the answer is the same for every reader
        rows = (
            self.env["qualiopi.subcontract"]
            .sudo()
            ._read_group(
                Domain("company_id", "=", self.company_id.id)
                & Domain("direction", "=", "given")
                & Domain("state", "in", ("signed", "ended"))
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", since))
                & (
                    Domain("program_ids", "=", False)
                    | Domain("program_ids.category_id", "=", self.category_id.id)
                ),
                ["subcontractor_id"],
            )
        )
        return facts | {FACTS[firm.kind] for (firm,) in rows}
