"""`setup/test`: the pure tests without a database, then all others on fresh ones."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from .addons import Addon, Group, all_addons, groups_of, shipped_addons
from .console import Problem, complain, say
from .database import Databases
from .machine import need_chromium, want_pdf_tool
from .paths import REPOSITORY, SETUP, cache_folder
from .process import clean_environment
from .test_counts import Counts, closing_line
from .workshop import Workshop, workshop

NOTHING_RAN = 5  # pytest's exit code when it selected no test
# Options of pytest whose value is the next word, which is therefore not a path.
WITH_VALUE = set("-k -m -p -c -o -n -W -r --rootdir --deselect --ignore".split())
# Packages of an addon that need no Odoo.
PURE_PACKAGES = ("rules", "linter")
PURE_FOLDERS = (REPOSITORY / "tests" / "rules", SETUP / "stack" / "tests")

DESCRIPTION = """\
Install our addons on databases with nothing but their dependencies, and run the
tests: the pure ones without Odoo, then through pytest those of qualiopi_compliance
where no website is installed, then those of the other addons and of
tests/test_qualiopi with everything. A path runs only what it names, on its own
database. All other arguments go to pytest: -k word, -x, a path, path::test."""


def main(arguments: list[str]) -> int:
    options, rest = parse(arguments)
    pure, odoo = split_paths(rest)
    # Paths choose one kind of test or the other; without any, both run.
    with_pure, with_odoo = bool(pure or not odoo), bool(odoo or not pure)
    words = [word for word in rest if word not in pure and word not in odoo]
    if with_odoo:
        need_chromium()
    start = time.monotonic()
    codes, counts = [], []
    with workshop("test", axe=with_odoo) as made:
        runs = itertools.chain(
            run_pure(made, pure, words) if with_pure else (),
            run_odoo(made, odoo, words, options) if with_odoo else (),
        )
        for code, counted in runs:
            codes.append(code)
            counts.append(counted)
            if code not in (0, NOTHING_RAN) and stops_at_failure(words):
                break
    code = verdict(codes)
    # What pytest says at the end of one run, for all of them: it ends the output.
    say(closing_line(counts, code, time.monotonic() - start))
    return code


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="setup/test",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--loader",
        action="store_true",
        help="also run the addons' tests once through Odoo's own --test-enable",
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="also install on a database with demo data, tolerating no warning",
    )
    return parser.parse_known_args(arguments)


def split_paths(arguments: list[str]) -> tuple[list[str], list[str]]:
    """The arguments that name tests: the pure ones, and those that need Odoo."""
    pure, odoo = [], []
    previous = ""
    for argument in arguments:
        path = Path(argument.split("::")[0])
        is_path = not argument.startswith("-") and previous not in WITH_VALUE
        if is_path and path.exists():
            path = path.resolve()
            is_pure = any(path.is_relative_to(folder) for folder in PURE_FOLDERS)
            (pure if is_pure else odoo).append(argument)
        elif is_path and ("/" in argument or "::" in argument):
            raise Problem(f"There is no test file {path}.", code=2)
        previous = argument
    return pure, odoo


def stops_at_failure(words: list[str]) -> bool:
    return any(
        word in ("-x", "--exitfirst") or word.startswith("--maxfail") for word in words
    )


def verdict(codes: list[int]) -> int:
    """The exit code: the first failure; nothing having run at all is one."""
    ran = [code for code in codes if code != NOTHING_RAN]
    if not ran:
        raise Problem("No test was run: nothing matches these arguments.", code=5)
    return next((code for code in ran if code), 0)


def run_pure(
    made: Workshop, paths: list[str], words: list[str]
) -> Iterator[tuple[int, Counts]]:
    """The tests of the rules and of this setup, without Odoo or a database."""
    folders = [str(folder) for folder in PURE_FOLDERS if folder.is_dir()]
    python_path = [*map(str, pure_addons(shipped_addons())), str(SETUP)]
    say("▸ Tests without a database")
    yield run_pytest(
        made,
        ["-p", "no:odoo", "--import-mode=importlib"]
        + ["-o", f"pythonpath={' '.join(python_path)}", *words, *(paths or folders)],
        clean_environment(
            PYTHONPYCACHEPREFIX=str(cache_folder() / "pycache"),
            HYPOTHESIS_STORAGE_DIRECTORY=str(cache_folder() / "hypothesis"),
        ),
    )


def pure_addons(addons: list[Addon]) -> list[Path]:
    """The folders of the addons that hold packages without Odoo."""
    return [
        addon.path
        for addon in addons
        if any((addon.path / name).is_dir() for name in PURE_PACKAGES)
    ]


def run_odoo(
    made: Workshop, paths: list[str], words: list[str], options: argparse.Namespace
) -> Iterator[tuple[int, Counts]]:
    """The tests that need Odoo, each group on a copy of its database.

    All databases are made before the first test: what cannot be installed is told
    before a long wait.
    """
    if sentence := want_pdf_tool():
        say(f"  {sentence}")
    databases = Databases(made)
    if options.demo:
        databases.installed(demo=True)
    chosen = chosen_paths(groups_of(all_addons()), paths)
    sources = [
        (group, databases.installed(addons=list(group.installed)), folders)
        for group, folders in chosen
    ]
    for group, source, folders in sources:
        yield run_group(databases, group, source, [*words, *folders], options.loader)


def chosen_paths(
    groups: list[Group], paths: list[str]
) -> list[tuple[Group, list[str]]]:
    """The groups to test, each with what pytest is to look at."""
    if not paths:
        everything = [(group, map(str, test_folders(group.tested))) for group in groups]
        return [(group, found) for group, them in everything if (found := list(them))]
    chosen: dict[Group, list[str]] = {group: [] for group in groups}
    for word in paths:
        path = Path(word.split("::")[0]).resolve()
        within, below = [], []
        for group in groups:
            if any(path.is_relative_to(addon.path) for addon in group.tested):
                within.append((group, [word]))
            inner = [addon for addon in group.tested if addon.path.is_relative_to(path)]
            below.append((group, [str(folder) for folder in test_folders(inner)]))
        # What lies outside the addons is tested with everything.
        found = within or [each for each in below if each[1]] or [(groups[-1], [word])]
        for group, words in found:
            chosen[group] += words
    return [(group, words) for group, words in chosen.items() if words]


def run_group(
    databases: Databases, group: Group, source: str, words: list[str], loader: bool
) -> tuple[int, Counts]:
    """The tests of a group through pytest, before that through Odoo's own loader."""
    made = databases.workshop
    failed = loader and not run_loader(databases, source, group)
    with databases.temporary_copy(source, "test") as name:
        say(f"▸ Tests with Odoo: {group.name}")
        code, counts = run_pytest(
            made,
            [f"--odoo-database={name}", f"--odoo-config={made.configuration}"]
            + ["--odoo-http", *words],
            {
                **made.environment,
                "HYPOTHESIS_STORAGE_DIRECTORY": str(cache_folder() / "hypothesis"),
            },
        )
    return (1 if failed else code), counts


