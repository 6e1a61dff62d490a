from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .evidence_common import TODAY, EvidenceCase


@tagged("post_install", "-at_install")
class TestEvidenceVersion(EvidenceCase):
    """Each version supersedes the one before, from its own date, and both stay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.new_valid(name="Rules 2025", effective_on="2025-01-01")

    def next(self, former, day, **vals):
        action = former.action_new_version()
        values = {
            name.removeprefix("default_"): value
            for name, value in action["context"].items()
        }
        values.pop("indicator_ids")
        return self.new_evidence(
            **values | {"effective_on": day, "code": "house_rules"} | vals
        )

    def test_the_newer_one_holds_from_its_own_date(self):
        second = self.next(self.first, "2026-01-01", name="Rules 2026")
        self.assertEqual(second.version, 2)
        self.assertFalse(self.first.superseded_by_id)
        second.action_validate()
        self.assertEqual(self.first.superseded_by_id, second)
        self.assertEqual(str(self.first.superseded_on), "2026-01-01")
        self.assertEqual(self.first.state, "validated")
        for day, held in (
            ("2025-12-31", self.first),
            ("2026-01-01", second),
        ):
            with self.on(day):
                found = self.env["qualiopi.evidence"].search(
                    [
                        ("id", "in", (self.first | second).ids),
                        ("validity", "in", ("valid", "soon")),
                    ]
                )
                self.assertEqual(found, held, day)

    def test_the_new_version_takes_over_what_it_is_about(self):
        former = self.new_valid("lesson_plan", name="Plan")
        with Form(
            self.env["qualiopi.evidence"]
            .with_user(self.manager)
            .with_context(**former.action_new_version()["context"])
        ) as form:
            form.url = "https://example.com/plan"
        evidence = form.record
        self.assertEqual(evidence.previous_id, former)
        self.assertEqual(evidence.program_id, self.program)
        self.assertEqual(evidence.type_id, former.type_id)
        self.assertEqual(evidence.name, "Plan")
        self.assertEqual(evidence.indicator_ids, former.indicator_ids)

    def test_dated_before_the_former_one_is_warned_about(self):
        second = self.next(self.first, "2024-06-01")
        self.assertIn("before the version it supersedes", second.warning)
        second.action_validate()
        self.assertEqual(str(self.first.superseded_on), "2025-01-01")
        second = self.next(self.new_valid(effective_on="2025-01-01"), "2025-01-01")
        self.assertFalse(second.warning)

    def test_only_one_newer_version(self):
        one = self.next(self.first, "2026-01-01", name="One")
        two = self.next(self.first, "2026-02-01", name="Two")
        one.action_validate()
        with self.assertRefused("“One”.*superseded already", UserError):
            two.action_validate()
        with self.assertRefused("superseded by “One”", UserError):
            self.first.action_new_version()
        two.previous_id = one
        two.action_validate()
        self.assertEqual(two.version, 3)
        self.assertEqual(two._versions(), self.first | one | two)
        self.assertEqual(self.first.version_count, 3)

    def test_a_chain_is_validated_in_order(self):
        two = self.next(self.first, "2026-01-01", name="Two")
        three = self.new_evidence(name="Three", previous_id=two.id)
        with self.assertRefused("not validated itself", UserError):
            three.action_validate()
        (three | two).action_validate()
        self.assertEqual(two.superseded_by_id, three)
        self.assertEqual(self.first.superseded_by_id, two)

    def test_no_version_of_itself(self):
        draft = self.new_evidence(name="A")
        other = self.new_evidence(name="B", previous_id=draft.id)
        for evidence, former in ((draft, draft), (draft, other)):
            with self.assertRefused("a version of itself"):
                evidence.previous_id = former

    def test_nor_of_a_document_about_something_else(self):
        former = self.new_valid("cv")
        partner = self.env["res.partner"].create({"name": "Other"})
        other = self.trainer.copy({"partner_id": partner.id})
        with self.assertRefused("one cannot be a version of the other"):
            self.new_evidence("cv", other, previous_id=former.id)

    def test_what_holds_already_is_proposed(self):
        draft = self.new_evidence(name="Rules 2026")
        self.assertEqual(draft.possible_previous_id, self.first)
        draft.action_supersede()
        self.assertEqual(draft.previous_id, self.first)
        self.assertFalse(draft.possible_previous_id)
        draft.action_validate()
        self.assertEqual(self.first.superseded_by_id, draft)
        elsewhere = self.new_evidence("cv")
        self.assertFalse(elsewhere.possible_previous_id)

    def test_warnings_on_dates(self):
        with self.on(TODAY):
            later = self.new_evidence(effective_on="2026-11-24")
            self.assertIn("counts from that day", later.warning)
            over = self.new_evidence(
                effective_on="2026-01-01", valid_until="2026-11-22"
            )
            self.assertIn("ran out on", over.warning)
            today = self.new_evidence(effective_on=TODAY, valid_until=TODAY)
            self.assertFalse(today.warning)

    def test_the_buttons_open_what_they_say(self):
        second = self.next(self.first, "2026-01-01")
        action = second.action_open_versions()
        found = self.env["qualiopi.evidence"].search(action["domain"])
        self.assertEqual(found, self.first | second)
