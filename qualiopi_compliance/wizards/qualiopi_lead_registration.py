from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize


class QualiopiLeadRegistration(models.TransientModel):
    """Register the learners of a request, to a session that exists or to a new one.

    They stay requests: who they are is known, need and funding are carried over, and
    a person enrols them from their files, after the contract or agreement.
    """

    _name = "qualiopi.lead.registration"
    _description = "Register the learners of a request"

    lead_id = fields.Many2one(
        "crm.lead", "Request", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id")
    program_id = fields.Many2one(
        "qualiopi.program", "Programme", required=True, ondelete="cascade"
    )
    may_plan = fields.Boolean(compute="_compute_may_plan")
    mode = fields.Selection(
        [("existing", "A planned session"), ("new", "A new session")],
        "Register To",
        required=True,
        default="existing",
    )
    event_id = fields.Many2one("event.event", "Session", ondelete="cascade")
    event_begin = fields.Datetime(related="event_id.date_begin", string="Begins On")
    is_multi_slots = fields.Boolean(related="event_id.is_multi_slots")
    slot_id = fields.Many2one("event.slot", "Slot", ondelete="cascade")
    event_name = fields.Char(
        "Name of the Session",
        compute="_compute_event_name",
        store=True,
        readonly=False,
    )
    date_begin = fields.Datetime("Begins")
    date_end = fields.Datetime("Ends")
    line_ids = fields.One2many(
        "qualiopi.lead.registration.line", "wizard_id", "Learners"
    )
    register_again = fields.Boolean(
        "Register Them Again",
        help="Somebody else may use the same address: two people of one company, a "
        "parent and a child.",
    )
    has_duplicates = fields.Boolean(compute="_compute_warning")
    warning = fields.Text(compute="_compute_warning")

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Register the Learners")

    def _compute_may_plan(self):
        self.may_plan = self.env["event.event"].has_access("create")

    @api.depends("program_id")
    def _compute_event_name(self):
        for wizard in self:
            wizard.event_name = wizard.program_id.name

    @api.onchange("program_id")
    def _onchange_program_id(self):
        if self.event_id.qualiopi_program_id != self.program_id:
            self.event_id = False

    @api.depends_context("lang")
    @api.depends(
        "mode",
        "program_id",
        "event_id",
        "date_begin",
        "line_ids.email",
        "line_ids.name",
    )
    def _compute_warning(self):
        for wizard in self:
            again = wizard._registered_already()
            wizard.has_duplicates = bool(again)
            warnings = wizard._session_warnings() + wizard._learner_warnings(again)
            wizard.warning = "\n".join(warnings) or False

    def _session_warnings(self):
        """:return: what is unusual about the session chosen, one sentence each"""
        self.ensure_one()
        today = self.env["qualiopi.framework"]._today()
        event = self.event_id if self.mode == "existing" else self.env["event.event"]
        warnings = []
        if not self.program_id.current_version_id:
            warnings.append(
                self.env._(
                    "The programme has no validated version: validate it before "
                    "learners enrol."
                )
            )
        if event and event._qualiopi_days()[0] < today:
            warnings.append(self.env._("The session has begun already."))
        # sudo: event.event - salespeople see how many seats are left, not for whom
        seats = event.sudo()
        wanted = len(self._named())
        if seats.seats_limited and wanted > seats.seats_available:
            warnings.append(
                self.env._(
                    "Seats left: %(left)s, for %(wanted)s learners. Requests are "
                    "recorded all the same; seats are checked when they are enrolled.",
                    left=max(seats.seats_available, 0),
                    wanted=wanted,
                )
            )
        return warnings

    def _learner_warnings(self, again):
        """:param again: names of those who are registered to this session already
        :return: what is unusual about the learners, one sentence each
        """
        self.ensure_one()
        warnings = []
        if again:
            warnings.append(
                self.env._(
                    "Registered to this session already, with the same address: "
                    "%(learners)s.",
                    learners=", ".join(again),
                )
            )
        lost = self._named().filtered(
            lambda line: not email_normalize(line.email or "")
        )
        if lost:
            warnings.append(
                self.env._(
                    "No valid e-mail address: %(learners)s. Nothing can be sent to "
                    "them until it is entered on their files.",
                    learners=", ".join(line.name or line.email for line in lost),
                )
            )
        return warnings

    def _named(self):
        """:return: the lines that say who is meant"""
        return self.line_ids.filtered(
            lambda line: (line.name or "").strip() or (line.email or "").strip()
        )

    def _taken(self):
        """:return: addresses that the session chosen holds already"""
        self.ensure_one()
        if self.mode != "existing" or not self.event_id:
            return set()
        # sudo: event.registration - only whether an address typed here is among them
        rows = self.event_id.sudo().registration_ids
        return {
            address
            for row in rows
            if row.state != "cancel" and (address := email_normalize(row.email or ""))
        }

    def _registered_already(self):
        """:return: names of those whose address is in the session already"""
        return [line.name or line.email for line in self._named() if line.already]

    # Registering

    def action_register(self):
        """Register those who are named; they stay requests until they are enrolled.

        :raise UserError: saying what is missing or does not fit
        """
        self.ensure_one()
        self.lead_id.check_access("write")
        self._check_ready()
        event = self._plan_session() if self.mode == "new" else self.event_id
        registrations = self._create_requests(event)
        self._note_on_request(event, registrations)
        return self._action_done(event, registrations)

    def _check_ready(self):
        self._check_program()
        if self.mode == "existing":
            self._check_session()
        learners = self._named()
        if not learners:
            raise UserError(
                self.env._("Name at least one learner, or give an e-mail address.")
            )
        again = self._registered_already()
        if again and not self.register_again:
            raise UserError(
                self.env._(
                    "%(learners)s: already registered to this session with the same "
                    "e-mail address. Remove the line, correct the address, or tick "
                    "“Register Them Again” if somebody else uses it.",
                    learners=", ".join(again),
                )
            )

    def _check_program(self):
        program, company = self.program_id, self.lead_id.company_id
        if not program._may_take_sessions():
            raise UserError(
                self.env._(
                    "“%(program)s” is no longer offered: choose another programme.",
                    program=program.name,
                )
            )
        if company and company != program.company_id:
            raise UserError(
                self.env._(
                    "The request belongs to %(company)s, “%(program)s” to %(other)s.",
                    company=company.name,
                    program=program.name,
                    other=program.company_id.name,
                )
            )

    def _check_session(self):
        event = self.event_id
        if not event:
            raise UserError(
                self.env._("Choose the session, or register to a new session.")
            )
        event.check_access("read")
        if event.qualiopi_program_id != self.program_id:
            raise UserError(
                self.env._(
                    "“%(session)s” does not deliver “%(program)s”: choose one of its "
                    "sessions.",
                    session=event.name,
                    program=self.program_id.name,
                )
            )
        if event.kanban_state == "cancel":
            raise UserError(
                self.env._(
                    "“%(session)s” is cancelled: choose another session.",
                    session=event.name,
                )
            )
        if event.is_multi_slots and self.slot_id.event_id != event:
            raise UserError(
                self.env._("Choose the slot of the session that they come to.")
            )

    def _plan_session(self):
        """:return: the new session, made with the rights of the user"""
        if not self.date_begin or not self.date_end:
            raise UserError(self.env._("Enter when the new session begins and ends."))
        if self.date_end < self.date_begin:
            raise UserError(self.env._("The new session ends before it begins."))
        return self.env["event.event"].create(
            {
                "name": self.event_name or self.program_id.name,
                "company_id": self.program_id.company_id.id,
                "qualiopi_program_id": self.program_id.id,
                "date_begin": self.date_begin,
                "date_end": self.date_end,
                "date_tz": self._zone(),
            }
        )

    def _create_requests(self, event):
        shared = self.lead_id._qualiopi_registration_values()
        # sudo: event.registration - salespeople hand requests over, they do not keep
        # the files; no rule may make another request of them
        registrations = self.env["event.registration"].sudo()
        return registrations.with_context(event_lead_rule_skip=True).create(
            [
                {
                    **shared,
                    **line._registration_values(),
                    "event_id": event.id,
                    "event_slot_id": self.slot_id.id if event.is_multi_slots else False,
                    "state": "draft",
                }
                for line in self._named()
            ]
        )

    def _note_on_request(self, event, registrations):
        """The request remembers where its learners went."""
        lead = self.lead_id
        values = {"qualiopi_event_id": event.id}
        if lead.qualiopi_program_id != self.program_id:
            values["qualiopi_program_id"] = self.program_id.id
        lead.write(values)
        lead.message_post(
            body=self.env._(
                "Registered to “%(session)s”, as requests to be confirmed: "
                "%(learners)s.",
                session=event.name,
                learners=", ".join(row.name or row.email for row in registrations),
            )
        )

    def _action_done(self, event, registrations):
        """:return: what was done, then the learners' files for who reads them"""
        files = self.env["event.registration"]
        message = self.env._(
            "Registered to “%(session)s”: %(count)s. Enrol them from their files.",
            session=event.name,
            count=len(registrations),
        )
        if len(registrations) < len(self.line_ids):
            message = self.env._(
                "%(done)s Lines without name were left out: register them once you "
                "know who comes.",
                done=message,
            )
        action = None
        if files.has_access("read"):
            action = self.lead_id.action_qualiopi_registrations()
        return files._qualiopi_notify(
            self.env._("Learners registered"), message, "success", action
        )
