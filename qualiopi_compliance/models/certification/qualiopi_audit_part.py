from odoo import api, fields, models


class QualiopiAuditPart(models.AbstractModel):
    """Part of an audit: made and changed while it is open, by nobody afterwards.

    Its files are those of its readers, and as unchangeable as itself.
    """

    _name = "qualiopi.audit.part"
    _description = "Part of an audit"
    _check_company_auto = True
    # the field that leads to the audit, by way of another part where there is one
    _part_of = "audit_id"

    audit_id = fields.Many2one(
        "qualiopi.audit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="audit_id.company_id", store=True, index=True, precompute=True
    )
    audit_state = fields.Selection(related="audit_id.state", string="Audit State")
    audit_locked = fields.Boolean(related="audit_id.locked")

    @api.model_create_multi
    def create(self, vals_list):
        self._audits_meant(vals_list)._check_open()
        records = super().create(vals_list)
        records._check_audit_open()
        records._claim_files()
        return records

    @api.model
    def _audits_meant(self, vals_list):
        """:return: the audits of which these values would be parts"""
        name = self._part_of
        # sudo: only whether the audit is closed
        whole = self.env[self._fields[name].comodel_name].sudo()
        whole = whole.browse({vals[name] for vals in vals_list if vals.get(name)})
        return whole if whole._name == "qualiopi.audit" else whole.exists().audit_id

    def write(self, vals):
        free = vals.keys() <= self._free_fields()
        if not free:
            self._check_audit_open()
        result = super().write(vals)
        if self._part_of in vals:
            # it was moved to another audit
            self._check_audit_open()
            self.check_access("write")
        if "attachment_ids" in vals:
            self._claim_files()
        return result

    @api.model
    def _free_fields(self):
        """:return: names of the fields that may change whenever"""
        return {"message_main_attachment_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_audit_open()

    def _check_audit_open(self):
        """:raise UserError: when the audit of one of these is closed"""
        self.audit_id._check_open()

    def _claim_files(self):
        """Tie freshly uploaded files to their record, so that its readers read them."""
        if "attachment_ids" not in self._fields:
            return
        for record in self:
            # sudo: ir.attachment - a file not yet tied to a record is readable by
            # the person who sent it only
            loose = record.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": record.id})
