"""The training delivered before the initial audit: what is audited."""

from datetime import timedelta

from odoo.fields import Command

LEARNERS = (
    ("Amélie Perrot", "Julien Carrel", "Nora Lahlou", "Hugo Besson", "Inès Gaillard"),
    ("Baptiste Rey", "Chloé Vidal", "Mehdi Saïdi", "Laure Poncet", "Olivier Blanc"),
)
DAYS_BEFORE_AUDIT = (150, 80)


def teach(story):
    """Two sessions of training actions, over before the audit."""
    program = story.env["qualiopi.program"].search(
        [
            ("company_id", "=", story.company.id),
            ("category_id.code", "=", "AFC"),
            ("state", "=", "validated"),
        ],
        order="id",
        limit=1,
    )
    date_version(story, program)
    trainer = story.env["qualiopi.trainer"].search(
        [("program_ids", "in", program.ids), ("state", "=", "active")],
        order="id",
        limit=1,
    )
    for days, names in zip(DAYS_BEFORE_AUDIT, LEARNERS, strict=True):
        day = story.tuesday(story.after_audit(-days))
        event = session(story, program, day)
        for name in names:
            learn(story, event, day, name)
        if trainer:
            story.env["qualiopi.assignment"].create(
                {"event_id": event.id, "trainer_id": trainer.id}
            )
    if trainer:
        keep_skilled(story, trainer)


def date_version(story, program):
    """The sheet of the programme is older than its sessions."""
    version = program.version_ids.sorted("number")[:1]
    day = story.after_audit(-400)
    if version.validated_on > day:
        story.stamp(version, validated_on=day)


def session(story, program, day):
    """A session of three days."""
    return story.env["event.event"].create(
        {
            "name": f"{program.name} – {day:%m/%Y}",
            "company_id": story.company.id,
            "user_id": story.manager.id,
            "date_tz": "Europe/Paris",
            "date_begin": story.at(day, 9),
            "date_end": story.at(day + timedelta(days=2), 17),
            "qualiopi_program_id": program.id,
            "qualiopi_site_id": story.company.qualiopi_site_ids[:1].id,
            "event_mail_ids": [Command.clear()],
        }
    )


def learn(story, event, day, name):
    """A learner's file of that session."""
    learner = story.env["event.registration"].create(
        {
            "event_id": event.id,
            "name": name,
            "state": "done",
            "qualiopi_funding": "skills_plan",
            "qualiopi_need_on": day - timedelta(days=28),
            "qualiopi_adjustment": "no",
            "qualiopi_adjustment_on": day - timedelta(days=28),
            "qualiopi_contract_on": day - timedelta(days=20),
            "qualiopi_convocation_on": day - timedelta(days=11),
            "qualiopi_entry_on": day - timedelta(days=8),
            "qualiopi_entry": "Questionnaire d'entrée relu par le formateur.",
        }
    )
    learner.action_qualiopi_prepare_outcomes()
    learner.qualiopi_outcome_ids.write(
        {
            "result": "reached",
            "assessed_on": day + timedelta(days=2),
            "assessor": story.contributor.name,
            "method": "Mise en situation",
        }
    )


def keep_skilled(story, trainer):
    """What the trainer had learnt himself in the year of the audit."""
    learnt = story.env["qualiopi.cpd.activity"].create(
        {
            "trainer_id": trainer.id,
            "name": "Animer une classe virtuelle, niveau 2",
            "kind": "exchange",
            "date": story.after_audit(-120),
            "hours": 7,
            "practice_change": "Des consignes écrites, des temps plus courts.",
        }
    )
    learnt.action_done()
