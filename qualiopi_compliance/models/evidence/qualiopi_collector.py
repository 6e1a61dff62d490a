import logging
from collections import defaultdict
from dataclasses import replace

from psycopg2 import Error

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL, split_every

from .asked import Count
from .collector import Reading
from .scopes import SCOPE_FIELDS

_logger = logging.getLogger(__name__)

# A statement that has this many columns is still far from PostgreSQL's limit.
CHECKS_AT_ONCE = 300


class QualiopiCollector(models.AbstractModel):
    """Counts what the records prove, one statement for each kind of records.

    Other rooms and addons add their own kind by extending :meth:`_sources`. The number
    of statements depends neither on the records nor on the checks asked.

    Numbers only, whatever the reader's rights: whoever shows records checks those.
    """

    _name = "qualiopi.collector"
    _description = "Collectors of evidence"

    @api.model
    def _sources(self, reading):
        """:param reading: :class:`Reading`
        :rtype: list[Source]
        """
        return []

    @api.model
    def _source_names(self):
        """:return: code of each measure -> name of its source"""
        return {
            code: source.name
            for source in self._sources(self._no_reading())
            for code in source.measures
        }

    @api.model
    def _source(self, name):
        """:return: the source of this name, for what does not depend on the day"""
        sources = self._sources(self._no_reading())
        return next((source for source in sources if source.name == name), None)

    @api.model
    def _no_reading(self):
        today = self.env["qualiopi.framework"]._today()
        return Reading(today, today, ())

    @api.model
    def _by_source(self, reading, asked):
        """:return: pairs of a source and what is asked of its rows

        Its rows are limited to what somebody asks about, which an index knows.
        """
        wanted = defaultdict(list)
        for each in asked:
            wanted[each.check.source].append(each)
        since = {
            name: min(each.since for each in mine)
            for name, mine in wanted.items()
            if all(each.since for each in mine)
        }
        sources = self._sources(replace(reading, since=since))
        pairs = [
            (source, [each for each in wanted[source.name] if each.known_to(source)])
            for source in sources
            if source.name in wanted
        ]
        return [pair for pair in pairs if pair[1]] + self._filter_sources(asked)

    @api.model
    def _filter_sources(self, asked):
        """:return: pairs like :meth:`_by_source`, one for each check by filters; those
        that cannot be read are left out
        """
        pairs = []
        for each in asked:
            if each.check.kind != "domain":
                continue
            try:
                pairs.append((each.check._filter_source(each.company), [each]))
            except (AccessError, ValidationError):
                continue
        return pairs

    @api.model
    def _before_reading(self):
        """Statements read what is stored, and are run as they are: to compile such
        long ones takes PostgreSQL longer than to run them (1.4 s of 3, measured).
        """
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL jit = off")

    @api.model
    def _collect(self, reading, asked):
        """Count, for one company, what these checks ask.

        :param reading: :class:`Reading`
        :type asked: list[Asked]
        :return: check -> :class:`Count`
        """
        self._before_reading()
        counts = {}
        for source, mine in self._by_source(reading, asked):
            for part in split_every(CHECKS_AT_ONCE, mine, list):
                counts |= self._count(source, part)
        for each in asked:
            if each.check not in counts:
                counts[each.check] = Count(failure=each.check._problem(each.company))
        return counts

    @api.model
    def _count(self, source, asked):
        """One check that fails must not keep the others from being counted."""
        try:
            with self.env.cr.savepoint(flush=False):
                [row] = self.env.execute_query(self._count_query(source, asked))
        except Error as error:
            if len(asked) > 1:
                alone = [self._count(source, [each]) for each in asked]
                return {check: count for part in alone for check, count in part.items()}
            [each] = asked
            _logger.exception("Cannot count check %s", each.check.id)
            problem = each.check._database_problem(error)
            return {each.check: Count(failure=problem)}
        triples = zip(row[::3], row[1::3], row[2::3], strict=True)
        return {
            each.check: Count(*triple)
            for each, triple in zip(asked, triples, strict=True)
        }

    @api.model
    def _count_query(self, source, asked):
        columns = []
        for each in asked:
            measure = each.measure(source)
            of = each.population(source)
            good = SQL("%s AND %s", of, each.satisfied(source))
            columns += [
                SQL("count(*) FILTER (WHERE %s)", of),
                SQL("count(*) FILTER (WHERE %s)", good),
                SQL("count(*) FILTER (WHERE %s AND (%s))", good, measure.soon),
            ]
        # OFFSET 0: the columns of a row are worked out once, not again for each check
        # that looks at them; measured, it takes a third less time
        return SQL(
            "SELECT %s FROM (%s OFFSET 0) subject", SQL(", ").join(columns), source.rows
        )

    @api.model
    def _held(self, reading, scope):
        """:param scope: of the documents, which says what they are about
        :return: a join, called ``proof``: types of the documents that each one has
        """
        return SQL(
            """
            SELECT %(column)s AS id, array_agg(evidence.type_id) AS held,
                array_agg(evidence.type_id) FILTER (
                    WHERE evidence.valid_until IS NULL
                        OR evidence.valid_until > %(horizon)s
                ) AS lasting
            FROM qualiopi_evidence evidence
            WHERE evidence.active AND evidence.type_id IS NOT NULL
                AND evidence.state = 'validated' AND evidence.effective_on <= %(day)s
                AND (evidence.valid_until IS NULL OR evidence.valid_until >= %(day)s)
                AND (evidence.superseded_on IS NULL
                    OR evidence.superseded_on > %(day)s)
                AND evidence.company_id = ANY(%(companies)s)
                AND evidence.scope = %(scope)s AND %(wanted)s
            GROUP BY 1
            """,
            scope=scope,
            wanted=self._wanted_documents(reading, scope),
            column=SQL("evidence.%s", SQL.identifier(SCOPE_FIELDS[scope])),
            day=reading.day,
            horizon=reading.horizon,
            companies=list(reading.companies),
        )
