from odoo import api, models


class HrResumeLine(models.Model):
    """The résumé of an employee is the CV of the trainer."""

    _inherit = "hr.resume.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._qualiopi_date_cv()
        return lines

    def write(self, vals):
        result = super().write(vals)
        self._qualiopi_date_cv()
        return result

    def _qualiopi_date_cv(self):
        # sudo: qualiopi.trainer - an employee keeps his résumé, not the file
        trainers = (
            self.env["qualiopi.trainer"]
            .sudo()
            .search([("employee_id", "in", self.employee_id.ids)])
        )
        trainers.cv_on = self.env["qualiopi.framework"]._today()
