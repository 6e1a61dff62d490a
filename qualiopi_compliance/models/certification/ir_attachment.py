from odoo import api, models
from odoo.exceptions import UserError

from ..evidence.ir_attachment import CONTENT_FIELDS


class IrAttachment(models.Model):
    """The files of a closed audit are as unchangeable as the audit itself.

    What comes afterwards, the certifier's report first of all, is added to the audit;
    to its parts nothing is added any more.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        ours = [vals for vals in vals_list if vals.get("res_model")]
        if any(vals["res_model"].startswith("qualiopi.") for vals in ours):
            files._qualiopi_check_not_added()
        return files

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._qualiopi_check_audit_open()
        result = super().write(vals)
        if {"res_model", "res_id"} & vals.keys():
            self._qualiopi_check_not_added()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_qualiopi_audit(self):
        self._qualiopi_check_audit_open()

    @api.model
    def _qualiopi_part_models(self):
        """:return: names of the models whose records are parts of an audit"""
        parts = self.pool.descendants(["qualiopi.audit.part"], "_inherit")
        return [name for name in parts if not self.env[name]._abstract]

    def _qualiopi_closed_parts(self):
        """:return: the closed audit of a part to which one of these files belongs"""
        # sudo: ir.attachment - only where the files are tied to
        for model, files in self.sudo().grouped("res_model").items():
            if model in self._qualiopi_part_models():
                # sudo: history counts whether the reader sees it
                parts = self.env[model].sudo().browse(files.mapped("res_id")).exists()
                closed = parts.audit_id.filtered(lambda audit: audit.state == "closed")
                if closed:
                    return closed[:1]
        return self.env["qualiopi.audit"]

    def _qualiopi_listed_audit(self):
        """:return: the closed audit that lists one of these files"""
        for name in self._qualiopi_part_models():
            if "attachment_ids" in self.env[name]._fields:
                # sudo: history counts whether the reader sees it
                part = (
                    self.env[name]
                    .sudo()
                    .search(
                        [
                            ("attachment_ids", "in", self.ids),
                            ("audit_id.state", "=", "closed"),
                        ],
                        limit=1,
                    )
                )
                if part:
                    return part.audit_id
        return self.env["qualiopi.audit"]

    def _qualiopi_own_audit(self):
        """:return: the closed audit to which one of these files was added before"""
        # sudo: ir.attachment - only where the files are tied to
        own = self.sudo().filtered(lambda file: file.res_model == "qualiopi.audit")
        # sudo: qualiopi.audit - history counts whether the reader sees it
        Audit = self.env["qualiopi.audit"].sudo()
        for file in own:
            audit = Audit.browse(file.res_id).exists()
            if audit.state == "closed" and file.id <= audit.last_file:
                return audit
        return Audit

    def _qualiopi_check_audit_open(self):
        """:raise UserError: when one of these files belongs to a closed audit"""
        audit = (
            self._qualiopi_closed_parts()
            or self._qualiopi_own_audit()
            or self._qualiopi_listed_audit()
        )
        if audit:
            raise UserError(
                self.env._(
                    "This document belongs to “%(name)s”, which is closed: it can be "
                    "neither changed nor deleted.",
                    name=audit.display_name,
                )
            )

    def _qualiopi_check_not_added(self):
        """:raise UserError: when one of these files is added to a part of a closed
        audit
        """
        audit = self._qualiopi_closed_parts()
        if audit:
            raise UserError(
                self.env._(
                    "“%(name)s” is closed: nothing is added to what was seen on that "
                    "day. Add the document to the audit itself.",
                    name=audit.display_name,
                )
            )
