from odoo import api, models
from odoo.tools import html2plaintext


class MailThread(models.AbstractModel):
    """A mail that comes back says so on the survey it was asking to answer."""

    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        result = super()._routing_handle_bounce(email_message, message_dict)
        bounced = message_dict.get("bounced_message")
        if bounced:
            # sudo: qualiopi.survey.invitation - the mail gateway has no rights of ours
            invitations = self.env["qualiopi.survey.invitation"].sudo()
            reason = html2plaintext(message_dict.get("body") or "").strip()
            invitations.search([("mail_message_ids", "in", bounced.ids)])._fail(
                self.env._("The mail came back: %(reason)s", reason=reason[:200] or "–")
            )
        return result
