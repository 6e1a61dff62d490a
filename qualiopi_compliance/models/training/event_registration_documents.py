from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize, remove_accents

# More convocations than that leave in the background.
SENT_AT_ONCE = 20


class EventRegistration(models.Model):
    """The documents printed from a learner's file, and mailed from it."""

    _inherit = "event.registration"

    qualiopi_convocation_message_id = fields.Many2one(
        "mail.message",
        "Proof of Convocation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def action_qualiopi_print_contract(self):
        """Print the contract with an individual or the agreement, whichever it is."""
        agreements = self.filtered(
            lambda row: row.qualiopi_contract_kind == "agreement"
        )
        # contracts say what is wrong with registrations that have no kind
        printed = self.env["ir.attachment"]
        for name, registrations in (
            ("contract", self - agreements),
            ("agreement", agreements),
        ):
            document = self.env[f"report.qualiopi_compliance.training_{name}"]
            printed |= document._print(registrations)
        return printed._qualiopi_download_action()

    def action_qualiopi_print_convocation(self):
        """Print the convocation; it is not sent by that."""
        convocations = self.env["report.qualiopi_compliance.training_convocation"]
        return convocations._print(self)._qualiopi_download_action()

    def action_qualiopi_print_certificate(self):
        """Print the certificate of completion and date it on the file."""
        certificates = self.env["report.qualiopi_compliance.training_certificate"]
        return certificates._print(self)._qualiopi_download_action()

    def action_qualiopi_send_convocations(self):
        """Mail the convocation, and say who has no address to send it to.

        :raise UserError: when nobody has one, or a convocation lacks a content
        """
        reached = self.filtered(lambda row: email_normalize(row.email or ""))
        left_out = self - reached
        names = ", ".join(left_out.mapped("display_name"))
        if not reached:
            raise UserError(
                self.env._(
                    "No convocation was sent: %(learners)s have no valid e-mail "
                    "address. Enter it on the learner's file.",
                    learners=names,
                )
            )
        reached._qualiopi_send_convocations()
        if not left_out:
            return self._qualiopi_notify(
                self.env._("Convocations"),
                self.env._(
                    "Convocations on their way: %(count)s. Each learner's file is "
                    "dated once its mail has left.",
                    count=len(reached),
                ),
                "success",
            )
        return self._qualiopi_notify(
            self.env._("Convocations"),
            self.env._(
                "Convocations on their way: %(count)s. Not sent, for want of a valid "
                "e-mail address: %(learners)s. Enter it on the learner's file, then "
                "send again.",
                count=len(reached),
                learners=names,
            ),
            "warning",
        )

    def _qualiopi_send_convocations(self):
        """Send each learner the convocation; the message on the file is the proof."""
        template = self.env.ref("qualiopi_compliance.mail_template_convocation")
        document = self.env["report.qualiopi_compliance.training_convocation"]
        printed = document._print(self)
        # sudo: mail.mail - written here for registrations that the user may write
        mails = self.env["mail.mail"].sudo()
        for registration, attachment in zip(self, printed, strict=True):
            mail = mails.browse(
                template.send_mail(
                    registration.id,
                    email_values={
                        "attachment_ids": [Command.link(attachment.id)],
                        # the message stays on the file when the mail is gone
                        "is_notification": True,
                    },
                )
            )
            registration.qualiopi_convocation_message_id = mail.mail_message_id
            mails |= mail
        if len(mails) > SENT_AT_ONCE:
            # sudo: ir.cron - only wakes it up
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        else:
            mails.send_after_commit()

    def _qualiopi_convocation_done(self, sent, reason):
        """Date the convocations whose mail has left; say on the file which did not.

        :param reason: why it did not, as the mail server says
        """
        if sent:
            self.qualiopi_convocation_on = self.env["qualiopi.framework"]._today()
            return
        for registration in self:
            registration.message_post(
                body=self.env._(
                    "The convocation could not be sent to %(email)s: %(reason)s",
                    email=registration.email,
                    reason=reason,
                )
            )

    def _qualiopi_same_agreement(self):
        """:return: the registrations that stand on the same agreement: same session,
        same client
        """
        self.ensure_one()
        client = self.qualiopi_client_id.commercial_partner_id
        if not client:
            return self
        return self.event_id.registration_ids.filtered(
            lambda row: (
                row.qualiopi_client_id.commercial_partner_id == client
                and row.qualiopi_contract_kind == "agreement"
                and row.state != "cancel"
            )
        )

    def _qualiopi_by_name(self):
        """:return: the same, as people look them up on a list"""
        return self.sorted(lambda row: remove_accents(row.name or "").lower())

    def _qualiopi_notify(self, title, message, kind, action=None):
        """:return: a client action that says ``message``, then goes on"""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                "sticky": kind == "warning",
                "next": action or {"type": "ir.actions.act_window_close"},
            },
        }
