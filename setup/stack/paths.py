"""Where things are: the repository, its addons, and the cache folder."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from .console import Problem, Step

REPOSITORY = Path(__file__).resolve().parents[2]
SETUP = REPOSITORY / "setup"


def cache_folder() -> Path:
    """The folder that holds all state; made on first use, closed to other users."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification: a relative path is to be ignored.
    parent = Path(base) if os.path.isabs(base) else Path.home() / ".cache"
    folder = parent / "qualiopi"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"The cache folder {folder} cannot be made ({error.strerror}): "
            "set XDG_CACHE_HOME to a folder you can write to."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Problem(
            f"The cache folder {folder} is not yours to write in: "
            "set XDG_CACHE_HOME to one that is."
        )
    return folder


def log_folder() -> Path:
    folder = cache_folder() / "log"
    folder.mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def build_lock() -> Iterator[None]:
    """Let only one command at a time build something in the cache.

    The kernel releases the lock when its holder ends, however it ends.
    """
    with open(cache_folder() / "lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with Step("Waiting for another of these commands"):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build_folder(final: Path, build: Callable[[Path], None]) -> Path:
    """Return the folder `final`, built by `build` if it does not exist yet.

    It is built beside its place and renamed when complete; a leftover of an earlier
    interruption is removed first.
    """
    if final.is_dir():
        return final
    partial = final.with_name(final.name + ".partial")
    remove_tree(partial)
    partial.mkdir(parents=True)
    try:
        build(partial)
        partial.rename(final)
    except BaseException:
        remove_tree(partial)
        raise
    return final


def remove_tree(path: Path) -> None:
    """Remove a folder of ours; a missing one is fine."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def forget_unused(pattern: str, current: Path, days: int = 30) -> None:
    """Remove what has the same kind of name and was not used for some time.

    Not at once: another checkout, or a command still running, may be using it.
    """
    os.utime(current)
    for other in cache_folder().glob(pattern):
        if other != current and time.time() - other.stat().st_mtime > days * 86400:
            remove_tree(other)
