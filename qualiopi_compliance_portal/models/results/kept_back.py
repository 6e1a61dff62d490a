"""Figures that would tell, with a total, those that are kept back.

Where one programme's figures are kept back and the category's total is published, the
difference with the other programmes gives them away. So a second one is kept back
too. Pure Python; the convention is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was counted of one population.

    :param people: how many were counted
    :param kept: whether it is kept back for its own sake
    """

    people: int
    kept: bool = False


def also_kept_back(
    categories: Mapping[int, Figure],
    programs: Mapping[int, Mapping[int, Figure]],
) -> tuple[set[int], set[int]]:
    """:param categories: by category; together they make the total of the company
    :param programs: category -> programme -> figure; together they make the category
    :return: categories and programmes that are to be kept back besides
    """
    more_categories = _second(categories)
    more_programs = set()
    for category, rows in programs.items():
        more = _second(rows)
        secret = more or {key for key, row in rows.items() if row.kept}
        if category in more_categories and not secret:
            # all of them together would give the category away
            more = _smallest(rows)
        more_programs |= more
    return more_categories, more_programs


def _second(rows):
    """:return: the one to keep back besides the only one that is, if any"""
    kept = [key for key, row in rows.items() if row.kept]
    return _smallest(rows) if len(kept) == 1 else set()


def _smallest(rows):
    open_rows = [
        (row.people, key) for key, row in rows.items() if row.people and not row.kept
    ]
    return {min(open_rows)[1]} if open_rows else set()
