from odoo import api, models
from odoo.tools.misc import format_date

# Lines to sign on for those whom nobody named beforehand.
EMPTY_LINES = 4


class ResultMeeting(models.AbstractModel):
    """Results for the team meeting: on paper, with who was there and their signature.

    Names of those who answered are never on it.
    """

    _name = "report.qualiopi_compliance.result_meeting"
    _description = "Results for the team meeting"

    @api.model
    def _get_report_values(self, docids, data=None):
        pages = self.env["qualiopi.result"].browse(docids)
        pages.check_access("read")
        company_values = self.env["qualiopi.training.document"]._company_values
        return {
            "doc_ids": docids,
            "doc_model": "qualiopi.result",
            "docs": [
                company_values(page.company_id) | self._values(page) for page in pages
            ],
        }

    @api.model
    def _values(self, page):
        page._check_reader()
        names = page.attendee_ids.mapped("name")
        names += [
            name.strip()
            for name in (page.other_attendees or "").splitlines()
            if name.strip()
        ]
        return {
            "page": page._page(),
            "remarks": page._remarks(),
            "attendees": names,
            "empty_lines": range(EMPTY_LINES),
            "meeting_on": page.meeting_on
            and format_date(self.env, page.meeting_on, date_format="long"),
            "notes": page.notes,
        }
