"""Which indicators are looked at in one session delivered for a principal.

Guide V9, preamble: such an action is audited according to the tasks entrusted to the
subcontractor; without a contract that names them, all the indicators that apply to
the category of actions are checked. What the guide says of each indicator
(:data:`~.applicability.SubcontractorRule`) is an input: a later guide may say
otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from .applicability import SubcontractorRule

Basis = Literal["no_tasks", "tasks", "indicators"]


@dataclass(frozen=True)
class Share:
    """The indicators of one session, each in one place only, in order.

    :param basis: what it rests on: no task is named; tasks are, without saying which
        indicators they concern; the indicators entrusted are named too
    :param applies: looked at as in any session
    :param special: looked at, by a sentence of the guide for subcontractors
    :param named: looked at because the tasks entrusted concern them
    :param by_tasks: the auditor will judge by the tasks whether they are looked at
    :param left: not looked at, the tasks entrusted do not concern them
    :param principal: not looked at, always the principal's
    """

    basis: Basis
    applies: tuple[int, ...] = ()
    special: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    by_tasks: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    principal: tuple[int, ...] = ()

    @property
    def asked(self) -> tuple[int, ...]:
        """:return: the indicators that may be looked at, those to judge included"""
        found = self.applies + self.special + self.named + self.by_tasks
        return tuple(sorted(found))


def share(
    applicable: Iterable[int],
    rules: Mapping[int, SubcontractorRule],
    *,
    tasks: bool,
    named: Collection[int] = (),
) -> Share:
    """Sort the indicators of a session delivered for a principal.

    :param applicable: numbers that apply to the category of actions of the session
    :param rules: number -> what the guide says of subcontractors; a number that is
        not in it has no rule of its own
    :param tasks: whether a contract names the tasks entrusted
    :param named: numbers the contract says the subcontractor answers for
    """
    numbers = sorted(set(applicable))
    if not tasks:
        return Share("no_tasks", applies=tuple(numbers))
    places: dict[str, list[int]] = {}
    for number in numbers:
        place = _place(rules.get(number, "none"), number, named)
        places.setdefault(place, []).append(number)
    return Share(
        "indicators" if named else "tasks",
        **{place: tuple(found) for place, found in places.items()},
    )


def _place(rule: SubcontractorRule, number: int, named: Collection[int]) -> str:
    if rule == "not_applicable":
        return "principal"
    if rule == "special":
        return "special"
    if rule == "by_tasks":
        if not named:
            return "by_tasks"
        return "named" if number in named else "left"
    return "applies"
