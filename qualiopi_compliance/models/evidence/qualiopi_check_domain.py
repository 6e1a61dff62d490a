from ast import literal_eval

from psycopg2 import Error

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .collector import FILTERS, TRUE, Measure, Source

DATES = ("date", "datetime")


class QualiopiCheck(models.Model):
    """Checks set up by an administrator: two filters on any model with a company.

    Filters are plain domains: what they may name is what the one who sets them up may
    read. They count the records of one company, whoever asks; whoever opens the
    records behind finds those that he may read himself.

    The model is kept by its name: once it is uninstalled the check stays, and says so.
    """

    _inherit = "qualiopi.check"

    model = fields.Selection(
        selection="_selection_model",
        string="Records",
        help="Only records that belong to a company can be counted for one.",
    )
    model_label = fields.Char("Kind of Records", compute="_compute_model_label")
    population_domain = fields.Char("Looked At", default="[]")
    satisfied_domain = fields.Char("As They Should Be", default="[]")
    date_field = fields.Char(
        "Day",
        help="The field with the day on which a record is over: the window looks at "
        "it. Empty: it always counts.",
    )

    @api.model
    def _selection_model(self):
        """:return: models whose records say which company they belong to"""
        names = [
            name for name, model in self.env.registry.items() if _is_countable(model)
        ]
        # sudo: ir.model - only what they are called
        known = self.env["ir.model"].sudo().search([("model", "in", names)])
        return sorted(
            ((row.model, row.name) for row in known), key=lambda pair: pair[1]
        )

    @api.depends_context("lang")
    @api.depends("model")
    def _compute_model_label(self):
        for check in self:
            # sudo: ir.model - only what it is called
            known = self.env["ir.model"].sudo()._get(check.model)
            check.model_label = known.name or check.model

    @api.onchange("model")
    def _onchange_model(self):
        self.population_domain = self.satisfied_domain = "[]"
        self.date_field = False

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_model_known(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_model_known(vals)
        return super().write(vals)

    @api.model
    def _check_model_known(self, vals):
        """:raise ValidationError: for a model that cannot be counted, saying why"""
        name = vals.get("model")
        if name and name not in dict(self._selection_model()):
            raise ValidationError(
                self._no_company(name)
                if name in self.env.registry
                else self.env._(
                    "There are no records called “%(model)s”. Choose others.",
                    model=name,
                )
            )

    def _no_company(self, model):
        return self.env._(
            "“%(model)s” does not say which company a record belongs to, so it cannot "
            "be counted for one. Choose other records.",
            # sudo: ir.model - only what it is called
            model=self.env["ir.model"].sudo()._get(model).name or model,
        )

    @api.constrains(
        "kind", "model", "population_domain", "satisfied_domain", "date_field"
    )
    def _check_filters(self):
        for check in self:
            if check.kind == "domain":
                check._check_own_filters()

    def _check_own_filters(self):
        """:raise ValidationError: when the filters cannot be read, saying why"""
        self.ensure_one()
        if not self.model:
            raise ValidationError(
                self.env._("“%(name)s”: choose the records.", name=self.name)
            )
        source = self._filter_source(self.env.company.id)
        try:
            self._check_may_name()
        except AccessError as error:
            raise ValidationError(
                self.env._(
                    "“%(name)s”: you may not read all that it looks at (%(model)s), so "
                    "you cannot set it up. Ask somebody who may.",
                    name=self.name,
                    model=self.model_label,
                )
            ) from error
        try:
            # nothing is read: only whether the database understands it
            with self.env.cr.savepoint():
                self.env.execute_query(SQL("%s LIMIT 0", source.rows))
        except Error as error:
            raise ValidationError(self._database_problem(error)) from error

    def _check_may_name(self):
        """:raise AccessError: when the reader may not read what the filters name"""
        # constraints are checked with all rights: these are his own
        records = self.env[self.model].with_user(self.env.user)
        records.check_access("read")
        for name in ("population_domain", "satisfied_domain"):
            records._search(self._parsed(name, records))

    def _problem(self, company):
        self.ensure_one()
        if self.kind != "domain":
            return super()._problem(company)
        try:
            self._filter_source(company)
        except (AccessError, ValidationError) as error:
            return str(error)
        return self._database_problem(Error())

    def _filter_source(self, company):
        """What the filters describe, as far as the reader may see it.

        :param company: id of the company whose records are looked at
        :return: :class:`Source` with one measure
        :raise AccessError: when the reader may not read such records
        :raise ValidationError: when they cannot be read by anybody, saying why
        """
        self.ensure_one()
        records = self._filter_model()
        # sudo: any model - whether a record is as it should be does not depend on who
        # asks; which of them he is shown does
        everything = records.sudo()
        asked, good = (
            everything._search(self._parsed(name, everything))
            for name in ("population_domain", "satisfied_domain")
        )
        table = SQL.identifier(records._table)
        return Source(
            f"filters-{self.id}",
            records._name,
            SQL(
                """
                SELECT %(table)s.id, %(company)s AS company_id, %(day)s AS day,
                    %(table)s.id IN %(good)s AS good
                FROM %(table)s
                WHERE %(table)s.%(owner)s = %(company)s
                    AND %(table)s.id IN %(asked)s AND %(readable)s
                """,
                table=table,
                company=company,
                owner=SQL.identifier(_owner(records)),
                day=self._day_column(records),
                good=good.subselect(),
                asked=asked.subselect(),
                readable=self._readable(records),
            ),
            {FILTERS: Measure(TRUE, SQL("subject.good"))},
            {},
        )

    @api.model
    def _readable(self, records):
        """:return: condition on the table: the reader may read the record"""
        if self.env.su:
            return TRUE
        records.check_access("read")
        table = SQL.identifier(records._table)
        own = records.with_context(active_test=False)._search([])
        return SQL("%s.id IN %s", table, own.subselect())

    def _filter_model(self):
        name = self.model
        if name not in self.env.registry:
            raise ValidationError(
                self.env._(
                    "“%(name)s”: the records it looks at (%(model)s) are no longer "
                    "there. Was an addon uninstalled? Archive the check, or choose "
                    "other records.",
                    name=self.name,
                    model=name or "–",
                )
            )
        records = self.env[name]
        if not _is_countable(records):
            raise ValidationError(self._no_company(name))
        return records

    def _day_column(self, records):
        """:return: the day on which a record is over, in Paris"""
        if not self.date_field:
            return SQL("NULL::date")
        field = records._fields.get(self.date_field)
        if not (field and field.store and field.type in DATES):
            raise ValidationError(
                self.env._(
                    "“%(name)s”: “%(field)s” is not a stored date of these records. "
                    "Choose another day, or none.",
                    name=self.name,
                    field=self.date_field,
                )
            )
        column = SQL.identifier(records._table, self.date_field)
        if field.type == "date":
            return column
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date", column)

    def _parsed(self, name, records):
        """:return: the filter in this field
        :raise ValidationError: when it cannot be read
        """
        try:
            domain = Domain(literal_eval(self[name] or "[]"))
        except Exception as error:
            raise ValidationError(
                self._unreadable(name, self.env._("it is not a filter"))
            ) from error
        for condition in domain.iter_conditions():
            first = condition.field_expr.split(".")[0]
            if first not in records._fields:
                raise ValidationError(
                    self._unreadable(
                        name,
                        self.env._("there is no field “%(field)s”", field=first),
                    )
                )
        try:
            domain.validate(records)
            records._search(domain)
        except AccessError:
            raise
        except Exception as error:
            raise ValidationError(self._unreadable(name, str(error))) from error
        return domain

    def _unreadable(self, name, problem):
        return self.env._(
            "“%(name)s”: the filter “%(field)s” cannot be read: %(problem)s.",
            name=self.name,
            field=self._fields[name]._description_string(self.env),
            problem=problem,
        )


def _owner(records):
    """:return: name of the column with the company of a record"""
    return "id" if records._name == "res.company" else "company_id"


def _is_countable(model):
    """:return: whether its records are kept, and each belongs to a company"""
    if model._abstract or model._transient or not model._auto:
        return False
    owner = model._fields.get(_owner(model))
    return bool(owner and owner.store)
