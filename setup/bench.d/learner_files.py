"""What 10 000 learner files lack: SQL queries and time, beside reading them."""

FILES = 10_000
FEW = 100


def run(env, bench):
    session = env["event.event"].search([("qualiopi_program_id", "!=", False)], limit=1)
    if not session:
        raise SystemExit("There is no session of a programme: start with --demo.")
    plant(env, session, FILES)
    files = env["event.registration"].search([("qualiopi_program_id", "!=", False)])

    def facts(records):
        env.invalidate_all()
        return records._qualiopi_facts()

    def read_only(records):
        env.invalidate_all()
        records.fetch(["name", "state", "event_id"])

    all_of_them = bench.median(lambda: facts(files))
    core = bench.median(lambda: read_only(files))
    few = bench.queries(lambda: facts(files[:FEW]))
    bench.report("learner files", len(files))
    bench.report("what they hold, median (ms)", round(all_of_them * 1000))
    bench.report("three fields of them (ms)", round(core * 1000))
    bench.report("ratio", round(all_of_them / core, 1))
    bench.report(f"queries for {FEW} files", few)
    bench.budget(
        f"queries for {len(files)} files", bench.queries(lambda: facts(files)), few
    )


def plant(env, session, count):
    """Enrolled learners of one session, without what writing them sets off."""
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO event_registration (
            event_id, company_id, qualiopi_program_id, name, state, active, barcode
        )
        SELECT %s, %s, %s, 'Learner ' || n, 'open', true, 'bench' || n
        FROM generate_series(1, %s) n
        """,
        [session.id, session.company_id.id, session.qualiopi_program_id.id, count],
    )
    env.invalidate_all()
