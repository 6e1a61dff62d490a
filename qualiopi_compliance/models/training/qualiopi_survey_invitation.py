import uuid

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

# What is asked about the beginning of a session; all the rest is about its end.
ABOUT_THE_START = ("need", "entry")


class QualiopiSurveyInvitation(models.Model):
    """One person is asked once for one occasion; the trace of it.

    Sent -> reminded -> answered. It fails for want of an address, or when the mail
    comes back: the reason is kept and shown, and it can be sent again once the
    address is right. Recorded by hand when somebody was heard otherwise, for instance
    at a funder's meeting. Nobody writes it by hand: it is evidence.

    Its link makes the answer when it is opened, so that an anonymous answer has
    nothing in common with the mail that asked for it.
    """

    _name = "qualiopi.survey.invitation"
    _description = "Survey invitation"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    plan_id = fields.Many2one(
        "qualiopi.survey.plan",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    survey_id = fields.Many2one(
        "survey.survey", required=True, index=True, ondelete="restrict", readonly=True
    )
    purpose = fields.Selection(related="survey_id.qualiopi_purpose", store=True)
    anonymous = fields.Boolean(related="survey_id.qualiopi_anonymous")
    event_id = fields.Many2one(
        "event.event",
        "Session",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    event_day = fields.Date(
        "For",
        readonly=True,
        help="First or last day of the session, as it was planned when this was sent.",
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        compute="_compute_program_id",
        store=True,
        index="btree_not_null",
    )
    registration_id = fields.Many2one(
        "event.registration",
        "Learner File",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
    )
    lead_id = fields.Many2one(
        "crm.lead", "Request", index="btree_not_null", ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", readonly=True
    )
    name = fields.Char("Who", readonly=True)
    email = fields.Char("E-mail", readonly=True)
    lang = fields.Char("Language", readonly=True)
    key = fields.Char(
        required=True, readonly=True, help="Who is asked, and on what occasion."
    )
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("answered", "Answered"),
            ("failed", "Not Reached"),
            ("heard", "Heard Otherwise"),
        ],
        required=True,
        default="sent",
        readonly=True,
        index=True,
    )
    sent_on = fields.Date(readonly=True)
    reminded = fields.Integer("Reminders Sent", readonly=True)
    reminded_on = fields.Date("Last Reminder", readonly=True)
    answered_on = fields.Date(
        "Answered or Heard On",
        readonly=True,
        help="Not kept for anonymous surveys: it would tell whose answer is whose.",
    )
    failure = fields.Char("Why Not Reached", readonly=True)
    note = fields.Text("How Heard", readonly=True)
    # Until it is given, an anonymous answer is known to nobody but the system.
    user_input_id = fields.Many2one(
        "survey.user_input",
        "Answer",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        groups="base.group_system",
    )
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: str(uuid.uuid4()),
        groups="base.group_system",
    )
    start_url = fields.Char(
        compute="_compute_start_url", compute_sudo=True, groups="base.group_system"
    )
    mail_message_ids = fields.Many2many(
        "mail.message",
        "qualiopi_survey_invitation_message_rel",
        "invitation_id",
        "message_id",
        "Mails",
        readonly=True,
        groups="base.group_system",
    )

    _once = models.Constraint(
        "UNIQUE(company_id, key)", "This person was already asked on this occasion."
    )
    _token_unique = models.UniqueIndex("(token)")

    @api.depends("event_id.qualiopi_program_id", "lead_id.qualiopi_program_id")
    def _compute_program_id(self):
        for row in self:
            row.program_id = (
                row.event_id.qualiopi_program_id or row.lead_id.qualiopi_program_id
            )

    @api.depends("survey_id.title", "name")
    def _compute_display_name(self):
        # sudo: survey.survey - its title, for who plans sessions without survey rights
        for row in self.sudo():
            row.display_name = f"{row.survey_id.title or ''} – {row.name or ''}"

    @api.depends("token", "survey_id.access_token")
    def _compute_start_url(self):
        for row in self:
            survey = row.survey_id
            row.start_url = (
                f"{survey.get_base_url()}{survey.get_start_url()}"
                f"?answer_token={row.token}"
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if self.filtered(lambda row: row.state != "failed" or row.sent_on):
            raise UserError(
                self.env._("What was asked of whom, and when, is part of the evidence.")
            )

    # The answer

    @api.model
    def _of_link(self, survey_token, token):
        """:return: the invitation whose link this is, none for other links"""
        if not survey_token or not token:
            return self.browse()
        return self.search(
            [("token", "=", token), ("survey_id.access_token", "=", survey_token)]
        )

    def _open_answer(self):
        """Make the answer that the link opens, or find it when it was begun before.

        :raise UserError: when the survey takes no answer any more
        """
        self.ensure_one()
        if not self.user_input_id:
            # by nobody, so that nothing tells who opened it
            row = self.with_user(SUPERUSER_ID)
            row.user_input_id = row.survey_id._create_answer(
                check_attempts=False, **row._answer_values()
            )
        return self.user_input_id

    def _answer_values(self):
        """:return: what the answer knows from the beginning"""
        self.ensure_one()
        codes = self.survey_id._get_supported_lang_codes()
        language = self.env["res.lang"]._lang_get(self.lang)
        values = {
            "lang_id": language.id if self.lang in codes else False,
            "qualiopi_event_id": self.event_id.id,
            "qualiopi_program_id": self.program_id.id,
            "qualiopi_company_id": self.company_id.id,
        }
        if self.anonymous:
            return values
        return values | {
            "partner_id": self.partner_id.id,
            "email": self.email,
            "nickname": self.name,
            "qualiopi_registration_id": self.registration_id.id,
            "qualiopi_lead_id": self.lead_id.id,
        }

    def _answered(self):
        """Somebody has answered: nothing more is asked of him."""
        today = self.env["qualiopi.framework"]._today()
        for row in self.filtered(lambda row: row.state != "answered"):
            row.write(
                {
                    "state": "answered",
                    "answered_on": False if row.anonymous else today,
                    "failure": False,
                }
            )
        self.filtered("anonymous")._forget_answer()

    def _forget_answer(self):
        """Nothing leads from who was asked to what he said, the hour neither."""
        self.user_input_id = False
        self.flush_recordset()
        if self:
            self.env.execute_query(
                SQL(
                    "UPDATE qualiopi_survey_invitation SET write_date = create_date, "
                    "write_uid = create_uid WHERE id IN %s RETURNING id",
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["write_date", "write_uid"])

    # What is done by hand

    def _check_may_send(self):
        """:raise AccessError: for who does not plan sessions"""
        self.check_access("read")
        if not self.env.user.has_group("event.group_event_user"):
            raise AccessError(
                self.env._(
                    "Surveys are sent by those who plan sessions. Ask one of them."
                )
            )

    def action_send_again(self):
        """Send to who was not reached, at the address he has now; remind the others."""
        self._check_may_send()
        open_rows = self.filtered(lambda row: row.state in ("sent", "failed"))
        if not open_rows:
            raise UserError(
                self.env._("They have answered or were heard: nothing is asked again.")
            )
        # sudo: qualiopi.survey.invitation - nobody writes what was asked by hand
        open_rows.sudo()._ask_again()
        failed = open_rows.filtered(lambda row: row.state == "failed")
        return self.env["event.registration"]._qualiopi_notify(
            self.env._("Surveys"),
            self.env._(
                "On their way: %(count)s. Not reached: %(failed)s.",
                count=len(open_rows) - len(failed),
                failed=", ".join(failed.mapped("name")) or "–",
            ),
            "warning" if failed else "success",
        )

    def action_open_thread(self):
        """Open the record that holds the mails."""
        self.ensure_one()
        thread = self._thread()
        return {
            "type": "ir.actions.act_window",
            "res_model": thread._name,
            "res_id": thread.id,
            "view_mode": "form",
        }

    def action_open_answer(self):
        """Open what he said, with the rights of who asks for it."""
        self.ensure_one()
        self.check_access("read")
        # sudo: qualiopi.survey.invitation - only which answer, whose rights decide
        answer = self.sudo().user_input_id.sudo(False)
        if self.anonymous or not answer or answer.sudo().state != "done":
            raise UserError(
                self.env._(
                    "There is no answer to show: none was given yet, or it was given "
                    "anonymously."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "survey.user_input",
            "res_id": answer.id,
            "view_mode": "form",
        }
