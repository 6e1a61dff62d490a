"""The machine: its Debian packages, its rights, its disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from .console import Problem, Step
from .paths import log_folder
from .process import clean_environment, run_logged, why_it_failed


def is_root() -> bool:
    return os.geteuid() == 0


def os_release() -> dict[str, str]:
    """The fields of /etc/os-release; none where there is no such file."""
    try:
        text = Path("/etc/os-release").read_text()
    except OSError:
        return {}
    pairs = re.findall(r'^(\w+)="?(.*?)"?$', text, re.MULTILINE)
    return dict(pairs)


def require_space(folder: Path, megabytes: int, purpose: str) -> None:
    """Refuse early what would fill the disk half-way through."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise Problem(
            f"The disk is too full: {purpose} needs {megabytes} MB in {folder}, "
            f"where {free} MB are free."
        )


class InstallProgress:
    """Reads what apt-get says while it installs: how many packages are how far.

    Not its status lines: those would share the output of the packages' own scripts,
    which some of them do not survive.
    """

    STAGES = {
        "Get:": "downloading",
        "Unpacking ": "unpacking",
        "Setting up ": "installing",
    }

    def __init__(self, step: Step):
        self.step = step
        self.total = 0
        self.seen: Counter[str] = Counter()

    def __call__(self, line: str) -> None:
        if found := re.search(r"(\d+) newly installed", line):
            self.total = int(found[1])
        for start, doing in self.STAGES.items():
            if self.total and line.startswith(start):
                self.seen[doing] += 1
                self.step.progress(f"{doing} {self.seen[doing]} of {self.total}")


def install_packages(packages: Iterable[str], why: str) -> None:
    """Install Debian packages, as root or with sudo."""
    packages = list(packages)
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Problem(
            f"{why} needs {names}, and this machine has no apt-get: "
            "install that with your own means, or use Debian 12 or later."
        )
    as_root = [] if is_root() else ["sudo", "-n"]
    if as_root and not _can_sudo():
        raise Problem(
            f"{why} needs {names}: have an administrator run "
            f"“apt-get install {names}”, then start again."
        )
    log = log_folder() / "apt.log"
    options = ["-o", "DPkg::Lock::Timeout=300"]
    settings = ["env", "DEBIAN_FRONTEND=noninteractive"]
    environment = clean_environment(LC_ALL="C.UTF-8")
    with Step(f"Installing {names}") as step:
        for action in (
            ["update"],
            ["install", "-y", "--no-install-recommends", *packages],
        ):
            code, tail = run_logged(
                [*as_root, *settings, "apt-get", *options, "-q", *action],
                log,
                InstallProgress(step),
                environment,
            )
            if code and action[0] == "install":
                raise why_it_failed(f"installing {names}", tail, log)


def _can_sudo() -> bool:
    """Whether sudo works; on a terminal it may ask for the password, once."""
    if not shutil.which("sudo"):
        return False
    asking = [] if sys.stdin and sys.stdin.isatty() else ["-n"]
    test = ["sudo", *asking, "true"]
    return subprocess.run(test, stderr=subprocess.DEVNULL, check=False).returncode == 0


def find_chromium() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


def need_chromium() -> None:
    """Browser tests need a Chromium on the PATH; Odoo finds it there."""
    if not find_chromium():
        install_packages(["chromium"], "Testing pages in a browser")


def has_pdf_tool() -> bool:
    return shutil.which("wkhtmltopdf") is not None


def want_pdf_tool() -> str | None:
    """Install wkhtmltopdf where Debian has it; else say what will not work.

    Debian dropped it after release 12, and Odoo prints nothing without it: reports
    are then unavailable, all the rest works.
    """
    if has_pdf_tool():
        return None
    if os_release().get("VERSION_ID") == "12" and shutil.which("apt-get"):
        try:
            install_packages(["wkhtmltopdf"], "Printing PDF reports")
            return None
        except Problem as problem:
            return f"PDF reports are unavailable. {problem}"
    return "PDF reports are unavailable: this system has no wkhtmltopdf 0.12.6."
