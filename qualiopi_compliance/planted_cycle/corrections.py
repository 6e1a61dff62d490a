"""After the initial audit: what was corrected, lifted, and what is still open."""

from odoo.fields import Command

from .deeds import act, finish, judge, start


def correct(story, audit):
    """Answer to the three non-conformities, up to the lifting of the major one."""
    found = {row.number: row for row in audit.nonconformity_ids}
    found[4].user_id = story.manager
    found[9].user_id = story.contributor
    for row in found.values():
        row.plan_due_on = story.after_audit(30)
    answer_major(story, found[4])
    answer_minor(story, found[9])
    answer_open(story, found[2])
    for row in (found[4], found[9], found[2]):
        row._send_plan(story.after_audit(22))
    story.said(
        audit,
        story.after_audit(22),
        "Plan d'action des trois fiches envoyé à Certifolia par la plateforme.",
    )
    lift(
        story,
        found[4],
        story.from_certificate(-16),
        story.from_certificate(-12),
        "Relevé de contrôle de vingt dossiers",
        "Vingt dossiers ouverts depuis l'audit : vingt analyses datées.",
        "Contrôle fait par Hélène Dupuis.",
    )


def answer_major(story, row):
    row.write(
        {
            "why_1": "L'appel a lieu, mais il n'est noté nulle part.",
            "why_2": "La trame d'entretien est sur papier, dans un cahier.",
            "why_3": "Le dossier peut être ouvert sans elle.",
            "cause": "Rien n'oblige à joindre l'analyse du besoin avant la convention.",
            "correction": "Les dossiers sans trace sont repris : rappel de chaque "
            "bénéficiaire, analyse notée et datée.",
        }
    )
    row.action_analyse()
    redo = act(
        story,
        "Reprendre les dossiers sans analyse du besoin",
        story.contributor,
        kind="correction",
        origin="nonconformity",
        nonconformity_id=row.id,
        deadline=story.after_audit(30),
        expected_effect="Chaque dossier ouvert montre une analyse datée.",
    )
    form = act(
        story,
        "Rendre la grille d'analyse du besoin obligatoire avant la convention",
        story.manager,
        kind="corrective",
        origin="nonconformity",
        nonconformity_id=row.id,
        deadline=story.after_audit(40),
        expected_effect="Plus aucune convention sans analyse du besoin.",
        steps=(
            ("Écrire la grille en une page", True),
            ("L'envoyer avec chaque devis", True),
            ("Bloquer la convention tant qu'elle manque", True),
        ),
    )
    finish(story, redo, story.after_audit(26), "Onze dossiers repris.")
    judge(story, redo, "Contrôle de vingt dossiers : aucun manque.")
    finish(story, form, story.after_audit(37), "Grille en service.")
    judge(story, form, "Aucune convention sans grille depuis trois mois.")


def answer_minor(story, row):
    row.write(
        {
            "why_1": "L'envoi des documents d'accueil se fait en salle.",
            "cause": "La procédure d'accueil ne prévoit rien à distance.",
            "correction": "Règlement envoyé aux inscrits des sessions en cours.",
        }
    )
    row.action_analyse()
    send = act(
        story,
        "Envoyer le règlement intérieur avec la convocation, avec accusé de réception",
        story.contributor,
        kind="corrective",
        origin="nonconformity",
        nonconformity_id=row.id,
        deadline=story.after_audit(60),
        expected_effect="Un accusé de réception dans chaque dossier à distance.",
    )
    finish(story, send, story.after_audit(54), "Modèle de convocation modifié.")
    judge(story, send, "Deux sessions à distance : quatorze accusés sur quatorze.")


def answer_open(story, row):
    row.write(
        {
            "why_1": "Chaque page est faite par une personne différente.",
            "why_2": "Personne n'a écrit comment un taux se calcule et se présente.",
            "cause": "Il n'y a pas de méthode commune de calcul ni de relecture.",
            "correction": "Période et effectif ajoutés sur la page la plus consultée.",
        }
    )
    row.action_analyse()
    common = {
        "kind": "corrective",
        "origin": "nonconformity",
        "nonconformity_id": row.id,
    }
    method = act(
        story,
        "Écrire la méthode de calcul des taux",
        story.manager,
        deadline=story.after_audit(60),
        expected_effect="Deux personnes trouvent le même taux.",
        **common,
    )
    finish(story, method, story.after_audit(58), "Note de méthode d'une page.")
    judge(story, method, "Taux recalculés par Samir Benali : mêmes résultats.")
    shown = act(
        story,
        "Afficher période et effectif sur les pages de la formation de formateurs",
        story.contributor,
        deadline=story.ago(60),
        expected_effect="Chaque taux affiché se lit sans question.",
        **common,
    )
    finish(
        story,
        shown,
        story.ago(66),
        "Trois pages refaites, captures jointes.",
        effect_on=story.ago(-12),
    )
    act_on_rest(story, common)
    story.said(
        row,
        story.internal_on,
        "Toujours ouvert : à finir avant l'audit de surveillance, sinon il devient "
        "majeur.",
        story.auditor,
    )


def act_on_rest(story, common):
    """What is still under way, and what is late."""
    start(
        act(
            story,
            "Expliquer la méthode sur les huit pages restantes",
            story.contributor,
            deadline=story.ago(-18),
            expected_effect="Plus aucun taux sans période ni effectif.",
            steps=(
                ("Pages des formations courtes", True),
                ("Pages des bilans de compétences", False),
                ("Page d'accueil", False),
            ),
            **common,
        )
    )
    act(
        story,
        "Faire relire chaque page par une seconde personne avant sa mise en ligne",
        story.auditor,
        deadline=story.ago(21),
        priority="1",
        expected_effect="Deux noms au bas de chaque fiche de publication.",
        **common,
    )


def lift(story, row, done_on, lifted_on, name, *lines):
    """Everything planned is done, shown by a document, and the certifier lifts it."""
    shown = story.document(name, [row.number], done_on, *lines)
    row.evidence_ids = [Command.set(shown.ids)]
    row._finish(done_on)
    row._lift(lifted_on)
    story.said(row, lifted_on, "Levée notifiée par courriel de Certifolia.")
