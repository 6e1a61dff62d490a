from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..rules.periods import Period

SPANS = [
    ("last_12_months", "Last 12 months"),
    ("this_year", "This year"),
    ("last_year", "Last year"),
    ("dates", "Dates to choose"),
]
# What the page depends on: whatever is chosen at its top.
CHOICE = (
    "company_id",
    "first",
    "last",
    "scope",
    "category_id",
    "program_ids",
    "event_id",
    "breakdown",
)


class QualiopiResult(models.TransientModel):
    """The results page: a period and a population are chosen, the figures follow.

    On the screen, and on paper for the team meeting. Nothing of it is kept but the
    weak points that it finds; results of other days are one choice of dates away.
    """

    _name = "qualiopi.result"
    _description = "Results"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    span = fields.Selection(SPANS, "Period", required=True, default="last_12_months")
    first = fields.Date(
        "From", compute="_compute_period", store=True, readonly=False, precompute=True
    )
    last = fields.Date(
        "To", compute="_compute_period", store=True, readonly=False, precompute=True
    )
    scope = fields.Selection(
        selection="_scopes", string="Results Of", required=True, default="company"
    )
    category_id = fields.Many2one("qualiopi.category")
    program_ids = fields.Many2many(
        "qualiopi.program",
        string="Programmes",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        context={"active_test": False},
    )
    event_id = fields.Many2one(
        "event.event",
        "Session",
        check_company=True,
        ondelete="cascade",
        domain="[('company_id', '=', company_id), "
        "('qualiopi_program_id', '!=', False)]",
    )
    breakdown = fields.Selection(
        [("category", "By category"), ("program", "By programme")], "In Detail"
    )
    rates_html = fields.Html("Rates", compute="_compute_page", sanitize=False)
    groups_html = fields.Html("Details", compute="_compute_page", sanitize=False)
    questions_html = fields.Html("Questions", compute="_compute_page", sanitize=False)
    points_html = fields.Html("Weak Points", compute="_compute_page", sanitize=False)
    may_read_answers = fields.Boolean(compute="_compute_may_read_answers")
    meeting_on = fields.Date(
        default=lambda self: self.env["qualiopi.framework"]._today()
    )
    attendee_ids = fields.Many2many(
        "res.partner", string="Who Was There", check_company=True
    )
    other_attendees = fields.Text(
        "Others Who Were There", help="One name on each line."
    )
    notes = fields.Text("What Was Said", help="Printed as it is, at the end.")

    @api.model
    def _scopes(self):
        """:return: what the reader may choose: no session without the right to it"""
        scopes = [
            ("company", self.env._("All programmes")),
            ("category", self.env._("A category of actions")),
            ("program", self.env._("Programmes")),
            ("session", self.env._("A session")),
        ]
        if not self.env["event.event"].has_access("read"):
            scopes.pop()
        return scopes

    @api.depends("span")
    def _compute_period(self):
        today = self.env["qualiopi.framework"]._today()
        periods = {
            "this_year": Period.year(today.year),
            "last_year": Period.year(today.year - 1),
        }
        for page in self:
            period = periods.get(page.span, Period.months_to(today, 12))
            if page.span != "dates" or not (page.first and page.last):
                page.first, page.last = period.first, period.last

    @api.onchange("event_id")
    def _onchange_event_id(self):
        """A session's results are those of its own days."""
        if self.event_id:
            self.span = "dates"
            self.first, self.last = self.event_id._qualiopi_days()

    @api.depends_context("lang", "uid", "allowed_company_ids")
    @api.depends(*CHOICE)
    def _compute_page(self):
        for page in self:
            page._check_reader()
            values = page._page()
            for name in ("rates", "groups", "questions", "points"):
                page[f"{name}_html"] = self.env["ir.qweb"]._render(
                    f"qualiopi_compliance.results_{name}", {"page": values}
                )

    @api.depends_context("lang")
    @api.depends("scope", "event_id", "program_ids")
    def _compute_display_name(self):
        for page in self:
            page.display_name = self.env._("Results")

    @api.depends_context("uid")
    def _compute_may_read_answers(self):
        may = self.env["survey.user_input.line"].has_access("read")
        for page in self:
            page.may_read_answers = may

    def _check_reader(self):
        """The figures are counted whatever the reader's rights: see who reads.

        :raise AccessError: for somebody else's company, session or programme
        """
        self.ensure_one()
        self.browse().check_access("read")
        if self.company_id and self.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "These are the results of another company: change company at the "
                    "top of the screen first."
                )
            )
        for chosen in (self.event_id._origin, self.program_ids._origin):
            if chosen:
                chosen.check_access("read")

    @api.model
    def _open(self, context):
        """:param context: default values of the choice
        :return: the action that opens the page
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_result_action"
        )
        return action | {"context": context}

    def _period(self):
        """:return: the period chosen, ``None`` while the dates are not right"""
        self.ensure_one()
        if not self.first or not self.last or self.last < self.first:
            return None
        return Period(self.first, self.last)

    def _population(self):
        """:return: the programmes and sessions chosen; ``None`` for all of them"""
        self.ensure_one()
        if self.scope == "session":
            return None, self.event_id._origin
        if self.scope == "program":
            return self.program_ids._origin, None
        if self.scope == "category":
            programs = self.env["qualiopi.program"].with_context(active_test=False)
            return programs.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("category_id", "=", self.category_id.id),
                ]
            ), None
        return None, None

    def _is_chosen(self):
        """:return: whether it is said of what the results are wanted"""
        self.ensure_one()
        return bool(
            {
                "category": self.category_id,
                "program": self.program_ids,
                "session": self.event_id,
            }.get(self.scope, True)
        )

    # Buttons

    def action_print(self):
        """Print the page for the team meeting, with who was there."""
        self.ensure_one()
        self._check_reader()
        report = self.env.ref("qualiopi_compliance.result_meeting_report")
        return report.report_action(self)

    def action_find_weak_points(self):
        """Propose the weak points of these results that nobody has proposed yet."""
        self.ensure_one()
        self._check_reader()
        points = self.env["qualiopi.weak.point"]
        points.check_access("create")
        programs, events = self._population()
        period = self._period()
        if events is not None:
            programs = events.qualiopi_program_id
        found = (
            points._propose(self.company_id, period.first, period.last, programs)
            if period
            else points
        )
        message = (
            self.env._("Weak points proposed: %(count)s.", count=len(found))
            if found
            else self.env._("No weak point that is not known yet.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": message,
                "next": self.action_open_weak_points() if found else False,
            },
        }

    def action_open_weak_points(self):
        """Open the weak points of the period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_weak_point_action"
        )
        domain = Domain("company_id", "=", self.company_id.id)
        programs = self._population()[0]
        if programs is not None:
            domain &= Domain("program_id", "in", programs.ids)
        return action | {"domain": list(domain & self._overlap()), "context": {}}

    def _overlap(self):
        """:return: domain of what has its own period and shares days with this one"""
        return Domain("first", "<=", self.last) & Domain("last", ">=", self.first)

    def action_open_remarks(self):
        """Open the remarks and complaints of the period, to be read and tagged."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.survey_user_input_line_qualiopi_action"
        )
        return action | {
            "domain": list(self._remarks_domain()),
            "context": {"search_default_unread": 1},
        }

    def _remarks_domain(self):
        """:return: domain of the remarks about what is chosen"""
        domain = (
            Domain("qualiopi_measure", "in", ["verbatim", "complaint"])
            & Domain("skipped", "=", False)
            & Domain("user_input_id.state", "=", "done")
            & Domain("user_input_id.test_entry", "=", False)
            & Domain("qualiopi_company_id", "=", self.company_id.id)
            & Domain("qualiopi_day", ">=", self.first)
            & Domain("qualiopi_day", "<=", self.last)
        )
        programs, events = self._population()
        if programs is not None:
            domain &= Domain("qualiopi_program_id", "in", programs.ids)
        if events is not None:
            lines = self.env["survey.user_input.line"]
            revealing = [survey for survey, _event in lines._qualiopi_revealing(events)]
            domain &= Domain("user_input_id.qualiopi_event_id", "in", events.ids)
            domain &= Domain("survey_id", "not in", revealing)
        return domain

    def action_open_learners(self):
        """Open the learners counted, one row each."""
        self.ensure_one()
        self._check_reader()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_learner_result_action"
        )
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", self.first)
            & Domain("date", "<=", self.last)
        )
        programs, events = self._population()
        if programs is not None:
            domain &= Domain("program_id", "in", programs.ids)
        if events is not None:
            domain &= Domain("event_id", "in", events.ids)
        return action | {"domain": list(domain), "context": {}}
