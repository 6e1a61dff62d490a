from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import FIRST_DAY, LAST_DAY
from .collector import Measure, Source

# Months after which somebody who followed a skills assessment is heard again.
SIX_MONTHS = SQL("interval '6 months'")
# Days left to ask for feedback, to answer for an absence, to call the company.
DAYS_LEFT = 30


class QualiopiCollector(models.AbstractModel):
    """Learner files: who was enrolled, what was done for him, what he reached.

    The same pieces as in ``rules/learner_file.py``, due on the same days: a test keeps
    the two together.
    """

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "learner",
                "event.registration",
                self._learner_rows(reading),
                self._learner_measures(reading.day),
                {
                    "registration_id": SQL("subject.id"),
                    "event_id": SQL("subject.event_id"),
                    "program_id": SQL("subject.program_id"),
                },
                # a file is complete once it is over; who never came has none
                everyone=SQL(
                    "subject.end_day < %s AND (NOT subject.dropped OR subject.present)",
                    reading.day,
                ),
                category=True,
                principal=True,
                conditions=self._learner_conditions(),
            ),
        ]

    @api.model
    def _learner_conditions(self):
        return {
            "certifying": SQL("subject.recognised"),
            "distance": SQL("subject.distance"),
            "work_study": SQL("subject.work_study"),
            "training_at_work": SQL("(subject.work_study OR subject.at_work)"),
            "over_two_days": SQL("subject.over_two_days"),
        }

    @api.model
    def _learner_measures(self, day):
        before = SQL("subject.first_day <= %s", day)
        during = SQL("subject.first_day < %s", day)
        after = SQL("subject.end_day < %s", day)
        finished = SQL("NOT subject.dropped")
        return {
            **self._entry_measures(before, day),
            "learner.attendance": Measure(
                SQL(
                    "%s AND (NOT subject.dropped "
                    "OR subject.dropped_on > subject.first_day)",
                    during,
                ),
                SQL("subject.attended"),
            ),
            "learner.absence": Measure(
                SQL("subject.absent_on IS NOT NULL"),
                SQL("subject.followed_on >= subject.absent_on"),
            ),
            "learner.drop_out": Measure(
                SQL("subject.dropped"), SQL("subject.drop_out_reason != ''")
            ),
            "learner.exam_enrolment": Measure(
                SQL("subject.certifying AND %s AND %s", during, finished),
                SQL("subject.exam_enrolled_on <= %s", day),
            ),
            "learner.outcome": Measure(
                SQL("%s AND %s", after, finished),
                SQL("subject.assessed >= subject.objectives"),
            ),
            "learner.exam_result": Measure(
                SQL("subject.certifying AND %s AND %s", after, finished),
                SQL("subject.examined"),
            ),
            "learner.certificate": Measure(
                SQL("%s AND (NOT subject.dropped OR subject.present)", after),
                SQL("subject.certificate_on <= %s", day),
            ),
            **self._support_measures(before, finished, day),
        }

    @api.model
    def _entry_measures(self, before, day):
        """:return: what is due on the first day of the session"""
        return {
            "learner.need": Measure(before, SQL("subject.need_on <= %s", day)),
            "learner.entry": Measure(before, SQL("subject.entry_on <= %s", day)),
            "learner.adjustment": Measure(before, SQL("subject.adjustment != ''")),
            "learner.contract": Measure(before, SQL("subject.contract_on <= %s", day)),
            "learner.convocation": Measure(
                before, SQL("subject.convocation_on <= %s", day)
            ),
            "learner.documents": Measure(before, SQL("subject.documents > 0")),
        }

    @api.model
    def _support_measures(self, before, finished, day):
        return {
            "learner.adaptation": Measure(
                SQL("%s AND subject.adjustment = 'yes'", before),
                SQL("subject.adapted"),
            ),
            "learner.proposal": Measure(
                SQL("%s AND subject.proposal != ''", before),
                SQL("subject.proposal IN ('confirmed', 'dismissed')"),
            ),
            "learner.company_contact": Measure(
                SQL(
                    "subject.work_study AND %s AND subject.first_day + %s <= %s",
                    finished,
                    DAYS_LEFT,
                    day,
                ),
                SQL("subject.company_contact"),
            ),
            "learner.distance": Measure(
                SQL("subject.distance AND %s AND subject.last_day < %s", finished, day),
                SQL("subject.distance_checked"),
            ),
            "learner.teaching_feedback": Measure(
                SQL("%s AND subject.last_day + %s <= %s", finished, DAYS_LEFT, day),
                SQL("subject.asked_teaching"),
            ),
            "learner.six_months": Measure(
                SQL(
                    "subject.category = 'BC' AND %s AND subject.last_day + %s <= %s",
                    finished,
                    SIX_MONTHS,
                    day,
                ),
                SQL("subject.six_months"),
            ),
            "learner.feedback": Measure(
                SQL("%s AND subject.last_day + %s <= %s", finished, DAYS_LEFT, day),
                SQL("subject.asked_feedback"),
            ),
        }

    @api.model
    def _learner_rows(self, reading):
        return SQL(
            """
            SELECT learner.id, learner.company_id, learner.event_id,
                event.qualiopi_program_id AS program_id, dates.last_day AS day,
                category.code AS category, dates.first_day, dates.last_day,
                dropped.yes AS dropped,
                learner.qualiopi_dropped_on AS dropped_on,
                CASE WHEN dropped.yes THEN GREATEST(
                    dates.first_day,
                    LEAST(dates.last_day, learner.qualiopi_dropped_on)
                ) ELSE dates.last_day END AS end_day,
                program.certifying, %(recognised)s AS recognised, %(session)s,
                COALESCE(learner.qualiopi_funding, '')
                    IN ('apprenticeship', 'professionalisation', 'promotion')
                    OR category.code = 'CFA' AS work_study,
                learner.qualiopi_need_on AS need_on,
                learner.qualiopi_entry_on AS entry_on,
                COALESCE(learner.qualiopi_adjustment, '') AS adjustment,
                learner.qualiopi_contract_on AS contract_on,
                learner.qualiopi_convocation_on AS convocation_on,
                learner.qualiopi_exam_enrolled_on AS exam_enrolled_on,
                learner.qualiopi_exam_result IS NOT NULL AS examined,
                learner.qualiopi_certificate_on AS certificate_on,
                btrim(COALESCE(learner.qualiopi_drop_out_reason, ''))
                    AS drop_out_reason,
                COALESCE(learner.qualiopi_proposal_state, '') AS proposal,
                COALESCE(given.number, 0) AS documents,
                attendance.registration_id IS NOT NULL AS attended,
                COALESCE(attendance.present, FALSE) AS present,
                -- what is recorded after he dropped out calls for nothing more
                CASE WHEN NOT dropped.yes
                        OR attendance.absent_last < learner.qualiopi_dropped_on
                    THEN attendance.absent_last
                    WHEN attendance.absent_first < learner.qualiopi_dropped_on
                    THEN attendance.absent_first
                END AS absent_on,
                GREATEST(follow_up.last_on, attendance.caught_up_on) AS followed_on,
                COALESCE(follow_up.adapted, FALSE)
                    OR btrim(COALESCE(learner.qualiopi_exam_adjustment, '')) != ''
                    OR btrim(COALESCE(event.qualiopi_adaptations, '')) != ''
                    AS adapted,
                COALESCE(follow_up.company, FALSE) AS company_contact,
                COALESCE(follow_up.six_months, FALSE) AS six_months,
                COALESCE(follow_up.distance, FALSE) AS distance_checked,
                COALESCE(outcome.assessed, 0) AS assessed,
                objective.number AS objectives,
                COALESCE(asked.feedback, FALSE) AS asked_feedback,
                COALESCE(asked.teaching, FALSE) AS asked_teaching,
                proof.held, proof.lasting
            FROM event_registration learner
            JOIN event_event event ON event.id = learner.event_id
            JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
            JOIN qualiopi_category category ON category.id = program.category_id
            JOIN res_company company ON company.id = program.company_id
            CROSS JOIN LATERAL (
                SELECT %(first_day)s AS first_day, %(last_day)s AS last_day
            ) dates
            CROSS JOIN LATERAL (
                SELECT COALESCE(learner.qualiopi_dropped_on <= %(day)s, FALSE) AS yes
            ) dropped
            %(entrusted)s
            %(pieces)s
            LEFT JOIN (%(proof)s) proof ON proof.id = learner.id
            WHERE learner.active AND learner.state IN ('open', 'done')
                AND event.kanban_state IS DISTINCT FROM 'cancel'
                AND event.company_id = ANY(%(companies)s)
                AND learner.company_id = ANY(%(companies)s) AND %(since)s
                AND %(wanted)s
            """,
            session=self._session_columns(),
            recognised=self._recognised(),
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            day=reading.day,
            entrusted=self._entrusted(),
            pieces=self._learner_pieces(reading),
            proof=self._held(reading, "learner"),
            companies=list(reading.companies),
            since=self._since(reading, "learner"),
            wanted=self._wanted_learners(reading, SQL("learner.id")),
        )

    @api.model
    def _session_columns(self):
        """:return: what learners and sessions share"""
        return SQL(
            """
            COALESCE(event.qualiopi_teaching_mode, '') IN ('distance', 'blended')
                OR COALESCE(event.qualiopi_distance_hours, 0) > 0 AS distance,
            COALESCE(program.teaching_mode, '') = 'at_work' OR category.code = 'CFA'
                AS at_work,
            COALESCE(program.duration_days, 0) > 2
                OR COALESCE(program.duration_days, 0) = 0
                    AND COALESCE(program.duration_hours, 0) > 14 AS over_two_days,
            event.qualiopi_principal_id IS NOT NULL AS for_principal,
            btrim(COALESCE(event.qualiopi_principal_tasks, '')) != '' AS tasks,
            entrusted.numbers AS entrusted
            """
        )

    @api.model
    def _recognised(self):
        """:return: whether ``program`` leads to a professional certification: guide V9
        limits it to the RNCP, the company says whether the RS counts
        """
        return SQL(
            "(program.certifying AND (program.recognition IS DISTINCT FROM 'rs' "
            "OR COALESCE(company.qualiopi_rs_certifying, FALSE)))"
        )

    @api.model
    def _entrusted(self):
        """:return: joins the indicators that the contract with a principal leaves us"""
        return SQL(
            """
            LEFT JOIN (
                SELECT named.contract_id, array_agg(indicator.number) AS numbers
                FROM qualiopi_subcontract_indicator_rel named
                JOIN qualiopi_indicator indicator ON indicator.id = named.indicator_id
                GROUP BY 1
            ) entrusted ON entrusted.contract_id = event.qualiopi_subcontract_id
            """
        )

    @api.model
    def _since(self, reading, name):
        """:return: condition on ``event`` that an index knows; exact ones come later"""
        since = reading.since.get(name)
        window = SQL("event.date_end >= %s::date - 1", since) if since else SQL("TRUE")
        return SQL("%s AND %s", window, self._wanted_sessions(reading, name))

    @api.model
    def _learner_pieces(self, reading):
        return SQL(
            """
            LEFT JOIN (
                SELECT registration_id, bool_or(state = 'present') AS present,
                    min(date) FILTER (WHERE %(due)s) AS absent_first,
                    max(date) FILTER (WHERE %(due)s) AS absent_last,
                    max(date) FILTER (WHERE kind = 'catch_up' AND state = 'present')
                        AS caught_up_on
                FROM qualiopi_attendance
                WHERE date <= %(day)s AND company_id = ANY(%(companies)s)
                    AND %(within)s
                GROUP BY 1
            ) attendance ON attendance.registration_id = learner.id
            LEFT JOIN (
                SELECT registration_id, max(date) FILTER (
                        WHERE kind NOT IN ('distance', 'six_months')
                    ) AS last_on,
                    bool_or(kind = 'adaptation') AS adapted,
                    bool_or(kind = 'company') AS company,
                    bool_or(kind = 'six_months') AS six_months,
                    bool_or(kind = 'distance') AS distance
                FROM qualiopi_follow_up
                WHERE date <= %(day)s AND company_id = ANY(%(companies)s)
                    AND %(within)s
                GROUP BY 1
            ) follow_up ON follow_up.registration_id = learner.id
            LEFT JOIN (
                SELECT registration_id, count(DISTINCT objective_id) AS assessed
                FROM qualiopi_outcome
                WHERE result IS NOT NULL AND company_id = ANY(%(companies)s)
                    AND (assessed_on IS NULL OR assessed_on <= %(day)s)
                    AND %(within)s
                GROUP BY 1
            ) outcome ON outcome.registration_id = learner.id
            LEFT JOIN (
                SELECT program_id, count(*) AS number FROM qualiopi_program_objective
                GROUP BY 1
            ) objective ON objective.program_id = program.id
            LEFT JOIN (
                SELECT registration_id, count(*) AS number
                FROM qualiopi_learner_document
                WHERE given_on <= %(day)s AND company_id = ANY(%(companies)s)
                    AND %(own)s
                GROUP BY 1
            ) given ON given.registration_id = learner.id
            LEFT JOIN (%(asked)s) asked ON asked.registration_id = learner.id
            """,
            day=reading.day,
            due=SQL("state = 'absent' AND date + %s <= %s", DAYS_LEFT, reading.day),
            companies=list(reading.companies),
            within=self._within_sessions(reading, "learner"),
            own=self._wanted_learners(reading),
            asked=self._asked_for_feedback(reading),
        )

    @api.model
    def _asked_for_feedback(self, reading):
        """:return: who was asked, or answered without being asked"""
        return SQL(
            """
            SELECT registration_id, bool_or(purpose = 'feedback') AS feedback,
                bool_or(purpose = 'teaching') AS teaching
            FROM (
                SELECT registration_id, purpose FROM qualiopi_survey_invitation
                WHERE purpose IN ('feedback', 'teaching')
                    AND state IN ('sent', 'answered', 'heard')
                    AND company_id = ANY(%(companies)s)
                    AND COALESCE(sent_on, answered_on) <= %(day)s
                UNION ALL
                SELECT qualiopi_registration_id, qualiopi_purpose
                FROM survey_user_input
                WHERE qualiopi_purpose IN ('feedback', 'teaching') AND state = 'done'
                    AND test_entry IS NOT TRUE
                    AND qualiopi_company_id = ANY(%(companies)s)
                    AND end_datetime < %(day)s::date + 1
            ) given
            WHERE registration_id IS NOT NULL AND %(own)s
            GROUP BY 1
            """,
            own=self._wanted_learners(reading),
            day=reading.day,
            companies=list(reading.companies),
        )
