from . import controllers, models, report, rules, wizards


def post_init_hook(env):
    """Give every existing company its living checklist."""
    env["res.company"].search([])._qualiopi_ensure_living_checklist()
