from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare

from ..organisation.amounts import refuse_negative

TEACHING_MODES = [
    ("in_person", "In person"),
    ("distance", "At a distance"),
    ("blended", "Blended"),
    ("at_work", "At work"),
]


class QualiopiProgram(models.Model):
    """One offer of the catalogue: what indicator 1 wants the public to know.

    Draft -> validated -> retired. Validating asks for what is missing, item by
    item, and makes an immutable version (``qualiopi.program.version``), which is
    what sessions follow and documents print. A validated programme is revised by
    going back to draft; its last version stays in force meanwhile.
    """

    _name = "qualiopi.program"
    _description = "Programme"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, translate=True, tracking=True)
    reference = fields.Char(copy=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_id = fields.Many2one(
        "qualiopi.category",
        "Action Category",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self._default_category_id(),
    )
    category_code = fields.Char(related="category_id.code")
    state = fields.Selection(
        [("draft", "Draft"), ("validated", "Validated"), ("retired", "Retired")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        default=lambda self: self.env.user,
    )
    review_on = fields.Date(
        "Review Date",
        tracking=True,
        copy=False,
        help="Day on which the sheet is to be read again.",
    )

    prerequisites_kind = fields.Selection(
        [("none", "None"), ("stated", "Stated below")],
        "Prerequisites",
        help="That there are none must be stated too.",
    )
    prerequisites = fields.Text("Prerequisites in Words", translate=True)
    objective_ids = fields.One2many(
        "qualiopi.program.objective", "program_id", "Objectives", copy=True
    )
    audience = fields.Text(translate=True)
    recognition = fields.Selection(
        [
            ("attestation", "Certificate of completion or attestation"),
            ("rncp", "RNCP certification"),
            ("rncp_block", "Block of an RNCP certification"),
            ("rs", "RS certification"),
            ("authorisation", "Authorisation or regulatory certificate"),
            ("other", "Other"),
        ],
        "Type of Recognition",
        help="What the learner holds in the end (indicator 1 since 2026).",
    )
    recognition_note = fields.Char("Recognition in Words", translate=True)
    duration_hours = fields.Float("Duration in Hours", tracking=True)
    duration_days = fields.Float("Duration in Days", tracking=True)
    teaching_mode = fields.Selection(
        TEACHING_MODES, "Arrangement", default="in_person", required=True
    )
    teaching_arrangements = fields.Text(translate=True)
    distance_hours = fields.Float(
        "Hours at a Distance",
        compute="_compute_distance_hours",
        store=True,
        readonly=False,
        help="Agreements state the share of distance teaching (D. 6353-1 of the "
        "Labour Code, since 1 July 2025).",
    )
    funding_arrangements = fields.Text(translate=True)
    access_arrangements = fields.Text("How to Get a Place", translate=True)
    access_time = fields.Char(
        "Time to Get a Place",
        translate=True,
        help="Estimated time from the request to the start.",
    )
    price = fields.Monetary(tracking=True)
    price_note = fields.Text(
        "Price in Words",
        translate=True,
        help="For instance: per group, on quote and on what basis, tax.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        "Contact",
        check_company=True,
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Whom to ask about this programme.",
    )
    methods = fields.Text("Methods Used", translate=True)
    assessment = fields.Text("Assessment Arrangements", translate=True)
    accessibility = fields.Text(translate=True, help="For people with disabilities.")
    vae_demands = fields.Text("Demands of the Process", translate=True)
    vae_feasibility = fields.Text("Feasibility", translate=True)

    sequence_ids = fields.One2many(
        "qualiopi.program.sequence", "program_id", "Lesson Plan", copy=True
    )
    planned_hours = fields.Float("Lesson Plan Hours", compute="_compute_planned_hours")
    hours_differ = fields.Boolean(compute="_compute_planned_hours")
    referent_id = fields.Many2one(
        "res.partner", "Teaching Referent", check_company=True
    )
    resources = fields.Text("Teaching Resources", translate=True)

    vague_objectives = fields.Text(compute="_compute_vague_objectives")
    # contributors read programmes, not always events
    session_ids = fields.One2many(
        "event.event",
        "qualiopi_program_id",
        "Sessions",
        groups="event.group_event_registration_desk,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )
    session_count = fields.Integer(compute="_compute_session_count")
    origin_type_id = fields.Many2one(
        "event.type",
        "Made from Template",
        ondelete="set null",
        copy=False,
        readonly=True,
        index="btree_not_null",
        help="Event template that the adoption wizard made this programme from.",
    )
    origin_name = fields.Char(
        "Made from Events Named", copy=False, readonly=True, index="btree_not_null"
    )

    _reference_uniq = models.UniqueIndex(
        "(company_id, reference) WHERE reference IS NOT NULL",
        "Another programme of the company has this reference.",
    )

    @api.model
    def _default_category_id(self):
        """The category that the company delivers, if it delivers only one."""
        categories = self.env.company.qualiopi_company_category_ids.category_id
        return categories if len(categories) == 1 else False

    @api.depends("company_id")
    def _compute_contact_id(self):
        for program in self:
            company = program.company_id
            if not program.contact_id:
                program.contact_id = company.qualiopi_quality_contact_id

    @api.depends("teaching_mode", "duration_hours")
    def _compute_distance_hours(self):
        """All of it at a distance, none of it, or as typed when it is blended."""
        for program in self:
            if program.teaching_mode == "distance":
                program.distance_hours = program.duration_hours
            elif program.teaching_mode != "blended":
                program.distance_hours = 0
            else:
                program.distance_hours = program.distance_hours

    @api.depends("sequence_ids.hours", "duration_hours")
    def _compute_planned_hours(self):
        for program in self:
            hours = sum(program.sequence_ids.mapped("hours"))
            program.planned_hours = hours
            program.hours_differ = bool(
                hours
                and program.duration_hours
                and float_compare(hours, program.duration_hours, precision_digits=2)
            )

    @api.depends("objective_ids.name")
    def _compute_vague_objectives(self):
        for program in self:
            program.vague_objectives = "\n".join(
                objective.name for objective in program.objective_ids if objective.vague
            )

    def _compute_session_count(self):
        events = self.env["event.event"]
        counts = dict(
            events._read_group(
                [("qualiopi_program_id", "in", self.ids)],
                ["qualiopi_program_id"],
                ["__count"],
            )
            if events.has_access("read")
            else ()
        )
        for program in self:
            program.session_count = counts.get(program, 0)

    @api.constrains("duration_hours", "duration_days", "distance_hours", "price")
    def _check_amounts(self):
        refuse_negative(
            self, ("duration_hours", "duration_days", "distance_hours", "price")
        )
        for program in self:
            if 0 < program.duration_hours < program.distance_hours:
                raise ValidationError(
                    self.env._(
                        "The hours at a distance cannot exceed the duration of the "
                        "programme."
                    )
                )

    @api.constrains("company_id")
    def _check_company_of_sessions(self):
        for program in self:
            sessions = program.with_context(active_test=False).session_ids
            if sessions.company_id - program.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” has sessions of %(company)s: it cannot move to "
                        "another company. Duplicate it there instead.",
                        name=program.name,
                        company=sessions.company_id[:1].name,
                    )
                )

    def copy_data(self, default=None):
        rows = super().copy_data(default)
        if default and "name" in default:
            return rows
        return [
            vals | {"name": self.env._("%(name)s (copy)", name=program.name)}
            for program, vals in zip(self, rows, strict=True)
        ]

    def copy(self, default=None):
        """The lines of a copy point to each other, not to those of the original."""
        copies = super().copy(default)
        for program, duplicate in zip(self, copies, strict=True):
            objectives = program._twins("objective_ids", duplicate)
            sequences = program._twins("sequence_ids", duplicate)
            for row, twin in sequences.items():
                twin.objective_ids = [objectives[each].id for each in row.objective_ids]
            for row, twin in program._twins("competency_ids", duplicate).items():
                twin.sequence_ids = [sequences[each].id for each in row.sequence_ids]
        return copies

    def _twins(self, name, duplicate):
        """:return: each line of this programme -> the same line of its duplicate"""
        return dict(zip(self[name], duplicate[name], strict=True))

    def _origin_key(self):
        """:return: what the adoption wizard made it from: kind, and template or name"""
        self.ensure_one()
        if self.origin_type_id:
            return ("type", self.origin_type_id.id)
        return ("name", self.origin_name)

    def _may_take_sessions(self):
        """:return: whether sessions can still be given this programme"""
        self.ensure_one()
        return self.active and self.state != "retired"

    def action_open_sessions(self):
        """Open the sessions that deliver this programme."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sessions"),
            "res_model": "event.event",
            "view_mode": "list,kanban,calendar,form",
            "domain": [("qualiopi_program_id", "=", self.id)],
            "context": {
                "default_qualiopi_program_id": self.id,
                "default_company_id": self.company_id.id,
                "default_name": self.name,
            },
        }
