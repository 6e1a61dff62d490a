from odoo import api, fields, models

from ...rules.audit_calendar import today_in_paris
from ...rules.cycle import STAGES

# Stages in which a certificate exists, whatever it is worth on a given day.
ISSUED = ("certified", "surveillance", "renewal", "suspended")
# For those who prepare the audits, or read everything.
INSIDERS = "qualiopi_compliance.group_qualiopi_internal_auditor"
ENDED = tuple(code for code, stage in STAGES.items() if stage.over)


class QualiopiCertification(models.Model):
    """One cycle: the way to one certificate of the company, and its three years.

    Self-assessment -> choice of certifier -> application -> initial audit ->
    corrections -> certified -> surveillance -> renewal; or refused, suspended,
    withdrawn, expired, transferred, lapsed. The next cycle is prepared while this one
    runs. What each stage asks for is in ``rules/cycle.py``, with its sources.
    """

    _name = "qualiopi.certification"
    _description = "Certification cycle"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "first_day desc nulls first, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    stage = fields.Selection(
        selection="_stages",
        required=True,
        default="self_assessment",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
    )
    certifier_id = fields.Many2one(
        "res.partner",
        "Certifier",
        check_company=True,
        tracking=True,
        ondelete="restrict",
        help="The list of certifiers changes: see the ministry's website.",
    )
    category_ids = fields.Many2many(
        "qualiopi.category",
        "qualiopi_certification_category_rel",
        "certification_id",
        "category_id",
        "Categories",
        compute="_compute_scope",
        store=True,
        readonly=False,
        precompute=True,
        help="For which the certificate is asked for, or was given.",
    )
    site_ids = fields.Many2many(
        "qualiopi.site",
        "qualiopi_certification_site_rel",
        "certification_id",
        "site_id",
        "Sites",
        check_company=True,
        compute="_compute_scope",
        store=True,
        readonly=False,
        precompute=True,
    )
    previous_id = fields.Many2one(
        "qualiopi.certification",
        "Renews",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="The cycle whose certificate this one takes over from.",
    )
    transfer_of_id = fields.Many2one(
        "qualiopi.certification",
        "Transfer Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The certificate as another certifier had issued it.",
    )
    next_ids = fields.One2many(
        "qualiopi.certification", "previous_id", "Next Cycle", readonly=True
    )
    transferred_as_ids = fields.One2many(
        "qualiopi.certification", "transfer_of_id", "Taken Over As", readonly=True
    )
    checklist_id = fields.Many2one(
        "qualiopi.checklist",
        "Self-Assessment",
        check_company=True,
        ondelete="restrict",
        domain="[('kind', '=', 'self_assessment'), ('company_id', '=', company_id)]",
    )
    contract_signed_on = fields.Date(tracking=True, copy=False)
    sworn_on = fields.Date("Statement on Honour Signed On", tracking=True, copy=False)
    nda_filed_on = fields.Date(
        "Declaration Filed On",
        copy=False,
        help="Where there is no declaration number (NDA) yet.",
    )
    piece_ids = fields.One2many(
        "qualiopi.certification.piece",
        "certification_id",
        "Given to the Certifier",
        copy=False,
        groups=INSIDERS,
    )
    number = fields.Char("Certificate Number", tracking=True, copy=False)
    obtained_on = fields.Date(
        tracking=True,
        copy=False,
        compute="_compute_obtained_on",
        store=True,
        readonly=False,
        help="Day of the certifier's decision, by default the first day of validity. "
        "The surveillance window is counted from this day.",
    )
    surveillance_held_on = fields.Date(
        tracking=True,
        copy=False,
        help="Where that audit itself is not recorded here.",
    )
    first_day = fields.Date("Valid From", tracking=True, copy=False)
    last_day = fields.Date(
        "Valid Until",
        tracking=True,
        copy=False,
        compute="_compute_last_day",
        store=True,
        readonly=False,
        help="As printed on the certificate. By default three years less a day.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_certification_attachment_rel",
        "certification_id",
        "attachment_id",
        "Certificate",
        bypass_search_access=True,
        copy=False,
    )
    refused_on = fields.Date(tracking=True, copy=False)
    suspended_on = fields.Date(tracking=True, copy=False)
    suspension_ends_on = fields.Date(
        "Suspended Until",
        tracking=True,
        copy=False,
        help="Empty: counted from the suspension, see the settings of the company.",
    )
    reinstated_on = fields.Date(tracking=True, copy=False)
    withdrawn_on = fields.Date(tracking=True, copy=False)
    outcome_reason = fields.Text(
        "Reason Given",
        tracking=True,
        copy=False,
        help="Of the last refusal, suspension, reinstatement or withdrawal.",
    )
    transfer_asked_on = fields.Date("Transfer Asked For On", tracking=True, copy=False)
    transferred_on = fields.Date(tracking=True, copy=False)
    transferred_to_id = fields.Many2one(
        "res.partner",
        "Transferred To",
        check_company=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
    )
    next_certifier_on = fields.Date(
        "Next Contract Signed On",
        tracking=True,
        copy=False,
        help="Contract for the renewal, with whichever certifier.",
    )
    audit_ids = fields.One2many(
        "qualiopi.audit", "certification_id", "Audits", groups=INSIDERS
    )
    display_ids = fields.One2many(
        "qualiopi.certificate.display", "certification_id", "Copies Displayed"
    )
    note = fields.Html("Notes")

    @api.model
    def _stages(self):
        return [(code, self.env._(stage.label)) for code, stage in STAGES.items()]

    @api.depends("company_id")
    def _compute_scope(self):
        for cycle in self:
            # sudo: res.company - what the company declared, whoever begins the cycle
            company = cycle.company_id.sudo()
            declared = company.qualiopi_company_category_ids.category_id
            cycle.category_ids = cycle.category_ids or declared
            own = cycle.site_ids.filtered(
                lambda site, company=company: site.company_id == company
            )
            cycle.site_ids = own or company.qualiopi_site_ids

    @api.depends("certifier_id", "first_day", "number", "create_date")
    def _compute_name(self):
        today = self.env["qualiopi.framework"]._today()
        for cycle in self:
            begun = cycle.create_date and today_in_paris(cycle.create_date)
            since = cycle.first_day or begun or today
            parts = [str(since.year), cycle.certifier_id.name or "", cycle.number or ""]
            cycle.name = " – ".join(part for part in parts if part)
