"""An internal audit, closed some weeks ago, by the internal auditor."""

from odoo.fields import Command

from . import audit_day
from .deeds import act, start

FINDINGS = (
    audit_day.Found(
        27,
        "major",
        "Deux contrats de sous-traitance sur cinq ne listent pas les missions "
        "confiées.",
        "Contrats de l'année, lus un par un.",
    ),
    audit_day.Found(
        17,
        "minor",
        "Le bail de la salle louée à Grenoble n'est pas au dossier.",
        "Demandé deux fois au bailleur.",
    ),
    audit_day.Found(
        2,
        "remark",
        "Constat de l'audit initial toujours ouvert : huit pages sur quatorze sans "
        "période ni effectif.",
        "Site consulté le jour même.",
    ),
    audit_day.Found(
        11,
        "strong",
        "Les évaluations de fin de parcours sont toutes rattachées à un objectif.",
        "Six dossiers de la dernière session.",
    ),
)
AT_RISK = (2, 7, 17, 25)
INSUFFICIENT = (27,)
SEEN = {
    1: "Quatorze fiches lues, toutes datées.",
    4: "Grille d'analyse du besoin dans chaque dossier tiré.",
    9: "Accusés de réception présents, à distance aussi.",
    31: "Registre des réclamations tenu, délai moyen de réponse : quatre jours.",
}
DRAWN = (
    "Dossier complet.",
    "Complet ; évaluation à froid pas encore revenue.",
    "Aménagement demandé, réponse notée.",
    "Dossier complet.",
)


def hold(story):
    """:return: the audit, closed"""
    audit = story.model("qualiopi.audit", story.auditor).create(
        {
            "kind": "internal",
            "stands_for": "surveillance",
            "company_id": story.company.id,
            "user_id": story.auditor.id,
            "date_begin": story.internal_on,
            "place": "Salle Ampère",
            "site_ids": [Command.set(story.company.qualiopi_site_ids[:1].ids)],
            "auditor_ids": [Command.set(story.auditor.partner_id.ids)],
        }
    )
    audit.action_propose_plan()
    audit_day.open_audit(story, audit)
    audit.closing_note = (
        "<p>Constats partagés avec Claire Morel et Samir Benali ; actions notées le "
        "jour même.</p>"
    )
    audit_day.draw(story, audit, 4, 73105, DRAWN)
    audit_day.note(story, audit, _notes(story))
    audit_day.find(story, audit, FINDINGS)
    audit_day.decide(story, audit, SEEN)
    audit_day.close(story, audit, AT_RISK, INSUFFICIENT)
    _follow(story, audit)
    return audit


def _notes(story):
    day = story.internal_on
    return [
        (
            "qualiopi.audit.interview",
            [19, 22],
            {
                "partner_id": story.contributor.partner_id.id,
                "start": story.at(day, 11),
                "note": "Demande un binôme pour la classe virtuelle.",
            },
        ),
        (
            "qualiopi.audit.document",
            [27],
            {
                "name": "Contrats de sous-traitance de l'année",
                "date": story.ago(300),
                "initials": "CM",
                "seen_at": story.at(day, 14),
            },
        ),
    ]


def _follow(story, audit):
    """Each of its non-conformities has an action, and so has a remark."""
    rows = story.by(story.manager, audit.nonconformity_ids)
    found = {row.number: row for row in rows}
    found[27].user_id = story.manager
    found[17].user_id = story.contributor
    found[27].cause = "Le modèle de contrat date d'avant la charte de sous-traitance."
    found[27].action_analyse()
    start(
        act(
            story,
            "Ajouter la liste des missions aux deux contrats de sous-traitance",
            story.manager,
            kind="correction",
            origin="nonconformity",
            nonconformity_id=found[27].id,
            deadline=story.ago(-9),
            steps=(
                ("Reprendre le modèle de contrat", True),
                ("Faire signer l'avenant de Voix & Formation", False),
            ),
        )
    )
    act(
        story,
        "Obtenir le bail de la salle de Grenoble",
        story.contributor,
        kind="correction",
        origin="nonconformity",
        nonconformity_id=found[17].id,
        deadline=story.ago(-11),
    )
    act(
        story,
        "Tirer dix dossiers au sort avant l'audit de surveillance",
        story.auditor,
        kind="preventive",
        origin="audit",
        audit_id=audit.id,
        deadline=story.ago(-30),
        expected_effect="Aucune surprise dans les dossiers que l'auditrice ouvrira.",
    )
