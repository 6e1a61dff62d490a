"""The defects that a page may have: where each comes from, and its remedy.

Sources: indicators 1 to 3 in the words of decree 2019-565 and of decree 2026-728, the
Labour Code, guide V9 (the last one published); what rests on practice alone says so
and never blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .marks import _lt


@dataclass(frozen=True)
class Rule:
    """One kind of defect.

    :param code: its name
    :param label: what is wrong, marked for translation
    :param remedy: what to do, marked for translation
    :param source: the text it rests on, marked for translation
    :param blocking: whether a page with it should not be published
    """

    code: str
    label: str
    remedy: str
    source: str
    blocking: bool = True


@dataclass(frozen=True)
class Defect:
    """One thing that a page lacks, or says and may not say.

    :param code: of its rule
    :param indicator: 1, 2 or 3
    :param where: the item, or the part of the page: a key of ``PLACES``
    :param passage: the very words found with some context; empty for what is absent
    :param blocking: whether the page should not be published with it
    """

    code: str
    indicator: int
    where: str
    passage: str = ""
    blocking: bool = True

    @property
    def label(self) -> str:
        return RULES[self.code].label

    @property
    def remedy(self) -> str:
        return RULES[self.code].remedy

    @property
    def is_gap(self) -> bool:
        """:return: whether its indicator is not met for now: what ends soon, and words
        that are only worth a look, are not
        """
        return self.blocking or not self.code.startswith(_NOTICES)

    @property
    def source(self) -> str:
        return RULES[self.code].source


_NOTICES: Final = ("certification_ends", "authorisation_ends", "claims_")
_INDICATORS = _lt("Indicators 1 and 3 (decrees 2019-565 and 2026-728), guide V9")
_MISLEADING = _lt("Indicator 1 (decree 2026-728); L. 6352-13 of the Labour Code")
_REGISTRATION = _lt("L. 6113-5 and L. 6113-6 of the Labour Code, guide V9")
_OFTEN_1 = _lt("Practice: a gap often found on indicator 1; no official text")
_OFTEN_2 = _lt("Practice: a gap often found on indicator 2; no official text")
_INDICATOR_2 = _lt("Indicator 2")
_MARK = _lt("Rules of use of the Qualiopi mark, known from secondary sources")
_NDA = _lt("L. 6352-12 of the Labour Code")

_ALL: Final = (
    # What is not there
    Rule(
        "item_missing",
        _lt("Not stated"),
        _lt("State it on the programme, then validate a new version."),
        _INDICATORS,
    ),
    Rule(
        "item_placeholder",
        _lt("Text still to be written"),
        _lt("Replace it by what is really offered, then validate a new version."),
        _INDICATORS,
    ),
    Rule(
        "item_not_on_page",
        _lt("Stated by the programme, not shown on the page"),
        _lt("Put it back on the page: the website editor has hidden or changed it."),
        _INDICATORS,
    ),
    Rule(
        "access_time_unsaid",
        _lt("Time to get a place without any estimate"),
        _lt("Give an estimated time from the request to the start, even a range."),
        _lt("Guide V9, glossary: time to get a place"),
        blocking=False,
    ),
    Rule(
        "price_without_basis",
        _lt("Price without any basis"),
        _lt(
            "Give a price, or what a quote is made of: per day, per group, from how "
            "much."
        ),
        _OFTEN_1,
        blocking=False,
    ),
    Rule(
        "further_study_unsaid",
        _lt("Onward paths that say nothing of further study"),
        _lt("Say which studies can follow, or that there are none."),
        _lt("Indicator 3 (decree 2026-728): further study"),
        blocking=False,
    ),
    # Dates
    Rule(
        "certification_expired",
        _lt("Registration of the certification is over"),
        _lt(
            "Update it from the France compétences sheet, or take the page off the "
            "website."
        ),
        _REGISTRATION,
    ),
    Rule(
        "certification_ends",
        _lt("Registration of the certification ends soon"),
        _lt("Ask the certifier whether it is renewed, and prepare the next version."),
        _REGISTRATION,
        blocking=False,
    ),
    Rule(
        "certification_to_come",
        _lt("Certification not registered yet"),
        _lt("Publish the page from the day of the registration."),
        _REGISTRATION,
    ),
    Rule(
        "authorisation_expired",
        _lt("Authorisation to train or to assess is over"),
        _lt("Have it renewed by the certifier, or take the page off the website."),
        _MISLEADING,
    ),
    Rule(
        "authorisation_ends",
        _lt("Authorisation to train or to assess ends soon"),
        _lt("Ask the certifier to renew it."),
        _MISLEADING,
        blocking=False,
    ),
    Rule(
        "authorisation_to_come",
        _lt("Authorisation to train or to assess not in force yet"),
        _lt("Publish the page from the day of the authorisation."),
        _MISLEADING,
    ),
    # Results
    Rule(
        "results_missing",
        _lt("No result published"),
        _lt("Publish the results of the last period."),
        _INDICATOR_2,
        blocking=False,
    ),
    Rule(
        "results_old",
        _lt("Results older than promised"),
        _lt("Publish those of the last period: the old ones stay until then."),
        _OFTEN_2,
        blocking=False,
    ),
    Rule(
        "rate_missing",
        _lt("Rate not published"),
        _lt(
            "Publish the award rate beside the rate of presentation to the exam, or "
            "that there is nothing to count yet."
        ),
        _lt("Indicator 3; guide V9: award rate shown with the presentation rate"),
        blocking=False,
    ),
    Rule(
        "rate_undated",
        _lt("Rate without the date of its publication"),
        _lt("Publish it again from the results: its date comes with it."),
        _OFTEN_2,
        blocking=False,
    ),
    Rule(
        "rate_without_period",
        _lt("Rate without its period"),
        _lt("Say over which period it was counted."),
        _OFTEN_2,
        blocking=False,
    ),
    Rule(
        "rate_without_headcount",
        _lt("Rate without its headcount"),
        _lt("Say of how many people."),
        _OFTEN_2,
        blocking=False,
    ),
    Rule(
        "rate_without_method",
        _lt("Rate without its method of calculation"),
        _lt("Say how it is computed, in Qualiopi / Configuration / Methods of Rates."),
        _lt("Indicator 2 (decree 2026-728)"),
    ),
    Rule(
        "rate_on_small_sample",
        _lt("Percentage on a sample that is too small"),
        _lt("Show the counts and “sample too small” instead."),
        _lt("Practice of providers; no official text"),
        blocking=False,
    ),
    Rule(
        "rate_in_text",
        _lt("Rate in a text, without its headcount or its period"),
        _lt("Take it out: results stand in their own block, with their method."),
        _INDICATOR_2,
        blocking=False,
    ),
    # Words
    Rule(
        "claims_funded",
        _lt("Promises that the training costs nothing to the reader"),
        _lt("Say who may pay, on which conditions, and what is left to pay."),
        _MISLEADING,
    ),
    Rule(
        "claims_free_cpf",
        _lt("Promises that the training is free with the CPF"),
        _lt("Say that the CPF may be used, with the price and what is left to pay."),
        _MISLEADING,
    ),
    Rule(
        "claims_qualiopi",
        _lt("Says that the training itself is certified Qualiopi"),
        _lt("Only the provider's process is certified: say so, on /qualiopi only."),
        _MARK,
    ),
    Rule(
        "claims_certifying",
        _lt("Says that it leads to a certification or a diploma"),
        _lt("Take it out, or give the RNCP or RS certification it leads to."),
        _MISLEADING,
    ),
    Rule(
        "claims_success",
        _lt("Guarantees success"),
        _lt("Take the promise out: publish the award rate instead."),
        _MISLEADING,
    ),
    Rule(
        "claims_job",
        _lt("Guarantees a job"),
        _lt("Take the promise out: say which openings there are."),
        _MISLEADING,
    ),
    Rule(
        "claims_approval",
        _lt("Presents the declaration of activity as an approval by the State"),
        _lt(
            "Write only: “Enregistrée sous le numéro … Cet enregistrement ne vaut pas "
            "agrément de l'État.”"
        ),
        _NDA,
    ),
    Rule(
        "nda_alone",
        _lt("Declaration of activity without the words the law wants"),
        _lt("Add: “Cet enregistrement ne vaut pas agrément de l'État.”"),
        _NDA,
    ),
    Rule(
        "logo",
        _lt("Qualiopi logo on the page of one course"),
        _lt("Take it off: it may stand on general pages only, such as /qualiopi."),
        _MARK,
    ),
    # Page and PDF
    Rule(
        "sheet_differs",
        _lt("On the page, not on the PDF sheet"),
        _lt("Make both from the same version: validate again and print the sheet."),
        _lt("Indicator 1: the information is verifiable"),
        blocking=False,
    ),
)
RULES: Final = {rule.code: rule for rule in _ALL}
