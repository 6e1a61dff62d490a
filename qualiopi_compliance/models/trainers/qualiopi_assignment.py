from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class QualiopiAssignment(models.Model):
    """A trainer gives a session, or a part of it.

    Made when the session is planned, kept as history. It is checked over each day
    on which he teaches: state of his file, programmes he may teach, skills
    required, other sessions. The company's policy says what becomes of a problem:
    a warning, a refusal, or a written waiver that is kept.
    """

    _name = "qualiopi.assignment"
    _description = "Assignment of a trainer to a session"
    _order = "event_begin desc, event_id, role, id"
    _check_company_auto = True

    event_id = fields.Many2one(
        "event.event",
        "Session",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('qualiopi_program_id', '!=', False)]",
    )
    event_begin = fields.Datetime(
        "Begins", related="event_id.date_begin", store=True, index=True
    )
    event_end = fields.Datetime(
        "Ends", related="event_id.date_end", store=True, index=True
    )
    program_id = fields.Many2one(
        related="event_id.qualiopi_program_id", store=True, index=True
    )
    company_id = fields.Many2one(
        related="event_id.company_id", store=True, index=True, precompute=True
    )
    trainer_id = fields.Many2one(
        "qualiopi.trainer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', '!=', 'left'), ('company_id', '=', company_id)]",
    )
    kind = fields.Selection(
        related="trainer_id.kind", string="Kind of Trainer", store=True
    )
    role = fields.Selection(
        [
            ("lead", "Lead trainer"),
            ("trainer", "Trainer"),
            ("assessor", "Assessor"),
            ("tutor", "Tutor"),
        ],
        required=True,
        default="trainer",
    )
    half_day_ids = fields.Many2many(
        "qualiopi.half.day",
        "qualiopi_assignment_half_day_rel",
        "assignment_id",
        "half_day_id",
        "Half-Days",
        domain="[('event_id', '=', event_id)]",
        help="Those he teaches, when not all of them.",
    )
    hours = fields.Float(
        compute="_compute_hours", store=True, readonly=False, aggregator="sum"
    )
    policy = fields.Selection(related="company_id.qualiopi_assignment_policy")
    waiver = fields.Text(
        help="Why he teaches all the same, and what makes up for it. It is kept with "
        "the name of who wrote it."
    )
    waived_by_id = fields.Many2one("res.users", "Waiver By", readonly=True, copy=False)
    waived_on = fields.Date("Waiver On", readonly=True, copy=False)
    waived_codes = fields.Json(readonly=True, copy=False)

    _trainer_uniq = models.Constraint(
        "UNIQUE(event_id, trainer_id)",
        "This trainer is already assigned to this session: change that line instead.",
    )

    @api.depends("event_id", "half_day_ids")
    def _compute_hours(self):
        for row in self:
            if row.half_day_ids:
                row.hours = sum(row.half_day_ids.mapped("hours"))
            else:
                row.hours = row.event_id.qualiopi_hours

    @api.depends("trainer_id.name", "event_id.name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (
                f"{row.trainer_id.name or ''} – {row.event_id.name or ''}"
            )

    @api.constrains("hours")
    def _check_hours(self):
        for row in self:
            if row.hours < 0:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot teach %(hours)s hours.",
                        name=row.trainer_id.name,
                        hours=f"{row.hours:g}",
                    )
                )

    @api.constrains("half_day_ids", "event_id")
    def _check_half_days(self):
        for row in self:
            if row.half_day_ids.event_id - row.event_id:
                raise ValidationError(
                    self.env._(
                        "The half-days of %(name)s must be those of “%(session)s”.",
                        name=row.trainer_id.name,
                        session=row.event_id.name,
                    )
                )

    @api.constrains("event_id")
    def _check_program(self):
        for row in self:
            if not row.event_id.qualiopi_program_id:
                raise ValidationError(
                    self.env._(
                        "“%(event)s” delivers no programme: choose its programme "
                        "before its trainers.",
                        event=row.event_id.name,
                    )
                )

    @api.constrains("trainer_id")
    def _check_archived(self):
        for row in self:
            if not row.trainer_id.active or not row.trainer_id.partner_id.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s is archived: restore this trainer, or choose another "
                        "one.",
                        name=row.trainer_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        assignments = super().create(vals_list)
        assignments.filtered("waiver")._keep_waiver()
        assignments._check_policy()
        return assignments

    def write(self, vals):
        result = super().write(vals)
        if "waiver" in vals:
            self._keep_waiver()
        if {"trainer_id", "event_id", "half_day_ids", "waiver"} & vals.keys():
            self._check_policy()
        return result

    @api.model
    def _ahead_domain(self):
        """:return: the assignments to sessions that are not over, nor called off"""
        today = self.env["qualiopi.framework"]._today()
        return (
            Domain("event_id.active", "=", True)
            & Domain("event_end", ">=", today)
            & Domain("event_id.kanban_state", "!=", "cancel")
        )

    def action_open_session(self):
        """Open the session."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "event.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
        }
