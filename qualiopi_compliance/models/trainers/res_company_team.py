from odoo import models

from .qualiopi_team_role import CONTACT_FIELDS


class ResCompany(models.Model):
    """When a contact of the company changes, the team's chart follows."""

    _inherit = "res.company"

    def write(self, vals):
        functions = [
            function for function, name in CONTACT_FIELDS.items() if name in vals
        ]
        before = {
            (company, function): company[CONTACT_FIELDS[function]]
            for company in self
            for function in functions
        }
        result = super().write(vals)
        # sudo: qualiopi.team.role - an administrator may have no role of ours
        Role = self.env["qualiopi.team.role"].sudo()
        for (company, function), former in before.items():
            if former and former != company[CONTACT_FIELDS[function]]:
                Role._end_former_contacts(company, function, former)
        return result
