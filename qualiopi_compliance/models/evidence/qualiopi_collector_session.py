from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import FIRST_DAY, LAST_DAY
from .collector import Measure, Source
from .qualiopi_collector_learner import DAYS_LEFT


class QualiopiCollector(models.AbstractModel):
    """Sessions: who teaches them, under which contract, who was asked about them."""

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "session",
                "event.event",
                self._session_rows(reading),
                self._session_measures(reading),
                {
                    "event_id": SQL("subject.id"),
                    "program_id": SQL("subject.program_id"),
                },
                # sheets and reports are complete once it is over
                everyone=SQL("subject.last_day < %s", reading.day),
                category=True,
                principal=True,
                conditions={
                    "certifying": SQL("subject.recognised"),
                    "distance": SQL("subject.distance"),
                    "training_at_work": SQL("subject.at_work"),
                    "over_two_days": SQL("subject.over_two_days"),
                },
            ),
        ]

    @api.model
    def _session_measures(self, reading):
        day, horizon = reading.day, reading.horizon
        begun = SQL("subject.first_day <= %s", day)
        over = SQL(
            "subject.learners > 0 AND subject.last_day + %s <= %s", DAYS_LEFT, day
        )
        return {
            "session.version": Measure(begun, SQL("subject.version_id IS NOT NULL")),
            "session.trainer": Measure(begun, SQL("subject.teachers > 0")),
            "session.qualified": Measure(
                SQL("%s AND subject.teachers > 0", begun),
                SQL("COALESCE(subject.unqualified_on > %s, TRUE)", day),
                SQL("subject.unqualified_on <= %s", horizon),
            ),
            "session.contract": Measure(
                SQL("%s AND subject.outside", begun),
                SQL("COALESCE(subject.uncovered_on > %s, TRUE)", day),
                SQL("subject.uncovered_on <= %s", horizon),
            ),
            # who teaches alone and runs the company is no team to be asked
            "session.team_feedback": Measure(
                SQL("%s AND NOT subject.for_principal AND subject.team", over),
                SQL("subject.team_asked"),
            ),
            "session.company_feedback": Measure(
                SQL(
                    "%s AND NOT subject.for_principal AND subject.category != 'BC' "
                    "AND subject.with_company",
                    over,
                ),
                SQL("subject.company_asked"),
            ),
            "session.principal_feedback": Measure(
                SQL("%s AND subject.for_principal", over),
                SQL("subject.principal_asked"),
            ),
        }

    @api.model
    def _session_rows(self, reading):
        return SQL(
            """
            SELECT event.id, event.company_id, program.id AS program_id,
                dates.last_day AS day, category.code AS category,
                dates.first_day, dates.last_day, %(recognised)s AS recognised,
                %(session)s, event.qualiopi_version_id AS version_id,
                COALESCE(teaching.teachers, 0) AS teachers,
                COALESCE(teaching.team, TRUE) AS team,
                COALESCE(teaching.outside, FALSE)
                    OR event.qualiopi_subcontractor_id IS NOT NULL AS outside,
                unqualified.day AS unqualified_on, uncovered.day AS uncovered_on,
                COALESCE(learner.number, 0) AS learners,
                COALESCE(learner.with_company, FALSE) AS with_company,
                COALESCE(asked.team, FALSE) AS team_asked,
                COALESCE(asked.company, FALSE) AS company_asked,
                COALESCE(asked.principal, FALSE) AS principal_asked,
                proof.held, proof.lasting
            FROM event_event event
            JOIN qualiopi_program program ON program.id = event.qualiopi_program_id
            JOIN qualiopi_category category ON category.id = program.category_id
            JOIN res_company company ON company.id = program.company_id
            CROSS JOIN LATERAL (
                SELECT %(first_day)s AS first_day, %(last_day)s AS last_day
            ) dates
            %(entrusted)s
            %(pieces)s
            LEFT JOIN (%(proof)s) proof ON proof.id = event.id
            WHERE event.kanban_state IS DISTINCT FROM 'cancel'
                AND event.company_id = ANY(%(companies)s) AND %(since)s
            """,
            session=self._session_columns(),
            recognised=self._recognised(),
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            entrusted=self._entrusted(),
            pieces=self._session_pieces(reading),
            proof=self._held(reading, "session"),
            companies=list(reading.companies),
            since=self._since(reading, "session"),
        )

    @api.model
    def _session_pieces(self, reading):
        return SQL(
            """
            LEFT JOIN (
                SELECT event_id, count(*) AS teachers,
                    bool_or(trainer.kind != 'manager') OR count(*) > 1 AS team,
                    bool_or(trainer.kind IN ('subcontractor', 'umbrella')) AS outside
                FROM qualiopi_assignment assignment
                JOIN qualiopi_trainer trainer ON trainer.id = assignment.trainer_id
                WHERE assignment.company_id = ANY(%(companies)s)
                GROUP BY 1
            ) teaching ON teaching.event_id = event.id
            LEFT JOIN (%(unqualified)s) unqualified ON unqualified.event_id = event.id
            LEFT JOIN (%(uncovered)s) uncovered ON uncovered.event_id = event.id
            LEFT JOIN (
                SELECT event_id, count(*) AS number,
                    bool_or(qualiopi_client_id IS NOT NULL) AS with_company
                FROM event_registration
                WHERE active AND state IN ('open', 'done')
                    AND company_id = ANY(%(companies)s) AND %(within)s
                GROUP BY 1
            ) learner ON learner.event_id = event.id
            LEFT JOIN (
                SELECT event_id, bool_or(purpose = 'team') AS team,
                    bool_or(purpose = 'company') AS company,
                    bool_or(purpose = 'principal') AS principal
                FROM qualiopi_survey_invitation
                WHERE state IN ('sent', 'answered', 'heard')
                    AND purpose IN ('team', 'company', 'principal')
                    AND COALESCE(sent_on, answered_on) <= %(day)s
                    AND company_id = ANY(%(companies)s) AND %(within)s
                GROUP BY 1
            ) asked ON asked.event_id = event.id
            """,
            companies=list(reading.companies),
            within=self._within_sessions(reading, "session"),
            unqualified=self._unqualified(reading),
            uncovered=self._uncovered(reading),
            day=reading.day,
        )
