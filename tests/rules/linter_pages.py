"""Pages for the tests of the linter: one without defect, and how to spoil it."""

from dataclasses import replace
from datetime import date

from linter import Certification, Page, Rate, Session

DAY = date(2026, 11, 23)
LAW = "Cet enregistrement ne vaut pas agrément de l'État."

TEXTS = {
    "prerequisites": "Aucun",
    "objectives": (
        "Rédiger un courrier professionnel sans faute",
        "Mettre en forme un document de plusieurs pages",
    ),
    "audience": "Assistantes et assistants",
    "recognition": "Attestation de fin de formation",
    "duration": "14 heures, 2 jours",
    "teaching_arrangements": "En présentiel, par groupe de huit",
    "funding_arrangements": "Par l'employeur, son OPCO selon ses critères, ou soi-même",
    "access_arrangements": "Sur demande, après un entretien",
    "access_time": "Sous trois semaines",
    "price": "1 200,00 €",
    "contact": "Camille Durand – camille@example.com",
    "methods": "Exposés courts, exercices sur poste",
    "assessment": "Mise en situation notée par le formateur",
    "accessibility": "Salle de plain-pied ; parlez-nous de vos besoins",
}
CERTIFIED = {
    "recognition": "Certification RNCP",
    "certification_title": "Assistant de direction",
    "certification_code": "RNCP38667",
    "certifier": "Ministère du Travail",
    "certification_from": "du 01/01/2025 au 31/12/2028",
    "certification_blocks": "Les trois blocs se valident séparément",
    "equivalences": "Aucune",
    "onward_paths": "Licence professionnelle de gestion",
    "openings": "Assistant de direction, office manager",
}
VAE = {
    "vae_demands": "Un livret, douze heures d'accompagnement, un jury",
    "vae_feasibility": "Étude de la recevabilité en deux mois",
}
DATES = Certification(
    registered=date(2025, 1, 1),
    until=date(2028, 12, 31),
    authorised=date(2025, 3, 1),
    authorised_until=date(2028, 12, 31),
)


def rate(code="satisfaction", label="Satisfaction", shown="92 %", **changes):
    """:return: a rate published as it should be"""
    given = Rate(
        code,
        label,
        shown,
        counts="23 sur 25",
        period="du 01/10/2025 au 30/09/2026",
        published_on=date(2026, 10, 20),
        method="Apprenants satisfaits rapportés à ceux qui ont répondu",
    )
    return replace(given, **changes)


AWARD = rate("award", "Obtention", "88 %")
PRESENTATION = rate("presentation", "Présentation", "96 %")


def page(category="AFC", certifying=False, without=(), **changes):
    """:param without: codes of items that are taken out
    :param changes: fields of the page, or ``texts`` to add
    :return: a page without defect, changed so
    """
    texts = dict(TEXTS)
    if certifying:
        texts |= CERTIFIED
    if category == "VAE":
        texts |= VAE
    if category == "BC":
        del texts["prerequisites"]
    texts |= changes.pop("texts", {})
    texts = {code: text for code, text in texts.items() if code not in without}
    values = {
        "name": "Écrits professionnels",
        "category": category,
        "certifying": certifying,
        "texts": texts,
        "certification": DATES if certifying else None,
        "results_due": True,
        "rates": (rate(), *((PRESENTATION, AWARD) if certifying else ())),
    }
    return Page(**values | changes)


def rendered(given, more=""):
    """:return: the page, with its rendering and its PDF sheet, both faithful"""
    lines = [given.name]
    for code in given.texts:
        lines += given.lines(code)
    lines += [f"{each.label} : {each.shown} ({each.counts})" for each in given.rates]
    lines += [session.days for session in given.sessions]
    text = "\n".join(lines)
    return replace(given, page_text=f"{text}\n{more}", sheet_text=text)


SESSION = Session("du 12 au 13 janvier 2027", "Lyon")
