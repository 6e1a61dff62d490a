"""Statuses and gaps of 10 000 sessions: statements, time, beside raw aggregates."""

import runpy
from datetime import timedelta
from pathlib import Path

from dateutil.relativedelta import relativedelta

RATES = runpy.run_path(str(Path(__file__).with_name("rates.py")))
RAW = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
SESSIONS = 10_000
TENTH = SESSIONS // 10
FEW = 10
RATIO = 2
TIMES = 5
# The whole costs at most so many times a tenth of it: what fits in memory is cheaper.
LINEAR = 15
MONTHS = (12, 36)


def run(env, bench):
    company, companies = prepare(env)
    statements, cost = {}, {}
    for sessions in (FEW, TENTH, SESSIONS):
        savepoint = env.cr.savepoint(flush=False)
        plant(env, companies, sessions)
        bench.report("sessions", sessions)
        for months in MONTHS:
            cost[sessions, months], ratio = counts(env, bench, company, months)
            if sessions == SESSIONS:
                bench.budget(f"ratio, {months} months", round(ratio, 2), RATIO)
        statements[sessions] = bench.queries(lambda: counted(company))
        if sessions == SESSIONS:
            volumes(env, bench)
            shown(env, bench, company)
        savepoint.close(rollback=True)
        env.invalidate_all()
    bench.budget("statements, all statuses", statements[SESSIONS], statements[FEW])
    for months in MONTHS:
        whole, tenth = cost[SESSIONS, months], cost[TENTH, months]
        bench.budget(f"times a tenth, {months} months", whole / tenth, LINEAR)


def volumes(env, bench):
    for model in (
        "event.registration",
        "qualiopi.attendance",
        "qualiopi.outcome",
        "survey.user_input",
        "qualiopi.evidence",
    ):
        bench.report(model, env[model].search_count([]))


def counted(company):
    return company._qualiopi_counts(company.env["qualiopi.framework"]._today())


def counts(env, bench, company, months):
    """:return: seconds that all the counts of the company take; how many times as much
    as by hand
    """
    env["qualiopi.check"].search([]).months = months
    whole = bench.median(lambda: counted(company), TIMES)
    alone = bench.median(lambda: raw(env, company, months), TIMES)
    bench.report(f"all counts of {months} months (ms)", round(whole * 1000))
    bench.report("raw aggregates of the same tables (ms)", round(alone * 1000))
    own = bench.median(lambda: own_statements(env, company), TIMES)
    bench.report("its own statements alone (ms)", round(own * 1000))
    return whole, whole / alone


def shown(env, bench, company):
    """What people wait for: the repair list, the gaps of an indicator, of a record."""
    written = bench.median(company._qualiopi_record, TIMES)
    bench.report("all counts and statuses, written down (ms)", round(written * 1000))
    Subject = env["qualiopi.check.subject"].with_context(
        allowed_company_ids=company.ids
    )
    missing = [("satisfied", "=", False)]
    columns = {name: {} for name in ("date", "gravity", "lacks", "record_name")}
    line = company._qualiopi_living_checklist().line_ids.filtered(
        lambda line: line.number == 4
    )
    action = line.action_open_gaps()
    session = env["event.event"].search(
        [("company_id", "=", company.id), ("date_end", "<", "-40d")], limit=1
    )
    learner = session.registration_ids[:1]
    for what, model, domain in (
        ("the repair list, first page", Subject, missing),
        (
            "the gaps of one indicator, first page",
            env[action["res_model"]].with_context(**action["context"]),
            missing,
        ),
        ("the gaps of a session", Subject, [*missing, ("event_id", "=", session.id)]),
        (
            "the gaps of a learner",
            Subject,
            [*missing, ("registration_id", "=", learner.id)],
        ),
    ):

        def first_page(model=model, domain=domain):
            # as a browser asks: it stops counting at some point
            return model.web_search_read(domain, columns, limit=80, count_limit=10001)

        bench.report(f"{what} (rows)", first_page()["length"])
        bench.report(f"{what} (ms)", round(bench.median(first_page, TIMES) * 1000))


def own_statements(env, company):
    """The statements of the collectors, without what leads to them and follows."""
    today = env["qualiopi.framework"]._today()
    collector = env["qualiopi.collector"]
    asked = company._qualiopi_asked(today)
    reading = company._qualiopi_reading(today)
    for source, mine in collector._by_source(reading, asked):
        env.execute_query(collector._count_query(source, mine))


