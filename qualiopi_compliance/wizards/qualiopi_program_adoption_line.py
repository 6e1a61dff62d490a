from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

NAMES_SHOWN = 3


class QualiopiProgramAdoptionLine(models.TransientModel):
    """A group of events, and the programme that is proposed for it."""

    _name = "qualiopi.program.adoption.line"
    _description = "Programme to make from events"
    _order = "id"

    wizard_id = fields.Many2one(
        "qualiopi.program.adoption", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="wizard_id.company_id")
    selected = fields.Boolean("Do It")
    origin_type_id = fields.Many2one(
        "event.type", "Template", readonly=True, ondelete="cascade"
    )
    origin_name = fields.Char("Name in Common", readonly=True)
    name = fields.Char("Programme", required=True)
    category_id = fields.Many2one(
        "qualiopi.category",
        "Action Category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
    )
    program_id = fields.Many2one(
        "qualiopi.program",
        "Existing Programme",
        ondelete="cascade",
        domain="[('company_id', '=', company_id), ('state', '!=', 'retired')]",
        help="The events are attached to it; no programme is made.",
    )
    event_ids = fields.Many2many(
        "event.event", string="Sessions", domain="[('company_id', '=', company_id)]"
    )
    event_count = fields.Integer("Number of Sessions", compute="_compute_proposal")
    event_names = fields.Char("Sessions Concerned", compute="_compute_event_names")
    duration_hours = fields.Float("Hours")
    duration_days = fields.Float("Days")
    blocked = fields.Boolean(compute="_compute_proposal")
    proposal = fields.Char("What Will Be Done", compute="_compute_proposal")

    @api.depends("name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name

    @api.depends("wizard_id.category_id")
    def _compute_category_id(self):
        for line in self:
            line.category_id = line.wizard_id.category_id

    @api.depends_context("lang")
    @api.depends("program_id", "event_ids")
    def _compute_proposal(self):
        for line in self:
            program = line.program_id
            line.event_count = len(line.event_ids)
            line.blocked = bool(program) and not program._may_take_sessions()
            line.proposal = line._proposal_text()

    @api.depends_context("lang")
    @api.depends("event_ids")
    def _compute_event_names(self):
        for line in self:
            latest = line.event_ids.sorted("date_begin", reverse=True)
            names = [
                f"{event.name} ({format_date(self.env, event._qualiopi_days()[0])})"
                for event in latest[:NAMES_SHOWN]
            ]
            if len(latest) > NAMES_SHOWN:
                more = len(latest) - NAMES_SHOWN
                names.append(self.env._("and %(count)s more", count=more))
            line.event_names = ", ".join(names)

    def _proposal_text(self):
        self.ensure_one()
        program = self.program_id
        if self.blocked:
            return self.env._(
                "Nothing: “%(program)s” is retired or archived. Bring it back, or "
                "empty this programme to make a new one.",
                program=program.name,
            )
        values = {"count": len(self.event_ids), "program": program.name}
        if program:
            return self.env._("Attach to “%(program)s”; sessions: %(count)s", **values)
        if not self.event_ids:
            return self.env._("Make a draft without session")
        return self.env._("Make a draft; sessions to attach: %(count)s", **values)

    def _check_ready(self):
        """:raise UserError: naming the lines that cannot be done yet"""
        blocked = self.filtered("blocked")
        if blocked:
            raise UserError(blocked[0].proposal)
        lacking = self.filtered(
            lambda line: not line.category_id and not line.program_id
        )
        if lacking:
            raise UserError(
                self.env._(
                    "Choose the action category of: %(programs)s.",
                    programs=", ".join(lacking.mapped("name")),
                )
            )

    def _adopt(self):
        """Make the programme unless it is there, and attach the events to it.

        Dates, registrations and their states stay as they are.

        :return: the programme
        """
        self.ensure_one()
        # some may have been attached since the proposal was made
        events = self.event_ids.filtered(
            lambda event: (
                event.company_id == self.company_id and not event.qualiopi_program_id
            )
        )
        if self.event_ids and not events:
            return self.event_ids.qualiopi_program_id
        program = self.program_id or self._idle_program() or self._make_program()
        if not program.origin_type_id and not program.origin_name:
            program.write(self._origin_values())
        self.program_id = program
        events.write({"qualiopi_program_id": program.id})
        for event in events:
            # what was told at the time: none of the versions that came later
            version = program._version_on(event._qualiopi_days()[0])
            if event.qualiopi_version_id != version:
                event.qualiopi_version_id = version
        return program

    def _origin_values(self):
        return {
            "origin_type_id": self.origin_type_id.id,
            "origin_name": self.origin_name,
        }

    def _idle_program(self):
        """:return: the programme made since from the same template without event"""
        if self.event_ids:
            return self.program_id
        return self.env["qualiopi.program"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("origin_type_id", "=", self.origin_type_id.id),
                ("origin_name", "=", self.origin_name),
            ],
            limit=1,
        )

    def _make_program(self):
        return self.env["qualiopi.program"].create(
            {
                "name": self.name,
                "company_id": self.company_id.id,
                "category_id": self.category_id.id,
                "duration_hours": self.duration_hours,
                "duration_days": self.duration_days,
                **self._origin_values(),
            }
        )

    def action_open_events(self):
        """Choose among the events of this line."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
