"""The initial audit: two days, one major and two minor non-conformities."""

from odoo.fields import Command

from . import audit_day
from .preparation import AT_RISK, CONCLUSIONS, INSUFFICIENT

FINDINGS = (
    audit_day.Found(
        4,
        "major",
        "Dans trois dossiers sur cinq, rien ne montre que le besoin du bénéficiaire a "
        "été analysé avant l'entrée en formation.",
        "Dossiers tirés au sort ; entretien avec la responsable qualité : l'appel a eu "
        "lieu, il n'est pas noté.",
    ),
    audit_day.Found(
        2,
        "minor",
        "Les taux de satisfaction et de réussite affichés ne disent ni la période ni "
        "l'effectif sur lesquels ils portent.",
        "Pages du site consultées pendant l'audit.",
    ),
    audit_day.Found(
        9,
        "minor",
        "Le règlement intérieur n'est pas remis aux bénéficiaires des sessions à "
        "distance.",
        "Convocations de la classe virtuelle ; entretien avec une bénéficiaire.",
    ),
    audit_day.Found(
        26,
        "strong",
        "Le référent handicap est connu de tous et son réseau de partenaires est tenu "
        "à jour.",
        "Entretien avec Samir Benali, carnet de contacts daté.",
    ),
    audit_day.Found(
        24,
        "remark",
        "La veille pédagogique gagnerait à dire ce qu'elle a changé dans les "
        "programmes.",
        "Tableau de veille de l'année.",
    ),
)
SEEN = {
    1: "Fiches programmes et site consultés, tarifs et délais d'accès affichés.",
    6: "Déroulé pédagogique de la session vue, daté et signé du formateur.",
    11: "Évaluations de fin de parcours des cinq dossiers.",
    17: "Salle de Gerland visitée, matériel en état.",
    21: "CV et titre professionnel du formateur.",
    32: "Plan d'amélioration de l'année, quatre actions closes.",
}
DOCUMENTS = (
    ("Fiche programme, version 3", (1, 5, 6), -48, ("Objectifs, durée, modalités",)),
    ("Modèle de convention", (4, 9), -62, ("Convention de formation, modèle 2",)),
    ("Registre public d'accessibilité", (17, 26), -200, ("Sites de Lyon, Grenoble",)),
    ("Tableau de veille", (23, 24, 25), -50, ("Douze lignes, quatre sources",)),
    ("Synthèse des enquêtes à chaud", (30, 32), -52, ("Deux sessions, dix réponses",)),
    ("Registre des réclamations", (31,), -55, ("Une réclamation, close en six jours",)),
)
DRAWN = (
    "Besoin noté, convention signée, attestation remise.",
    "Aucune trace de l'analyse du besoin.",
    "Aucune trace de l'analyse du besoin ; règlement intérieur non remis.",
    "Dossier complet.",
    "Besoin évoqué dans un courriel, sans réponse.",
)
MINUTES = {
    "opening_note": "<p>Tour de table, rappel du périmètre (actions de formation, tous "
    "les sites), confidentialité, plan confirmé.</p>",
    "closing_note": "<p>Constats lus et expliqués. L'entreprise ne conteste aucun "
    "constat. Rapport et fiches sous huit jours.</p>",
}
# Ranks of the files in which the need was not noted.
WITHOUT_NEED = (2, 3, 5)


def hold(story, cycle):
    """:return: the audit, closed, its findings notified"""
    papers = prepare(story)
    audit = plan(story, cycle)
    cycle._enter("initial_audit")
    audit_day.open_audit(story, audit)
    audit.write(MINUTES)
    drawn = audit_day.draw(story, audit, 5, 250417, DRAWN)
    without = drawn.filtered(lambda row: row.sequence in WITHOUT_NEED)
    without.sudo().registration_id.qualiopi_need_on = False
    audit_day.note(story, audit, [*_interviews(story), *_observations(story)])
    audit_day.note(story, audit, [*_documents(story, papers), *_requests(story)])
    audit_day.find(story, audit, FINDINGS)
    audit_day.decide(story, audit, SEEN)
    audit_day.close(story, audit, AT_RISK, INSUFFICIENT, CONCLUSIONS)
    audit.notified_on = story.after_audit(8)
    cycle._enter("corrections")
    story.said(cycle, audit.notified_on, "Rapport d'audit et trois fiches reçus.")
    return audit