def raw(env, company, months):
    """The same tables joined and counted by hand, without any of our rules."""
    today = env["qualiopi.framework"]._today()
    values = {
        "company": company.id,
        "today": today,
        "since": today - relativedelta(months=months),
    }
    for statement in RAW.rstrip().rstrip(";").split(";"):
        env.cr.execute(statement, values)
        env.cr.fetchall()


def prepare(env):
    """:return: the company that is measured; all companies, without sessions yet"""
    companies = RATES["prepare"](env)
    for code in ("afc", "bc", "cfa"):
        env["qualiopi.company.category"].create(
            [
                {
                    "company_id": company.id,
                    "category_id": env.ref(f"qualiopi_compliance.category_{code}").id,
                }
                for company in companies
            ]
        )
    programs = env["qualiopi.program"].search([("company_id", "in", companies.ids)])
    programs[1::4].category_id = env.ref("qualiopi_compliance.category_bc")
    programs[2::4].category_id = env.ref("qualiopi_compliance.category_cfa")
    env["qualiopi.program.objective"].create(
        [
            {"program_id": program.id, "name": f"Objective {number}"}
            for program in programs
            for number in range(2)
        ]
    )
    trainers = env["qualiopi.trainer"].create(
        [
            {
                "partner_id": env["res.partner"].create({"name": "Bench"}).id,
                "company_id": company.id,
                "state": "active",
                "program_ids": programs.filtered(
                    lambda program, company=company: program.company_id == company
                ).ids,
            }
            for company in companies
            for _number in range(30)
        ]
    )
    env["qualiopi.program.version"].sudo().create(
        [
            {
                "program_id": program.id,
                "number": 1,
                "validated_on": env["qualiopi.framework"]._today()
                - timedelta(days=2000),
                "content": {"en_US": {"name": program.name}},
            }
            for program in programs
        ]
    )
    ask_for_documents(env)
    env.flush_all()
    return trainers[:1].company_id, companies


def ask_for_documents(env):
    """One more check, so that the documents of learners are read too."""
    kind = env.ref("qualiopi_compliance.document_type_convocation")
    env["qualiopi.check"].create(
        {
            "name": "Bench",
            "company_id": False,
            "kind": "document",
            "document_type_id": kind.id,
            "indicator_ids": [(6, 0, kind.indicator_ids.ids)],
        }
    )


def plant(env, companies, sessions):
    """Sessions of three years, without what writing them sets off."""
    env.flush_all()
    types = env["qualiopi.document.type"].search([("scope", "=", "learner")])
    values = {
        "companies": companies.ids,
        "sessions": sessions,
        "learners": RATES["LEARNERS"],
        "survey": env["survey.survey"].search([("title", "=", "Bench")], limit=1).id,
        "today": env["qualiopi.framework"]._today(),
        "types": types.ids,
    }
    for statement in (RATES["STATEMENTS"] | STATEMENTS).values():
        env.cr.execute(statement, values)
    env.invalidate_all()
    for table in (*RATES["TABLES"], *TABLES):
        env.cr.execute(f"ANALYZE {table}")


