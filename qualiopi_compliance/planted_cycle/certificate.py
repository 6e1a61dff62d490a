"""The certificate, its copies, and the audit that comes next."""

from datetime import timedelta

from odoo.fields import Command

from .corrections import lift
from .papers import photo, screenshot, sheet

WEBSITE = "https://www.horizon-competences.example"


def certify(story, cycle, audit):
    """The certificate arrives and is displayed; later a minor one is lifted too."""
    day = story.obtained_on
    company = story.company
    audit.decided_on = day
    if not company.website:
        company.website = WEBSITE
    certificate = story.env["ir.attachment"].create(
        {
            "name": "Certificat.pdf",
            "raw": sheet(
                "Certificat (spécimen)",
                company.name,
                "Actions de formation",
                f"Valable du {day:%d/%m/%Y}, pour trois ans",
            ),
            "res_model": cycle._name,
            "res_id": cycle.id,
            "mimetype": "application/pdf",
        }
    )
    cycle._enter(
        "certified",
        number=f"CTF-{day:%Y}-0417",
        first_day=day,
        attachment_ids=[Command.set(certificate.ids)],
    )
    display(story, cycle)
    [minor] = audit.nonconformity_ids.filtered(lambda row: row.number == 9)
    lift(
        story,
        minor,
        story.from_certificate(88),
        story.from_certificate(97),
        "Accusés de réception du règlement intérieur",
        "Deux sessions à distance : quatorze accusés sur quatorze.",
    )


def display(story, cycle):
    """Where the certificate was seen, with a photo of each copy."""
    places = [
        {"where": "site", "site_id": site.id, "photo": photo()}
        for site in cycle.site_ids
    ]
    website = f"{cycle.company_id.website}/qualite"
    places.append({"where": "website", "url": website, "photo": screenshot()})
    for rank, place in enumerate(places):
        story.model("qualiopi.certificate.display").create(
            {
                "certification_id": cycle.id,
                "seen_on": story.from_certificate(5 + 4 * rank),
                **place,
            }
        )


def plan_surveillance(story, cycle):
    """:return: the surveillance audit, planned, with its plan in the calendar"""
    cycle._enter("surveillance")
    audit = story.model("qualiopi.audit").create(
        {
            "kind": "surveillance",
            "company_id": story.company.id,
            "certification_id": cycle.id,
            "user_id": story.manager.id,
            "date_begin": story.surveillance_on,
            "mode": "remote",
            "place": "https://visio.certifolia.example/horizon",
            "site_ids": [Command.set(cycle.site_ids[:1].ids)],
            "auditor_ids": [Command.set(cycle.certifier_id.child_ids.ids)],
        }
    )
    audit.action_propose_plan()
    talks = audit.agenda_ids.filtered(lambda line: line.kind == "indicators")
    for line in talks:
        if not line.partner_ids:
            line.partner_ids = story.manager.partner_id
    talks[-1:].partner_ids |= story.contributor.partner_id
    audit.action_invite()
    audit.action_plan_preparation()
    return audit


def note_changes(story):
    """Two changes of the company: one declared, one that is to be."""
    model = story.model("qualiopi.declaration")
    moved = story.ago(200)
    model.create(
        {
            "name": "Déménagement de la salle de Grenoble",
            "company_id": story.company.id,
            "user_id": story.manager.id,
            "changed_on": moved,
            "declared_on": story.working_day(moved + timedelta(days=20)),
            "certifier_told_on": story.working_day(moved + timedelta(days=20)),
        }
    )
    model.create(
        {
            "name": "Nouvelle gérante",
            "company_id": story.company.id,
            "user_id": story.manager.id,
            "changed_on": story.ago(16),
        }
    )
