from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import LAST_DAY
from .collector import Measure, Source
from .qualiopi_collector_learner import DAYS_LEFT

# Days left to decide on a weak point once it was found.
DAYS_TO_DECIDE = 60


class QualiopiCollector(models.AbstractModel):
    """The company itself, its sites, and the requests it received."""

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "company",
                "res.company",
                self._company_rows(reading),
                self._company_measures(reading.day),
                {},
            ),
            Source(
                "site",
                "qualiopi.site",
                self._site_rows(reading),
                {},
                {"site_id": SQL("subject.id")},
            ),
            Source(
                "lead",
                "crm.lead",
                self._lead_rows(reading),
                self._lead_measures(reading.day),
                {
                    "lead_id": SQL("subject.id"),
                    "program_id": SQL("subject.program_id"),
                },
                category=True,
                conditions={"certifying": SQL("subject.recognised")},
            ),
        ]

    @api.model
    def _company_measures(self, day):
        everyone = SQL("TRUE")
        several = SQL("subject.trainers > 1")
        return {
            "company.disability_referent": Measure(
                everyone, SQL("subject.disability IS NOT NULL")
            ),
            "company.mobility_referent": Measure(
                everyone, SQL("subject.mobility IS NOT NULL")
            ),
            "company.council": Measure(
                everyone,
                SQL("subject.council_on IS NOT NULL"),
                fresh=SQL("subject.council_on"),
            ),
            # who works alone may do everything himself (guide V9, indicator 18)
            "company.meeting": Measure(
                several,
                SQL("subject.meeting_on IS NOT NULL"),
                fresh=SQL("subject.meeting_on"),
            ),
            "company.roles": Measure(several, SQL("subject.roles > 0")),
            "company.funders": Measure(
                SQL("subject.funded_on IS NOT NULL"),
                SQL("subject.funder_on IS NOT NULL"),
                fresh=SQL("subject.funder_on"),
                over=SQL("subject.funded_on"),
            ),
            "company.weak_points": Measure(
                SQL("subject.weak_points > 0"),
                SQL(
                    "COALESCE(subject.undecided_since + %s > %s, TRUE)",
                    DAYS_TO_DECIDE,
                    day,
                ),
            ),
        }

    @api.model
    def _company_rows(self, reading):
        return SQL(
            """
            SELECT company.id, company.id AS company_id, NULL::date AS day,
                company.qualiopi_disability_contact_id AS disability,
                company.qualiopi_mobility_contact_id AS mobility,
                COALESCE(trainer.number, 0) AS trainers,
                COALESCE(role.number, 0) AS roles,
                meeting.council_on, meeting.meeting_on, funder.last_on AS funder_on,
                funded.last_on AS funded_on,
                COALESCE(weak.number, 0) AS weak_points, weak.undecided_since,
                proof.held, proof.lasting
            FROM res_company company
            %(pieces)s
            LEFT JOIN (%(proof)s) proof ON proof.id = company.id
            WHERE company.id = ANY(%(companies)s)
            """,
            pieces=self._company_pieces(reading),
            proof=self._held(reading, "company"),
            companies=list(reading.companies),
        )

    @api.model
    def _company_pieces(self, reading):
        return SQL(
            """
            LEFT JOIN (
                SELECT company_id, count(*) AS number FROM qualiopi_trainer
                WHERE active AND state = 'active' GROUP BY 1
            ) trainer ON trainer.company_id = company.id
            LEFT JOIN (
                SELECT company_id, count(*) AS number FROM qualiopi_team_role
                WHERE active AND COALESCE(since <= %(day)s, TRUE)
                    AND COALESCE(until >= %(day)s, TRUE)
                GROUP BY 1
            ) role ON role.company_id = company.id
            LEFT JOIN (
                SELECT company_id,
                    max(met.day) FILTER (WHERE kind = 'council') AS council_on,
                    max(met.day) FILTER (WHERE kind != 'council') AS meeting_on
                FROM qualiopi_team_meeting
                CROSS JOIN LATERAL (
                    SELECT (start AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date
                        AS day
                ) met
                WHERE active AND state = 'held' AND met.day <= %(day)s
                GROUP BY 1
            ) meeting ON meeting.company_id = company.id
            LEFT JOIN (
                SELECT company_id, max(COALESCE(sent_on, answered_on)) AS last_on
                FROM qualiopi_survey_invitation
                WHERE purpose = 'funder' AND state IN ('sent', 'answered', 'heard')
                    AND COALESCE(sent_on, answered_on) <= %(day)s
                GROUP BY 1
            ) funder ON funder.company_id = company.id
            LEFT JOIN (
                SELECT event.company_id, max(%(last_day)s) AS last_on
                FROM event_registration learner
                JOIN event_event event ON event.id = learner.event_id
                JOIN qualiopi_program program
                    ON program.id = event.qualiopi_program_id
                JOIN qualiopi_category category ON category.id = program.category_id
                WHERE learner.active AND learner.state IN ('open', 'done')
                    AND learner.qualiopi_funder_id IS NOT NULL
                    AND event.kanban_state IS DISTINCT FROM 'cancel'
                    AND event.qualiopi_principal_id IS NULL
                    AND category.code != 'BC' AND %(last_day)s < %(day)s
                    AND event.company_id = ANY(%(companies)s)
                GROUP BY 1
            ) funded ON funded.company_id = company.id
            LEFT JOIN (
                SELECT company_id, count(*) AS number,
                    min(create_date::date) FILTER (WHERE state = 'proposed')
                        AS undecided_since
                FROM qualiopi_weak_point
                WHERE create_date < %(day)s::date + 1
                GROUP BY 1
            ) weak ON weak.company_id = company.id
            """,
            day=reading.day,
            last_day=LAST_DAY,
            companies=list(reading.companies),
        )

    @api.model
    def _site_rows(self, reading):
        return SQL(
            """
            SELECT site.id, site.company_id, NULL::date AS day,
                proof.held, proof.lasting
            FROM qualiopi_site site
            LEFT JOIN (%(proof)s) proof ON proof.id = site.id
            WHERE site.active AND site.company_id = ANY(%(companies)s)
                AND COALESCE(site.opened_on <= %(day)s, TRUE)
                AND COALESCE(site.closed_on > %(day)s, TRUE)
            """,
            day=reading.day,
            proof=self._held(reading, "site"),
            companies=list(reading.companies),
        )

    @api.model
    def _lead_measures(self, day):
        analysed = SQL("subject.need_on <= %s", day)
        waited = SQL("subject.day + %s <= %s", DAYS_LEFT, day)
        return {
            "lead.need": Measure(SQL("subject.won AND %s", waited), analysed),
            "lead.adjustment": Measure(
                SQL("subject.adjustment AND %s", waited), analysed
            ),
        }

    @api.model
    def _lead_rows(self, reading):
        return SQL(
            """
            SELECT lead.id, lead.company_id, program.id AS program_id,
                lead.qualiopi_requested_on AS day, category.code AS category,
                %(recognised)s AS recognised, lead.qualiopi_need_on AS need_on,
                COALESCE(lead.qualiopi_adjustment, '') = 'yes' AS adjustment,
                COALESCE(stage.is_won, FALSE) AS won,
                '{}'::integer[] AS held, '{}'::integer[] AS lasting
            FROM crm_lead lead
            JOIN qualiopi_program program ON program.id = lead.qualiopi_program_id
            JOIN qualiopi_category category ON category.id = program.category_id
            JOIN res_company company ON company.id = program.company_id
            LEFT JOIN crm_stage stage ON stage.id = lead.stage_id
            WHERE lead.active AND lead.company_id = ANY(%(companies)s)
                AND lead.qualiopi_requested_on <= %(day)s
            """,
            recognised=self._recognised(),
            day=reading.day,
            companies=list(reading.companies),
        )
