"""The PostgreSQL server: a private cluster in the cache, or the one PGHOST names.

A private cluster listens on a socket in a folder that is closed to others, on no
port. There are two: `run` keeps what people type; `test` holds only what can be built
again and therefore runs with fsync off. Commands that use a cluster at the same time
share it; the last one to end stops it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .console import Problem, Step
from .machine import install_packages, is_root, require_space
from .paths import cache_folder, log_folder, remove_tree
from .process import clean_environment, why_it_failed

OWNER = "odoo"
NOBODY = 65534
# A socket's path has at most 107 bytes (sun_path of Linux).
LONGEST_SOCKET = 107
SOCKET_NAME = ".s.PGSQL.5432"
MEGABYTES_NEEDED = 1500
SETTINGS = {
    "listen_addresses": "''",
    "port": "5432",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "jit": "off",
    "log_min_messages": "warning",
}
# A crash of the machine may then ruin the cluster: it is built anew (see _crashed).
UNSAFE_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


class Server:
    """A server we can make databases in, reached by libpq's own variables."""

    def __init__(self, environment: dict[str, str], prefix: str):
        self.environment = environment
        self.prefix = prefix

    def query(self, sql: str, database: str = "postgres") -> list[list[str]]:
        """Run SQL as the owner; return the rows as text."""
        # Never asking for a password: a wrong one is an answer like any other.
        command = [find_program("psql"), "-wXAtq", "-v", "ON_ERROR_STOP=1"]
        result = subprocess.run(
            [*command, "-F", "\t", "-d", database, "-c", sql],
            capture_output=True,
            text=True,
            env=clean_environment(**self.environment),
            check=False,
        )
        if result.returncode:
            if "No space left" in result.stderr:
                raise Problem("The disk is full: PostgreSQL cannot write.")
            said = (result.stderr.splitlines() or ["nothing"])[0]
            said = re.sub(r"^(psql: )?(error|ERROR|FATAL): +", "", said)
            raise Problem(f"PostgreSQL says: {said}")
        return [line.split("\t") for line in result.stdout.splitlines()]


