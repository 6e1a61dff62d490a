"""Rates and results per question of 200 000 answers, beside their own raw SQL."""

from datetime import timedelta

SESSIONS = 10_000
COMPANIES = 3
LEARNERS = 20
RATIO = 2
TIMES = 5
BY = ("company", "program", "event")
QUESTIONS = "results per question"
# The words of surveys, questions and answers are read where there are any.
WORDS = 3


def run(env, bench):
    companies = prepare(env)
    last = env["qualiopi.framework"]._today()
    first = last - timedelta(days=364)
    measured = {
        **{f"rates by {by}": rates_of(env, companies[0], first, last, by) for by in BY},
        QUESTIONS: questions_of(env, companies[0], first, last),
    }
    before = {what: bench.queries(shown) for what, (shown, _raw) in measured.items()}
    plant(env, companies)
    for model in ("survey.user_input", "survey.user_input.line", "event.registration"):
        bench.report(model, env[model].search_count([]))
    for what, (shown, raw) in measured.items():
        whole, alone = bench.median(shown, TIMES), bench.median(raw, TIMES)
        bench.report(f"{what} of a year (ms)", round(whole * 1000))
        bench.report("their raw SQL (ms)", round(alone * 1000))
        bench.budget(f"ratio, {what}", round(whole / alone, 2), RATIO)
        limit = before[what] + (WORDS if what == QUESTIONS else 0)
        bench.budget(f"queries, {what}", bench.queries(shown), limit)


def rates_of(env, company, first, last, by):
    """:return: what shows the rates beside those of the period before, and its SQL"""
    rates = env["qualiopi.rates"]

    def shown():
        return rates._rates(company, first, last, by=by)

    def raw():
        earlier = first - timedelta(days=1)
        for start, end in ((first, last), (first - timedelta(days=365), earlier)):
            for query in rates._queries(company, start, end, by, None, None):
                env.execute_query_dict(query)

    return shown, raw


def questions_of(env, company, first, last):
    """:return: what shows the results per question, and its SQL"""
    analysis = env["qualiopi.survey.analysis"]

    def shown():
        return analysis._questions(company, first, last)

    def raw():
        env.execute_query_dict(
            analysis._questions_query(company, first, last, None, None, False)
        )

    return shown, raw


def prepare(env):
    """:return: companies with programmes and a survey, and no session yet"""
    companies = env["res.company"].create(
        [{"name": f"Bench {number}"} for number in range(COMPANIES)]
    )
    category = env.ref("qualiopi_compliance.category_afc")
    env["qualiopi.program"].create(
        [
            {
                "name": f"Programme {number}",
                "company_id": company.id,
                "category_id": category.id,
                "certifying": number % 2 == 0,
            }
            for company in companies
            for number in range(20)
        ]
    )
    scale = {
        "question_type": "scale",
        "scale_min": 1,
        "scale_max": 5,
        "qualiopi_measure": "satisfaction",
    }
    env["survey.survey"].create(
        {
            "title": "Bench",
            "qualiopi_purpose": "feedback",
            "question_and_page_ids": [
                *((0, 0, {"title": f"Mark {row}", **scale}) for row in range(3)),
                (0, 0, {"title": "Remark", "question_type": "text_box"}),
            ],
        }
    )
    return companies


def plant(env, companies):
    """Sessions of three years, without what writing them sets off."""
    env.flush_all()
    survey = env["survey.survey"].search([("title", "=", "Bench")], limit=1)
    values = {
        "companies": companies.ids,
        "sessions": SESSIONS,
        "learners": LEARNERS,
        "survey": survey.id,
        "today": env["qualiopi.framework"]._today(),
    }
    for statement in STATEMENTS.values():
        env.cr.execute(statement, values)
    env.invalidate_all()
    for table in TABLES:
        env.cr.execute(f"ANALYZE {table}")


