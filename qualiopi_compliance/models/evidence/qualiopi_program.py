from odoo import models


class QualiopiProgram(models.Model):
    """A programme validated or retired may change which indicators apply."""

    _inherit = "qualiopi.program"

    def _set_state(self, state, **vals):
        result = super()._set_state(state, **vals)
        self.company_id._qualiopi_refresh_checklists()
        return result
