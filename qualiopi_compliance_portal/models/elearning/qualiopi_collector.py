from odoo import api, models
from odoo.tools import SQL

from odoo.addons.qualiopi_compliance.models.evidence.collector import Measure, Source

from .member_trace import trace_query

# Days of silence after which something must have been done, as for an absence; a
# company that lets its learners be for longer is not asked before.
DAYS_LEFT = 30


class QualiopiCollector(models.AbstractModel):
    """Learner files of courses: who joined, what he handed in, what was done for him.

    Whoever is only invited has no file yet.
    """

    _inherit = "qualiopi.collector"

    @api.model
    def _sources(self, reading):
        return [
            *super()._sources(reading),
            Source(
                "member",
                "slide.channel.partner",
                self._member_rows(reading),
                self._member_measures(reading.day),
                {
                    "member_id": SQL("subject.id"),
                    "program_id": SQL("subject.program_id"),
                },
                category=True,
            ),
        ]

    @api.model
    def _source_scope(self, source):
        if source.model == "slide.channel.partner":
            return "member"
        return super()._source_scope(source)

    @api.model
    def _member_measures(self, day):
        everyone = SQL("TRUE")
        finished = SQL("subject.finished AND NOT subject.dropped")
        silent = SQL("subject.silent_on <= %s", day)
        return {
            "member.need": Measure(everyone, SQL("subject.need_on <= %s", day)),
            "member.entry": Measure(everyone, SQL("subject.entry_on <= %s", day)),
            "member.adjustment": Measure(everyone, SQL("subject.adjustment != ''")),
            "member.contract": Measure(everyone, SQL("subject.contract_on <= %s", day)),
            "member.adaptation": Measure(
                SQL("subject.adjustment = 'yes'"), SQL("subject.adapted")
            ),
            "member.outcome": Measure(
                finished, SQL("subject.handed_in > 0 OR subject.examined")
            ),
            "member.followed": Measure(
                finished, SQL("subject.handed_in > 0 OR subject.distance_checked")
            ),
            "member.silence": Measure(
                SQL("NOT subject.finished AND NOT subject.dropped AND %s", silent),
                SQL("subject.answered_on >= subject.last_on"),
            ),
            "member.drop_out": Measure(
                SQL("subject.dropped"), SQL("subject.drop_out_reason != ''")
            ),
        }

    @api.model
    def _member_rows(self, reading):
        """Where nobody knows when somebody finished, he did so whatever the day."""
        return SQL(
            """
            SELECT member.id, member.qualiopi_company_id AS company_id,
                member.qualiopi_program_id AS program_id,
                CASE WHEN dropped.yes THEN member.qualiopi_dropped_on
                    WHEN finished.yes THEN COALESCE(
                        member.qualiopi_completed_on, trace.last_on
                    ) END AS day,
                category.code AS category, dropped.yes AS dropped,
                finished.yes AS finished,
                member.qualiopi_need_on AS need_on,
                member.qualiopi_entry_on AS entry_on,
                COALESCE(member.qualiopi_adjustment, '') AS adjustment,
                member.qualiopi_contract_on AS contract_on,
                btrim(COALESCE(member.qualiopi_drop_out_reason, ''))
                    AS drop_out_reason,
                member.qualiopi_exam_result IS NOT NULL AS examined,
                COALESCE(trace.handed_in, 0) AS handed_in,
                COALESCE(follow_up.adapted, FALSE)
                    OR btrim(COALESCE(member.qualiopi_exam_adjustment, '')) != ''
                    AS adapted,
                COALESCE(follow_up.distance, FALSE) AS distance_checked,
                worked.last_on,
                worked.last_on + GREATEST(%(left)s, company.qualiopi_course_silence)
                    AS silent_on,
                GREATEST(
                    follow_up.last_on, CASE WHEN member.qualiopi_reminded_on <= %(day)s
                        THEN member.qualiopi_reminded_on END
                ) AS answered_on,
                NULL::integer[] AS held, NULL::integer[] AS lasting
            FROM slide_channel_partner member
            JOIN slide_channel course ON course.id = member.channel_id
            JOIN qualiopi_program program ON program.id = member.qualiopi_program_id
            JOIN qualiopi_category category ON category.id = program.category_id
            JOIN res_company company ON company.id = member.qualiopi_company_id
            LEFT JOIN (%(traces)s) trace ON trace.member_id = member.id
            LEFT JOIN (%(follow_ups)s) follow_up ON follow_up.member_id = member.id
            CROSS JOIN LATERAL (
                SELECT COALESCE(member.qualiopi_dropped_on <= %(day)s, FALSE) AS yes
            ) dropped
            CROSS JOIN LATERAL (
                SELECT member.member_status = 'completed'
                    AND COALESCE(member.qualiopi_completed_on <= %(day)s, TRUE) AS yes
            ) finished
            CROSS JOIN LATERAL (
                SELECT GREATEST(trace.last_on, member.qualiopi_joined_on) AS last_on
            ) worked
            WHERE %(members)s
            """,
            left=DAYS_LEFT,
            day=reading.day,
            members=self._wanted_members(reading),
            traces=trace_query(reading.day, self._wanted_members(reading)),
            follow_ups=self._member_follow_ups(reading),
        )

    @api.model
    def _wanted_members(self, reading):
        """:return: condition on ``member``: it is a learner file by that day, and one
        that is looked for
        """
        programs = SQL("TRUE")
        if reading.programs is not None:
            programs = SQL(
                "member.qualiopi_program_id = ANY(%s)", list(reading.programs)
            )
        return SQL(
            "member.active AND member.member_status != 'invited' "
            "AND member.qualiopi_joined_on <= %s "
            "AND member.qualiopi_company_id = ANY(%s) AND %s",
            reading.day,
            list(reading.companies),
            programs,
        )

    @api.model
    def _member_follow_ups(self, reading):
        return SQL(
            """
            SELECT member_id, max(date) AS last_on,
                bool_or(kind = 'adaptation') AS adapted,
                bool_or(kind = 'distance') AS distance
            FROM qualiopi_follow_up
            WHERE member_id IS NOT NULL AND date <= %s AND company_id = ANY(%s)
            GROUP BY 1
            """,
            reading.day,
            list(reading.companies),
        )
