"""Claims that a page may not make, in French, and their innocent neighbours.

Indicator 1 since 2026: nothing that may mislead, “notamment sur les conditions
d'accès, le contenu, les modalités pédagogiques, le financement des formations, les
droits […] de poursuite d'études”; L. 6352-13 of the Labour Code says so of any
advertising, at any time. L. 6352-12: how the declaration of activity is mentioned.

A claim is a pattern over folded words; a sentence that denies it, puts a condition on
it or quotes it as an example is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from .defect import Defect
from .page import Page
from .prose import passages
from .words import SENTENCE, Text

Concerned = Callable[[Page], bool]


def _pattern(text: str) -> re.Pattern[str]:
    """:param text: where a space stands for any space, and « ~ » for one or none"""
    return re.compile(text.replace(" ", r"[ \n]{1,3}").replace("~", r"[ \n]{0,3}"))


def _anyone(page: Page) -> bool:
    return True


@dataclass(frozen=True)
class Claim:
    """One thing that may not be said.

    :param code: of its rule
    :param pattern: over the folded text
    :param concerned: on which pages
    :param innocent: over the words before and after it in its sentence: left alone
    :param excused: places where the words mean something else
    :param blocking: whether it should not be published
    :param softened: over the words after it: said so, it is only worth a look
    """

    code: str
    pattern: re.Pattern[str]
    concerned: Concerned = field(default=_anyone)
    innocent: re.Pattern[str] | None = None
    excused: frozenset[str] = frozenset()
    blocking: bool = True
    softened: re.Pattern[str] | None = None


_COURSE: Final = (
    r"(?:formations?|prestations?|programmes?|parcours|stages?|cours|modules?|cursus|"
    r"ateliers?|cette action|bilans? de competences?)"
)
# « n'est pas », « sans », « aucune », « ni », « ne vaut pas », « non » right before.
_DENIED_BEFORE: Final = _pattern(
    r"\b(?:sans|aucune?s?|ni|non|jamais|pas|nulle?)"
    r"(?: (?:de|une?|le|la|les|des|etre|pour autant|necessairement|forcement|toute?|"
    r"toujours|automatiquement|systematiquement|en soi|autant)\b| d'| l'| d'une?){0,3}"
    rf"(?:~{_COURSE}(?: \w+)?)?[\s'(-]{{0,3}}$"
)
_DENIED_AFTER: Final = _pattern(r"^~(?::~)?\(?non\b")
_DENIED_INSIDE: Final = _pattern(r"\b(?:pas|jamais|aucune?s?|ni|sans)\b")
# The words are spoken of, not said: « repérer les promesses comme “100 % financé” ».
_QUOTED: Final = _pattern(
    r"\b(?:mentions?|expressions?|formules?|slogans?|promesses?|termes?|allegations?|"
    r"arguments?|publicites?|annonces?|arnaques?|fraudes?|demarchages?|interdi\w+|"
    r"trompeu\w+|abusi\w+|mensong\w+|eviter|ecrire|bannir|proscrire|mefi\w+|"
    r"attention aux)\b[^.!?\n]{0,60}$"
)
_INSIDE_QUOTES: Final = re.compile(r"[\"«“][^\"»”]*$")

_CONDITION: Final = _pattern(
    r"\b(?:peut|peuvent|pourra|pourraient?|possible|possibilite|eventuel\w*|selon|"
    r"sous (?:reserve|conditions?)|si (?:vous|votre|le|la|l')|jusqu'a|en fonction|"
    r"dans certains cas|parfois|eligib\w+ a|apres (?:accord|etude|validation)|"
    r"a condition|suivant|le cas echeant)"
)
# Of the provider that is certified, not of its courses.
_PROVIDER: Final = _pattern(
    r"\b(?:organismes?|centres?|prestataires?|ecoles?|societes?|entreprises?|cabinets?|"
    r"structures?|associations?|etablissements?|instituts?|organisations?|cfa|poles?|"
    r"services?|departements?)(?: (?:de|d'|des|du|la|en|specialisee? en))* ?$"
)
_ELSEWHERE: Final = _pattern(
    r"(?:\b(?:vers|acceder|acces|poursuivre|poursuite|autres?|suivre|integrer|avant|"
    r"preparer|prealable|ulterieur\w*|ensuite|intention|titulaires?|suivi|completee?|"
    r"prolongee?|passerelles?|organismes?|choisir|trouver)\b[^.!?\n]{0,50})$"
)
_FULL: Final = r"(?:entierement|integralement|totalement|completement|cent pour cent)"
_HUNDRED: Final = r"\b100~%"
_PAID: Final = r"(?:financ(?:ee?s?|ables?|ement)\b|pris(?:es?)? en charge\b|" + (
    r"rembours(?:ee?s?|ables?|ement)\b|couvert(?:es?|s)?\b|subventionnee?s?\b)"
)
_SUCCESS: Final = (
    r"(?:reussite|succes|obtention(?: du (?:diplome|titre)| de la certification)?|"
    r"certification|diplome|examen|titre professionnel)"
)
# « assurée par » says who does it
_SURE: Final = r"(?:garantie?s?|assuree?s?)\b(?! par\b)"
_LINK: Final = r"(?: (?:est|sont|vous est|vous sont|a l'examen|aux examens|100~%))*"
_JOB: Final = r"(?:emploi|embauche|cdi|cdd|poste|recrutement|insertion)"
_CPF: Final = r"(?:cpf|compte (?:personnel de )?formation|mon~compte~formation)"
_APPROVED: Final = (
    r"(?:agreee?s?|habilitee?s?|homologuee?s?|accreditee?s?|approuvee?s?|"
    r"labell?isee?s?)"
)
# A title registered by decision of the State is approved indeed.
_TITLE: Final = _pattern(
    r"\b(?:certificateur|diplome|titre|certification)\b[^.!?\n]{0,40}$"
)
# A public funder does pay the whole of some courses.
_FUNDER: Final = _pattern(
    r"^ par (?:la region|l'etat|france travail|pole emploi|l'agefiph|le departement|"
    r"l'union europeenne|le fse|le fonds social)"
)


def _not_cfa(page: Page) -> bool:
    """Apprenticeship is no sale: neither the apprentice nor his CPF pays it."""
    return page.category != "CFA"


def _not_certifying(page: Page) -> bool:
    return not page.certifying


CLAIMS: Final = (
    Claim(
        "claims_funded",
        _pattern(
            rf"{_HUNDRED} {_PAID}|{_HUNDRED} gratuite?s?\b|"
            rf"\b{_FULL} (?:{_PAID}|gratuite?s?\b|offerte?s?\b)|"
            rf"\b{_PAID} (?:a|a hauteur de) 100~%|\b{_PAID} {_FULL}\b|"
            r"\bprise en charge (?:totale|integrale|complete|a 100~%)|"
            r"\bfinancement (?:total|integral|complet|garanti|assure)\b|"
            r"\b(?:sans|zero|aucun|0|0~€|0 euros?)(?: de)? reste a charge|"
            r"\breste a charge~:?~(?:de |est de )?(?:zero\b|nul\b|0\b)|"
            r"\b(?:sans rien|n'avez rien a|n'aurez rien a|rien a) (?:payer|debourser)"
        ),
        _not_cfa,
        _CONDITION,
        softened=_FUNDER,
    ),
    Claim(
        "claims_free_cpf",
        _pattern(
            r"\b(?:gratuite?s?|gratuitement|offerte?s?)(?: \w+){0,3}"
            r" (?:avec|grace a|via|par|au titre de)(?: votre| le| mon| son| leur| du)*"
            rf" (?:droits )?{_CPF}\b"
            rf"|\b{_CPF}~[-:]?~"
            r"(?:est |c'est |formation |100~% )?(?:gratuite?s?|gratuitement)\b"
            r"|\bformations? gratuites? (?:\(?cpf)"
            r"|\bgratuit cpf\b"
        ),
        _not_cfa,
    ),
    Claim(
        "claims_qualiopi",
        _pattern(
            rf"\b{_COURSE}(?: est| sont| \w+ment)?"
            r" (?:certifiee?s?|labell?isee?s?|agreee?s?|accreditee?s?|labell?ee?s?)"
            r"(?: par)? qualiopi\b"
            r"|\bcertification qualiopi de (?:la|cette|nos|notre|votre) formations?"
            # « Formation Qualiopi » alone may well be a course on Qualiopi
            rf"|\b{_COURSE} (?:avec (?:le )?label qualiopi)\b"
        ),
        innocent=_PROVIDER,
    ),
    Claim(
        "claims_certifying",
        _pattern(
            r"\b(?:certifiante?s?|diplomante?s?)\b"
            r"|\breconnue?s? par l'etat\b"
            r"|\b(?:delivre|obtenez|obtenir|obtention d'|remise d')"
            r"(?: d'| l'| un| le)*~(?:diplome (?:d'etat|reconnu)|"
            r"titre (?:rncp|certifie|professionnel))"
        ),
        _not_certifying,
        _ELSEWHERE,
        frozenset({"onward_paths", "prerequisites", "audience", "equivalences"}),
    ),
    Claim(
        "claims_success",
        _pattern(
            rf"\b{_SUCCESS}{_LINK} {_SURE}"
            rf"|\bgarantie(?:s)? (?:de |d'|a la |d'une )~{_SUCCESS}\b"
            r"|\b(?:garantit|garantissons|garantissent|promettons|vous garantir)"
            r" (?:pas |jamais )?"
            rf"(?:a |de |la |le |l'|votre |vos |une |100~% de )*{_SUCCESS}\b"
            r"|\b(?:assurons|vous assure) (?:pas |jamais )?"
            r"(?:la |le |votre )(?:reussite|succes)\b"
            rf"|\bgarantir (?:votre|vos) {_SUCCESS}\b"
            r"|\bresultats?(?: \w+)? garantis?\b"
            r"|\b(?:reussir|reussirez|reussissez) a coup sur\b"
            r"|\b(?:impossible d'echouer|succes a 100~%|sans risque d'echec)"
        ),
    ),
    Claim(
        "claims_job",
        _pattern(
            rf"\b{_JOB}(?: a la (?:cle|sortie)| en cdi)?{_LINK} {_SURE}"
            rf"|\bgarantie(?:s)? (?:de |d'|d'un |d'une ){_JOB}\b"
            r"|\b(?:garantit|garantissons|garantissent|promettons|"
            r"vous assure|vous assurons|vous garantir) (?:pas |jamais )?"
            r"(?:a |de |la |le |l'|un |une |votre |d'un )*"
            r"(?:emploi|embauche|cdi)\b(?! (?:de|du|des)\b)"
            rf"|\bgarantir (?:votre|vos) {_JOB}\b"
            r"|\b(?:trouvez|decrochez|trouver|decrocher) un emploi a coup sur\b"
            r"|\b100~% (?:d'embauche|d'insertion) garantie?"
        ),
        innocent=_pattern(r"\bemploi du temps|duree du travail|conditions? de"),
    ),
    Claim(
        "claims_approval",
        _pattern(
            rf"\b{_APPROVED} par (?:l'etat|la dreets|la direccte|les services de l')"
            r"|\bagrement (?:de l'etat|d'etat|de la (?:dreets|direccte))"
        ),
        innocent=_TITLE,
    ),
    # A prefect or a ministry does approve for some courses (fire safety…): the reader
    # of the defect knows.
    Claim(
        "claims_approval",
        _pattern(
            rf"\b{_APPROVED} par (?:le ministere|la prefecture|le prefet)"
            r"|\bagrement (?:du ministere|de la prefecture|prefectoral|formation)"
            r"|\b(?:numero|n~°|no) d'agrement\b|\borganisme(?: de formation)? agree\b"
            r"(?! par)"
        ),
        innocent=_TITLE,
        blocking=False,
    ),
)

_NDA: Final = _pattern(
    r"\b(?:n~°|numero|no)~(?:de )?(?:declaration d'activite|d'activite|nda)\b"
    r"|\bdeclaration d'activite(?: est)?(?: enregistree)?(?: sous le)? "
    r"(?:n~°|numero|no\b)|\bnda~[n:]?~°?~(?=\d{2})|\benregistree? sous le "
    r"(?:n~°|numero)~(?=\d{2}[\s.]?\d{2})"
)
_LAW: Final = _pattern(r"ne (?:vaut|valent) pas agrement de l'etat")


def claims(page: Page) -> Iterator[Defect]:
    """:return: what the page says and may not say; nothing of pages in other tongues
    than French, whose words are not known here
    """
    if not page.french:
        return
    for claim in CLAIMS:
        if not claim.concerned(page):
            continue
        for where, text, start, end in passages(page, _search(claim)):
            soft = claim.softened and claim.softened.search(
                text.folded[end : end + SENTENCE]
            )
            blocking = claim.blocking and not soft
            yield Defect(claim.code, 1, where, text.passage(start, end), blocking)
    yield from _declaration(page)


def _search(
    claim: Claim,
) -> Callable[[str, Text], Iterator[tuple[int, int]]]:
    def search(where: str, text: Text) -> Iterator[tuple[int, int]]:
        if where in claim.excused:
            return
        for found in claim.pattern.finditer(text.folded):
            if not _left_alone(claim, text, *found.span()):
                yield found.span()

    return search


def _left_alone(claim: Claim, text: Text, start: int, end: int) -> bool:
    """:return: whether the sentence denies it, quotes it, or means something else"""
    before, after = text.clause(start, end)
    words = text.folded[start:end]
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after):
        return True
    if claim.code != "claims_funded" and _DENIED_INSIDE.search(words):
        return True
    if _QUOTED.search(before) and _INSIDE_QUOTES.search(before):
        return True
    innocent = claim.innocent
    if innocent is None:
        return False
    if innocent is _CONDITION:
        return bool(innocent.search(before) or innocent.search(after))
    return bool(innocent.search(before) or innocent.search(words + after[:20]))


def _declaration(page: Page) -> Iterator[Defect]:
    """The declaration of activity goes with the words of L. 6352-12 wherever it is
    advertised: on the page, and on the PDF sheet.
    """
    for where, original in (("page", page.page_text), ("sheet", page.sheet_text)):
        if original is None:
            continue
        text = Text(original)
        found = _NDA.search(text.folded)
        if found and not _LAW.search(text.folded):
            passage = text.passage(*found.span())
            yield Defect("nda_alone", 1, where, passage)
