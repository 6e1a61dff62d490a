"""Running other programs: their output goes to a log, their progress to the reader."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from .console import Problem

# Settings of the caller's shell that would change what our programs do.
UNWANTED_VARIABLES = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "ODOO_RC",
    "OPENERP_SERVER",
    "VIRTUAL_ENV",
)

NETWORK_SIGNS = (
    "Temporary failure resolving",
    "Could not resolve",
    "Could not connect",
    "Unable to connect",
    "Connection timed out",
    "Network is unreachable",
    "NameResolutionError",
    "NewConnectionError",
    "ConnectTimeoutError",
    "ProxyError",
    "SSLError",
    "ENOTFOUND",
    "ECONNREFUSED",
    "EAI_AGAIN",
    "ETIMEDOUT",
)


def clean_environment(**extra: str) -> dict[str, str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in UNWANTED_VARIABLES
    }
    return {**environment, **extra}


def run_logged(
    command: Iterable[str | Path],
    log: Path,
    on_line: Callable[[str], None] | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> tuple[int, list[str]]:
    """Run a program to its end; return its exit code and the last lines it wrote.

    The program is ended with us: whatever interrupts the reading terminates it.
    """
    tail: deque[str] = deque(maxlen=60)
    with open(log, "a", encoding="utf-8", errors="replace") as file:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=clean_environment() if env is None else env,
            cwd=cwd,
            start_new_session=True,
        )
        try:
            for line in process.stdout:
                file.write(line)
                line = line.rstrip("\n")
                tail.append(line)
                if on_line:
                    on_line(line)
            return process.wait(), list(tail)
        finally:
            stop(process)


def stop(process: subprocess.Popen, patience: float = 20) -> None:
    """End a program that leads a group of its own, and all it started with it.

    Its children may outlive it by a moment, in which they still write files.
    """
    if process.poll() is not None:
        return
    _signal_group(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    deadline = time.monotonic() + 5
    while _signal_group(process, 0) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal_group(process, signal.SIGKILL)
    process.wait()


def _signal_group(process: subprocess.Popen, number: int) -> bool:
    """Signal a program's group; False if nothing of it is left, or it runs as root.

    What sudo started is not ours to end: it is waited for.
    """
    try:
        os.killpg(process.pid, number)
        return True
    except (ProcessLookupError, PermissionError):
        return False


def why_it_failed(what: str, tail: list[str], log: Path) -> Problem:
    """The sentence for a program that failed, naming the causes a user can mend."""
    text = "\n".join(tail)
    if "No space left on device" in text or "Disk quota exceeded" in text:
        cause = what[0].lower() + what[1:]
        return Problem(f"The disk is full: {cause} failed. Free some space and retry.")
    if any(sign in text for sign in NETWORK_SIGNS):
        return Problem(
            f"The network cannot be reached: {what} failed. "
            "Check the connection (or the proxy) and start again."
        )
    errors = [
        line for line in tail if line.lower().startswith(("e:", "error", "fatal"))
    ]
    detail = (errors or [line for line in tail if line.strip()] or ["no message"])[-1]
    return Problem(f"{what[0].upper()}{what[1:]} failed: {detail.strip()} (see {log}).")
