from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How often the company promises to publish its results: its own rule."""

    _inherit = "res.company"

    qualiopi_publication_months = fields.Integer(
        "Publish Results Every",
        default=12,
        groups="base.group_user",
        help="Months. Published results that are older stay on the website, marked as "
        "being updated.",
    )
    qualiopi_publication_span = fields.Integer(
        "Results Cover",
        default=12,
        groups="base.group_user",
        help="Months that published results are counted over.",
    )

    @api.constrains("qualiopi_publication_months", "qualiopi_publication_span")
    def _check_qualiopi_publication(self):
        for company in self:
            for name in ("qualiopi_publication_months", "qualiopi_publication_span"):
                if not 1 <= company[name] <= 60:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is a number of months, from 1 to 60.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
