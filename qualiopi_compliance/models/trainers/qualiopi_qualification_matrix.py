from collections import defaultdict

from odoo import api, models
from odoo.tools.misc import format_date

from ...rules.qualification import STATES, Required, standing


class QualiopiQualificationMatrix(models.AbstractModel):
    """Who holds what the programmes require, on any day: trainers by requirements.

    Worked out whenever it is asked for, with the reader's rights and in a number of
    queries that depends neither on the trainers nor on the programmes.
    """

    _name = "qualiopi.qualification.matrix"
    _description = "Qualification matrix"

    @api.model
    def _matrix(self, day, programs, trainers, anonymous=False, everyone=False):
        """:param day: on which they are judged
        :param programs: whose requirements are the columns
        :param trainers: the rows, in that order; when anonymous, in that of their files
        :param everyone: judge them for programmes they may not teach too, as long as
            these are of their company
        :return: plain data, see :meth:`_columns` and :meth:`_row`
        :rtype: dict
        """
        required = self.env["qualiopi.program.skill"]._by_program(programs)
        asking = programs.filtered(lambda program: required[program.id])
        if anonymous:
            # the alphabet would tell who is who
            trainers = trainers.sorted("id")
        judge = _Judge(self.env, day, required, trainers)
        return {
            "day": str(day),
            "states": self._labels(),
            "programs": [
                self._columns(program, required[program.id]) for program in asking
            ],
            "without_skills": [
                {"id": program.id, "name": program.name}
                for program in programs - asking
            ],
            "trainers": [
                self._row(trainer, number if anonymous else 0)
                | {"cells": judge.cells(trainer, asking, everyone)}
                for number, trainer in enumerate(trainers, start=1)
            ],
        }

    @api.model
    def _labels(self):
        """:return: where one stands -> its name, from the best to the worst"""
        labels = {
            "held": self.env._("Held"),
            "expiring": self.env._("Expiring"),
            "expired": self.env._("Expired"),
            "missing": self.env._("Missing"),
        }
        return {state: labels[state] for state in STATES}

    @api.model
    def _columns(self, program, requirements):
        """:return: a programme and the columns under it"""
        return {
            "id": program.id,
            "name": program.name,
            "reference": program.reference or "",
            "requirements": [
                {
                    "id": row.id,
                    "skill": row.skill_id.name,
                    "level": row.skill_level_id.name or "",
                    "note": row.note or "",
                }
                for row in requirements
            ],
        }

    @api.model
    def _row(self, trainer, number):
        """:param number: instead of the name, 0 for the name itself
        :return: a trainer, without his cells
        """
        name = trainer.name
        if number:
            name = self.env._("Trainer %(number)s", number=number)
        selections = {
            field: dict(trainer._fields[field]._description_selection(self.env))
            for field in ("kind", "state")
        }
        return {
            "id": trainer.id,
            "name": name,
            "kind": selections["kind"].get(trainer.kind, ""),
            "programs": trainer.program_ids.ids,
            "state": trainer.state,
            "state_label": selections["state"][trainer.state],
        }

    @api.model
    def _cell_text(self, cell):
        """:return: a cell in words, as documents print it"""
        day = format_date(self.env, cell["until"]) if cell["until"] else ""
        values = {"day": day, "level": cell["level"]}
        sentences = {
            "held": self.env._("Held until %(day)s", **values)
            if day
            else self.env._("Held"),
            "expiring": self.env._("Expires on %(day)s", **values),
            "expired": self.env._("Expired on %(day)s", **values),
            "missing": self.env._("Missing, holds: %(level)s", **values)
            if cell["level"]
            else self.env._("Missing"),
        }
        return sentences[cell["state"]]


class _Judge:
    """Says where each trainer stands with each requirement, having asked once."""

    def __init__(self, env, day, required, trainers):
        self.day = day
        self.required = {
            program: [
                (row.id, row.skill_id.skill_type_id.id, row._required()) for row in rows
            ]
            for program, rows in required.items()
        }
        types = {kind for rows in self.required.values() for _id, kind, _asked in rows}
        # sudo: hr.skill.level - the names of levels are no secret
        levels = env["hr.skill.level"].sudo().search([("skill_type_id", "in", types)])
        self.levels = {
            (level.skill_type_id.id, level.level_progress): level.name
            for level in levels
        }
        held = env["qualiopi.trainer.qualification"]._held(trainers)
        self.held = {}
        for trainer, rows in held.items():
            by_skill = defaultdict(list)
            for row in rows:
                by_skill[row.skill].append(row)
            self.held[trainer] = by_skill

    def cells(self, trainer, programs, everyone):
        """:return: id of the requirement -> where he stands; none for a programme that
        he may not teach, unless everyone is judged
        """
        asked = programs & trainer.program_ids
        if everyone:
            asked |= programs.filtered(
                lambda program: program.company_id == trainer.company_id
            )
        known = {}
        cells = {}
        for program in asked:
            for number, kind, required in self.required[program.id]:
                if required not in known:
                    known[required] = self._cell(trainer, kind, required)
                cells[number] = known[required]
        return cells

    def _cell(self, trainer, kind, required: Required):
        held = self.held.get(trainer.id, {}).get(required.skill, ())
        horizon = trainer.company_id.qualiopi_expiry_days
        found = standing(required, held, self.day, horizon)
        return {
            "state": found.state,
            "until": str(found.until or ""),
            "level": self.levels.get((kind, found.progress), "")
            if found.progress
            else "",
        }
