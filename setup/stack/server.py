"""The demo server: its port, its start, its end."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

from .console import Problem, Step
from .odoo_log import LogReader
from .paths import log_folder
from .process import stop
from .workshop import Workshop

HOST = "127.0.0.1"
START_PATIENCE = 120
# A website sends visitors of another language on to pages in theirs.
HEADERS = {"Accept-Language": "fr"}


def require_free_port(port: int) -> None:
    """Refuse a port that something else listens on, before anything is prepared."""
    with socket.socket() as probe:
        # As Odoo does: a port just left by a former server counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Problem(f"Port {port} is for root only: choose another.") from error
        except OSError as error:
            raise Problem(
                f"Port {port} is taken by another program: stop that one, or choose "
                f"another port, such as setup/run --port {port + 1}."
            ) from error


@contextlib.contextmanager
def running_odoo(
    made: Workshop, database: str, port: int
) -> Iterator[subprocess.Popen]:
    """Odoo serving a database; it answers when the block begins, ends with it."""
    log = log_folder() / "run.log"
    command = made.odoo_command("server", "-c", str(made.configuration))
    command += ["-d", database, "--db-filter", f"^{database}$"]
    command += ["--http-port", str(port)]
    with open(log, "w") as file:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=made.environment,
            # Ctrl-C reaches us alone: we end Odoo, once.
            start_new_session=True,
        )
    try:
        with Step("Starting Odoo"):
            _await_answer(process, port)
        with Step("Preparing the first page"):
            _visit_login_page(port)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
        stop(process, patience=5)


def _await_answer(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise died(process)
        with contextlib.suppress(OSError, http.client.HTTPException):
            if _get(port, "/web/health")[0] == 200:
                return
        time.sleep(0.3)
    raise Problem(
        f"Odoo does not answer after {START_PATIENCE} s: "
        f"see {log_folder() / 'run.log'}."
    )


def _visit_login_page(port: int) -> None:
    """Ask for the login page and its assets, which Odoo makes on first demand."""
    status, page = _get(port, "/web/login")
    if status != 200:
        raise Problem(
            f"The login page answers {status}: see {log_folder() / 'run.log'}."
        )
    for address in re.findall(r'(?:href|src)="(/web/assets/[^"]+)"', page):
        if (status := _get(port, address)[0]) != 200:
            raise Problem(
                f"{address} answers {status}: see {log_folder() / 'run.log'}."
            )


def _get(port: int, address: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(HOST, port, timeout=120)
    try:
        connection.request("GET", address, headers=HEADERS)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


def died(process: subprocess.Popen) -> Problem:
    """Why Odoo ended by itself: the last problem in its log."""
    log = log_folder() / "run.log"
    reader = LogReader()
    lines = log.read_text(errors="replace").splitlines()
    for line in lines:
        reader(line)
    reader.problems = reader.problems[-1:]
    why = reader.short_report() or "\n".join(lines[-5:])
    return Problem(
        f"{why}\nOdoo ended by itself (exit code {process.returncode}); "
        f"its log is {log}."
    )
