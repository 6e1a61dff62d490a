from odoo import api, models
from odoo.tools import SQL

from ..training.qualiopi_learner_result import FIRST_DAY, LAST_DAY


class QualiopiCollector(models.AbstractModel):
    """On which day a session was taught by somebody who was not qualified for it, or
    through a firm without a contract.

    Like ``_skill_problems`` and ``_contract_problems`` of an assignment, day by day and
    for many sessions at once: a test keeps them together. Where no half-day is planned
    somebody teaches from the first day to the last, and the answer can only change on
    the day after something ended: those days are enough.
    """

    _inherit = "qualiopi.collector"

    @api.model
    def _teaching(self, reading):
        """:return: query of who teaches what, in sessions that have begun"""
        return SQL(
            """
            SELECT assignment.id, assignment.event_id, assignment.trainer_id,
                assignment.waived_codes AS waived, trainer.kind,
                trainer.subcontractor_id AS firm_id, %(session)s
            FROM qualiopi_assignment assignment
            JOIN qualiopi_trainer trainer ON trainer.id = assignment.trainer_id
            JOIN event_event event ON event.id = assignment.event_id
            WHERE assignment.company_id = ANY(%(companies)s) AND %(begun)s
            """,
            session=self._taught_session(reading),
            companies=list(reading.companies),
            begun=self._begun(reading),
        )

    @api.model
    def _taught_session(self, reading):
        return SQL(
            """
            event.company_id, event.qualiopi_program_id AS program_id,
            %(first_day)s AS first_day, %(last_day)s AS last_day,
            event.id IN (
                SELECT event_id FROM qualiopi_half_day
                WHERE company_id = ANY(%(companies)s)
            ) AS planned
            """,
            companies=list(reading.companies),
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
        )

    @api.model
    def _begun(self, reading):
        """:return: condition on ``event``, a little too wide"""
        return SQL(
            "event.qualiopi_program_id IS NOT NULL "
            "AND event.date_begin < %s::date + 2 AND %s",
            reading.day,
            self._since(reading, "session"),
        )

    @api.model
    def _taught_days(self, work, ends):
        """The days on which a condition is looked at.

        :param work: query with the columns ``id`` (of an assignment, or none of them),
            ``event_id``, ``first_day``, ``last_day`` and ``planned``
        :param ends: query with the columns ``id`` and ``last``: what holds for that
            work ends on that day
        """
        return SQL(
            """
            SELECT DISTINCT work.id, half.date AS day
            FROM %(work)s work
            LEFT JOIN qualiopi_assignment_half_day_rel own
                ON own.assignment_id = work.id
            JOIN qualiopi_half_day half ON half.event_id = work.event_id
                AND (own.half_day_id IS NULL OR half.id = own.half_day_id)
            UNION ALL
            SELECT id, first_day FROM %(work)s WHERE NOT planned
            UNION ALL
            SELECT work.id, ends.last + 1
            FROM %(work)s work
            JOIN (%(ends)s) ends ON ends.id = work.id
            WHERE NOT work.planned AND ends.last >= work.first_day
                AND ends.last < work.last_day
            """,
            work=work,
            ends=ends,
        )

    @api.model
    def _unqualified(self, reading):
        """:return: query of the sessions where somebody teaches who may not teach the
        programme, or lacks a skill it requires on a day he teaches, and since when; a
        waiver answers what it was written for
        """
        return SQL(
            """
            WITH teaching AS (%(teaching)s), held AS (%(held)s), taught AS (%(days)s)
            SELECT lack.event_id, min(lack.day) AS day
            FROM (
                SELECT teaching.event_id, teaching.first_day AS day
                FROM teaching
                WHERE NOT COALESCE(teaching.waived ? 'programme', FALSE)
                    AND NOT EXISTS (
                        SELECT FROM qualiopi_trainer_program_rel may
                        WHERE may.trainer_id = teaching.trainer_id
                            AND may.program_id = teaching.program_id
                    )
                UNION ALL
                SELECT teaching.event_id, taught.day
                FROM teaching
                JOIN taught ON taught.id = teaching.id
                JOIN qualiopi_program_skill required
                    ON required.program_id = teaching.program_id
                LEFT JOIN hr_skill_level level ON level.id = required.skill_level_id
                WHERE NOT COALESCE(
                    teaching.waived ? ('skill-' || required.skill_id), FALSE
                ) AND NOT EXISTS (
                    SELECT FROM held
                    WHERE held.trainer_id = teaching.trainer_id
                        AND held.skill_id = required.skill_id
                        AND held.level_progress >= COALESCE(level.level_progress, 0)
                        AND COALESCE(held.valid_from <= taught.day, TRUE)
                        AND COALESCE(held.valid_to >= taught.day, TRUE)
                )
            ) lack
            GROUP BY 1
            """,
            teaching=self._teaching(reading),
            held=self.env["qualiopi.trainer.qualification"]._table_query,
            days=self._taught_days(
                SQL("teaching"),
                SQL(
                    "SELECT teaching.id, held.valid_to AS last FROM teaching "
                    "JOIN held ON held.trainer_id = teaching.trainer_id"
                ),
            ),
        )

    @api.model
    def _uncovered(self, reading):
        """:return: query of the sessions taught through a firm on a day that no signed
        contract with it covers, and since when
        """
        return SQL(
            """
            WITH work AS (%(work)s), contract AS (%(contracts)s), taught AS (%(days)s)
            SELECT work.event_id, min(taught.day) AS day
            FROM work
            JOIN taught ON taught.id = work.id
            WHERE NOT EXISTS (
                SELECT FROM contract
                WHERE contract.firm_id = work.firm_id
                    AND contract.company_id = work.company_id
                    AND contract.date_from <= taught.day
                    AND COALESCE(contract.date_to >= taught.day, TRUE)
                    AND (contract.programs = '{}'
                        OR work.program_id = ANY(contract.programs))
                    -- an umbrella employee is under no contract of the CPF
                    AND (NOT work.cpf OR contract.cpf OR contract.umbrella)
            )
            GROUP BY 1
            """,
            work=self._outside_work(reading),
            contracts=self._contracts(),
            days=self._taught_days(
                SQL("work"),
                SQL(
                    "SELECT work.id, contract.date_to AS last FROM work "
                    "JOIN contract ON contract.firm_id = work.firm_id"
                ),
            ),
        )

    @api.model
    def _outside_work(self, reading):
        """:return: query of what firms do in sessions that have begun: their people
        teach, or the whole session is given to them
        """
        return SQL(
            """
            SELECT work.*, work.event_id IN (
                SELECT event_id FROM event_registration
                WHERE active AND state != 'cancel' AND qualiopi_funding = 'cpf'
                    AND company_id = ANY(%(companies)s)
                UNION ALL
                SELECT event.id FROM event_event event
                JOIN qualiopi_subcontract received
                    ON received.id = event.qualiopi_subcontract_id
                WHERE received.cpf AND event.company_id = ANY(%(companies)s)
            ) AS cpf
            FROM (
                SELECT id, event_id, firm_id, company_id, program_id, first_day,
                    last_day, planned
                FROM (%(teaching)s) teaching
                WHERE kind IN ('subcontractor', 'umbrella')
                UNION ALL
                SELECT -event.id AS id, event.id AS event_id, firm.id AS firm_id,
                    %(session)s
                FROM event_event event
                JOIN res_partner partner
                    ON partner.id = event.qualiopi_subcontractor_id
                LEFT JOIN qualiopi_subcontractor firm
                    ON firm.partner_id = partner.commercial_partner_id
                    AND firm.company_id = event.company_id
                WHERE event.company_id = ANY(%(companies)s) AND %(begun)s
            ) work
            """,
            teaching=self._teaching(reading),
            session=self._taught_session(reading),
            companies=list(reading.companies),
            begun=self._begun(reading),
        )

    @api.model
    def _contracts(self):
        """:return: query of the contracts given and signed, with what they are about"""
        field = self.env["qualiopi.subcontract"]._fields["program_ids"]
        return SQL(
            """
            SELECT given.subcontractor_id AS firm_id, given.company_id, given.date_from,
                given.date_to, given.cpf, firm.kind = 'umbrella' AS umbrella,
                array_remove(array_agg(about.program_id), NULL) AS programs
            FROM qualiopi_subcontract given
            JOIN qualiopi_subcontractor firm ON firm.id = given.subcontractor_id
            LEFT JOIN %(relation)s about ON about.%(contract)s = given.id
            WHERE given.direction = 'given' AND given.state IN ('signed', 'ended')
            GROUP BY given.id, firm.kind
            """,
            relation=SQL.identifier(field.relation),
            contract=SQL.identifier(field.column1),
        )
