"""Our addons, as their manifests describe them."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .console import Problem
from .paths import REPOSITORY

TESTS = REPOSITORY / "tests"
# What changes without a database having to know.
NOT_INSTALLED = {"tests", "readme", "__pycache__"}
NOT_INSTALLED_SUFFIXES = {".pyc", ".md", ".rst", ".pot", ".swp"}


@dataclass(frozen=True)
class Addon:
    path: Path
    shipped: bool  # or else a test addon

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def manifest(self) -> dict:
        file = self.path / "__manifest__.py"
        try:
            manifest = ast.literal_eval(file.read_text(encoding="utf-8"))
        except (ValueError, SyntaxError) as error:
            raise Problem(f"{file} is not a manifest: {error}.") from error
        if not isinstance(manifest, dict):
            raise Problem(f"{file} is not a manifest: it must hold one dictionary.")
        return manifest

    @property
    def depends(self) -> set[str]:
        return set(self.manifest.get("depends", ["base"]))


def shipped_addons() -> list[Addon]:
    found = sorted(REPOSITORY.glob("*/__manifest__.py"))
    return [Addon(manifest.parent, shipped=True) for manifest in found]


def all_addons() -> list[Addon]:
    """The shipped addons and the test addons in `tests/`."""
    found = sorted(TESTS.glob("*/__manifest__.py"))
    addons = shipped_addons() + [Addon(file.parent, shipped=False) for file in found]
    if not addons:
        raise Problem(f"No addon is in {REPOSITORY}.")
    return addons


def with_needed(addon: Addon, addons: list[Addon]) -> list[Addon]:
    """An addon and those of `addons` that it needs, in the order of `addons`."""
    by_name = {each.name: each for each in addons}
    needed, todo = set(), [addon.name]
    while todo:
        name = todo.pop()
        if name in by_name and name not in needed:
            needed.add(name)
            todo += by_name[name].depends
    return [each for each in addons if each.name in needed]


@dataclass(frozen=True)
class Group:
    """Addons that are tested on the same database, and what is installed on it."""

    tested: tuple[Addon, ...]
    installed: tuple[Addon, ...]

    @property
    def name(self) -> str:
        return ", ".join(addon.name for addon in self.tested)


def groups_of(addons: list[Addon]) -> list[Group]:
    """Which addons are tested on which database.

    An addon that another shipped one builds on is tested with nothing but what it
    needs itself: it must work where the other is not installed. All others are tested
    together, with everything.
    """
    groups, last = [], []
    for addon in addons:
        above = (
            each
            for each in addons
            if each.shipped and each != addon and addon in with_needed(each, addons)
        )
        if addon.shipped and any(above):
            groups.append(Group((addon,), tuple(with_needed(addon, addons))))
        else:
            last.append(addon)
    return [*groups, Group(tuple(last), tuple(addons))]


def dependencies(addons: list[Addon]) -> list[str]:
    """The modules of others that these addons need, sorted."""
    ours = {addon.name for addon in all_addons()}
    needed = set().union(*(addon.depends for addon in addons))
    return sorted(needed - ours) or ["base"]


def addons_folders(addons: list[Addon]) -> list[Path]:
    """The folders to put on Odoo's addons path."""
    return sorted({addon.path.parent for addon in addons})


def content_hash(addons: list[Addon]) -> str:
    """A name for what an installation of these addons puts in a database."""
    digest = hashlib.sha256()
    for addon in addons:
        for path in sorted(addon.path.rglob("*")):
            relative = path.relative_to(addon.path)
            if not is_installed(relative) or not path.is_file():
                continue
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{addon.name}/{relative} {content}\n".encode())
    return digest.hexdigest()[:12]


def is_installed(relative: Path) -> bool:
    """Whether a file of an addon matters to a database that has it installed."""
    return not (
        NOT_INSTALLED.intersection(relative.parts)
        or relative.suffix in NOT_INSTALLED_SUFFIXES
        or relative.name.startswith(".")
        or relative.name.endswith("~")
    )
