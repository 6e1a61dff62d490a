from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .qualiopi_check import WINDOWS

# Writing one of these is deciding how strict the check is.
LIMITS = {"threshold", "margin"}


class QualiopiCheckSetting(models.Model):
    """What one company decides otherwise than a check is shipped: whether it is asked,
    how strictly, over how long.

    Made when somebody decides, archived to come back to what is shipped, taken up
    again when somebody decides anew: its history is kept, an auditor may ask why a
    threshold was lowered.
    """

    _name = "qualiopi.check.setting"
    _description = "Setting of a check"
    _inherit = ["mail.thread"]
    _order = "company_id, check_id"
    _check_company_auto = True

    active = fields.Boolean("In Force", default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    check_id = fields.Many2one(
        "qualiopi.check",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    asked = fields.Boolean(
        default=True, tracking=True, help="Otherwise it says nothing at all."
    )
    own_limits = fields.Boolean(
        "Our Own Threshold",
        tracking=True,
        help="Otherwise as shipped: 100 % for each indicator whose non-conformities "
        "are always major.",
    )
    threshold = fields.Float(
        "Threshold (%)",
        compute="_compute_limits",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        aggregator=None,
        help="From which it is demonstrated.",
    )
    margin = fields.Float(
        "Margin (%)",
        compute="_compute_limits",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        aggregator=None,
        help="So much below the threshold it is at risk, further down insufficient.",
    )
    window = fields.Selection(
        WINDOWS,
        compute="_compute_window",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    months = fields.Integer(
        compute="_compute_window",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Also counted back from today while there was no audit yet.",
    )
    reason = fields.Text(
        tracking=True, help="Why your company decides otherwise than is shipped."
    )
    indicator_ids = fields.Many2many(related="check_id.indicator_ids")
    lowered = fields.Boolean(
        compute="_compute_lowered",
        help="An indicator whose non-conformities are always major is no longer "
        "demonstrated without a single gap.",
    )

    _once = models.Constraint(
        "UNIQUE(company_id, check_id)",
        "Your company has a setting for this check already.",
    )
    _threshold_range = models.Constraint(
        "CHECK(threshold >= 0 AND threshold <= 100)",
        "A threshold is a percentage: from 0 to 100.",
    )
    _margin_range = models.Constraint(
        "CHECK(margin >= 0 AND margin <= 100)",
        "A margin is a percentage: from 0 to 100.",
    )
    _months_positive = models.Constraint(
        "CHECK(\"window\" = 'always' OR months > 0)",
        "A window lasts at least one month: enter 1 or more, or “Without limit”.",
    )

    @api.depends("check_id", "company_id", "own_limits")
    def _compute_limits(self):
        for setting in self:
            if setting.own_limits:
                # what somebody wrote stays
                setting.threshold, setting.margin = setting.threshold, setting.margin
            elif setting._is_major_only():
                setting.threshold, setting.margin = 100, 0
            else:
                check = setting.check_id
                setting.threshold, setting.margin = check.threshold, check.margin

    @api.depends("check_id")
    def _compute_window(self):
        for setting in self:
            setting.window = setting.check_id.window or "since_audit"
            setting.months = setting.check_id.months or 12

    @api.depends("check_id", "company_id", "asked", "own_limits", "threshold", "margin")
    def _compute_lowered(self):
        for setting in self:
            lower = not setting.asked or (
                setting.own_limits and (setting.threshold < 100 or setting.margin > 0)
            )
            setting.lowered = lower and setting._is_major_only()

    def _is_major_only(self):
        """:return: whether a gap on one of its indicators is always major"""
        self.ensure_one()
        company = self.company_id or self.env.company
        today = self.env["qualiopi.framework"]._today()
        # sudo: qualiopi.company.category - the law is the same for every reader
        demands = company.sudo()._qualiopi_demands(today)
        return any(
            demands[indicator].gravity == "major_only"
            for indicator in self.check_id.indicator_ids.ids
            if indicator in demands
        )

    @api.depends("check_id")
    def _compute_display_name(self):
        for setting in self:
            setting.display_name = setting.check_id.display_name

    @api.constrains("asked", "own_limits", "threshold", "margin", "reason", "active")
    def _check_reason(self):
        for setting in self:
            if (
                setting.active
                and setting.lowered
                and not (setting.reason or "").strip()
            ):
                raise ValidationError(
                    self.env._(
                        "“%(check)s” proves an indicator whose non-conformities are "
                        "always major: one bad file is enough for one. Write the "
                        "reason why your company asks for less; the auditor will ask.",
                        check=setting.check_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        settings = super().create([self._with_own_limits(vals) for vals in vals_list])
        settings.company_id._qualiopi_outdate_records()
        return settings

    def write(self, vals):
        result = super().write(self._with_own_limits(vals))
        self.company_id._qualiopi_outdate_records()
        return result

    @api.model
    def _with_own_limits(self, vals):
        """Whoever writes a threshold means it."""
        if LIMITS & vals.keys() and "own_limits" not in vals:
            return vals | {"own_limits": True}
        return vals

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "What your company decided, and why, is kept: come back to what is "
                    "shipped with “Back to Default”."
                )
            )

    def action_back_to_default(self):
        """Ask the check as it is shipped again; what was decided stays readable."""
        self.check_access("write")
        self.action_archive()
        return True

    def action_decide_again(self):
        """Hold to what was decided before."""
        self.check_access("write")
        self.action_unarchive()
        return True
