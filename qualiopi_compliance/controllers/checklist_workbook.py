from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

from ..report.checklist_workbook import ChecklistWorkbook

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
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX_MIMETYPE),
                ("Content-Disposition", content_disposition(workbook.filename)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
