"""A checklist as an XLSX workbook: a summary sheet and the matrix."""

from typing import ClassVar

from odoo.tools import html2plaintext

from .workbook import LINE_HEIGHT, Workbook

PRINTED_COLUMNS = 13


class ChecklistWorkbook(Workbook):
    """Writes one checklist, in the reader's language and with his rights."""

    colors: ClassVar[dict[str, str]] = {
        "demonstrated": "#D4EDDA",
        "at_risk": "#FFF3CD",
        "insufficient": "#F8D7DA",
        "not_assessed": "#FFFFFF",
        "not_applicable": "#E9ECEF",
    }

    def __init__(self, checklist):
        """:param checklist: one ``qualiopi.checklist``, read as the current user"""
        super().__init__(checklist.env, checklist.company_id, checklist.display_name)
        self.checklist = checklist
        self.line_fields = checklist.line_ids._fields

    def _write_sheets(self):
        self._write_summary()
        self._write_matrix()

    def _write_summary(self):
        _ = self.env._
        checklist = self.checklist
        sheet = self._add_sheet(_("Summary"))
        sheet.set_column(0, 0, 80)
        sheet.set_column(1, 6, 15)
        row = self._write_title(sheet, self._identity()) + 1
        statuses = ("demonstrated", "at_risk", "insufficient", "not_assessed")
        labels = checklist._status_labels()
        headers = [
            _("Criterion"),
            _("Applicable or Unsettled"),
            *(labels[status] for status in statuses),
        ]
        self._write_header(sheet, row, headers)
        for figure in checklist._criterion_figures():
            row += 1
            criterion = figure["criterion"]
            sheet.set_row(row, 2 * LINE_HEIGHT)
            sheet.write_string(
                row, 0, f"{criterion.number}. {criterion.name}", self.text
            )
            sheet.write_number(row, 1, figure["concerned"], self.number)
            for column, status in enumerate(statuses, start=2):
                sheet.write_number(
                    row, column, figure["counts"].get(status, 0), self.status[status]
                )

    def _identity(self):
        _ = self.env._
        checklist, company = self.checklist, self.company
        state = dict(checklist._fields["state"]._description_selection(self.env))
        day = checklist.closed_on or self.env["qualiopi.framework"]._today()
        return [
            (_("Company"), company.name),
            (_("Declaration Number (NDA)"), company.qualiopi_nda or "–"),
            (_("SIRET"), company.qualiopi_siret or "–"),
            (_("Framework"), checklist.framework_id.name or ""),
            (_("Legal Reference"), checklist.framework_id.legal_reference or ""),
            (_("Date of the checklist"), self._day(checklist._reference_day())),
            (_("State"), state.get(checklist.state, "")),
            (
                _("Closed On") if checklist.state == "closed" else _("Printed on"),
                self._day(day),
            ),
            (
                _("Records read on"),
                self._day(checklist.evidence_on) if checklist.evidence_on else "–",
            ),
            (_("Records missing"), str(checklist.missing_count)),
            (_("Applicable indicators"), str(checklist.applicable_count)),
            (_("Unsettled indicators"), str(checklist.unsettled_count)),
        ]

    def _columns(self):
        return [*self._printed_columns(), *self._other_columns()]

    def _printed_columns(self):
        _ = self.env._
        return [
            (_("No."), 5, "number", lambda row: row.number),
            (_("Indicator"), 16, "text", lambda row: row.indicator_id.label),
            (_("Statement"), 42, "text", lambda row: row.statement),
            self._selection_column("applicability", 12),
            (_("Why"), 22, "text", lambda row: row.applicability_reason),
            self._selection_column("gravity", 11),
            self._selection_column("status", 12, "status"),
            (_("Why It Stands There"), 28, "text", lambda row: row.computed_reason),
            (
                _("Lacking"),
                9,
                "number",
                lambda row: row.missing_count if row.computed_on else None,
            ),
            (_("Assessed On"), 11, "date", lambda row: row.assessed_on),
            (
                _("Conclusion"),
                40,
                "text",
                lambda row: html2plaintext(row.conclusion or ""),
            ),
            (
                _("Documents"),
                18,
                "text",
                lambda row: "\n".join(row.evidence_ids.mapped("name")),
            ),
            (_("Owner"), 13, "text", lambda row: row.user_id.name),
        ]

    def _other_columns(self):
        _ = self.env._
        return [
            self._records_column(),
            (_("Records Read On"), 12, "date", lambda row: row.computed_on),
            (_("Next Step"), 30, "text", lambda row: row.next_step),
            (
                _("Why We Conclude Otherwise"),
                30,
                "text",
                lambda row: row.difference_reason if row.differs else "",
            ),
            (_("Criterion"), 9, "number", lambda row: row.criterion_id.number),
            (
                _("Categories"),
                12,
                "text",
                lambda row: ", ".join(row.category_ids.mapped("code")),
            ),
            self._selection_column("regime", 14),
            (_("Reviewer"), 16, "text", lambda row: row.reviewer_id.name),
            (_("Reviewed On"), 12, "date", lambda row: row.reviewed_on),
        ]

    def _records_column(self):
        """:return: the column of what the records say, empty where nobody read them"""
        header, width, kind, label = self._selection_column("computed_status", 14)
        return (header, width, kind, lambda row: label(row) if row.computed_on else "")

    def _selection_column(self, name, width, kind="text"):
        """:return: a column for a selection field, in the reader's language"""
        field = self.line_fields[name]
        labels = dict(field._description_selection(self.env))
        header = field._description_string(self.env)
        return (header, width, kind, lambda row: labels.get(row[name], ""))

    def _write_matrix(self):
        sheet = self._add_sheet(self.env._("Matrix"))
        columns = self._columns()
        lines = self.checklist.line_ids.sorted("number")
        self._write_table(sheet, 0, columns, lines, lambda line: line.status)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(lines), PRINTED_COLUMNS - 1)
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)
