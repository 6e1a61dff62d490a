from odoo import api, fields, models
from odoo.exceptions import UserError

from .qualiopi_action import OPEN


class QualiopiActionStep(models.Model):
    """One step of an action, ticked off when it is done; kept as it is once the action
    is closed.
    """

    _name = "qualiopi.action.step"
    _description = "Step of an action"
    _order = "sequence, id"

    action_id = fields.Many2one(
        "qualiopi.action", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="action_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Step", required=True)
    done = fields.Boolean(copy=False)
    done_on = fields.Date(
        compute="_compute_done_on", store=True, readonly=False, copy=False
    )

    @api.depends("done")
    def _compute_done_on(self):
        today = self.env["qualiopi.framework"]._today()
        for step in self:
            step.done_on = (step.done_on or today) if step.done else False

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._check_open()
        return steps

    def write(self, vals):
        self._check_open()
        result = super().write(vals)
        if "action_id" in vals:
            self._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    def _check_open(self):
        """:raise UserError: when the action of one of these is closed"""
        if self.env.su:
            return
        closed = self.action_id.filtered(lambda action: action.state not in OPEN)
        if closed:
            raise UserError(
                self.env._(
                    "“%(name)s” is closed: have it taken up again to change its steps.",
                    name=closed[0].name,
                )
            )
