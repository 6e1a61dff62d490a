from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...rules.verdict import AUDIT_KINDS
from .qualiopi_certification import ENDED

DECIDED = [
    ("initial", "Initial audit"),
    ("surveillance", "Surveillance audit"),
    ("renewal", "Renewal audit"),
    ("extension", "Extension audit"),
]
REHEARSALS = ("internal", "mock")
STANDS_FOR = ("follow_up", *REHEARSALS)


class QualiopiAudit(models.Model):
    """One audit: by the certifier, or one that the company makes for itself.

    Planned -> in progress, from the opening meeting -> closed at the closing meeting:
    its checklist, evidence, findings and minutes are then frozen for good. What
    becomes of the non-conformities goes on in their own records, and the certifier's
    decision in the cycle. The framework is that of the day on which it begins.
    """

    _name = "qualiopi.audit"
    _description = "Audit"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_begin desc, id desc"
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
    certification_id = fields.Many2one(
        "qualiopi.certification",
        "Cycle",
        compute="_compute_certification_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    kind = fields.Selection(
        selection="_kinds", required=True, default="internal", tracking=True
    )
    stands_for = fields.Selection(
        DECIDED,
        "As For",
        compute="_compute_stands_for",
        store=True,
        readonly=False,
        help="The audit that a follow-up follows, or that a rehearsal imagines.",
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("running", "In progress"),
            ("closed", "Concluded"),
            ("cancelled", "Called off"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date_begin = fields.Date("First Day", required=True, tracking=True, index=True)
    date_end = fields.Date(
        "Last Day",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    hour_begin = fields.Float(
        "Begins At", default=9, help="Hour of the opening meeting, and of each day."
    )
    hour_end = fields.Float("Ends At", default=17)
    mode = fields.Selection(
        [("site", "On site"), ("remote", "Remote"), ("mixed", "Both")],
        required=True,
        default="site",
    )
    place = fields.Char(help="Address, or how to connect.")
    site_ids = fields.Many2many(
        "qualiopi.site",
        "qualiopi_audit_site_rel",
        "audit_id",
        "site_id",
        "Sites",
        check_company=True,
        ondelete="restrict",
        help="That the auditor visits, or draws into his sample.",
    )
    auditor_ids = fields.Many2many(
        "res.partner",
        "qualiopi_audit_auditor_rel",
        "audit_id",
        "partner_id",
        "Auditors",
        check_company=True,
        ondelete="restrict",
    )
    other_auditors = fields.Char(help="Names of those who are no contacts of ours.")
    category_ids = fields.Many2many(
        "qualiopi.category",
        "qualiopi_audit_category_rel",
        "audit_id",
        "category_id",
        "New Categories",
        help="Asked for by an extension.",
    )
    previous_id = fields.Many2one(
        "qualiopi.audit",
        "Audit Before",
        check_company=True,
        ondelete="restrict",
        compute="_compute_previous_id",
        store=True,
        readonly=False,
        copy=False,
        help="Whose non-conformities are looked at again.",
    )
    framework_id = fields.Many2one(
        "qualiopi.framework", compute="_compute_framework_id", store=True
    )
    guide_id = fields.Many2one(
        "qualiopi.guide", compute="_compute_framework_id", store=True
    )
    checklist_id = fields.Many2one(
        "qualiopi.checklist", readonly=True, copy=False, ondelete="restrict"
    )
    opening_note = fields.Html("Opening Meeting", copy=False)
    closing_note = fields.Html("Closing Meeting", copy=False)
    opened_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    closed_at = fields.Datetime("Frozen At", readonly=True, copy=False)
    last_file = fields.Integer(readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", "Concluded By", readonly=True, copy=False, ondelete="restrict"
    )
    notified_on = fields.Date(
        "Findings Notified On",
        tracking=True,
        copy=False,
        help="In writing, by the certifier: the delays run from this day.",
    )
    decided_on = fields.Date("Certifier's Decision", tracking=True, copy=False)
    item_ids = fields.One2many("qualiopi.audit.item", "audit_id", "Indicators")
    finding_ids = fields.One2many("qualiopi.finding", "audit_id", "Findings")
    nonconformity_ids = fields.One2many(
        "qualiopi.nonconformity", "audit_id", "Non-Conformities"
    )

    _dates_order = models.Constraint(
        "CHECK(date_end >= date_begin)", "An audit cannot end before it begins."
    )
    _hours_order = models.Constraint(
        "CHECK(hour_begin >= 0 AND hour_end > hour_begin AND hour_end <= 24)",
        "The hours of an audit go from its beginning to its end, within one day.",
    )

    @api.model
    def _kinds(self):
        return [(code, self.env._(label)) for code, label in AUDIT_KINDS.items()]

    @api.depends_context("lang")
    @api.depends("kind", "date_begin")
    def _compute_display_name(self):
        kinds = dict(self._kinds())
        for audit in self:
            kind = kinds.get(audit.kind, "")
            if not audit.date_begin:
                audit.display_name = kind
                continue
            audit.display_name = self.env._(
                "%(kind)s of %(day)s",
                kind=kind,
                day=format_date(self.env, audit.date_begin),
            )

    @api.model
    def _search_display_name(self, operator, value):
        """Found by what the reader sees: a company has a handful of audits."""
        if operator == "ilike" and value:
            asked = value.lower()
        elif operator == "in":
            asked = None
        else:
            return super()._search_display_name(operator, value)
        every = self.with_context(active_test=False).search([])  # pylint: disable=no-search-all
        found = every.filtered(
            lambda audit: (
                audit.display_name in value
                if asked is None
                else asked in audit.display_name.lower()
            )
        )
        return Domain("id", "in", found.ids)

    @api.depends("kind", "date_begin")
    def _compute_name(self):
        for audit in self:
            audit.name = f"{audit.kind}-{audit.date_begin or ''}"

    @api.depends("kind", "company_id")
    def _compute_certification_id(self):
        for audit in self:
            if not audit.certification_id and audit.kind not in REHEARSALS:
                audit.certification_id = audit._default_cycle()
            else:
                audit.certification_id = audit.certification_id

    def _default_cycle(self):
        """:return: the cycle that an audit of this kind belongs to, as a rule: one that
        looks for its certificate, or the one that has it
        """
        self.ensure_one()
        cycles = self.certification_id.search(
            [("company_id", "=", self.company_id.id), ("stage", "not in", ENDED)]
        )
        looking = cycles.filtered(lambda cycle: not cycle.first_day)
        if self.kind == "initial":
            return looking[:1]
        if self.kind == "renewal":
            return looking.filtered("previous_id")[:1]
        return (cycles - looking).filtered("running")[:1] or cycles[:1]

    @api.depends("kind", "date_begin", "certification_id", "company_id")
    def _compute_stands_for(self):
        """In a form it follows the day, until somebody says otherwise."""
        for audit in self:
            if audit.kind not in STANDS_FOR:
                audit.stands_for = False
                continue
            chosen, before = audit.stands_for, audit._origin
            in_form = not audit.id
            if in_form and (not before or chosen == before._default_stands_for()):
                chosen = False
            audit.stands_for = chosen or audit._default_stands_for()

    def _default_stands_for(self):
        """:return: what a follow-up follows; for a rehearsal the audit that comes next
        for the certificate of its day
        """
        if self.kind == "follow_up":
            return self.previous_id._decides() if self.previous_id else "initial"
        day = self.date_begin or self.env["qualiopi.framework"]._today()
        cycle = self.certification_id or self.certification_id._valid_on(
            self.company_id, day
        )
        return cycle._audit_due(day) if cycle else "initial"

    @api.depends("date_begin")
    def _compute_date_end(self):
        """Moved with the first day, it lasts as long as before."""
        for audit in self:
            before = audit._origin
            first, last = audit.date_begin, audit.date_end
            typed = not audit.id and before and first
            if typed and last == before.date_end:
                audit.date_end = first + (last - before.date_begin)
            elif not last or (first and last < first):
                audit.date_end = first

    @api.depends("date_begin")
    def _compute_framework_id(self):
        for audit in self:
            day = audit.date_begin
            Framework, Guide = (
                self.env["qualiopi.framework"],
                self.env["qualiopi.guide"],
            )
            audit.framework_id = day and Framework._for_date(day)
            audit.guide_id = day and Guide._for_date(day)

    @api.depends("kind", "date_begin", "certification_id", "company_id")
    def _compute_previous_id(self):
        for audit in self:
            audit.previous_id = audit.previous_id or audit._default_previous()

    def _default_previous(self):
        """:return: the certifier's last audit before this one"""
        self.ensure_one()
        if not self.date_begin or self.kind == "initial":
            return self.browse()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self._origin.id),
                ("kind", "not in", REHEARSALS),
                ("state", "=", "closed"),
                ("date_begin", "<=", self.date_begin),
            ],
            limit=1,
        )

    @api.constrains("kind", "category_ids")
    def _check_categories(self):
        for audit in self:
            if (audit.kind == "extension") != bool(audit.category_ids):
                raise ValidationError(
                    self.env._(
                        "An extension names the new categories, the other audits do "
                        "not."
                    )
                )

    @api.constrains("kind", "certification_id")
    def _check_cycle(self):
        for audit in self:
            if audit.kind not in REHEARSALS and not audit.certification_id:
                raise ValidationError(
                    self.env._(
                        "An audit by the certifier belongs to a cycle: choose it."
                    )
                )

    @api.constrains("date_begin")
    def _check_framework(self):
        for audit in self:
            if not audit.framework_id:
                raise ValidationError(
                    self.env._(
                        "No quality framework is known for %(day)s: choose a later "
                        "date.",
                        day=format_date(self.env, audit.date_begin),
                    )
                )

    @api.constrains("date_begin", "notified_on", "decided_on")
    def _check_days(self):
        for audit in self:
            for day, label in (
                (audit.notified_on, self.env._("notified")),
                (audit.decided_on, self.env._("decided")),
            ):
                if day and day < audit.date_begin:
                    raise ValidationError(
                        self.env._(
                            "The findings cannot be %(what)s on %(day)s, before the "
                            "audit of %(audit)s: correct one of the two days.",
                            what=label,
                            day=format_date(self.env, day),
                            audit=format_date(self.env, audit.date_begin),
                        )
                    )
