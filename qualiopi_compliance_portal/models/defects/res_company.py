from odoo import fields, models


class ResCompany(models.Model):
    """What the company does with a page that lacks something."""

    _inherit = "res.company"

    qualiopi_page_policy = fields.Selection(
        [
            ("block", "Keep it off the website"),
            ("warn", "Warn, and let it be published"),
        ],
        "Page That Lacks Something",
        default="block",
        required=True,
        groups="base.group_user",
        help="When somebody publishes the page of a programme that lacks an item of "
        "indicators 1 to 3, shows an expired certification, or makes a claim that may "
        "mislead. Lesser defects are only said.",
    )
