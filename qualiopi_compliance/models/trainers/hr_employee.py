from odoo import models


class HrEmployee(models.Model):
    """An employee who teaches has a trainer's file, and takes it along when he goes."""

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if "work_contact_id" in vals or vals.get("active") is False:
            # sudo: qualiopi.trainer - human resources may have no role of ours
            trainers = (
                self.env["qualiopi.trainer"]
                .sudo()
                .search([("employee_id", "in", self.ids)])
            )
            if "work_contact_id" in vals:
                trainers._follow_contact()
            if vals.get("active") is False:
                trainers.filtered(lambda row: row.state != "left").action_leave()
        return result

    def action_qualiopi_promote(self):
        """Open the trainer's file of these employees, made now where there is none."""
        Trainer = self.env["qualiopi.trainer"]
        Trainer.check_access("create")
        trainers = Trainer
        # sudo: hr.employee - quality managers have no rights on human resources
        for employee in self.sudo():
            trainers |= Trainer._promote(employee.work_contact_id, employee)
        return trainers._open()
