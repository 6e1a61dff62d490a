from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """From which figures the company draws conclusions: its own rules, no text's."""

    _inherit = "res.company"

    qualiopi_satisfied_from = fields.Float(
        "Satisfied From",
        default=70,
        groups="base.group_user",
        help="Per cent of the scale that the mean of somebody's marks must reach for "
        "his answer to count as satisfied.",
    )
    qualiopi_sample_minimum = fields.Integer(
        "Smallest Sample",
        default=5,
        groups="base.group_user",
        help="Below this number of people a rate is shown as counts, with “sample too "
        "small”. It is never hidden.",
    )
    qualiopi_weak_below = fields.Float(
        "Weak Below",
        default=60,
        groups="base.group_user",
        help="A question whose mean mark is below this per cent of its scale is a weak "
        "point.",
    )
    qualiopi_tag_alert = fields.Integer(
        "Tag Alert",
        default=3,
        groups="base.group_user",
        help="A tag given to at least this many remarks of a period is a weak point.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: qualiopi.survey.plan - a company has its plans, whoever creates it
        self.env["qualiopi.survey.plan"].sudo()._install_defaults(companies)
        return companies

    @api.constrains("qualiopi_satisfied_from", "qualiopi_weak_below")
    def _check_qualiopi_marks(self):
        for company in self:
            for name in ("qualiopi_satisfied_from", "qualiopi_weak_below"):
                if not 0 <= company[name] <= 100:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” is a per cent, from 0 to 100.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.constrains("qualiopi_sample_minimum", "qualiopi_tag_alert")
    def _check_qualiopi_samples(self):
        for company in self:
            if company.qualiopi_sample_minimum < 0 or company.qualiopi_tag_alert < 1:
                raise ValidationError(
                    self.env._(
                        "The smallest sample cannot be negative, and a tag alert needs "
                        "at least one remark."
                    )
                )
