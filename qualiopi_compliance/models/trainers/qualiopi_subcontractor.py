from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organisation.french_numbers import compact
from .qualiopi_trainer import THROUGH_A_FIRM

FIRM_KINDS = [
    ("subcontracting", "Subcontracting"),
    ("umbrella", "Umbrella employment"),
]


class QualiopiSubcontractor(models.Model):
    """A firm whose people teach for us, or that employs them for us (indicator 27).

    A company, or a sole trader. Opened before the first contract, completed and
    checked while it works for us, assessed at the pace the company has chosen,
    archived when it no longer does. Its trainers have files of their own.
    """

    _name = "qualiopi.subcontractor"
    _description = "Subcontractor"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Firm",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="['|', ('is_company', '=', True), ('parent_id', '=', False)]",
        help="A company, or the person himself when he is a sole trader.",
    )
    name = fields.Char(related="partner_id.name", store=True)
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    avatar_128 = fields.Image(related="partner_id.avatar_128")
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        FIRM_KINDS, required=True, default="subcontracting", tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Is reminded of what expires in this file.",
    )
    trainer_ids = fields.One2many(
        "qualiopi.trainer", "subcontractor_id", "Trainers", check_company=True
    )
    nda = fields.Char(
        "Declaration Number (NDA)",
        tracking=True,
        help="11 digits. Compulsory for actions of the personal training account "
        "(CPF): L. 6323-9-2 of the Labour Code.",
    )
    nda_checked_on = fields.Date(
        "NDA Checked On",
        tracking=True,
        copy=False,
        help="Day on which the number was looked up on the official list.",
    )
    insurer = fields.Char()
    insurance_number = fields.Char("Policy Number")
    insurance_until = fields.Date("Insured Until", tracking=True, copy=False)
    charter_on = fields.Date(
        "Charter Signed On",
        tracking=True,
        copy=False,
        help="Your quality charter for subcontractors: one of the proofs that guide "
        "V9 names for indicator 27.",
    )
    assessed_on = fields.Date("Last Assessment", tracking=True, copy=False)
    assessment = fields.Text("What Was Found and Decided", copy=False)
    cpf = fields.Boolean(
        "Works for the CPF",
        tracking=True,
        help="It delivers actions, or parts of them, paid by the personal training "
        "account: the law then asks more of it and of its contracts.",
    )
    micro_entrepreneur = fields.Boolean(
        "Micro-Entrepreneur",
        tracking=True,
        help="Under the micro-social scheme and within its turnover. The company's "
        "settings say whether this dispenses from the certificate of quality.",
    )
    certificate_number = fields.Char("Certificate of Quality", copy=False)
    certificate_certifier = fields.Char("Certifier", copy=False)
    certificate_until = fields.Date("Certified Until", tracking=True, copy=False)
    note = fields.Html("Notes")
    contract_ids = fields.One2many(
        "qualiopi.subcontract", "subcontractor_id", "Contracts", check_company=True
    )
    contract_count = fields.Integer("Contracts Given", compute="_compute_counts")
    trainer_count = fields.Integer(compute="_compute_counts")

    _partner_uniq = models.Constraint(
        "UNIQUE(company_id, partner_id)",
        "This firm has a file already. If it was archived, restore it.",
    )

    @api.depends("contract_ids", "trainer_ids")
    def _compute_counts(self):
        for firm in self:
            firm.contract_count = len(firm.contract_ids)
            firm.trainer_count = len(firm.trainer_ids)

    @api.constrains("partner_id", "company_id")
    def _check_firm(self):
        for firm in self:
            partner = firm.partner_id
            if partner == firm.company_id.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s is your own company: it cannot be its subcontractor.",
                        name=partner.display_name,
                    )
                )
            if not partner.active:
                raise ValidationError(
                    self.env._(
                        "%(name)s is archived: restore this contact first.",
                        name=partner.name,
                    )
                )
            if not partner.is_company and partner.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s works for %(firm)s: the contract is with the firm. "
                        "Choose “%(firm)s” here, and give the person a trainer's file.",
                        name=partner.name,
                        firm=partner.commercial_partner_id.name,
                    )
                )

    @api.constrains("nda")
    def _check_nda(self):
        for firm in self:
            if firm.nda:
                self.env["res.company"]._qualiopi_check_nda(firm.nda)

    @api.constrains("nda_checked_on", "charter_on", "assessed_on")
    def _check_past(self):
        today = self.env["qualiopi.framework"]._today()
        for firm in self:
            for name in ("nda_checked_on", "charter_on", "assessed_on"):
                if firm[name] and firm[name] > today:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is still to come: record it once it has taken "
                            "place, and plan it as an activity until then.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        firms = super().create([self._compacted(vals) for vals in vals_list])
        firms._adopt_trainers()
        return firms

    def write(self, vals):
        return super().write(self._compacted(vals))

    @api.model
    def _compacted(self, vals):
        return vals | {"nda": compact(vals["nda"])} if vals.get("nda") else vals

    def _adopt_trainers(self):
        """Take in the outside trainers already known as people of these firms."""
        waiting = self.env["qualiopi.trainer"].search(
            [
                ("subcontractor_id", "=", False),
                ("kind", "in", THROUGH_A_FIRM),
                (
                    "partner_id.commercial_partner_id",
                    "in",
                    self.partner_id.commercial_partner_id.ids,
                ),
            ]
        )
        waiting._find_firm()

    def action_open_contracts(self):
        """Open the contracts given to this firm."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_subcontract_action_given"
        )
        return action | {
            "domain": [("subcontractor_id", "=", self.id)],
            "context": {
                "default_direction": "given",
                "default_subcontractor_id": self.id,
                "default_company_id": self.company_id.id,
                "default_cpf": self.cpf,
            },
        }

    def action_new_contract(self):
        """Begin a contract with this firm."""
        return self.action_open_contracts() | {
            "view_mode": "form",
            "views": [(False, "form")],
            "domain": [],
        }

    def action_open_trainers(self):
        """Open the files of the people who teach for this firm."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_trainer_action"
        )
        kind = "umbrella" if self.kind == "umbrella" else "subcontractor"
        return action | {
            "domain": [("subcontractor_id", "=", self.id)],
            "context": {
                "default_subcontractor_id": self.id,
                "default_kind": kind,
                "default_company_id": self.company_id.id,
            },
        }
