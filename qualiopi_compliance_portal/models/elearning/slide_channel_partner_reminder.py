from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize, split_every

# Few enough for a run that is killed to send few of them again: none, as each is
# remembered in the transaction that writes its mail.
BATCH = 50
# Nobody is written to about a course he left so long ago.
FORGOTTEN_DAYS = 365


class SlideChannelPartner(models.Model):
    """Learners who have stopped are reminded of their course, once for each silence.

    Never who finished or dropped out. The day stays in the file, and the message in
    its chatter: they show what was done to prevent the drop-out (indicator 12).
    """

    _inherit = "slide.channel.partner"

    qualiopi_reminded_on = fields.Date(
        "Reminded On", readonly=True, copy=False, tracking=True
    )

    @api.model
    def _cron_qualiopi_remind_learners(self):
        """Remind the learners of all companies; may be killed and run again."""
        Cron = self.env["ir.cron"]
        companies = self.env["res.company"].search(
            [("qualiopi_course_silence", ">", 0)]
        )
        members = self.browse()
        for company in companies:
            members |= self._qualiopi_to_remind(company)
        left = len(members)
        Cron._commit_progress(remaining=left)
        for batch in split_every(BATCH, members.ids, self.browse):
            batch._qualiopi_remind()
            left -= len(batch)
            if not Cron._commit_progress(len(batch), remaining=left):
                break

    @api.model
    def _qualiopi_to_remind(self, company):
        """:return: learners silent for as long as the company lets them, and not
        reminded since they last did something
        """
        today = self.env["qualiopi.framework"]._today()
        silent = self._qualiopi_silent_since(
            today - timedelta(days=company.qualiopi_course_silence),
            [
                ("qualiopi_company_id", "=", company.id),
                ("channel_id.active", "=", True),
                ("channel_id.is_published", "=", True),
            ],
        )
        oldest = today - timedelta(days=FORGOTTEN_DAYS)
        found = self.browse()
        for member in silent:
            last = member.qualiopi_last_on or member.qualiopi_joined_on
            reminded = member.qualiopi_reminded_on
            if last < oldest or (reminded and reminded >= last):
                continue
            if email_normalize(member.partner_email or ""):
                found |= member
        return found

    def _qualiopi_remind(self):
        """Write to these learners, and remember it."""
        template = self.env.ref(
            "qualiopi_compliance_portal.mail_template_course_reminder"
        )
        today = self.env["qualiopi.framework"]._today()
        # somebody may have finished since the list was made
        for member in self.filtered(
            lambda member: member.member_status in ("joined", "ongoing")
        ):
            template.send_mail(
                member.id,
                # the message stays on the file when the mail is gone
                email_values={"is_notification": True},
            )
            member.qualiopi_reminded_on = today

    def action_qualiopi_remind(self):
        """Write to these learners now, whatever the company's days say."""
        self.check_access("write")
        reached = self.filtered(
            lambda member: (
                member.qualiopi_program_id
                and not member.qualiopi_dropped_on
                and member.member_status in ("joined", "ongoing")
                and email_normalize(member.partner_email or "")
            )
        )
        reached._qualiopi_remind()
        left_out = ", ".join((self - reached).mapped("display_name"))
        message = self.env._("Reminders on their way: %(count)s.", count=len(reached))
        if left_out:
            message = self.env._(
                "Reminders on their way: %(count)s. Not written to, because they have "
                "finished, dropped out, or have no valid e-mail address: %(learners)s.",
                count=len(reached),
                learners=left_out,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "title": self.env._("Reminders"),
                "message": message,
                "sticky": bool(left_out),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
