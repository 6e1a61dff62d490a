from odoo import models


class IrActionsReport(models.Model):
    """Files what the engine printed, for documents that nothing else prints."""

    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        streams = super()._render_qweb_pdf_prepare_streams(
            report_ref, data, res_ids=res_ids
        )
        name = self._get_report(report_ref).report_name
        document = self.env.get(f"report.{name}")
        if res_ids and getattr(document, "_evidence_when_shown", False):
            document._register_shown(res_ids, streams)
        return streams
