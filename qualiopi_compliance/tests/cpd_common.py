from freezegun import freeze_time

from .trainer_common import TrainerCase

TODAY = "2026-06-15"


class CpdCase(TrainerCase):
    """It is 15 June 2026. An employee, an outsider and a contributor who teaches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{TODAY} 10:00:00"))
        cls.own = cls.new_trainer(
            "Unused", partner_id=cls.contributor.partner_id.id, kind="volunteer"
        )
        cls.training = cls.env["hr.resume.line.type"].create(
            {"name": "Training", "is_course": True}
        )
        cls.experience = cls.env["hr.resume.line.type"].create({"name": "Experience"})

    @classmethod
    def new_activity(cls, trainer=None, user=None, **vals):
        return (
            cls.env["qualiopi.cpd.activity"]
            .with_user(user or cls.env.user)
            .create(
                {
                    "trainer_id": (trainer or cls.outsider).id,
                    "name": "Assessing skills",
                    "date": "2026-05-11",
                    "hours": 7,
                    **vals,
                }
            )
        )

    @classmethod
    def new_line(cls, employee=None, **vals):
        """A line of an employee's résumé: a course, unless told otherwise."""
        return cls.env["hr.resume.line"].create(
            {
                "employee_id": (employee or cls.employee).id,
                "name": "Assessing skills",
                "line_type_id": cls.training.id,
                "date_start": "2026-05-11",
                "duration": 14,
                **vals,
            }
        )

    @classmethod
    def translated_line(cls):
        """A course on the résumé with a name in two languages."""
        cls.env["res.lang"]._activate_lang("en_US")
        line = cls.new_line(name="Assessing")
        line.with_context(**cls.french()).name = "Évaluer"
        return line

    @classmethod
    def attend(cls, trainer, session=None, **vals):
        """Register a trainer as a learner of the session, marked as having come."""
        [learner] = cls.new_learners(
            session or cls.session,
            1,
            **{
                "partner_id": trainer.partner_id.id,
                "name": trainer.name,
                "state": "done",
                **vals,
            },
        )
        return learner

    @classmethod
    def mark(cls, learner, day, hours=3.5, state="present", period="am"):
        return cls.env["qualiopi.attendance"].create(
            {
                "registration_id": learner.id,
                "date": day,
                "period": period,
                "state": state,
                "hours": hours if state == "present" else 0,
            }
        )

    @classmethod
    def new_target(cls, **vals):
        return cls.env["qualiopi.cpd.target"].create(
            {"company_id": cls.company.id, "amount": 20, **vals}
        )

    def ledger(self, trainer=None, user=None):
        """:return: the rows of one trainer, or all that the user sees, read anew"""
        self.forget()
        domain = [("trainer_id", "=", trainer.id)] if trainer else []
        rows = self.env["qualiopi.cpd.ledger"].with_user(user or self.env.user)
        return rows.search(domain)

    def gap(self, target, trainer):
        self.forget()
        return self.env["qualiopi.cpd.gap"].search(
            [("target_id", "=", target.id), ("trainer_id", "=", trainer.id)]
        )
