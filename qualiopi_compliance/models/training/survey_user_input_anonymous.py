from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ...rules.rates import KEPT_BACK


class SurveyUserInput(models.Model):
    """An anonymous answer forgets who gave it, before anybody is told of it.

    It keeps the session, the programme and the company. Who has answered is known
    from the invitation, which forgets the answer and the hour.
    """

    _inherit = "survey.user_input"

    qualiopi_session = fields.Char(
        "Session Shown",
        compute="_compute_qualiopi_session",
        compute_sudo=True,
        help="Not shown where so few answered anonymously that it would tell who.",
    )

    @api.depends("qualiopi_event_id.name", "survey_id.qualiopi_anonymous", "state")
    def _compute_qualiopi_session(self):
        telling = self._qualiopi_telling(self.qualiopi_event_id)
        for answer in self:
            event = answer.qualiopi_event_id
            hidden = (answer.survey_id, event) in telling
            answer.qualiopi_session = False if hidden else event.name

    @api.model
    def _qualiopi_telling(self, events):
        """:return: anonymous surveys and sessions where so few answered that the
        session tells who did
        :rtype: set[tuple]
        """
        # sudo: survey.user_input - how many answered, by whoever it was
        groups = self.sudo()._read_group(
            [
                ("qualiopi_event_id", "in", events.ids),
                ("survey_id.qualiopi_anonymous", "=", True),
                *self._qualiopi_evidence_domain(),
            ],
            ["survey_id", "qualiopi_event_id"],
            ["__count"],
            having=[("__count", "<", KEPT_BACK)],
        )
        return {(survey, event) for survey, event, _count in groups}

    def _qualiopi_forget(self):
        """Nothing leads from these answers back to who gave them."""
        answers = self.filtered("survey_id.qualiopi_anonymous")
        if not answers:
            return
        answers.write(
            {
                "qualiopi_registration_id": False,
                "qualiopi_lead_id": False,
                "partner_id": False,
                "email": False,
                "nickname": False,
            }
        )
        answers.message_ids.unlink()
        answers.message_follower_ids.unlink()

    def _qualiopi_forget_authors(self):
        """Who is logged in while he answers signs the rows he writes: not these."""
        answers = self.filtered("survey_id.qualiopi_anonymous")
        if not answers:
            return
        self.env.flush_all()
        for records in (answers, answers.user_input_line_ids):
            if records:
                self.env.execute_query(
                    SQL(
                        "UPDATE %s SET create_uid = %s, write_uid = %s "
                        "WHERE id IN %s RETURNING id",
                        SQL.identifier(records._table),
                        SUPERUSER_ID,
                        SUPERUSER_ID,
                        tuple(records.ids),
                    )
                )
                records.invalidate_recordset(["create_uid", "write_uid"])

    def _qualiopi_is_secret(self):
        """:return: whether nobody may know who gives this answer"""
        return bool(
            self
            and self.survey_id.qualiopi_purpose
            and self.survey_id.qualiopi_anonymous
            and not self.test_entry
        )

    def _notify_new_participation_subscribers(self):
        """Those who follow a survey learn that somebody answered, not who."""
        secret = self.filtered(lambda row: row._qualiopi_is_secret())
        super(SurveyUserInput, self - secret)._notify_new_participation_subscribers()
        return super(
            SurveyUserInput, secret.with_user(SUPERUSER_ID)
        )._notify_new_participation_subscribers()
