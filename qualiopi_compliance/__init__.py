from . import controllers, models, rules, wizards


def post_init_hook(env):
    """Give every existing company its living checklist."""
    env["res.company"].search([])._qualiopi_ensure_living_checklist()
