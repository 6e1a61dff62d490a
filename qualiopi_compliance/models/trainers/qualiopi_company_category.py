from odoo import models

from ...rules.audit_calendar import add_months

# The years of a certificate: what nobody did for so long is no longer done.
REMEMBERED_MONTHS = 36


class QualiopiCompanyCategory(models.Model):
    """Who taught tells whether actions are entrusted to others (indicator 27)."""

    _inherit = "qualiopi.company.category"

    def _recorded_facts(self):
        facts = super()._recorded_facts()
        since = add_months(self.env["qualiopi.framework"]._today(), -REMEMBERED_MONTHS)
        # sudo: qualiopi.assignment - the answer is the same for every reader
        kinds = {
            kind
            for (kind,) in self.env["qualiopi.assignment"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("program_id.category_id", "=", self.category_id.id),
                    ("event_end", ">=", since),
                    ("event_id.kanban_state", "!=", "cancel"),
                    ("kind", "in", ("subcontractor", "umbrella")),
                ],
                ["kind"],
            )
        }
        names = {
            "subcontractor": "subcontracting_given",
            "umbrella": "umbrella_employment",
        }
        return facts | {names[kind] for kind in kinds}
