from odoo.tests import tagged

from .audit_common import AuditCase
from .common import DAY_2019, DAY_2026
from .finding_common import RENEWAL, SURVEILLANCE, TODAY

# Order of 6 June 2019, art. 5: partial respect is major already.
MAJOR_ONLY = {4, 5, 6, 7, 10, 11, 14, 15, 16, 20, 21, 22, 26, 27, 29, 31, 32}
# Art. 2 adds these at the surveillance audit, and 3 for those concerned.
MINIMUM = MAJOR_ONLY | {1, 17, 19}
# What applies to training actions only, without subcontractors nor certifications.
PLAIN = {1, 2, 4, 5, 6, 8, 9, 10, 11, 17, 18, 19, 21, 22, 23, 24, 25, 26, 30, 31, 32}


@tagged("post_install", "-at_install")
class TestAuditScope(AuditCase):
    """Which indicators each kind of audit looks at, for companies as they are."""

    def certify(self, cycle=None, first_day="2025-04-01"):
        (cycle or self.cycle).write({"first_day": first_day, "number": "C 1"})

    def surveillance(self, **vals):
        return self.new_audit("surveillance", SURVEILLANCE, opened=False, **vals)

    def test_initial_looks_at_all_that_applies(self):
        audit = self.new_audit("initial", TODAY, opened=False)
        self.assertEqual(self.asked(audit), PLAIN)
        self.assertEqual(self.reasons(audit, 1), ["every_applicable"])
        self.assertEqual(self.reasons(audit, 29), ["not_applicable"])
        self.assertEqual(self.asked(audit, "unsettled"), {12})

    def test_its_day_decides_the_framework(self):
        before = self.new_audit("initial", DAY_2019, opened=False)
        after = self.new_audit("initial", DAY_2026, opened=False)
        self.assertEqual(before.framework_id, self.framework(2019))
        self.assertEqual(after.framework_id, self.framework(2026))
        self.assertEqual(set(before.item_ids.mapped("number")), set(range(1, 33)))
        self.assertEqual(set(after.item_ids.mapped("number")), set(range(1, 34)))
        # an audit over both days is of the day on which it begins
        both = self.new_audit("initial", DAY_2019, opened=False, date_end=DAY_2026)
        self.assertEqual(both.framework_id, self.framework(2019))
        # moved over the line, it follows
        before.date_begin = DAY_2026
        self.assertEqual(len(before.item_ids), 33)
        after.date_begin = DAY_2019
        self.assertEqual(len(after.item_ids), 32)
        self.assertNotEqual(
            self.item(before, 1).statement, self.item(after, 1).statement
        )

    def test_the_checklist_of_the_day_is_of_the_same_framework(self):
        for day, year in ((DAY_2019, 2019), (DAY_2026, 2026)):
            audit = self.new_audit("mock", day)
            with self.subTest(day=day):
                self.assertEqual(audit.checklist_id.framework_id, self.framework(year))
                self.assertEqual(
                    audit.item_ids.line_id.requirement_id.framework_id,
                    self.framework(year),
                )

    def test_surveillance_looks_at_the_minimum(self):
        self.closed_audit()
        self.certify()
        audit = self.surveillance()
        self.assertEqual(self.asked(audit), PLAIN & MINIMUM)
        self.assertEqual(self.reasons(audit, 4), ["surveillance_minimum"])
        self.assertEqual(self.reasons(audit, 9), ["not_in_minimum"])
        self.assertIn("art. 2", str(audit.other_checks))
        self.assertIn("major", str(audit.other_checks))

    def test_surveillance_looks_at_3_where_it_concerns(self):
        # VAE always leads to a certification
        self.declare(self.company, "VAE", in_last_bpf=True)
        self.closed_audit()
        self.certify()
        audit = self.surveillance()
        self.assertIn(3, self.asked(audit))
        self.assertEqual(self.reasons(audit, 3), ["surveillance_concerned"])

    def test_former_nonconformities_are_looked_at(self):
        self.closed_audit(findings=[(9, "minor"), (18, "remark"), (4, "major")])
        self.certify()
        audit = self.surveillance()
        self.assertEqual(self.asked(audit), PLAIN & MINIMUM | {9})
        self.assertEqual(self.reasons(audit, 9), ["former_nonconformity"])
        self.assertEqual(
            self.reasons(audit, 4), ["surveillance_minimum", "former_nonconformity"]
        )

    def test_those_of_the_initial_audit_are_not_forgotten_after_a_follow_up(self):
        self.closed_audit(findings=[(9, "minor"), (4, "major")])
        follow_up = self.closed_audit("follow_up", "2025-05-05")
        self.certify()
        audit = self.surveillance()
        self.assertEqual(audit.previous_id, follow_up)
        self.assertEqual(self.reasons(audit, 9), ["former_nonconformity"])

    def test_new_entrants_are_looked_at_in_full(self):
        self.company.qualiopi_company_category_ids.write(
            {"new_entrant_override": "yes", "new_entrant_reason": "First year"}
        )
        self.closed_audit()
        self.certify()
        audit = self.surveillance()
        self.assertEqual(self.asked(audit), PLAIN)
        self.assertEqual(self.reasons(audit, 9), ["audited_as_new_entrant"])
        self.assertIn("AFC", self.item(audit, 9).reason_text)

    def test_new_entrants_of_one_category_only(self):
        self.declare(
            self.company,
            "CFA",
            new_entrant_override="yes",
            new_entrant_reason="Begun this year",
        )
        self.closed_audit()
        self.certify()
        audit = self.surveillance()
        # 13 applies to apprenticeship, 9 to both
        self.assertEqual(self.reasons(audit, 13), ["audited_as_new_entrant"])
        self.assertIn("CFA", self.item(audit, 9).reason_text)
        self.assertNotIn("AFC", self.item(audit, 9).reason_text)

    def test_a_follow_up_looks_at_what_is_open(self):
        first = self.closed_audit(findings=[(9, "minor"), (4, "major"), (18, "remark")])
        nc = self.nc(first, 9)
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        audit = self.new_audit("follow_up", TODAY, opened=False)
        self.assertEqual(audit.previous_id, first)
        self.assertEqual(self.asked(audit), {4})
        self.assertEqual(self.reasons(audit, 9), ["no_open_nonconformity"])
        self.assertEqual(audit.stands_for, "initial")

    def test_a_second_follow_up_goes_on_with_the_first(self):
        self.closed_audit(findings=[(4, "major")])
        self.closed_audit("follow_up", "2025-05-05")
        audit = self.new_audit("follow_up", TODAY, opened=False)
        self.assertEqual(self.asked(audit), {4})

    def test_what_is_lifted_while_it_is_planned_is_left_out(self):
        first = self.closed_audit(findings=[(4, "major")])
        audit = self.new_audit("follow_up", TODAY, opened=False)
        nc = self.nc(first, 4)
        nc.evidence_ids = self.new_evidence()
        nc.action_lift()
        self.assertEqual(self.asked(audit), {4})
        audit.action_compute_scope()
        self.assertFalse(self.asked(audit))

    def test_one_that_no_longer_applies_is_to_be_settled(self):
        declared = self.declare(self.company, "CFA", in_last_bpf=True)
        self.closed_audit(findings=[(29, "major")])
        self.certify()
        declared.active = False
        audit = self.surveillance()
        self.assertEqual(self.item(audit, 29).asked, "unsettled")
        self.assertEqual(self.reasons(audit, 29), ["no_longer_applies"])

    def test_an_extension_looks_at_the_new_category(self):
        self.certify()
        self.declare(self.company, "CFA")
        audit = self.new_audit(
            "extension", TODAY, opened=False, category_ids=self.category("CFA").ids
        )
        self.assertIn(29, self.asked(audit))
        self.assertIn(1, self.asked(audit))
        self.assertEqual(self.reasons(audit, 29), ["new_category"])
        self.assertIn("CFA", self.item(audit, 29).reason_text)
        audit.category_ids = self.category("BC")
        self.assertNotIn(29, self.asked(audit))
        self.assertEqual(self.reasons(audit, 29), ["other_categories"])
        # not for skills assessments
        self.assertEqual(self.reasons(audit, 8), ["other_categories"])

    def test_a_category_asked_for_before_it_is_declared(self):
        self.certify()
        audit = self.new_audit(
            "extension", TODAY, opened=False, category_ids=self.category("BC").ids
        )
        self.assertIn(1, self.asked(audit))
        self.assertIn("Declare", audit.warning_text)

    def test_renewal_looks_at_all_and_at_the_corrections(self):
        self.closed_audit()
        self.certify()
        self.closed_audit("surveillance", SURVEILLANCE, findings=[(1, "minor")])
        following = self.new_cycle(previous_id=self.cycle.id)
        audit = self.new_audit(
            "renewal", RENEWAL, opened=False, certification_id=following.id
        )
        self.assertEqual(self.asked(audit), PLAIN)
        self.assertEqual(
            self.reasons(audit, 1), ["every_applicable", "former_corrections"]
        )
        self.assertEqual(self.reasons(audit, 4), ["every_applicable"])

    def test_rehearsals_look_at_all_unless_fewer_are_chosen(self):
        for kind in ("internal", "mock"):
            audit = self.new_audit(kind, TODAY, opened=False)
            with self.subTest(kind=kind):
                self.assertEqual(self.asked(audit), PLAIN)
                self.assertEqual(self.reasons(audit, 1), ["every_applicable_rehearsal"])

    def test_rehearsals_are_no_audits_before(self):
        first = self.closed_audit(findings=[(9, "minor")])
        self.closed_audit("mock", "2025-06-02", findings=[(18, "minor")])
        self.certify()
        audit = self.surveillance()
        self.assertEqual(audit.previous_id, first)
        self.assertEqual(self.reasons(audit, 18), ["not_in_minimum"])

    def test_another_company_is_another_story(self):
        self.closed_audit(findings=[(9, "minor")])
        self.declare(self.other_company, "BC", in_last_bpf=True)
        cycle = self.env["qualiopi.certification"].create(
            {"company_id": self.other_company.id}
        )
        audit = self.env["qualiopi.audit"].create(
            {
                "company_id": self.other_company.id,
                "kind": "surveillance",
                "date_begin": SURVEILLANCE,
                "certification_id": cycle.id,
            }
        )
        self.assertFalse(audit.previous_id)
        self.assertEqual(self.reasons(audit, 9), ["not_in_minimum"])
        self.assertEqual(self.reasons(audit, 8), ["not_applicable"])
