"""One programme as a schema.org ``Course``, its sessions as ``CourseInstance``.

Whatever a page does not state is left out: nothing is made up for search engines.
"""

from __future__ import annotations

from collections.abc import Mapping

MODES = {
    "in_person": "Onsite",
    "at_work": "Onsite",
    "distance": "Online",
    "blended": "Blended",
}
DESCRIPTION_LETTERS = 5000


def course(page: Mapping, base: str, lang: str = "fr") -> dict:
    """Source: schema.org ``Course``, ``CourseInstance`` and ``Offer``; what search
    engines require of them: a description, a provider, a category of the offer, and
    for each instance its mode and its workload.

    :param page: plain values of the page of a programme
    :param base: address of the website, which those of the page are relative to
    :param lang: language of the course, e.g. ``fr``
    """
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": f"{base}{page['url']}#course",
        "name": page["name"],
        "description": description(page),
        "url": f"{base}{page['url']}",
        "inLanguage": lang,
        "provider": provider(page, base),
        "offers": [offer(page, base)],
        "hasCourseInstance": instances(page, base, lang),
        "timeRequired": duration(page),
        "about": page.get("category"),
        "teaches": list(page.get("objectives") or ()),
        "coursePrerequisites": text_of(page, "prerequisites"),
        "audience": audience(page),
        "educationalCredentialAwarded": credential(page),
        "courseCode": code_of(page),
        "dateModified": iso(page.get("updated_on")),
    }
    return stated(data)


def stated(data: Mapping) -> dict:
    """:return: the same without what is empty"""
    return {name: value for name, value in data.items() if value}


def iso(day) -> str:
    """:param day: a date, or one written as ``2026-11-23``"""
    return str(day) if day else ""


def text_of(page: Mapping, code: str) -> str:
    """:return: what the page says of an item, in one text"""
    for row in page.get("rows") or ():
        if row["code"] == code:
            return "\n".join(str(line) for line in row["lines"])
    return ""


def code_of(page: Mapping) -> str:
    certification = page.get("certification")
    return certification["code"] if certification else ""


def description(page: Mapping) -> str:
    """:return: what one can do in the end, else for whom it is, else its title"""
    objectives = " ; ".join(page.get("objectives") or ())
    text = objectives or text_of(page, "audience") or page["name"]
    return text[:DESCRIPTION_LETTERS]


def provider(page: Mapping, base: str) -> dict:
    company = page["company"]
    return stated(
        {
            "@type": "EducationalOrganization",
            "name": company["name"],
            "url": base,
            "sameAs": company.get("website") or base,
            "email": company.get("email"),
            "telephone": company.get("phone"),
        }
    )


def offer(page: Mapping, base: str) -> dict:
    """A price on request is still an offer that is paid for, without a price."""
    data = {"@type": "Offer", "category": "Paid", "url": f"{base}{page['request_url']}"}
    if page.get("price") and page.get("currency"):
        data |= {"price": amount(page["price"]), "priceCurrency": page["currency"]}
    return data


def amount(price: float) -> str:
    """:return: with a point and without useless zeros"""
    return f"{price:.2f}".removesuffix(".00")


def duration(page: Mapping) -> str:
    """:return: ISO 8601, from the hours, else from the days; "" for neither"""
    minutes = round((page.get("duration_hours") or 0) * 60)
    if minutes:
        hours, rest = divmod(minutes, 60)
        return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    days = page.get("duration_days") or 0
    return f"P{days:g}D" if days else ""


def instances(page: Mapping, base: str, lang: str) -> list[dict]:
    """:return: one for each session; without any, how it is delivered all the same"""
    common = stated(
        {
            "@type": "CourseInstance",
            "courseMode": MODES.get(page.get("mode_code") or ""),
            "courseWorkload": duration(page),
            "inLanguage": lang,
        }
    )
    sessions = page.get("sessions") or ()
    return [common | instance(each, page, base) for each in sessions] or [common]


def instance(session: Mapping, page: Mapping, base: str) -> dict:
    data = {
        "name": session.get("name"),
        "startDate": iso(session["begin"]),
        "endDate": iso(session["end"]),
        "location": location(session, page, base),
    }
    if session.get("seats") is not None:
        data["offers"] = offer(page, base) | {
            "url": f"{base}{session['request_url']}",
            "availability": "https://schema.org/"
            + ("SoldOut" if session["full"] else "InStock"),
        }
    return stated(data)


def location(session: Mapping, page: Mapping, base: str) -> dict:
    if session.get("online"):
        return {"@type": "VirtualLocation", "url": f"{base}{page['url']}"}
    place = session.get("place")
    if not place:
        return {}
    return {"@type": "Place", "name": place, "address": place}


def audience(page: Mapping) -> dict:
    text = text_of(page, "audience")
    return {"@type": "Audience", "audienceType": text} if text else {}


def credential(page: Mapping) -> dict:
    """:return: the certification that it leads to, under its exact title"""
    certification = page.get("certification")
    if not certification:
        return {}
    certifier = certification.get("certifier")
    return stated(
        {
            "@type": "EducationalOccupationalCredential",
            "name": certification.get("title"),
            "identifier": certification.get("code"),
            "url": certification.get("link"),
            "recognizedBy": certifier and {"@type": "Organization", "name": certifier},
        }
    )
