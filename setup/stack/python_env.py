"""The Python environments: one for Odoo and the tests, one for the checkers.

Each is named after what it holds, so that a changed requirement makes a new one and
an interrupted installation is never taken for a complete one.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from .console import Step
from .paths import SETUP, build_folder, cache_folder, forget_unused, log_folder
from .process import clean_environment, run_logged, why_it_failed

ODOO_REQUIREMENTS = ("requirements.txt", "requirements-test.txt")
LINT_REQUIREMENTS = ("requirements-lint.txt",)


def requirements_key(files: tuple[Path, ...], python: str = sys.version) -> str:
    """A name for an environment: the same requirements and Python, the same name."""
    digest = hashlib.sha256(python.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def python_environment(kind: str, names: tuple[str, ...]) -> Path:
    """The python of an environment with these requirements; made if it is not there."""
    files = tuple(SETUP / name for name in names)
    key = requirements_key(files, sys.version + sys.base_prefix)
    final = cache_folder() / f"python-{kind}-{key}"

    def build(folder: Path) -> None:
        _make_environment(folder, kind, files)

    build_folder(final, build)
    forget_unused(f"python-{kind}-*", final)
    return final / "bin" / "python"


def odoo_python() -> Path:
    return python_environment("odoo", ODOO_REQUIREMENTS)


def lint_python() -> Path:
    return python_environment("lint", LINT_REQUIREMENTS)


def _make_environment(folder: Path, kind: str, files: tuple[Path, ...]) -> None:
    wanted = sum(
        1 for file in files for line in file.read_text().splitlines() if "==" in line
    )
    log = log_folder() / f"python-{kind}.log"
    with Step(f"Making the Python environment ({wanted} packages)") as step:
        create = [sys.executable, "-m", "venv", str(folder)]
        made = subprocess.run(create, capture_output=True, text=True, check=False)
        if made.returncode:
            output = (made.stdout + made.stderr).splitlines()
            raise why_it_failed("making a Python environment", output, log)
        seen = 0

        def read(line: str) -> None:
            nonlocal seen
            if line.lstrip().startswith("Collecting "):
                seen += 1
                step.progress(f"{seen} of {wanted}: {line.split()[1]}")
            elif line.startswith("Installing collected"):
                step.progress("installing")

        install = [folder / "bin/python", "-m", "pip", "install", "--no-input"]
        install += ["--disable-pip-version-check", "--progress-bar", "off"]
        for file in files:
            install += ["-r", file]
        code, tail = run_logged(install, log, read, clean_environment(LC_ALL="C.UTF-8"))
        if code:
            raise why_it_failed("installing the Python packages", tail, log)
