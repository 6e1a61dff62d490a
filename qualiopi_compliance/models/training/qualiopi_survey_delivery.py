from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize


class QualiopiSurveyInvitation(models.Model):
    """The mails of an invitation: the first one, and its reminders."""

    _inherit = "qualiopi.survey.invitation"

    def _thread(self):
        """:return: the record on which the mail leaves its trace"""
        self.ensure_one()
        return self.registration_id or self.event_id or self.lead_id or self.partner_id

    def _deliver(self, reminder=False):
        """Write the mails of these invitations, which leave with the next queue.

        Who has no valid address, or whose mail cannot be written, is not reached, and
        the reason is kept.
        """
        today = self.env["qualiopi.framework"]._today()
        for row in self:
            if not email_normalize(row.email or ""):
                row._fail(self.env._("No valid e-mail address."))
                continue
            try:
                with self.env.cr.savepoint():
                    row._write_mail(reminder)
            except UserError as error:
                row._fail(str(error))
                continue
            if reminder:
                row.write({"reminded": row.reminded + 1, "reminded_on": today})
            else:
                row.write({"state": "sent", "sent_on": today, "failure": False})
        # sudo: ir.cron - only wakes it up
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _write_mail(self, reminder):
        self.ensure_one()
        name = "survey_reminder" if reminder else "survey_invitation"
        template = self.env.ref(f"qualiopi_compliance.mail_template_{name}")
        thread = self._thread()
        # sudo: mail.template - written for who may not write mails, by the job mostly
        mail_id = template.sudo().send_mail(
            self.id,
            email_values={
                "model": thread._name,
                "res_id": thread.id,
                # the message stays on the file when the mail is gone
                "is_notification": True,
            },
        )
        # sudo: mail.mail - written just now
        message = self.env["mail.mail"].sudo().browse(mail_id).mail_message_id
        # who reads the trace cannot answer in somebody else's name
        message.body = message.body.replace(f"?answer_token={self.token}", "")
        self.mail_message_ids |= message

    def _fail(self, reason):
        """Say why somebody was not reached; what he answered all the same counts."""
        self.filtered(lambda row: row.state != "answered").write(
            {"state": "failed", "failure": reason}
        )

    def _reached(self):
        """The mail left after all."""
        self.filtered(lambda row: row.state == "failed").write(
            {"state": "sent", "failure": False}
        )

    def _ask_again(self):
        """Send to who was not reached, at the address he has now; remind the others."""
        for row in self:
            email = row._address_now()
            moved = email_normalize(email or "") != email_normalize(row.email or "")
            row.email = email
            row._deliver(reminder=row.state == "sent" and not moved)

    def _address_now(self):
        """:return: the address of the file, the request or the contact today"""
        self.ensure_one()
        if self.registration_id:
            registration = self.registration_id
            return registration.email or registration.partner_id.email or self.email
        if self.lead_id:
            return self.lead_id.email_from or self.email
        return self.env["qualiopi.survey.plan"]._address(self.partner_id) or self.email

    # Reminders

    @api.model
    def _due_for_reminder(self):
        """:return: those who have not answered, and are reminded today"""
        today = self.env["qualiopi.framework"]._today()
        due = self.browse()
        for plan in self.env["qualiopi.survey.plan"].search([("reminders", ">", 0)]):
            if plan._blocked():
                continue
            timing = plan._timing()
            latest = today - timedelta(days=timing.every)
            waiting = self.search(
                Domain("plan_id", "=", plan.id)
                & Domain("state", "=", "sent")
                & Domain("reminded", "<", timing.reminders)
                & Domain("sent_on", "<=", latest)
                & (
                    Domain("reminded_on", "=", False)
                    | Domain("reminded_on", "<=", latest)
                )
            )
            due |= waiting.filtered(
                lambda row, timing=timing: row._is_reminded(timing, today)
            )
        return due

    def _is_reminded(self, timing, day):
        """:return: whether one more reminder leaves on ``day``"""
        self.ensure_one()
        opens = None
        if self.event_id and timing.moment != "yearly":
            opens = timing.opens_on(*self.event_id._qualiopi_days())
        last_on = self.reminded_on or self.sent_on
        return timing.reminds(self.reminded, last_on, day, opens) and self._still_asked(
            timing, day
        )

    def _still_asked(self, timing, day):
        """:return: whether an answer still makes sense"""
        self.ensure_one()
        event, registration, lead = self.event_id, self.registration_id, self.lead_id
        if event and (event.kanban_state == "cancel" or not event.active):
            return False
        if registration and (
            registration.state == "cancel"
            or not registration.active
            or (registration.qualiopi_dropped_on and timing.moment != "before")
        ):
            return False
        if lead and not lead.active:
            return False
        if self._recorded_otherwise():
            return False
        if timing.moment == "before" and event:
            return day <= event._qualiopi_days()[0]
        return True

    def _recorded_otherwise(self):
        """:return: whether somebody wrote down by hand what was asked"""
        self.ensure_one()
        if self.purpose == "need":
            return bool((self.registration_id or self.lead_id).qualiopi_need_on)
        if self.purpose == "entry":
            return bool(self.registration_id.qualiopi_entry_on)
        return False
