from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EventEvent(models.Model):
    """The contracts a session is delivered under, received or given.

    The contract received says which indicators are looked at in the session; what a
    principal entrusts under the CPF is not given on.
    """

    _inherit = "event.event"

    qualiopi_subcontract_id = fields.Many2one(
        "qualiopi.subcontract",
        "Contract With the Principal",
        compute="_compute_qualiopi_subcontract_id",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        groups="base.group_user",
        domain="[('direction', '=', 'received'), ('state', '!=', 'cancelled'), "
        "('principal_id', 'child_of', qualiopi_principal_id or []), "
        "('company_id', '=', company_id)]",
        help="The tasks it entrusts to us decide which indicators are looked at in "
        "this session.",
    )
    qualiopi_principal_tasks = fields.Text(
        compute="_compute_qualiopi_principal_tasks", store=True, readonly=False
    )

    @api.depends("qualiopi_principal_id", "qualiopi_program_id", "company_id")
    def _compute_qualiopi_subcontract_id(self):
        self._qualiopi_find_contract()

    def _qualiopi_find_contract(self):
        """The contract received that covers the session, when there is just one."""
        # sudo: qualiopi.subcontract - only to know which one it is
        contracts = self.env["qualiopi.subcontract"].sudo()
        concerned = self.filtered("qualiopi_program_id").filtered(
            "qualiopi_principal_id"
        )
        received = contracts
        if concerned:
            firms = concerned.qualiopi_principal_id.commercial_partner_id
            received = contracts.search(
                Domain("direction", "=", "received")
                & Domain("principal_id", "child_of", firms.ids)
            )
        for event in self:
            kept = event.qualiopi_subcontract_id.sudo()
            if event not in concerned:
                event.qualiopi_subcontract_id = False
            elif kept and event._qualiopi_principal_of(kept):
                event.qualiopi_subcontract_id = kept.id
            else:
                fitting = received.filtered(event._qualiopi_covered_by)
                found = fitting if len(fitting) == 1 else contracts
                event.qualiopi_subcontract_id = found.id

    def _qualiopi_principal_of(self, contract):
        """:return: whether the contract is one with the principal of this session"""
        firm = self.qualiopi_principal_id.commercial_partner_id._origin
        return contract.principal_id.commercial_partner_id == firm

    def _qualiopi_covered_by(self, contract):
        """:return: whether this contract received covers the whole session"""
        days = [day for day in self._qualiopi_days() if day]
        return (
            bool(days)
            and contract.company_id == self.company_id._origin
            and self._qualiopi_principal_of(contract)
            and all(
                contract._covers(day, self.qualiopi_program_id._origin) for day in days
            )
        )

    @api.depends("qualiopi_subcontract_id.tasks")
    def _compute_qualiopi_principal_tasks(self):
        for event in self:
            event.qualiopi_principal_tasks = (
                event.qualiopi_principal_tasks or event.qualiopi_subcontract_id.tasks
            )

    # No chain

    @api.constrains("qualiopi_subcontract_id", "qualiopi_subcontractor_id")
    def _check_qualiopi_chain(self):
        for event in self:
            refusal = event._qualiopi_chain_refusal(
                event.qualiopi_subcontractor_id.name
            )
            if refusal:
                raise ValidationError(refusal)

    def _qualiopi_chain_refusal(self, who):
        """Why this session may not be given on to somebody.

        :param who: name of the subcontractor, nothing when there is none
        :return: a sentence; empty when it may
        """
        self.ensure_one()
        # sudo: qualiopi.subcontract - the law holds whoever plans the session
        contract = self.sudo().qualiopi_subcontract_id
        if not who or not contract.cpf:
            return ""
        return self.env._(
            "“%(session)s” is entrusted to us by %(principal)s under the CPF: it may "
            "not be given on to %(who)s (R. 6333-6-2 of the Labour Code). Have it "
            "taught by your own staff, or have the principal make a contract with "
            "them.",
            session=self.name,
            principal=contract.principal_id.name,
            who=who,
        )

    def _qualiopi_cpf_sessions(self):
        """:return: those with a learner paid by the CPF, or entrusted to us under it"""
        # sudo: event.registration - only whether there is one
        rows = (
            self.env["event.registration"]
            .sudo()
            ._read_group(
                [
                    ("event_id", "in", self._origin.ids),
                    ("qualiopi_funding", "=", "cpf"),
                    ("state", "!=", "cancel"),
                ],
                ["event_id"],
            )
        )
        funded = {event.id for (event,) in rows}
        return self.filtered(
            lambda event: (
                event._origin.id in funded or event.sudo().qualiopi_subcontract_id.cpf
            )
        )

    # What is unusual

    @api.depends(
        "qualiopi_subcontract_id.state",
        "qualiopi_subcontract_id.date_from",
        "qualiopi_subcontract_id.date_to",
        "qualiopi_subcontractor_id",
    )
    def _compute_qualiopi_warning(self):
        return super()._compute_qualiopi_warning()

    def _qualiopi_warnings(self):
        warnings = super()._qualiopi_warnings()
        if not self.qualiopi_program_id or self.kanban_state == "cancel":
            return warnings
        return [
            *warnings,
            *self._qualiopi_received_warnings(),
            *self._qualiopi_given_warnings(),
        ]

    def _qualiopi_received_warnings(self):
        # sudo: qualiopi.subcontract - whoever plans the session
        contract = self.sudo().qualiopi_subcontract_id
        if not self.qualiopi_principal_id or not contract:
            return []
        values = {"contract": contract.display_name}
        if contract.state == "draft":
            return [self.env._("“%(contract)s” is not signed yet.", **values)]
        if contract.state == "cancelled":
            return [self.env._("“%(contract)s” was cancelled.", **values)]
        if not self._qualiopi_covered_by(contract):
            return [
                self.env._(
                    "“%(contract)s” does not cover this programme on all days of the "
                    "session.",
                    **values,
                )
            ]
        return []

    def _qualiopi_given_warnings(self):
        """:return: what speaks against the firm that delivers the session for us"""
        partner = self.qualiopi_subcontractor_id.commercial_partner_id._origin
        first, last = self._qualiopi_days()
        if not partner or not first or not last:
            return []
        # sudo: qualiopi.subcontractor - the answer is the same for whoever plans
        firm = (
            self.env["qualiopi.subcontractor"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", partner.id),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )
        if not firm:
            return [
                self.env._(
                    "%(firm)s has no file among our subcontractors: open one under "
                    "Trainers / Subcontractors.",
                    firm=partner.name,
                )
            ]
        problems = firm._problems_on(
            self._qualiopi_teaching_days(),
            cpf=bool(self._qualiopi_cpf_sessions()),
            program=self.qualiopi_program_id._origin,
        )
        return [text for _code, text in problems]

    def _qualiopi_teaching_days(self):
        """:return: the days of the half-days, all from first to last without them"""
        self.ensure_one()
        # sudo: qualiopi.half.day - whoever reads a session may know its days
        planned = self.sudo().qualiopi_half_day_ids.mapped("date")
        first, last = self._qualiopi_days()
        every = (
            first + timedelta(days=each) for each in range((last - first).days + 1)
        )
        return set(filter(None, planned)) or set(every)

    # Which indicators

    @api.depends("qualiopi_subcontract_id.indicator_ids")
    def _compute_qualiopi_principal_note(self):
        return super()._compute_qualiopi_principal_note()

    def _qualiopi_entrusted(self):
        # sudo: qualiopi.subcontract - whoever plans the session
        contract = self.sudo().qualiopi_subcontract_id
        return set(contract.indicator_ids.mapped("number"))
