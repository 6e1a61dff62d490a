from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.misc import format_date


class CrmLead(models.Model):
    """What is done with a request: the need is asked for, learners are registered."""

    _inherit = "crm.lead"

    qualiopi_need_sent = fields.Char(
        "Need Form", compute="_compute_qualiopi_need_sent", compute_sudo=True
    )

    @api.depends_context("lang")
    @api.depends("email_from")
    def _compute_qualiopi_need_sent(self):
        invitations = self.env["qualiopi.survey.invitation"].search(
            [("lead_id", "in", self._origin.ids), ("purpose", "=", "need")]
        )
        by_lead = invitations.grouped("lead_id")
        for lead in self:
            lead.qualiopi_need_sent = lead._qualiopi_need_text(
                by_lead.get(lead._origin, invitations.browse())[:1]
            )

    def _qualiopi_need_text(self, invitation):
        """:return: what became of the need analysis form, in words"""
        state = invitation.state
        if state == "answered":
            return self.env._(
                "Answered on %(day)s", day=format_date(self.env, invitation.answered_on)
            )
        if state == "failed":
            return self.env._(
                "%(email)s was not reached: %(reason)s",
                email=invitation.email or self.email_from or "",
                reason=invitation.failure or "",
            )
        if state:
            day = invitation.reminded_on or invitation.sent_on
            return self.env._(
                "Sent to %(email)s on %(day)s, not answered yet",
                email=invitation.email,
                day=format_date(self.env, day),
            )
        return False

    def _qualiopi_check_program(self):
        """:raise UserError: when nobody said which programme is asked for"""
        for lead in self:
            if not lead.qualiopi_program_id:
                raise UserError(
                    self.env._(
                        "Choose the programme that “%(lead)s” asks for first.",
                        lead=lead.name,
                    )
                )

    def action_qualiopi_ask_need(self):
        """Send the need analysis form; its answer comes back to this request.

        :raise UserError: without programme, valid address or form
        """
        self.ensure_one()
        self.check_access("write")
        self._qualiopi_check_program()
        if not email_normalize(self.email_from or ""):
            raise UserError(
                self.env._(
                    "“%(lead)s” has no valid e-mail address: enter it, or fill in the "
                    "need yourself.",
                    lead=self.name,
                )
            )
        plan = self.env["qualiopi.survey.plan"]._for_program(
            self.qualiopi_program_id, "need"
        )[:1]
        if not plan:
            raise UserError(
                self.env._(
                    "There is no need analysis form for this programme: choose one "
                    "under Qualiopi / Feedback / What Is Sent."
                )
            )
        blocked = plan._blocked()
        if blocked:
            raise UserError(blocked)
        # sudo: qualiopi.survey.invitation - salespeople ask, they do not keep the list
        invitation = plan._invite_lead(self).sudo()
        self.invalidate_recordset(["qualiopi_need_sent"])
        reached = invitation.state in ("sent", "heard")
        return self.env["event.registration"]._qualiopi_notify(
            self.env._("Need analysis"),
            self.env._("The form is on its way to %(email)s.", email=self.email_from)
            if reached
            else self.qualiopi_need_sent,
            "success" if reached else "warning",
        )

    def action_qualiopi_register(self):
        """Open the dialog that registers the learners of this request.

        :raise UserError: without programme
        """
        self.ensure_one()
        self.check_access("write")
        self._qualiopi_check_program()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Register the Learners"),
            "res_model": "qualiopi.lead.registration",
            "view_mode": "form",
            "target": "new",
            "context": {"default_lead_id": self.id},
        }

    def action_qualiopi_registrations(self):
        """Open the files of the learners registered from this request."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.event_registration_qualiopi_action"
        )
        return action | {
            "domain": [("qualiopi_lead_id", "=", self.id)],
            "context": {"create": False},
        }

    def _qualiopi_registration_values(self):
        """:return: what the learner's file takes over from the request"""
        self.ensure_one()
        client = self.partner_id.commercial_partner_id
        return {
            "qualiopi_lead_id": self.id,
            "qualiopi_need": self.qualiopi_need,
            "qualiopi_need_on": self.qualiopi_need_on,
            "qualiopi_funding": self.qualiopi_funding,
            "qualiopi_funder_id": self.qualiopi_funder_id.id,
            "qualiopi_adjustment": self.qualiopi_adjustment,
            # it was asked with the need
            "qualiopi_adjustment_on": (
                self.qualiopi_need_on if self.qualiopi_adjustment else False
            ),
            "qualiopi_client_id": client.id if client.is_company else False,
        }
