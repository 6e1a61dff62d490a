from odoo.fields import Command

from .session_common import SessionCase

PDF = b"%PDF-1.4\n1 0 obj\n"
TODAY = "2026-11-23"


class EvidenceCase(SessionCase):
    """Records that documents are about, and documents of a few types."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.site = cls.env["qualiopi.site"].create(
            {"name": "Lyon", "company_id": cls.company.id}
        )
        cls.alice, cls.bruno = cls.new_learners(cls.session, 2)
        cls.alice.name, cls.bruno.name = "Alice Petit", "Bruno Roy"
        cls.trainer = cls.env["qualiopi.trainer"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "Nadia"}).id,
                "company_id": cls.company.id,
                "kind": "volunteer",
                "user_id": False,
            }
        )
        cls.firm = cls.env["qualiopi.subcontractor"].create(
            {
                "partner_id": cls.env["res.partner"]
                .create({"name": "Atelier Dupont", "is_company": True})
                .id,
                "company_id": cls.company.id,
            }
        )
        cls.holders = {
            "company": cls.company,
            "site": cls.site,
            "program": cls.program,
            "session": cls.session,
            "learner": cls.alice,
            "trainer": cls.trainer,
            "subcontractor": cls.firm,
        }

    @classmethod
    def kind(cls, code):
        return cls.env.ref(f"qualiopi_compliance.document_type_{code}")

    @classmethod
    def new_file(cls, name="proof.pdf", content=PDF, user=None):
        """:return: a file as the upload of a form sends it"""
        files = cls.env["ir.attachment"].with_user(user or cls.manager)
        return files.create(
            {
                "name": name,
                "raw": content,
                "res_model": "qualiopi.evidence",
                "res_id": 0,
            }
        )

    @classmethod
    def new_evidence(cls, code="house_rules", record=None, user=None, **vals):
        """:return: a draft with one file, about the company by default"""
        kind = cls.kind(code)
        evidence = cls.env["qualiopi.evidence"].with_user(user or cls.manager)
        record = record or cls.holders[kind.scope]
        vals = {
            **evidence._about_values(record),
            "type_id": kind.id,
            "effective_on": "2026-01-15",
            **vals,
        }
        if not {"attachment_ids", "url"} & vals.keys():
            name = f"{vals.get('name', code)}.pdf"
            file = cls.new_file(name, PDF + name.encode(), user)
            vals["attachment_ids"] = [Command.link(file.id)]
        return evidence.create(vals)

    @classmethod
    def new_valid(cls, code="house_rules", record=None, **vals):
        """:return: a validated document"""
        evidence = cls.new_evidence(code, record, **vals)
        evidence.action_validate()
        return evidence
