from collections import defaultdict

from odoo import api, fields, models

from ...rules.qualification import Required


class QualiopiProgramSkill(models.Model):
    """A skill or certification that whoever teaches a programme must hold.

    Set before the sessions (indicator 21: "compétences requises définies en
    amont"); it is not part of the public sheet, and may change at any time.
    """

    _name = "qualiopi.program.skill"
    _description = "Skill required by a programme"
    _order = "program_id, sequence, id"
    _rec_name = "skill_id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    program_id = fields.Many2one(
        "qualiopi.program", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="program_id.company_id", store=True)
    skill_type_id = fields.Many2one(
        "hr.skill.type",
        "Type",
        compute="_compute_skill_type_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )
    skill_id = fields.Many2one(
        "hr.skill",
        "Skill or Certification",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    skill_level_id = fields.Many2one(
        "hr.skill.level",
        "Least Level",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
        help="Empty: any level will do.",
    )
    level_progress = fields.Integer(related="skill_level_id.level_progress")
    note = fields.Char(help="Why it is required, or what may replace it.")

    _skill_uniq = models.Constraint(
        "UNIQUE(program_id, skill_id)",
        "This programme already requires this skill: change its level instead.",
    )

    @api.depends("skill_id")
    def _compute_skill_type_id(self):
        for row in self:
            row.skill_type_id = row.skill_id.skill_type_id or row.skill_type_id

    @api.onchange("skill_type_id")
    def _onchange_skill_type_id(self):
        if self.skill_id.skill_type_id != self.skill_type_id:
            self.skill_id = False
        if self.skill_level_id.skill_type_id != self.skill_type_id:
            self.skill_level_id = False

    @api.depends("skill_id.name", "skill_level_id.name")
    def _compute_display_name(self):
        for row in self:
            level = row.skill_level_id.name
            name = row.skill_id.name or ""
            row.display_name = f"{name} ({level})" if level else name

    @api.constrains("skill_id", "skill_level_id")
    def _check_level(self):
        for row in self.filtered("skill_level_id"):
            row.skill_id.skill_type_id._qualiopi_check_level(
                row.skill_level_id, row.skill_id
            )

    def _required(self):
        """:return: what the rules on qualification read of this requirement"""
        self.ensure_one()
        return Required(self.skill_id.id, self.level_progress)

    @api.model
    def _by_program(self, programs):
        """:return: id of the programme -> what it requires, in one query"""
        # sudo: qualiopi.program.skill - a trainer is checked whoever plans the session
        rows = self.sudo().search([("program_id", "in", programs.ids)])
        found = defaultdict(self.browse)
        for program, requirements in rows.grouped("program_id").items():
            found[program.id] = requirements
        return found
