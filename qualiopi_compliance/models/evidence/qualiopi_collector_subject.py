from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from .collector import FILTERS
from .scopes import SCOPE_MODELS

# What a check says of a row, in the two lowest bits beside its number.
MISSING, SATISFIED, SOON = range(3)
STATES = 4
# Of more learner files than that all are read.
MANY = 5000


class QualiopiCollector(models.AbstractModel):
    """The records behind the counts, one row for each check that asks about them.

    The same conditions as are counted, over the same rows: what is listed adds up to
    what was counted.
    """

    _inherit = "qualiopi.collector"

    @api.model
    def _subjects(self, reading, asked, focus):
        """:param focus: field of ``qualiopi.check.subject`` -> the only values of rows
            that are looked for; others may be left out
        :return: query of the rows looked at, with whether they are as they should
        be, one for each check and record; ``None`` when nothing is asked
        """
        queries = [
            self._subject_query(source, mine)
            for source, mine in self._by_source(self._focused(reading, focus), asked)
            if self._in_focus(source, focus)
        ]
        return SQL(" UNION ALL ").join(queries) if queries else None

    @api.model
    def _in_focus(self, source, focus):
        """:return: whether rows of this source may be among those looked for"""
        models = focus.get("res_model")
        if models is not None and source.model not in models:
            return False
        links = self._source_links(source)
        fields = self.env["qualiopi.check.subject"]._link_fields()
        return all(name in links for name in focus if name in fields)

    @api.model
    def _subject_query(self, source, asked):
        # OFFSET 0: the columns of a row are worked out once, not again for each check;
        # a list of numbers, because one row for each check costs twice as much to make
        return SQL(
            """
            SELECT (answer.code / %(states)s)::bigint * 4294967296 + answer.res_id
                AS id, answer.code / %(states)s AS check_id, answer.company_id,
                %(model)s AS res_model, %(scope)s AS scope, answer.res_id, answer.date,
                answer.code %% %(states)s != %(missing)s AS satisfied,
                answer.code %% %(states)s = %(soon)s AS soon, %(names)s
            FROM (
                SELECT subject.id AS res_id, subject.company_id, subject.day AS date,
                    %(links)s, unnest(array_remove(ARRAY[%(answers)s], NULL)) AS code
                FROM (%(rows)s OFFSET 0) subject
            ) answer
            """,
            states=STATES,
            missing=MISSING,
            soon=SOON,
            model=source.model,
            scope=self._source_scope(source),
            names=self._link_names(),
            links=self._link_columns(source),
            answers=SQL(", ").join(self._answer(source, each) for each in asked),
            rows=source.rows,
        )

    @api.model
    def _answer(self, source, asked):
        """:return: column with what a check says of a row, if it asks anything"""
        number = asked.check.id * STATES
        return SQL(
            """
            CASE WHEN (%(asked)s) IS NOT TRUE THEN NULL
                WHEN (%(satisfied)s) IS NOT TRUE THEN %(missing)s
                WHEN (%(soon)s) THEN %(soon_state)s ELSE %(good)s END
            """,
            asked=asked.population(source),
            satisfied=asked.satisfied(source),
            soon=asked.measure(source).soon,
            missing=number + MISSING,
            soon_state=number + SOON,
            good=number + SATISFIED,
        )

    @api.model
    def _source_scope(self, source):
        """:return: what kind of records its rows are, a key of the field ``scope``"""
        scopes = {model: scope for scope, model in SCOPE_MODELS.items()}
        scopes["crm.lead"] = "lead"
        return scopes.get(source.model, "other")

    @api.model
    def _source_links(self, source):
        """:return: field of ``qualiopi.check.subject`` -> column that fills it

        The rows of two filters say nothing themselves: they lead where the fields of
        their records do.
        """
        if source.links or FILTERS not in source.measures:
            return source.links
        Subject = self.env["qualiopi.check.subject"]
        records = self.env[source.model]
        links = {}
        for name in Subject._link_fields():
            model = Subject._fields[name].comodel_name
            if model == source.model:
                links[name] = SQL("subject.id")
            elif field := self._leading_field(records, name, model):
                links[name] = SQL(
                    "(SELECT own.%s FROM %s own WHERE own.id = subject.id)",
                    SQL.identifier(field),
                    SQL.identifier(records._table),
                )
        return links

    @api.model
    def _leading_field(self, records, name, model):
        """:return: name of the stored field of these records that leads to ``model``:
        the one called so, or the only one
        """
        fields = [
            field.name
            for field in records._fields.values()
            if field.type == "many2one" and field.store and field.comodel_name == model
        ]
        for wanted in (name, f"qualiopi_{name}"):
            if wanted in fields:
                return wanted
        return fields[0] if len(fields) == 1 else None

    @api.model
    def _link_columns(self, source):
        links = self._source_links(source)
        return SQL(", ").join(
            SQL("%s AS %s", links.get(name, SQL("NULL::integer")), SQL.identifier(name))
            for name in self.env["qualiopi.check.subject"]._link_fields()
        )

    @api.model
    def _link_names(self):
        names = self.env["qualiopi.check.subject"]._link_fields()
        return SQL(", ").join(SQL("answer.%s", SQL.identifier(name)) for name in names)

    # Which records are looked for: their ids, so that indexes find what is theirs

    @api.model
    def _focused(self, reading, focus):
        """:param focus: field of ``qualiopi.check.subject`` -> the only values of rows
        :return: the same reading, limited to what may have such values
        """
        own = focus.get("res_id")
        events, programs = focus.get("event_id", own), focus.get("program_id")
        learners = focus.get("registration_id", own)
        if learners is None and events is not None:
            learners = self._learners_of(SQL("event.id = ANY(%s)", list(events)))
        elif learners is None and programs is not None:
            learners = self._learners_of(
                SQL("event.qualiopi_program_id = ANY(%s)", list(programs))
            )
        named = {"learners": learners, "events": events, "programs": programs}
        return replace(
            reading,
            **{name: tuple(ids) for name, ids in named.items() if ids is not None},
        )

    @api.model
    def _learners_of(self, condition):
        """:param condition: on ``event``
        :return: ids of the learner files of these sessions; ``None`` for so many that
            the whole is read faster
        """
        query = SQL(
            """
            SELECT learner.id FROM event_registration learner
            JOIN event_event event ON event.id = learner.event_id
            WHERE %s LIMIT %s
            """,
            condition,
            MANY + 1,
        )
        ids = [identity for (identity,) in self.env.execute_query(query)]
        return ids if len(ids) <= MANY else None

    @api.model
    def _wanted_learners(self, reading, column=None):
        """:param column: with the id of a learner file, ``registration_id`` by default
        :return: condition: it is looked for
        """
        if reading.learners is None:
            return SQL("TRUE")
        column = column or SQL("registration_id")
        return SQL("%s = ANY(%s)", column, list(reading.learners))

    @api.model
    def _wanted_sessions(self, reading, name):
        """:param name: of the source whose rows are sessions, or belong to one
        :return: condition on ``event``: it is looked for
        """
        conditions = [SQL("TRUE")]
        if reading.programs is not None:
            programs = list(reading.programs)
            conditions.append(SQL("event.qualiopi_program_id = ANY(%s)", programs))
        if reading.events is not None and name == "session":
            conditions.append(SQL("event.id = ANY(%s)", list(reading.events)))
        return SQL(" AND ").join(conditions)

    @api.model
    def _within_sessions(self, reading, name):
        """:param name: of the source, whose rows are learners or sessions
        :return: condition on what belongs to them: it is looked for, or belongs to a
            session that is read; what belongs to others need not be counted
        """
        if name == "learner" and reading.learners is not None:
            return self._wanted_learners(reading)
        if name == "session" and reading.events is not None:
            return SQL("event_id = ANY(%s)", list(reading.events))
        return SQL(
            "event_id IN (SELECT event.id FROM event_event event "
            "WHERE event.company_id = ANY(%s) AND %s)",
            list(reading.companies),
            self._since(reading, name),
        )

    @api.model
    def _wanted_documents(self, reading, scope):
        """:return: condition on ``evidence``: it is about what is looked for"""
        if scope == "learner":
            return self._wanted_learners(reading)
        if scope == "session" and reading.events is not None:
            return SQL("event_id = ANY(%s)", list(reading.events))
        return SQL("TRUE")

    @api.model
    def _models(self):
        """:return: names of the models whose records checks look at"""
        sources = self._sources(self._no_reading())
        # sudo: qualiopi.check - which models, whoever asks
        filters = self.env["qualiopi.check"].sudo().search([("kind", "=", "domain")])
        names = {source.model for source in sources} | set(filters.mapped("model"))
        return sorted(name for name in names if name in self.env.registry)
