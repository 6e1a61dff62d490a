from odoo import fields, models


class QualiopiFollowUp(models.Model):
    """Something done to keep a learner on track, on a day.

    Calls, reminders after an absence, interviews, adaptations made, help with a
    distance module: the proof of indicators 10, 12 and 19.
    """

    _name = "qualiopi.follow.up"
    _description = "Follow-up of a learner"
    _order = "date desc, id desc"

    registration_id = fields.Many2one(
        "event.registration", "Learner", required=True, index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        related="registration_id.event_id", string="Session", store=True, index=True
    )
    company_id = fields.Many2one(related="registration_id.company_id", store=True)
    date = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    kind = fields.Selection(
        [
            ("call", "Call or message"),
            ("reminder", "Reminder after an absence"),
            ("interview", "Interview"),
            ("adaptation", "Adaptation made"),
            ("redirect", "Advised something else"),
            ("distance", "Check of a distance module"),
            ("company", "Contact with the company"),
            ("six_months", "Interview six months later"),
        ],
        required=True,
    )
    user_id = fields.Many2one(
        "res.users", "Done By", default=lambda self: self.env.user
    )
    note = fields.Text(required=True)
