"""`setup/test`: the pure tests without a database, then all others on a fresh one."""

from __future__ import annotations

import argparse
import contextlib
import socket
import subprocess
from pathlib import Path

from .addons import Addon, all_addons, shipped_addons
from .console import Problem, complain, say
from .database import Databases
from .machine import need_chromium, want_pdf_tool
from .paths import REPOSITORY, SETUP, cache_folder
from .process import clean_environment
from .workshop import Workshop, workshop

NOTHING_RAN = 5  # pytest's exit code when it selected no test
# Options of pytest whose value is the next word, which is therefore not a path.
WITH_VALUE = set("-k -m -p -c -o -n -W -r --rootdir --deselect --ignore".split())
PURE_FOLDERS = (REPOSITORY / "tests" / "rules", SETUP / "stack" / "tests")

DESCRIPTION = """\
Install our addons on a database with nothing but their dependencies, and run the
tests: the pure ones without Odoo, then those of the addons and of tests/test_qualiopi
through pytest. All other arguments go to pytest: -k word, -x, a path, path::test."""


def main(arguments: list[str]) -> int:
    options, rest = parse(arguments)
    pure, odoo = split_paths(rest)
    codes = []
    # Paths choose one kind of test or the other; without any, both run.
    chosen = bool(pure or odoo)
    words = [word for word in rest if word not in pure and word not in odoo]
    if odoo or not chosen:
        need_chromium()
    with workshop("test") as made:
        if pure or not chosen:
            codes.append(run_pure(made, pure, words))
        if odoo or not chosen:
            codes.append(run_odoo(made, odoo, words, options))
    return verdict(codes)


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


def verdict(codes: list[int]) -> int:
    """The exit code: the first failure; nothing having run at all is one."""
    ran = [code for code in codes if code != NOTHING_RAN]
    if not ran:
        raise Problem("No test was run: nothing matches these arguments.", code=5)
    return next((code for code in ran if code), 0)


def run_pure(made: Workshop, paths: list[str], words: list[str]) -> int:
    """The tests of the rules and of this setup, without Odoo or a database."""
    folders = [str(folder) for folder in PURE_FOLDERS if folder.is_dir()]
    rules = [str(addon.path) for addon in shipped_addons() if has_rules(addon)]
    python_path = [*rules, str(SETUP)]
    say("▸ Tests without a database")
    return run_pytest(
        made,
        ["-p", "no:odoo", "--import-mode=importlib"]
        + ["-o", f"pythonpath={' '.join(python_path)}", *words, *(paths or folders)],
        clean_environment(
            PYTHONPYCACHEPREFIX=str(cache_folder() / "pycache"),
            HYPOTHESIS_STORAGE_DIRECTORY=str(cache_folder() / "hypothesis"),
        ),
    )


def has_rules(addon: Addon) -> bool:
    return (addon.path / "rules").is_dir()


def run_odoo(
    made: Workshop, paths: list[str], words: list[str], options: argparse.Namespace
) -> int:
    """The tests that need Odoo, on a copy of a database with our addons."""
    if sentence := want_pdf_tool():
        say(f"  {sentence}")
    databases = Databases(made)
    if options.demo:
        databases.installed(demo=True)
    source = databases.installed()
    failed = options.loader and not run_loader(databases, source)
    folders = paths or [str(path) for path in test_folders(all_addons())]
    if not folders:
        return NOTHING_RAN
    with databases.temporary_copy(source, "test") as name:
        say("▸ Tests with Odoo")
        code = run_pytest(
            made,
            [f"--odoo-database={name}", f"--odoo-config={made.configuration}"]
            + ["--odoo-http", *words, *folders],
            {
                **made.environment,
                "HYPOTHESIS_STORAGE_DIRECTORY": str(cache_folder() / "hypothesis"),
            },
        )
    return 1 if failed else code


def test_folders(addons: list[Addon]) -> list[Path]:
    return [addon.path / "tests" for addon in addons if (addon.path / "tests").is_dir()]


def run_pytest(made: Workshop, arguments: list[str], environment: dict) -> int:
    """Run pytest in the foreground: it has the terminal, and gets Ctrl-C itself."""
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


def run_loader(databases: Databases, source: str) -> bool:
    """Run our tests as Odoo itself does; an update (-u) runs those of an installed one.

    pytest leaves out what Odoo does around tests: both must pass. A failure is told
    at once, and pytest still runs, as it tells more.
    """
    names = [addon.name for addon in all_addons() if test_folders([addon])]
    arguments = ["-u", ",".join(names), "--test-enable"]
    arguments += ["--http-port", str(free_port())]
    arguments += ["--test-tags", ",".join(f"/{name}" for name in names)]
    what = "Running the tests through Odoo's own loader"
    try:
        with databases.temporary_copy(source, "loader") as name:
            reader = databases.run_odoo(name, arguments, what)
        if not reader.tests:
            raise Problem("Odoo's own loader found none of our tests.")
    except Problem as problem:
        complain(str(problem))
        return False
    say(f"  {reader.tests} tests passed in Odoo's own loader")
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
