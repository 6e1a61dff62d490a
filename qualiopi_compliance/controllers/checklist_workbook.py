from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..report.checklist_workbook import ChecklistWorkbook
from .downloads import file_response

XLSX_MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ChecklistWorkbookController(http.Controller):
    """Hands a checklist out as a workbook, with the reader's own rights."""

    @http.route(
        "/qualiopi/checklist/<int:checklist_id>/xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, checklist_id):
        checklist = request.env["qualiopi.checklist"].browse(checklist_id)
        try:
            checklist.check_access("read")
            workbook = ChecklistWorkbook(checklist)
            content = workbook.build()
        except (AccessError, MissingError):
            # unknown and forbidden answer alike: numbers tell nothing
            raise request.not_found() from None
        return file_response(content, XLSX_MIMETYPE, workbook.filename)
