"""Is the company a new entrant for one of its categories of actions?

Order of 6 June 2019 on the audits, art. 1 (wording of 31 May 2023), and reading
guide V9, preamble, "Nouveaux entrants": a provider in its first year of activity,
or one that begins a new category of actions, for the indicators of that category.

How to tell is said by the ministry's questions and answers, 7.1 (read in a
certifier's reprint): no training activity report (BPF, art. R. 6352-22 and -23 of the
Labour Code) filed yet, or a category without activity in the last one filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from .audit_calendar import add_months
from .reasons import Reason, reason

FIRST_YEAR_MONTHS: Final = 12
"""Length of the first year of activity, in months (order of 6 June 2019, art. 1)."""

BpfState = Literal["unknown", "none", "filed"]


@dataclass(frozen=True, kw_only=True)
class NewEntrantFacts:
    """What is known of one category of one company.

    :param bpf: whether the company ever filed an training activity report
    :param in_last_bpf: the category is in the last one filed
    :param started_on: first day of activity in this category, if known
    :param override: the company's own answer, which wins; ``None`` for none
    """

    bpf: BpfState = "unknown"
    in_last_bpf: bool = False
    started_on: date | None = None
    override: bool | None = None

    def __post_init__(self) -> None:
        if self.bpf not in get_args(BpfState):
            raise ValueError(f"Unknown state of the BPF: {self.bpf!r}")


def assess_new_entrant(facts: NewEntrantFacts, day: date) -> tuple[bool, Reason]:
    """:param day: the day of the question, that of the audit for instance
    :return: whether the category is a new entrant's, and why
    """
    if facts.override is not None:
        answer = "yes" if facts.override else "no"
        return facts.override, reason(f"new_entrant_overruled_{answer}")
    if facts.bpf == "none":
        return True, reason("new_entrant_no_bpf")
    if facts.bpf == "filed":
        if facts.in_last_bpf:
            return False, reason("new_entrant_in_last_bpf")
        return True, reason("new_entrant_absent_from_bpf")
    return _by_start(facts.started_on, day)


def _by_start(started_on: date | None, day: date) -> tuple[bool, Reason]:
    """Dates decide only where nothing is known of the activity reports."""
    if started_on is None:
        return False, reason("new_entrant_unknown")
    if day < started_on:
        return True, reason("new_entrant_not_started")
    if day < add_months(started_on, FIRST_YEAR_MONTHS):
        return True, reason("new_entrant_first_year")
    return False, reason("new_entrant_after_first_year")
