from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import FIRST_DAY, LAST_DAY
from .collector import Measure, Source


class QualiopiCollector(models.AbstractModel):
    """Those who teach, and the firms through which some of them work."""

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "trainer",
                "qualiopi.trainer",
                self._trainer_rows(reading),
                self._trainer_measures(reading),
                {"trainer_id": SQL("subject.id")},
            ),
            Source(
                "subcontractor",
                "qualiopi.subcontractor",
                self._firm_rows(reading),
                self._firm_measures(reading),
                {"subcontractor_id": SQL("subject.id")},
            ),
        ]

    @api.model
    def _trainer_measures(self, reading):
        day, horizon = reading.day, reading.horizon
        everyone = SQL("TRUE")
        return {
            "trainer.cv": Measure(
                everyone,
                SQL("subject.cv_on <= %s AND subject.cv_until > %s", day, day),
                SQL("subject.cv_until <= %s", horizon),
            ),
            "trainer.qualification": Measure(everyone, SQL("subject.qualified")),
            "trainer.assessment": Measure(
                everyone,
                SQL(
                    "subject.assessed_on <= %s AND subject.assessed_until > %s",
                    day,
                    day,
                ),
                SQL("subject.assessed_until <= %s", horizon),
            ),
            "trainer.induction": Measure(
                everyone, SQL("subject.induction_on <= %s", day)
            ),
            "trainer.disability": Measure(everyone, SQL("subject.aware_on <= %s", day)),
            # “ses salariés”; those who work alone show their own (guide V9). Being
            # introduced is what a newcomer has been given so far.
            "trainer.development": Measure(
                SQL("subject.kind IN ('employee', 'manager')"),
                SQL("subject.developed_on IS NOT NULL"),
                fresh=SQL("subject.developed_on"),
            ),
        }

    @api.model
    def _trainer_rows(self, reading):
        return SQL(
            """
            SELECT trainer.id, trainer.company_id, NULL::date AS day, trainer.kind,
                trainer.cv_on, %(cv_until)s AS cv_until,
                trainer.induction_on, trainer.disability_awareness_on AS aware_on,
                assessment.last_on AS assessed_on,
                %(assessed_until)s AS assessed_until,
                qualified.trainer_id IS NOT NULL AS qualified,
                GREATEST(
                    development.last_on,
                    CASE WHEN trainer.induction_on <= %(day)s
                        THEN trainer.induction_on END
                ) AS developed_on, proof.held, proof.lasting
            FROM qualiopi_trainer trainer
            JOIN res_company company ON company.id = trainer.company_id
            LEFT JOIN (
                SELECT trainer_id, max(date) AS last_on
                FROM qualiopi_trainer_assessment WHERE date <= %(day)s GROUP BY 1
            ) assessment ON assessment.trainer_id = trainer.id
            LEFT JOIN (
                SELECT DISTINCT trainer_id FROM (%(held)s) held
                WHERE COALESCE(valid_from <= %(day)s, TRUE)
                    AND COALESCE(valid_to >= %(day)s, TRUE)
            ) qualified ON qualified.trainer_id = trainer.id
            LEFT JOIN (
                SELECT trainer_id, max(date) AS last_on
                FROM (%(ledger)s) ledger
                WHERE state IN ('done', 'validated') AND date <= %(day)s
                GROUP BY 1
            ) development ON development.trainer_id = trainer.id
            LEFT JOIN (%(proof)s) proof ON proof.id = trainer.id
            WHERE trainer.active AND trainer.state = 'active'
                AND trainer.company_id = ANY(%(companies)s)
            """,
            cv_until=self._valid_until(SQL("trainer.cv_on"), "qualiopi_cv_months"),
            assessed_until=self._valid_until(
                SQL("assessment.last_on"), "qualiopi_assessment_months"
            ),
            day=reading.day,
            held=self.env["qualiopi.trainer.qualification"]._table_query,
            ledger=self.env["qualiopi.cpd.ledger"]._query(reading.day),
            proof=self._held(reading, "trainer"),
            companies=list(reading.companies),
        )

    @api.model
    def _valid_until(self, since, months):
        """:param months: field of the company; 0 for ever
        :return: the first day on which something counts as old
        """
        return SQL(
            "CASE WHEN COALESCE(company.%(months)s, 0) = 0 THEN 'infinity'::date "
            "ELSE (%(since)s + company.%(months)s * interval '1 month')::date END",
            months=SQL.identifier(months),
            since=since,
        )

    @api.model
    def _firm_measures(self, reading):
        day, horizon = reading.day, reading.horizon
        used = SQL("subject.day IS NOT NULL")
        return {
            "subcontractor.charter": Measure(
                used,
                # the charter is a usual proof, not the only one (guide V9)
                SQL(
                    "subject.charter_on <= %s OR subject.contracts > 0 "
                    "AND subject.traced >= subject.contracts",
                    day,
                ),
            ),
            "subcontractor.assessment": Measure(
                used,
                SQL(
                    "subject.assessed_on <= %s AND subject.assessed_until > %s",
                    day,
                    day,
                ),
                SQL("subject.assessed_until <= %s", horizon),
            ),
            "subcontractor.clause": Measure(
                SQL("subject.contracts > 0"), SQL("subject.traced >= subject.contracts")
            ),
        }

    @api.model
    def _firm_rows(self, reading):
        return SQL(
            """
            SELECT firm.id, firm.company_id, firm.charter_on, firm.assessed_on,
                %(assessed_until)s AS assessed_until,
                GREATEST(taught.last_on, given.last_on) AS day,
                COALESCE(contract.number, 0) AS contracts,
                COALESCE(contract.traced, 0) AS traced, proof.held, proof.lasting
            FROM qualiopi_subcontractor firm
            JOIN res_company company ON company.id = firm.company_id
            LEFT JOIN (
                SELECT trainer.subcontractor_id AS firm_id,
                    max(%(last_day)s) AS last_on
                FROM qualiopi_assignment assignment
                JOIN qualiopi_trainer trainer ON trainer.id = assignment.trainer_id
                JOIN event_event event ON event.id = assignment.event_id
                WHERE trainer.kind IN ('subcontractor', 'umbrella')
                    AND assignment.company_id = ANY(%(companies)s)
                    AND %(first_day)s <= %(day)s
                    AND event.kanban_state IS DISTINCT FROM 'cancel'
                GROUP BY 1
            ) taught ON taught.firm_id = firm.id
            LEFT JOIN (
                SELECT event.company_id, partner.commercial_partner_id AS partner_id,
                    max(%(last_day)s) AS last_on
                FROM event_event event
                JOIN res_partner partner
                    ON partner.id = event.qualiopi_subcontractor_id
                WHERE event.qualiopi_program_id IS NOT NULL
                    AND event.company_id = ANY(%(companies)s)
                    AND %(first_day)s <= %(day)s
                    AND event.kanban_state IS DISTINCT FROM 'cancel'
                GROUP BY 1, 2
            ) given ON given.partner_id = firm.partner_id
                AND given.company_id = firm.company_id
            LEFT JOIN (
                SELECT subcontractor_id, count(*) AS number,
                    count(*) FILTER (
                        WHERE btrim(COALESCE(compliance_clause, '')) != ''
                    ) AS traced
                FROM qualiopi_subcontract
                WHERE direction = 'given' AND state IN ('signed', 'ended')
                    AND date_from <= %(day)s
                    AND COALESCE(date_to >= %(day)s, TRUE)
                GROUP BY 1
            ) contract ON contract.subcontractor_id = firm.id
            LEFT JOIN (%(proof)s) proof ON proof.id = firm.id
            WHERE firm.active AND firm.company_id = ANY(%(companies)s)
                AND (taught.last_on IS NOT NULL OR given.last_on IS NOT NULL
                    OR contract.number > 0)
            """,
            assessed_until=self._valid_until(
                SQL("firm.assessed_on"), "qualiopi_assessment_months"
            ),
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
            day=reading.day,
            proof=self._held(reading, "subcontractor"),
            companies=list(reading.companies),
        )
