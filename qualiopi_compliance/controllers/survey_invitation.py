from odoo import SUPERUSER_ID, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey


class SurveyInvitation(Survey):
    """The link of an invitation opens its survey, without logging in.

    Its token is not the answer's: the answer is made when the link is opened, and
    once it is given the link only says so.
    """

    @http.route()
    def survey_start(self, survey_token, answer_token=None, email=False, **post):
        # sudo: qualiopi.survey.invitation - whoever holds the link was asked
        invitation = (
            request.env["qualiopi.survey.invitation"]
            .sudo()
            ._of_link(survey_token, answer_token)
        )
        if invitation:
            if invitation.state == "answered":
                return self._render_told(invitation)
            try:
                answer_token = invitation._open_answer().access_token
            except UserError:
                return request.render(
                    "survey.survey_closed_expired", {"survey": invitation.survey_id}
                )
        response = super().survey_start(survey_token, answer_token, email, **post)
        self._leave_unsigned(survey_token, answer_token)
        return response

    @http.route()
    def survey_begin(self, survey_token, answer_token, **post):
        result = super().survey_begin(survey_token, answer_token, **post)
        self._leave_unsigned(survey_token, answer_token)
        return result

    @http.route()
    def survey_submit(self, survey_token, answer_token, **post):
        result = super().survey_submit(survey_token, answer_token, **post)
        self._leave_unsigned(survey_token, answer_token)
        return result

    def _leave_unsigned(self, survey_token, answer_token):
        """Write what is left to write while nobody signs it."""
        _survey, answer = self._fetch_from_access_token(survey_token, answer_token)
        if answer._qualiopi_is_secret():
            answer.env.flush_all()

    def _render_told(self, invitation):
        """:return: the page that thanks who has answered already"""
        codes = invitation.survey_id._get_supported_lang_codes()
        lang = invitation.lang if invitation.lang in codes else request.env.lang
        request.update_context(lang=lang)
        survey = invitation.survey_id.with_context(lang=lang)
        return request.render("qualiopi_compliance.survey_answered", {"survey": survey})

    def _fetch_from_access_token(self, survey_token, answer_token):
        survey, answer = super()._fetch_from_access_token(survey_token, answer_token)
        if answer._qualiopi_is_secret():
            # what is written from now on is signed by nobody
            answer = answer.with_user(SUPERUSER_ID)
        return survey, answer

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        # the link is enough, whatever account its reader is logged in with
        if answer_sudo.qualiopi_purpose and answer_token:
            check_partner = False
        return super()._check_validity(
            survey_sudo, answer_sudo, answer_token, ensure_token, check_partner
        )

    def _prepare_retry_additional_values(self, answer):
        values = super()._prepare_retry_additional_values(answer)
        if answer.qualiopi_purpose:
            names = (
                "qualiopi_registration_id",
                "qualiopi_event_id",
                "qualiopi_program_id",
                "qualiopi_lead_id",
                "qualiopi_company_id",
            )
            values |= {name: answer[name].id for name in names}
        return values
