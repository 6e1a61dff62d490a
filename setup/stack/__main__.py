"""Entry point: `python3 setup/stack COMMAND ARGUMENTS`."""

import importlib
import signal
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from stack.console import Problem, complain  # noqa: E402

COMMANDS = ("run", "test", "lint", "bench")


def _interrupt(signum, frame):
    """Treat a polite end like Ctrl-C, so that what was started is stopped."""
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    # A shell starts background jobs with SIGINT ignored: they must stop all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    # What we print reaches a terminal of any encoding rather than failing.
    sys.stdout.reconfigure(errors="replace", line_buffering=True)
    sys.stderr.reconfigure(errors="replace")
    if not arguments or arguments[0] not in COMMANDS:
        complain(f"Say which command: {', '.join(COMMANDS)}.")
        return 2
    command = importlib.import_module(f"stack.command_{arguments[0]}")
    try:
        return command.main(arguments[1:])
    except Problem as problem:
        complain(str(problem))
        return problem.code
    except KeyboardInterrupt:
        complain("Interrupted.")
        return 130
    except OSError as error:
        if (problem := Problem.from_os_error(error)) is None:
            raise
        complain(str(problem))
        return problem.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
