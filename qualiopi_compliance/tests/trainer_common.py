from odoo.fields import Command

from .session_common import FIRST, LAST, SessionCase

# Before the session of SessionCase; nothing of it is over yet.
PLANNED_ON = "2026-02-02"


class TrainerCase(SessionCase):
    """A certification that the programme requires, an employee and an outsider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certifications = cls.env["hr.skill.type"].create(
            {
                "name": "Trainer certifications",
                "is_certification": True,
                "skill_ids": [
                    Command.create({"name": "Trainer title"}),
                    Command.create({"name": "First aid"}),
                ],
                "skill_level_ids": [
                    Command.create({"name": "Granted", "level_progress": 100})
                ],
            }
        )
        cls.title, cls.first_aid = cls.certifications.skill_ids
        cls.granted = cls.certifications.skill_level_ids
        cls.office = cls.env["hr.skill.type"].create(
            {
                "name": "Office",
                "skill_ids": [Command.create({"name": "Pivot tables"})],
                "skill_level_ids": [
                    Command.create({"name": "Beginner", "level_progress": 20}),
                    Command.create({"name": "Expert", "level_progress": 100}),
                ],
            }
        )
        cls.pivot = cls.office.skill_ids
        cls.beginner, cls.expert = cls.office.skill_level_ids.sorted("level_progress")
        cls.require(cls.program, cls.title)
        cls.outsider = cls.new_trainer("Nadia Outsider")
        cls.employee = cls.new_employee("Marc Employee")
        cls.insider = cls.promote(cls.employee)

    @classmethod
    def require(cls, program, skill, level=None):
        return cls.env["qualiopi.program.skill"].create(
            {
                "program_id": program.id,
                "skill_id": skill.id,
                "skill_level_id": level.id if level else False,
            }
        )

    @classmethod
    def new_trainer(cls, name, company=None, **vals):
        company = company or cls.company
        partner = cls.env["res.partner"].create({"name": name})
        return cls.env["qualiopi.trainer"].create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "kind": "volunteer",
                "state": "active",
                "program_ids": cls.program.ids if company == cls.company else [],
                "user_id": False,
                **vals,
            }
        )

    @classmethod
    def new_employee(cls, name, **vals):
        return cls.env["hr.employee"].create(
            {"name": name, "company_id": cls.company.id, **vals}
        )

    @classmethod
    def promote(cls, employee):
        """:return: the active file of an employee, who may teach the programme"""
        trainers = cls.env["qualiopi.trainer"].with_company(cls.company)
        trainer = trainers._promote(employee.work_contact_id, employee)
        trainer.write({"state": "active", "program_ids": cls.program.ids})
        return trainer

    @classmethod
    def hold(cls, trainer, skill, first=None, last=None, level=None):
        """Record what a trainer holds, where it belongs for him."""
        vals = {
            "skill_id": skill.id,
            "skill_type_id": skill.skill_type_id.id,
            "skill_level_id": (level or skill.skill_type_id.skill_level_ids[-1]).id,
            "valid_from": first or "2020-01-01",
            "valid_to": last,
        }
        if trainer.employee_id:
            return cls.env["hr.employee.skill"].create(
                {"employee_id": trainer.employee_id.id, **vals}
            )
        return cls.env["qualiopi.trainer.skill"].create(
            {"trainer_id": trainer.id, **vals}
        )

    @classmethod
    def assign(cls, trainer, session=None, **vals):
        return cls.env["qualiopi.assignment"].create(
            {
                "event_id": (session or cls.session).id,
                "trainer_id": trainer.id,
                **vals,
            }
        )

    def codes(self, assignment):
        """:return: codes of what speaks against it, as they stand now"""
        self.forget()
        return {code for code, _text in assignment._problems()[assignment]}


__all__ = ["FIRST", "LAST", "PLANNED_ON", "TrainerCase"]
