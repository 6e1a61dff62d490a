"""`setup/run`: Odoo with its demo data and our addons, on this machine only."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import time
from collections.abc import Iterator

from .addons import Addon, content_hash, shipped_addons
from .console import Problem, say
from .database import Databases
from .machine import want_pdf_tool
from .paths import build_lock, cache_folder
from .server import HOST, died, require_free_port, running_odoo
from .workshop import workshop

# Logins of Odoo's demo data and ours; the password is the login.
KNOWN_LOGINS = {
    "admin": "administrator",
    "demo": "Odoo's demo user",
    "qualite": "quality manager",
    "contributeur": "contributor",
    "auditeur": "internal auditor",
}


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    with only_one_run():
        require_free_port(options.port)
        with workshop("run") as made:
            databases = Databases(made)
            with build_lock():
                name = demo_database(databases, options.reset)
            note = want_pdf_tool()
            with running_odoo(made, name, options.port) as process:
                greet(databases, name, options.port, note)
                wait_for_the_end(process)
    say("Stopped.")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="setup/run",
        description="Start Odoo 19 with Odoo's demo data and our addons, "
        f"on {HOST}. Ctrl-C stops it; what was typed is there at the next start.",
        epilog="State is kept in ${XDG_CACHE_HOME:-~/.cache}/qualiopi. ODOO_HOME uses "
        "an existing checkout of Odoo 19; PGHOST, PGPORT, PGUSER and PGPASSWORD an "
        "existing PostgreSQL server.",
    )
    parser.add_argument("--port", type=port_number, default=8069, help="default: 8069")
    parser.add_argument(
        "--reset", action="store_true", help="forget what was typed and start afresh"
    )
    return parser.parse_args(arguments)


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port (1 to 65535)")
    return int(text)


@contextlib.contextmanager
def only_one_run() -> Iterator[None]:
    """Refuse a second demo server on the same database."""
    with open(cache_folder() / "run.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(
                "setup/run is already running: stop it first (Ctrl-C there), "
                "or give this one its own XDG_CACHE_HOME."
            ) from None
        yield


def demo_database(databases: Databases, reset: bool) -> str:
    """The demo database with our addons as they are now.

    A change is made on a copy that then takes the database's place: a failing update
    leaves the old one, to be updated again once the addon is mended.
    """
    name = databases.name("demo")
    addons = shipped_addons()
    wanted = content_hash(addons)
    content = databases.content(name)
    if reset and content is not None:
        databases.drop(name)
        content = None
    if content and content.get("addons") == wanted:
        return name
    # Without our addons: for a first start, and for every --reset after it.
    source = name if content else databases.template(demo=True, addons=addons)
    with databases.building(f"{name}_next") as partial:
        databases.copy(source, partial)
        bring_up_to_date(databases, partial, addons)
        databases.mark(partial, addons=wanted)
    databases.drop(name)
    databases.rename(f"{name}_next", name)
    return name


def bring_up_to_date(databases: Databases, name: str, addons: list[Addon]) -> None:
    """Update those of our addons that the database has, install the others."""
    rows = databases.server.query(
        "SELECT name FROM ir_module_module WHERE state = 'installed'", name
    )
    installed = {row[0] for row in rows}
    old = [addon for addon in addons if addon.name in installed]
    new = [addon for addon in addons if addon.name not in installed]
    if old:
        databases.install(name, old, "-u")
    if new:
        databases.install(name, new, "-i")


def greet(databases: Databases, name: str, port: int, note: str | None) -> None:
    names = ", ".join(f"'{login}'" for login in KNOWN_LOGINS)
    rows = databases.server.query(
        f"SELECT login FROM res_users WHERE active AND login IN ({names})", name
    )
    logins = {row[0] for row in rows}
    say(f"\nOdoo is ready: http://{HOST}:{port}")
    for login, who in KNOWN_LOGINS.items():
        if login in logins:
            say(f"  {login} / {login}  ({who})")
    if note:
        say(note)
    say("Ctrl-C stops it.")


def wait_for_the_end(process) -> None:
    """Wait for Ctrl-C, or for Odoo to end by itself, which is a problem."""
    try:
        while process.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nStopping …")
        return
    raise died(process)
