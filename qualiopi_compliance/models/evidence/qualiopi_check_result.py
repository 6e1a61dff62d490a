import operator as operators

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.evidence_status import part_status
from .qualiopi_checklist_line import DECLARED_STATUS

RESULT_STATUS = [*DECLARED_STATUS, ("nothing", "Nothing to prove")]
WEEK = 7
# What is counted anew when a day is counted again; no rate where nothing is looked at.
COUNTED = (
    "population",
    "satisfied",
    "missing",
    "soon",
    "rate",
    "status",
    "failure",
    "rebuilt",
)


class QualiopiCheckResult(models.Model):
    """What a check counted for a company on a day.

    Written every night, one row for each check, company and day: “what would the
    auditor have seen on that day?”. Counting today again replaces its rows; days gone
    by stay as they were counted.
    """

    _name = "qualiopi.check.result"
    _description = "Result of a check"
    _order = "day desc, check_id, id"
    _rec_name = "check_id"

    check_id = fields.Many2one(
        "qualiopi.check", required=True, readonly=True, index=True, ondelete="cascade"
    )
    indicator_ids = fields.Many2many(related="check_id.indicator_ids")
    scope = fields.Selection(related="check_id.scope")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)
    population = fields.Integer("Looked At", readonly=True)
    satisfied = fields.Integer("As They Should Be", readonly=True)
    missing = fields.Integer("Lacking", readonly=True)
    soon = fields.Integer(
        "Running Out",
        readonly=True,
        help="As they should be on that day, but not for long.",
    )
    rate = fields.Float("Rate (%)", readonly=True, aggregator="avg")
    status = fields.Selection(RESULT_STATUS, readonly=True)
    failure = fields.Text(
        readonly=True, help="Why it could not be counted, and what to do."
    )
    rebuilt = fields.Boolean(
        readonly=True,
        help="Counted later, from what the records say of that day.",
    )
    change = fields.Integer(
        "Change in a Week",
        compute="_compute_change",
        search="_search_change",
        help="In what is missing, since seven days before.",
    )

    # company first: everything is read for one company
    _once = models.UniqueIndex(
        "(company_id, day, check_id)", "This check was counted already on that day."
    )

    @api.depends("check_id", "company_id", "day", "missing", "failure")
    def _compute_change(self):
        for day, rows in self.grouped("day").items():
            counted = rows.filtered(lambda row: not row.failure)
            (rows - counted).change = 0
            before = {
                (row.check_id, row.company_id): row.missing
                for row in self.search(
                    [
                        ("check_id", "in", counted.check_id.ids),
                        ("company_id", "in", counted.company_id.ids),
                        ("day", "=", day and fields.Date.subtract(day, days=WEEK)),
                        ("failure", "=", False),
                    ]
                )
            }
            for row in counted:
                then = before.get((row.check_id, row.company_id), row.missing)
                row.change = row.missing - then

    def _search_change(self, operator, value):
        compare = {
            ">": operators.gt,
            ">=": operators.ge,
            "<": operators.lt,
            "<=": operators.le,
            "in": lambda change, values: change in values,
        }.get(operator)
        if not compare:
            return NotImplemented
        query = SQL(
            """
            SELECT now.id, now.missing - COALESCE(past.missing, now.missing)
            FROM qualiopi_check_result now
            LEFT JOIN qualiopi_check_result past
                ON past.company_id = now.company_id AND past.day = now.day - %s
                AND past.check_id = now.check_id AND past.failure IS NULL
                AND now.failure IS NULL
            WHERE now.company_id = ANY(%s)
            """,
            WEEK,
            self.env.companies.ids,
        )
        self.env["qualiopi.check.result"].flush_model()
        rows = self.env.execute_query(query)
        return Domain(
            "id", "in", [id_ for id_, change in rows if compare(change, value)]
        )

    @api.model
    def _values(self, asked, count, day):
        """:return: values of the result of one check, as strict as its indicators"""
        part = asked.part(count)
        looked_at = count.population and not count.failure
        return {
            "check_id": asked.check.id,
            "company_id": asked.company,
            "day": day,
            "population": count.population,
            "satisfied": count.satisfied,
            "missing": count.population - count.satisfied,
            "soon": count.soon,
            "rate": 100 * count.satisfied / count.population if looked_at else None,
            "status": part_status(part) or "nothing",
            "failure": count.failure or None,
        }

    @api.model
    def _replace_day(self, company, day, rows):
        """Write down what was counted on a day; the day has then these rows only.

        In one statement, whose key decides: two workers that count the same day at
        once leave one row for each check. Rows that were there keep their number.

        :param rows: values as of :meth:`_values`
        """
        self.flush_model()
        self._drop_others(company, day, [row["check_id"] for row in rows])
        if rows:
            self.env.execute_query(self._upsert(rows))
        self.invalidate_model()
        # what is shown beside the checks
        self.env["qualiopi.check"].invalidate_model()

    @api.model
    def _drop_others(self, company, day, checks):
        self.env.execute_query(
            SQL(
                "DELETE FROM qualiopi_check_result WHERE company_id = %s AND day = %s "
                "AND NOT check_id = ANY(%s) RETURNING id",
                company.id,
                day,
                checks,
            )
        )

    @api.model
    def _upsert(self, rows):
        now = self.env.cr.now()
        values = [
            SQL(
                "(%s)",
                SQL(", ").join(
                    SQL("%s", value)
                    for value in (
                        row["company_id"],
                        row["day"],
                        row["check_id"],
                        *(row[name] for name in COUNTED),
                        self.env.uid,
                        now,
                        self.env.uid,
                        now,
                    )
                ),
            )
            for row in rows
        ]
        columns = ("company_id", "day", "check_id", *COUNTED)
        columns += ("create_uid", "create_date", "write_uid", "write_date")
        again = (*COUNTED, "write_uid", "write_date")
        return SQL(
            """
            INSERT INTO qualiopi_check_result (%s) VALUES %s
            ON CONFLICT (company_id, day, check_id) DO UPDATE SET %s RETURNING id
            """,
            SQL(", ").join(map(SQL.identifier, columns)),
            SQL(", ").join(values),
            SQL(", ").join(
                SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
                for name in again
            ),
        )

    def write(self, vals):
        if not self.env.su:
            self._refuse()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if not self.env.su:
            self._refuse()

    def _refuse(self):
        raise UserError(
            self.env._("What was counted on a day is history: it does not change.")
        )

    def action_open_missing(self):
        """Open the records that are not as they should be, with what they lack."""
        self.ensure_one()
        return self._open_subjects(False)

    def action_open_satisfied(self):
        """Open the records that count."""
        self.ensure_one()
        return self._open_subjects(True)

    def _open_subjects(self, satisfied):
        self.check_access("read")
        return self.check_id._open_subjects(self.company_id, self.day, satisfied)

    @api.model
    def action_open_today(self):
        """Open what each check counts today, counted now if it was not yet."""
        self.check_access("read")
        self.env["qualiopi.checklist"]._read_living_if_old()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "qualiopi_compliance.qualiopi_check_result_action"
        )
