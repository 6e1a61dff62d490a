"""Actions that come from elsewhere than an audit, in every state of the board."""

from .deeds import act, finish, judge, start


def improve(story):
    attendance(story)
    remote_day(story)
    gaps(story)
    cancelled = act(
        story,
        "Éditer un livret d'accueil sur papier pour Grenoble",
        story.contributor,
        deadline=story.ago(40),
        description="Remplacé par l'envoi du livret avec la convocation.",
    )
    cancelled.action_cancel()


def attendance(story):
    """An action without effect, tried again in another way."""
    reminded = act(
        story,
        "Rappeler aux formateurs de rendre l'émargement le jour même",
        story.auditor,
        kind="preventive",
        deadline=story.ago(160),
        expected_effect="Toutes les feuilles rendues dans les deux jours.",
    )
    finish(story, reminded, story.ago(165), "Courriel à chaque formateur.")
    judge(
        story,
        reminded,
        "Une feuille sur trois arrive encore après une semaine.",
        effective=False,
    )
    again = reminded.browse(reminded.action_again()["res_id"])
    again.write(
        {
            "name": "Émarger sur tablette à chaque demi-journée",
            "user_id": story.contributor.id,
            "deadline": story.ago(-45),
        }
    )


def remote_day(story):
    """What was decided at a meeting, if one was held."""
    meeting = story.env["qualiopi.team.meeting"].search(
        [("company_id", "=", story.company.id), ("state", "=", "held")],
        order="start desc",
        limit=1,
    )
    lighter = act(
        story,
        "Retirer un exercice de l'après-midi à distance",
        story.contributor,
        kind="improvement",
        origin="meeting" if meeting else "other",
        meeting_id=meeting.id,
        program_id=meeting.program_ids[:1].id,
        deadline=story.ago(5),
        expected_effect="La question sur le rythme passe au-dessus de 4 sur 5.",
    )
    finish(
        story,
        lighter,
        story.ago(8),
        "Déroulé de la troisième journée revu avec Nadia Ferhat.",
    )
    act(
        story,
        "Préparer le binôme de la classe virtuelle",
        story.contributor,
        kind="improvement",
        origin="meeting" if meeting else "other",
        meeting_id=meeting.id,
        deadline=story.ago(-25),
    )


def gaps(story):
    """What a check misses becomes an action, of the quality manager."""
    missing = story.env["qualiopi.check.subject"].search(
        [("company_id", "=", story.company.id), ("satisfied", "=", False)],
        order="check_id, res_id",
        limit=1,
    )
    if not missing:
        return
    context = missing.action_make_action()["context"]
    start(
        story.model("qualiopi.action")
        .with_context(**context)
        .create({"user_id": story.manager.id, "deadline": story.ago(-6)})
    )
