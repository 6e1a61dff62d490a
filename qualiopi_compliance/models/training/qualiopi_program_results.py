from odoo import models


class QualiopiProgram(models.Model):
    """Results of a programme."""

    _inherit = "qualiopi.program"

    def action_open_results(self):
        """Open the results of this programme over the last twelve months."""
        self.ensure_one()
        self.check_access("read")
        return self.env["qualiopi.result"]._open(
            {
                "default_company_id": self.company_id.id,
                "default_scope": "program",
                "default_program_ids": self.ids,
            }
        )
