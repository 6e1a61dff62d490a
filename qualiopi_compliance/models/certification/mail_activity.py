from odoo import fields, models


class MailActivity(models.Model):
    """What is prepared before an audit moves with it."""

    _inherit = "mail.activity"

    qualiopi_plan_line_id = fields.Many2one(
        "mail.activity.plan.template",
        "Line of the Preparation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
