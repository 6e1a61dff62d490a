from odoo import models


class HrEmployeePublic(models.Model):
    """What quality managers see of employees: enough to make a trainer's file."""

    _inherit = "hr.employee.public"

    def action_qualiopi_promote(self):
        """Open the trainer's file of these employees, made now where there is none."""
        self.check_access("read")
        return self.env["hr.employee"].browse(self.ids).action_qualiopi_promote()
