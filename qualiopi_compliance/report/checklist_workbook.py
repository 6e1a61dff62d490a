"""A checklist as an XLSX workbook: a summary sheet and the matrix."""

import io
from math import ceil

import xlsxwriter

from odoo import fields
from odoo.tools import html2plaintext
from odoo.tools.misc import format_date

STATUS_COLORS = {
    "demonstrated": "#D4EDDA",
    "at_risk": "#FFF3CD",
    "insufficient": "#F8D7DA",
    "not_assessed": "#FFFFFF",
    "not_applicable": "#E9ECEF",
}
A4 = 9
PRINTED_COLUMNS = 11
# Limits of the file format: a longer text would not be written at all.
CELL_LIMIT = 32767
HEADER_PART_LIMIT = 100
# Points; spreadsheets do not all fit a row to wrapped text by themselves.
LINE_HEIGHT = 13.5
ROW_LIMIT = 409


class ChecklistWorkbook:
    """Writes one checklist, in the reader's language and with his rights.

    Both sheets print on A4 landscape. Rows are written in order, so that the
    workbook needs little memory; a text is always written as text, even one
    that a spreadsheet would take for a formula.
    """

    def __init__(self, checklist):
        """:param checklist: one ``qualiopi.checklist``, read as the current user"""
        self.checklist = checklist
        self.env = checklist.env
        self.line_fields = checklist.line_ids._fields

    @property
    def filename(self):
        """:return: name for the download, without characters a disk refuses"""
        parts = (self.checklist.company_id.name, self.checklist.display_name)
        kept = "".join(
            char if char.isalnum() or char in " -_" else "_" for char in " ".join(parts)
        )
        return f"{kept}.xlsx"

    def build(self):
        """:return: the workbook
        :rtype: bytes
        """
        buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            buffer,
            {
                "in_memory": True,
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._make_formats()
        self._write_summary()
        self._write_matrix()
        self.book.close()
        return buffer.getvalue()

    def _make_formats(self):
        add = self.book.add_format
        text = {"text_wrap": True, "valign": "top", "border": 1}
        self.title = add({"bold": True, "font_size": 16})
        self.header = add(
            text | {"bold": True, "bg_color": "#714B67", "color": "white"}
        )
        self.text = add(text)
        self.label = add({"bold": True, "valign": "top"})
        self.plain = add({"text_wrap": True, "valign": "top"})
        self.number = add(text | {"num_format": "0"})
        self.date = add(text | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.status = {
            status: add(text | {"bg_color": color})
            for status, color in STATUS_COLORS.items()
        }

    def _print_setup(self, sheet, title):
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        # In a header “&” begins a command: doubled, it prints as itself.
        left, right = (
            text[:HEADER_PART_LIMIT].replace("&", "&&")
            for text in (self.checklist.company_id.name, title)
        )
        sheet.set_header(f"&L{left}&R{right}")
        sheet.set_footer("&C&P / &N")

    def _write_summary(self):
        _ = self.env._
        checklist = self.checklist
        title = _("Summary")
        sheet = self.book.add_worksheet(title[:31])
        self._print_setup(sheet, checklist.display_name)
        sheet.set_column(0, 0, 80)
        sheet.set_column(1, 6, 15)
        sheet.write_string(0, 0, checklist.display_name, self.title)
        row = 2
        for label, value in self._identity():
            sheet.write_string(row, 0, label, self.label)
            sheet.write_string(row, 1, value)
            row += 1
        row += 1
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
        checklist, company = self.checklist, self.checklist.company_id
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
            (_("Applicable indicators"), str(checklist.applicable_count)),
            (_("Unsettled indicators"), str(checklist.unsettled_count)),
        ]

    def _day(self, day):
        return format_date(self.env, day) if day else ""

    def _columns(self):
        """:return: (header, width, kind, value of a line) of each column

        What prints comes first, wide enough to be read on A4.
        """
        _ = self.env._
        return [
            (_("No."), 5, "number", lambda row: row.number),
            (_("Indicator"), 16, "text", lambda row: row.indicator_id.label),
            (_("Statement"), 42, "text", lambda row: row.statement),
            self._selection_column("applicability", 12),
            (_("Why"), 22, "text", lambda row: row.applicability_reason),
            self._selection_column("gravity", 11),
            self._selection_column("status", 12, "status"),
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
                lambda row: "\n".join(row.attachment_ids.mapped("name")),
            ),
            (_("Owner"), 13, "text", lambda row: row.user_id.name),
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

    def _selection_column(self, name, width, kind="text"):
        """:return: a column for a selection field, in the reader's language"""
        field = self.line_fields[name]
        labels = dict(field._description_selection(self.env))
        header = field._description_string(self.env)
        return (header, width, kind, lambda row: labels.get(row[name], ""))

    def _write_matrix(self):
        sheet = self.book.add_worksheet(self.env._("Matrix")[:31])
        self._print_setup(sheet, self.checklist.display_name)
        columns = self._columns()
        for column, (_header, width, _kind, _value) in enumerate(columns):
            sheet.set_column(column, column, width)
        self._write_header(sheet, 0, [column[0] for column in columns])
        lines = self.checklist.line_ids.sorted("number")
        for row, line in enumerate(lines, start=1):
            values = [column[3](line) for column in columns]
            sheet.set_row(row, self._height(columns, values))
            for column, value in enumerate(values):
                self._write_cell(sheet, row, column, columns[column][2], value, line)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(lines), PRINTED_COLUMNS - 1)
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)

    def _write_header(self, sheet, row, labels):
        sheet.set_row(row, 2 * LINE_HEIGHT)
        for column, text in enumerate(labels):
            sheet.write_string(row, column, text, self.header)

    def _height(self, columns, values):
        """:return: height in points that shows the longest of the texts"""
        lines = 1
        for (_header, width, _kind, _value), value in zip(columns, values, strict=True):
            if isinstance(value, str):
                lines = max(
                    lines,
                    sum(ceil(len(part) / width) or 1 for part in value.split("\n")),
                )
        return min(lines * LINE_HEIGHT, ROW_LIMIT)

    def _write_cell(self, sheet, row, column, kind, value, line):
        if kind == "number":
            sheet.write_number(row, column, value, self.number)
        elif kind == "date" and value:
            sheet.write_datetime(
                row, column, fields.Datetime.to_datetime(value), self.date
            )
        else:
            style = self.status[line.status] if kind == "status" else self.text
            sheet.write_string(row, column, self._fitting(value or ""), style)

    def _fitting(self, text):
        """:return: the text, cut with a word about it where a cell is too small"""
        # spreadsheets count as UTF-16 does: an emoji is two
        units = text.encode("utf-16-le")
        if len(units) <= 2 * CELL_LIMIT:
            return text
        note = self.env._("… (cut here: read the rest in Odoo)")
        kept = units[: 2 * (CELL_LIMIT - len(note))]
        return kept.decode("utf-16-le", errors="ignore") + note
