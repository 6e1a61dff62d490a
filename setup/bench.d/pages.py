"""The public pages: catalogue and programme, queries and time beside core's events."""

from werkzeug.test import Client

import odoo.http
from odoo import sql_db
from odoo.tools import config

ADDON = "qualiopi_compliance_portal"
COUNT = 12  # of a page of the catalogue, and of core's list of events
SESSIONS = 3
TIMES_CORE = 1.1
HOST = "127.0.0.1"


def run(env, bench):
    website = env.ref("website.default_website")
    programs = make(env, website)
    event = env["event.event"].search([("name", "=", "Bench alone")])
    # what is measured are real requests, which see committed rows only
    env.cr.commit()
    config["db_name"] = [env.cr.dbname]
    client = Client(odoo.http.root)
    # or else the first visit is sent on to the visitor's language
    client.set_cookie("frontend_lang", website.default_lang_id.code, domain=HOST)

    def get(path):
        response = client.get(path, base_url=f"http://{HOST}:8069")
        if response.status_code != 200:
            raise SystemExit(f"{path}: {response.status} {response.location}")
        return response

    pages = {
        "catalogue": ("/formations", "/event"),
        "programme": (programs[0].website_url, f"{event.website_url}/register"),
    }
    for name, (ours, core) in pages.items():
        compare(bench, name, lambda path=ours: get(path), lambda path=core: get(path))


def compare(bench, name, ours, core):
    numbers = queries(ours), queries(core)
    # turn by turn, so that both meet the same machine
    times = bench.medians(ours, core)
    bench.report(f"{name}, core's page (ms)", round(times[1] * 1000, 1))
    bench.report(f"{name}, median of 30 (ms)", round(times[0] * 1000, 1))
    bench.budget(f"{name}, queries", *numbers)
    bench.budget(f"{name}, times core's", round(times[0] / times[1], 2), TIMES_CORE)


def queries(action):
    action()
    before = sql_db.sql_counter
    action()
    return sql_db.sql_counter - before


def make(env, website):
    """Programmes with sessions on one website, and as many plain events."""
    # nothing else on the pages than what is counted
    env["event.event"].search([]).is_published = False
    env["qualiopi.program"].search([]).is_published = False
    model = env["qualiopi.program"].search(
        [("company_id", "=", website.company_id.id), ("state", "=", "validated")],
        limit=1,
    ) or other_company(env, website)
    programs = model.browse()
    for number in range(COUNT):
        program = model.copy({"name": f"Bench {number}"})
        program.action_validate()
        program.is_published = True
        programs |= program
    day = "2030-01-%02d 08:00:00"
    rows = [
        {"name": f"Bench {number}", "qualiopi_program_id": program.id}
        for program in programs
        for number in range(SESSIONS)
    ]
    rows += [{"name": "Bench alone"}]
    env["event.event"].create(
        [
            {
                "company_id": website.company_id.id,
                "date_begin": day % (number % 28 + 1),
                "date_end": day % (number % 28 + 2),
                "is_published": True,
                "website_menu": False,
                **row,
            }
            for number, row in enumerate(rows)
        ]
    )
    return programs


def other_company(env, website):
    """The demo company's programmes, when the website is not that company's."""
    model = env["qualiopi.program"].search([("state", "=", "validated")], limit=1)
    if not model:
        raise SystemExit("There is no validated programme: start with --demo.")
    website.company_id = model.company_id
    return model