TABLES = (
    "event_event",
    "event_registration",
    "qualiopi_attendance",
    "qualiopi_survey_invitation",
    "survey_user_input",
    "survey_user_input_line",
    "crm_lead",
)
STATEMENTS = {
    "sessions": """
    INSERT INTO event_event (
        company_id, qualiopi_program_id, name, active, kanban_state, date_tz,
        badge_format, seats_limited, date_begin, date_end
    )
    SELECT program.company_id, program.id, '{"en_US": "Bench"}', true,
        CASE WHEN n %% 50 = 0 THEN 'cancel' ELSE 'normal' END, 'Europe/Paris',
        'A4_french_fold', false,
        %(today)s::timestamp - (n %% 1095 + 3) * interval '1 day',
        %(today)s::timestamp - (n %% 1095 + 1) * interval '1 day'
    FROM generate_series(1, %(sessions)s) n
    JOIN (
        SELECT id, company_id, row_number() OVER (ORDER BY id) - 1 AS rank,
            count(*) OVER () AS many
        FROM qualiopi_program WHERE company_id = ANY(%(companies)s)
    ) program ON program.rank = (n * 7919) %% program.many
    """,
    "leads": """
    INSERT INTO crm_lead (name, type, company_id, qualiopi_requested_on, active)
    SELECT 'Bench ' || event.id, 'opportunity', event.company_id,
        event.date_begin::date - (event.id %% 60), true
    FROM event_event event WHERE event.company_id = ANY(%(companies)s)
    """,
    "learners": """
    INSERT INTO event_registration (
        event_id, company_id, qualiopi_program_id, name, state, active, barcode,
        qualiopi_dropped_on, qualiopi_exam_result, qualiopi_lead_id
    )
    SELECT event.id, event.company_id, event.qualiopi_program_id, 'Learner ' || n,
        CASE WHEN n %% 10 = 0 THEN 'cancel' ELSE 'open' END, true,
        'bench' || event.id || '-' || n,
        CASE WHEN n %% 12 = 0 THEN event.date_begin::date END,
        CASE WHEN n %% 3 = 0 THEN 'obtained' WHEN n %% 3 = 1 THEN 'failed' END,
        CASE WHEN n = 1 THEN lead.id END
    FROM event_event event
    JOIN crm_lead lead ON lead.name = 'Bench ' || event.id
    CROSS JOIN generate_series(1, %(learners)s) n
    WHERE event.company_id = ANY(%(companies)s)
    """,
    "attendance": """
    INSERT INTO qualiopi_attendance (
        registration_id, event_id, company_id, date, period, state, kind
    )
    SELECT learner.id, learner.event_id, learner.company_id, event.date_begin::date,
        half.period, CASE WHEN learner.id %% 15 = 0 THEN 'absent' ELSE 'present' END,
        'planned'
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    CROSS JOIN (VALUES ('am'), ('pm')) half(period)
    WHERE learner.company_id = ANY(%(companies)s)
    """,
    "invitations": """
    INSERT INTO qualiopi_survey_invitation (
        company_id, survey_id, purpose, event_id, registration_id, key, state, token,
        sent_on
    )
    SELECT learner.company_id, %(survey)s, 'feedback', learner.event_id, learner.id,
        'bench:' || learner.id,
        CASE WHEN learner.id %% 4 = 0 THEN 'sent' ELSE 'answered' END,
        'bench' || learner.id, event.date_end::date
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    WHERE learner.company_id = ANY(%(companies)s)
    """,
    "answers": """
    INSERT INTO survey_user_input (
        survey_id, state, test_entry, access_token, end_datetime, qualiopi_purpose,
        qualiopi_company_id, qualiopi_event_id, qualiopi_program_id,
        qualiopi_registration_id, qualiopi_rated, qualiopi_satisfaction, qualiopi_day
    )
    SELECT %(survey)s, 'done', false, 'bench' || learner.id, event.date_end, 'feedback',
        learner.company_id, learner.event_id, learner.qualiopi_program_id, learner.id,
        true, (learner.id %% 5) * 25, event.date_end::date
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    WHERE learner.company_id = ANY(%(companies)s)
    """,
    "lines": """
    INSERT INTO survey_user_input_line (
        user_input_id, survey_id, question_id, skipped, answer_type, value_scale,
        value_text_box
    )
    SELECT given.id, given.survey_id, question.id, false, question.question_type,
        CASE WHEN question.question_type = 'scale'
            THEN (given.id + question.id) %% 5 + 1 END,
        CASE WHEN question.question_type = 'text_box' THEN 'Bench' END
    FROM survey_user_input given
    JOIN survey_question question ON question.survey_id = given.survey_id
    WHERE given.survey_id = %(survey)s
    """,
}
