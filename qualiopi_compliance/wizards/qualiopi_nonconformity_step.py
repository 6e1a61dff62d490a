from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

STEPS = {
    "plan": "_send_plan",
    "done": "_finish",
    "lift": "_lift",
}


class QualiopiNonconformityStep(models.TransientModel):
    """A step of non-conformities as a letter tells it: of another day than today.

    The plan sent, the corrections done, the certifier's lifting, or that it found a
    minor one open, with the evidence, a note and the letter itself.
    """

    _name = "qualiopi.nonconformity.step"
    _description = "Step of non-conformities"

    nonconformity_ids = fields.Many2many(
        "qualiopi.nonconformity",
        "qualiopi_nonconformity_step_rel",
        "wizard_id",
        "nonconformity_id",
        "Non-Conformities",
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True
    )
    step = fields.Selection(
        [
            ("plan", "The plan was sent to the certifier"),
            ("done", "Everything planned is done"),
            ("lift", "It was lifted"),
            ("requalify", "The next audit found it open: it is major now"),
        ],
        "What Happened",
        required=True,
        default="lift",
    )
    day = fields.Date(
        "On",
        default=lambda self: self.env["qualiopi.framework"]._today(),
        help="The day of the letter, not that on which you write it down.",
    )
    audit_id = fields.Many2one(
        "qualiopi.audit",
        "At",
        compute="_compute_audit_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('state', '=', 'closed'), "
        "('kind', 'not in', ('internal', 'mock'))]",
    )
    notified_on = fields.Date(
        "Notified Anew On", help="Its new delays run from this day."
    )
    evidence_ids = fields.Many2many(
        "qualiopi.evidence",
        "qualiopi_nonconformity_step_evidence_rel",
        "wizard_id",
        "evidence_id",
        "Evidence of the Correction",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "qualiopi_nonconformity_step_attachment_rel",
        "wizard_id",
        "attachment_id",
        "Letter",
        bypass_search_access=True,
    )
    note = fields.Text(help="Kept with the history of each.")

    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Record a Step")

    @api.depends("nonconformity_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.nonconformity_ids[:1].company_id

    @api.depends("nonconformity_ids", "step")
    def _compute_audit_id(self):
        for wizard in self:
            wizard.audit_id = (
                wizard.nonconformity_ids[:1]._next_audit()
                if wizard.step == "requalify" and wizard.nonconformity_ids
                else False
            )

    def action_record(self):
        """Record the step on each of them: on all or on none.

        :raise UserError: saying which one cannot take it, and why
        """
        self.ensure_one()
        rows = self.nonconformity_ids
        rows.check_access("write")
        if self.step == "requalify":
            if not self.audit_id:
                raise UserError(
                    self.env._("Choose the audit at which it was found open.")
                )
            made = rows._requalify(self.audit_id, self.notified_on)
            self._keep(rows | made)
            return (
                made.get_formview_action()
                if len(made) == 1
                else {"type": "ir.actions.act_window_close"}
            )
        if not self.day:
            raise UserError(self.env._("Enter the day on which it happened."))
        for row in rows:
            row.evidence_ids = [Command.link(each.id) for each in self.evidence_ids]
        getattr(rows, STEPS[self.step])(self.day)
        self._keep(rows)
        return {"type": "ir.actions.act_window_close"}

    def _keep(self, rows):
        """Leave the letter and the note with each."""
        if not self.note and not self.attachment_ids:
            return
        for row in rows:
            # sudo: ir.attachment - the files that the writer just sent
            files = self.attachment_ids.sudo().filtered(
                lambda file: file.create_uid == self.env.user
            )
            row.message_post(
                body=self.note or "",
                attachment_ids=[
                    file.copy({"res_model": row._name, "res_id": row.id}).id
                    for file in files
                ],
            )
