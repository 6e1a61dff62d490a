from odoo import api, fields, models

# Kinds of funding, after frame C of the training activity report (BPF).
FUNDINGS = [
    ("company", "Employer"),
    ("apprenticeship", "Apprenticeship contract"),
    ("professionalisation", "Professionalisation contract"),
    ("promotion", "Promotion or reconversion through work-study"),
    ("transition", "Transition project"),
    ("cpf", "Personal training account (CPF)"),
    ("jobseekers", "Schemes for job-seekers"),
    ("self_employed", "Fund for the self-employed"),
    ("skills_plan", "Skills development plan of an OPCO"),
    ("public_agents", "Public agents"),
    ("europe", "European body"),
    ("state", "State"),
    ("region", "Region"),
    ("france_travail", "France Travail"),
    ("other_public", "Other public body"),
    ("individual", "Individual who pays"),
    ("training_body", "Other training body"),
    ("other", "Other"),
]
STAGES = [("before", "Before"), ("during", "During"), ("after", "After")]
ADJUSTMENTS = [("no", "None needed"), ("yes", "Asked for")]
CONTRACTS = [
    ("contract", "Contract with an individual"),
    ("agreement", "Agreement (convention)"),
    ("order", "Order or approved quote"),
    ("cpf", "Terms of the CPF platform"),
]
EXAM_RESULTS = [
    ("obtained", "Obtained"),
    ("partial", "Partly obtained"),
    ("failed", "Not obtained"),
    ("absent", "Not presented"),
]
DROP_OUT_CAUSES = [
    ("employment", "New job or employer's decision"),
    ("health", "Health"),
    ("personal", "Personal or family reasons"),
    ("content", "Content or level did not suit"),
    ("organisation", "Dates, place or organisation"),
    ("funding", "Funding"),
    ("other", "Other"),
]


class QualiopiLearnerFile(models.AbstractModel):
    """What a learner's file says, however the training is delivered.

    What was asked, agreed and funded, the exam and dropping out: the same questions
    are put to somebody who comes to a session and to somebody who follows a course
    online. What depends on the days of a session (attendance, convocation, outcomes,
    certificate, papers to print) stays with the registration.

    The model that inherits it has ``qualiopi_program_id``, the currency of
    ``qualiopi_price`` under ``qualiopi_currency_id``, and says of its files what the
    rules read: see ``_qualiopi_facts``.
    """

    _name = "qualiopi.learner.file"
    _description = "Learner file"

    qualiopi_need_on = fields.Date("Need Analysed On", tracking=True)
    qualiopi_need = fields.Text("Need")
    qualiopi_entry_on = fields.Date("Entry Assessment On", tracking=True)
    qualiopi_entry = fields.Text("Entry Assessment")
    qualiopi_client_id = fields.Many2one(
        "res.partner", "Client Company", index="btree_not_null"
    )
    qualiopi_funding = fields.Selection(
        FUNDINGS, "Funding", tracking=True, help="As in the activity report (BPF)."
    )
    qualiopi_funder_id = fields.Many2one("res.partner", "Funder")
    qualiopi_adjustment = fields.Selection(
        ADJUSTMENTS,
        "Adjustment",
        help="Answer to “do you need an adjustment?”. Empty: not asked yet.",
    )
    qualiopi_adjustment_on = fields.Date("Adjustment Asked On")
    qualiopi_adjustment_consent_on = fields.Date(
        "Consent Given On",
        groups="qualiopi_compliance.group_qualiopi_disability_referent",
        help="The learner agreed that what he said of his need is kept.",
    )
    qualiopi_adjustment_note = fields.Text(
        "Adjustment Needed",
        groups="qualiopi_compliance.group_qualiopi_disability_referent",
    )
    qualiopi_price = fields.Monetary(
        "Agreed Price", currency_field="qualiopi_currency_id"
    )
    qualiopi_currency_id = fields.Many2one("res.currency")
    qualiopi_contract_kind = fields.Selection(
        CONTRACTS,
        "Contract",
        compute="_compute_qualiopi_contract_kind",
        store=True,
        readonly=False,
    )
    qualiopi_contract_on = fields.Date("Signed On", tracking=True)
    qualiopi_exam_enrolled_on = fields.Date("Enrolled for the Exam On", tracking=True)
    qualiopi_exam_adjustment = fields.Text("Exam Adjustments")
    qualiopi_exam_result = fields.Selection(EXAM_RESULTS, "Exam Result", tracking=True)
    qualiopi_exam_on = fields.Date("Exam On")
    qualiopi_exam_minutes_on = fields.Date(
        "Exam Minutes Filed On",
        tracking=True,
        help="The minutes of the exam session are among the documents of the file.",
    )
    qualiopi_dropped_on = fields.Date("Dropped Out On", tracking=True)
    qualiopi_drop_out_reason = fields.Text("Reason for Dropping Out", tracking=True)
    qualiopi_drop_out_cause = fields.Selection(
        DROP_OUT_CAUSES,
        "Cause of the Drop-Out",
        tracking=True,
        help="For the drop-out rate with its causes (guide V9, indicator 2).",
    )

    @api.depends("qualiopi_funding")
    def _compute_qualiopi_contract_kind(self):
        kinds = {"individual": "contract", "cpf": "cpf"}
        for file in self:
            funding = file.qualiopi_funding
            file.qualiopi_contract_kind = (
                kinds.get(funding, "agreement") if funding else False
            )
