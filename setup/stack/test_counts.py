"""What several runs of pytest counted, and the one line that closes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

WIDTH = 80
WORST_FIRST = ("failure", "error", "skipped")


@dataclass(frozen=True)
class Counts:
    failed: int = 0
    passed: int = 0
    skipped: int = 0
    errors: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.failed + other.failed,
            self.passed + other.passed,
            self.skipped + other.skipped,
            self.errors + other.errors,
        )

    @classmethod
    def read(cls, report: Path) -> Counts:
        """What pytest's report says; nothing where pytest wrote none.

        The report has an entry for each subtest: a test is counted once, with the worst
        that was said of it.
        """
        try:
            cases = list(ElementTree.parse(report).getroot().iter("testcase"))
        except (OSError, ElementTree.ParseError):
            return cls()
        worst: dict[tuple, str] = {}
        for case in cases:
            said = {child.tag for child in case}
            found = next((word for word in WORST_FIRST if word in said), "passed")
            name = (case.get("classname"), case.get("name"))
            order = (*WORST_FIRST, "passed")
            worst[name] = min(found, worst.get(name, found), key=order.index)
        count = Counter(worst.values())
        return cls(count["failure"], count["passed"], count["skipped"], count["error"])


def closing_line(counts: list[Counts], code: int, seconds: float) -> str:
    """One line in the manner of pytest's own, over all runs."""
    total = sum(counts, Counts())
    said = [
        f"{number} {what}"
        for number, what in (
            (total.failed, "failed"),
            (total.passed, "passed"),
            (total.skipped, "skipped"),
            (total.errors, "error" if total.errors == 1 else "errors"),
        )
        if number
    ]
    if code and not (total.failed or total.errors):
        said.append("not all could be run, see above")
    text = f" {', '.join(said) or 'nothing counted'} in {seconds:.2f}s "
    return text.center(WIDTH, "=")