TABLES = (
    "qualiopi_outcome",
    "qualiopi_follow_up",
    "qualiopi_learner_document",
    "qualiopi_assignment",
    "qualiopi_evidence",
)
STATEMENTS = {
    "leads": """
    INSERT INTO crm_lead (
        name, type, company_id, qualiopi_program_id, qualiopi_requested_on,
        qualiopi_need_on, active
    )
    SELECT 'Bench ' || event.id, 'opportunity', event.company_id,
        event.qualiopi_program_id, event.date_begin::date - (event.id %% 60),
        CASE WHEN event.id %% 9 > 0 THEN event.date_begin::date END, true
    FROM event_event event WHERE event.company_id = ANY(%(companies)s)
    """,
    "learners": """
    INSERT INTO event_registration (
        event_id, company_id, qualiopi_program_id, name, state, active, barcode,
        qualiopi_dropped_on, qualiopi_exam_result, qualiopi_lead_id,
        qualiopi_need_on, qualiopi_entry_on, qualiopi_contract_on,
        qualiopi_convocation_on, qualiopi_adjustment, qualiopi_certificate_on
    )
    SELECT event.id, event.company_id, event.qualiopi_program_id, 'Learner ' || n,
        CASE WHEN n %% 10 = 0 THEN 'cancel' ELSE 'open' END, true,
        'bench' || event.id || '-' || n,
        CASE WHEN n %% 12 = 0 THEN event.date_begin::date END,
        CASE WHEN n %% 3 = 0 THEN 'obtained' WHEN n %% 3 = 1 THEN 'failed' END,
        CASE WHEN n = 1 THEN lead.id END, early.day, early.day,
        CASE WHEN (event.id + n) %% 23 > 0 THEN early.day END,
        CASE WHEN (event.id + n) %% 17 > 0 THEN early.day END,
        CASE WHEN n %% 8 > 0 THEN 'no' ELSE 'yes' END, event.date_end::date
    FROM event_event event
    JOIN crm_lead lead ON lead.name = 'Bench ' || event.id
    CROSS JOIN generate_series(1, %(learners)s) n
    CROSS JOIN LATERAL (
        SELECT CASE WHEN (event.id + n) %% 31 > 0 THEN event.date_begin::date - 10 END
            AS day
    ) early
    WHERE event.company_id = ANY(%(companies)s)
    """,
    "teaching": """
    INSERT INTO survey_user_input (
        survey_id, state, test_entry, access_token, end_datetime, qualiopi_purpose,
        qualiopi_company_id, qualiopi_event_id, qualiopi_program_id,
        qualiopi_registration_id, qualiopi_day
    )
    SELECT given.survey_id, 'done', false, 'teaching' || given.id, given.end_datetime,
        'teaching', given.qualiopi_company_id, given.qualiopi_event_id,
        given.qualiopi_program_id, given.qualiopi_registration_id, given.qualiopi_day
    FROM survey_user_input given
    WHERE given.qualiopi_company_id = ANY(%(companies)s)
    """,
    "outcomes": """
    INSERT INTO qualiopi_outcome (
        registration_id, event_id, company_id, objective_id, moment, result, assessed_on
    )
    SELECT learner.id, learner.event_id, learner.company_id, objective.id, 'end',
        'acquired', event.date_end::date
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    JOIN qualiopi_program_objective objective
        ON objective.program_id = learner.qualiopi_program_id
    WHERE learner.company_id = ANY(%(companies)s)
        AND (learner.id + objective.id) %% 13 > 0
    """,
    "follow_ups": """
    INSERT INTO qualiopi_follow_up (
        registration_id, event_id, company_id, kind, date, note
    )
    SELECT learner.id, learner.event_id, learner.company_id,
        (ARRAY['call', 'adaptation', 'company', 'distance'])[learner.id %% 4 + 1],
        event.date_end::date, 'Bench'
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    WHERE learner.company_id = ANY(%(companies)s) AND learner.id %% 3 = 0
    """,
    "documents": """
    INSERT INTO qualiopi_learner_document (registration_id, company_id, name, given_on)
    SELECT learner.id, learner.company_id, 'Welcome booklet', event.date_begin::date
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    WHERE learner.company_id = ANY(%(companies)s) AND learner.id %% 11 > 0
    """,
    "assignments": """
    INSERT INTO qualiopi_assignment (
        event_id, trainer_id, program_id, company_id, role, event_begin, event_end
    )
    SELECT event.id, trainer.id, event.qualiopi_program_id, event.company_id, 'trainer',
        event.date_begin, event.date_end
    FROM event_event event
    JOIN (
        SELECT id, company_id,
            row_number() OVER (PARTITION BY company_id ORDER BY id) - 1 AS rank
        FROM qualiopi_trainer WHERE company_id = ANY(%(companies)s)
    ) trainer ON trainer.company_id = event.company_id AND trainer.rank = event.id %% 30
    """,
    "evidence": """
    INSERT INTO qualiopi_evidence (
        company_id, scope, type_id, name, state, origin, effective_on, registration_id,
        active, valid_until
    )
    SELECT learner.company_id, 'learner', type.id, 'Bench', 'validated', 'printed',
        event.date_begin::date, learner.id, true,
        CASE WHEN learner.id %% 7 = 0
            THEN event.date_begin::date + learner.id %% 700 END
    FROM event_registration learner
    JOIN event_event event ON event.id = learner.event_id
    CROSS JOIN unnest(%(types)s) AS type(id)
    WHERE learner.company_id = ANY(%(companies)s)
        AND (learner.id + type.id) %% 5 = 0
        AND event.date_begin < %(today)s
    """,
}
