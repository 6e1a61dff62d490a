from odoo import models

# Indicator that wants results published.
RESULTS = 2


class QualiopiPublication(models.Model):
    """Pages that lacked results are read again as soon as there are some."""

    _inherit = "qualiopi.publication"

    def _publish(self):
        result = super()._publish()
        # sudo: qualiopi.page.defect - rewritten by the reading of pages alone
        lacking = self.env["qualiopi.page.defect"].sudo()
        programs = lacking.search(
            [
                ("company_id", "=", self.company_id.id),
                ("indicator_id.number", "=", RESULTS),
            ]
        ).program_id
        programs._read_page(self.env["qualiopi.framework"]._today())
        return result
