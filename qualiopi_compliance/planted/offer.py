from odoo.fields import Command

# What the sheet of any programme says.
SHEET = {
    "prerequisites_kind": "none",
    "audience": "Salariés et demandeurs d'emploi.",
    "recognition": "attestation",
    "teaching_arrangements": "Groupe de 4 à 10 personnes, ateliers et retours.",
    "funding_arrangements": "OPCO, employeur, financement personnel.",
    "access_arrangements": "Entretien, puis convention ou contrat.",
    "access_time": "Trois semaines en moyenne.",
    "price": 980,
    "methods": "Mises en situation, études de cas.",
    "assessment": "Grille d'évaluation par objectif.",
    "accessibility": "Locaux de plain-pied, aménagements étudiés avec le référent.",
    "resources": "Livret du participant, exercices corrigés, espace partagé.",
}
CERTIFICATION = {
    "certifying": True,
    "recognition": "rncp",
    "certification_code": "RNCP37674",
    "certification_title": "Développeur web et web mobile",
    "certifier": "Ministère du Travail",
    "certification_blocks": "Deux blocs, validables séparément.",
    "equivalences": "Aucune équivalence.",
    "onward_paths": "Titre de concepteur développeur d'applications, licence.",
    "openings": "Agences web, services informatiques.",
    "authorisation_scope": "both",
}
OBJECTIVES = ("Préparer une situation de travail", "Conduire une séance", "Évaluer")


class Offer:
    """The catalogue: programmes validated long ago, with all that is asked of them."""

    def program(self, name, category="AFC", skill=None, **vals):
        """A validated programme that lacks nothing.

        :param skill: that it requires of whoever teaches it
        """
        program = self.draft(name, category, **vals)
        if program.certifying:
            program.competency_ids = [
                Command.create(
                    {
                        "name": "Réaliser une application",
                        "block": "Bloc 1",
                        "sequence_ids": [Command.set(program.sequence_ids.ids)],
                    }
                )
            ]
        if skill:
            self.require(program, skill)
        return self.validate(program)

    def draft(self, name, category="AFC", **vals):
        certifying = vals.get("certifying", category == "CFA")
        hours = vals.get("duration_hours", 14)
        return self.env["qualiopi.program"].create(
            {
                **SHEET,
                **(self._certification() if certifying else {}),
                "name": name,
                "company_id": self.company.id,
                "category_id": self.category(category).id,
                "duration_hours": hours,
                "contact_id": self.company.qualiopi_quality_contact_id.id,
                "referent_id": self.company.qualiopi_quality_contact_id.id,
                "user_id": self.manager.id,
                "review_on": self.on(200),
                "objective_ids": [
                    Command.create({"name": each}) for each in OBJECTIVES
                ],
                "sequence_ids": [Command.create({"name": name, "hours": hours})],
                **vals,
            }
        )

    def _certification(self):
        return {
            **CERTIFICATION,
            "certification_from": self.on(-900),
            "certification_until": self.on(600),
            "authorisation_from": self.on(-900),
            "authorisation_until": self.on(500),
        }

    def validate(self, program, days=-500):
        """:param days: when it was validated first"""
        program.action_validate()
        self.stamp(program.version_ids, validated_on=self.on(days))
        return program

    def revise(self, program, days=-1, **vals):
        """Validate another version, with these changes."""
        program.action_revise()
        program.write(vals)
        program.action_validate()
        newest = program.version_ids.sorted("number")[-1:]
        self.stamp(newest, validated_on=self.on(days))

    def require(self, program, skill):
        return self.env["qualiopi.program.skill"].create(
            {"program_id": program.id, "skill_id": skill.id}
        )
