"""Finding Odoo 19, or fetching Debian's package of it.

In this order: the checkout or installation that ODOO_HOME names, the system's own
`odoo-19` package, a copy in our cache. The copy comes from Debian unstable through
an apt configuration of our own: apt checks the signatures, the system's own package
lists and packages stay as they are, and nothing is installed, only unpacked.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .console import Problem, Step
from .machine import os_release, require_space
from .paths import build_folder, cache_folder, log_folder, remove_tree
from .process import clean_environment, run_logged, why_it_failed

SERIES = "19.0"
PACKAGE = "odoo-19"
UNSTABLE = "sid"
# Odoo's web assets are links into these packages: without them pages answer 500.
ASSET_PACKAGES = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
)
# Newer releases of these no longer have the file names that Odoo links to.
OLDER_SUITE = "bookworm"
OLDER_PACKAGES = ("fonts-font-awesome", "fonts-inconsolata")
SYSTEM_MODULES = Path("/usr/lib/python3/dist-packages")
MEGABYTES_NEEDED = 2000
# Left out of Debian's package for its licence, yet named in mail's manifest: an empty
# file keeps the missing one from failing every page in a browser test. What it would
# do is to blur the background of a video call.
MISSING_ASSET = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19: the folder to import it from, its addons, its version."""

    import_folder: Path
    addons: tuple[Path, ...]
    version: str


def series_of(release_file: str) -> str:
    """The series ("19.0") in the text of Odoo's release.py; empty if there is none."""
    found = re.search(
        r"^version_info\s*=\s*\(\s*['\"]?([\w~.-]+?)['\"]?\s*,\s*(\d+)",
        release_file,
        re.MULTILINE,
    )
    return f"{found[1]}.{found[2]}" if found else ""


def read_odoo(folder: Path) -> Odoo | None:
    """The Odoo whose package `odoo` lies in this folder, of whatever version."""
    release = folder / "odoo" / "release.py"
    if not release.is_file():
        return None
    series = series_of(release.read_text(encoding="utf-8"))
    beside, within = folder / "addons", folder / "odoo" / "addons"
    # Debian's package has all addons within and an incomplete copy beside.
    complete = (within / "web").is_dir()
    addons = (within,) if complete or not beside.is_dir() else (beside, within)
    return Odoo(folder, addons, series)


def find_odoo() -> Odoo:
    """An Odoo 19 ready to be imported; may be called without the build lock."""
    if home := os.environ.get("ODOO_HOME"):
        return _at_home(Path(home))
    system = read_odoo(SYSTEM_MODULES)
    if system and system.version == SERIES:
        return _linked(system)
    folder = build_folder(cache_folder() / f"odoo-{SERIES}", _fetch)
    modules = folder / "usr/lib/python3/dist-packages"
    missing = modules / MISSING_ASSET
    if not missing.exists():
        missing.parent.mkdir(parents=True, exist_ok=True)
        missing.touch()
    return _checked(read_odoo(modules), folder)


def _at_home(home: Path) -> Odoo:
    odoo = read_odoo(home.expanduser().resolve())
    if odoo is None:
        raise Problem(
            f"ODOO_HOME is {home}, where no Odoo is: it must name the folder that "
            "holds odoo/release.py."
        )
    return _checked(odoo, home)


def _checked(odoo: Odoo | None, where: Path) -> Odoo:
    if odoo is None or odoo.version != SERIES:
        found = odoo.version if odoo and odoo.version else "of an unknown version"
        raise Problem(f"Odoo {SERIES} is needed; the one in {where} is {found}.")
    return odoo


def _linked(system: Odoo) -> Odoo:
    """Import the system's Odoo alone, not the other modules that lie beside it."""
    folder = cache_folder() / "odoo-system"
    folder.mkdir(exist_ok=True)
    link = folder / "odoo"
    if not link.is_symlink():
        link.symlink_to(system.import_folder / "odoo")
    return Odoo(folder, system.addons, system.version)


