"""SQL of the continuing development ledger: several sources, each course once."""

from odoo.tools import SQL

# The same course found twice: the lowest holds, the others are left out.
RANKS = {
    # Somebody wrote it down, and perhaps judged it: even a rejection is final, it
    # keeps out the session or the line of the résumé that it is about.
    "activity": 1,
    "session": 2,
    "resume": 3,
    # A plan gives way to whatever shows that it was carried out.
    "activity_planned": 4,
    "resume_planned": 5,
}


# Rows are numbered by their record and by their source, so many of them.
STRIDE = 4


def ledger_entries(today):
    """:param today: a course on a résumé that begins later is still planned: human
        resources have no state for it
    :return: source -> its rows
    """
    return {
        "activity": _activities(),
        "session": _sessions(),
        "resume": _resumes(today),
    }


def ledger_query(entries):
    """:param entries: as :func:`ledger_entries` gives them, and others of that shape
    :return: the rows of the ledger
    """
    return SQL(
        """
        WITH entry AS NOT MATERIALIZED (%(entries)s)
        SELECT entry.id, entry.trainer_id, trainer.kind AS trainer_kind,
            entry.company_id, entry.date, entry.date_end, entry.name, entry.kind,
            entry.hours, entry.state, entry.source, entry.practice_change,
            entry.activity_id, entry.registration_id, entry.event_id,
            entry.resume_line_id,
            CASE WHEN entry.state IN ('done', 'validated') THEN entry.hours ELSE 0 END
                AS counted_hours
        FROM entry JOIN qualiopi_trainer trainer ON trainer.id = entry.trainer_id
        WHERE NOT EXISTS (
            SELECT FROM entry better
            WHERE better.trainer_id = entry.trainer_id
                AND better.rank < entry.rank
                AND (
                    better.event_id = entry.event_id
                    OR better.resume_line_id = entry.resume_line_id
                    OR (better.date = entry.date AND better.names && entry.names)
                )
        )
        """,
        entries=SQL(" UNION ALL ").join(entries.values()),
    )


def _plain(text):
    """:return: a text as it is compared: case and spaces say nothing"""
    return SQL(r"lower(btrim(regexp_replace(%s, '\s+', ' ', 'g')))", text)


def spoken_names(translated):
    """:return: a translated name in all its languages, as names are compared"""
    return SQL(
        "ARRAY(SELECT %s FROM jsonb_each_text(%s) AS wording(lang, value))",
        _plain(SQL("wording.value")),
        translated,
    )


def _activities():
    return SQL(
        """
        SELECT %(stride)s * activity.id::bigint AS id, activity.trainer_id,
            activity.company_id, activity.date, activity.date_end,
            jsonb_build_object('en_US', activity.name) AS name, activity.kind,
            activity.hours::float8 AS hours, activity.state, 'activity' AS source,
            activity.practice_change, activity.id AS activity_id,
            NULL::integer AS registration_id,
            COALESCE(activity.event_id, line.event_id) AS event_id,
            activity.resume_line_id, ARRAY[%(plain)s] AS names,
            CASE activity.state WHEN 'planned' THEN %(planned)s ELSE %(rank)s END
                AS rank
        FROM qualiopi_cpd_activity activity
        LEFT JOIN hr_resume_line line ON line.id = activity.resume_line_id
        """,
        plain=_plain(SQL("activity.name")),
        stride=STRIDE,
        planned=RANKS["activity_planned"],
        rank=RANKS["activity"],
    )


def _sessions():
    """Registrations whose learner is a trainer who was there, and did not teach it.

    The partner of a registration is whoever booked it: it is his own when the name
    of the learner is his, or the address when he booked no other place.
    """
    return SQL(
        """
        SELECT %(stride)s * learner.id::bigint + 1 AS id, learner.trainer_id,
            learner.company_id,
            (event.date_begin AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date AS date,
            (event.date_end AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date
                AS date_end,
            event.name, 'course' AS kind, learner.hours, 'validated' AS state,
            'session' AS source, NULL AS practice_change,
            NULL::integer AS activity_id, learner.id AS registration_id,
            learner.event_id, NULL::integer AS resume_line_id, %(names)s AS names,
            %(rank)s AS rank
        FROM (%(learners)s) learner
        JOIN event_event event ON event.id = learner.event_id
        CROSS JOIN LATERAL (
            SELECT COALESCE(event.date_tz, 'Europe/Paris') AS name
        ) zone
        """,
        names=spoken_names(SQL("event.name")),
        stride=STRIDE,
        rank=RANKS["session"],
        learners=_learners(),
    )


