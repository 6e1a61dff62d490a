import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .qualiopi_program import TEACHING_MODES


class EventEvent(models.Model):
    """A session delivers a programme; an event without programme stays as it was.

    What the session takes from the programme (version, arrangement, hours,
    referent) is filled in when the programme is chosen and may be changed.
    """

    _inherit = "event.event"
    _check_company_auto = True

    qualiopi_program_id = fields.Many2one(
        "qualiopi.program",
        "Programme",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('state', '!=', 'retired'), ('company_id', '=', company_id)]",
    )
    qualiopi_version_id = fields.Many2one(
        "qualiopi.program.version",
        "Version Followed",
        compute="_compute_qualiopi_version_id",
        store=True,
        readonly=False,
        copy=False,
        check_company=True,
        ondelete="restrict",
        tracking=True,
        domain="[('program_id', '=', qualiopi_program_id)]",
    )
    qualiopi_teaching_mode = fields.Selection(
        TEACHING_MODES,
        "Arrangement",
        compute="_compute_qualiopi_from_program",
        store=True,
        readonly=False,
    )
    qualiopi_hours = fields.Float(
        "Planned Hours",
        compute="_compute_qualiopi_from_program",
        store=True,
        readonly=False,
    )
    qualiopi_distance_hours = fields.Float(
        "Hours at a Distance",
        compute="_compute_qualiopi_from_program",
        store=True,
        readonly=False,
    )
    qualiopi_referent_id = fields.Many2one(
        "res.partner",
        "Teaching Referent",
        compute="_compute_qualiopi_from_program",
        store=True,
        readonly=False,
        check_company=True,
    )
    # Published events are read by visitors: what concerns us, our clients and our
    # learners is for the house only.
    qualiopi_half_day_ids = fields.One2many(
        "qualiopi.half.day",
        "event_id",
        "Half-Days",
        copy=False,
        groups="base.group_user",
    )
    qualiopi_half_day_hours = fields.Float(
        "Hours of the Half-Days",
        compute="_compute_qualiopi_half_day_hours",
        groups="base.group_user",
    )
    qualiopi_place = fields.Selection(
        [
            ("site", "One of our sites"),
            ("rented", "Rented room"),
            ("client", "At the client's"),
            ("online", "Online"),
        ],
        "Place",
        compute="_compute_qualiopi_place",
        store=True,
        readonly=False,
    )
    qualiopi_site_id = fields.Many2one(
        "qualiopi.site", "Site", check_company=True, ondelete="restrict"
    )
    qualiopi_principal_id = fields.Many2one(
        "res.partner",
        "Delivered For",
        check_company=True,
        tracking=True,
        groups="base.group_user",
        help="The principal, when we act as its subcontractor: indicators 1 to 3 are "
        "then the principal's, the others are judged by the tasks entrusted.",
    )
    qualiopi_principal_tasks = fields.Text(
        "Tasks Entrusted to Us",
        groups="base.group_user",
        help="As named by the contract with the principal. Without them all "
        "indicators are checked (guide V9, preamble).",
    )
    qualiopi_subcontractor_id = fields.Many2one(
        "res.partner",
        "Given To",
        check_company=True,
        tracking=True,
        groups="base.group_user",
        help="The subcontractor who delivers this session for us.",
    )
    qualiopi_adaptations = fields.Text(
        "Adaptations",
        groups="base.group_user",
        help="What was adapted to the learners of this session.",
    )
    qualiopi_warning = fields.Text(
        compute="_compute_qualiopi_warning", groups="base.group_user"
    )

    _qualiopi_company_end_idx = models.Index("(company_id, date_end) WHERE active")

    @api.depends("qualiopi_program_id")
    def _compute_qualiopi_version_id(self):
        """The version in force when the programme was chosen.

        Without one yet, a session to come takes the first: see the versions' create.
        """
        for event in self:
            program = event.qualiopi_program_id
            if not program or event.qualiopi_version_id.program_id != program:
                event.qualiopi_version_id = program.current_version_id

    @api.depends("qualiopi_program_id")
    def _compute_qualiopi_from_program(self):
        for event in self:
            program = event.qualiopi_program_id
            if not program:
                event.qualiopi_teaching_mode = False
                event.qualiopi_hours = 0
                event.qualiopi_distance_hours = 0
                event.qualiopi_referent_id = False
                continue
            event.qualiopi_teaching_mode = program.teaching_mode
            event.qualiopi_hours = program.duration_hours
            event.qualiopi_distance_hours = program.distance_hours
            event.qualiopi_referent_id = program.referent_id

    @api.depends("qualiopi_half_day_ids.hours")
    def _compute_qualiopi_half_day_hours(self):
        for event in self:
            event.qualiopi_half_day_hours = sum(
                event.qualiopi_half_day_ids.mapped("hours")
            )

    @api.depends("qualiopi_program_id", "qualiopi_teaching_mode")
    def _compute_qualiopi_place(self):
        for event in self:
            if not event.qualiopi_program_id:
                event.qualiopi_place = False
            elif event.qualiopi_teaching_mode == "distance":
                event.qualiopi_place = "online"
            else:
                event.qualiopi_place = event.qualiopi_place or "site"

    @api.depends_context("lang")
    @api.depends(
        "qualiopi_program_id.certification_until",
        "qualiopi_program_id.authorisation_until",
        "qualiopi_program_id.current_version_id",
        "qualiopi_version_id",
        "qualiopi_hours",
        "qualiopi_half_day_ids.hours",
        "qualiopi_half_day_ids.date",
        "qualiopi_principal_id",
        "qualiopi_principal_tasks",
        "date_begin",
        "date_end",
        "date_tz",
    )
    def _compute_qualiopi_warning(self):
        for event in self:
            event.qualiopi_warning = "\n".join(event._qualiopi_warnings()) or False

    def _qualiopi_warnings(self):
        """:return: what is unusual about this session, one sentence each"""
        self.ensure_one()
        program = self.qualiopi_program_id
        if not program:
            return []
        first_day = self._qualiopi_days()[0]
        warnings = program._lacks_at(first_day) if first_day else []
        if not program.current_version_id:
            warnings.append(
                self.env._(
                    "The programme has no validated version: validate it before "
                    "learners enrol."
                )
            )
        elif not self.qualiopi_version_id:
            warnings.append(
                self.env._(
                    "No version of the programme is chosen: learners could not be told "
                    "later what it said when they enrolled."
                )
            )
        warnings += self._qualiopi_half_day_warnings()
        if self.qualiopi_principal_id and not self.qualiopi_principal_tasks:
            warnings.append(
                self.env._(
                    "The tasks entrusted by the principal are not written down: the "
                    "auditor will then check all indicators."
                )
            )
        return warnings

    def _qualiopi_days(self):
        """:return: first and last day of the session, in its own time zone"""
        self.ensure_one()
        zone = pytz.timezone(self.date_tz or "Europe/Paris")
        return tuple(
            moment and pytz.utc.localize(moment).astimezone(zone).date()
            for moment in (self.date_begin, self.date_end)
        )

    def _check_company(self, fnames=None):
        """Only sessions are checked: a plain event keeps the rules it had."""
        return super(EventEvent, self.filtered("qualiopi_program_id"))._check_company(
            fnames
        )

    @api.constrains("qualiopi_program_id", "company_id")
    def _check_qualiopi_company(self):
        for event in self:
            if event.qualiopi_program_id and not event.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(session)s” delivers a programme: choose its company.",
                        session=event.name,
                    )
                )

    @api.constrains("qualiopi_program_id")
    def _check_qualiopi_retired(self):
        for event in self:
            if event.qualiopi_program_id.state == "retired":
                raise ValidationError(
                    self.env._(
                        "“%(program)s” is retired: choose another programme, or revise "
                        "and validate this one again.",
                        program=event.qualiopi_program_id.name,
                    )
                )

    @api.constrains("qualiopi_hours", "qualiopi_distance_hours")
    def _check_qualiopi_hours(self):
        for event in self:
            if event.qualiopi_hours < 0 or event.qualiopi_distance_hours < 0:
                raise ValidationError(
                    self.env._("The hours of a session cannot be negative.")
                )
