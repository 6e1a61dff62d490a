from odoo import api, fields, models
from odoo.tools.misc import format_date

from .event_registration import ENROLLED
from .qualiopi_survey_invitation import ABOUT_THE_START

READERS = (
    "event.group_event_registration_desk,"
    "qualiopi_compliance.group_qualiopi_internal_auditor"
)


class EventEvent(models.Model):
    """Who is asked about a session, and what came back."""

    _inherit = "event.event"

    qualiopi_invitation_ids = fields.One2many(
        "qualiopi.survey.invitation",
        "event_id",
        "Survey Invitations",
        copy=False,
        groups=READERS,
    )
    qualiopi_asked_count = fields.Integer(
        "People Asked", compute="_compute_qualiopi_feedback", groups=READERS
    )
    qualiopi_answered_count = fields.Integer(
        "People Who Answered", compute="_compute_qualiopi_feedback", groups=READERS
    )

    def _compute_qualiopi_feedback(self):
        counts = {}
        for event, state, count in self.env["qualiopi.survey.invitation"]._read_group(
            [("event_id", "in", self.ids)], ["event_id", "state"], ["__count"]
        ):
            counts[event.id, state] = count
        for event in self:
            asked = {
                state: number
                for (identity, state), number in counts.items()
                if identity == event._origin.id
            }
            event.qualiopi_asked_count = sum(asked.values())
            event.qualiopi_answered_count = asked.get("answered", 0) + asked.get(
                "heard", 0
            )

    def _qualiopi_teaching_team(self):
        """:return: contacts of those who taught; the trainers' room knows them all"""
        self.ensure_one()
        return self.qualiopi_referent_id

    def _qualiopi_clients(self):
        """:return: the client companies of the learners who came, each once"""
        self.ensure_one()
        learners = self.registration_ids.filtered(lambda row: row.state in ENROLLED)
        return learners.qualiopi_client_id

    def _qualiopi_asked_day(self, purpose):
        """:return: the day of the session that a survey is about"""
        self.ensure_one()
        first, last = self._qualiopi_days()
        return first if purpose in ABOUT_THE_START else last

    def _qualiopi_warnings(self):
        return [*super()._qualiopi_warnings(), *self._qualiopi_moved_warnings()]

    def _qualiopi_moved_warnings(self):
        """:return: surveys that left for dates the session no longer has"""
        if not self.qualiopi_program_id or not self._origin.id:
            return []
        # sudo: qualiopi.survey.invitation - only that they left, for who plans
        groups = (
            self.env["qualiopi.survey.invitation"]
            .sudo()
            ._read_group(
                [
                    ("event_id", "=", self._origin.id),
                    ("event_day", "!=", False),
                    ("sent_on", "!=", False),
                ],
                ["survey_id", "purpose", "event_day:day"],
                ["sent_on:min", "__count"],
            )
        )
        return [
            self.env._(
                "“%(survey)s” had left on %(sent)s (invitations: %(count)s) for a "
                "session that was to be on %(before)s and has moved to %(now)s. "
                "Nobody is reminded before that day.",
                survey=survey.title,
                sent=format_date(self.env, sent),
                count=count,
                before=format_date(self.env, day),
                now=format_date(self.env, self._qualiopi_asked_day(purpose)),
            )
            for survey, purpose, day, sent, count in groups
            if day != self._qualiopi_asked_day(purpose)
        ]

    def action_qualiopi_invitations(self):
        """Open who was asked about this session, and who has answered."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_survey_invitation_action"
        )
        return action | {
            "domain": [("event_id", "=", self.id)],
            "context": {"search_default_group_survey": 1, "default_event_id": self.id},
        }

    @api.model
    def _qualiopi_answer_action(self, domain):
        """:return: the action that opens the answers given, with the reader's rights"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.survey_user_input_qualiopi_action"
        )
        return action | {"domain": domain, "context": {"create": False}}

    def action_qualiopi_answers(self):
        """Open the answers about this session, except where they would tell who."""
        self.ensure_one()
        self.check_access("read")
        telling = self.env["survey.user_input"]._qualiopi_telling(self)
        return self._qualiopi_answer_action(
            [
                ("qualiopi_event_id", "=", self.id),
                ("survey_id", "not in", [survey.id for survey, _event in telling]),
                ("state", "=", "done"),
                ("test_entry", "=", False),
            ]
        )