def _learners():
    """One registration for each trainer and session he attended, with his hours.

    The attendance sheet decides; without any for the session, who is marked as
    having attended it was there for all the planned hours.
    """
    own_name = SQL(
        "%s = %s", _plain(SQL("registration.name")), _plain(SQL("person.name"))
    )
    own_email = SQL(
        "%s = %s", _plain(SQL("registration.email")), _plain(SQL("person.email"))
    )
    return SQL(
        """
        SELECT DISTINCT ON (trainer.id, registration.event_id)
            trainer.id AS trainer_id, registration.id, registration.event_id,
            registration.company_id,
            COALESCE(sheet.hours, event.qualiopi_hours, 0)::float8 AS hours
        FROM qualiopi_trainer trainer
        JOIN res_partner person ON person.id = trainer.partner_id
        JOIN event_registration registration
            ON registration.partner_id = trainer.partner_id
            AND registration.company_id = trainer.company_id
            AND registration.active
            AND registration.state != 'cancel'
            AND registration.qualiopi_program_id IS NOT NULL
        JOIN event_event event ON event.id = registration.event_id
        LEFT JOIN LATERAL (
            SELECT SUM(attendance.hours) AS hours, COUNT(*) AS present
            FROM qualiopi_attendance attendance
            WHERE attendance.registration_id = registration.id
                AND attendance.state = 'present'
        ) sheet ON true
        WHERE (sheet.present > 0 OR (
                registration.state = 'done'
                AND event.kanban_state != 'cancel'
                AND NOT EXISTS (
                    SELECT FROM qualiopi_attendance attendance
                    WHERE attendance.event_id = registration.event_id
                )
            ))
            AND NOT EXISTS (
                SELECT FROM qualiopi_assignment taught
                WHERE taught.trainer_id = trainer.id
                    AND taught.event_id = registration.event_id
            )
            AND (%(own_name)s OR (%(own_email)s AND NOT EXISTS (
                SELECT FROM event_registration booked
                WHERE booked.partner_id = registration.partner_id
                    AND booked.event_id = registration.event_id
                    AND booked.id != registration.id
                    AND booked.active
                    AND booked.state != 'cancel'
            )))
        ORDER BY trainer.id, registration.event_id, sheet.hours DESC NULLS LAST,
            registration.id
        """,
        own_name=own_name,
        own_email=own_email,
    )


def _resumes(today):
    """Courses, and certifications obtained through a survey, of employees.

    The end of a certification's line is that of its validity, not of a course.
    """
    return SQL(
        """
        SELECT %(stride)s * line.id::bigint + 2 AS id, trainer.id AS trainer_id,
            trainer.company_id, line.date_start AS date,
            CASE WHEN line.survey_id IS NULL THEN line.date_end END AS date_end,
            line.name,
            CASE WHEN line.survey_id IS NULL THEN 'course' ELSE 'certification' END
                AS kind,
            COALESCE(line.duration, 0)::float8 AS hours,
            CASE WHEN line.date_start > %(today)s THEN 'planned' ELSE 'done' END
                AS state,
            'resume' AS source, NULL AS practice_change,
            NULL::integer AS activity_id, NULL::integer AS registration_id,
            line.event_id, line.id AS resume_line_id, %(names)s AS names,
            CASE WHEN line.date_start > %(today)s THEN %(planned)s ELSE %(rank)s END
                AS rank
        FROM hr_resume_line line
        JOIN qualiopi_trainer trainer ON trainer.employee_id = line.employee_id
        LEFT JOIN hr_resume_line_type type ON type.id = line.line_type_id
        WHERE (type.is_course OR line.survey_id IS NOT NULL)
            AND NOT EXISTS (
                SELECT FROM qualiopi_assignment taught
                WHERE taught.trainer_id = trainer.id
                    AND taught.event_id = line.event_id
            )
        """,
        stride=STRIDE,
        today=today,
        names=spoken_names(SQL("line.name")),
        planned=RANKS["resume_planned"],
        rank=RANKS["resume"],
    )
