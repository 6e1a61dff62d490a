from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_company import PERMANENT_KINDS

KINDS = [
    ("employee", "Employee"),
    ("manager", "Manager or sole trader"),
    ("subcontractor", "Subcontractor"),
    ("umbrella", "Umbrella employment"),
    ("volunteer", "Volunteer"),
]
# Who works through a firm with which there is a contract (indicator 27).
THROUGH_A_FIRM = ("subcontractor", "umbrella")


class QualiopiTrainer(models.Model):
    """The one file of a person who teaches, whatever his status (indicators 17 to 22).

    Draft -> active, once the file is complete enough for the company; suspended for
    a while; left, when he no longer teaches here. A file is archived, not deleted,
    once sessions name it. What an employee's file says of his skills and courses is
    read from human resources; it is typed here for all others.
    """

    _name = "qualiopi.trainer"
    _description = "Trainer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        domain="[('is_company', '=', False)]",
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
    employee_id = fields.Many2one(
        "hr.employee",
        "Employee",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        copy=False,
        tracking=True,
        help="Skills, certifications and courses are then read from human resources.",
    )
    kind = fields.Selection(
        KINDS,
        "Status",
        required=True,
        tracking=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "Active"),
            ("suspended", "Suspended"),
            ("left", "Left"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    left_on = fields.Date(copy=False, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Is reminded of what expires in this file.",
    )
    program_ids = fields.Many2many(
        "qualiopi.program",
        "qualiopi_trainer_program_rel",
        "trainer_id",
        "program_id",
        "May Teach",
        check_company=True,
        help="Programmes for which the company has checked that he is suited.",
    )
    permanent = fields.Boolean(
        "Permanent Staff",
        compute="_compute_permanent",
        store=True,
        readonly=False,
        tracking=True,
        help="For the share of teaching hours by permanent staff (indicator 20 since "
        "2026). The order that defines it is awaited: decide with your certifier.",
    )
    cv_on = fields.Date(
        "CV Date",
        tracking=True,
        copy=False,
        help="Day of the last update of the CV. For an employee it follows the résumé "
        "kept by human resources.",
    )
    disability_awareness_on = fields.Date(
        "Disability Awareness",
        tracking=True,
        copy=False,
        help="Day on which he was made aware of how people with disabilities are "
        "received (guide V9, indicator 21).",
    )
    induction_on = fields.Date(
        "Induction",
        tracking=True,
        copy=False,
        help="Day on which he was introduced to the company, its rules and quality "
        "policy (guide V9, indicator 21).",
    )
    note = fields.Html("Notes")
    skill_ids = fields.One2many(
        "qualiopi.trainer.skill", "trainer_id", "Skills and Certifications"
    )
    qualification_ids = fields.One2many(
        "qualiopi.trainer.qualification", "trainer_id", "Qualifications"
    )
    assignment_ids = fields.One2many(
        "qualiopi.assignment",
        "trainer_id",
        "Assignments",
        groups="event.group_event_registration_desk,"
        "qualiopi_compliance.group_qualiopi_internal_auditor",
    )

    _partner_uniq = models.Constraint(
        "UNIQUE(company_id, partner_id)",
        "This person has a trainer file already. If it was archived, restore it.",
    )
    _employee_uniq = models.UniqueIndex(
        "(employee_id) WHERE employee_id IS NOT NULL",
        "This employee has a trainer file already. If it was archived, restore it.",
    )

    @api.depends("employee_id")
    def _compute_kind(self):
        for trainer in self:
            if trainer.employee_id:
                if trainer.kind not in ("employee", "manager"):
                    trainer.kind = "employee"
            else:
                trainer.kind = trainer.kind or "subcontractor"

    @api.depends("kind", "company_id.qualiopi_permanent_kinds")
    def _compute_permanent(self):
        for trainer in self:
            answer = trainer.company_id.qualiopi_permanent_kinds or "employee"
            trainer.permanent = trainer.kind in PERMANENT_KINDS[answer]

    @api.constrains("partner_id")
    def _check_person(self):
        for trainer in self:
            if trainer.partner_id.is_company:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a company: a trainer is a person. Choose, or "
                        "create under it, the contact who teaches; the firm itself "
                        "belongs under Subcontractors.",
                        name=trainer.partner_id.display_name,
                    )
                )

    @api.constrains("employee_id", "partner_id")
    def _check_employee(self):
        for trainer in self:
            # sudo: hr.employee - who keeps trainers' files has no rights on HR
            contact = trainer.employee_id.sudo().work_contact_id
            if contact and contact != trainer.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(employee)s is known by the contact “%(contact)s”: the file "
                        "must be about that one.",
                        employee=trainer.employee_id.sudo().name,
                        contact=contact.display_name,
                    )
                )

    @api.constrains("kind", "employee_id")
    def _check_kind(self):
        for trainer in self:
            if trainer.employee_id and trainer.kind not in ("employee", "manager"):
                raise ValidationError(
                    self.env._(
                        "%(name)s is an employee: choose “Employee” or “Manager or "
                        "sole trader”, or remove the link with human resources.",
                        name=trainer.name,
                    )
                )

    def _titles_text(self, day):
        """:return: his name and what he holds on ``day``, as a contract names it"""
        self.ensure_one()
        held = self.qualification_ids.filtered(
            lambda row: (
                (not row.valid_from or row.valid_from <= day)
                and (not row.valid_to or day <= row.valid_to)
            )
        )
        titles = [
            f"{row.skill_id.name} ({row.skill_level_id.name})"
            for row in held.sorted(lambda row: (not row.is_certification, row.id))
        ]
        return f"{self.name} – {', '.join(titles)}" if titles else self.name

    def _outside_staff(self):
        """:return: those who work through a firm, with a contract (indicator 27)"""
        return self.filtered(lambda trainer: trainer.kind in THROUGH_A_FIRM)
