from odoo.fields import Command

NDA = "84691234567"
DEFAULT = object()


class People:
    """Who teaches, and the firms through which some of them work."""

    def make_skills(self):
        """The titles that programmes require of whoever teaches them."""
        kind = self.env["hr.skill.type"].create(
            {
                "name": f"Titres de formateur – {self.company.name}",
                "is_certification": True,
                "skill_ids": [
                    Command.create({"name": "Formateur d'adultes"}),
                    Command.create({"name": "Développeur web confirmé"}),
                ],
                "skill_level_ids": [
                    Command.create({"name": "Obtenu", "level_progress": 100})
                ],
            }
        )
        self.title, self.expertise = kind.skill_ids

    def trainer(
        self, name, kind="employee", skills=DEFAULT, assessed=-50, developed=-90, **vals
    ):
        """An active file that lacks nothing.

        :param skills: all of them by default
        :param assessed: when, ``None`` for never
        :param developed: when the last course was, ``None`` for never
        """
        if skills is DEFAULT:
            skills = self.title | self.expertise
        partner = vals.pop("partner", None) or self.partner(name)
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": partner.id,
                "company_id": self.company.id,
                "kind": kind,
                "user_id": self.manager.id,
                "program_ids": [Command.set([p.id for p in self.programs.values()])],
                "cv_on": self.on(-60),
                "induction_on": self.on(-700),
                "disability_awareness_on": self.on(-300),
                **vals,
            }
        )
        trainer.action_activate()
        for skill in skills:
            self.hold(trainer, skill)
        if assessed is not None:
            self.assess(trainer, assessed)
        if developed is not None:
            self.develop(trainer, developed)
        return trainer

    def employee(self, name, **vals):
        """Somebody whom human resources know: his skills are read from there."""
        partner = self.partner(name)
        employee = self.env["hr.employee"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "work_contact_id": partner.id,
                "job_title": "Formatrice",
            }
        )
        return self.trainer(name, partner=partner, employee_id=employee.id, **vals)

    def hold(self, trainer, skill, first=-1500, last=None):
        kind = skill.skill_type_id
        vals = {
            "skill_id": skill.id,
            "skill_type_id": kind.id,
            "skill_level_id": kind.skill_level_ids[-1:].id,
            "valid_from": self.on(first),
            "valid_to": False if last is None else self.on(last),
        }
        if trainer.employee_id:
            vals["employee_id"] = trainer.employee_id.id
            return self.env["hr.employee.skill"].create(vals)
        return self.env["qualiopi.trainer.skill"].create(
            {**vals, "trainer_id": trainer.id}
        )

    def assess(self, trainer, days):
        return self.env["qualiopi.trainer.assessment"].create(
            {
                "trainer_id": trainer.id,
                "date": self.on(days),
                "kind": "observation",
                "user_id": self.manager.id,
                "decision": "Poursuite, avec davantage de mises en situation.",
            }
        )

    def develop(self, trainer, days):
        return self.env["qualiopi.cpd.activity"].create(
            {
                "trainer_id": trainer.id,
                "name": "Animer avec des outils collaboratifs",
                "date": self.on(days),
                "hours": 7,
                "state": "done",
                "practice_change": "Un temps de production en groupe par demi-journée.",
            }
        )

    def firm(self, name, **vals):
        """A subcontractor whose file lacks nothing, without contract yet."""
        return self.env["qualiopi.subcontractor"].create(
            {
                "partner_id": self.partner(name, is_company=True).id,
                "company_id": self.company.id,
                "nda": NDA,
                "nda_checked_on": self.on(-80),
                "insurer": "Mutuelle des artisans",
                "insurance_number": "P-7731",
                "insurance_until": self.on(300),
                "charter_on": self.on(-500),
                "assessed_on": self.on(-50),
                "assessment": "Retours des stagiaires lus ensemble.",
                "user_id": self.manager.id,
                **vals,
            }
        )

    def person_of(self, firm, name, **vals):
        """Somebody who teaches for a firm."""
        partner = self.partner(name, parent_id=firm.partner_id.id)
        return self.trainer(
            name,
            "subcontractor",
            partner=partner,
            subcontractor_id=firm.id,
            **vals,
        )

    def contract(self, firm, first=-600, last=500, **vals):
        """A contract given and signed."""
        return self._signed(
            {
                "direction": "given",
                "subcontractor_id": firm.id,
                "indicator_ids": self.indicators(5, 6, 10, 11, 17, 19, 21).ids,
                **vals,
            },
            first,
            last,
        )

    def received(self, principal, first=-600, last=500, **vals):
        """A contract received from a principal and signed."""
        return self._signed(
            {"direction": "received", "principal_id": principal.id, **vals},
            first,
            last,
        )

    def _signed(self, vals, first, last):
        contract = self.env["qualiopi.subcontract"].create(
            {
                "company_id": self.company.id,
                "date_from": self.on(first),
                "date_to": False if last is None else self.on(last),
                "tasks": "Animation et évaluation des séances.",
                "user_id": self.manager.id,
                **vals,
            }
        )
        contract.action_sign()
        self.stamp(contract, signed_on=self.on(first))
        return contract

    def indicators(self, *numbers):
        return self.env["qualiopi.indicator"].search([("number", "in", numbers)])
