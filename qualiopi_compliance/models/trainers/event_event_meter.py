from odoo import fields, models


class EventEvent(models.Model):
    """How many people teach a session (indicator 19 since 2026)."""

    _inherit = "event.event"

    qualiopi_teacher_count = fields.Integer(
        "People Teaching",
        compute="_compute_qualiopi_teacher_count",
        groups="base.group_user",
    )

    def _compute_qualiopi_teacher_count(self):
        # sudo: qualiopi.assignment - whoever reads the session may know the number
        counts = dict(
            self.env["qualiopi.assignment"]
            .sudo()
            ._read_group([("event_id", "in", self.ids)], ["event_id"], ["__count"])
        )
        for event in self:
            event.qualiopi_teacher_count = counts.get(event._origin, 0)
