from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..organisation.amounts import refuse_negative

# Whoever plans sessions reads which contract covers them, not what it costs.
TERMS_READERS = "qualiopi_compliance.group_qualiopi_internal_auditor"


class QualiopiSubcontract(models.Model):
    """A contract by which one training company delivers for another one.

    Given to a firm of ours, or received from a principal. Draft, while its tasks are
    agreed -> signed, and in force between its two days -> ended. Cancelled, when it
    was never carried out. It says who answers for which indicators, and how respect
    of the framework is traced (indicator 27 since November 2026).
    """

    _name = "qualiopi.subcontract"
    _description = "Subcontract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "partner_id.name"]

    name = fields.Char(
        "Reference", copy=False, tracking=True, help="As the parties call it."
    )
    direction = fields.Selection(
        [("given", "Given to a subcontractor"), ("received", "Received")],
        required=True,
        default="given",
        tracking=True,
    )
    subcontractor_id = fields.Many2one(
        "qualiopi.subcontractor",
        "Subcontractor",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    principal_id = fields.Many2one(
        "res.partner",
        "Principal",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The training company for which we deliver.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Other Party",
        compute="_compute_partner_id",
        store=True,
        index=True,
        precompute=True,
    )
    kind = fields.Selection(related="subcontractor_id.kind")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Is reminded before it ends.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("signed", "Signed"),
            ("ended", "Ended"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    program_ids = fields.Many2many(
        "qualiopi.program",
        "qualiopi_subcontract_program_rel",
        "contract_id",
        "program_id",
        "Programmes",
        check_company=True,
        help="Empty: whatever the parties agree on.",
    )
    event_ids = fields.One2many(
        "event.event",
        "qualiopi_subcontract_id",
        "Sessions Delivered Under It",
        groups="event.group_event_registration_desk,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )
    parent_id = fields.Many2one(
        "qualiopi.subcontract",
        "Given On From",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('direction', '=', 'received'), ('company_id', '=', company_id)]",
        help="The contract received whose actions are given on. Forbidden under the "
        "CPF (R. 6333-6-2 of the Labour Code).",
    )
    cpf = fields.Boolean(
        "Under the CPF",
        compute="_compute_cpf",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Actions paid by the personal training account: the contract must be "
        "written, say what R. 6333-6-2 of the Labour Code wants, and be sent to the "
        "Caisse des dépôts.",
    )
    signed_on = fields.Date(copy=False, tracking=True)
    date_from = fields.Date(
        "From",
        required=True,
        tracking=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
    )
    date_to = fields.Date("Until", tracking=True, help="Empty: without end.")
    hours = fields.Float("Duration in Hours")
    currency_id = fields.Many2one(
        related="company_id.currency_id", groups=TERMS_READERS
    )
    amount = fields.Monetary(tracking=True, groups=TERMS_READERS)
    tasks = fields.Text(
        "Tasks Entrusted",
        tracking=True,
        help="Named one by one: what is not entrusted stays with the principal. "
        "Without them the auditor checks all indicators (guide V9, preamble).",
    )
    content = fields.Text("Content of the Training")
    sanction = fields.Text(
        "Sanction of the Training",
        help="What the learner holds in the end: certification, attestation.",
    )
    means = fields.Text("Means Used")
    conditions = fields.Text("Conditions of Delivery")
    follow_up = fields.Text("How the Action Is Followed")
    no_chain = fields.Boolean(
        "May Not Be Given On",
        compute="_compute_no_chain",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="The subcontractor delivers itself. Always so under the CPF.",
    )
    sent_to_cdc_on = fields.Date(
        "Sent to the Caisse des Dépôts",
        copy=False,
        tracking=True,
        help="By any means: the principal communicates every CPF subcontract "
        "(R. 6333-6-2 of the Labour Code).",
    )
    note = fields.Html("Notes", groups=TERMS_READERS)

    _period_idx = models.Index("(company_id, direction, date_from)")

    @api.depends_context("lang")
    @api.depends("name", "partner_id.name", "date_from")
    def _compute_display_name(self):
        for contract in self:
            since = format_date(self.env, contract.date_from)
            parts = (contract.partner_id.name, contract.name or since)
            contract.display_name = " – ".join(part for part in parts if part)

    @api.depends("direction", "subcontractor_id.partner_id", "principal_id")
    def _compute_partner_id(self):
        for contract in self:
            given = contract.direction == "given"
            contract.partner_id = (
                contract.subcontractor_id.partner_id if given else contract.principal_id
            )

    @api.depends("subcontractor_id")
    def _compute_cpf(self):
        for contract in self:
            contract.cpf = contract.cpf or contract.subcontractor_id.cpf

    @api.depends("cpf")
    def _compute_no_chain(self):
        for contract in self:
            contract.no_chain = contract.no_chain or contract.cpf

    @api.onchange("direction")
    def _onchange_direction(self):
        if self.direction == "given":
            self.principal_id = False
        else:
            self.subcontractor_id = self.parent_id = False

    @api.constrains("direction", "subcontractor_id", "principal_id", "company_id")
    def _check_parties(self):
        for contract in self:
            given = contract.direction == "given"
            if given and not contract.subcontractor_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is given to a subcontractor: choose which one.",
                        name=contract.display_name,
                    )
                )
            if not given and not contract.principal_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” was received from a principal: choose which one.",
                        name=contract.display_name,
                    )
                )
            if contract.partner_id == contract.company_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: a company makes no contract with itself. Choose "
                        "the other party.",
                        name=contract.display_name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for contract in self:
            if contract.date_to and contract.date_to < contract.date_from:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends on %(end)s, before it begins on %(start)s. "
                        "Correct one of the two dates.",
                        name=contract.display_name,
                        end=format_date(self.env, contract.date_to),
                        start=format_date(self.env, contract.date_from),
                    )
                )

    @api.constrains("amount", "hours")
    def _check_amounts(self):
        refuse_negative(self, ("amount", "hours"))

    @api.constrains("cpf", "no_chain", "parent_id", "direction")
    def _check_chain(self):
        for contract in self:
            if contract.cpf and not contract.no_chain:
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: under the CPF a subcontractor may never give on "
                        "what is entrusted to it (R. 6333-6-2).",
                        name=contract.display_name,
                    )
                )
            parent = contract.parent_id
            if parent and (
                contract.direction != "given" or parent.direction != "received"
            ):
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: only a contract given can give on the actions of "
                        "a contract received.",
                        name=contract.display_name,
                    )
                )
            if parent.cpf:
                contract._refuse_chain(parent)
            if contract.cpf:
                for row in contract._given_on():
                    row._refuse_chain(contract)
                # sudo: event.event - the law holds for sessions one may not read
                contract.sudo().event_ids._check_qualiopi_chain()

    def _given_on(self):
        """:return: contracts given that pass on the actions of this one"""
        return self.search(
            [("parent_id", "in", self.ids), ("state", "!=", "cancelled")]
        )

    def _refuse_chain(self, received):
        """:raise ValidationError: this contract may not give on the one received"""
        raise ValidationError(
            self.env._(
                "“%(given)s” would give on what “%(received)s” entrusts to us. Under "
                "the CPF a subcontractor may not subcontract (R. 6333-6-2 of the "
                "Labour Code). Deliver these actions yourselves, or have the principal "
                "make a contract with that firm.",
                given=self.display_name,
                received=received.display_name,
            )
        )

    def _covers(self, day, program=None, cpf=False):
        """:param program: that is delivered, any when it is not given
        :param cpf: whether the contract must be one under the CPF
        :return: whether this contract, signed, holds on that day
        """
        self.ensure_one()
        if self.state not in ("signed", "ended"):
            return False
        # an umbrella employee is under no contract of the CPF
        if cpf and not self.cpf and self.kind != "umbrella":
            return False
        if program and self.program_ids and program not in self.program_ids._origin:
            return False
        return self.date_from <= day and (not self.date_to or day <= self.date_to)

    def _session_domain(self):
        """:return: the sessions delivered under these contracts"""
        domains = []
        for contract in self:
            if contract.direction == "received":
                domains.append(Domain("qualiopi_subcontract_id", "=", contract.id))
                continue
            firm = contract.subcontractor_id
            domain = Domain("company_id", "=", contract.company_id.id)
            domain &= Domain(
                "qualiopi_subcontractor_id", "child_of", firm.partner_id.ids
            ) | Domain("qualiopi_assignment_ids.trainer_id", "in", firm.trainer_ids.ids)
            domain &= Domain("date_end", ">=", f"{contract.date_from} 00:00:00")
            if contract.date_to:
                domain &= Domain("date_begin", "<=", f"{contract.date_to} 23:59:59")
            if contract.program_ids:
                domain &= Domain("qualiopi_program_id", "in", contract.program_ids.ids)
            domains.append(domain)
        return Domain.OR(domains)

    def action_open_sessions(self):
        """Open the sessions delivered under this contract."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.event_event_qualiopi_action"
        )
        # sudo: qualiopi.subcontractor - only which firm and which trainers it is
        domain = self.sudo()._session_domain()
        return action | {"domain": list(domain), "context": {"create": False}}
