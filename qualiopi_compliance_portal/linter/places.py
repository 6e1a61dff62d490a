"""Where a defect is: the items of indicators 1 and 3, and the parts of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .marks import _lt

RNQ_2026: Final = "rnq-2026"


@dataclass(frozen=True)
class Item:
    """One thing that indicator 1 or 3 wants the public to know.

    :param code: name of the item, that of the sheet
    :param indicator: 1 or 3
    :param categories: of actions it is asked of
    :param frameworks: that ask for it, empty for all
    :param certifying_only: asked where a certification is prepared only
    """

    code: str
    indicator: int = 1
    categories: tuple[str, ...] = ("AFC", "BC", "VAE", "CFA")
    frameworks: tuple[str, ...] = ()
    certifying_only: bool = False


_NOT_BC: Final = ("AFC", "VAE", "CFA")

ITEMS: Final = (
    # Guide V9, indicator 1: skills assessments need not state prerequisites.
    Item("prerequisites", categories=_NOT_BC),
    Item("objectives"),
    Item("recognition", frameworks=(RNQ_2026,)),
    Item("duration"),
    Item("teaching_arrangements", frameworks=(RNQ_2026,)),
    Item("funding_arrangements", frameworks=(RNQ_2026,)),
    # “Modalités d'accès” is in the text of 2019 only.
    Item("access_arrangements", frameworks=("rnq-2019",)),
    Item("access_time"),
    Item("price"),
    Item("contact"),
    Item("methods"),
    Item("assessment"),
    Item("accessibility"),
    # Guide V9, indicator 1, for VAE.
    Item("vae_demands", categories=("VAE",)),
    Item("vae_feasibility", categories=("VAE",)),
    # Guide V9, indicator 1, for certifying courses.
    Item("certification_title", certifying_only=True),
    Item("certification_code", certifying_only=True),
    Item("certifier", certifying_only=True),
    Item("certification_from", certifying_only=True),
    Item("certification_blocks", 3, _NOT_BC, certifying_only=True),
    Item("equivalences", 3, _NOT_BC, certifying_only=True),
    Item("onward_paths", 3, _NOT_BC, certifying_only=True),
    Item("openings", 3, _NOT_BC, certifying_only=True),
)

PLACES: Final = {
    "name": _lt("Title"),
    "prerequisites": _lt("Prerequisites"),
    "objectives": _lt("Objectives"),
    "recognition": _lt("Type of Recognition"),
    "duration": _lt("Duration"),
    "teaching_arrangements": _lt("Teaching Arrangements"),
    "funding_arrangements": _lt("Funding Arrangements"),
    "access_arrangements": _lt("How to Get a Place"),
    "access_time": _lt("Time to Get a Place"),
    "price": _lt("Price"),
    "contact": _lt("Contact"),
    "methods": _lt("Methods Used"),
    "assessment": _lt("Assessment Arrangements"),
    "accessibility": _lt("Accessibility"),
    "audience": _lt("Audience"),
    "resources": _lt("Teaching Resources"),
    "vae_demands": _lt("Demands of the Process"),
    "vae_feasibility": _lt("Feasibility"),
    "certification_title": _lt("Title of the Certification"),
    "certification_code": _lt("RNCP or RS Code"),
    "certifier": _lt("Certifying Body"),
    "certification_from": _lt("Registration of the Certification"),
    "authorisation": _lt("Authorisation"),
    "certification_blocks": _lt("Blocks of Competencies"),
    "equivalences": _lt("Equivalences and Bridges"),
    "onward_paths": _lt("Onward Paths and Further Study"),
    "openings": _lt("Job Openings"),
    "results": _lt("Results"),
    "sessions": _lt("Sessions"),
    "images": _lt("Images"),
    "page": _lt("Rest of the Page"),
    "sheet": _lt("PDF Sheet"),
}


def asked(
    category: str, framework: str, certifying: bool, concerned_by_3: bool
) -> tuple[Item, ...]:
    """:param concerned_by_3: whether indicator 3 asks anything of the programme
    :return: what the page of such a programme must say, in the order of the law
    """
    return tuple(
        item
        for item in ITEMS
        if category in item.categories
        and (not item.frameworks or framework in item.frameworks)
        and (certifying or not item.certifying_only)
        and (item.indicator != 3 or concerned_by_3)
    )


ORDER: Final = {code: place for place, code in enumerate(PLACES)}
"""How defects are sorted: in the order in which a sheet is read."""
