from odoo import fields, models

from .event_event_surveys import READERS


class EventRegistration(models.Model):
    """What the learner was asked, and what he answered under his name."""

    _inherit = "event.registration"

    qualiopi_invitation_ids = fields.One2many(
        "qualiopi.survey.invitation",
        "registration_id",
        "Surveys",
        copy=False,
        groups=READERS,
    )
    qualiopi_answer_count = fields.Integer(
        "Answers",
        compute="_compute_qualiopi_answer_count",
        groups="survey.group_survey_user,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )

    def _compute_qualiopi_answer_count(self):
        counts = dict(
            self.env["survey.user_input"]._read_group(
                self._qualiopi_answer_domain(),
                ["qualiopi_registration_id"],
                ["__count"],
            )
        )
        for registration in self:
            registration.qualiopi_answer_count = counts.get(registration._origin, 0)

    def _qualiopi_answer_domain(self):
        """:return: domain of the answers of these files"""
        return [
            ("qualiopi_registration_id", "in", self.ids),
            ("state", "=", "done"),
            ("test_entry", "=", False),
        ]

    def action_qualiopi_answers(self):
        """Open what the learner answered; anonymous answers are not among them."""
        self.ensure_one()
        self.check_access("read")
        return self.event_id._qualiopi_answer_action(self._qualiopi_answer_domain())
