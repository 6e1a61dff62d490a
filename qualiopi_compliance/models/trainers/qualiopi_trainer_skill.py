from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from ...rules.qualification import Held, overlap


class QualiopiTrainerSkill(models.Model):
    """A skill or certification of a trainer whom human resources do not know.

    It has the columns of an employee's skill, so that both are read alike, and
    rules of its own: a validity always begins, never overlaps another of the same
    skill, and what is over stays as history.
    """

    _name = "qualiopi.trainer.skill"
    _description = "Skill or certification of a trainer"
    _inherit = ["hr.individual.skill.mixin"]
    _order = "skill_type_id, skill_id, valid_from desc"
    _check_company_auto = True

    trainer_id = fields.Many2one(
        "qualiopi.trainer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="trainer_id.company_id", store=True)
    skill_id = fields.Many2one(ondelete="restrict", index=True)
    skill_level_id = fields.Many2one(ondelete="restrict", index=True)
    skill_type_id = fields.Many2one(ondelete="restrict")
    valid_from = fields.Date(
        required=True, default=lambda self: self.env["qualiopi.framework"]._today()
    )
    reference = fields.Char(help="Number of the certificate, or where it is kept.")

    def _linked_field_name(self):
        return "trainer_id"

    @api.onchange("is_certification")
    def _onchange_is_certification(self):
        """What was typed is not replaced when the type changes."""

    @api.constrains("trainer_id")
    def _check_not_employee(self):
        for row in self:
            if row.trainer_id.employee_id:
                raise ValidationError(
                    self.env._(
                        "The skills of %(name)s are those of the employee: enter them "
                        "in human resources, they are read from there.",
                        name=row.trainer_id.name,
                    )
                )

    @api.constrains("trainer_id", "skill_id", "valid_from", "valid_to")
    def _check_not_overlapping_regular_skill(self):
        # the name is core's: its check misses open ends, and lets certifications
        # overlap
        for row in self:
            others = self.search(
                [
                    ("trainer_id", "=", row.trainer_id.id),
                    ("skill_id", "=", row.skill_id.id),
                    ("id", "!=", row.id),
                ]
            )
            other = others.filtered(
                lambda other, row=row: overlap(row._held(), other._held())
            )[:1]
            if other:
                raise ValidationError(
                    self.env._(
                        "%(skill)s is already recorded for %(name)s %(period)s: end "
                        "that one first, or begin this one later.",
                        skill=row.skill_id.name,
                        name=row.trainer_id.name,
                        period=other._period_text(),
                    )
                )

    @api.constrains("valid_from", "valid_to")
    def _check_date(self):
        for row in self:
            if row.valid_to and row.valid_to < row.valid_from:
                raise ValidationError(
                    self.env._(
                        "The validity of %(skill)s ends on %(last)s, before it begins "
                        "on %(first)s.",
                        skill=row.skill_id.name,
                        last=format_date(self.env, row.valid_to),
                        first=format_date(self.env, row.valid_from),
                    )
                )

    @api.constrains("skill_type_id", "skill_level_id")
    def _check_skill_level(self):
        for row in self:
            row.skill_type_id._qualiopi_check_level(row.skill_level_id, row.skill_id)

    def _held(self):
        """:return: what the rules on qualification read of this skill"""
        self.ensure_one()
        return Held(
            self.skill_id.id,
            self.level_progress,
            self.valid_from or None,
            self.valid_to or None,
        )

    def _period_text(self):
        """:return: from when until when it is valid, in words"""
        self.ensure_one()
        first = format_date(self.env, self.valid_from)
        if not self.valid_to:
            return self.env._("from %(first)s, without end", first=first)
        return self.env._(
            "from %(first)s to %(last)s",
            first=first,
            last=format_date(self.env, self.valid_to),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """What somebody taught with is history."""
        # sudo: qualiopi.assignment - history counts whether or not one reads it
        taught = self.env["qualiopi.assignment"].sudo()
        taught = taught.search([("trainer_id", "in", self.trainer_id.ids)])
        for row in self:
            session = taught.filtered(row._was_needed_for)[:1].event_id
            if session:
                raise UserError(
                    self.env._(
                        "%(skill)s qualified %(name)s for “%(session)s”: it cannot be "
                        "deleted. If it is over, enter the day it ended.",
                        skill=row.skill_id.name,
                        name=row.trainer_id.name,
                        session=session.name,
                    )
                )

    def _was_needed_for(self, assignment):
        """:return: whether that session required this skill while it was valid"""
        self.ensure_one()
        program = assignment.event_id.qualiopi_program_id
        return (
            assignment.trainer_id == self.trainer_id
            and self.skill_id in program.skill_ids.skill_id
            and any(self._held().on(day) for day in assignment._days())
        )
