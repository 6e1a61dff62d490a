"""The qualification matrix and the development of trainers as XLSX workbooks."""

from typing import ClassVar

from odoo import fields

from .workbook import LINE_HEIGHT, Workbook

# As wide as a page while it can be read; more requirements take several pages.
ONE_PAGE_COLUMNS = 10
NAME_WIDTH = 34
REQUIREMENT_WIDTH = 18


class TrainerWorkbook(Workbook):
    """Writes one ``qualiopi.trainer.report``, with the rights of who asks."""

    def __init__(self, report):
        super().__init__(report.env, report.company_id, report.display_name)
        self.report = report

    def _identity(self):
        _ = self.env._
        today = self.env["qualiopi.framework"]._today()
        return [
            (_("Company"), self.company.name),
            (_("Declaration Number (NDA)"), self.company.qualiopi_nda or "–"),
            (_("Printed on"), self._day(today)),
        ]


class QualificationWorkbook(TrainerWorkbook):
    """The matrix as one looks at it, then each answer on a row of its own."""

    colors: ClassVar[dict[str, str]] = {
        "held": "#D4EDDA",
        "expiring": "#FFF3CD",
        "expired": "#F8D7DA",
        "missing": "#F8D7DA",
    }

    def _write_sheets(self):
        self.matrix = self.report._matrix()
        self.requirements = [
            requirement
            for program in self.matrix["programs"]
            for requirement in program["requirements"]
        ]
        self._write_matrix()
        self._write_detail()

    def _write_matrix(self):
        sheet = self._add_sheet(self.env._("Qualifications"))
        if len(self.requirements) > ONE_PAGE_COLUMNS:
            sheet.fit_to_pages(0, 0)
            sheet.repeat_columns(0)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, max(len(self.requirements), 1), REQUIREMENT_WIDTH)
        first = self._write_title(sheet, self._identity()) + 1
        self._write_programs(sheet, first)
        row = first + 1
        headers = [_asked(requirement) for requirement in self.requirements]
        self._write_header(sheet, row, [self.env._("Trainer"), *headers], lines=4)
        widths = [REQUIREMENT_WIDTH] * len(headers)
        for trainer in self.matrix["trainers"]:
            row += 1
            cells = [
                trainer["cells"].get(requirement["id"])
                for requirement in self.requirements
            ]
            texts = [self._cell_text(cell) for cell in cells]
            sheet.set_row(
                row,
                self._height([NAME_WIDTH, *widths], [trainer["name"], *texts]),
            )
            self._write_cell(sheet, row, 0, "text", trainer["name"])
            for column, (cell, text) in enumerate(zip(cells, texts, strict=True), 1):
                style = self.status[cell["state"]] if cell else None
                self._write_cell(sheet, row, column, "text", text, style)
        sheet.freeze_panes(first + 2, 1)
        sheet.repeat_rows(first, first + 1)

    def _write_programs(self, sheet, row):
        """The programme above the columns of what it requires."""
        sheet.set_row(row, 3 * LINE_HEIGHT)
        sheet.write_string(row, 0, "", self.header)
        column = 1
        for program in self.matrix["programs"]:
            last = column + len(program["requirements"]) - 1
            name = self._fitting(program["name"])
            if last > column:
                sheet.merge_range(row, column, row, last, "", self.header)
            sheet.write_string(row, column, name, self.header)
            column = last + 1

    def _cell_text(self, cell):
        Matrix = self.env["qualiopi.qualification.matrix"]
        return Matrix._cell_text(cell) if cell else ""

    def _write_detail(self):
        _ = self.env._
        labels = self.matrix["states"]
        columns = [
            (_("Programme"), 30, "text", lambda row: row["program"]["name"]),
            (_("Trainer"), 24, "text", lambda row: row["trainer"]["name"]),
            (_("Status"), 14, "text", lambda row: row["trainer"]["kind"]),
            (
                _("Skill or Certification"),
                26,
                "text",
                lambda row: row["requirement"]["skill"],
            ),
            (_("Least Level"), 13, "text", lambda row: row["requirement"]["level"]),
            (_("Level Held"), 13, "text", lambda row: row["cell"]["level"]),
            (_("Result"), 12, "status", lambda row: labels[row["cell"]["state"]]),
            (
                _("Until"),
                12,
                "date",
                lambda row: fields.Date.to_date(row["cell"]["until"] or None),
            ),
            (_("Note"), 26, "text", lambda row: row["requirement"]["note"]),
        ]
        sheet = self._add_sheet(_("Detail"))
        rows = self._detail_rows()
        after = self._write_table(
            sheet, 0, columns, rows, lambda row: row["cell"]["state"]
        )
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(after - 1, 1), len(columns) - 1)

    def _detail_rows(self):
        for section in self.report._matrix_sections(self.matrix):
            program = section["program"]
            for trainer in section["rows"]:
                for requirement in program["requirements"]:
                    if cell := trainer["cells"].get(requirement["id"]):
                        yield {
                            "program": program,
                            "trainer": trainer,
                            "requirement": requirement,
                            "cell": cell,
                        }


class DevelopmentWorkbook(TrainerWorkbook):
    """The hours of each trainer, then all he did and planned."""

    colors: ClassVar[dict[str, str]] = {
        "planned": "#FFFFFF",
        "done": "#FFF3CD",
        "validated": "#D4EDDA",
        "rejected": "#E9ECEF",
    }

    def _write_sheets(self):
        self.found = self.report._development()
        self._write_totals()
        self._write_ledger()

    def _write_totals(self):
        _ = self.env._
        sheet = self._add_sheet(_("Totals"))
        row = self._write_title(sheet, self._identity()) + 1
        columns = [
            (_("Trainer"), 36, "text", lambda row: row["name"]),
            (_("Status"), 26, "text", lambda row: row["kind"]),
            (_("Activities"), 12, "number", lambda row: len(row["rows"])),
            (_("Hours Done"), 12, "decimal", lambda row: row["hours"]),
        ]
        self._write_table(sheet, row, columns, self.found["trainers"])
        sheet.repeat_rows(row)

    def _write_ledger(self):
        _ = self.env._
        columns = [
            (_("Trainer"), 22, "text", lambda row: row["trainer"]),
            (_("First Day"), 11, "date", lambda row: row["date"]),
            (_("Last Day"), 11, "date", lambda row: row["date_end"]),
            (_("Topic"), 34, "text", lambda row: row["topic"]),
            (_("Kind"), 16, "text", lambda row: row["kind"]),
            (_("Hours"), 8, "decimal", lambda row: row["hours"]),
            (_("State"), 12, "status", lambda row: row["state"]),
            (_("Hours Counted"), 9, "decimal", lambda row: row["counted_hours"]),
            (_("Source"), 18, "text", lambda row: row["source"]),
            (
                _("What Changed in Practice"),
                34,
                "text",
                lambda row: row["practice_change"],
            ),
        ]
        rows = [
            row | {"trainer": trainer["name"]}
            for trainer in self.found["trainers"]
            for row in trainer["rows"]
        ]
        sheet = self._add_sheet(_("Ledger"))
        self._write_table(sheet, 0, columns, rows, lambda row: row["state_code"])
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


WORKBOOKS = {"matrix": QualificationWorkbook, "development": DevelopmentWorkbook}


def _asked(requirement):
    """:return: what is required, with its least level"""
    if requirement["level"]:
        return f"{requirement['skill']} ({requirement['level']})"
    return requirement["skill"]
