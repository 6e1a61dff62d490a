from odoo import api, models
from odoo.tools import split_every

# What an A4 page in landscape holds and can still be read.
REQUIREMENTS_OF_PAGE = 6


class TrainerReport(models.AbstractModel):
    """The qualification matrix or the development of trainers, printed.

    The matrix goes programme by programme: all of them side by side fit no page.
    """

    _name = "report.qualiopi_compliance.trainer_report"
    _description = "Report on trainers"
    _inherit = "qualiopi.training.document"
    _doc_model = "qualiopi.trainer.report"

    @api.model
    def _report_name(self):
        return "qualiopi_compliance.trainer_report"

    @api.model
    def _lang(self, unit):
        return self._installed_lang()

    @api.model
    def _check(self, units):
        """It shows what there is: a gap is what one looks for."""

    @api.model
    def _title(self):
        return self.env._("Report on trainers")

    @api.model
    def _values(self, unit):
        values = {
            "document_title": unit.display_name,
            "what": unit.what,
            "number": self._number,
            "hours_text": self._hours,
            "nda_wording": "",
            "nda_translation": "",
        }
        if unit.what == "matrix":
            return values | self._matrix_values(unit)
        return values | self._development_values(unit)

    @api.model
    def _matrix_values(self, unit):
        matrix = unit._matrix()
        Matrix = self.env["qualiopi.qualification.matrix"]
        return {
            "sections": [
                section
                | {
                    "pages": list(
                        split_every(
                            REQUIREMENTS_OF_PAGE,
                            section["program"]["requirements"],
                            list,
                        )
                    )
                }
                for section in unit._matrix_sections(matrix)
            ],
            "without_skills": [row["name"] for row in matrix["without_skills"]],
            "cell_text": Matrix._cell_text,
            "horizon": unit.company_id.qualiopi_expiry_days,
        }

    @api.model
    def _development_values(self, unit):
        found = unit._development()
        return {
            "trainers": found["trainers"],
            "total": self._hours(found["hours"]),
            "date": self._date,
        }

    @api.model
    def _file(self, report):
        """:return: the PDF and its name"""
        content, extension = self._render(report)
        return content, f"{report.display_name.replace('/', '-')}.{extension}"
