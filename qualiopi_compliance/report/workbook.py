"""What all our XLSX workbooks have in common."""

import io
from math import ceil
from typing import ClassVar

import xlsxwriter

from odoo import fields
from odoo.tools.misc import format_date

A4 = 9
# Limits of the file format: a longer text would not be written at all.
CELL_LIMIT = 32767
HEADER_PART_LIMIT = 100
SHEET_NAME_LIMIT = 31
# Points; spreadsheets do not all fit a row to wrapped text by themselves.
LINE_HEIGHT = 13.5
ROW_LIMIT = 409


class Workbook:
    """A workbook that prints on A4 landscape, in the reader's language.

    Rows are written in order, so that it needs little memory; a text is always
    written as text, even one that a spreadsheet would take for a formula.
    """

    # state -> colour of its cells
    colors: ClassVar[dict[str, str]] = {}

    def __init__(self, env, company, title):
        """:param title: of the document, which names the file too"""
        self.env = env
        self.company = company
        self.title = title

    @property
    def filename(self):
        """:return: name for the download, without characters a disk refuses"""
        kept = "".join(
            char if char.isalnum() or char in " -_" else "_"
            for char in f"{self.company.name} {self.title}"
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
        self._write_sheets()
        self.book.close()
        return buffer.getvalue()

    def _write_sheets(self):
        raise NotImplementedError

    def _make_formats(self):
        add = self.book.add_format
        text = {"text_wrap": True, "valign": "top", "border": 1}
        self.heading = add({"bold": True, "font_size": 16})
        self.header = add(
            text | {"bold": True, "bg_color": "#714B67", "color": "white"}
        )
        self.text = add(text)
        self.label = add({"bold": True, "valign": "top"})
        self.plain = add({"text_wrap": True, "valign": "top"})
        self.number = add(text | {"num_format": "0"})
        self.decimal = add(text | {"num_format": "General"})
        self.date = add(text | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.status = {
            status: add(text | {"bg_color": color})
            for status, color in self.colors.items()
        }

    def _add_sheet(self, name):
        """:return: a sheet that prints on A4 landscape, as wide as one page"""
        sheet = self.book.add_worksheet(name[:SHEET_NAME_LIMIT])
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        # In a header “&” begins a command: doubled, it prints as itself.
        left, right = (
            text[:HEADER_PART_LIMIT].replace("&", "&&")
            for text in (self.company.name, self.title)
        )
        sheet.set_header(f"&L{left}&R{right}")
        sheet.set_footer("&C&P / &N")
        return sheet

    def _write_title(self, sheet, identity):
        """:param identity: pairs of texts
        :return: the row after them
        """
        sheet.write_string(0, 0, self.title, self.heading)
        row = 2
        for label, value in identity:
            sheet.write_string(row, 0, label, self.label)
            sheet.write_string(row, 1, self._fitting(value))
            row += 1
        return row

    def _write_table(self, sheet, row, columns, records, state=None):
        """Write a header, then a row for each record.

        :param columns: (header, width, kind, value of a record) of each column; what
            prints comes first, wide enough to be read on A4. A value of kind
            ``status`` has the colour of the record's state.
        :param state: function that tells the state of a record
        :return: the row after them
        """
        for column, (_header, width, _kind, _value) in enumerate(columns):
            sheet.set_column(column, column, width)
        self._write_header(sheet, row, [column[0] for column in columns])
        widths = [width for _header, width, _kind, _value in columns]
        for record in records:
            row += 1
            values = [value(record) for _header, _width, _kind, value in columns]
            sheet.set_row(row, self._height(widths, values))
            style = self.status.get(state(record)) if state else None
            for column, value in enumerate(values):
                kind = columns[column][2]
                self._write_cell(
                    sheet, row, column, kind, value, style if kind == "status" else None
                )
        return row + 1

    def _write_header(self, sheet, row, labels, lines=2):
        sheet.set_row(row, lines * LINE_HEIGHT)
        for number, text in enumerate(labels):
            sheet.write_string(row, number, self._fitting(text), self.header)

    def _height(self, widths, values):
        """:return: height in points that shows the longest of the texts"""
        lines = 1
        for width, value in zip(widths, values, strict=True):
            if isinstance(value, str):
                lines = max(
                    lines,
                    sum(ceil(len(part) / width) or 1 for part in value.split("\n")),
                )
        return min(lines * LINE_HEIGHT, ROW_LIMIT)

    def _write_cell(self, sheet, row, column, kind, value, style=None):
        if kind == "number" and value is not None:
            sheet.write_number(row, column, value, self.number)
        elif kind == "decimal":
            sheet.write_number(row, column, value, self.decimal)
        elif kind == "date" and value:
            sheet.write_datetime(
                row, column, fields.Datetime.to_datetime(value), self.date
            )
        else:
            sheet.write_string(
                row, column, self._fitting(value or ""), style or self.text
            )

    def _fitting(self, text):
        """:return: the text, cut with a word about it where a cell is too small"""
        # spreadsheets count as UTF-16 does: an emoji is two
        units = text.encode("utf-16-le")
        if len(units) <= 2 * CELL_LIMIT:
            return text
        note = self.env._("… (cut here: read the rest in Odoo)")
        kept = units[: 2 * (CELL_LIMIT - len(note))]
        return kept.decode("utf-16-le", errors="ignore") + note

    def _day(self, day):
        return format_date(self.env, day) if day else ""
