"""What the documents around a training action must say, and in which words.

Articles are those of the Labour Code. A document that lacks one of its contents is
not printed: a contract with an individual would be void (L. 6353-4).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from .marks import _lt

Place = Literal[
    "programme", "session", "file", "company", "terms", "firm", "subcontract"
]


@dataclass(frozen=True)
class Content:
    """One thing a document must say.

    :param code: its name
    :param label: in words, marked for translation
    :param source: the article that wants it, or what it proves
    :param place: where it is entered
    """

    code: str
    label: str
    source: str
    place: Place


# Where a content is entered, marked for translation.
PLACES: Final[dict[Place, str]] = {
    "programme": _lt("on the programme, then validate it"),
    "session": _lt("on the session"),
    "file": _lt("on the learner's file"),
    "company": _lt("in Qualiopi / Configuration / Organisation"),
    "terms": _lt("in Qualiopi / Configuration / Organisation, or on the session"),
    "firm": _lt("on the subcontractor's file"),
    "subcontract": _lt("on the contract"),
}

# Without it the contents taken from the sheet cannot even be judged.
VERSION: Final = "version"


def _sheet(source: str) -> tuple[Content, ...]:
    """What a contract or an agreement takes from the validated programme."""
    return (
        Content(VERSION, _lt("Validated version of the programme"), source, "session"),
        Content("title", _lt("Title"), source, "programme"),
        Content("nature", _lt("Nature of the action"), source, "programme"),
        Content("objectives", _lt("Operational objectives"), source, "programme"),
        Content("program", _lt("Lesson plan"), source, "programme"),
        Content("methods", _lt("Methods used"), source, "programme"),
        Content("running", _lt("Teaching arrangements"), source, "programme"),
        Content("assessment", _lt("Assessment arrangements"), source, "programme"),
        Content("recognition", _lt("Type of recognition"), source, "programme"),
    )


def _terms(source: str) -> tuple[Content, ...]:
    """What contract and agreement both take from the session and its terms."""
    return (
        Content("hours", _lt("Planned hours"), source, "session"),
        Content("period", _lt("Dates"), source, "session"),
        Content("distance", _lt("Hours at a distance"), source, "session"),
        Content("follow_up", _lt("How the learners are followed"), source, "terms"),
        Content("price", _lt("Agreed price"), source, "file"),
        Content("payment", _lt("Payment terms"), source, "terms"),
    )


_NDA: Final = (
    Content("nda", _lt("Declaration number (NDA)"), "R. 6351-6", "company"),
    Content("nda_region", _lt("Region of the declaration"), "R. 6351-6", "company"),
)
_LEARNER: Final = Content("learners", _lt("Name of the learner"), "L. 6353-3", "file")

CONTRACT: Final = (
    *_NDA,
    _LEARNER,
    *_sheet("L. 6353-4"),
    Content("prerequisites", _lt("Prior level required"), "L. 6353-4", "programme"),
    Content("headcount", _lt("Maximum number of learners"), "L. 6353-4", "session"),
    Content(
        "trainers", _lt("Trainers and their qualifications"), "L. 6353-4", "session"
    ),
    *_terms("L. 6353-4"),
    Content("termination", _lt("Early termination"), "L. 6353-4", "terms"),
)
AGREEMENT: Final = (
    *_NDA,
    Content("client", _lt("Client company"), "D. 6353-1", "file"),
    _LEARNER,
    *_sheet("D. 6353-1"),
    *_terms("D. 6353-1"),
)
# No text imposes a convocation: this is what indicator 9 wants learners to be told.
CONVOCATION: Final = (
    Content("learners", _lt("Name of the learner"), "RNQ, 9", "file"),
    Content(VERSION, _lt("Validated version of the programme"), "RNQ, 9", "session"),
    Content("title", _lt("Title"), "RNQ, 9", "programme"),
    Content("objectives", _lt("Operational objectives"), "RNQ, 9", "programme"),
    Content("contact", _lt("Contact"), "RNQ, 9", "programme"),
    Content("period", _lt("Dates"), "RNQ, 9", "session"),
    Content("half_days", _lt("Planned half-days"), "RNQ, 9", "session"),
    Content("place", _lt("Place"), "RNQ, 9", "session"),
    Content("access", _lt("How to get there or connect"), "RNQ, 9", "session"),
    Content("disability_contact", _lt("Disability contact"), "RNQ, 9, 26", "company"),
    Content("house_rules", _lt("House rules"), "L. 6353-8; RNQ, 9", "company"),
)
# Delivery is proved by any means (R. 6313-3): the usual sheet.
ATTENDANCE_SHEET: Final = (
    Content("title", _lt("Title"), "R. 6313-3", "session"),
    Content("half_days", _lt("Planned half-days"), "R. 6313-3", "session"),
    Content("learners", _lt("Enrolled learners and their names"), "R. 6313-3", "file"),
)
# The ministry's model.
CERTIFICATE: Final = (
    Content("signatory", _lt("Legal representative"), "R. 6313-3", "company"),
    Content("position", _lt("Position of the representative"), "R. 6313-3", "company"),
    Content("learners", _lt("Name of the learner"), "R. 6313-3", "file"),
    Content(VERSION, _lt("Validated version of the programme"), "R. 6313-3", "session"),
    Content("title", _lt("Title"), "R. 6313-3", "programme"),
    Content("nature", _lt("Nature of the action"), "R. 6313-3", "programme"),
    Content("period", _lt("Dates"), "R. 6313-3", "session"),
    Content("hours", _lt("Hours present"), "R. 6313-3", "file"),
)

# Guide V9 wants a contract that names the tasks, the framework of 2026 that it traces
# how the framework is respected.
SUBCONTRACT: Final = (
    Content("tasks", _lt("Tasks entrusted"), "RNQ, 27", "subcontract"),
    Content("clause", _lt("Compliance clause"), "RNQ, 27", "subcontract"),
)
SUBCONTRACT_CPF: Final = (
    Content("firm_nda", _lt("Declaration number (NDA)"), "L. 6323-9-2", "firm"),
    Content("tasks", _lt("Tasks entrusted"), "R. 6333-6-2", "subcontract"),
    Content("content", _lt("Content of the training"), "R. 6333-6-2", "subcontract"),
    Content("sanction", _lt("Sanction of the training"), "R. 6333-6-2", "subcontract"),
    Content("means", _lt("Means used"), "R. 6333-6-2", "subcontract"),
    Content("conditions", _lt("Conditions of delivery"), "R. 6333-6-2", "subcontract"),
    Content(
        "follow_up", _lt("How the action is followed"), "R. 6333-6-2", "subcontract"
    ),
    Content("hours", _lt("Duration"), "R. 6333-6-2", "subcontract"),
    Content("period", _lt("First and last day"), "R. 6333-6-2", "subcontract"),
    Content("amount", _lt("Amount"), "R. 6333-6-2", "subcontract"),
    Content("clause", _lt("Compliance clause"), "RNQ, 27", "subcontract"),
)

DOCUMENTS: Final[dict[str, tuple[Content, ...]]] = {
    "contract": CONTRACT,
    "agreement": AGREEMENT,
    "convocation": CONVOCATION,
    "attendance_sheet": ATTENDANCE_SHEET,
    "certificate": CERTIFICATE,
    "subcontract": SUBCONTRACT,
    "subcontract_cpf": SUBCONTRACT_CPF,
}


def missing_contents(document: str, stated: Collection[str]) -> tuple[Content, ...]:
    """:param document: one of :data:`DOCUMENTS`
    :param stated: codes of the contents that are known
    :return: those it still lacks, in order; what comes from the sheet is not named
        as long as there is no version of it to read
    """
    missing = [row for row in DOCUMENTS[document] if row.code not in stated]
    if any(row.code == VERSION for row in missing):
        missing = [row for row in missing if row.place != "programme"]
    return tuple(missing)


# R. 6351-6, on every agreement and contract.
NDA_WORDING: Final = (
    "déclaration d'activité enregistrée sous le numéro {number} auprès du préfet de "
    "région {of_region}"
)
NDA_WORDING_EN: Final = (
    "declaration of activity registered under number {number} with the prefect of the "
    "region of {region}"
)


def of_region(region: str) -> str:
    """:return: the name of a region after « de », elided where French does so"""
    plain = unicodedata.normalize("NFD", region.strip())[:1].lower()
    # the h of « Hauts-de-France » is aspirated: no elision before it
    return f"d'{region.strip()}" if plain in set("aeiou") else f"de {region.strip()}"


# L. 6352-12, wherever a course is advertised: no other mention is allowed.
NDA_ADVERTISING: Final = (
    "Enregistrée sous le numéro {number}. Cet enregistrement ne vaut pas agrément de "
    "l'Etat."
)
NDA_ADVERTISING_EN: Final = (
    "Registered under number {number}. This registration does not amount to approval "
    "by the State."
)

# Certificat de réalisation: the ministry's model, to the letter, and our translation
# for readers of English. ``employer`` is one of the two strings below, or empty.
CERTIFICATE_TITLE: Final = "Certificat de réalisation"
CERTIFICATE_TEXT: Final = (
    "Je soussigné(e) {signatory}, représentant légal du dispensateur de l'action "
    "concourant au développement des compétences {company} atteste que M./Mme "
    "{learner}{employer} a suivi l'action {title}."
)
CERTIFICATE_EMPLOYER: Final = " salarié(e) de l'entreprise {client}"
CERTIFICATE_NATURE: Final = "Nature de l'action :"
CERTIFICATE_NATURES: Final[dict[str, str]] = {
    "AFC": "action de formation",
    "BC": "bilan de compétences",
    "VAE": "action de VAE",
    "CFA": "action de formation par apprentissage",
}
CERTIFICATE_PERIOD: Final = (
    "qui s'est déroulée du {start} au {end} pour une durée de {hours} heures."
)
CERTIFICATE_PLEDGE: Final = (
    "Sans préjudice des délais imposés par les règles fiscales, comptables ou "
    "commerciales, je m'engage à conserver l'ensemble des pièces justificatives qui "
    "ont permis d'établir le présent certificat pendant une durée de 3 ans à compter "
    "de la fin de l'année du dernier paiement. En cas de cofinancement des fonds "
    "européens la durée de conservation est étendue conformément aux obligations "
    "conventionnelles spécifiques."
)
CERTIFICATE_TEXT_EN: Final = (
    "I, the undersigned {signatory}, legal representative of {company}, which "
    "delivered the action for the development of skills, certify that {learner}"
    "{employer} followed the action {title}."
)
CERTIFICATE_EMPLOYER_EN: Final = ", employee of {client},"
CERTIFICATE_NATURES_EN: Final[dict[str, str]] = {
    "AFC": "training action",
    "BC": "skills assessment",
    "VAE": "validation of prior experience (VAE)",
    "CFA": "training action by apprenticeship",
}
CERTIFICATE_PERIOD_EN: Final = (
    "Nature of the action: {nature}, which took place from {start} to {end} for "
    "{hours} hours."
)
CERTIFICATE_PLEDGE_EN: Final = (
    "Without prejudice to the periods set by tax, accounting or commercial rules, I "
    "undertake to keep all the supporting documents on which this certificate rests "
    "for 3 years from the end of the year of the last payment. Where European funds "
    "contribute, they are kept for as long as the specific obligations agreed."
)
