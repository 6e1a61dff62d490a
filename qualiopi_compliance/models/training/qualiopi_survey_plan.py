from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date

from ...rules.survey_plan import PURPOSES as AUDIENCES
from ...rules.survey_plan import Timing, audiences
from ..organisation.amounts import refuse_negative
from .survey_survey import PURPOSES

AUDIENCE_LABELS = [
    ("learner", "Learners"),
    ("company", "Client companies"),
    ("funder", "Funders"),
    ("team", "Teaching team"),
    ("principal", "Principal"),
]
# What a plan begins with, by purpose; it may be changed. All else leaves at the end.
MOMENTS = {"need": "before", "entry": "before", "later": "later", "funder": "yearly"}
MONTHS = {"later": 6}
DAYS = {"need": 7, "entry": 7}


class QualiopiSurveyPlan(models.Model):
    """Which survey leaves, when, and how often it reminds.

    Without a programme it holds for all programmes of the company that have no plan
    of their own for that purpose. Switched off (archived) when it is no longer sent:
    what has left stays, and a programme whose own plan is switched off is not asked.
    """

    _name = "qualiopi.survey.plan"
    _description = "Survey to be sent"
    _order = "program_id, moment, months, days, id"
    _check_company_auto = True

    active = fields.Boolean(
        "Sent", default=True, help="Switched off, nothing leaves by itself."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: all programmes that have no plan of their own for this purpose.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('qualiopi_purpose', '!=', False), "
        "('qualiopi_company_id', 'in', (False, company_id))]",
    )
    purpose = fields.Selection(
        related="survey_id.qualiopi_purpose", store=True, index=True, precompute=True
    )
    audience = fields.Selection(
        AUDIENCE_LABELS,
        "Who Is Asked",
        compute="_compute_audience",
        store=True,
        precompute=True,
    )
    moment = fields.Selection(
        [
            ("before", "Before the session"),
            ("end", "At the end"),
            ("later", "Later"),
            ("yearly", "Once a year"),
        ],
        "When",
        compute="_compute_timing",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    months = fields.Integer(
        compute="_compute_timing",
        store=True,
        readonly=False,
        precompute=True,
        help="After the last day of the session.",
    )
    days = fields.Integer(
        compute="_compute_timing",
        store=True,
        readonly=False,
        precompute=True,
        help="Before the first day of the session, or after the last one.",
    )
    month = fields.Selection(
        selection="_months",
        string="Month Asked",
        default="11",
        help="For funders: from this month of the year on.",
    )
    reminders = fields.Integer(default=2, help="How many at most.")
    reminder_days = fields.Integer("Days Between Reminders", default=7)

    @api.model
    def _months(self):
        return [
            (
                str(number),
                format_date(self.env, date(2026, number, 1), date_format="MMMM"),
            )
            for number in range(1, 13)
        ]

    @api.depends("purpose")
    def _compute_audience(self):
        for plan in self:
            plan.audience = AUDIENCES.get(plan.purpose)

    @api.depends("purpose")
    def _compute_timing(self):
        for plan in self:
            known = plan._origin
            if known.moment and known.purpose == plan.purpose:
                # another survey for the same purpose leaves at the same time
                plan.moment, plan.months, plan.days = (
                    known.moment,
                    known.months,
                    known.days,
                )
                continue
            plan.moment = MOMENTS.get(plan.purpose, "end")
            plan.months = MONTHS.get(plan.purpose, 0)
            plan.days = DAYS.get(plan.purpose, 0)

    @api.depends_context("lang")
    @api.depends("survey_id.title", "moment", "months", "days", "program_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["moment"]._description_selection(self.env))
        # sudo: survey.survey - its title, for who plans sessions without survey rights
        for plan in self.sudo():
            parts = [plan.survey_id.title, labels.get(plan.moment)]
            if plan.program_id:
                parts.append(plan.program_id.name)
            plan.display_name = " – ".join(filter(None, parts))

    @api.constrains("months", "days", "reminders", "reminder_days", "moment")
    def _check_numbers(self):
        refuse_negative(self, ("months", "days", "reminders"))
        for plan in self:
            if plan.reminders and plan.reminder_days < 1:
                raise ValidationError(
                    self.env._("Leave at least a day between two reminders.")
                )
            if plan.moment == "later" and not plan.months + plan.days:
                raise ValidationError(
                    self.env._(
                        "“Later” needs a number of months or days after the session."
                    )
                )
            if (plan.moment == "yearly") != (plan.audience == "funder"):
                raise ValidationError(
                    self.env._(
                        "Funders, and only they, are asked once a year whatever the "
                        "session."
                    )
                )

    @api.constrains("survey_id", "company_id")
    def _check_survey(self):
        for plan in self:
            survey = plan.survey_id
            if not survey.qualiopi_purpose:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” has no purpose: choose it on the survey first.",
                        survey=survey.title,
                    )
                )
            if not survey.question_ids:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” has no question: it cannot be sent.",
                        survey=survey.title,
                    )
                )
            owner = survey.qualiopi_company_id
            if owner and owner != plan.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” belongs to %(company)s.",
                        survey=survey.title,
                        company=owner.name,
                    )
                )

    @api.constrains(
        "active", "survey_id", "program_id", "company_id", "moment", "months"
    )
    def _check_once(self):
        """Two plans for one occasion would be one: each person is asked once for it."""
        for plan in self.filtered("active"):
            twin = self.search(
                [
                    ("id", "!=", plan.id),
                    ("company_id", "=", plan.company_id.id),
                    ("program_id", "=", plan.program_id.id),
                    ("purpose", "=", plan.purpose),
                    ("moment", "=", plan.moment),
                    ("months", "=", plan.months),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” is already sent for the same purpose at that "
                        "moment, and each person is asked once. Switch it off, or "
                        "choose another moment or number of months.",
                        other=twin.display_name,
                    )
                )

    def _timing(self):
        """:return: what the rules on sending read of this plan"""
        self.ensure_one()
        return Timing(
            self.moment, self.days, self.months, self.reminders, self.reminder_days
        )

    def _occasion(self):
        """:return: what makes it another occasion to ask the same person"""
        self.ensure_one()
        return f"{self.purpose}-{self.moment}-{self.months}"

    def _concerns(self, event):
        """:return: whether the stakeholders of a session are asked by this plan"""
        self.ensure_one()
        category = event.qualiopi_program_id.category_id.code
        if self.purpose == "teaching" and category != "CFA" and not self.program_id:
            # indicator 33 is asked of apprenticeship only; others may choose it
            return False
        return self.audience in audiences(category, bool(event.qualiopi_principal_id))

    def _overridden_programs(self):
        """:return: the programmes that have a plan of their own for this purpose"""
        self.ensure_one()
        own = self.sudo().with_context(active_test=False)
        return own.search(
            [
                ("company_id", "=", self.company_id.id),
                ("purpose", "=", self.purpose),
                ("program_id", "!=", False),
            ]
        ).program_id

    @api.model
    def _for_program(self, program, purpose):
        """:return: the plans of a programme for a purpose, else the company's

        Those that are switched off come last: who asks by hand may use them.
        """
        plans = (
            self.sudo()
            .with_context(active_test=False)
            .search(
                [("company_id", "=", program.company_id.id), ("purpose", "=", purpose)]
            )
        )
        own = plans.filtered(lambda plan: plan.program_id == program)
        found = own or plans.filtered(lambda plan: not plan.program_id)
        return found.sorted(lambda plan: not plan.active)

    @api.model
    def _holding_for(self, program):
        """:return: the plans that hold for a programme, switched on or off"""
        plans = self.browse()
        for purpose, _label in PURPOSES:
            plans |= self._for_program(program, purpose)
        return plans

    @api.model
    def _install_defaults(self, companies):
        """Give companies the shipped plans, switched off: nothing leaves unasked."""
        plans = self.with_context(active_test=False)
        values = []
        for company in companies:
            have = plans.search(
                [("company_id", "=", company.id), ("program_id", "=", False)]
            ).mapped("purpose")
            for purpose, _label in PURPOSES:
                survey = self._shipped_survey(purpose)
                if survey and purpose not in have:
                    values.append(
                        {
                            "company_id": company.id,
                            "survey_id": survey.id,
                            "active": False,
                        }
                    )
        return self.create(values)

    @api.model
    def _shipped_survey(self, purpose):
        """:return: the survey shipped for a purpose, while it still serves all"""
        survey = self.env.ref(
            f"qualiopi_compliance.survey_{purpose}", raise_if_not_found=False
        )
        if not survey or survey.qualiopi_company_id or not survey.question_ids:
            return self.env["survey.survey"]
        return survey.filtered(lambda row: row.qualiopi_purpose == purpose)
