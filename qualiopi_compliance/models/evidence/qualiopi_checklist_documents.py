from odoo import models


class QualiopiChecklist(models.Model):
    """Closing freezes the documents, too."""

    _inherit = "qualiopi.checklist"

    def _close(self):
        # before: a closed checklist does not change any more
        # sudo: qualiopi.checklist.line - what is frozen is never typed in
        self.sudo().line_ids._freeze_documents()
        return super()._close()
