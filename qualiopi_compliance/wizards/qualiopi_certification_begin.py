from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..rules.audit_calendar import certificate_end
from ..rules.cycle import unmet


class QualiopiCertificationBegin(models.TransientModel):
    """The first step of a company without a certificate in Odoo: it prepares its first
    one, or records the one it has, and goes on from there.
    """

    _name = "qualiopi.certification.begin"
    _description = "First step towards the certificate"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    held = fields.Selection(
        [
            ("no", "We do not have a certificate yet"),
            ("yes", "We have a certificate already"),
        ],
        "Where We Stand",
        required=True,
        default="no",
    )
    category_ids = fields.Many2many(
        "qualiopi.category",
        string="Categories",
        compute="_compute_scope",
        store=True,
        readonly=False,
    )
    site_ids = fields.Many2many(
        "qualiopi.site",
        string="Sites",
        compute="_compute_scope",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )
    nda = fields.Char("Declaration Number (NDA)", compute="_compute_nda")
    certifier_id = fields.Many2one("res.partner", "Certifier")
    number = fields.Char("Certificate Number")
    first_day = fields.Date("Valid From")
    last_day = fields.Date(
        "Valid Until", compute="_compute_last_day", store=True, readonly=False
    )
    obtained_on = fields.Date(
        compute="_compute_obtained_on",
        store=True,
        readonly=False,
        help="Day of the certifier's decision, by default the first day of validity. "
        "The surveillance window is counted from this day.",
    )
    surveillance_held_on = fields.Date(help="Where that audit was held already.")
    attachment_ids = fields.Many2many("ir.attachment", string="The Certificate Itself")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Our Certificate")

    @api.depends("company_id")
    def _compute_scope(self):
        for wizard in self:
            # sudo: res.company - what the company declared, for its quality manager
            company = wizard.company_id.sudo()
            declared = company.qualiopi_company_category_ids.category_id
            wizard.category_ids = declared
            wizard.site_ids = company.qualiopi_site_ids

    @api.depends("company_id")
    def _compute_nda(self):
        for wizard in self:
            # sudo: res.company - as above
            wizard.nda = wizard.company_id.sudo().qualiopi_nda

    @api.depends("first_day")
    def _compute_last_day(self):
        for wizard in self:
            first = wizard.first_day
            wizard.last_day = first and certificate_end(first).day

    @api.depends("first_day")
    def _compute_obtained_on(self):
        for wizard in self:
            wizard.obtained_on = wizard.first_day

    def action_begin(self):
        """Begin the cycle and open it.

        :raise UserError: when the certificate lacks something, or is over
        """
        self.ensure_one()
        vals = {
            "company_id": self.company_id.id,
            "category_ids": [Command.set(self.category_ids.ids)],
            "site_ids": [Command.set(self.site_ids.ids)],
        }
        if self.held == "no":
            cycle = self.env["qualiopi.certification"].create(vals)
        else:
            cycle = self._record(vals)
        action = cycle.get_formview_action()
        return action | {"target": "main"}

    def _record(self, vals):
        """:return: the cycle of a certificate that the company has already"""
        today = self.env["qualiopi.framework"]._today()
        if self.last_day and self.last_day < today:
            raise UserError(
                self.env._(
                    "This certificate ended on %(day)s: it is no longer valid. Choose "
                    "“We do not have a certificate yet”.",
                    day=format_date(self.env, self.last_day),
                )
            )
        cycle = self.env["qualiopi.certification"].create(
            {
                **vals,
                "certifier_id": self.certifier_id.id,
                "number": self.number,
                "first_day": self.first_day,
                "last_day": self.last_day,
                "obtained_on": self.obtained_on,
                "surveillance_held_on": self.surveillance_held_on,
                "attachment_ids": [Command.set(self.attachment_ids.ids)],
            }
        )
        settings = cycle.company_id._qualiopi_audit_settings()
        words = self.env["qualiopi.reason"]
        missing = [
            words._say(each.statement)
            for each in unmet("certified", cycle._facts(), today, settings)
            if each.required
        ]
        if missing:
            raise UserError("\n".join(missing))
        cycle._set_stage("surveillance" if self.surveillance_held_on else "certified")
        return cycle

    def action_open_organisation(self):
        """Open the sheet with the action categories and the sites."""
        self.ensure_one()
        return self.company_id.action_qualiopi_organisation()
