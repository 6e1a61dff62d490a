from odoo import api, fields, models
from odoo.tools import SQL

# Floating point: a mean of exactly the threshold must not miss it by a hair.
HAIR = 0.000001
LAST_DAY = SQL(
    "(event.date_end AT TIME ZONE 'UTC' "
    "AT TIME ZONE COALESCE(event.date_tz, 'Europe/Paris'))::date"
)
FIRST_DAY = SQL(
    "(event.date_begin AT TIME ZONE 'UTC' "
    "AT TIME ZONE COALESCE(event.date_tz, 'Europe/Paris'))::date"
)
# An answer to the immediate feedback questionnaire that counts.
FEEDBACK = SQL(
    "given.state = 'done' AND given.test_entry IS NOT TRUE "
    "AND given.qualiopi_purpose = 'feedback'"
)
# Of two answers of one learner the last one counts.
LAST_ANSWER = SQL("given.end_datetime DESC NULLS LAST, given.id DESC")


class QualiopiLearnerResult(models.Model):
    """How each learner of a session that is over fared: one row each, read only.

    Each measure is 1, 0 or nothing, so that its average over any group is the rate
    of that group (``rules/rates.py``). Answers to anonymous surveys belong to nobody
    and are not among them: the rates proper count them.

    Archived sessions took place and count; cancelled ones did not.
    """

    _name = "qualiopi.learner.result"
    _description = "Result of a learner"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "registration_id"
    _depends = {
        "event.registration": [
            "active",
            "event_id",
            "qualiopi_dropped_on",
            "qualiopi_drop_out_cause",
            "qualiopi_exam_result",
            "state",
        ],
        "event.event": [
            "company_id",
            "date_begin",
            "date_end",
            "date_tz",
            "kanban_state",
            "qualiopi_program_id",
        ],
        "qualiopi.program": ["category_id", "certifying"],
        "qualiopi.attendance": ["registration_id", "state"],
        "qualiopi.follow.up": ["kind", "registration_id"],
        "qualiopi.survey.invitation": ["purpose", "registration_id", "state"],
        "survey.user_input": [
            "end_datetime",
            "qualiopi_event_id",
            "qualiopi_purpose",
            "qualiopi_rated",
            "qualiopi_registration_id",
            "qualiopi_satisfaction",
            "state",
            "test_entry",
        ],
        "res.company": ["qualiopi_satisfied_from"],
    }

    registration_id = fields.Many2one("event.registration", "Learner", readonly=True)
    event_id = fields.Many2one("event.event", "Session", readonly=True)
    program_id = fields.Many2one("qualiopi.program", "Programme", readonly=True)
    category_id = fields.Many2one("qualiopi.category", "Category", readonly=True)
    company_id = fields.Many2one("res.company", "Company", readonly=True)
    date = fields.Date("End of the Session", readonly=True)
    certifying = fields.Boolean(readonly=True)
    cause = fields.Selection(
        selection="_causes", string="Cause of the Drop-Out", readonly=True
    )
    started = fields.Float("Began", aggregator="avg", readonly=True)
    finished = fields.Float("Completion", aggregator="avg", readonly=True)
    dropped = fields.Float("Drop-Out", aggregator="avg", readonly=True)
    presented = fields.Float("Presentation", aggregator="avg", readonly=True)
    awarded = fields.Float("Award", aggregator="avg", readonly=True)
    partly_awarded = fields.Float("Partial Award", aggregator="avg", readonly=True)
    followed_up = fields.Float("Six-Month Interview", aggregator="avg", readonly=True)
    answered = fields.Float("Response", aggregator="avg", readonly=True)
    satisfied = fields.Float("Satisfaction", aggregator="avg", readonly=True)
    asked = fields.Boolean(readonly=True)
    rated = fields.Boolean(readonly=True)

    @api.model
    def _causes(self):
        field = self.env["event.registration"]._fields["qualiopi_drop_out_cause"]
        return field._description_selection(self.env)

    @property
    def _table_query(self):
        today = self.env["qualiopi.framework"]._today()
        over = self._sessions(SQL("%s <= %s", LAST_DAY, today))
        return SQL(
            "SELECT result.*, result.answered IS NOT NULL AS asked, "
            "result.satisfied IS NOT NULL AS rated FROM (%s) result",
            self._rows(over, self._answers()),
        )

    @api.model
    def _sessions(self, *conditions):
        """:param conditions: on ``event`` and ``program``
        :return: sessions of programmes that were not cancelled
        """
        return SQL(
            """
            SELECT event.id, event.id AS event_id, event.company_id,
                event.qualiopi_program_id AS program_id, program.category_id,
                program.certifying, event.date_end, event.date_begin,
                %(last_day)s AS day, %(first_day)s AS first_day
            FROM event_event event
            JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
            WHERE event.kanban_state IS DISTINCT FROM 'cancel' AND %(conditions)s
            """,
            last_day=LAST_DAY,
            first_day=FIRST_DAY,
            conditions=SQL(" AND ").join([SQL("TRUE"), *conditions]),
        )

    @api.model
    def _answers(self):
        """:return: columns on what a learner answered, for :meth:`_rows`"""
        return SQL(
            """,
            (
                SELECT max((asked.state = 'answered')::int)
                FROM qualiopi_survey_invitation asked
                WHERE asked.registration_id = learner.id
                    AND asked.event_id = session.id
                    AND asked.purpose = 'feedback'
                    AND asked.state IN ('sent', 'answered')
            ) AS answered,
            (
                SELECT CASE WHEN given.qualiopi_rated THEN
                    (given.qualiopi_satisfaction >= (
                        SELECT company.qualiopi_satisfied_from - %(hair)s
                        FROM res_company company
                        WHERE company.id = session.company_id
                    ))::int END
                FROM survey_user_input given
                WHERE given.qualiopi_registration_id = learner.id
                    AND given.qualiopi_event_id = session.id AND %(feedback)s
                ORDER BY %(last_answer)s
                LIMIT 1
            ) AS satisfied""",
            hair=HAIR,
            feedback=FEEDBACK,
            last_answer=LAST_ANSWER,
        )

    @api.model
    def _rows(self, sessions, answers=None):
        """One row for each learner enrolled in these sessions.

        Who sat the exam came, whatever the attendance says; somebody whose
        attendance nobody recorded is taken to have come.

        :param sessions: see :meth:`_sessions`
        :param answers: see :meth:`_answers`, left out where nobody asks for them
        """
        return SQL(
            """
            SELECT learner.id, learner.id AS registration_id, session.id AS event_id,
                session.program_id, session.category_id, session.company_id,
                session.day AS date, session.certifying,
                learner.qualiopi_drop_out_cause AS cause, %(measures)s %(answers)s
            FROM (%(sessions)s) session
            JOIN qualiopi_category category ON category.id = session.category_id
            JOIN event_registration learner ON learner.event_id = session.id
                AND learner.active AND learner.state IN ('open', 'done')
            CROSS JOIN LATERAL (
                SELECT bool_or(attendance.state = 'present') AS present
                FROM qualiopi_attendance attendance
                WHERE attendance.registration_id = learner.id
            ) seen
            CROSS JOIN LATERAL (
                SELECT learner.qualiopi_exam_result
                    IN ('obtained', 'partial', 'failed') IS TRUE AS sat
            ) exam
            CROSS JOIN LATERAL (
                SELECT exam.sat, learner.qualiopi_dropped_on IS NOT NULL AS left_early,
                    learner.state = 'done' OR exam.sat
                    OR COALESCE(seen.present, true) AS came
            ) fact
            """,
            measures=self._measures(),
            answers=answers or SQL(""),
            sessions=sessions,
        )

    @api.model
    def _measures(self):
        """:return: columns of 1, 0 or nothing, for :meth:`_rows`"""
        return SQL(
            """
            fact.came::int AS started,
            CASE WHEN fact.came THEN (NOT fact.left_early)::int END AS finished,
            CASE WHEN fact.came THEN fact.left_early::int END AS dropped,
            CASE WHEN fact.came AND session.certifying
                THEN fact.sat::int END AS presented,
            CASE WHEN fact.sat AND session.certifying
                THEN (learner.qualiopi_exam_result = 'obtained')::int END AS awarded,
            CASE WHEN fact.sat AND session.certifying AND category.code = 'VAE'
                THEN (learner.qualiopi_exam_result = 'partial')::int
                END AS partly_awarded,
            CASE WHEN fact.came AND NOT fact.left_early AND category.code = 'BC'
                AND session.date_end + interval '6 months' <= %s
                THEN EXISTS (
                    SELECT FROM qualiopi_follow_up follow_up
                    WHERE follow_up.registration_id = learner.id
                        AND follow_up.kind = 'six_months'
                )::int END AS followed_up
            """,
            self.env["qualiopi.framework"]._today(),
        )
