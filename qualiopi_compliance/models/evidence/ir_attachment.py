from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a document says, and what makes its readers able to read it.
CONTENT_FIELDS = {
    "datas",
    "raw",
    "db_datas",
    "store_fname",
    "url",
    "name",
    "res_model",
    "res_id",
    "res_field",
}


class IrAttachment(models.Model):
    """The documents of a closed checklist are as unchangeable as its lines."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._qualiopi_check_not_frozen()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_qualiopi_frozen(self):
        self._qualiopi_check_not_frozen()

    def _qualiopi_check_not_frozen(self):
        # a picture pasted into a conclusion is tied to the line, not listed on it
        # sudo: ir.attachment - only where the files are tied to
        pasted = self.sudo().filtered(
            lambda file: file.res_model == "qualiopi.checklist.line"
        )
        # sudo: qualiopi.checklist.line - history counts whether the reader sees it
        Line = self.env["qualiopi.checklist.line"].sudo()
        line = Line.search(
            Domain("checklist_id.state", "=", "closed")
            & (
                Domain("attachment_ids", "in", self.ids)
                | Domain("id", "in", pasted.mapped("res_id"))
            ),
            limit=1,
        )
        if line:
            raise UserError(
                self.env._(
                    "This document belongs to “%(name)s”, which is closed: it can be "
                    "neither changed nor deleted.",
                    name=line.checklist_id.name,
                )
            )
