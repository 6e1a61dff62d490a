from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """From which scores an objective counts as reached: the company's own rules."""

    _inherit = "res.company"

    qualiopi_reached_from = fields.Float(
        "Reached From (%)",
        default=70,
        groups="base.group_user",
        help="Score of a final assessment from which an objective is proposed as "
        "reached. No text fixes it: 70 is our proposal.",
    )
    qualiopi_partly_from = fields.Float(
        "Partly Reached From (%)",
        default=40,
        groups="base.group_user",
        help="Score of a final assessment from which an objective is proposed as "
        "partly reached. No text fixes it: 40 is our proposal.",
    )

    @api.constrains("qualiopi_reached_from", "qualiopi_partly_from")
    def _check_qualiopi_thresholds(self):
        for company in self:
            partly, reached = (
                company.qualiopi_partly_from,
                company.qualiopi_reached_from,
            )
            if not 0 <= partly <= reached <= 100:
                raise ValidationError(
                    self.env._(
                        "Scores go from 0 to 100 %%, and an objective is partly "
                        "reached (%(partly)s) before it is reached (%(reached)s).",
                        partly=f"{partly:g}",
                        reached=f"{reached:g}",
                    )
                )

    def _qualiopi_propose_again(self):
        """Files that wait for a decision follow the table of proposals."""
        # sudo: event.registration - whoever keeps the table may not plan sessions
        files = self.env["event.registration"].sudo()
        files.search(files._qualiopi_undecided_domain(self))._qualiopi_propose()
