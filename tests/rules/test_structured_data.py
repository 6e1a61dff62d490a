"""What search engines read of each kind of programme."""

import json
from datetime import date

import pytest
from structured_data import breadcrumb, course, item_list

BASE = "https://example.com"
SESSION = {
    "id": 3,
    "name": "Tableur – janvier",
    "begin": date(2027, 1, 18),
    "end": date(2027, 1, 20),
    "place": "Lyon",
    "online": False,
    "seats": 4,
    "full": False,
    "request_url": "/formations/tableur-1/demande?session=3",
}


def page(**values):
    """A plain programme in person, with a price and without sessions."""
    rows = values.pop("rows", {"prerequisites": "Aucun", "audience": "Salariés"})
    return {
        "name": "Tableur",
        "url": "/formations/tableur-1",
        "request_url": "/formations/tableur-1/demande",
        "category": "Actions de formation",
        "category_code": "AFC",
        "objectives": ["Construire un tableau croisé", "Tracer un graphique"],
        "rows": [
            {"code": code, "label": code, "lines": [text]}
            for code, text in rows.items()
        ],
        "price": 900.0,
        "currency": "EUR",
        "duration_hours": 14,
        "duration_days": 2,
        "mode_code": "in_person",
        "sessions": [],
        "certification": None,
        "updated_on": date(2026, 11, 23),
        "company": {
            "name": "Formation Lumière",
            "website": "",
            "email": "",
            "phone": "",
        },
        **values,
    }


CERTIFICATION = {
    "title": "Concepteur web",
    "code": "RNCP37948",
    "link": "https://www.francecompetences.fr/recherche/rncp/37948/",
    "certifier": "Ministère du travail",
}


def test_course_has_what_search_engines_require():
    data = course(page(), BASE)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "Course"
    assert data["name"] == "Tableur"
    assert data["description"] == "Construire un tableau croisé ; Tracer un graphique"
    assert data["url"] == "https://example.com/formations/tableur-1"
    assert data["inLanguage"] == "fr"
    assert data["provider"]["name"] == "Formation Lumière"
    assert data["provider"]["url"] == BASE
    assert data["timeRequired"] == "PT14H"
    assert data["coursePrerequisites"] == "Aucun"
    assert data["audience"]["audienceType"] == "Salariés"
    assert data["dateModified"] == "2026-11-23"


def test_offer_with_price():
    (offer,) = course(page(price=1350.5), BASE)["offers"]
    assert offer == {
        "@type": "Offer",
        "category": "Paid",
        "price": "1350.50",
        "priceCurrency": "EUR",
        "url": "https://example.com/formations/tableur-1/demande",
    }


@pytest.mark.parametrize("missing", [{"price": 0}, {"currency": ""}])
def test_price_on_request(missing):
    (offer,) = course(page(**missing), BASE)["offers"]
    assert offer["category"] == "Paid"
    assert "price" not in offer
    assert "priceCurrency" not in offer


def test_without_sessions_how_it_is_delivered():
    (instance,) = course(page(), BASE)["hasCourseInstance"]
    assert instance == {
        "@type": "CourseInstance",
        "courseMode": "Onsite",
        "courseWorkload": "PT14H",
        "inLanguage": "fr",
    }


def test_sessions():
    full = SESSION | {"id": 4, "seats": 0, "full": True}
    free = SESSION | {"id": 5, "seats": None}
    found = course(page(sessions=[SESSION, full, free]), BASE)["hasCourseInstance"]
    first = found[0]
    assert first["startDate"] == "2027-01-18"
    assert first["endDate"] == "2027-01-20"
    assert first["location"] == {"@type": "Place", "name": "Lyon", "address": "Lyon"}
    assert first["offers"]["availability"] == "https://schema.org/InStock"
    assert first["offers"]["price"] == "900"
    assert found[1]["offers"]["availability"] == "https://schema.org/SoldOut"
    assert "offers" not in found[2]


@pytest.mark.parametrize(
    ("code", "mode"),
    [
        ("in_person", "Onsite"),
        ("at_work", "Onsite"),
        ("distance", "Online"),
        ("blended", "Blended"),
    ],
)
def test_mode(code, mode):
    (instance,) = course(page(mode_code=code), BASE)["hasCourseInstance"]
    assert instance["courseMode"] == mode


def test_unknown_mode_is_left_out():
    (instance,) = course(page(mode_code=False), BASE)["hasCourseInstance"]
    assert "courseMode" not in instance


def test_at_a_distance():
    session = SESSION | {"online": True, "place": ""}
    data = course(page(mode_code="distance", sessions=[session]), BASE)
    (instance,) = data["hasCourseInstance"]
    assert instance["location"]["@type"] == "VirtualLocation"


@pytest.mark.parametrize(
    ("hours", "days", "text"),
    [
        (14, 2, "PT14H"),
        (3.5, 0, "PT3H30M"),
        (0.75, 0, "PT45M"),
        (0, 2.5, "P2.5D"),
        (0, 0, None),
    ],
)
def test_duration(hours, days, text):
    data = course(page(duration_hours=hours, duration_days=days), BASE)
    assert data.get("timeRequired") == text


def test_certifying():
    data = course(page(certification=CERTIFICATION), BASE)
    assert data["courseCode"] == "RNCP37948"
    assert data["educationalCredentialAwarded"] == {
        "@type": "EducationalOccupationalCredential",
        "name": "Concepteur web",
        "identifier": "RNCP37948",
        "url": "https://www.francecompetences.fr/recherche/rncp/37948/",
        "recognizedBy": {"@type": "Organization", "name": "Ministère du travail"},
    }


@pytest.mark.parametrize("code", ["BC", "AFC"])
def test_not_certifying_claims_no_credential(code):
    data = course(page(category_code=code), BASE)
    assert "educationalCredentialAwarded" not in data
    assert "courseCode" not in data


def test_vae_without_objectives():
    data = course(
        page(
            category_code="VAE",
            objectives=[],
            rows={"audience": "Toute personne qui a une expérience"},
            certification=CERTIFICATION,
        ),
        BASE,
    )
    assert data["description"] == "Toute personne qui a une expérience"
    assert "teaches" not in data
    assert "coursePrerequisites" not in data


def test_nothing_stated_nothing_made_up():
    data = course(
        page(
            objectives=[], rows={}, duration_hours=0, duration_days=0, updated_on=None
        ),
        BASE,
    )
    assert data["description"] == "Tableur"
    for name in ("audience", "coursePrerequisites", "timeRequired", "dateModified"):
        assert name not in data


def test_any_text_survives():
    text = '« L\'"été" » </script><script>alert(1)</script> \\ \n 日本語'
    data = course(page(name=text, objectives=[text]), BASE)
    assert json.loads(json.dumps(data))["name"] == text


def test_breadcrumb():
    data = breadcrumb([("Accueil", "/"), ("Formations", "/formations")], BASE)
    assert data["@type"] == "BreadcrumbList"
    assert data["itemListElement"][1] == {
        "@type": "ListItem",
        "position": 2,
        "name": "Formations",
        "item": "https://example.com/formations",
    }


def test_item_list():
    cards = [page(), page(name="Autre", url="/formations/autre-2")]
    data = item_list(cards, BASE, first=13)
    assert [row["position"] for row in data["itemListElement"]] == [13, 14]
    assert data["itemListElement"][1]["url"] == "https://example.com/formations/autre-2"
