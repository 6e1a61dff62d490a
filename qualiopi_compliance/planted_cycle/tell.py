from . import (
    certificate,
    corrections,
    improvements,
    initial_audit,
    internal_audit,
    preparation,
    sessions,
)
from .story import Story


def plant_cycle(env, company, manager, contributor, auditor):
    """Make the cycle of a company: audited, certified, near its surveillance audit.

    The company has declared its sites and training actions, subcontracted ones among
    them, and has a validated programme.

    :return: the cycle
    """
    story = Story(env, company, manager, contributor, auditor)
    sessions.teach(story)
    cycle = preparation.apply(story)
    audit = initial_audit.hold(story, cycle)
    corrections.correct(story, audit)
    certificate.certify(story, cycle, audit)
    internal_audit.hold(story)
    certificate.plan_surveillance(story, cycle)
    certificate.note_changes(story)
    improvements.improve(story)
    story.env.flush_all()
    return cycle
