"""Which files are drawn for an audit, so that anybody can draw the same ones again.

The audit works by sampling (reading guide V9 of 8 January 2024, preamble). No text says
how to draw nor how many: the draws below are our convention. They depend on nothing but
the seed and the files themselves, neither on the order of the files nor on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Final

__all__ = ["Draw", "Member", "draw", "fingerprint", "shares"]

_EVERYBODY: Final = ""


@dataclass(frozen=True)
class Member:
    """One file of the population.

    :param key: its number, which tells it from the others
    :param stratum: the part of the population it belongs to
    """

    key: int
    stratum: str = _EVERYBODY


@dataclass(frozen=True)
class Draw:
    """What was drawn.

    :param keys: in the order of the draw: a shorter draw takes the first of each part
    :param drawn: how many of each part of the population
    :param population: how many there were in each part
    """

    keys: tuple[int, ...]
    drawn: Mapping[str, int] = field(default_factory=dict, hash=False)
    population: Mapping[str, int] = field(default_factory=dict, hash=False)


def draw(population: Iterable[Member], size: int, seed: int) -> Draw:
    """Draw files, of each part of the population its share and at least one.

    :param size: how many files; more are drawn where there are more parts, fewer where
        there are fewer files
    :raise ValueError: when a key comes twice, or the size is below one
    """
    if size < 1:
        raise ValueError("A draw takes at least one file")
    members = tuple(population)
    if len({each.key for each in members}) < len(members):
        raise ValueError("The same file comes twice")
    parts: dict[str, list[int]] = {}
    for each in members:
        parts.setdefault(each.stratum, []).append(each.key)
    sizes = {name: len(keys) for name, keys in sorted(parts.items())}
    wanted = shares(sizes, size)
    chosen = [
        key
        for name, count in wanted.items()
        for key in sorted(parts[name], key=lambda key: _rank(seed, key))[:count]
    ]
    return Draw(
        tuple(sorted(chosen, key=lambda key: _rank(seed, key))),
        MappingProxyType(wanted),
        MappingProxyType(sizes),
    )


def shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many files are drawn of each part: one each, then in proportion.

    Highest averages (Webster): drawing more never takes back a file of any part.

    :param sizes: of each part, at least one file
    """
    found = dict.fromkeys(sizes, 1)
    for _turn in range(min(size, sum(sizes.values())) - len(found)):
        open_parts = [name for name, count in found.items() if count < sizes[name]]
        best = max(
            open_parts, key=lambda name: (sizes[name] / (2 * found[name] + 1), name)
        )
        found[best] += 1
    return found


def fingerprint(keys: Iterable[int]) -> str:
    """:return: what two equal populations have in common, and no two others"""
    text = ",".join(map(str, sorted(keys)))
    return sha256(text.encode()).hexdigest()


def _rank(seed: int, key: int) -> bytes:
    """Where a file stands in the draw.

    A digest rather than a random generator: what a generator picks from a list may
    change from one version of Python to the next.
    """
    return sha256(f"{seed}/{key}".encode()).digest()
