"""What the person at the terminal sees: steps, their progress, and problems."""

from __future__ import annotations

import errno
import sys
import time


class Problem(Exception):
    """What went wrong and what to do, in one sentence: shown without a traceback."""

    def __init__(self, sentence: str, code: int = 1):
        super().__init__(sentence)
        self.code = code

    @classmethod
    def from_os_error(cls, error: OSError) -> Problem | None:
        """The sentence for the few errors of the machine that a user can mend."""
        where = f" ({error.filename})" if error.filename else ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cls(f"The disk is full{where}: free some space and start again.")
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            return cls(f"No right to write or run{where}: {error.strerror}.")
        return None


def complain(sentence: str) -> None:
    """Say on stderr what went wrong, on a line of its own."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr, flush=True)


def say(sentence: str) -> None:
    print(sentence, flush=True)


def duration(seconds: float) -> str:
    """Seconds as a person reads them."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


class Step:
    """A piece of work that is announced, shows its progress and says how long it took.

    On a terminal the progress replaces the line; elsewhere (a log, CI) a plain line
    is printed at most every few seconds.
    """

    PLAIN_INTERVAL = 15.0

    def __init__(self, text: str):
        self.text = text
        self._live = sys.stdout.isatty()
        self._last_plain = 0.0

    def __enter__(self) -> Step:
        self._started = self._last_plain = time.monotonic()
        self._write(f"▸ {self.text} …", end="" if self._live else "\n")
        return self

    def progress(self, text: str) -> None:
        if self._live:
            self._write(f"\r\x1b[K▸ {self.text} … {text}", end="")
        elif time.monotonic() - self._last_plain > self.PLAIN_INTERVAL:
            self._last_plain = time.monotonic()
            self._write(f"  … {text}")

    def __exit__(self, exception_type, exception, traceback) -> None:
        took = duration(time.monotonic() - self._started)
        start = f"\r\x1b[K▸ {self.text}" if self._live else f"  {self.text}"
        if exception_type is None:
            self._write(f"{start}: {took}")
        else:
            self._write(f"{start}: stopped after {took}")

    @staticmethod
    def _write(text: str, end: str = "\n") -> None:
        print(text, end=end, flush=True)
