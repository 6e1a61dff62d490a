"""Before the audit: the self-assessment, the certifier, the application."""

from odoo.fields import Command

# Where the company stood before its first audit: the rest was demonstrated.
AT_RISK = (2, 9, 17, 24)
INSUFFICIENT = (4,)
CONCLUSIONS = {
    2: "Les taux sont affichés sur le site, sans la période ni l'effectif.",
    4: "L'entretien de besoin a lieu, mais il n'en reste pas toujours de trace.",
    9: "Règlement intérieur affiché à Lyon ; rien pour les sessions à distance.",
    17: "Registre d'accessibilité à jour ; plan de la salle de Grenoble à refaire.",
    24: "Veille tenue dans un tableau ; son effet sur les programmes n'est pas noté.",
}
NOTES = {
    "identity": "Extrait Kbis de moins de trois mois",
    "legal_status": "SARL, gérante : Claire Morel",
    "activity": "Note d'une page, jointe à la demande",
    "organisation_chart": "Organigramme daté du mois de la demande",
    "other_certificates": "Aucun",
    "wished_period": "Au printemps, hors vacances scolaires",
}


def assess(story):
    """:return: the self-assessment, closed half a year before the certificate"""
    day = story.from_certificate(-180)
    checklist = story.model("qualiopi.checklist").create(
        {
            "kind": "self_assessment",
            "name": "Auto-évaluation avant la demande",
            "company_id": story.company.id,
            "date": day,
        }
    )
    judge(story, checklist, day, AT_RISK, INSUFFICIENT, CONCLUSIONS)
    checklist._close()
    story.stamp(checklist, closed_on=day)
    return checklist


def judge(story, checklist, day, at_risk, insufficient, conclusions=None):
    """Say of each indicator of a checklist where it stood on that day.

    :param conclusions: number -> what was concluded; those it has where ``None``
    """
    for line in checklist.sudo().line_ids:
        status = "demonstrated"
        if line.number in at_risk:
            status = "at_risk"
        elif line.number in insufficient:
            status = "insufficient"
        vals = {"declared_status": status, "assessed_on": day, "to_confirm": False}
        if conclusions is not None:
            words = conclusions.get(line.number)
            vals |= {
                "conclusion": f"<p>{words}</p>" if words else False,
                "user_id": story.manager.id,
            }
        line.write(vals)


def apply(story):
    """Choose the certifier and give it what it asks for.

    :return: the cycle, on the eve of its initial audit
    """
    signed = story.from_certificate(-120)
    cycle = story.model("qualiopi.certification").create(
        {
            "company_id": story.company.id,
            "user_id": story.manager.id,
            "category_ids": [
                Command.set(story.env.ref("qualiopi_compliance.category_afc").ids)
            ],
            "checklist_id": assess(story).id,
            "note": "<p>Trois organismes consultés ; retenu pour ses délais et pour "
            "l'auditrice proposée, qui connaît la formation d'adultes.</p>",
        }
    )
    cycle._enter("certifier_choice")
    cycle._enter(
        "application",
        certifier_id=make_certifier(story).id,
        contract_signed_on=signed,
        sworn_on=signed,
    )
    for piece in cycle.piece_ids:
        piece.write(
            {
                "given": True,
                "given_on": story.from_certificate(-112),
                "note": NOTES.get(piece.code, False),
            }
        )
    story.said(cycle, signed, "Contrat signé et retourné avec la déclaration.")
    return cycle


def make_certifier(story):
    """:return: a certifier that does not exist, with its auditor"""
    return story.env["res.partner"].create(
        {
            "name": "Certifolia",
            "is_company": True,
            "city": "Clermont-Ferrand",
            "country_id": story.env.ref("base.fr").id,
            "email": "contact@certifolia.example",
            "company_id": story.company.id,
            "lang": story.env.lang,
            "child_ids": [
                Command.create(
                    {
                        "name": "Isabelle Garnier",
                        "function": "Auditrice",
                        "email": "isabelle.garnier@certifolia.example",
                        "company_id": story.company.id,
                        "lang": story.env.lang,
                    }
                )
            ],
        }
    )
