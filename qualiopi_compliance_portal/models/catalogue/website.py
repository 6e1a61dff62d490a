from odoo import models


class Website(models.Model):
    """The catalogue among what a website can lead to and search."""

    _inherit = "website"

    def get_suggested_controllers(self):
        url = self.env["ir.http"]._url_for("/formations")
        return [
            *super().get_suggested_controllers(),
            (self.env._("Programmes"), url, "qualiopi_compliance_portal"),
        ]

    def _search_get_details(self, search_type, order, options):
        result = super()._search_get_details(search_type, order, options)
        if search_type in ("qualiopi_programs", "all"):
            programs = self.env["qualiopi.program"]
            result.append(programs._search_get_detail(self, order, options))
        return result
