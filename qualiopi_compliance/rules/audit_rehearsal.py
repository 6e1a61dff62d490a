"""If the auditor came today and wrote what the checklist shows.

An indicator that is at risk is partly met, one that is insufficient is not met or so
that the quality of the service is called into question: minor and major (Labour Code,
annex to art. R. 6316-1, II-3). Where the guide gives major only, partly met is major
too (order of 6 June 2019, art. 5). With nothing to show, nothing is met.
"""

from __future__ import annotations

from typing import Literal

from .audit_findings import Gravity

__all__ = ["Seen", "written_as"]

Seen = Literal["demonstrated", "at_risk", "insufficient", "not_assessed"]


def written_as(status: Seen, gravity: str) -> Gravity | None:
    """:param status: where an indicator that applies stands
    :param gravity: of its non-conformities, ``major_only`` where none is minor
    :return: what an auditor would write, ``None`` for nothing
    """
    if status == "demonstrated":
        return None
    if status == "at_risk" and gravity != "major_only":
        return "minor"
    return "major"
