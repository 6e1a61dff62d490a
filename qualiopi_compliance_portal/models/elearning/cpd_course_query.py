"""SQL of the courses that trainers finished, for the development ledger."""

from odoo.tools import SQL

from odoo.addons.qualiopi_compliance.models.trainers.cpd_ledger_query import (
    STRIDE,
    spoken_names,
)

# Between the session (2) and the résumé (3): whole numbers are taken.
RANK = SQL("2.5")
# Position of this source among those that number their rows by STRIDE.
POSITION = 3


def course_rows():
    """Courses finished by trainers who did not make them, of their own company or of
    nobody in particular.

    Human resources put a course that was finished on the résumé of its employee: the
    row names that line, so that what somebody wrote down about it holds.

    :return: rows of the ledger
    """
    return SQL(
        """
        SELECT %(stride)s * course.member_id::bigint + %(position)s AS id,
            course.trainer_id, course.company_id, course.day AS date,
            course.day AS date_end, course.name, 'course' AS kind,
            COALESCE(course.total_time, 0)::float8 AS hours, 'done' AS state,
            'course' AS source, NULL AS practice_change, NULL::integer AS activity_id,
            NULL::integer AS registration_id, NULL::integer AS event_id,
            course.line_id AS resume_line_id, %(names)s AS names, %(rank)s AS rank
        FROM (%(courses)s) course
        """,
        stride=STRIDE,
        position=POSITION,
        names=spoken_names(SQL("course.name")),
        rank=RANK,
        courses=_finished(),
    )


def _finished():
    return SQL(
        """
        SELECT DISTINCT ON (trainer.id, member.id) member.id AS member_id,
            member.channel_id, trainer.id AS trainer_id, trainer.company_id,
            channel.name, channel.total_time, line.id AS line_id,
            COALESCE(member.qualiopi_completed_on, line.date_start) AS day
        FROM slide_channel_partner member
        JOIN slide_channel channel ON channel.id = member.channel_id
        JOIN qualiopi_trainer trainer ON trainer.partner_id = member.partner_id
            AND trainer.company_id
                = COALESCE(member.qualiopi_company_id, trainer.company_id)
        LEFT JOIN res_users author ON author.id = channel.user_id
        LEFT JOIN hr_resume_line line ON line.channel_id = member.channel_id
            AND line.employee_id = trainer.employee_id
        WHERE member.active AND member.member_status = 'completed'
            AND author.partner_id IS DISTINCT FROM member.partner_id
            AND COALESCE(member.qualiopi_completed_on, line.date_start) IS NOT NULL
        ORDER BY trainer.id, member.id, line.id
        """
    )


def without_courses(resumes):
    """Lines of the résumé about a course finished here count there, by the hours of
    the course: a line keeps whole hours only.

    :param resumes: rows of the ledger, read from the résumé
    :return: those left, with the exact hours of a course that was not changed
    """
    return SQL(
        """
        SELECT entry.id, entry.trainer_id, entry.company_id, entry.date,
            entry.date_end, entry.name, entry.kind,
            CASE WHEN trunc(channel.total_time) = entry.hours
                THEN channel.total_time ELSE entry.hours END::float8 AS hours,
            entry.state, entry.source, entry.practice_change, entry.activity_id,
            entry.registration_id, entry.event_id, entry.resume_line_id, entry.names,
            entry.rank
        FROM (%(resumes)s) entry
        JOIN hr_resume_line line ON line.id = entry.resume_line_id
        LEFT JOIN slide_channel channel ON channel.id = line.channel_id
        WHERE NOT EXISTS (
            SELECT FROM (%(courses)s) course
            WHERE course.trainer_id = entry.trainer_id
                AND course.channel_id = line.channel_id
        )
        """,
        resumes=resumes,
        courses=_finished(),
    )
