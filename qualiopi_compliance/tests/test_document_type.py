from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .evidence_common import EvidenceCase

SCOPES = (
    "company",
    "site",
    "program",
    "session",
    "learner",
    "trainer",
    "subcontractor",
)


@tagged("post_install", "-at_install")
class TestDocumentType(EvidenceCase):
    """Types: shipped for all, or a company's own."""

    def shipped(self):
        return self.env["qualiopi.document.type"].search([("company_id", "=", False)])

    def own(self, **vals):
        return (
            self.env["qualiopi.document.type"]
            .with_user(self.manager)
            .create({"name": "Charter of tutors", "scope": "trainer", **vals})
        )

    def test_shipped_ones_say_what_they_show(self):
        shipped = self.shipped()
        self.assertGreaterEqual(len(shipped), 40)
        self.assertEqual(set(shipped.mapped("scope")), set(SCOPES))
        for kind in shipped:
            with self.subTest(code=kind.code):
                self.assertTrue(kind.indicator_ids)
                self.assertTrue(kind.help)
                self.assertTrue(kind.code)

    def test_what_is_printed_has_its_type(self):
        codes = set(self.shipped().mapped("code"))
        for name, document in self.env.registry.items():
            if not name.startswith("report.qualiopi_compliance."):
                continue
            code = getattr(document, "_evidence_type", None)
            with self.subTest(report=name):
                self.assertIn(code or "meeting_minutes", codes)
        self.assertIn("council_minutes", codes)

    def test_shipped_ones_do_not_change(self):
        kind = self.kind("lease").with_user(self.manager)
        for vals in ({"name": "x"}, {"validity_months": 6}, {"active": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError) as caught:
                kind.write(vals)
            self.assertIn("Duplicate it", caught.exception.args[0])
        with self.assertRaises(AccessError):
            kind.unlink()
        with self.assertRaises(AccessError):
            self.own(company_id=False)

    def test_a_copy_is_the_companys_own(self):
        copy = self.kind("lease").with_user(self.manager).copy()
        self.assertEqual(copy.company_id, self.company)
        self.assertEqual(copy.name, "Lease or rental agreement (copy)")
        self.assertFalse(copy.code)
        self.assertEqual(copy.indicator_ids, self.kind("lease").indicator_ids)
        copy.validity_months = 36

    def test_a_used_one_is_archived(self):
        kind = self.own()
        evidence = self.new_evidence("cv", type_id=kind.id)
        self.assertEqual(kind.evidence_count, 1)
        with self.assertRefused("archive it", UserError):
            kind.unlink()
        with self.assertRefused("cannot change", UserError):
            kind.scope = "company"
        kind.action_archive()
        self.assertEqual(evidence.type_id, kind)
        found = evidence.search(kind.action_open_documents()["domain"])
        self.assertEqual(found, evidence)
        self.own(name="Unused").unlink()

    def test_not_another_companys(self):
        kind = self.own()
        with self.assertRaises(UserError):
            self.env["qualiopi.evidence"].create(
                {
                    "name": "x",
                    "company_id": self.other_company.id,
                    "type_id": kind.id,
                }
            )

    def test_good_for_a_number_of_months(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.own(validity_months=-1)
            self.env.flush_all()
