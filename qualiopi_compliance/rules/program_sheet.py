"""What the sheet of a programme must say, and objectives that cannot be observed.

Indicator 1 of both frameworks lists the items (decree 2019-565 and decree 2026-728);
indicators 3, 5, 6 and 7 add theirs. Guide V9 says what a category need not state.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from .applicability import CATEGORIES
from .marks import _lt

ALL: Final = frozenset(CATEGORIES)


@dataclass(frozen=True)
class SheetItem:
    """One thing a sheet must say before it is validated.

    :param code: name of the item, that of the field on the programme
    :param label: in words, marked for translation
    :param indicator: the indicator that asks for it
    :param categories: of actions it is asked of
    :param certifying_only: asked of programmes that lead to a certification only
    """

    code: str
    label: str
    indicator: int
    categories: frozenset[str] = field(default=ALL)
    certifying_only: bool = False


SHEET_ITEMS: Final = (
    # Guide V9, indicator 1: skills assessments need not state prerequisites.
    SheetItem(
        "prerequisites",
        _lt("Prerequisites, or that there are none"),
        1,
        ALL - {"BC"},
    ),
    SheetItem("objectives", _lt("Operational objectives"), 1),
    SheetItem("audience", _lt("Audience"), 1),
    SheetItem("recognition", _lt("Type of recognition"), 1),
    SheetItem("duration", _lt("Duration in hours or days"), 1),
    SheetItem("teaching_arrangements", _lt("Teaching arrangements"), 1),
    SheetItem("funding_arrangements", _lt("Funding arrangements"), 1),
    # “Modalités d'accès” left the text in 2026 but is still expected for 2019.
    SheetItem("access_arrangements", _lt("How to get a place"), 1),
    SheetItem("access_time", _lt("Time to get a place"), 1),
    SheetItem("price", _lt("Price"), 1),
    SheetItem("contact", _lt("Contact"), 1),
    SheetItem("methods", _lt("Methods used"), 1),
    SheetItem("assessment", _lt("Assessment arrangements"), 1),
    SheetItem("accessibility", _lt("Accessibility for people with disabilities"), 1),
    # Guide V9, indicator 1: VAE states its demands and how feasibility is examined.
    SheetItem(
        "vae_demands",
        _lt("Demands of the process"),
        1,
        frozenset({"VAE"}),
    ),
    SheetItem(
        "vae_feasibility",
        _lt("How the application and its feasibility are examined"),
        1,
        frozenset({"VAE"}),
    ),
    # Guide V9, indicator 1, certifying courses.
    SheetItem(
        "certification_title",
        _lt("Exact title of the certification"),
        1,
        certifying_only=True,
    ),
    SheetItem(
        "certification_code",
        _lt("RNCP or RS code"),
        1,
        certifying_only=True,
    ),
    SheetItem("certifier", _lt("Certifying body"), 1, certifying_only=True),
    SheetItem(
        "certification_from",
        _lt("Registration date of the certification"),
        1,
        certifying_only=True,
    ),
    SheetItem(
        "certification_blocks",
        _lt("Blocks of competencies that can be validated, or that there are none"),
        3,
        ALL - {"BC"},
        certifying_only=True,
    ),
    SheetItem(
        "equivalences",
        _lt("Equivalences and bridges, or that there are none"),
        3,
        ALL - {"BC"},
        certifying_only=True,
    ),
    SheetItem(
        "onward_paths",
        _lt("Onward paths, in particular further study"),
        3,
        ALL - {"BC"},
        certifying_only=True,
    ),
    SheetItem(
        "openings",
        _lt("Job openings"),
        3,
        ALL - {"BC"},
        certifying_only=True,
    ),
    SheetItem("lesson_plan", _lt("Lesson plan"), 6),
    SheetItem(
        "competency_table",
        _lt("Each competency of the certification covered by the lesson plan"),
        7,
        frozenset({"AFC", "CFA"}),
        certifying_only=True,
    ),
    SheetItem(
        "authorisation",
        _lt("Authorisation to train or to assess, with its dates and scope"),
        7,
        frozenset({"AFC", "CFA"}),
        certifying_only=True,
    ),
)


def asked_items(category: str, certifying: bool) -> tuple[SheetItem, ...]:
    """:param category: code of the category of actions
    :param certifying: whether the programme leads to a certification
    :return: what the sheet of such a programme must say, in the order of the sheet
    """
    return tuple(
        item
        for item in SHEET_ITEMS
        if category in item.categories and (certifying or not item.certifying_only)
    )


def missing_items(
    category: str, certifying: bool, stated: Collection[str]
) -> tuple[SheetItem, ...]:
    """:param stated: codes of the items the sheet says something about
    :return: the items still to write
    """
    return tuple(
        item for item in asked_items(category, certifying) if item.code not in stated
    )


# Verbs of intention: nobody can observe whether such an objective is reached
# (guide V9, indicator 5: objectives must be observable and measurable).
_VAGUE: Final = (
    "sensibiliser",
    "decouvrir",
    "comprendre",
    "connaitre",
    "savoir",
    "apprehender",
    "approfondir",
    "s'initier",
    "se familiariser",
    "prendre conscience",
    "maitriser",
    "raise awareness",
    "be aware",
    "discover",
    "understand",
    "know",
    "get familiar",
    "master",
)


def vague_verb(objective: str) -> str | None:
    """:return: the verb that makes an objective impossible to observe, if it begins
    with one
    """
    plain = unicodedata.normalize("NFD", objective.lower().replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).strip()
    return next(
        (verb for verb in _VAGUE if re.match(rf"{re.escape(verb)}\b", plain)), None
    )
