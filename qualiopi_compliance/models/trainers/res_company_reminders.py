from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ...rules.qualification import Required, standing
from ..organisation.qualiopi_reminder import Reminder


class ResCompany(models.Model):
    """What expires in the files of those who teach, and the sessions it touches."""

    _inherit = "res.company"

    def _qualiopi_reminders(self, day):
        trainers = self.env["qualiopi.trainer"].search(
            [("company_id", "=", self.id), ("state", "in", ("active", "suspended"))]
        )
        return [
            *super()._qualiopi_reminders(day),
            *self._qualiopi_piece_reminders(trainers, day),
            *self._qualiopi_skill_reminders(trainers, day),
            *self._qualiopi_session_reminders(),
        ]

    def _qualiopi_horizon(self, day):
        """:return: the day up to which an end is announced"""
        return day + timedelta(days=self.qualiopi_expiry_days)

    def _qualiopi_piece_reminders(self, trainers, day):
        """:return: CVs and assessments that are soon to be renewed"""
        labels = {
            "cv": self.env._("Update the CV"),
            "assessment": self.env._("Assess the trainer"),
        }
        return [
            Reminder(trainer, kind, due, labels[kind], user=trainer.user_id)
            for trainer in trainers
            for kind, due in trainer._renewals().items()
            if due <= self._qualiopi_horizon(day)
        ]

    def _qualiopi_skill_reminders(self, trainers, day):
        """:return: skills and certifications about to end, or over but required"""
        held = self.env["qualiopi.trainer.qualification"]._held(trainers)
        by_program = self.env["qualiopi.program.skill"]._by_program(
            trainers.program_ids
        )
        numbers = {row.skill for rows in held.values() for row in rows}
        names = {
            skill.id: skill.name
            for skill in self.env["hr.skill"].sudo().browse(numbers)
        }
        reminders = []
        for trainer in trainers:
            own = held[trainer.id]
            required = {
                row.skill_id.id
                for program in trainer.program_ids
                for row in by_program[program.id]
            }
            for skill in {row.skill for row in own}:
                found = standing(Required(skill), own, day, self.qualiopi_expiry_days)
                if found.state == "expiring" or (
                    found.state == "expired" and skill in required
                ):
                    reminders.append(
                        Reminder(
                            trainer,
                            f"skill-{skill}",
                            found.until,
                            self.env._("Renew “%(skill)s”", skill=names[skill]),
                            user=trainer.user_id,
                        )
                    )
        return reminders

    def _qualiopi_session_reminders(self):
        """:return: sessions to come whose trainer does not fit, found ahead"""
        Assignment = self.env["qualiopi.assignment"]
        ahead = Assignment.search(
            Assignment._ahead_domain() & Domain("company_id", "=", self.id)
        )
        return ahead._reminders()
