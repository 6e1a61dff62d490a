import io
import re
import zipfile
from datetime import date, datetime
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..report.trainer_workbook import WORKBOOKS
from .trainer_common import TrainerCase

WIZARD = "odoo.addons.qualiopi_compliance.wizards.qualiopi_trainer_report"
DAY = "2026-06-01"
UNTIL = "2026-06-30"
GONE = "2026-03-31"
FORMULA = "=1+1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = ("Nadia", "Outsider", "Marc", "Employee", "nadia@example.com")


class ReportCase(TrainerCase):
    """An outsider and an employee, what they hold and what they learnt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.require(cls.program, cls.pivot, cls.expert)
        cls.program.name = FORMULA
        cls.hold(cls.outsider, cls.title, "2024-01-01", UNTIL)
        cls.hold(cls.outsider, cls.pivot, level=cls.beginner)
        cls.hold(cls.insider, cls.title, "2024-01-01", GONE)
        cls.hold(cls.insider, cls.pivot)
        cls.outsider.partner_id.email = "nadia@example.com"
        cls.own = cls.new_trainer("Paul Himself", state="active")
        cls.contributor.partner_id.name = "Paul Himself"
        cls.own.partner_id = cls.contributor.partner_id
        cls.learn(cls.outsider, "2026-02-02", "Pairs, with Marc Employee", 7)
        cls.learn(cls.outsider, "2025-12-31", "Last year", 3)
        cls.learn(
            cls.insider,
            "2026-03-03",
            "NADIA's class (write to nadia@example.com)",
            1.5,
            practice_change="marc  employee asks more",
        )
        cls.learn(cls.insider, "2026-12-31", "To come", 14, state="planned")

    @classmethod
    def learn(cls, trainer, day, name, hours, **vals):
        with cls.on("2026-04-01"):
            return cls.env["qualiopi.cpd.activity"].create(
                {
                    "trainer_id": trainer.id,
                    "name": name,
                    "kind": "course",
                    "date": day,
                    "hours": hours,
                    "state": "done",
                    **vals,
                }
            )

    def report(self, user=None, **vals):
        vals = {
            "day": DAY,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "company_id": self.company.id,
            **vals,
        }
        reports = self.env["qualiopi.trainer.report"].with_user(user or self.manager)
        return reports.create(vals)

    def content(self, report):
        self.forget()
        return WORKBOOKS[report.what](report).build()

    def book(self, **vals):
        return load_workbook(io.BytesIO(self.content(self.report(**vals))))

    def rows(self, sheet, first=1):
        return [
            [None if cell.value == "" else cell.value for cell in cells]
            for cells in sheet.iter_rows(min_row=first)
        ]

    def html(self, report):
        self.forget()
        document = report.env["report.qualiopi_compliance.trainer_report"]
        content, _name = document._file(report)
        return content.decode()


@tagged("post_install", "-at_install")
class TestTrainerWorkbooks(ReportCase):
    def test_matrix(self):
        sheet = self.book()["Qualifications"]
        rows = self.rows(sheet)
        self.assertEqual(rows[0][0], f"Qualification matrix on {self.day_text(DAY)}")
        head = next(nr for nr, row in enumerate(rows) if row[0] == "Trainer")
        self.assertEqual(rows[head - 1][1], FORMULA)
        self.assertEqual(rows[head][1:], ["Trainer title", "Pivot tables (Expert)"])
        self.assertEqual(
            rows[head + 1 :],
            [
                ["Marc Employee", f"Expired on {self.day_text(GONE)}", "Held"],
                [
                    "Nadia Outsider",
                    f"Expires on {self.day_text(UNTIL)}",
                    "Missing, holds: Beginner",
                ],
                ["Paul Himself", "Missing", "Missing"],
            ],
        )
        colors = [cell.fill.fgColor.rgb for cell in sheet[head + 2]][1:]
        self.assertEqual(colors, ["FFF8D7DA", "FFD4EDDA"])

    def day_text(self, day):
        return self.day(date.fromisoformat(day))

    def test_each_answer_has_a_row_of_its_own(self):
        headers, *rows = self.rows(self.book()["Detail"])
        self.assertEqual(
            headers[:8],
            [
                "Programme",
                "Trainer",
                "Status",
                "Skill or Certification",
                "Least Level",
                "Level Held",
                "Result",
                "Until",
            ],
        )
        self.assertEqual(len(rows), 6)
        self.assertIn(
            [
                FORMULA,
                "Nadia Outsider",
                "Volunteer",
                "Trainer title",
                None,
                "Granted",
                "Expiring",
                datetime(2026, 6, 30),
                None,
            ],
            rows,
        )

    def test_texts_are_no_formulas(self):
        for sheet in self.book().worksheets:
            for cells in sheet.iter_rows():
                for cell in cells:
                    self.assertNotEqual(cell.data_type, "f")

    def test_development(self):
        book = self.book(what="development")
        totals = self.rows(book["Totals"])
        head = next(nr for nr, row in enumerate(totals) if row[0] == "Trainer")
        self.assertEqual(
            totals[head + 1 :],
            [
                ["Marc Employee", "Employee", 2, 1.5],
                ["Nadia Outsider", "Volunteer", 1, 7],
                ["Paul Himself", "Volunteer", 0, 0],
            ],
        )
        _headers, *rows = self.rows(book["Ledger"])
        self.assertEqual(
            [(row[0], row[1], row[3], row[5], row[6], row[7]) for row in rows],
            [
                (
                    "Marc Employee",
                    datetime(2026, 3, 3),
                    "NADIA's class (write to nadia@example.com)",
                    1.5,
                    "Done",
                    1.5,
                ),
                ("Marc Employee", datetime(2026, 12, 31), "To come", 14, "Planned", 0),
                (
                    "Nadia Outsider",
                    datetime(2026, 2, 2),
                    "Pairs, with Marc Employee",
                    7,
                    "Done",
                    7,
                ),
            ],
        )

    def test_period_is_taken_with_both_its_ends(self):
        for first, last, topics in (
            ("2025-12-31", "2026-02-01", ["Last year"]),
            ("2026-02-02", "2026-02-02", ["Pairs, with Marc Employee"]),
            ("2026-02-03", "2026-03-02", []),
        ):
            book = self.book(what="development", date_from=first, date_to=last)
            with self.subTest(first=first):
                found = [row[3] for row in self.rows(book["Ledger"], 2)]
                self.assertEqual(found, topics)

    def test_no_name_anywhere(self):
        for what in ("matrix", "development"):
            report = self.report(what=what, anonymous=True)
            with zipfile.ZipFile(io.BytesIO(self.content(report))) as parts:
                texts = {part: parts.read(part).decode() for part in parts.namelist()}
            texts["file name"] = WORKBOOKS[what](report).filename
            texts["PDF"] = self.html(report)
            for part, text in texts.items():
                for name in NAMES:
                    with self.subTest(what=what, part=part, name=name):
                        # “Employee” is a status too
                        if name == "Employee":
                            text = text.replace(">Employee<", "")
                        # a whole word: “Marc” is no part of “March”
                        found = re.search(rf"\b{re.escape(name)}\b", text, re.I)
                        self.assertIsNone(found)

    def test_one_pseudonym_for_one_person(self):
        order = (self.outsider | self.insider | self.own).sorted("id")
        outsider, insider = (
            f"Trainer {order.ids.index(trainer.id) + 1}"
            for trainer in (self.outsider, self.insider)
        )
        book = self.book(what="development", anonymous=True)
        rows = {(row[0], row[3], row[9]) for row in self.rows(book["Ledger"], 2)}
        self.assertEqual(
            rows,
            {
                (outsider, f"Pairs, with {insider}", None),
                (
                    insider,
                    f"{outsider}'s class (write to …",
                    f"{insider} asks more",
                ),
                (insider, "To come", None),
            },
        )
        matrix = self.book(anonymous=True)["Detail"]
        found = {(row[1], row[6]) for row in self.rows(matrix, 2) if row[4] is None}
        self.assertIn((outsider, "Expiring"), found)
        self.assertIn((insider, "Expired"), found)

    def test_words_that_are_no_names_stay(self):
        self.new_trainer("Anne Petit")
        self.learn(self.insider, "2026-01-05", "A petit group, with Petit and PETIT", 1)
        book = self.book(what="development", anonymous=True)
        topics = [row[3] for row in self.rows(book["Ledger"], 2)]
        [topic] = [topic for topic in topics if topic.startswith("A petit group")]
        self.assertNotIn("Petit", topic)
        self.assertNotIn("PETIT", topic)

    def test_trainers_who_are_not_in_it_are_not_named_either(self):
        book = self.book(
            what="development", anonymous=True, trainer_ids=self.outsider.ids
        )
        self.assertEqual(
            [row[3] for row in self.rows(book["Ledger"], 2)], ["Pairs, with …"]
        )

    def test_chosen_programmes_and_trainers(self):
        other = self.new_program(name="First aid")
        self.require(other, self.first_aid)
        self.insider.program_ids += other
        book = self.book(program_ids=other.ids)
        rows = self.rows(book["Detail"], 2)
        self.assertEqual([row[:2] for row in rows], [["First aid", "Marc Employee"]])
        book = self.book(trainer_ids=self.outsider.ids)
        self.assertEqual(
            {row[1] for row in self.rows(book["Detail"], 2)}, {"Nadia Outsider"}
        )

    def test_prints_on_a4_landscape(self):
        for what in ("matrix", "development"):
            for sheet in self.book(what=what).worksheets:
                with self.subTest(sheet=sheet.title):
                    self.assertEqual(sheet.page_setup.orientation, "landscape")
                    self.assertEqual(int(sheet.page_setup.paperSize), 9)


@tagged("post_install", "-at_install")
class TestTrainerReport(ReportCase):
    def test_printed_matrix_goes_programme_by_programme(self):
        html = self.html(self.report(file_format="pdf"))
        for text in (
            "Nadia Outsider",
            "Missing, holds: Beginner",
            f"Expires on {self.day(date(2026, 6, 30))}",
            FORMULA,
        ):
            self.assertIn(text, html)

    def test_printed_development(self):
        html = self.html(self.report(what="development", file_format="pdf"))
        self.assertIn("Pairs, with Marc Employee", html)
        self.assertNotIn("Last year", html)
        self.assertIn("Nothing in this period", html)

    def test_contributor_takes_his_own_development_only(self):
        self.learn(self.own, "2026-02-03", "My own", 2)
        report = self.report(user=self.contributor, what="development")
        book = load_workbook(io.BytesIO(self.content(report)))
        self.assertEqual([row[3] for row in self.rows(book["Ledger"], 2)], ["My own"])
        totals = self.rows(book["Totals"])
        self.assertEqual(totals[-1][0], "Paul Himself")
        self.assertNotIn("Nadia Outsider", str(totals))
        report.trainer_ids = self.outsider
        with self.assertRefused("no trainer whose development", UserError):
            report.action_print()

    def test_nothing_of_another_company(self):
        report = self.report(user=self.other_manager, company_id=self.other_company.id)
        with self.assertRefused("None of these programmes", UserError):
            report.action_print()
        self.assertFalse(report._trainers())
        with self.assertRaises(AccessError):
            self.report(user=self.other_manager).read(["what"])

    def test_programmes_that_require_nothing_say_what_to_do(self):
        report = self.report(program_ids=self.new_program(name="Welcome").ids)
        with self.assertRefused("say what they require", UserError):
            report.action_print()

    def test_a_pdf_without_end_is_refused(self):
        report = self.report(file_format="pdf")
        limit = f"{WIZARD}.PDF_ROWS"
        with patch(limit, 2), self.assertRefused("3 rows", UserError):
            report.action_print()
        with patch(limit, 3):
            self.assertIn(str(report.id), report.action_print()["url"])
        report.file_format = "xlsx"
        with patch(limit, 2):
            self.assertTrue(report.action_print())

    def test_days_that_make_no_sense(self):
        with self.assertRefused("ends before it begins"):
            self.report(
                what="development", date_from="2026-02-01", date_to="2026-01-31"
            )
        with self.assertRefused("first and the last day"):
            self.report(what="development", date_to=False)
        with self.assertRefused("day of the matrix"):
            self.report(day=False)

    def test_who_may_ask(self):
        for user in (self.event_user, self.desk, self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.report(user=user)
        report = self.report(user=self.contributor)
        for user in (self.manager, self.internal_auditor, self.other_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user).read(["what"])


@tagged("post_install", "-at_install")
class TestTrainerReportDownload(ReportCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the name of the browser's session, in an HttpCase
        del cls.session

    def get(self, report, login=None):
        self.authenticate(
            login or report.env.user.login, login or report.env.user.login
        )
        return self.url_open(f"/qualiopi/trainer-report/{report.id}")

    def test_spreadsheet(self):
        answer = self.get(self.report())
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], XLSX)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        book = load_workbook(io.BytesIO(answer.content))
        self.assertEqual(len(book.sheetnames), 2)

    def test_pdf(self):
        answer = self.get(self.report(file_format="pdf"))
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn(b"Nadia Outsider", answer.content)

    def test_unknown_and_forbidden_answer_alike(self):
        report = self.report()
        for login in ("q_contributor", "q_auditor", "q_other", "q_plain", "q_portal"):
            answer = self.get(report, login)
            with self.subTest(login=login):
                self.assertEqual(answer.status_code, 404)
        unknown = self.env["qualiopi.trainer.report"].browse(report.id + 1000)
        answer = self.get(unknown, "q_manager")
        self.assertEqual(answer.status_code, 404)
