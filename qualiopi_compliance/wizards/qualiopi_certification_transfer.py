from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.declarations import transfer_delays


class QualiopiCertificationTransfer(models.TransientModel):
    """A running certificate goes to another certifier: asked for, then decided.

    Once it is decided, the cycle ends as transferred and another one goes on with the
    certificate, until the same last day.
    """

    _name = "qualiopi.certification.transfer"
    _description = "Transfer of a certificate"

    certification_id = fields.Many2one(
        "qualiopi.certification", required=True, readonly=True, ondelete="cascade"
    )
    step = fields.Selection(
        [
            ("asked", "It is asked for: the certificate stays where it is"),
            ("decided", "It is decided: the new certifier takes over"),
        ],
        "Where It Stands",
        required=True,
        default=lambda self: self._default_step(),
    )
    certifier_id = fields.Many2one(
        "res.partner",
        "New Certifier",
        compute="_compute_certifier_id",
        store=True,
        readonly=False,
    )
    day = fields.Date(
        "On",
        required=True,
        default=lambda self: self.env["qualiopi.framework"]._today(),
    )
    number = fields.Char(
        "New Number",
        help="Of the new certifier's certificate. Empty: it keeps its own.",
    )
    last_day = fields.Date(related="certification_id.last_day")
    delays = fields.Html("Their Delays", compute="_compute_delays", sanitize=False)
    refusal = fields.Text(compute="_compute_refusal")

    @api.model
    def _default_step(self):
        cycle = self.env["qualiopi.certification"].browse(
            self.env.context.get("default_certification_id")
        )
        return "decided" if cycle.transfer_asked_on else "asked"

    @api.depends("certification_id")
    def _compute_certifier_id(self):
        for wizard in self:
            wizard.certifier_id = wizard.certification_id.transferred_to_id

    @api.depends_context("lang")
    def _compute_delays(self):
        words = self.env["qualiopi.reason"]
        self.delays = words._say_sourced(transfer_delays())

    @api.depends_context("lang")
    @api.depends("certification_id", "certifier_id", "day")
    def _compute_refusal(self):
        for wizard in self:
            wizard.refusal = (
                wizard.certification_id._transfer_refusal(
                    wizard.certifier_id, wizard.day
                )
                if wizard.certifier_id and wizard.day
                else False
            )

    def action_apply(self):
        """Note the request, or record the transfer and open the cycle that goes on.

        :raise UserError: when the certificate may not be transferred
        """
        self.ensure_one()
        self.certification_id.check_access("write")
        if not self.certifier_id:
            raise UserError(self.env._("Name the new certifier."))
        cycle = self.certification_id
        if self.step == "asked":
            cycle._ask_transfer(self.certifier_id, self.day)
            return {"type": "ir.actions.act_window_close"}
        successor = cycle._transfer(self.certifier_id, self.day, self.number)
        return successor.get_formview_action()
