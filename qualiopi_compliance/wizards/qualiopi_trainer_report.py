import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import format_date

# More would keep the PDF engine busy for minutes: a spreadsheet takes it all.
PDF_ROWS = 2000
EMAIL = re.compile(r"\S+@\S+")
# Shorter parts of a name are words like any other.
LEAST_NAME = 3


class QualiopiTrainerReport(models.TransientModel):
    """What an auditor is handed about those who teach, named or not.

    The qualification matrix of a day or the continuing development of a period, as
    a spreadsheet or a PDF. Both are read with the rights of who asks.
    """

    _name = "qualiopi.trainer.report"
    _description = "Report on trainers"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    what = fields.Selection(
        [
            ("matrix", "Qualification matrix"),
            ("development", "Continuing development"),
        ],
        "Document",
        required=True,
        default="matrix",
    )
    file_format = fields.Selection(
        [("xlsx", "Spreadsheet (XLSX)"), ("pdf", "PDF")],
        "Format",
        required=True,
        default="xlsx",
    )
    day = fields.Date(default=lambda self: self.env["qualiopi.framework"]._today())
    date_from = fields.Date("From", default=lambda self: self._this_year(1, 1))
    date_to = fields.Date("To", default=lambda self: self._this_year(12, 31))
    program_ids = fields.Many2many(
        "qualiopi.program",
        string="Programmes",
        check_company=True,
        help="Empty: all that are not retired.",
    )
    trainer_ids = fields.Many2many(
        "qualiopi.trainer",
        string="Trainers",
        check_company=True,
        help="Empty: all who had not left by then.",
    )
    anonymous = fields.Boolean(
        "Without Names",
        help="“Trainer 1”, “Trainer 2”: no names, no addresses; names of trainers in "
        "the texts are replaced too.",
    )

    @api.model
    def _this_year(self, month, day):
        return self.env["qualiopi.framework"]._today().replace(month=month, day=day)

    @api.constrains("what", "day", "date_from", "date_to")
    def _check_dates(self):
        for report in self:
            if report.what == "matrix" and not report.day:
                raise ValidationError(self.env._("Choose the day of the matrix."))
            if report.what == "development":
                if not report.date_from or not report.date_to:
                    raise ValidationError(
                        self.env._("Choose the first and the last day of the period.")
                    )
                if report.date_to < report.date_from:
                    raise ValidationError(
                        self.env._("The period ends before it begins.")
                    )

    @api.depends("what", "day", "date_from", "date_to")
    def _compute_display_name(self):
        for report in self:
            if report.what == "matrix":
                report.display_name = self.env._(
                    "Qualification matrix on %(day)s",
                    day=format_date(self.env, report.day),
                )
            else:
                report.display_name = self.env._(
                    "Continuing development from %(first)s to %(last)s",
                    first=format_date(self.env, report.date_from),
                    last=format_date(self.env, report.date_to),
                )

    def action_print(self):
        """Download the document.

        :raise UserError: when there is nothing in it, or too much for a PDF
        """
        self.ensure_one()
        self.check_access("read")
        rows = self._count_rows()
        if self.file_format == "pdf" and rows > PDF_ROWS:
            raise UserError(
                self.env._(
                    "This PDF would have %(rows)s rows: choose programmes or trainers, "
                    "or take the spreadsheet.",
                    rows=rows,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/qualiopi/trainer-report/{self.id}",
            "target": "download",
        }

    def _count_rows(self):
        """:return: rows of the tables of the PDF
        :raise UserError: when there are none, saying what to do
        """
        if self.what == "development":
            found = self._development()
            if not found["trainers"]:
                raise UserError(
                    self.env._(
                        "There is no trainer whose development you may read in this "
                        "document: choose others, or ask a quality manager."
                    )
                )
            return sum(len(trainer["rows"]) for trainer in found["trainers"])
        matrix = self._matrix()
        if not matrix["programs"]:
            raise UserError(
                self.env._(
                    "None of these programmes requires a skill: say what they require "
                    "on their form, under “Trainers”."
                )
            )
        return sum(len(section["rows"]) for section in self._matrix_sections(matrix))

    # What is in it

    def _trainers(self):
        """:return: the trainers it is about"""
        Trainer = self.env["qualiopi.trainer"].with_context(active_test=False)
        if self.trainer_ids:
            return Trainer.search([("id", "in", self.trainer_ids.ids)])
        day = self.day if self.what == "matrix" else self.date_from
        return Trainer.search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("active", "=", True)
            & Trainer._matrix_domain(day)
        )

    def _programs(self):
        if self.program_ids:
            return self.program_ids
        return self.env["qualiopi.program"].search(
            [("company_id", "=", self.company_id.id), ("state", "!=", "retired")]
        )

    def _matrix(self):
        """:return: the matrix, see :meth:`qualiopi.qualification.matrix._matrix`"""
        programs, trainers = self._programs(), self._trainers()
        if self.program_ids and not self.trainer_ids:
            trainers = trainers.filtered(lambda row: row.program_ids & programs)
        matrix = self.env["qualiopi.qualification.matrix"]._matrix(
            self.day, programs, trainers, anonymous=self.anonymous
        )
        mask = self._mask(trainers)
        for program in matrix["programs"]:
            for requirement in program["requirements"]:
                requirement["note"] = mask(requirement["note"])
        return matrix

    @api.model
    def _matrix_sections(self, matrix):
        """:return: each programme with the trainers who may teach it"""
        return [
            {
                "program": program,
                "rows": [
                    row
                    for row in matrix["trainers"]
                    if any(
                        asked["id"] in row["cells"] for asked in program["requirements"]
                    )
                ],
            }
            for program in matrix["programs"]
        ]

    def _development(self):
        """:return: trainers, each with what he did and planned in the period
        :rtype: dict
        """
        trainers = self._trainers().filtered("cpd_readable")
        if self.anonymous:
            trainers = trainers.sorted("id")
        ledger = self.env["qualiopi.cpd.ledger"].search(
            [
                ("trainer_id", "in", trainers.ids),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            order="date, id",
        )
        by_trainer = ledger.grouped("trainer_id")
        mask = self._mask(trainers)
        Matrix = self.env["qualiopi.qualification.matrix"]
        found = []
        for number, trainer in enumerate(trainers, start=1):
            rows = by_trainer.get(trainer, ledger.browse())
            found.append(
                Matrix._row(trainer, number if self.anonymous else 0)
                | {
                    "hours": sum(rows.mapped("counted_hours")),
                    "rows": [self._development_row(row, mask) for row in rows],
                }
            )
        return {
            "trainers": found,
            "hours": sum(trainer["hours"] for trainer in found),
        }

    @api.model
    def _development_row(self, row, mask):
        labels = {
            name: dict(row._fields[name]._description_selection(self.env))
            for name in ("kind", "state", "source")
        }
        return {
            "date": row.date,
            "date_end": row.date_end,
            "topic": mask(row.name),
            "hours": row.hours,
            "counted_hours": row.counted_hours,
            "state_code": row.state,
            "practice_change": mask(row.practice_change),
            **{name: values.get(row[name], "") for name, values in labels.items()},
        }

    def _mask(self, trainers):
        """:param trainers: those of the document
        :return: a function that takes the names out of a text, where this document
            has none
        """
        if not self.anonymous:
            return lambda text: text or ""
        numbers = {row.id: nr for nr, row in enumerate(trainers.sorted("id"), start=1)}
        # sudo: qualiopi.trainer - their names are looked for, and not shown
        everybody = (
            self.env["qualiopi.trainer"]
            .sudo()
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        )
        masks = [
            (
                _pattern(person.name),
                self.env._("Trainer %(number)s", number=numbers[person.id])
                if person.id in numbers
                else "…",
            )
            for person in everybody
        ]

        def mask(text):
            text = EMAIL.sub("…", text or "")
            for pattern, pseudonym in masks:
                text = pattern.sub(pseudonym, text)
            return text

        return mask


def _pattern(name):
    """:return: what finds a person in a text: the whole name in any case, or a part of
    it where it is written as a name is
    """
    parts = [part for part in re.split(r"[\s,.-]+", name) if len(part) >= LEAST_NAME]
    whole = r"[\s-]+".join(re.escape(part) for part in name.split())
    found = [rf"(?i:{whole})"]
    for part in parts:
        found += [re.escape(part.capitalize()), re.escape(part.upper())]
    return re.compile(rf"\b(?:{'|'.join(found)})\b")
