from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Companies that were there before the surveys get the plans they may switch on."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].search([])
    env["qualiopi.survey.plan"]._install_defaults(companies)
