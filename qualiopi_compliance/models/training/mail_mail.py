from odoo import models


class MailMail(models.Model):
    """A convocation counts as sent once its mail has left, not when it is written."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        mails = self.filtered(lambda mail: mail.model == "event.registration")
        if mails:
            # sudo: event.registration - dates the files these mails belong to
            registrations = self.env["event.registration"].sudo()
            convoked = registrations.search(
                [("qualiopi_convocation_message_id", "in", mails.mail_message_id.ids)]
            )
            reason = failure_reason or mails[:1].failure_reason
            failed = failure_type or any(mail.state != "sent" for mail in mails)
            convoked._qualiopi_convocation_done(not failed, reason)
        self._qualiopi_survey_mails(failure_type, failure_reason)
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _qualiopi_survey_mails(self, failure_type, failure_reason):
        """Say on the invitations whose mail did not leave that nobody was reached."""
        # sudo: qualiopi.survey.invitation - the mail queue has no rights of ours
        invitations = self.env["qualiopi.survey.invitation"].sudo()
        found = invitations.search(
            [("mail_message_ids", "in", self.mail_message_id.ids)]
        )
        for mail in self if found else ():
            asked = found.filtered(
                lambda row, mail=mail: mail.mail_message_id in row.mail_message_ids
            )
            if failure_type or mail.state != "sent":
                asked._fail(failure_reason or mail.failure_reason or failure_type)
            else:
                asked._reached()
