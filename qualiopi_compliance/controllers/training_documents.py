from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request
from odoo.tools.pdf import merge_pdf

from .downloads import file_response

PDF = "application/pdf"
PRINTED_ON = ("event.registration", "event.event", "crm.lead", "qualiopi.subcontract")


class TrainingDocumentsController(http.Controller):
    """Hands out documents printed from learners' files, with the reader's rights."""

    @http.route(
        "/qualiopi/documents/<string:numbers>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, numbers):
        documents = self._documents(numbers)
        if len(documents) == 1:
            content, name = documents.raw, documents.name
        else:
            content = merge_pdf([document.raw for document in documents])
            titles = dict.fromkeys(documents.mapped("description"))
            # the date ends the name of each of them
            name = f"{', '.join(titles)} – {documents[0].name[-14:]}"
        return file_response(content, PDF, name)

    def _documents(self, numbers):
        """:return: the attachments asked for, when the reader may see them all"""
        # unknown and forbidden answer alike: numbers tell nothing
        try:
            ids = [int(number) for number in numbers.split(",")]
            documents = request.env["ir.attachment"].browse(ids)
            documents.check_access("read")
            if any(
                row.mimetype != PDF or row.res_model not in PRINTED_ON
                for row in documents
            ):
                raise request.not_found()
        except (AccessError, MissingError, ValueError):
            raise request.not_found() from None
        return documents
