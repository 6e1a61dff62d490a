from odoo.fields import Command

from .common import QualiopiCommon

DAY = "2026-11-23"
BEFORE = "2026-11-02"

# Items of indicator 1 (2019 and 2026) that are one field each.
TEXTS = {
    "audience": "Salariés",
    "teaching_arrangements": "En groupe de 4 à 12",
    "funding_arrangements": "OPCO",
    "access_arrangements": "Entretien, puis convention",
    "access_time": "Deux semaines",
    "methods": "Études de cas",
    "assessment": "Cas pratique",
    "accessibility": "Salle accessible",
}
CERTIFICATION = {
    "certifying": True,
    "recognition": "rncp",
    "certification_code": "RNCP37948",
    "certification_title": "Concepteur web",
    "certifier": "Ministère du travail",
    "certification_from": "2024-01-15",
    "certification_until": "2028-01-15",
    "certification_blocks": "Trois blocs",
    "equivalences": "Aucune",
    "onward_paths": "Licence",
    "openings": "Agence web",
    "authorisation_scope": "both",
    "authorisation_from": "2024-02-01",
    "authorisation_until": "2028-01-31",
}


class ProgramCase(QualiopiCommon):
    """A complete draft, and who may do what with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.contact = cls.env["res.partner"].create(
            {"name": "Claire Morel", "email": "claire@example.com"}
        )
        cls.desk = cls.new_event_user("q_desk", "event.group_event_registration_desk")
        cls.program = cls.new_program()

    @classmethod
    def sheet(cls, code="AFC", **vals):
        """Values of a sheet of that category that lacks nothing."""
        return {
            "name": "Tableur",
            "company_id": cls.company.id,
            "category_id": cls.category(code).id,
            "prerequisites_kind": "none",
            "recognition": "attestation",
            "duration_hours": 14,
            "price": 900,
            "contact_id": cls.contact.id,
            "objective_ids": [Command.create({"name": "Construire un tableau croisé"})],
            "sequence_ids": [Command.create({"name": "Tableaux", "hours": 14})],
            **TEXTS,
            **vals,
        }

    @classmethod
    def new_program(cls, code="AFC", **vals):
        programs = cls.env["qualiopi.program"].with_user(cls.manager)
        return programs.create(cls.sheet(code, **vals)).with_env(cls.env)

    @classmethod
    def new_certifying(cls, code="AFC", **vals):
        """A complete programme that leads to a certification."""
        program = cls.new_program(code, **{**CERTIFICATION, **vals})
        program.competency_ids = [
            Command.create(
                {
                    "name": "Concevoir une interface",
                    "block": "Bloc 1",
                    "sequence_ids": [Command.set(program.sequence_ids.ids)],
                }
            )
        ]
        return program

    @classmethod
    def missing(cls, program):
        """:return: codes of what the sheet still lacks"""
        return {item.code for item in program._missing_items()}

    @classmethod
    def new_event(cls, name="Tableur", day="2026-12-07", last=None, **vals):
        return cls.env["event.event"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "date_tz": "Europe/Paris",
                "date_begin": f"{day} 08:00:00",
                "date_end": f"{last or day} 16:00:00",
                **vals,
            }
        )