def prepare(story):
    """The company's own documents, handed over before the audit."""
    return {
        name: story.document(name, numbers, story.after_audit(days), *lines)
        for name, numbers, days, lines in DOCUMENTS
    }


def plan(story, cycle):
    """:return: the audit, with its plan"""
    audit = story.model("qualiopi.audit").create(
        {
            "kind": "initial",
            "company_id": story.company.id,
            "certification_id": cycle.id,
            "user_id": story.manager.id,
            "date_begin": story.audit_on,
            "date_end": story.audit_end,
            "place": _address(story),
            "site_ids": [Command.set(story.company.qualiopi_site_ids.ids)],
            "auditor_ids": [Command.set(cycle.certifier_id.child_ids.ids)],
        }
    )
    audit.action_propose_plan()
    return audit


def _address(story):
    lines = story.company.partner_id._display_address(True).splitlines()
    return ", ".join(line.strip() for line in lines if line.strip())


def _interviews(story):
    model, day = "qualiopi.audit.interview", story.audit_on
    return [
        (
            model,
            [4, 32],
            {
                "partner_id": story.manager.partner_id.id,
                "start": story.at(day, 10),
                "note": "Décrit l'appel fait à chaque entreprise ; reconnaît qu'il "
                "n'est pas toujours noté. Montre le plan d'amélioration.",
                "question_ids": [
                    Command.create(
                        {
                            "name": "Comment analysez-vous le besoin avant l'entrée ?",
                            "answer": "Par téléphone, avec une trame ; les notes sont "
                            "gardées dans un cahier.",
                        }
                    )
                ],
            },
        ),
        (
            model,
            [21, 22, 26],
            {
                "partner_id": story.contributor.partner_id.id,
                "start": story.at(day, 14),
                "note": "Explique comment il entretient ses compétences et qui il "
                "appelle quand un aménagement est demandé.",
            },
        ),
        (
            model,
            [9, 10],
            {
                "name": "Amélie Perrot",
                "function": "Bénéficiaire, session à distance",
                "start": story.at(day, 16),
                "how": "phone",
                "note": "Contente du rythme. N'a pas reçu de règlement intérieur.",
            },
        ),
    ]


def _observations(story):
    return [
        (
            "qualiopi.audit.observation",
            [17],
            {
                "name": "Salle de douze places, vidéoprojecteur, accès de plain-pied, "
                "issues dégagées.",
                "place": "Salle Ampère",
                "site_id": story.company.qualiopi_site_ids[:1].id,
                "seen_at": story.at(story.audit_on, 11, 30),
            },
        )
    ]


def _documents(story, papers):
    hours = ((10, 20), (11, 5), (14, 10), (15, 0), (15, 40), (16, 10))
    return [
        (
            "qualiopi.audit.document",
            evidence.indicator_ids.mapped("number"),
            {
                "evidence_id": evidence.id,
                "initials": "CM",
                "seen_at": story.at(story.audit_on, hour, minute),
            },
        )
        for evidence, (hour, minute) in zip(papers.values(), hours, strict=True)
    ]


def _requests(story):
    model, first, last = "qualiopi.audit.request", story.audit_on, story.audit_end
    asked = (
        (
            "La trace du besoin des dossiers 2 et 3",
            [4],
            first,
            11,
            last,
            9,
        ),
        ("Le règlement intérieur envoyé à distance", [9], first, 15, first, 16),
        ("L'attestation d'assurance du site de Grenoble", [17], first, 12, first, 14),
    )
    answers = (
        "Cahier d'appels : la page n'est pas datée.",
        "Il n'est pas envoyé ; il est affiché à Lyon.",
        "Attestation de l'année.",
    )
    return [
        (
            model,
            numbers,
            {
                "name": name,
                "partner_id": story.manager.partner_id.id,
                "asked_at": story.at(day, hour),
                "answered_at": story.at(answered, until, 25),
                "answer": answer,
            },
        )
        for (name, numbers, day, hour, answered, until), answer in zip(
            asked, answers, strict=True
        )
    ]
