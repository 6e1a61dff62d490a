"""Databases: templates with the dependencies, ours installed on a copy of them.

Every database is built under a name of its own (`…_partial`) and renamed when it is
complete. A comment on it says what it holds, and that it is ours to drop.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from .addons import Addon, all_addons, content_hash, dependencies
from .console import Problem, Step
from .odoo_log import LogReader
from .paths import build_lock, log_folder, remove_tree
from .process import run_logged, why_it_failed
from .workshop import Workshop

# The first one is everybody's; English is there to be chosen.
LANGUAGES = "fr_FR,en_US"
MARK = "qualiopi-setup"
KEPT = 6  # older templates of each kind, for other branches and sets of addons


class Databases:
    def __init__(self, workshop: Workshop):
        self.workshop = workshop
        self.server = workshop.server

    # -- names ---------------------------------------------------------------

    def name(self, *parts: str) -> str:
        return "_".join((self.server.prefix, *parts))

    def filestore(self, name: str) -> Path:
        return self.workshop.data_folder / "filestore" / name

    # -- elementary operations -----------------------------------------------

    def content(self, name: str) -> dict | None:
        """What our comment on the database says; None if there is no database."""
        rows = self.server.query(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '')"
            f" FROM pg_database WHERE datname = '{name}'"
        )
        if not rows:
            return None
        comment = rows[0][0] if rows[0] else ""
        if not comment.startswith(MARK):
            raise Problem(
                f"The server already has a database “{name}” that was not made here: "
                "rename it, or use another server."
            )
        return json.loads(comment.removeprefix(MARK))

    def mark(self, name: str, **content: object) -> None:
        comment = MARK + json.dumps(content)
        self.server.query(f"COMMENT ON DATABASE \"{name}\" IS '{comment}'")

    def drop(self, name: str, force: bool = False) -> None:
        suffix = " WITH (FORCE)" if force else ""
        self.server.query(f'DROP DATABASE IF EXISTS "{name}"{suffix}')
        remove_tree(self.filestore(name))

    def copy(self, source: str, target: str) -> None:
        """Copy a database and its files; the files are never changed, so linked."""
        self.drop(target, force=True)
        self.server.query(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        self.mark(target, copy_of=source)
        if self.filestore(source).is_dir():
            shutil.copytree(
                self.filestore(source), self.filestore(target), copy_function=_link
            )

    def rename(self, source: str, target: str) -> None:
        remove_tree(self.filestore(target))
        if self.filestore(source).is_dir():
            self.filestore(source).rename(self.filestore(target))
        self.server.query(f'ALTER DATABASE "{source}" RENAME TO "{target}"')

    @contextlib.contextmanager
    def building(self, final: str) -> Iterator[str]:
        """The name to build under; renamed to `final` at the end, dropped on error."""
        partial = f"{final}_partial"
        self.drop(partial, force=True)
        try:
            yield partial
        except BaseException:
            with contextlib.suppress(Problem):
                self.drop(partial, force=True)
            raise
        self.rename(partial, final)

    @contextlib.contextmanager
    def temporary_copy(self, source: str, purpose: str) -> Iterator[str]:
        """A copy that is dropped at the end of the block."""
        name = self.name(purpose, str(os.getpid()))
        try:
            with build_lock():
                self.forget_orphans(purpose)
                self.copy(source, name)
            yield name
        finally:
            self.drop(name, force=True)

    def forget_orphans(self, purpose: str) -> None:
        """Drop the copies of commands that were killed before they could do so."""
        start = self.name(purpose, "")
        rows = self.server.query("SELECT datname FROM pg_database")
        for name in (row[0] for row in rows if row[0].startswith(start)):
            number = name.removeprefix(start)
            if number.isdecimal() and not Path(f"/proc/{number}").exists():
                self.drop(name, force=True)

    def forget_old(self, *parts: str) -> None:
        """Drop all but the newest databases whose name begins so."""
        start = self.name(*parts).replace("_", r"\_")
        rows = self.server.query(
            f"SELECT datname FROM pg_database WHERE datname LIKE '{start}%'"
            f" ORDER BY oid DESC OFFSET {KEPT}"
        )
        for [name] in rows:
            # One in use by another command stays for another day.
            with contextlib.suppress(Problem):
                self.drop(name)

    # -- what the commands ask for -------------------------------------------

    def template(self, demo: bool, addons: list[Addon]) -> str:
        """A database with the dependencies of these addons and French, none of ours.

        Each set of dependencies has its own.
        """
        modules = dependencies(addons)
        key = hashlib.sha256(
            f"{modules} {LANGUAGES} {self.workshop.fingerprint()}".encode()
        ).hexdigest()[:12]
        kind = "demodeps" if demo else "deps"
        final = self.name(kind, key)
        if self.content(final) is None:
            with self.building(final) as partial:
                what = "Installing Odoo with demo data" if demo else "Installing Odoo"
                arguments = ["-i", ",".join(modules), "--load-language", LANGUAGES]
                arguments += ["--with-demo"] if demo else []
                self.run_odoo(partial, arguments, what, strict=False)
                self.check_demo(partial)
                self.mark(partial, modules=modules)
            self.forget_old(kind)
        return final

    def installed(self, demo: bool = False, addons: list[Addon] | None = None) -> str:
        """A database with our addons freshly installed; the log was clean.

        :param addons: some of ours; without, all of them
        """
        addons = addons or all_addons()
        with build_lock():
            template = self.template(demo, addons)
            content = content_hash(addons)
            kind = "demoinst" if demo else "inst"
            final = self.name(kind, template.rsplit("_", 1)[1], content)
            if self.content(final) is None:
                with self.building(final) as partial:
                    self.copy(template, partial)
                    self.install(partial, addons, "-i")
                    self.mark(partial, addons=content)
                self.forget_old(kind)
        return final

    def install(self, name: str, addons: list[Addon], how: str) -> None:
        """Install (-i) or update (-u) our addons, tolerating no warning."""
        names = ",".join(addon.name for addon in addons)
        what = "Installing" if how == "-i" else "Updating"
        self.run_odoo(name, [how, names], f"{what} {names.replace(',', ', ')}")
        self.check_demo(name)

    def run_odoo(
        self, name: str, arguments: list[str], what: str, strict: bool = True
    ) -> LogReader:
        """Run Odoo to its end on a database; a warning in its log is a failure."""
        log = log_folder() / f"{name}.log"
        log.unlink(missing_ok=True)
        command = self.workshop.odoo_command(
            "server", "-c", str(self.workshop.configuration), "-d", name
        )
        if "--test-enable" not in arguments:
            command.append("--no-http")
        with Step(what) as step:
            reader = LogReader(step.progress)
            code, tail = run_logged(
                [*command, "--stop-after-init", *arguments],
                log,
                reader,
                self.workshop.environment,
            )
        if (strict and reader.problems) or code:
            if any("No space left on device" in line for line in tail):
                raise why_it_failed(what, tail, log)
            report = reader.short_report() or "\n".join(tail[-12:])
            raise Problem(f"{report}\n{what} failed; the whole log is in {log}.")
        return reader

    def check_demo(self, name: str) -> None:
        """Odoo installs a module without its demo data when that fails: we refuse."""
        failures = self.server.query(
            "SELECT m.name FROM ir_demo_failure f"
            " JOIN ir_module_module m ON m.id = f.module_id",
            name,
        )
        if failures:
            modules = ", ".join(sorted({row[0] for row in failures}))
            raise Problem(
                f"The demo data of {modules} cannot be loaded: "
                f"see {log_folder() / name}.log."
            )


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
