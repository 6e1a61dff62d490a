"""Reading Odoo's log: progress while it installs, and what must not be in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>[\w.]+): (?P<message>.*)$"
)
LOADING = re.compile(r"Loading module (\w+) \((\d+)/(\d+)\)")
TESTS_RUN = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
BAD_LEVELS = {"WARNING", "ERROR", "CRITICAL"}

# Odoo's own, harmless here, each with its reason. Nothing of ours belongs here.
HARMLESS = (
    # Debian's package leaves out a file that only background blur in calls uses.
    (r"odoo\.addons\.base\.models\.assetsbundle", r".*selfie_segmentation.*"),
    # In-app purchases: Odoo's own online services, out of reach in a test.
    (r"odoo\.addons\.iap\..*", r".*"),
)


@dataclass
class LogReader:
    """Takes Odoo's log line by line; keeps the problems, reports the progress."""

    on_progress: Callable[[str], None] | None = None
    problems: list[str] = field(default_factory=list)
    tests: int = 0
    _within_problem: bool = False

    def __call__(self, line: str) -> None:
        found = LINE.match(line)
        if not found:
            # The rest of a message, such as a traceback, belongs to its first line.
            if self._within_problem:
                self.problems[-1] += "\n" + line
            return
        self._within_problem = is_bad(found)
        if self._within_problem:
            logger, message = found["logger"], found["message"]
            self.problems.append(f"{found['level']} {logger}: {message}")
        if self.on_progress and (loading := LOADING.search(line)):
            module, number, total = loading.groups()
            self.on_progress(f"{module} ({number} of {total})")
        if run := TESTS_RUN.search(line):
            self.tests += int(run[3])

    def short_report(self, limit: int = 5) -> str:
        """The worst problems, each cut to its last lines, where the cause is."""
        shown = []
        worst_first = sorted(self.problems, key=lambda text: text.startswith("WARNING"))
        for problem in worst_first[:limit]:
            first, *rest = problem.rstrip().splitlines()
            lines = 3 if first.startswith("WARNING") else 15
            cut = ["  …"] if len(rest) > lines else []
            shown += [first, *cut, *("  " + text for text in rest[-lines:])]
        if len(self.problems) > limit:
            shown.append(f"… and {len(self.problems) - limit} more")
        return "\n".join(shown)


def is_bad(found: re.Match) -> bool:
    return found["level"] in BAD_LEVELS and not any(
        re.fullmatch(logger, found["logger"]) and re.match(message, found["message"])
        for logger, message in HARMLESS
    )
