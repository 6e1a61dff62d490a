"""Good and bad pages with the defects that are expected of them, exactly."""

from dataclasses import replace
from datetime import date

import pytest
from linter import RULES, Certification, Image, Page, Session, read
from linter.places import PLACES
from linter_pages import (
    AWARD,
    DATES,
    DAY,
    LAW,
    PRESENTATION,
    SESSION,
    TEXTS,
    page,
    rate,
    rendered,
)


def found(given, framework="rnq-2026"):
    """:return: the defects as the tables below write them"""
    return {
        (each.code, each.indicator, each.where)
        for each in read(given, framework, day=DAY)
    }


def missing(code, indicator=1):
    return ("item_missing", indicator, code)


GOOD = {
    "training": page(),
    "certifying training": page(certifying=True),
    "skills assessment, no prerequisites": page("BC"),
    "VAE": page("VAE", certifying=True),
    "apprenticeship": page("CFA", certifying=True),
    "apprenticeship, results by InserJeunes": page(
        "CFA", certifying=True, rates=(), scheme="InserJeunes"
    ),
    "new: nothing to count yet": page(rates=(), results_due=False),
    "certifying and new": page(certifying=True, rates=(), results_due=False),
    "nothing to count, said so": page(
        rates=(rate(no_data=True, shown="", counts="", method=""),)
    ),
    "small sample, by counts": page(
        rates=(rate(shown="", counts="3 sur 4", small=True),)
    ),
    "rendered as it is": rendered(page(certifying=True)),
    "rendered with sessions": rendered(page(sessions=(SESSION,))),
    "duration in other words on the sheet": replace(
        rendered(page()),
        sheet_text=rendered(page()).sheet_text.replace("14 heures, 2", "14 h – 2"),
    ),
    "method by an existing scheme": page(
        "CFA",
        certifying=True,
        scheme="InserJeunes",
        rates=(replace(AWARD, method=""), replace(PRESENTATION, method="")),
    ),
    "RS that does not count for indicator 3": page(
        certifying=True,
        recognised=False,
        without=("certification_blocks", "equivalences", "onward_paths", "openings"),
        rates=(rate(),),
    ),
    "quote with its basis": page(
        texts={"price": "Sur devis : 900 € par jour et par groupe"}
    ),
    "declaration of activity in the words of the law": rendered(
        page(), f"Enregistrée sous le numéro 84 69 12345 69. {LAW}"
    ),
    "ends in six months": page(
        certifying=True, certification=replace(DATES, until=date(2027, 5, 23))
    ),
    "last day of the authorisation far off": page(
        certifying=True, certification=replace(DATES, authorised_until=None)
    ),
    "dates to agree on": page(
        texts={"access_time": "Dates à définir ensemble, sous deux mois"}
    ),
    "a file to fill in": page(
        texts={"methods": "Dossier à compléter, puis études de cas"}
    ),
    "other pictures": page(
        images=(
            Image("/qualiopi_compliance_portal/static/src/img/empty.svg"),
            Image("/web/image/qualiopi.program/3/cover", "Salle de cours"),
            Image("data:image/png;base64,cXVhbGlvcGk="),
        )
    ),
    "another language, not judged by its words": page(
        lang="en_US", texts={"onward_paths": "None", "methods": "100 % financé"}
    ),
    "rate in a text, with its headcount and year": page(
        texts={"assessment": "En 2025, 92 % de satisfaction (23 stagiaires sur 25)"}
    ),
    "a mark to reach": page(
        texts={"assessment": "QCM : au moins 70 % de réussite pour valider"}
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_pages_have_no_defect(name):
    assert not read(GOOD[name], day=DAY)


BAD = {
    **{
        f"without {code}": (page(without=(code,)), {missing(code)})
        for code in TEXTS
        if code not in ("audience", "access_arrangements")
    },
    "VAE without its demands": (
        page("VAE", certifying=True, without=("vae_demands", "vae_feasibility")),
        {missing("vae_demands"), missing("vae_feasibility")},
    ),
    "certifying, the certification not named": (
        page(
            certifying=True,
            without=(
                "certification_title",
                "certification_code",
                "certifier",
                "certification_from",
            ),
        ),
        {
            missing("certification_title"),
            missing("certification_code"),
            missing("certifier"),
            missing("certification_from"),
        },
    ),
    "nothing of indicator 3": (
        page(
            certifying=True,
            without=(
                "certification_blocks",
                "equivalences",
                "onward_paths",
                "openings",
            ),
            rates=(rate(),),
        ),
        {
            missing("certification_blocks", 3),
            missing("equivalences", 3),
            missing("onward_paths", 3),
            missing("openings", 3),
            ("rate_missing", 3, "results"),
        },
    ),
    "award without presentation": (
        page(certifying=True, rates=(AWARD,)),
        {("rate_missing", 3, "results")},
    ),
    "empty but for signs": (
        page(texts={"methods": " – ", "assessment": "…", "accessibility": "🙂"}),
        {missing("methods"), missing("assessment"), missing("accessibility")},
    ),
    "to be written": (
        page(
            texts={
                "methods": "À compléter",
                "assessment": "Évaluation : à définir.",
                "accessibility": "Lorem ipsum dolor sit amet",
                "access_time": "Sous [à préciser] semaines",
                "duration": "TODO : heures",
            }
        ),
        {
            ("item_placeholder", 1, "methods"),
            ("item_placeholder", 1, "assessment"),
            ("item_placeholder", 1, "accessibility"),
            ("item_placeholder", 1, "access_time"),
            ("item_placeholder", 1, "duration"),
        },
    ),
    "price: ask us": (
        page(texts={"price": "Nous consulter"}),
        {("price_without_basis", 1, "price")},
    ),
    "price: on quote": (
        page(texts={"price": ("Sur devis.", "Tarifs sur demande")}),
        {("price_without_basis", 1, "price")},
    ),
    "access time: ask us": (
        page(texts={"access_time": "Nous contacter"}),
        {("access_time_unsaid", 1, "access_time")},
    ),
    "onward paths without studies": (
        page(certifying=True, texts={"onward_paths": "Évolution vers un poste cadre"}),
        {("further_study_unsaid", 3, "onward_paths")},
    ),
    "certification over": (
        page(certifying=True, certification=replace(DATES, until=date(2026, 11, 22))),
        {("certification_expired", 3, "certification_from")},
    ),
    "certification over, RS": (
        page(
            certifying=True,
            recognised=False,
            certification=replace(DATES, until=date(2026, 11, 22)),
        ),
        {("certification_expired", 1, "certification_from")},
    ),
    "certification ends today": (
        page(certifying=True, certification=replace(DATES, until=DAY)),
        {("certification_ends", 3, "certification_from")},
    ),
    "certification to come": (
        page(certifying=True, certification=Certification(date(2027, 1, 1))),
        {("certification_to_come", 3, "certification_from")},
    ),
    "authorisation over": (
        page(
            certifying=True,
            certification=replace(DATES, authorised_until=date(2026, 11, 1)),
        ),
        {("authorisation_expired", 1, "authorisation")},
    ),
    "authorisation ends soon": (
        page(
            certifying=True,
            certification=replace(DATES, authorised_until=date(2027, 1, 31)),
        ),
        {("authorisation_ends", 1, "authorisation")},
    ),
    "authorisation to come": (
        page(
            certifying=True,
            certification=replace(DATES, authorised=date(2026, 12, 1)),
        ),
        {("authorisation_to_come", 1, "authorisation")},
    ),
    "no result": (page(rates=()), {("results_missing", 2, "results")}),
    "old results": (page(updating=True), {("results_old", 2, "results")}),
    "a bare figure": (
        page(
            rates=(rate(counts="", period="", published_on=None, method=" "),),
        ),
        {
            ("rate_undated", 2, "results"),
            ("rate_without_period", 2, "results"),
            ("rate_without_headcount", 2, "results"),
            ("rate_without_method", 2, "results"),
        },
    ),
    "percentage of three people": (
        page(rates=(rate(shown="100 %", counts="3 sur 3", small=True),)),
        {("rate_on_small_sample", 2, "results")},
    ),
    "rate in a slogan": (
        page(name="Écrits professionnels : 98 % de réussite !"),
        {("rate_in_text", 2, "name")},
    ),
    "rate added on the page": (
        rendered(page(), "Taux de satisfaction de nos stagiaires : 99 %"),
        {("rate_in_text", 2, "page")},
    ),
    "declaration of activity alone": (
        rendered(page(), "Déclaration d'activité enregistrée sous le n° 84691234569"),
        {("nda_alone", 1, "page")},
    ),
    "logo by its address": (
        page(images=(Image("/web/image/12-ab/Logo-Qualiopi-300dpi.png"),)),
        {("logo", 1, "images")},
    ),
    "logo by its alternative": (
        page(images=(Image("/web/image/1/a.png", "Processus certifié Qualiopi"),)),
        {("logo", 1, "images")},
    ),
    "logo of the company": (
        page(images=(Image("/web/image/res.company/1/qualiopi_logo"),)),
        {("logo", 1, "images")},
    ),
    "logo known to be there": (page(logo=True), {("logo", 1, "images")}),
    "price changed on the page": (
        replace(
            rendered(page()),
            page_text=rendered(page()).page_text.replace("1 200,00 €", "990,00 €"),
        ),
        {("item_not_on_page", 1, "price")},
    ),
    "price changed on the sheet": (
        replace(
            rendered(page()),
            sheet_text=rendered(page()).sheet_text.replace("1 200,00 €", "990,00 €"),
        ),
        {("sheet_differs", 1, "price")},
    ),
    "duration changed on the sheet": (
        replace(
            rendered(page()),
            sheet_text=rendered(page()).sheet_text.replace("14 heures", "21 heures"),
        ),
        {("sheet_differs", 1, "duration")},
    ),
    "an objective that is not on the sheet": (
        replace(
            rendered(page()),
            sheet_text=rendered(page()).sheet_text.replace("plusieurs", "deux"),
        ),
        {("sheet_differs", 1, "objectives")},
    ),
    "sessions that are not on the sheet": (
        replace(
            rendered(page(sessions=(SESSION,))),
            sheet_text=rendered(page()).sheet_text,
        ),
        {("sheet_differs", 1, "sessions")},
    ),
    "two sessions, one on the sheet": (
        replace(
            rendered(page(sessions=(SESSION, Session("le 3 mars 2027")))),
            sheet_text=rendered(page(sessions=(SESSION,))).sheet_text,
        ),
        {("sheet_differs", 1, "sessions")},
    ),
    "nothing at all": (
        Page(),
        {missing(code) for code in TEXTS}
        - {missing("audience"), missing("access_arrangements")},
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pages_have_exactly_their_defects(name):
    given, expected = BAD[name]
    assert found(given) == expected


def test_enough_pages():
    assert len(GOOD) + len(BAD) >= 40


# The text of 2019: how to get a place, neither recognition nor arrangements, and no
# method beside a rate.
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (page(without=("access_arrangements",)), {missing("access_arrangements")}),
        (page(without=("recognition",)), set()),
        (page(without=("teaching_arrangements", "funding_arrangements")), set()),
        (page(without=("access_time",)), {missing("access_time")}),
        (page(rates=(rate(method=""),)), set()),
        (page(certifying=True, texts={"onward_paths": "Poste de cadre"}), set()),
    ],
)
def test_text_of_2019(given, expected):
    assert found(given, "rnq-2019") == expected


@pytest.mark.parametrize(
    ("given", "passage"),
    [
        (page(texts={"methods": "À compléter"}), "À compléter"),
        (page(texts={"access_time": "Nous contacter"}), "Nous contacter"),
        (page(rates=(rate(method=""),)), "Satisfaction : 92 %"),
        (
            page(certifying=True, certification=replace(DATES, until=date(2026, 1, 9))),
            "09/01/2026",
        ),
        (
            page(images=(Image("/a/qualiopi.png", "Logo"),)),
            "/a/qualiopi.png (Logo)",
        ),
        (
            rendered(page(), "Formation\n100 % financée, sans avance"),
            "… : 92 % (23 sur 25) Formation 100 % financée, sans avance",
        ),
        (page(without=("price",)), ""),
    ],
)
def test_passage_is_what_is_written(given, passage):
    [defect] = read(given, day=DAY)
    assert defect.passage == passage


def test_what_is_soon_or_rests_on_practice_does_not_block():
    soft = {code for code, rule in RULES.items() if not rule.blocking}
    assert soft >= {
        "certification_ends",
        "authorisation_ends",
        "price_without_basis",
        "rate_on_small_sample",
        "rate_undated",
    }
    for rule in RULES.values():
        assert rule.source and rule.remedy and rule.label
        if rule.source.startswith("Practice"):
            assert not rule.blocking, rule.code


def test_a_different_price_blocks_and_other_words_do_not():
    given = rendered(page())
    cut = given.sheet_text.replace("1 200,00 €", "").replace("Exposés", "")
    blocking = {
        each.where: each.blocking
        for each in read(replace(given, sheet_text=cut), day=DAY)
    }
    assert blocking == {"price": True, "methods": False}


def test_what_ends_soon_or_is_worth_a_look_is_no_gap():
    region = "Formation entièrement financée par la Région"
    ends = replace(DATES, until=DAY, authorised_until=DAY)
    given = page(
        certifying=True,
        certification=ends,
        texts={"funding_arrangements": region, "price": "Sur devis"},
    )
    gaps = {each.code: each.is_gap for each in read(given, day=DAY)}
    assert gaps == {
        "certification_ends": False,
        "authorisation_ends": False,
        "claims_funded": False,
        "price_without_basis": True,
    }


def test_defects_come_by_indicator_then_as_the_sheet_is_read():
    given = page(certifying=True, without=("price", "objectives", "openings"), rates=())
    assert [(each.indicator, each.where) for each in read(given, day=DAY)] == [
        (1, "objectives"),
        (1, "price"),
        (2, "results"),
        (3, "openings"),
        (3, "results"),
        (3, "results"),
    ][:5]


def test_each_place_has_words():
    for given, _expected in BAD.values():
        for defect in read(given, day=DAY):
            assert defect.where in PLACES
