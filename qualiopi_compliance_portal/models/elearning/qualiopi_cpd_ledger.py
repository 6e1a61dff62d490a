from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.qualiopi_compliance.models.trainers.cpd_ledger_query import STRIDE

from .cpd_course_query import course_rows, without_courses


class QualiopiCpdLedger(models.Model):
    """A course that a trainer finished online counts as continuing development."""

    _inherit = "qualiopi.cpd.ledger"

    source = fields.Selection(selection_add=[("course", "Course finished online")])

    _depends = {
        "slide.channel.partner": [
            "active",
            "channel_id",
            "partner_id",
            "member_status",
            "qualiopi_company_id",
            "qualiopi_completed_on",
        ],
        "slide.channel": ["name", "total_time", "user_id"],
        "hr.resume.line": ["channel_id"],
        "res.users": ["partner_id"],
    }

    @api.model
    def _entries(self, today):
        entries = super()._entries(today)
        return entries | {
            "resume": without_courses(entries["resume"]),
            "course": course_rows(),
        }

    def _source(self):
        self.ensure_one()
        if self.source == "course":
            return self.env["slide.channel.partner"].browse(self.id // STRIDE)
        return super()._source()

    def action_open(self):
        """Open what the row was read from, with the rights of the reader.

        :raise UserError: for who may not read it, saying whom to ask
        """
        self.ensure_one()
        self.check_access("read")
        if self.source != "course":
            return super().action_open()
        if not self._source().has_access("read"):
            raise UserError(
                self.env._(
                    "“%(course)s” was followed online: ask a quality manager to open "
                    "it, or use “Add to It” to say what it changed in practice.",
                    course=self.name,
                )
            )
        view = self.env.ref(
            "qualiopi_compliance_portal.slide_channel_partner_view_form_qualiopi"
        )
        return super().action_open() | {"views": [(view.id, "form")]}
