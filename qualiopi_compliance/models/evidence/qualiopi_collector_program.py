from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import FIRST_DAY, LAST_DAY
from .collector import Measure, Source
from .qualiopi_collector_learner import DAYS_LEFT


class QualiopiCollector(models.AbstractModel):
    """Programmes: those of the catalogue, and those that had sessions."""

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "program",
                "qualiopi.program",
                self._program_rows(reading),
                self._program_measures(reading),
                {"program_id": SQL("subject.id")},
                everyone=SQL("subject.offered"),
                category=True,
                conditions={
                    "certifying": SQL("subject.recognised"),
                    "distance": SQL("subject.distance"),
                    "training_at_work": SQL("subject.at_work"),
                    "over_two_days": SQL("subject.over_two_days"),
                },
            ),
        ]

    @api.model
    def _program_measures(self, reading):
        day, horizon = reading.day, reading.horizon
        offered = SQL("subject.offered")
        certified = SQL("subject.offered AND subject.certifying")
        return {
            "program.version": Measure(
                SQL("subject.first_day <= %s", day),
                SQL("subject.version_on <= %s", day),
            ),
            "program.review": Measure(
                offered,
                SQL("subject.review_on > %s", day),
                SQL("subject.review_on <= %s", horizon),
            ),
            "program.referent": Measure(
                offered, SQL("subject.referent_id IS NOT NULL")
            ),
            "program.resources": Measure(offered, SQL("subject.resources != ''")),
            "program.skills": Measure(offered, SQL("subject.skills > 0")),
            "program.certification": Measure(
                certified,
                SQL("subject.certification_until >= %s", day),
                SQL("subject.certification_until <= %s", horizon),
            ),
            "program.authorisation": Measure(
                certified,
                SQL(
                    "subject.authorisation_from <= %s "
                    "AND subject.authorisation_until >= %s",
                    day,
                    day,
                ),
                SQL("subject.authorisation_until <= %s", horizon),
            ),
            "program.results": Measure(
                SQL("subject.results_due IS NOT NULL"),
                SQL("subject.results > 0"),
                over=SQL("subject.results_due"),
            ),
            "program.exam_results": Measure(
                SQL("subject.certifying AND subject.results_due IS NOT NULL"),
                SQL("subject.examined > 0"),
                over=SQL("subject.results_due"),
            ),
        }

    @api.model
    def _program_rows(self, reading):
        return SQL(
            """
            SELECT program.*, CASE WHEN NOT program.offered THEN program.last_day END
                AS day
            FROM (
                SELECT program.id, program.company_id, category.code AS category,
                    program.certifying, %(recognised)s AS recognised,
                    program.review_on, program.referent_id,
                    program.certification_until, program.authorisation_from,
                    program.authorisation_until,
                    btrim(COALESCE(program.resources->>'en_US', '')) AS resources,
                    COALESCE(program.teaching_mode, '') IN ('distance', 'blended')
                        OR COALESCE(program.distance_hours, 0) > 0 AS distance,
                    COALESCE(program.teaching_mode, '') = 'at_work'
                        OR category.code = 'CFA' AS at_work,
                    COALESCE(program.duration_days, 0) > 2
                        OR COALESCE(program.duration_days, 0) = 0
                            AND COALESCE(program.duration_hours, 0) > 14
                        AS over_two_days,
                    version.first_on AS version_on,
                    COALESCE(skill.number, 0) AS skills,
                    taught.first_day, taught.last_day, taught.results_due,
                    COALESCE(answer.number, 0) AS results,
                    COALESCE(taught.examined, 0) AS examined,
                    program.active AND COALESCE(version.first_on <= %(day)s, FALSE)
                        AND (program.state != 'retired'
                            OR program.retired_on > %(day)s) AS offered,
                    proof.held, proof.lasting
                FROM qualiopi_program program
                JOIN qualiopi_category category ON category.id = program.category_id
                JOIN res_company company ON company.id = program.company_id
                %(pieces)s
                LEFT JOIN (%(proof)s) proof ON proof.id = program.id
                WHERE program.company_id = ANY(%(companies)s)
            ) program
            WHERE program.offered OR program.first_day <= %(day)s
            """,
            day=reading.day,
            recognised=self._recognised(),
            pieces=self._program_pieces(reading),
            proof=self._held(reading, "program"),
            companies=list(reading.companies),
        )

    @api.model
    def _program_pieces(self, reading):
        return SQL(
            """
            LEFT JOIN (
                SELECT program_id, min(validated_on) AS first_on
                FROM qualiopi_program_version GROUP BY 1
            ) version ON version.program_id = program.id
            LEFT JOIN (
                SELECT program_id, count(*) AS number
                FROM qualiopi_program_skill GROUP BY 1
            ) skill ON skill.program_id = program.id
            LEFT JOIN (
                SELECT event.qualiopi_program_id AS program_id,
                    min(%(first_day)s) AS first_day,
                    max(%(last_day)s) FILTER (WHERE %(first_day)s <= %(day)s)
                        AS last_day,
                    max(%(last_day)s) FILTER (WHERE %(last_day)s + %(left)s <= %(day)s)
                        AS results_due,
                    count(learner.id) FILTER (
                        WHERE learner.qualiopi_exam_result IS NOT NULL
                    ) AS examined
                FROM event_event event
                JOIN event_registration learner ON learner.event_id = event.id
                    AND learner.active AND learner.state IN ('open', 'done')
                WHERE event.kanban_state IS DISTINCT FROM 'cancel'
                    AND event.qualiopi_principal_id IS NULL
                    AND event.company_id = ANY(%(companies)s)
                GROUP BY 1
            ) taught ON taught.program_id = program.id
            LEFT JOIN (
                SELECT qualiopi_program_id AS program_id, count(*) AS number
                FROM survey_user_input
                WHERE qualiopi_purpose = 'feedback' AND state = 'done'
                    AND test_entry IS NOT TRUE AND qualiopi_rated
                    AND end_datetime < %(day)s::date + 1
                    AND qualiopi_company_id = ANY(%(companies)s)
                GROUP BY 1
            ) answer ON answer.program_id = program.id
            """,
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            day=reading.day,
            left=DAYS_LEFT,
            companies=list(reading.companies),
        )
