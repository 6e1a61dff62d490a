from odoo import api, models
from odoo.exceptions import UserError, ValidationError

USERS = ("qualiopi.trainer.skill", "qualiopi.program.skill")


class HrSkillType(models.Model):
    """Types of skills that trainers hold, or programmes require, stay."""

    _inherit = "hr.skill.type"

    def _qualiopi_check_level(self, level, skill):
        """:raise ValidationError: when the level is one of other skills"""
        if level.skill_type_id != self:
            raise ValidationError(
                self.env._(
                    "“%(level)s” is no level of “%(skill)s”: choose one of %(levels)s.",
                    level=level.name,
                    skill=skill.name or self.name,
                    levels=", ".join(self.skill_level_ids.mapped("name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_used(self):
        self.skill_ids._qualiopi_unlink_except_used()


class HrSkill(models.Model):
    """Skills that trainers hold, or programmes require, stay."""

    _inherit = "hr.skill"

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_used(self):
        _refuse_used(self, "skill_id")


class HrSkillLevel(models.Model):
    """Levels that trainers have reached, or programmes require, stay."""

    _inherit = "hr.skill.level"

    @api.ondelete(at_uninstall=False)
    def _qualiopi_unlink_except_used(self):
        _refuse_used(self, "skill_level_id")


def _refuse_used(records, name):
    """:raise UserError: when a trainer or a programme uses one of these"""
    for model in USERS:
        # sudo: whoever deletes may not see the companies that use it
        rows = records.env[model].sudo().search([(name, "in", records.ids)], limit=1)
        if rows:
            raise UserError(
                records.env._(
                    "“%(name)s” is part of trainers' files or programmes: it cannot be "
                    "deleted. Archive its type, or rename it.",
                    name=rows[name].display_name,
                )
            )
