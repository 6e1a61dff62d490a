"""`setup/bench NAME`: measure something on a copy of a database with our addons."""

from __future__ import annotations

import argparse
import ast
import subprocess
from pathlib import Path

from .addons import Addon, shipped_addons, with_needed
from .console import Problem, say
from .database import Databases
from .paths import SETUP
from .workshop import workshop

BENCHMARKS = SETUP / "bench.d"
BACK_OFFICE = "qualiopi_compliance"
RUNNER = SETUP / "stack" / "bench_runner.py"


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if not options.name:
        for name, path in benchmarks().items():
            say(f"{name}: {first_line(path)}")
        return 0
    if options.name not in benchmarks():
        known = ", ".join(benchmarks()) or "none yet"
        raise Problem(f"There is no benchmark {options.name}; known: {known}.", code=2)
    with workshop("test") as made:
        databases = Databases(made)
        addons = measured_addons(benchmarks()[options.name])
        source = databases.installed(demo=options.demo, addons=addons)
        with databases.temporary_copy(source, "bench") as name:
            script = BENCHMARKS / f"{options.name}.py"
            command = [made.python, "-B", RUNNER, made.configuration, name, script]
            words = [str(word) for word in command]
            return subprocess.run(words, env=made.environment, check=False).returncode


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="setup/bench",
        description="Measure something on a copy of a database with our addons; "
        "without a name, list what can be measured. The exit code is not 0 when a "
        "budget is exceeded.",
    )
    parser.add_argument("name", nargs="?")
    parser.add_argument(
        "--demo", action="store_true", help="on a database with demo data"
    )
    return parser.parse_args(arguments)


def benchmarks() -> dict[str, Path]:
    """The benchmarks by name."""
    return {path.stem: path for path in sorted(BENCHMARKS.glob("*.py"))}


def first_line(path: Path) -> str:
    """What a benchmark says it does."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def measured_addons(path: Path) -> list[Addon]:
    """What a benchmark is measured with: its constant `ADDON` and what that one needs.

    Figures of the back office are those of a database without a website.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ADDON"
    ]
    addons = shipped_addons()
    [addon] = [each for each in addons if each.name in (named or [BACK_OFFICE])]
    return with_needed(addon, addons)
