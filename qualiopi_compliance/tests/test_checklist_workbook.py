import io
import re
from datetime import datetime

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from odoo.tests import HttpCase, tagged

from ..report.checklist_workbook import ChecklistWorkbook
from .common import DAY_2026, QualiopiCommon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = "=cmd|' /C calc'!A0"
CELL_LIMIT = 32767  # UTF-16 units that a cell holds


class WorkbookCase(QualiopiCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "Formation & Cie"
        cls.declare(cls.company, "AFC", over_two_days=True)
        cls.checklist = cls.self_assessment(cls.company, DAY_2026)
        cls.noted = cls.line(cls.checklist, 4)
        with cls.on("2026-12-15"):
            cls.noted.write(
                {
                    "declared_status": "demonstrated",
                    "conclusion": "<p>=1+1</p>",
                }
            )
            cls.drop(cls.noted).name = FORMULA

    def workbook(self, user=None, lang="en_US", checklist=None):
        """:return: the workbook of the checklist as that user gets it"""
        checklist = (checklist or self.checklist).with_user(user or self.manager)
        content = ChecklistWorkbook(checklist.with_context(lang=lang)).build()
        return load_workbook(io.BytesIO(content))

    def matrix_row(self, book=None, number=4):
        """:return: the cells of one indicator"""
        for cells in (book or self.workbook()).worksheets[1].iter_rows(min_row=2):
            if cells[0].value == number:
                return cells
        return self.fail(f"No row for indicator {number}")

    def cell(self, value, book=None, number=4):
        """:return: the cell that holds ``value`` in the row of that indicator"""
        cells = self.matrix_row(book, number)
        found = [cell for cell in cells if cell.value == value]
        self.assertTrue(found, f"{value!r} not in {[c.value for c in cells]}")
        return found[0]


class TestWorkbook(WorkbookCase):
    def test_two_sheets(self):
        book = self.workbook()
        self.assertEqual(book.sheetnames, ["Summary", "Matrix"])
        self.assertEqual(book["Summary"]["A1"].value, self.checklist.name)

    def test_one_row_for_each_indicator(self):
        sheet = self.workbook()["Matrix"]
        headers = [cell.value for cell in sheet[1]]
        self.assertEqual(len(headers), len(set(headers)))
        self.assertTrue(all(headers))
        numbers = [
            row[headers.index("No.")].value for row in sheet.iter_rows(min_row=2)
        ]
        self.assertEqual(numbers, list(range(1, 34)))

    def test_prints_on_a4_landscape(self):
        for sheet in self.workbook().worksheets:
            with self.subTest(sheet=sheet.title):
                self.assertEqual(sheet.page_setup.orientation, "landscape")
                self.assertEqual(int(sheet.page_setup.paperSize), 9)
                self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
                # as wide as one page, as long as it takes
                self.assertEqual(int(sheet.page_setup.fitToHeight), 0)
                self.assertIn(sheet.page_setup.fitToWidth, (None, 1))

    def test_header_row_stays_and_filters(self):
        sheet = self.workbook()["Matrix"]
        self.assertRegex(sheet.freeze_panes, r"^[B-D]2$")
        last = get_column_letter(len(sheet[1]))
        self.assertEqual(sheet.auto_filter.ref, f"A1:{last}34")
        self.assertEqual(sheet.print_title_rows, "$1:$1")

    def test_values_of_a_row(self):
        requirement = self.noted.requirement_id
        for value in (
            requirement.statement_en,
            requirement.indicator_id.label_en,
            "Demonstrated",
            "Applicable",
            "Major only",
            "AFC",
        ):
            self.cell(value)

    def test_dates_are_dates(self):
        self.assertTrue(self.cell(datetime(2026, 12, 15)).is_date)
        dates = [cell for cell in self.matrix_row(number=5) if cell.is_date]
        # nobody assessed it; the records were read
        self.assertEqual(
            [cell.value for cell in dates if cell.value], [datetime(2026, 11, 1)]
        )

    def test_text_like_a_formula_stays_text(self):
        for text in ("=1+1", FORMULA):
            self.assertEqual(self.cell(text).data_type, "s")

    def test_text_like_a_formula_stays_text_in_the_summary(self):
        self.checklist.name = "=2+2"
        self.company.name = "=3+3"
        sheet = self.workbook()["Summary"]
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
        self.assertFalse([cell for cell in cells if cell.data_type == "f"])
        values = [cell.value for cell in cells]
        self.assertIn("=2+2", values)
        self.assertIn("=3+3", values)

    def test_summary_counts(self):
        sheet = self.workbook()["Summary"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        criteria = [row for row in rows if re.match(r"\d\. ", str(row[0]))]
        self.assertEqual(len(criteria), 7)
        self.assertEqual(
            sum(row[1] for row in criteria),
            self.checklist.applicable_count + self.checklist.unsettled_count,
        )
        self.assertEqual(sum(row[2] for row in criteria), 1)

    def test_ampersand_of_the_company_prints(self):
        header = self.workbook()["Matrix"].oddHeader.left.text
        self.assertEqual(header.replace("&&", "&"), "Formation & Cie")
        self.assertIn("&&", header)

    def test_in_french(self):
        book = self.workbook(lang="fr_FR")
        summary, matrix = book.worksheets
        self.assertNotEqual(summary.title, "Summary")
        self.assertNotEqual(matrix.title, "Matrix")
        french, english = (
            [cell.value for cell in sheet[1]]
            for sheet in (matrix, self.workbook().worksheets[1])
        )
        same = {one for one, other in zip(french, english, strict=True) if one == other}
        # words that both languages share
        self.assertLessEqual(same, {"Documents", "Conclusion"})
        self.cell(self.noted.requirement_id.statement_fr, book)
        self.cell(self.noted.indicator_id.label_fr, book)
        values = [cell.value for cell in self.matrix_row(book)]
        for word in ("Demonstrated", "Major only"):
            self.assertNotIn(word, values)

    def test_empty_checklist(self):
        self.env.cr.execute(
            "DELETE FROM qualiopi_checklist_line WHERE checklist_id = %s",
            self.checklist.ids,
        )
        self.env.invalidate_all()
        self.assertEqual(self.workbook()["Matrix"].max_row, 1)

    def test_characters_that_sheets_refuse(self):
        self.checklist.name = "[Audit]: a/b\\c? *'1' & \x0b"
        self.noted.conclusion = "<p>Bell \u2028 and 😀 <b>bold</b> &lt;tag&gt;</p>"
        book = self.workbook()
        self.assertIn("[Audit]: a/b\\c? *'1'", book["Summary"]["A1"].value)
        row = "\n".join(str(cell.value) for cell in self.matrix_row(book))
        self.assertIn("😀", row)
        self.assertIn("<tag>", row)

    def test_file_name(self):
        self.checklist.name = 'a/b\\c:d"e\r\nf'
        name = ChecklistWorkbook(self.checklist).filename
        self.assertTrue(name.endswith(".xlsx"))
        self.assertFalse(re.search(r'[/\\:"\r\n]', name))

    def test_a_text_longer_than_a_cell_is_not_cut_silently(self):
        for word in ("word ", "😀 "):
            with self.subTest(word=word):
                self.noted.conclusion = f"<p>{word * 17000}END</p>"
                texts = [str(cell.value) for cell in self.matrix_row()]
                [text] = [text for text in texts if text.startswith(word * 2)]
                self.assertLessEqual(len(text.encode("utf-16-le")) // 2, CELL_LIMIT)
                # whoever reads the end sees that there was more
                self.assertNotIn(text.rstrip()[-1], word)

    def test_a_company_name_too_long_for_a_page_header(self):
        self.company.name = "Très long nom & " * 20
        book = self.workbook()
        values = [cell.value for cell in book["Summary"]["B"]]
        self.assertIn(self.company.name, values)
        self.assertTrue(book["Matrix"].oddHeader.left.text)

    def test_contributor_and_auditor_get_the_whole(self):
        for user in (self.contributor, self.internal_auditor):
            with self.subTest(user=user.login):
                book = self.workbook(user)
                self.assertEqual(book["Matrix"].max_row, 34)
                self.cell(FORMULA, book)

    def test_a_document_that_the_reader_may_not_read(self):
        """One document out of reach must not withhold the whole workbook."""
        trainer = self.env["qualiopi.trainer"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Anna"}).id,
                "company_id": self.company.id,
                "kind": "manager",
            }
        )
        hidden = self.drop(trainer, "hidden.txt")
        hidden.indicator_ids = self.noted.indicator_id
        self.forget()
        self.cell("hidden\n" + FORMULA, self.workbook(self.manager))
        book = self.workbook(self.contributor)
        self.assertEqual(book["Matrix"].max_row, 34)
        self.cell(FORMULA, book)


@tagged("post_install", "-at_install")
class TestWorkbookDownload(WorkbookCase, HttpCase):
    def get(self, user, checklist_id=None):
        login = user and user.login
        self.authenticate(login, login)
        return self.url_open(
            f"/qualiopi/checklist/{checklist_id or self.checklist.id}/xlsx",
            allow_redirects=False,
        )

    def test_colleagues_download(self):
        for user in (self.manager, self.contributor, self.internal_auditor):
            with self.subTest(user=user.login):
                answer = self.get(user)
                self.assertEqual(answer.status_code, 200)
                self.assertEqual(answer.headers["Content-Type"], XLSX)
                self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
                disposition = answer.headers["Content-Disposition"]
                self.assertTrue(disposition.startswith("attachment"))
                self.assertIn(".xlsx", disposition)
                book = load_workbook(io.BytesIO(answer.content))
                self.assertEqual(book.worksheets[1].max_row, 34)

    def test_in_the_language_of_the_user(self):
        for code in ("fr_FR", "en_US"):
            self.env["res.lang"]._activate_lang(code)
        for lang, statement in (
            ("fr_FR", self.noted.requirement_id.statement_fr),
            ("en_US", self.noted.requirement_id.statement_en),
        ):
            with self.subTest(lang=lang):
                self.manager.lang = lang
                book = load_workbook(io.BytesIO(self.get(self.manager).content))
                self.cell(statement, book)

    def test_unknown_and_forbidden_answer_alike(self):
        unknown = self.env["qualiopi.checklist"].search([], order="id desc").ids[0] + 99
        answers = [
            self.get(self.other_manager),
            self.get(self.plain),
            self.get(self.manager, unknown),
            self.get(self.manager, self.living(self.other_company).id),
            # numbers too large for the database
            self.get(self.manager, 99999999999999),
        ]
        self.assertEqual([answer.status_code for answer in answers], [404] * 5)

    def test_strangers_get_nothing(self):
        for user in (self.portal, None):
            with self.subTest(user=user and user.login):
                answer = self.get(user)
                self.assertIn(answer.status_code, (303, 404))
                self.assertNotIn("spreadsheet", answer.headers.get("Content-Type", ""))

    def test_the_button_leads_there(self):
        action = self.checklist.with_user(self.manager).action_export_xlsx()
        self.assertEqual(action["type"], "ir.actions.act_url")
        self.authenticate(self.manager.login, self.manager.login)
        answer = self.url_open(action["url"])
        self.assertEqual(answer.headers["Content-Type"], XLSX)

    def test_reading_only(self):
        answer = self.url_open(
            f"/qualiopi/checklist/{self.checklist.id}/xlsx", data={"a": "b"}
        )
        self.assertIn(answer.status_code, (400, 404, 405))

    def test_living_and_archived_and_closed(self):
        self.checklist._close()
        self.checklist.action_archive()
        for checklist in (self.checklist, self.living(self.company)):
            with self.subTest(kind=checklist.kind):
                answer = self.get(self.manager, checklist.id)
                self.assertEqual(answer.status_code, 200)


class TestRecordsInWorkbook(WorkbookCase):
    """What the records say stands beside what was concluded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.on("2026-12-15", cls.company):
            cls.checklist = cls.self_assessment(cls.company, DAY_2026)
        cls.forget()

    def cells(self, number, book=None):
        """:return: header -> cell of an indicator"""
        book = book or self.workbook()
        headers = [cell.value for cell in book["Matrix"][1]]
        return dict(zip(headers, self.matrix_row(book, number), strict=True))

    def test_status_reason_and_what_is_missing(self):
        line = self.line(self.checklist, 2)
        self.assertTrue(line.missing_count)
        cells = self.cells(2)
        self.assertEqual(cells["Lacking"].value, line.missing_count)
        self.assertEqual(cells["Why It Stands There"].value, line.computed_reason)
        self.assertEqual(cells["Next Step"].value, line.next_step)
        self.assertEqual(cells["What the Records Say"].value, "Not assessed")
        self.assertEqual(cells["Records Read On"].value, datetime(2026, 11, 1))
        self.assertFalse(cells["Why We Conclude Otherwise"].value)

    def test_why_it_was_concluded_otherwise(self):
        line = self.line(self.checklist, 2)
        line.write(
            {"declared_status": "demonstrated", "difference_reason": "Shown on paper"}
        )
        cells = self.cells(2)
        self.assertEqual(cells["Why We Conclude Otherwise"].value, "Shown on paper")

    def test_not_applicable_says_nothing_of_it(self):
        self.assertEqual(self.line(self.checklist, 15).status, "not_applicable")
        cells = self.cells(15)
        for header in (
            "Lacking",
            "Why It Stands There",
            "Next Step",
            "What the Records Say",
            "Records Read On",
        ):
            with self.subTest(header=header):
                self.assertFalse(cells[header].value)

    def test_day_in_the_summary(self):
        sheet = self.workbook()["Summary"]
        known = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=20)}
        self.assertEqual(known["Records missing"], str(self.checklist.missing_count))
        self.assertIn("2026", known["Records read on"])