def _fetch(destination: Path) -> None:
    cache = cache_folder()
    require_space(cache, MEGABYTES_NEEDED, "a first start")
    downloads = cache / "downloads"
    downloads.mkdir(exist_ok=True)
    log = log_folder() / "odoo-download.log"
    options = _private_apt(cache / "apt")
    with Step("Reading Debian's package lists") as step:
        code, tail = _apt(["update"], options, log, downloads, step)
        # apt only warns when it keeps old lists because the network is away.
        if code or any("Failed to fetch" in line for line in tail):
            raise why_it_failed("reading Debian's package lists", tail, log)
    wanted = [PACKAGE, *ASSET_PACKAGES]
    wanted += [f"{name}/{OLDER_SUITE}" for name in OLDER_PACKAGES]
    with Step("Downloading Odoo 19 (130 MB)") as step:
        code, tail = _apt(["download", *wanted], options, log, downloads, step)
        if any("Unable to locate" in line for line in tail):
            raise Problem(
                f"Debian unstable no longer has {PACKAGE}: get a checkout of "
                f"Odoo {SERIES} and name its folder in ODOO_HOME."
            )
        if code:
            raise why_it_failed("downloading Odoo 19", tail, log)
    with Step("Unpacking Odoo 19") as step:
        for package in sorted(downloads.glob("*.deb")):
            _unpack(package, destination, step, log)
    remove_tree(downloads)
    remove_tree(cache / "apt")


def _apt(action: list[str], options: list[str], log: Path, folder: Path, step: Step):
    command = ["apt-get", "-q", *options, *action]
    environment = clean_environment(LC_ALL="C.UTF-8")

    def read(line: str) -> None:
        # A status line: `dlstatus:1:33.3:Retrieving file 1 of 9`.
        if found := re.match(r"dlstatus:\d+:([\d.]+):", line):
            step.progress(f"{float(found[1]):.0f} %")

    return run_logged(command, log, read, environment, cwd=folder)


def _private_apt(folder: Path) -> list[str]:
    """An apt configuration in the cache that knows Debian unstable; its options."""
    (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
    (folder / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
    mirror, keyring = _mirror(), _keyring()
    lines = [
        f"deb [signed-by={keyring}] {mirror} {suite} main\n"
        for suite in (UNSTABLE, OLDER_SUITE)
    ]
    (folder / "sources.list").write_text("".join(lines))
    settings = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
        "APT::Status-Fd": "1",
        # As root, apt would download as a user who cannot enter our folder.
        "APT::Sandbox::User": "root",
    }
    return [
        part for name, value in settings.items() for part in ("-o", f"{name}={value}")
    ]


def _mirror() -> str:
    """The Debian mirror that this machine's own apt uses."""
    codename = os_release().get("VERSION_CODENAME", "")
    if os_release().get("ID") != "debian":
        raise Problem(
            "Only on Debian can Odoo be fetched: elsewhere, name the folder of an "
            f"Odoo {SERIES} checkout in ODOO_HOME."
        )
    try:
        listing = subprocess.run(
            [
                "apt-get",
                "indextargets",
                "--format",
                "$(CODENAME) $(COMPONENT) $(REPO_URI)",
            ]
            + ["Created-By: Packages"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(
            "This machine has no working apt-get to fetch Odoo with: name the folder "
            f"of an Odoo {SERIES} checkout in ODOO_HOME."
        ) from error
    return choose_mirror(listing, codename)


def choose_mirror(listing: str, codename: str) -> str:
    """The first repository of the release itself in a listing of apt's sources."""
    for line in listing.splitlines():
        release, component, address = line.split(" ", 2)
        if release == codename and component == "main":
            return address
    raise Problem(
        f"apt's sources name no Debian mirror for {codename or 'this release'}: add "
        f"one, or name the folder of an Odoo {SERIES} checkout in ODOO_HOME."
    )


def _keyring() -> Path:
    for suffix in ("gpg", "pgp"):
        path = Path(f"/usr/share/keyrings/debian-archive-keyring.{suffix}")
        if path.is_file():
            return path
    raise Problem("Debian's keys are missing: install debian-archive-keyring.")


def _unpack(package: Path, destination: Path, step: Step, log: Path) -> None:
    """Unpack a package, without the translations of languages that we do not load.

    They are nine tenths of Odoo's files; French and the templates stay.
    """
    field = ["dpkg-deb", "-f", str(package), "Installed-Size"]
    total = int(subprocess.run(field, capture_output=True, text=True).stdout or 1)
    unpack = (
        'set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" '
        "--no-same-owner --wildcards --exclude='*/i18n/[!f]*.po' "
        "--exclude='*/i18n/f[!r]*.po' --checkpoint=1000 --checkpoint-action=echo=%u"
    )

    def read(line: str) -> None:
        if found := re.fullmatch(r"tar: (\d+)", line):
            # A checkpoint counts records of 10 kB; the size is in kB.
            percent = min(100, int(found[1]) * 1000 // total)
            step.progress(f"{package.name.split('_')[0]} {percent} %")

    command = ["bash", "-c", unpack, "unpack", package, destination]
    code, tail = run_logged(command, log, read)
    if code:
        raise why_it_failed(f"unpacking {package.name}", tail, log)
