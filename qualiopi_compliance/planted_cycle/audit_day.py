"""What is done alike at every audit that is over: opened, noted, decided, closed."""

from typing import NamedTuple

from odoo.fields import Command

from .preparation import judge


class Found(NamedTuple):
    """A finding to write."""

    number: int
    gravity: str
    text: str
    proof: str


def open_audit(story, audit):
    """The opening meeting, on the first day of the audit."""
    audit.action_open_audit()
    audit._go("running", opened_on=story.at(audit.date_begin, 9))


def note(story, audit, rows):
    """Note what was said, seen and asked for.

    :param rows: model, indicators and values of each
    """
    for model, numbers, values in rows:
        story.by(audit.env.user, story.env[model]).create(
            {
                "audit_id": audit.id,
                "indicator_ids": [Command.set(story.indicators(*numbers).ids)],
                **values,
            }
        )


def draw(story, audit, size, seed, noted):
    """Draw files by lot, and note what was seen in them; none where there are none.

    :param noted: what was seen in each of them
    :return: the files
    """
    sample = story.by(audit.env.user, story.env["qualiopi.audit.sample"]).create(
        {
            "audit_id": audit.id,
            "name": "Dossiers de bénéficiaires",
            "size": size,
            "seed": seed,
        }
    )
    if not sample._members():
        sample.unlink()
        return story.env["qualiopi.audit.sample.file"]
    sample.action_draw()
    sample._record_draw({"drawn_on": story.at(audit.date_begin, 9, 40)})
    for row, words in zip(sample.file_ids, noted, strict=False):
        row.write({"looked_at": True, "note": words})
    return sample.file_ids


def find(story, audit, findings):
    """:param findings: what is written, each a :class:`Found`"""
    for number, gravity, text, proof in findings:
        story.by(audit.env.user, story.env["qualiopi.finding"]).create(
            {
                "audit_id": audit.id,
                "indicator_id": story.indicators(number).id,
                "gravity": gravity,
                "name": text,
                "proof": proof,
            }
        )


def decide(story, audit, seen):
    """Decide on every indicator, a quarter of an hour after the other.

    :param seen: number -> what was seen and said
    """
    asked = audit.item_ids.filtered(lambda item: item.asked != "no")
    for rank, item in enumerate(asked):
        if item.decision == "undecided":
            item.action_seen()
        hour, minute = divmod(10 * 60 + 11 * rank, 60)
        item.write(
            {
                "decided_at": story.at(audit.date_begin, min(hour, 16), minute),
                "note": seen.get(item.number, False),
            }
        )


def close(story, audit, *assessment):
    """The closing meeting, on the last day of the audit: everything is frozen.

    :param assessment: what our own checklist said on that day
    """
    judge(story, audit.checklist_id, audit.date_begin, *assessment)
    audit.action_close()
    audit._go("closed", closed_at=story.at(audit.date_end, 17))
    story.stamp(audit.checklist_id, closed_on=audit.closed_on)
