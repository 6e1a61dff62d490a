"""Node packages, installed by npm in the cache: the formatter, the page checker."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from .console import Step
from .machine import install_packages
from .paths import SETUP, build_folder, cache_folder, forget_unused, log_folder
from .process import run_logged, why_it_failed

# Tests read the page checker from the file that this variable names.
AXE_VARIABLE = "QUALIOPI_AXE"


def node_modules() -> Path:
    """The folder of the packages in setup/package.json; the caller holds the lock."""
    if not (shutil.which("node") and shutil.which("npm")):
        install_packages(["nodejs", "npm"], "Checking XML and web pages")
    package = SETUP / "package.json"
    key = hashlib.sha256(package.read_bytes()).hexdigest()[:12]
    final = cache_folder() / f"node-{key}"

    def build(folder: Path) -> None:
        shutil.copy(package, folder)
        log = log_folder() / "npm.log"
        options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        with Step("Installing the formatter and the page checker"):
            code, tail = run_logged(["npm", "install", *options], log, cwd=folder)
        if code:
            raise why_it_failed("installing the Node packages", tail, log)

    build_folder(final, build)
    forget_unused("node-*", final)
    return final / "node_modules"


def axe_variable() -> dict[str, str]:
    """The variable that tells tests where axe-core is."""
    return {AXE_VARIABLE: str(node_modules() / "axe-core" / "axe.min.js")}
