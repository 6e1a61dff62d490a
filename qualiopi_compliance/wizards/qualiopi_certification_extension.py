from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class QualiopiCertificationExtension(models.TransientModel):
    """A running certificate is extended to new categories, by an audit of its own.

    The categories are put on the certificate once the certifier has decided; its last
    day does not change.
    """

    _name = "qualiopi.certification.extension"
    _description = "Extension of a certificate"

    certification_id = fields.Many2one(
        "qualiopi.certification", required=True, readonly=True, ondelete="cascade"
    )
    covered_ids = fields.Many2many(
        related="certification_id.category_ids", string="Covered Already"
    )
    category_ids = fields.Many2many(
        "qualiopi.category",
        string="New Categories",
        domain="[('id', 'not in', covered_ids)]",
    )
    date_begin = fields.Date("Day of the Audit")
    last_day = fields.Date(related="certification_id.last_day")
    refusal = fields.Text(compute="_compute_refusal")

    @api.depends_context("lang")
    @api.depends("certification_id", "category_ids")
    def _compute_refusal(self):
        today = self.env["qualiopi.framework"]._today()
        for wizard in self:
            wizard.refusal = (
                wizard.certification_id._extension_refusal(wizard.category_ids, today)
                if wizard.category_ids
                else False
            )

    def action_apply(self):
        """Plan the extension audit and open it.

        :raise UserError: when the certificate cannot be extended
        """
        self.ensure_one()
        self.certification_id.check_access("write")
        if not self.category_ids or not self.date_begin:
            raise UserError(
                self.env._("Choose the new categories and the day of the audit.")
            )
        if self.refusal:
            raise UserError(self.refusal)
        cycle = self.certification_id
        audit = self.env["qualiopi.audit"].create(
            {
                "kind": "extension",
                "company_id": cycle.company_id.id,
                "certification_id": cycle.id,
                "date_begin": self.date_begin,
                "category_ids": [Command.set(self.category_ids.ids)],
                "user_id": cycle.user_id.id,
            }
        )
        return audit.get_formview_action()
