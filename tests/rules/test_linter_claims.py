"""What a page may not claim, whatever the typography, and its innocent neighbours."""

from dataclasses import replace

import pytest
from linter import read
from linter_pages import DAY, LAW, page, rendered

CLAIMS = {
    "claims_funded": [
        "Formation 100 % financée",
        "formation 100% financee",
        "FORMATION 100\u202f%\u00a0FINANCÉE",
        "Une formation 100 <b>%</b>&nbsp;financée !",
        "100 % prise en charge",
        "Votre projet entièrement financé",
        "Stage intégralement pris en charge par votre OPCO",
        "Financée à 100 %",
        "Prise en charge totale",
        "Sans reste à charge",
        "0 € de reste à charge",
        "Reste à charge : 0 €",
        "Vous n'avez rien à payer",
        "Financement garanti",
        "100 % gratuit",
    ],
    "claims_free_cpf": [
        "Gratuit avec votre CPF",
        "Gratuite grâce à mon compte formation",
        "Une tablette offerte avec le CPF",
        "CPF : formation gratuite",
        "gratuit\u00a0avec\u00a0votre\u00a0C\u00adP\u00adF",
    ],
    "claims_qualiopi": [
        "Formation certifiée Qualiopi",
        "formation certifiee QUALIOPI",
        "Nos formations sont certifiées Qualiopi",
        "Parcours labellisé Qualiopi",
        "Bilan de compétences certifié Qualiopi",
    ],
    "claims_certifying": [
        "Formation certifiante",
        "Un parcours diplômant en six mois",
        "Titre reconnu par l'État",
        "Titre reconnu par l’État",
        "Obtenez un titre RNCP",
    ],
    "claims_success": [
        "Réussite garantie",
        "réussite 100 % garantie",
        "Votre réussite est assurée",
        "Nous garantissons la réussite à l'examen",
        "Garantie de réussite",
        "Diplôme garanti ou remboursé",
        "Résultats garantis",
    ],
    "claims_job": [
        "Emploi garanti",
        "Un emploi à la clé garanti",
        "Embauche assurée",
        "Nous vous garantissons un CDI",
        "Garantie d'emploi",
        "CDI garanti à la sortie",
    ],
    "claims_approval": [
        "Organisme agréé par l'État",
        "Centre habilité par la DREETS",
        "Agrément de l'État n° 12",
        "Numéro d'agrément : 84 69",
    ],
}
SAID = [(code, text) for code, texts in CLAIMS.items() for text in texts]

INNOCENT = [
    "Formation 100 % à distance",
    "100 % pratique, financement à étudier ensemble",
    "La formation peut être prise en charge à 100 % par votre OPCO",
    "Prise en charge totale possible selon votre situation",
    "Jusqu'à 100 % pris en charge sous conditions",
    "Le reste à charge est de 150 €",
    "Finançable avec votre CPF : 1 200 €, dont une participation obligatoire",
    "Entretien gratuit avec un conseiller",
    "Organisme de formation certifié Qualiopi",
    "Notre centre de formation est certifié Qualiopi",
    "École de formation certifiée Qualiopi",
    "Formation Qualiopi : préparer son audit",
    "Cette formation n'est pas certifiante",
    "Formation non certifiante",
    "Formation non-diplômante",
    "Ni certifiante ni diplômante",
    "Ce n'est pas une formation certifiante",
    "Certifiante : non",
    "Poursuivre vers une formation certifiante",
    "Ce titre n'est pas reconnu par l'État",
    "Sans garantie de réussite",
    "La réussite n'est pas garantie",
    "Nous ne garantissons pas la réussite",
    "Aucune garantie d'emploi",
    "L'examen est assuré par un jury extérieur",
    "La certification est assurée par le certificateur",
    "Garantir la sécurité des personnes",
    "Garantir la réussite d'un projet",
    "Assurer un suivi de l'emploi du temps",
    "Nous garantissons un travail de qualité",
    "Repérer les promesses trompeuses telles que « 100 % financé »",
    "Identifier les mentions interdites : « emploi garanti », « gratuit avec le CPF »",
    "Ne jamais écrire « formation certifiée Qualiopi »",
    "Certificateur habilité : titre reconnu, diplôme agréé par l'État",
    "Répondre à 100 % des demandes de financement",
    "Contrat d'assurance garantie décès",
    "Calculer un taux de recouvrement à 100 %",
    "Gratuité des stationnements",
    "Connaître les droits ouverts par le compte formation (CPF)",
]


def codes(given):
    return [each.code for each in read(given, day=DAY)]


@pytest.mark.parametrize(("code", "text"), SAID)
def test_claims_are_found_with_their_words(code, text):
    [defect] = read(page(texts={"methods": text}), day=DAY)
    assert (defect.code, defect.where, defect.blocking) == (
        code,
        "methods",
        defect.code != "claims_approval" or "par" in text or "l'État" in text,
    )
    assert defect.passage


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_neighbours_are_left_alone(text):
    assert codes(page(texts={"methods": text})) == []


@pytest.mark.parametrize(("code", "text"), SAID)
def test_a_slogan_added_on_the_page_is_found_too(code, text):
    [defect] = read(rendered(page(), f"{text}\nSuite de la page"), day=DAY)
    assert (defect.code, defect.where) == (code, "page")


def test_a_claim_of_an_item_is_said_once():
    given = rendered(page(texts={"methods": "Réussite garantie"}))
    assert [(each.code, each.where) for each in read(given, day=DAY)] == [
        ("claims_success", "methods")
    ]


def test_a_certifying_page_may_say_so():
    texts = {"methods": "Formation certifiante, titre reconnu par l'État"}
    assert codes(page(certifying=True, texts=texts)) == []


@pytest.mark.parametrize(
    "text", ["Formation entièrement gratuite", "100 % prise en charge par l'OPCO"]
)
def test_apprenticeship_costs_the_apprentice_nothing(text):
    given = page("CFA", certifying=True, texts={"funding_arrangements": text})
    assert codes(given) == []


def test_a_public_funder_that_pays_all_is_only_worth_a_look():
    text = "Formation entièrement financée par la Région pour les demandeurs d'emploi"
    [defect] = read(page(texts={"funding_arrangements": text}), day=DAY)
    assert (defect.code, defect.blocking) == ("claims_funded", False)


def test_later_studies_may_be_certifying():
    texts = {"onward_paths": "Formation diplômante", "prerequisites": "Être diplômant"}
    assert codes(page(texts=texts)) == []


def test_denied_in_one_sentence_and_said_in_the_next():
    text = "Ce module n'est pas certifiant. Le parcours complet est certifiant."
    [defect] = read(page(texts={"methods": text}), day=DAY)
    assert defect.passage.endswith("Le parcours complet est certifiant.")


@pytest.mark.parametrize("where", ["page_text", "sheet_text"])
def test_declaration_of_activity_goes_with_the_words_of_the_law(where):
    given = rendered(page())
    line = "\nNuméro de déclaration d'activité : 84 69 12345 69"
    bad = replace(given, **{where: getattr(given, where) + line})
    good = replace(given, **{where: getattr(given, where) + line + ". " + LAW})
    [defect] = read(bad, day=DAY)
    assert (defect.code, defect.where) == ("nda_alone", where.removesuffix("_text"))
    assert codes(good) == []
