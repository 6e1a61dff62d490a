from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...rules.periods import Period
from ...rules.rates import Comparison, Counts, Tally, compare, rates_for
from .qualiopi_learner_result import FEEDBACK, HAIR, LAST_ANSWER, LAST_DAY

# What results are told apart by: a column of the sessions (see ``_sessions``).
GROUPS = {
    "event": SQL("session.event_id"),
    "program": SQL("session.program_id"),
    "category": SQL("session.category_id"),
    "company": SQL("session.company_id"),
}
CAUSE = "cause_"


@dataclass(frozen=True)
class Results:
    """The rates of one population, beside those of the period before.

    :param now: what was counted
    :param before: what was counted over the period before
    :param rates: those that suit the population, in the order in which they are shown
    """

    now: Tally
    before: Tally
    rates: tuple[Comparison, ...]


class QualiopiRates(models.AbstractModel):
    """Counts learners, answers and requests, for any period, in four queries.

    A session belongs to the period in which it ends, and all that is counted of it
    with it: so the counts of sessions add up to those of their programme, and those
    of programmes to those of the company. What is not over yet is not counted.

    Numbers only, whatever the reader's rights: whoever shows them checks those.
    """

    _name = "qualiopi.rates"
    _description = "Result rates"

    @api.model
    def _rates(
        self,
        company,
        first,
        last,
        by="company",
        programs=None,
        events=None,
        before=None,
    ):
        """The rates of a period, beside those of the period before.

        The number of queries depends neither on the data nor on the groups.

        :param first: first day of the period; last: its last day
        :param by: what they are told apart by, one of :data:`GROUPS`
        :param programs: only these, all of the company's by default
        :param events: only these sessions
        :param before: the same arguments for what to compare with, else it is the
            same population in the period right before
        :return: id of the group -> its results; the company is always among them
        :rtype: dict[int, Results]
        """
        company = company.sudo()
        scope = {"programs": programs, "events": events}
        earlier = Period(first, last).before()
        before = {
            "first": earlier.first,
            "last": earlier.last,
            **scope,
            **(before or {}),
        }
        now = self._tallies(company, first, last, by, **scope)
        then = self._tallies(company, by=by, **before)
        if by == "company":
            kind = self._population(company, **scope)
            now[company.id] = now.get(company.id, Tally()) + kind
        minimum, none = company.qualiopi_sample_minimum, Tally()
        return {
            key: self._compare(now.get(key, none), then.get(key, none), minimum)
            for key in now | then
        }

    @api.model
    def _compare(self, now, before, minimum):
        kind = now + before
        rates = [
            rates_for(tally.counts, kind.categories, kind.certifying, minimum)
            for tally in (now, before)
        ]
        pairs = zip(*rates, strict=True)
        return Results(now, before, tuple(compare(*pair) for pair in pairs))

    @api.model
    def _tallies(self, company, first, last, by="company", programs=None, events=None):
        """Count over the sessions of a company that ended in a period.

        :return: id of the group -> what was counted, for groups with anything
        :rtype: dict[int, Tally]
        """
        self.env.flush_all()
        values = defaultdict(dict)
        for query in self._queries(company.sudo(), first, last, by, programs, events):
            for row in self.env.execute_query_dict(query):
                values[row.pop("key")].update(row)
        return {key: self._tally(row) for key, row in values.items()}

    @api.model
    def _queries(self, company, first, last, by, programs, events):
        """:return: the queries on learners, answers, people asked and requests"""
        last = min(last, self.env["qualiopi.framework"]._today())
        sessions = self._sessions(company, first, last, programs, events)
        group = GROUPS[by]
        return [
            self._learners_query(group, sessions),
            self._answers_query(group, sessions, company.qualiopi_satisfied_from),
            self._asked_query(group, sessions),
            self._access_query(group, company, first, last, programs, events),
        ]

    @api.model
    def _tally(self, row):
        causes = {
            name.removeprefix(CAUSE): count
            for name, count in row.items()
            if name.startswith(CAUSE) and count
        }
        return Tally(
            Counts.of(row),
            causes,
            frozenset(row.get("categories") or ()),
            bool(row.get("certifying")),
        )

    @api.model
    def _population(self, company, programs, events):
        """:return: of what kind the programmes are, whether they had sessions or not"""
        conditions = [SQL("program.company_id = %s", company.id)]
        if events is not None:
            programs = events.sudo().qualiopi_program_id
        if programs is not None:
            conditions.append(SQL("program.id IN %s", tuple(programs.ids) or (0,)))
        else:
            conditions.append(SQL("program.active AND program.state != 'retired'"))
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT array_agg(DISTINCT category.code) AS categories,
                    bool_or(program.certifying) AS certifying
                FROM qualiopi_program program
                JOIN qualiopi_category category ON category.id = program.category_id
                WHERE %s
                """,
                SQL(" AND ").join(conditions),
            )
        )
        return self._tally(row)

    @api.model
    def _sessions(self, company, first, last, programs, events):
        """:return: the sessions counted, which ended from one day to the other"""
        return self.env["qualiopi.learner.result"]._sessions(
            SQL("event.company_id = %s", company.id),
            # by UTC times first, which an index knows, then by days
            SQL(
                "event.date_end >= %s AND event.date_end < %s",
                first - timedelta(days=1),
                last + timedelta(days=2),
            ),
            SQL("%s BETWEEN %s AND %s", LAST_DAY, first, last),
            *self._only(SQL("event.qualiopi_program_id"), programs),
            *self._only(SQL("event.id"), events),
        )

    @api.model
    def _only(self, column, records):
        """:return: condition that keeps to some records, none to keep to"""
        if records is None:
            return []
        return [SQL("%s IN %s", column, tuple(records.ids) or (0,))]

    @api.model
    def _learners_query(self, group, sessions):
        field = self.env["event.registration"]._fields["qualiopi_drop_out_cause"]
        causes = [
            SQL(
                "count(*) FILTER (WHERE dropped = 1 AND COALESCE(cause, '') = %s) "
                "AS %s",
                code,
                SQL.identifier(CAUSE + code),
            )
            for code in ("", *field.get_values(self.env))
        ]
        return SQL(
            """
            SELECT %(group)s AS key, count(DISTINCT session.event_id) AS sessions,
                array_agg(DISTINCT category.code) AS categories,
                bool_or(session.certifying) AS certifying,
                sum(started) AS started, sum(finished) AS finished,
                sum(dropped) AS dropped, count(presented) AS enrolled_exam,
                sum(presented) AS presented, sum(awarded) AS awarded,
                count(partly_awarded) AS candidates,
                sum(partly_awarded) AS partly_awarded,
                count(followed_up) AS due_follow_up, sum(followed_up) AS followed_up,
                %(causes)s
            FROM (%(rows)s) session
            JOIN qualiopi_category category ON category.id = session.category_id
            GROUP BY 1
            """,
            group=group,
            causes=SQL(", ").join(causes),
            rows=self.env["qualiopi.learner.result"]._rows(sessions),
        )

    @api.model
    def _answers_query(self, group, sessions, satisfied_from):
        # the last answer of somebody counts; those of cancelled files do not
        return SQL(
            """
            SELECT key, count(*) FILTER (WHERE rated) AS rated,
                count(*) FILTER (WHERE rated AND satisfaction >= %(satisfied_from)s)
                    AS satisfied,
                count(*) FILTER (WHERE rated AND anonymous) AS anonymous
            FROM (
                SELECT DISTINCT ON (
                        session.id, COALESCE(given.qualiopi_registration_id, -given.id)
                    )
                    %(group)s AS key, given.qualiopi_rated AS rated,
                    given.qualiopi_satisfaction AS satisfaction,
                    survey.qualiopi_anonymous AS anonymous
                FROM (%(sessions)s) session
                JOIN survey_user_input given ON given.qualiopi_event_id = session.id
                JOIN survey_survey survey ON survey.id = given.survey_id
                LEFT JOIN event_registration learner
                    ON learner.id = given.qualiopi_registration_id
                WHERE %(feedback)s AND learner.state IS DISTINCT FROM 'cancel'
                ORDER BY session.id,
                    COALESCE(given.qualiopi_registration_id, -given.id),
                    %(last_answer)s
            ) answer
            GROUP BY 1
            """,
            group=group,
            sessions=sessions,
            satisfied_from=satisfied_from - HAIR,
            feedback=FEEDBACK,
            last_answer=LAST_ANSWER,
        )

    @api.model
    def _asked_query(self, group, sessions):
        # somebody asked twice is one learner asked
        return SQL(
            """
            SELECT key, count(*) AS asked, sum(answered) AS replied
            FROM (
                SELECT %(group)s AS key,
                    max((asked.state = 'answered')::int) AS answered
                FROM (%(sessions)s) session
                JOIN qualiopi_survey_invitation asked ON asked.event_id = session.id
                    AND asked.purpose = 'feedback'
                    AND asked.state IN ('sent', 'answered')
                LEFT JOIN event_registration learner
                    ON learner.id = asked.registration_id
                WHERE learner.state IS DISTINCT FROM 'cancel'
                GROUP BY 1, session.id, COALESCE(asked.registration_id, -asked.id)
            ) learner
            GROUP BY 1
            """,
            group=group,
            sessions=sessions,
        )

    @api.model
    def _access_query(self, group, company, first, last, programs, events):
        # one start for each request: that of the first session joined, whichever
        return SQL(
            """
            SELECT %(group)s AS key, count(*) AS access_requests,
                sum(session.first_day - session.requested) AS access_days
            FROM (
                SELECT DISTINCT ON (lead.id) lead.qualiopi_requested_on AS requested,
                    event.*
                FROM (%(sessions)s) event
                JOIN event_registration learner ON learner.event_id = event.id
                    AND learner.active AND learner.state IN ('open', 'done')
                JOIN crm_lead lead ON lead.id = learner.qualiopi_lead_id
                WHERE lead.qualiopi_requested_on IS NOT NULL
                ORDER BY lead.id, event.date_begin, event.id
            ) session
            WHERE %(conditions)s
            GROUP BY 1
            """,
            group=group,
            sessions=self.env["qualiopi.learner.result"]._sessions(
                SQL("event.company_id = %s", company.id)
            ),
            conditions=SQL(" AND ").join(
                [
                    SQL("session.first_day BETWEEN %s AND %s", first, last),
                    SQL("session.requested <= session.first_day"),
                    *self._only(SQL("session.program_id"), programs),
                    *self._only(SQL("session.id"), events),
                ]
            ),
        )
