from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..report.trainer_workbook import WORKBOOKS
from .checklist_workbook import XLSX_MIMETYPE
from .downloads import file_response


class TrainerReportController(http.Controller):
    """Hands out reports on trainers, with the rights of who asked for them."""

    @http.route(
        "/qualiopi/trainer-report/<int:report_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, report_id):
        report = request.env["qualiopi.trainer.report"].browse(report_id)
        try:
            report.check_access("read")
            if report.file_format == "xlsx":
                workbook = WORKBOOKS[report.what](report)
                return file_response(workbook.build(), XLSX_MIMETYPE, workbook.filename)
            document = request.env["report.qualiopi_compliance.trainer_report"]
            content, name = document._file(report)
        except (AccessError, MissingError):
            # unknown and forbidden answer alike: numbers tell nothing
            raise request.not_found() from None
        return file_response(content, "application/pdf", name)
