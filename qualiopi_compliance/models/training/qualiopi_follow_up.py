from odoo import api, fields, models
from odoo.exceptions import ValidationError


class QualiopiFollowUp(models.Model):
    """Something done to keep a learner on track, on a day.

    Calls, reminders after an absence, interviews, adaptations made, help with a
    distance module: the proof of indicators 10, 12 and 19.
    """

    _name = "qualiopi.follow.up"
    _description = "Follow-up of a learner"
    _order = "date desc, id desc"

    registration_id = fields.Many2one(
        "event.registration", "Learner", index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        related="registration_id.event_id", string="Session", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
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

    @api.depends("registration_id.company_id")
    def _compute_company_id(self):
        for follow_up in self:
            follow_up.company_id = follow_up.registration_id.company_id

    def _files(self):
        """:return: the learner files it is about, of any model: there must be one"""
        self.ensure_one()
        return list(self.registration_id)

    # the kind is always given: the file may be left out
    @api.constrains("registration_id", "kind")
    def _check_file(self):
        for follow_up in self:
            if len(follow_up._files()) != 1:
                raise ValidationError(
                    self.env._(
                        "A follow-up is about one learner: add it in his file, on the "
                        "page “During”."
                    )
                )
