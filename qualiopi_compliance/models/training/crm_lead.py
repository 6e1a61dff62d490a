from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from .event_registration import ENROLLED
from .qualiopi_learner_file import FUNDINGS


class CrmLead(models.Model):
    """A request for training: what is asked, what is needed, when, who pays.

    Indicators 4 and 8 begin here. A request leads to registrations that are not
    confirmed yet, or to a session of its own; from the request to the first day is
    the time to access, which indicator 1 promises and indicator 2 measures.
    """

    _inherit = "crm.lead"

    qualiopi_program_id = fields.Many2one(
        "qualiopi.program",
        "Programme Asked For",
        compute="_compute_qualiopi_program_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
        tracking=True,
        domain="[('state', '!=', 'retired')]",
    )
    qualiopi_event_id = fields.Many2one(
        "event.event",
        "Session Wished",
        check_company=True,
        index="btree_not_null",
        tracking=True,
        domain="[('qualiopi_program_id', '=?', qualiopi_program_id), "
        "('qualiopi_program_id', '!=', False), ('kanban_state', '!=', 'cancel')]",
    )
    qualiopi_need = fields.Text(
        "Need in Words",
        copy=False,
        help="What they want to be able to do, and why now.",
    )
    qualiopi_need_on = fields.Date("Need Analysed On", tracking=True, copy=False)
    qualiopi_funding = fields.Selection(FUNDINGS, "Funding", tracking=True)
    qualiopi_funder_id = fields.Many2one("res.partner", "Funder", check_company=True)
    qualiopi_learner_count = fields.Integer("Learners", default=1)
    qualiopi_wished_from = fields.Date("Wished From")
    qualiopi_wished_until = fields.Date("Wished Until")
    qualiopi_adjustment = fields.Selection(
        [("no", "None needed"), ("yes", "Asked for")],
        "Adjustment",
        help="Answer to “do you need an adjustment?”. Empty: not asked yet.",
    )
    qualiopi_requested_on = fields.Date(
        "Requested On",
        default=lambda self: self.env["qualiopi.framework"]._today(),
        copy=False,
        help="The time to access is measured from this day.",
    )
    qualiopi_registration_ids = fields.One2many(
        "event.registration",
        "qualiopi_lead_id",
        "Learners Registered",
        groups="event.group_event_registration_desk,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )
    qualiopi_registration_count = fields.Integer(
        "Learners on a Session",
        compute="_compute_qualiopi_registrations",
        compute_sudo=True,
    )
    qualiopi_registered = fields.Text(
        "Registered So Far",
        compute="_compute_qualiopi_registrations",
        compute_sudo=True,
        help="Requests are confirmed on the learner's file, once the need is analysed "
        "and the contract or agreement signed.",
    )
    qualiopi_started_on = fields.Date(
        "First Start",
        compute="_compute_qualiopi_started_on",
        compute_sudo=True,
        store=True,
        help="First day of the first session that somebody of this request joined.",
    )
    qualiopi_access_days = fields.Integer(
        "Days to Access",
        compute="_compute_qualiopi_access_days",
        store=True,
        aggregator="avg",
        help="From the request to the first start.",
    )
    qualiopi_access_promised = fields.Char(
        "Time Promised", related="qualiopi_program_id.access_time"
    )
    qualiopi_warning = fields.Text(compute="_compute_qualiopi_warning")

    @api.depends("qualiopi_event_id")
    def _compute_qualiopi_program_id(self):
        for lead in self.filtered(lambda lead: not lead.qualiopi_program_id):
            lead.qualiopi_program_id = lead.qualiopi_event_id.qualiopi_program_id

    @api.depends("qualiopi_program_id")
    def _compute_company_id(self):
        """A request belongs to the company of its programme, unless sales say else."""
        result = super()._compute_company_id()
        for lead in self.filtered(lambda lead: not lead.company_id):
            company = lead.qualiopi_program_id.company_id
            if lead._qualiopi_may_belong_to(
                company, lead.user_id, lead.team_id, lead.partner_id
            ):
                lead.company_id = company
        return result

    @api.model
    def _qualiopi_may_belong_to(self, company, user, team, partner):
        """:return: whether a request with these can be one of that company"""
        return (
            (not user or company in user.company_ids)
            and team.company_id <= company
            and partner.company_id <= company
        )

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_registration_ids.state",
        "qualiopi_registration_ids.name",
        "qualiopi_registration_ids.event_id.name",
    )
    def _compute_qualiopi_registrations(self):
        states = dict(
            self.env["event.registration"]
            ._fields["state"]
            ._description_selection(self.env)
        )
        for lead in self:
            learners = lead.qualiopi_registration_ids
            lead.qualiopi_registration_count = len(learners)
            lead.qualiopi_registered = "\n".join(
                f"{row.name or row.email or ''} – {row.event_id.name} "
                f"({states[row.state]})"
                for row in learners._qualiopi_by_name()
            )

    @api.depends(
        "qualiopi_registration_ids.state",
        "qualiopi_registration_ids.active",
        "qualiopi_registration_ids.event_id.date_begin",
        "qualiopi_registration_ids.event_id.date_tz",
        "qualiopi_registration_ids.event_id.kanban_state",
    )
    def _compute_qualiopi_started_on(self):
        for lead in self:
            joined = lead.qualiopi_registration_ids.filtered(
                lambda row: (
                    row.active
                    and row.state in ENROLLED
                    and row.event_id.kanban_state != "cancel"
                )
            )
            days = [event._qualiopi_days()[0] for event in joined.event_id]
            lead.qualiopi_started_on = min(filter(None, days), default=False)

    @api.depends("qualiopi_started_on", "qualiopi_requested_on")
    def _compute_qualiopi_access_days(self):
        for lead in self:
            lead.qualiopi_access_days = (
                (lead.qualiopi_started_on - lead.qualiopi_requested_on).days
                if lead._qualiopi_access_known()
                else 0
            )

    def _qualiopi_access_known(self):
        """:return: whether the time to access can be measured"""
        self.ensure_one()
        asked, started = self.qualiopi_requested_on, self.qualiopi_started_on
        return bool(asked and started and asked <= started)

    def _read_group_select(self, aggregate_spec, query):
        """The mean time to access is that of requests that led to a start.

        The column holds 0 for the others: an integer has no empty value.
        """
        if aggregate_spec != "qualiopi_access_days:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "AVG(%(days)s) FILTER (WHERE %(asked)s <= %(started)s)",
            days=self._field_to_sql(self._table, "qualiopi_access_days", query),
            asked=self._field_to_sql(self._table, "qualiopi_requested_on", query),
            started=self._field_to_sql(self._table, "qualiopi_started_on", query),
        )

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_program_id.active",
        "qualiopi_program_id.state",
        "qualiopi_program_id.current_version_id",
        "qualiopi_event_id.kanban_state",
        "qualiopi_event_id.date_end",
        "qualiopi_requested_on",
        "qualiopi_started_on",
        "qualiopi_wished_until",
    )
    def _compute_qualiopi_warning(self):
        for lead in self:
            lead.qualiopi_warning = "\n".join(lead._qualiopi_warnings()) or False

    def _qualiopi_warnings(self):
        """:return: what is unusual about this request, one sentence each"""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        asked = self.qualiopi_requested_on
        warnings = self._qualiopi_offer_warnings(today)
        if asked and asked > today:
            warnings.append(self.env._("The day of the request is still to come."))
        if asked and self.qualiopi_started_on and not self._qualiopi_access_known():
            warnings.append(
                self.env._(
                    "The request is dated after the first start: the time to access "
                    "cannot be measured. Check “Requested On”."
                )
            )
        return warnings

    def _qualiopi_offer_warnings(self, today):
        """:return: why what is asked for cannot be offered as it is"""
        # sudo: qualiopi.program, event.event - only what is wrong with those chosen
        program, event = self.sudo().qualiopi_program_id, self.sudo().qualiopi_event_id
        warnings = []
        if program and not program._may_take_sessions():
            warnings.append(
                self.env._(
                    "“%(program)s” is no longer offered: agree on another programme "
                    "before registering anybody.",
                    program=program.name,
                )
            )
        elif program and not program.current_version_id:
            warnings.append(
                self.env._(
                    "“%(program)s” has no validated version: what it offers cannot be "
                    "put in writing yet.",
                    program=program.name,
                )
            )
        if event.kanban_state == "cancel":
            warnings.append(self.env._("The session wished is cancelled."))
        elif event and event._qualiopi_days()[1] < today:
            warnings.append(self.env._("The session wished is over."))
        return warnings

    @api.constrains("qualiopi_learner_count")
    def _check_qualiopi_learner_count(self):
        if any(lead.qualiopi_learner_count < 0 for lead in self):
            raise ValidationError(
                self.env._("The number of learners cannot be negative.")
            )

    @api.constrains("qualiopi_wished_from", "qualiopi_wished_until")
    def _check_qualiopi_wished(self):
        for lead in self:
            first, last = lead.qualiopi_wished_from, lead.qualiopi_wished_until
            if first and last and last < first:
                raise ValidationError(
                    self.env._("The wished period ends before it begins.")
                )

    @api.constrains("qualiopi_program_id", "qualiopi_event_id")
    def _check_qualiopi_event(self):
        # sudo: event.event - compared, not shown to who may not read sessions
        for lead in self.sudo().filtered("qualiopi_event_id"):
            event, program = lead.qualiopi_event_id, lead.qualiopi_program_id
            if program and event.qualiopi_program_id != program:
                raise ValidationError(
                    self.env._(
                        "“%(session)s” does not deliver “%(program)s”: choose one of "
                        "its sessions, or change the programme asked for.",
                        session=event.name,
                        program=program.name,
                    )
                )

    @api.onchange("qualiopi_program_id")
    def _onchange_qualiopi_program_id(self):
        if self.qualiopi_event_id.qualiopi_program_id != self.qualiopi_program_id:
            self.qualiopi_event_id = False

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_evidence(self):
        # sudo: event.registration, survey.user_input - evidence counts whether or not
        # one may read it
        kept = self.sudo().with_context(active_test=False)
        for lead in self:
            theirs = [("qualiopi_lead_id", "=", lead.id)]
            given = [*theirs, ("state", "=", "done"), ("test_entry", "=", False)]
            if kept.env["event.registration"].search_count(theirs, limit=1) or (
                kept.env["survey.user_input"].search_count(given, limit=1)
            ):
                raise UserError(
                    self.env._(
                        "“%(lead)s” is part of learners' files, or holds an answer to "
                        "a need analysis: mark it as lost, or archive it, instead of "
                        "deleting it.",
                        lead=lead.name,
                    )
                )
