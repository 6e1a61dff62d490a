from odoo import api, models


class ResCompany(models.Model):
    """The cycle of the demonstration company, sixteen months after its certificate."""

    _inherit = "res.company"

    @api.model
    def _qualiopi_plant_cycle(self, xmlid, company, manager, contributor, auditor):
        """Make the cycle of a company, unless it was made before.

        :param xmlid: by which the cycle is known from then on
        :param company: its id
        :param manager: id of the user who is its quality manager; the two others
            likewise
        """
        if self.env.ref(xmlid, raise_if_not_found=False):
            return
        # only demonstrations need it
        from ...planted_cycle import plant_cycle

        users = self.env["res.users"]
        cycle = plant_cycle(
            self.env,
            self.browse(company),
            *(users.browse(number) for number in (manager, contributor, auditor)),
        )
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": xmlid, "record": cycle, "noupdate": True}]
        )