class Cluster(Server):
    """A private cluster, made and started on demand."""

    def __init__(self, kind: str, settings: dict[str, str]):
        self.kind = kind
        self.settings = settings
        self.programs = find_programs()
        major = self._output("postgres", "--version").split()[2].split(".")[0]
        self.folder = cache_folder() / f"postgresql-{major}-{kind}"
        self.log = log_folder() / f"postgresql-{kind}.log"
        self.sockets = socket_folder(self.folder)
        environment = {"PGHOST": str(self.sockets), "PGPORT": "5432", "PGUSER": OWNER}
        super().__init__(environment, "qualiopi")

    def _output(self, program: str, *arguments: str) -> str:
        command = [str(self.programs / program), *arguments]
        return subprocess.run(command, capture_output=True, text=True).stdout

    def start(self) -> None:
        """Start the cluster unless it runs; make it if there is none."""
        if self._crashed():
            remove_tree(self.folder)
        if not self.folder.is_dir():
            with Step("Making a private PostgreSQL cluster"):
                self._create()
        self._make_socket_folder()
        if self.answers():
            return
        self._forget_stale_pid()
        options = {**self.settings, "unix_socket_directories": f"'{self.sockets}'"}
        (self.folder / "qualiopi.conf").write_text(
            "".join(f"{name} = {value}\n" for name, value in options.items())
        )
        started = self._control("start", "-w", "-t", "60", "-l", str(self.log))
        if started.returncode or not self.answers():
            tail = self.log.read_text(errors="replace") if self.log.exists() else ""
            tail = (tail or started.stdout + started.stderr).splitlines()[-20:]
            raise why_it_failed("starting PostgreSQL", tail, self.log)
        (self.folder / "qualiopi.boot").write_text(boot_id())

    def stop(self) -> None:
        self._control("stop", "-w", "-m", "fast")

    def answers(self) -> bool:
        try:
            return self.query("SELECT 1") == [["1"]]
        except Problem:
            return False

    def _create(self) -> None:
        require_space(cache_folder(), MEGABYTES_NEEDED, "the database")
        partial = self.folder.with_name(self.folder.name + ".partial")
        problem: Problem | None = None
        for user in (NOBODY, 0) if is_root() else (os.geteuid(),):
            remove_tree(partial)
            partial.mkdir(mode=0o700)
            if is_root():
                os.chown(partial, user, user)
            result = subprocess.run(
                [*as_server_user(partial), str(self.programs / "initdb"), "-D"]
                + [str(partial), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
                + ["--locale=C.UTF-8", "--no-sync"],
                capture_output=True,
                text=True,
                cwd="/",
                check=False,
            )
            if result.returncode == 0:
                with open(partial / "postgresql.conf", "a") as file:
                    file.write("\ninclude_if_exists = 'qualiopi.conf'\n")
                partial.rename(self.folder)
                return
            output = (result.stdout + result.stderr).splitlines()
            problem = why_it_failed("making the PostgreSQL cluster", output, self.log)
        remove_tree(partial)
        raise problem

    def _control(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run pg_ctl as the cluster's user; its log may be one we cannot share."""
        self.log.touch()
        if is_root():
            os.chown(self.log, self.folder.stat().st_uid, -1)
        command = [*as_server_user(self.folder), str(self.programs / "pg_ctl"), "-D"]
        # Not a pipe: the server would inherit it and keep a reader waiting.
        with tempfile.TemporaryFile("w+") as output:
            code = subprocess.run(
                [*command, str(self.folder), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                check=False,
            ).returncode
            output.seek(0)
            return subprocess.CompletedProcess(command, code, output.read(), "")

    def _make_socket_folder(self) -> None:
        """The folder of the socket, where it is not the cluster's own."""
        if self.sockets == self.folder:
            return
        with contextlib.suppress(FileExistsError):
            self.sockets.mkdir(mode=0o700)
            if is_root():
                os.chown(self.sockets, self.folder.stat().st_uid, -1)
        state = self.sockets.lstat()
        if state.st_uid != self.folder.stat().st_uid or state.st_mode & 0o077:
            raise Problem(
                f"{self.sockets} is not ours to keep PostgreSQL's socket in: "
                "remove it, or choose a shorter XDG_CACHE_HOME."
            )

    def _running_pid(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return None

    def _forget_stale_pid(self) -> None:
        """Remove the pid file of a server that is gone, its pid perhaps reused."""
        if (pid := self._running_pid()) is None:
            return
        try:
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            name = ""
        if not name.startswith("postgres"):
            (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _crashed(self) -> bool:
        """Whether the machine went down while this cluster ran without fsync."""
        if self.settings.get("fsync") != "off" or self._running_pid() is None:
            return False
        try:
            return (self.folder / "qualiopi.boot").read_text() != boot_id()
        except OSError:
            return True


def as_server_user(folder: Path) -> list[str]:
    """What to put before a command of PostgreSQL, which refuses to run as root.

    The owner of the cluster's folder tells how it was made. As `nobody` the server
    needs one capability of root to pass through parent folders closed to others;
    where that cannot be given, a namespace in which root has another number will do.
    """
    if not is_root():
        return []
    if folder.stat().st_uid == NOBODY:
        number, capability = str(NOBODY), "+dac_override"
        return [
            "setpriv",
            f"--reuid={number}",
            f"--regid={number}",
            "--clear-groups",
        ] + [
            f"--inh-caps={capability}",
            f"--ambient-caps={capability}",
        ]
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


def socket_folder(cluster: Path) -> Path:
    """Where a cluster's socket goes: its own folder, or one with a shorter name."""
    if len(os.fsencode(cluster / SOCKET_NAME)) <= LONGEST_SOCKET:
        return cluster
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:10]
    return Path("/tmp") / f"qualiopi-{os.geteuid()}-{name}"


def boot_id() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def find_programs() -> Path:
    """The folder of initdb and postgres; installs PostgreSQL where there is none."""
    for attempt in ("find", "install"):
        installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
        versions = sorted(installed, key=lambda path: float(path.parts[-3]))
        if versions:
            return versions[-1].parent
        if found := shutil.which("initdb"):
            return Path(found).resolve().parent
        if attempt == "find":
            install_packages(["postgresql"], "Keeping the database")
    raise Problem("PostgreSQL was installed but its programs cannot be found.")


def require_server() -> None:
    """Make sure that there is a PostgreSQL to use, as far as this is soon known."""
    if os.environ.get("PGHOST"):
        _existing_server()
    else:
        find_programs()


def find_program(name: str) -> str:
    """A client program, of the newest PostgreSQL or on the PATH."""
    if found := shutil.which(name):
        return found
    for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}"):
        return str(path)
    install_packages(["postgresql-client"], "Talking to PostgreSQL")
    return name


@contextlib.contextmanager
def server(kind: str) -> Iterator[Server]:
    """The server to use, running as long as the block lasts. Needs the build lock."""
    if os.environ.get("PGHOST"):
        yield _existing_server()
        return
    unsafe = UNSAFE_SETTINGS if kind == "test" else {}
    cluster = Cluster(kind, {**SETTINGS, **unsafe})
    with open(cache_folder() / f"postgresql-{kind}.users", "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            cluster.start()
            yield cluster
        finally:
            # Only the last of its users can have the lock for itself.
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if cluster.folder.is_dir():
                    cluster.stop()


def _existing_server() -> Server:
    """The server that the caller's PGHOST, PGPORT, PGUSER and PGPASSWORD name."""
    cache = hashlib.sha256(os.fsencode(cache_folder())).hexdigest()[:6]
    existing = Server({}, f"qualiopi_{cache}")
    where = os.environ["PGHOST"]
    try:
        [[user, version, may_create]] = existing.query(
            "SELECT current_user, current_setting('server_version_num')::int / 10000,"
            " rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
    except Problem as problem:
        raise Problem(
            f"The PostgreSQL server at {where} refuses us. {problem}"
        ) from None
    if user == "postgres":
        raise Problem(
            "Odoo refuses to work as the database user “postgres”: name another role "
            "that may create databases in PGUSER."
        )
    if may_create != "t":
        raise Problem(f"The role {user} at {where} may not create databases.")
    if int(version) < 13:
        raise Problem(f"Odoo 19 needs PostgreSQL 13; {where} has {version}.")
    return existing
