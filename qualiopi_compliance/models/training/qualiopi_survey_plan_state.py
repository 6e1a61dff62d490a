from odoo import api, fields, models

from ...rules.survey_plan import audiences


class QualiopiSurveyPlan(models.Model):
    """What a plan has sent, what it is about to send, and why it sends nothing."""

    _inherit = "qualiopi.survey.plan"

    warning = fields.Text(compute="_compute_warning", compute_sudo=True)
    when = fields.Char("Leaves", compute="_compute_when")
    asked_count = fields.Integer("Asked", compute="_compute_counts")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    due_count = fields.Integer(
        "Due Now",
        compute="_compute_due_count",
        compute_sudo=True,
        help="How many people would be written to with the next sending.",
    )

    @api.depends_context("lang")
    @api.depends("moment", "months", "days", "month")
    def _compute_when(self):
        for plan in self:
            plan.when = plan._when()

    def _when(self):
        """:return: the day on which it leaves, in words"""
        if self.moment == "yearly":
            labels = dict(self._fields["month"]._description_selection(self.env))
            return self.env._(
                "Every year from %(month)s on", month=labels.get(self.month, "")
            )
        days = self._span(self.days, self.env._("1 day"), self.env._("days"))
        if self.moment == "before":
            if not days:
                return self.env._("On the first day")
            return self.env._("%(span)s before the first day", span=days)
        months = self._span(self.months, self.env._("1 month"), self.env._("months"))
        if months and days:
            return self.env._(
                "%(months)s and %(days)s after the last day", months=months, days=days
            )
        if not months and not days:
            return self.env._("As soon as it is over")
        return self.env._("%(span)s after the last day", span=months or days)

    @api.model
    def _span(self, count, one, many):
        """:return: so much time in words, nothing for none"""
        if not count:
            return ""
        return one if count == 1 else f"{count} {many}"

    @api.depends_context("lang")
    @api.depends(
        "survey_id.active",
        "survey_id.question_and_page_ids",
        "survey_id.qualiopi_purpose",
        "survey_id.users_login_required",
        "survey_id.lang_ids",
        "program_id.category_id",
        "audience",
    )
    def _compute_warning(self):
        for plan in self:
            plan.warning = plan._blocked() or plan._doubts()

    def _blocked(self):
        """:return: why nothing can be sent, nothing when it can"""
        self.ensure_one()
        survey = self.survey_id
        title = survey.title
        if not survey.active:
            return self.env._(
                "“%(survey)s” is closed: nothing is sent. Reopen it, or choose "
                "another survey.",
                survey=title,
            )
        if not survey.question_ids:
            return self.env._(
                "“%(survey)s” has no question: nothing is sent.", survey=title
            )
        if not survey.qualiopi_purpose:
            return self.env._(
                "“%(survey)s” has no purpose any more: nothing is sent.", survey=title
            )
        if survey.users_login_required:
            return self.env._(
                "“%(survey)s” asks people to log in, and those who are asked have no "
                "account: nothing is sent. Turn “Require Login” off on the survey.",
                survey=title,
            )
        category = self.program_id.category_id.code
        if category == "BC" and self.audience not in audiences("BC") | {"principal"}:
            return self.env._(
                "For skills assessments only beneficiaries and teaching teams are "
                "asked (guide V9, indicator 30): nothing is sent."
            )
        return False

    def _doubts(self):
        """:return: what is unusual, and does not stop the sending"""
        self.ensure_one()
        language = self.company_id.partner_id.lang
        codes = self.survey_id._get_supported_lang_codes()
        if language and language not in codes:
            return self.env._(
                "“%(survey)s” cannot be answered in the language of the company: add "
                "it to the languages of the survey.",
                survey=self.survey_id.title,
            )
        return self.survey_id._qualiopi_warning()

    def _compute_counts(self):
        counts = {}
        for plan, state, count in self.env["qualiopi.survey.invitation"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id", "state"], ["__count"]
        ):
            counts[plan.id, state] = count
        for plan in self:
            asked = {
                state: number
                for (identity, state), number in counts.items()
                if identity == plan._origin.id
            }
            plan.asked_count = sum(asked.values())
            plan.answered_count = asked.get("answered", 0) + asked.get("heard", 0)

    def _compute_due_count(self):
        for plan in self:
            known = plan._origin
            plan.due_count = (
                len(known._recipients()) if known.id and not known._blocked() else 0
            )

    def action_open_invitations(self):
        """Open who was asked by this plan."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_survey_invitation_action"
        )
        return action | {"domain": [("plan_id", "=", self.id)], "context": {}}

    def action_own_plan(self):
        """Make the programme's own plan from the company's, to change it there."""
        self.ensure_one()
        program = self.env["qualiopi.program"].browse(
            self.env.context.get("qualiopi_program_id")
        )
        program.check_access("write")
        copy = self.copy({"program_id": program.id, "active": self.active})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": copy.id,
            "view_mode": "form",
        }
