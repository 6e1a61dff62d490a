"""SQL of what learners of courses did, and when: one row for each membership."""

from odoo.tools import SQL


def trace_query(day, members):
    """:param day: nothing later is seen
    :param members: condition on ``member``
    :return: query with the columns ``member_id``, ``handed_in`` (activities),
        ``passed`` (of which completed), ``contents`` and ``hours`` (completed; hours
        are those planned for them), ``last_on`` (NULL for who did nothing yet)
    """
    return SQL(
        """
        SELECT member.id AS member_id,
            count(*) FILTER (
                WHERE trace.qualiopi_handed_in_on <= %(day)s
            ) AS handed_in,
            count(*) FILTER (
                WHERE trace.qualiopi_handed_in_on <= %(day)s AND %(completed)s
            ) AS passed,
            count(*) FILTER (WHERE %(completed)s) AS contents,
            COALESCE(
                sum(content.completion_time) FILTER (WHERE %(completed)s), 0
            )::float8 AS hours,
            GREATEST(
                max(trace.qualiopi_last_on) FILTER (
                    WHERE trace.qualiopi_last_on <= %(day)s
                ),
                max(trace.qualiopi_completed_on) FILTER (WHERE %(completed)s),
                max(trace.qualiopi_handed_in_on) FILTER (
                    WHERE trace.qualiopi_handed_in_on <= %(day)s
                )
            ) AS last_on
        FROM slide_channel_partner member
        JOIN slide_slide_partner trace ON trace.channel_id = member.channel_id
            AND trace.partner_id = member.partner_id
        JOIN slide_slide content ON content.id = trace.slide_id
        WHERE %(members)s
        GROUP BY member.id
        """,
        completed=SQL("(trace.completed AND trace.qualiopi_completed_on <= %s)", day),
        day=day,
        members=members,
    )
