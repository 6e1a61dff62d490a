"""All that is needed to work with Odoo: its source, its Python, its server."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .addons import addons_folders, all_addons
from .node import axe_variable
from .odoo_source import Odoo, find_odoo
from .paths import REPOSITORY, SETUP, build_lock, cache_folder
from .postgres import Server, require_server, server
from .process import clean_environment
from .python_env import ODOO_REQUIREMENTS, odoo_python, requirements_key


@dataclass(frozen=True)
class Workshop:
    """Starts Odoo commands. `kind` separates what people type (`run`) from tests."""

    kind: str
    odoo: Odoo
    python: Path
    server: Server
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def data_folder(self) -> Path:
        return cache_folder() / f"data-{self.kind}"

    @property
    def configuration(self) -> Path:
        # It names the addons of this checkout: another one has its own.
        checkout = hashlib.sha256(str(REPOSITORY).encode()).hexdigest()[:8]
        return cache_folder() / f"odoo-{self.kind}-{checkout}.conf"

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(
            **self.server.environment,
            PYTHONPATH=str(self.odoo.import_folder),
            # The checkout may be one we cannot write to.
            PYTHONPYCACHEPREFIX=str(cache_folder() / "pycache"),
            PYTHONUNBUFFERED="1",
            **self.variables,
        )

    def odoo_command(self, *arguments: str) -> list[str]:
        return [str(self.python), "-m", "odoo", *arguments]

    def write_configuration(self) -> None:
        """Odoo's settings; the user's own ~/.odoorc is thereby not read."""
        folders = [*addons_folders(all_addons()), *self.odoo.addons]
        settings = {
            "addons_path": ",".join(map(str, folders)),
            "data_dir": self.data_folder,
            "http_interface": "127.0.0.1",
            "list_db": False,
            # In tests only the tests may run scheduled actions.
            "max_cron_threads": 1 if self.kind == "run" else 0,
        }
        lines = [f"{name} = {value}\n" for name, value in settings.items()]
        self.configuration.write_text("[options]\n" + "".join(lines))
        self.data_folder.mkdir(mode=0o700, exist_ok=True)

    def fingerprint(self) -> str:
        """Which Odoo and which Python packages these are."""
        folder = self.odoo.import_folder
        digest = hashlib.sha256(str(folder.resolve()).encode())
        digest.update((folder / "odoo" / "release.py").read_bytes())
        digest.update(_git_revision(folder).encode())
        files = tuple(SETUP / name for name in ODOO_REQUIREMENTS)
        digest.update(requirements_key(files).encode())
        return digest.hexdigest()


def _git_revision(folder: Path) -> str:
    """The commit of an Odoo checkout, so that a newer one is noticed."""
    if not (folder / ".git").exists():
        return ""
    command = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout
    except OSError:
        return ""


@contextlib.contextmanager
def workshop(kind: str, axe: bool = False) -> Iterator[Workshop]:
    """Everything ready for Odoo commands, as long as the block lasts.

    :param axe: whether tests check web pages
    """
    with contextlib.ExitStack() as stack:
        with build_lock():
            # First what an administrator may have to install, then the long downloads.
            require_server()
            odoo = find_odoo()
            python = odoo_python()
            variables = axe_variable() if axe else {}
            running = stack.enter_context(server(kind))
        made = Workshop(kind, odoo, python, running, variables)
        made.write_configuration()
        yield made
