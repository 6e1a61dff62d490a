from . import controllers, models, report, rules, wizards


def post_init_hook(env):
    """Give every existing company its living checklist and the surveys it may send."""
    companies = env["res.company"].search([])
    companies._qualiopi_ensure_living_checklist()
    env["qualiopi.survey.plan"]._install_defaults(companies)
