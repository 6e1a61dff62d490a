from odoo import api, models
from odoo.exceptions import UserError


class EventRegistration(models.Model):
    """Learner files that an audit looked at are kept."""

    _inherit = "event.registration"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_qualiopi_sample(self):
        # sudo: qualiopi.audit.sample.file - whether the reader sees the audit or not
        drawn = (
            self.env["qualiopi.audit.sample.file"]
            .sudo()
            .search([("registration_id", "in", self.ids)], limit=1)
        )
        if drawn:
            raise UserError(
                self.env._(
                    "The learner file of %(name)s was drawn for an audit: it is part "
                    "of the company's history. Cancel or archive the registration "
                    "instead of deleting it.",
                    name=drawn.registration_id.display_name,
                )
            )
