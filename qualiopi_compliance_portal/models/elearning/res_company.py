from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """After how long a silence the company writes to those who learn online."""

    _inherit = "res.company"

    qualiopi_course_silence = fields.Integer(
        "Remind Learners After",
        groups="base.group_user",
        help="Days without any activity in a course after which the learner is "
        "reminded of it, once for each silence. 0: nobody is.",
    )

    @api.constrains("qualiopi_course_silence")
    def _check_qualiopi_course_silence(self):
        for company in self:
            if company.qualiopi_course_silence < 0:
                raise ValidationError(
                    self.env._(
                        "The number of days after which learners are reminded cannot "
                        "be negative: enter 0 to remind nobody."
                    )
                )
