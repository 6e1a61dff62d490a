from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

ENROLLED = ("open", "done")


class EventRegistration(models.Model):
    """The learner's file: what was asked, agreed, given, followed and reached.

    It hangs on the registration of a session that delivers a programme; other
    registrations stay as they were. Request (unconfirmed) -> enrolled, once the
    need is analysed and the contract or agreement signed -> attended, or
    cancelled; dropping out is a date and a reason, not a state.
    """

    _name = "event.registration"
    _inherit = ["event.registration", "qualiopi.learner.file"]
    _check_company_auto = True

    qualiopi_program_id = fields.Many2one(
        related="event_id.qualiopi_program_id", store=True, index="btree_not_null"
    )
    qualiopi_version_id = fields.Many2one(related="event_id.qualiopi_version_id")
    qualiopi_certifying = fields.Boolean(related="qualiopi_program_id.certifying")

    qualiopi_client_id = fields.Many2one(check_company=True)
    qualiopi_funder_id = fields.Many2one(check_company=True)
    qualiopi_currency_id = fields.Many2one(related="company_id.currency_id")
    qualiopi_override_reason = fields.Text(
        "Enrolled All the Same Because", tracking=True, copy=False
    )
    qualiopi_convocation_on = fields.Date("Convocation Sent On", tracking=True)
    qualiopi_document_ids = fields.One2many(
        "qualiopi.learner.document", "registration_id", "Given to the Learner"
    )
    qualiopi_attendance_ids = fields.One2many(
        "qualiopi.attendance", "registration_id", "Attendance"
    )
    qualiopi_follow_up_ids = fields.One2many(
        "qualiopi.follow.up", "registration_id", "Follow-Up"
    )
    qualiopi_outcome_ids = fields.One2many(
        "qualiopi.outcome", "registration_id", "Outcomes"
    )
    qualiopi_certificate_on = fields.Date(
        "Certificate of Completion", readonly=True, copy=False, tracking=True
    )
    qualiopi_hours_present = fields.Float(
        "Hours Present", compute="_compute_qualiopi_hours_present"
    )
    qualiopi_attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_registration_attachment_rel",
        "registration_id",
        "attachment_id",
        "Documents of the File",
        bypass_search_access=True,
        copy=False,
    )

    _qualiopi_event_state_idx = models.Index("(event_id, state) WHERE active")

    @api.depends("qualiopi_attendance_ids.hours", "qualiopi_attendance_ids.state")
    def _compute_qualiopi_hours_present(self):
        hours = dict(
            self.env["qualiopi.attendance"]._read_group(
                [("registration_id", "in", self.ids), ("state", "=", "present")],
                ["registration_id"],
                ["hours:sum"],
            )
        )
        for registration in self:
            registration.qualiopi_hours_present = hours.get(registration._origin, 0)

    @api.constrains("qualiopi_dropped_on", "qualiopi_exam_on")
    def _check_qualiopi_dates(self):
        for registration in self.filtered("qualiopi_program_id"):
            first = registration.event_id._qualiopi_days()[0]
            dropped = registration.qualiopi_dropped_on
            if dropped and dropped < first:
                raise ValidationError(
                    self.env._(
                        "%(learner)s cannot drop out on %(day)s, before the session "
                        "begins on %(first)s. Cancel the registration instead.",
                        learner=registration.display_name,
                        day=format_date(self.env, dropped),
                        first=format_date(self.env, first),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """A request is not an enrolment: it stays unconfirmed until it is checked."""
        sessions = self.env["event.event"].browse(
            {vals["event_id"] for vals in vals_list if vals.get("event_id")}
        )
        training = set(sessions.filtered("qualiopi_program_id").ids)
        wanted = [
            vals.get("state", "draft") if vals.get("event_id") in training else None
            for vals in vals_list
        ]
        registrations = super().create(
            [
                {**vals, "state": "draft"}
                if state in ENROLLED
                else {**vals, "state": state}
                if state
                else vals
                for vals, state in zip(vals_list, wanted, strict=True)
            ]
        )
        for state in ENROLLED:
            self.browse(
                registration.id
                for registration, its_state in zip(registrations, wanted, strict=True)
                if its_state == state
            ).write({"state": state})
        return registrations

    def write(self, vals):
        """Check before the enrolment is written: it sends mails at once."""
        if vals.get("state") not in ENROLLED:
            return super().write(vals)
        others = {name: value for name, value in vals.items() if name != "state"}
        if others:
            super().write(others)
        self._qualiopi_check_enrolment()
        return super().write({"state": vals["state"]})

    def _qualiopi_check_enrolment(self):
        """Nobody is enrolled before his need is analysed and his contract signed.

        Labour Code L. 6353-3 to L. 6353-6 for an individual who pays; D. 6353-1 for
        the agreement of a company or funder. Who is enrolled already stays so.

        :raise UserError: naming what is missing and how to go on
        """
        for registration in self:
            if not registration.qualiopi_program_id or registration.state in ENROLLED:
                continue
            lacks = registration._qualiopi_enrolment_lacks()
            if lacks and not (registration.qualiopi_override_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(learner)s cannot be enrolled yet:\n%(lacks)s\n"
                        "Record what is missing, or write under “Enrolled all the same "
                        "because” why the enrolment cannot wait.",
                        learner=registration.display_name,
                        lacks="\n".join(f"- {lack}" for lack in lacks),
                    )
                )

    def _qualiopi_enrolment_lacks(self):
        """:return: sentences, one for each thing to do before enrolment"""
        self.ensure_one()
        lacks = []
        if not self.qualiopi_funding:
            lacks.append(self.env._("Who pays is not known: choose the funding."))
        if not self.qualiopi_need_on:
            lacks.append(self.env._("The need has not been analysed."))
        if not self.qualiopi_contract_on:
            if self.qualiopi_funding == "individual":
                lacks.append(
                    self.env._(
                        "The contract is not signed: an individual who pays signs it "
                        "before enrolling (L. 6353-3 of the Labour Code)."
                    )
                )
            else:
                lacks.append(self.env._("The agreement is not signed."))
        return lacks

    def action_qualiopi_prepare_outcomes(self):
        """Add an empty line for each objective that has none: to be filled in.

        :raise UserError: before the first day of the session
        """
        today = self.env["qualiopi.framework"]._today()
        for registration in self:
            first = registration.event_id._qualiopi_days()[0]
            if today < first:
                raise UserError(
                    self.env._(
                        "The session begins on %(first)s: outcomes are assessed from "
                        "then on.",
                        first=format_date(self.env, first),
                    )
                )
            assessed = registration.qualiopi_outcome_ids.objective_id
            objectives = registration.qualiopi_program_id.objective_ids - assessed
            self.env["qualiopi.outcome"].create(
                [
                    {
                        "registration_id": registration.id,
                        "objective_id": objective.id,
                    }
                    for objective in objectives
                ]
            )
