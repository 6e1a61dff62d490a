"""What a document, or a check, may be about."""

SCOPES = [
    ("company", "Company"),
    ("site", "Site"),
    ("program", "Programme"),
    ("session", "Session"),
    ("learner", "Learner"),
    ("trainer", "Trainer"),
    ("subcontractor", "Subcontractor"),
]
# The field of a document that names the record it is about.
SCOPE_FIELDS = {
    "company": "company_id",
    "site": "site_id",
    "program": "program_id",
    "session": "event_id",
    "learner": "registration_id",
    "trainer": "trainer_id",
    "subcontractor": "subcontractor_id",
}
SCOPE_MODELS = {
    "company": "res.company",
    "site": "qualiopi.site",
    "program": "qualiopi.program",
    "session": "event.event",
    "learner": "event.registration",
    "trainer": "qualiopi.trainer",
    "subcontractor": "qualiopi.subcontractor",
}