def test_folders(addons: Iterable[Addon]) -> list[Path]:
    return [addon.path / "tests" for addon in addons if (addon.path / "tests").is_dir()]


def run_pytest(
    made: Workshop, arguments: list[str], environment: dict
) -> tuple[int, Counts]:
    """Run pytest in the foreground: it has the terminal, and gets Ctrl-C itself."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # First, so that who asks for a report of his own gets it.
        words = [f"--junitxml={report}", *arguments]
        code = in_foreground(made, words, environment)
        return code, Counts.read(report)


def in_foreground(made: Workshop, arguments: list[str], environment: dict) -> int:
    """Run pytest; on Ctrl-C let it report what it has run."""
    command = [str(made.python), "-m", "pytest", "-c", str(SETUP / "pytest.ini")]
    command += [
        f"--rootdir={REPOSITORY}",
        "-o",
        f"cache_dir={cache_folder() / 'pytest'}",
    ]
    process = subprocess.Popen(command + arguments, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # On a terminal it has had the same Ctrl-C, and reports what it has run.
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        raise
    finally:
        if process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def run_loader(databases: Databases, source: str, group: Group) -> bool:
    """Run a group's tests as Odoo itself does: an update (-u) runs those installed.

    pytest leaves out what Odoo does around tests: both must pass. A failure is told
    at once, and pytest still runs, as it tells more.
    """
    names = [addon.name for addon in group.tested if test_folders([addon])]
    arguments = ["-u", ",".join(names), "--test-enable"]
    arguments += ["--http-port", str(free_port())]
    arguments += ["--test-tags", ",".join(f"/{name}" for name in names)]
    what = f"Running the tests of {group.name} through Odoo's own loader"
    try:
        with databases.temporary_copy(source, "loader") as name:
            reader = databases.run_odoo(name, arguments, what)
        if not reader.tests:
            raise Problem(f"Odoo's own loader found no test of {group.name}.")
    except Problem as problem:
        complain(str(problem))
        return False
    say(f"  {reader.tests} tests passed in Odoo's own loader")
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
