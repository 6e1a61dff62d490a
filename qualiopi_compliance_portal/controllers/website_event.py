from odoo import http
from odoo.http import request

from odoo.addons.website_event.controllers.main import WebsiteEventController


class QualiopiEventController(WebsiteEventController):
    """Nobody enrols himself in a session of a programme: he asks for a place.

    An individual needs his need analysed and his contract first (L. 6353-3 to
    L. 6353-6 of the Labour Code). Other events keep what core does.
    """

    @http.route()
    def registration_tickets(self, event, slot_id):
        if event.qualiopi_program_id:
            return self._qualiopi_refusal_modal(event)
        return super().registration_tickets(event, slot_id)

    @http.route()
    def registration_new(self, event, **post):
        if event.qualiopi_program_id:
            return self._qualiopi_refusal_modal(event)
        return super().registration_new(event, **post)

    @http.route()
    def registration_confirm(self, event, **post):
        if event.qualiopi_program_id:
            return request.render(
                "qualiopi_compliance_portal.registration_refused",
                {"offer": event._qualiopi_offer(), "event_name": event.name},
                status=403,
            )
        return super().registration_confirm(event, **post)

    def _create_attendees_from_registration_post(self, event, registration_data):
        # whatever another addon does before: nobody is enrolled, nothing is sold
        if event.qualiopi_program_id:
            return request.env["event.registration"].sudo()
        return super()._create_attendees_from_registration_post(
            event, registration_data
        )

    def _qualiopi_refusal_modal(self, event):
        return request.env["ir.ui.view"]._render_template(
            "qualiopi_compliance_portal.registration_refused_modal",
            {"offer": event._qualiopi_offer()},
        )
