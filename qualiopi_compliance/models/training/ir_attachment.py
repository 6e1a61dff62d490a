from odoo import models


class IrAttachment(models.Model):
    """Handing out the documents just printed."""

    _inherit = "ir.attachment"

    def _qualiopi_download_action(self):
        """:return: an action that downloads these documents, as one file"""
        numbers = ",".join(str(number) for number in self.ids)
        return {
            "type": "ir.actions.act_url",
            "url": f"/qualiopi/documents/{numbers}",
            "target": "new",
        }
