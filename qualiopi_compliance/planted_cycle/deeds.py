"""Actions, as far as each of them has got."""

from odoo.fields import Command

from ..rules.audit_calendar import add_months


def act(story, name, owner, **vals):
    """:param owner: who is in charge
    :param vals: ``steps``: pairs of a step and whether it is done; the rest are fields
    """
    steps = vals.pop("steps", ())
    return story.model("qualiopi.action").create(
        {
            "name": name,
            "company_id": story.company.id,
            "user_id": owner.id,
            "step_ids": [
                Command.create(
                    {"name": step, "done": done, "done_on": done and story.ago(7)}
                )
                for step, done in steps
            ],
            **vals,
        }
    )


def start(action):
    action.action_start()
    return action


def finish(story, action, day, result, effect_on=None):
    """Done, on that day; its effect is looked at three months later."""
    action.result = result
    action.action_done()
    action.step_ids.sudo().write({"done": True, "done_on": day})
    action._go("done", done_on=day, effect_on=effect_on or add_months(day, 3))
    return action


def judge(story, action, effect, day=None, *, effective=True):
    """Its effect is there, or is not.

    :param day: on which that was seen, by default the day planned for it
    """
    day = day or action.effect_on
    action.write({"effect": effect, "effect_on": min(day, story.day)})
    if effective:
        action.action_effective()
    else:
        action.action_not_effective()
    action._go(action.state, judged_on=day)
    return action
