from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.qualification import Held


class QualiopiTrainerQualification(models.Model):
    """What all trainers hold, wherever it was entered: the one place to read it.

    Employees' skills and certifications come from human resources, those of the
    others from their own file. Nothing in this view depends on today: whoever
    reads it brings the day.
    """

    _name = "qualiopi.trainer.qualification"
    _description = "Qualification of a trainer"
    _auto = False
    _order = "trainer_id, skill_type_id, skill_id, valid_from desc, id"
    _rec_name = "skill_id"

    trainer_id = fields.Many2one("qualiopi.trainer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    source = fields.Selection(
        [("employee", "Human resources"), ("own", "Trainer's file")], readonly=True
    )
    skill_type_id = fields.Many2one("hr.skill.type", "Type", readonly=True)
    skill_id = fields.Many2one("hr.skill", readonly=True)
    skill_level_id = fields.Many2one("hr.skill.level", "Level", readonly=True)
    level_progress = fields.Integer("Progress", readonly=True, aggregator="avg")
    is_certification = fields.Boolean("Certification", readonly=True)
    valid_from = fields.Date(readonly=True)
    valid_to = fields.Date("Valid Until", readonly=True)

    @property
    def _table_query(self):
        # odd and even: one identity for rows of two tables
        return SQL(
            """
            SELECT 2 * own.id AS id, own.trainer_id, trainer.company_id,
                'own' AS source, own.skill_type_id, own.skill_id,
                own.skill_level_id, level.level_progress,
                COALESCE(type.is_certification, false) AS is_certification,
                own.valid_from, own.valid_to
            FROM qualiopi_trainer_skill own
            JOIN qualiopi_trainer trainer ON trainer.id = own.trainer_id
            JOIN hr_skill_level level ON level.id = own.skill_level_id
            JOIN hr_skill_type type ON type.id = own.skill_type_id
            UNION ALL
            SELECT 2 * held.id + 1 AS id, trainer.id AS trainer_id,
                trainer.company_id, 'employee' AS source, held.skill_type_id,
                held.skill_id, held.skill_level_id, level.level_progress,
                COALESCE(type.is_certification, false) AS is_certification,
                held.valid_from, held.valid_to
            FROM hr_employee_skill held
            JOIN qualiopi_trainer trainer ON trainer.employee_id = held.employee_id
            JOIN hr_skill_level level ON level.id = held.skill_level_id
            JOIN hr_skill_type type ON type.id = held.skill_type_id
            """
        )

    @api.model
    def _held(self, trainers):
        """What these trainers hold or held, in one query.

        :return: id of the trainer -> list of :class:`Held`
        :rtype: dict[int, list[Held]]
        """
        self.env["hr.employee.skill"].flush_model()
        self.env["qualiopi.trainer.skill"].flush_model()
        self.env["qualiopi.trainer"].flush_model(["employee_id", "company_id"])
        held = defaultdict(list)
        if not trainers:
            return held
        rows = self.env.execute_query(
            SQL(
                """
                SELECT trainer_id, skill_id, level_progress, valid_from, valid_to
                FROM (%s) held WHERE trainer_id IN %s
                """,
                self._table_query,
                tuple(trainers.ids),
            )
        )
        for trainer, skill, progress, first, last in rows:
            held[trainer].append(Held(skill, progress or 0, first, last))
        return held

    def action_open_source(self):
        """Open the trainer's file, where the qualification is read or entered."""
        self.ensure_one()
        return self.trainer_id._open()
