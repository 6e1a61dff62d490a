from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    """A contact who teaches has a trainer's file."""

    _inherit = "res.partner"

    def action_qualiopi_promote(self):
        """Open the trainer's file of these contacts, made now where there is none.

        A contact whom human resources know is promoted as that employee.
        """
        Trainer = self.env["qualiopi.trainer"]
        Trainer.check_access("create")
        self.check_access("read")
        # sudo: hr.employee - quality managers have no rights on human resources
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search(
                Domain("work_contact_id", "in", self.ids)
                & Domain("company_id", "=", self.env.company.id)
            )
            .grouped("work_contact_id")
        )
        trainers = Trainer
        for partner in self:
            trainers |= Trainer._promote(partner, employees.get(partner, [None])[0])
        return trainers._open()
