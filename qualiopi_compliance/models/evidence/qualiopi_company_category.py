from odoo import api, models


class QualiopiCompanyCategory(models.Model):
    """A changed fact changes which indicators apply: the checklist follows."""

    _inherit = "qualiopi.company.category"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.company_id._qualiopi_refresh_checklists()
        return records

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        (companies | self.company_id)._qualiopi_refresh_checklists()
        return result

    def unlink(self):
        companies = self.company_id
        result = super().unlink()
        companies._qualiopi_refresh_checklists()
        return result
