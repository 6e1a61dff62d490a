"""`setup/lint`: style, conventions, manifests and translations of all we write."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from .addons import all_addons, shipped_addons
from .console import Problem, Step, complain, say
from .database import Databases
from .manifests import manifest_problems
from .node import node_modules
from .paths import REPOSITORY, SETUP, build_lock, cache_folder, log_folder
from .process import clean_environment, run_logged, why_it_failed
from .python_env import lint_python
from .workshop import Workshop, workshop

FORMATTED = {".xml", ".js", ".scss", ".yml", ".yaml"}
# Written by others, or by tools.
NOT_FORMATTED = {"lib", "node_modules", "description"}


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if options.i18n:
        translations(fix=True)
        return 0
    failed = []
    for name in options.parts or PARTS:
        say(f"▸ {name}")
        if not PARTS[name](options.fix):
            failed.append(name)
    if failed:
        complain(f"To be mended: {', '.join(failed)}.")
        return 1
    say("Nothing to mend.")
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="setup/lint", description="Check all that is written in this repository."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one or more of: {', '.join(PARTS)}"
    )
    parser.add_argument(
        "--fix", action="store_true", help="format, and mend what a tool can mend"
    )
    parser.add_argument(
        "--i18n",
        action="store_true",
        help="write i18n/ADDON.pot anew and add its new terms to i18n/fr.po",
    )
    options = parser.parse_args(arguments)
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def run(command: list[str | Path]) -> bool:
    """Run a checker in the foreground, at the top of the repository."""
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=REPOSITORY, env=clean_environment(), check=False)
    return result.returncode == 0


def python_folders() -> list[Path]:
    folders = [addon.path for addon in shipped_addons()]
    return [*folders, *(REPOSITORY / name for name in ("tests", "setup"))]


def ruff(fix: bool) -> bool:
    with build_lock():
        python = lint_python()
    cache = f"--cache-dir={cache_folder() / 'ruff'}"
    folders = [folder for folder in python_folders() if folder.is_dir()]
    check = [
        python,
        "-m",
        "ruff",
        "check",
        cache,
        *(["--fix"] if fix else []),
        *folders,
    ]
    layout = [python, "-m", "ruff", "format", cache, *([] if fix else ["--check"])]
    # Both, so that one run shows all there is.
    return all([run(check), run([*layout, *folders])])


def pylint(fix: bool) -> bool:
    with build_lock():
        python = lint_python()
    addons = [addon.path.relative_to(REPOSITORY) for addon in all_addons()]
    options = ["--rcfile=.pylintrc", "--persistent=n", "--output-format=text"]
    return run([python, "-B", "-m", "pylint", *options, *addons])


def prettier(fix: bool) -> bool:
    with build_lock():
        modules = node_modules()
    command = [
        "node",
        modules / "prettier/bin/prettier.cjs",
        "--log-level=warn",
        "--no-color",
    ]
    command += ["--write" if fix else "--check"]
    command += [f"--plugin={modules / '@prettier/plugin-xml/src/plugin.js'}"]
    return run([*command, *formatted_files()])


def formatted_files() -> list[Path]:
    folders = [addon.path for addon in all_addons()] + [REPOSITORY / ".ci"]
    files = [path for folder in folders for path in folder.rglob("*")]
    files += REPOSITORY.glob(".*")
    return sorted(
        path.relative_to(REPOSITORY)
        for path in files
        if path.suffix in FORMATTED
        and path.is_file()
        and not NOT_FORMATTED.intersection(path.relative_to(REPOSITORY).parts)
    )


def manifests(fix: bool) -> bool:
    problems = [line for addon in all_addons() for line in manifest_problems(addon)]
    for line in problems:
        complain(line)
    return not problems


def translations(fix: bool) -> bool:
    """Compare each fr.po with the terms that Odoo finds in the installed addon."""
    tool = SETUP / "stack" / "po_files.py"
    good = True
    with workshop("test") as made, tempfile.TemporaryDirectory() as folder:
        databases = Databases(made)
        with databases.temporary_copy(databases.installed(), "i18n") as name:
            for addon in shipped_addons():
                template = Path(folder) / f"{addon.name}.pot"
                export_terms(databases, name, addon.name, template)
                action = [made.python, "-B", tool, "merge" if fix else "check"]
                good &= run([*action, template, addon.path, *odoo_french(made)])
    if not good:
        complain("setup/lint --i18n brings these files up to date, then translate.")
    return good


def odoo_french(made: Workshop) -> list[Path]:
    """Odoo's French files with the words that every model has."""
    files = [
        folder / module / "i18n" / "fr.po"
        for module in ("base", "mail", "web", "website")
        for folder in made.odoo.addons
    ]
    return [file for file in files if file.is_file()]


def export_terms(databases: Databases, database: str, addon: str, path: Path) -> None:
    made = databases.workshop
    log = log_folder() / "i18n.log"
    command = made.odoo_command("i18n", "export", "-c", str(made.configuration))
    command += ["-d", database, "-l", "pot", "-o", str(path), addon]
    with Step(f"Reading the terms of {addon}"):
        code, tail = run_logged(command, log, env=made.environment)
    if code or not path.is_file():
        raise why_it_failed(f"exporting the terms of {addon}", tail, log)
    if not path.stat().st_size:
        raise Problem(f"{addon} has no term to translate.")


PARTS: dict[str, Callable[[bool], bool]] = {
    "ruff": ruff,
    "pylint": pylint,
    "prettier": prettier,
    "manifests": manifests,
    "translations": translations,
}
