from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

HEARD = ("funder", "company", "team", "principal")


class QualiopiSurveyHearing(models.TransientModel):
    """Record that somebody was heard otherwise than by a survey.

    Guide V9, indicator 30: the ways to collect opinions may differ from one
    stakeholder to another, and a meeting that a funder holds replaces the question put
    to it. Whoever was heard is not asked any more for that occasion.
    """

    _name = "qualiopi.survey.hearing"
    _description = "Record that somebody was heard"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    purpose = fields.Selection(
        selection="_purposes",
        string="Whose Opinion",
        required=True,
        default=lambda self: self._default_purpose(),
    )
    event_id = fields.Many2one(
        "event.event",
        "Session",
        domain="[('qualiopi_program_id', '!=', False), "
        "('company_id', '=', company_id)]",
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Who Was Heard", required=True, check_company=True
    )
    heard_on = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    note = fields.Text(
        "How, and What Came Out",
        required=True,
        help="For instance: meeting of the funder's network, with its programme.",
    )

    @api.model
    def _default_purpose(self):
        """:return: funders, unless it is opened from a session"""
        return "company" if self.env.context.get("default_event_id") else "funder"

    @api.model
    def _purposes(self):
        purposes = self.env["survey.survey"]._fields["qualiopi_purpose"]
        labels = dict(purposes._description_selection(self.env))
        return [(purpose, labels[purpose]) for purpose in HEARD]

    @api.onchange("purpose")
    def _onchange_purpose(self):
        if self.purpose == "funder":
            self.event_id = False

    @api.constrains("purpose", "event_id")
    def _check_event(self):
        for wizard in self:
            if wizard.purpose != "funder" and not wizard.event_id:
                raise ValidationError(
                    self.env._(
                        "Choose the session: only funders are heard about a whole year."
                    )
                )

    @api.constrains("heard_on")
    def _check_day(self):
        today = self.env["qualiopi.framework"]._today()
        for wizard in self:
            if wizard.heard_on > today:
                raise ValidationError(
                    self.env._(
                        "%(day)s is still to come: record it once they were heard.",
                        day=format_date(self.env, wizard.heard_on),
                    )
                )

    def action_record(self):
        """Keep who was heard, when and how.

        :raise UserError: when all of them have answered already
        :return: the list of those who were heard
        """
        self.ensure_one()
        Invitation = self.env["qualiopi.survey.invitation"]
        Invitation._check_may_send()
        self.company_id.check_access("read")
        plan = self._plan()
        heard = Invitation
        for partner in self.partner_ids:
            heard |= self._record(plan, partner)
        if not heard:
            raise UserError(
                self.env._(
                    "They have answered or were heard on that occasion already: "
                    "nothing is recorded twice."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_survey_invitation_action"
        )
        return action | {"domain": [("id", "in", heard.ids)], "context": {}}

    def _plan(self):
        """:return: the plan by which they would have been asked"""
        plans = self.env["qualiopi.survey.plan"]
        if self.event_id:
            found = plans._for_program(self.event_id.qualiopi_program_id, self.purpose)
        else:
            # sudo: qualiopi.survey.plan - which survey it stands for, nothing else
            found = (
                plans.sudo()
                .with_context(active_test=False)
                .search(
                    [
                        ("company_id", "=", self.company_id.id),
                        ("purpose", "=", self.purpose),
                        ("program_id", "=", False),
                    ]
                )
            )
        if not found:
            raise UserError(
                self.env._(
                    "No survey is planned for them, so it is not known on what "
                    "occasion they were heard: add one under Feedback / What Is Sent. "
                    "It may stay switched off."
                )
            )
        return found[0]

    def _record(self, plan, partner):
        """:return: the invitation that says it, none when there is nothing to add"""
        year = self.heard_on.year
        where = (
            f"event-{self.event_id.id}-partner-{partner.id}"
            if self.event_id
            else plan._funder_key(partner, year)
        )
        key = f"{plan._occasion()}:{where}"
        # sudo: qualiopi.survey.invitation - nobody writes what was asked by hand
        invitations = self.env["qualiopi.survey.invitation"].sudo()
        known = invitations.search(
            [("company_id", "=", self.company_id.id), ("key", "=", key)]
        )
        vals = {"state": "heard", "answered_on": self.heard_on, "note": self.note}
        if known:
            asked = known.filtered(lambda row: row.state in ("sent", "failed"))
            asked.write(vals | {"failure": False})
            return asked.sudo(False)
        return invitations.create(
            vals
            | {
                "plan_id": plan.id,
                "company_id": self.company_id.id,
                "survey_id": plan.survey_id.id,
                "key": key,
                "name": partner.name,
                "email": partner.email,
                "partner_id": partner.id,
                "event_id": self.event_id.id,
            }
        ).sudo(False)
