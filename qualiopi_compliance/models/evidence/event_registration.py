from odoo import models


class EventRegistration(models.Model):
    """Documents of a learner's file."""

    _name = "event.registration"
    _inherit = ["event.registration", "qualiopi.evidence.holder"]
