"""Run one benchmark inside Odoo: `python bench_runner.py CONF DATABASE SCRIPT`.

The script defines `run(env, bench)`. It measures with `bench.queries`, `bench.median`
and states its budgets with `bench.budget`; nothing it does to the database is kept.
"""

from __future__ import annotations

import runpy
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import odoo
from odoo.api import Environment
from odoo.modules.registry import Registry


class Bench:
    """Measures, prints what it measured, and remembers which budgets were exceeded."""

    def __init__(self, env: Environment):
        self.env = env
        self.exceeded: list[str] = []

    def queries(self, action: Callable[[], object]) -> int:
        """The number of SQL queries an action makes from cold record caches."""
        action()  # what is read once per process is not the action's own
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def median(self, action: Callable[[], object], times: int = 30) -> float:
        """The median time of an action in seconds, from cold record caches."""
        action()
        taken = []
        for _turn in range(times):
            self.env.flush_all()
            self.env.invalidate_all()
            with self._timed(taken):
                action()
        return statistics.median(taken)

    def medians(
        self, *actions: Callable[[], object], times: int = 30
    ) -> tuple[float, ...]:
        """The median times of several actions, measured turn by turn."""
        taken: list[list[float]] = [[] for _action in actions]
        for action in actions:
            action()
        for _turn in range(times):
            for action, each in zip(actions, taken, strict=True):
                with self._timed(each):
                    action()
        return tuple(statistics.median(each) for each in taken)

    def budget(self, what: str, value: float, limit: float) -> None:
        """Print a measure beside its budget."""
        verdict = "" if value <= limit else "  EXCEEDED"
        print(f"{what}: {value:g} (budget: {limit:g}){verdict}")
        if verdict:
            self.exceeded.append(what)

    @staticmethod
    def report(what: str, value: object) -> None:
        print(f"{what}: {value}")

    @staticmethod
    @contextmanager
    def _timed(taken: list[float]) -> Iterator[None]:
        start = time.perf_counter()
        yield
        taken.append(time.perf_counter() - start)


def main(configuration: str, database: str, script: str) -> int:
    arguments = ["-c", configuration, "-d", database, "--no-http"]
    arguments += ["--log-level=warn"]
    odoo.tools.config.parse_config(arguments, setup_logging=True)
    run = runpy.run_path(script)["run"]
    with Registry(database).cursor() as cr:
        env = Environment(cr, odoo.SUPERUSER_ID, {"lang": "fr_FR"})
        bench = Bench(env)
        run(env, bench)
        cr.rollback()
    return 1 if bench.exceeded else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
