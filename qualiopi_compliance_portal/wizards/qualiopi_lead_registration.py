from odoo import models


class QualiopiLeadRegistration(models.TransientModel):
    """What a request says of an adjustment goes to the file of the only learner.

    With several learners nobody knows whose it is: it stays with the request.
    """

    _inherit = "qualiopi.lead.registration"

    def _create_requests(self, event):
        registrations = super()._create_requests(event)
        # sudo: crm.lead - handed over to the disability referent by whoever registers
        lead = self.lead_id.sudo()
        alone = lead.qualiopi_learner_count == 1 and len(registrations) == 1
        if lead.qualiopi_adjustment_note and alone:
            consent = lead.qualiopi_adjustment_consent_on
            # sudo: event.registration - as above
            registrations.sudo().write(
                {
                    "qualiopi_adjustment_note": lead.qualiopi_adjustment_note,
                    "qualiopi_adjustment_consent_on": consent,
                }
            )
        return registrations
