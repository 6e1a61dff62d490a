from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.applicability import CategoryProfile
from ...rules.new_entrant import NewEntrantFacts, assess_new_entrant

# Facts that some categories always have by their nature (see CategoryProfile), and
# the field that shows each of them.
IMPLIED_FIELDS = {
    "certifying": "leads_to_rncp",
    "work_study": "work_study",
    "training_at_work": "training_at_work",
}


class QualiopiCompanyCategory(models.Model):
    """How one company delivers one category of training actions.

    The facts that decide which indicators apply to the company and under which
    regime. Declared when the company begins a category, kept up to date while it
    delivers it, archived when it stops.
    """

    _name = "qualiopi.company.category"
    _description = "Action category of a company"
    _inherit = ["mail.thread"]
    _order = "company_id, category_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    category_id = fields.Many2one(
        "qualiopi.category", required=True, ondelete="restrict", tracking=True
    )
    category_code = fields.Char(related="category_id.code")
    active = fields.Boolean(default=True, tracking=True)
    started_on = fields.Date(
        tracking=True, help="First day of the first action of this category."
    )
    in_last_bpf = fields.Boolean(
        "In Last BPF Filed",
        tracking=True,
        help="The last training activity report (BPF) filed shows this category.",
    )
    leads_to_rncp = fields.Boolean(
        "Leads to an RNCP Certification",
        compute="_compute_implied",
        store=True,
        readonly=False,
        tracking=True,
        help="At least one programme prepares for a certification of the RNCP.",
    )
    leads_to_rs = fields.Boolean(
        "Leads to an RS Certification",
        tracking=True,
        help="At least one programme prepares for a certification of the RS. It "
        "counts as certifying only if the company's settings say so.",
    )
    certifying = fields.Boolean(compute="_compute_certifying", store=True)
    work_study = fields.Boolean(
        compute="_compute_implied",
        store=True,
        readonly=False,
        tracking=True,
        help="Apprenticeship or professionalisation contracts.",
    )
    training_at_work = fields.Boolean(
        compute="_compute_implied",
        store=True,
        readonly=False,
        tracking=True,
        help="Periods of training at work: work-study, internship, AFEST.",
    )
    distance = fields.Boolean(
        tracking=True, help="Some modules are followed at a distance."
    )
    over_two_days = fields.Boolean(
        "Courses over Two Days",
        tracking=True,
        help="At least one course lasts over two days.",
    )
    subcontracting_given = fields.Boolean(
        tracking=True, help="Some actions are entrusted to subcontractors."
    )
    umbrella_employment = fields.Boolean(
        tracking=True, help="Some trainers work through umbrella employment."
    )
    acting_as_subcontractor = fields.Selection(
        [("never", "Never"), ("sometimes", "Sometimes"), ("always", "Always")],
        required=True,
        default="never",
        tracking=True,
        help="Actions delivered for another training company, the principal.",
    )
    new_entrant_override = fields.Selection(
        [("yes", "New entrant"), ("no", "Not a new entrant")],
        tracking=True,
        help="Overrules the test on the training activity report. Needs a reason.",
    )
    new_entrant_reason = fields.Text(tracking=True)
    new_entrant = fields.Boolean(compute="_compute_new_entrant")
    new_entrant_explanation = fields.Char(compute="_compute_new_entrant")

    _company_category_uniq = models.Constraint(
        "UNIQUE(company_id, category_id)",
        "This company already has this category. If it was archived, restore it.",
    )

    @api.depends("category_id")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.category_id.display_name

    @api.depends("category_id")
    def _compute_implied(self):
        for record in self:
            for fact, name in IMPLIED_FIELDS.items():
                record[name] = record[name] or record._is_implied(fact)

    @api.depends(
        "category_id",
        "leads_to_rncp",
        "leads_to_rs",
        "company_id.qualiopi_rs_certifying",
    )
    def _compute_certifying(self):
        for record in self:
            record.certifying = (
                record.leads_to_rncp
                or record._is_implied("certifying")
                or (record.leads_to_rs and record.company_id.qualiopi_rs_certifying)
            )

    @api.depends_context("lang")
    @api.depends(
        "started_on",
        "in_last_bpf",
        "new_entrant_override",
        "company_id.qualiopi_bpf_state",
    )
    def _compute_new_entrant(self):
        today = self.env["qualiopi.framework"]._today()
        for record in self:
            verdict, reason = record._new_entrant(today)
            record.new_entrant = verdict
            record.new_entrant_explanation = self.env["qualiopi.reason"]._text(reason)

    @api.constrains("category_id", "leads_to_rncp", "work_study", "training_at_work")
    def _check_implied(self):
        for record in self:
            for fact, name in IMPLIED_FIELDS.items():
                if record._is_implied(fact) and not record[name]:
                    raise ValidationError(
                        self.env._(
                            "“%(fact)s” cannot be off for %(category)s: this "
                            "category always has it.",
                            fact=self._fields[name]._description_string(self.env),
                            category=record.category_id.display_name,
                        )
                    )

    def _is_implied(self, fact):
        """:return: whether the category has this fact by its nature"""
        code = self.category_id.code
        return bool(code) and getattr(CategoryProfile(code), fact)

    @api.constrains("new_entrant_override", "new_entrant_reason")
    def _check_override_reason(self):
        for record in self:
            reason = (record.new_entrant_reason or "").strip()
            if record.new_entrant_override and not reason:
                raise ValidationError(
                    self.env._(
                        "Write why the new entrant test is overruled for "
                        "%(category)s: the auditor will ask.",
                        category=record.category_id.display_name,
                    )
                )

    def _new_entrant(self, day):
        """:return: ``(bool, Reason)`` for this category of this company on ``day``"""
        self.ensure_one()
        return assess_new_entrant(
            NewEntrantFacts(
                bpf=self.company_id.qualiopi_bpf_state or "unknown",
                in_last_bpf=self.in_last_bpf,
                started_on=self.started_on or None,
                override={"yes": True, "no": False}.get(self.new_entrant_override),
            ),
            day,
        )

    def _recorded_facts(self):
        """What the company's records already show, whatever was declared here.

        The rooms that hold the records (programmes, trainers) extend this: a
        single certifying programme makes the category certifying.

        :return: names of the boolean facts of ``CategoryProfile`` that are true
        :rtype: set[str]
        """
        self.ensure_one()
        return set()

    def _profile(self, day):
        """:return: the facts of this category that the rules read, on ``day``"""
        self.ensure_one()
        facts = (
            "certifying",
            "work_study",
            "training_at_work",
            "distance",
            "over_two_days",
            "subcontracting_given",
            "umbrella_employment",
        )
        recorded = self._recorded_facts()
        return CategoryProfile(
            self.category_id.code,
            acting_as_subcontractor=self.acting_as_subcontractor,
            new_entrant=self._new_entrant(day)[0],
            **{fact: self[fact] or fact in recorded for fact in facts},
        )

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Action category declared")
