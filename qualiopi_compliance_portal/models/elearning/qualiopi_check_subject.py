from odoo import api, fields, models


class QualiopiCheckSubject(models.Model):
    """A course attendee is one more kind of record that checks look at."""

    _inherit = "qualiopi.check.subject"

    scope = fields.Selection(selection_add=[("member", "Course attendee")])
    member_id = fields.Many2one(
        "slide.channel.partner", "Course Attendee", readonly=True
    )

    @api.model
    def _link_fields(self):
        return (*super()._link_fields(), "member_id")

    @api.model
    def _own_forms(self):
        return super()._own_forms() | {
            "slide.channel.partner": (
                "qualiopi_compliance_portal.slide_channel_partner_view_form_qualiopi"
            )
        }
