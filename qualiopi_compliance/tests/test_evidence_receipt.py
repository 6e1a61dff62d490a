from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .evidence_common import TODAY, EvidenceCase


@tagged("post_install", "-at_install")
class TestEvidenceReceipt(EvidenceCase):
    """To whom a version was given, when, and whether it was acknowledged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.new_valid(name="House rules", effective_on="2026-01-01")
        cls.nadia = cls.trainer.partner_id
        cls.coming = cls.new_session("2027-01-04", "2027-01-08", name="January")
        cls.chloe, cls.dan = cls.new_learners(cls.coming, 2)

    def give(self, evidence, user=None, **chosen):
        action = evidence.with_user(user or self.event_user).action_give()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.event_user)
            .with_context(**action["context"])
        )
        form = Form(wizard)
        for name, records in chosen.items():
            if name == "given_on":
                form.given_on = records
                continue
            for record in records:
                form[name].add(record)
        return form.save()

    def receipts(self, evidence):
        return self.env["qualiopi.learner.document"].search(
            [("evidence_id", "=", evidence.id)]
        )

    def new_rules(self, day="2026-06-01"):
        evidence = self.new_evidence(
            name="House rules 2", effective_on=day, previous_id=self.rules.id
        )
        evidence.action_validate()
        return evidence

    def test_given_to_the_learners_of_a_session_and_to_others(self):
        wizard = self.give(
            self.rules,
            event_ids=self.session,
            partner_ids=self.nadia,
            given_on="2026-03-02",
        )
        self.assertEqual((wizard.new_count, wizard.already_count), (3, 0))
        wizard.action_confirm()
        given = self.receipts(self.rules)
        self.assertEqual(given.registration_id, self.alice | self.bruno)
        self.assertEqual(given.partner_id, self.nadia)
        self.assertEqual({str(day) for day in given.mapped("given_on")}, {"2026-03-02"})
        self.assertEqual(given.company_id, self.company)
        self.assertEqual(set(given.mapped("name")), {"House rules"})
        self.assertEqual(set(given.mapped("version")), {"1"})
        self.assertEqual(self.rules.given_count, 3)
        self.assertIn(given[0], self.rules.given_ids)

    def test_who_has_this_version_is_left_out(self):
        self.give(self.rules, registration_ids=self.alice).action_confirm()
        wizard = self.give(self.rules, event_ids=self.session)
        self.assertEqual((wizard.new_count, wizard.already_count), (1, 1))
        wizard.action_confirm()
        self.assertEqual(len(self.receipts(self.rules)), 2)
        with self.assertRefused("have this version already", UserError):
            self.give(self.rules, event_ids=self.session).action_confirm()
        with self.assertRefused("Choose sessions", UserError):
            self.give(self.rules).action_confirm()

    def test_learners_who_are_not_enrolled_are_left_out(self):
        self.bruno.state = "cancel"
        self.give(self.rules, event_ids=self.session).action_confirm()
        self.assertEqual(self.receipts(self.rules).registration_id, self.alice)

    def test_acknowledged_for_several_at_once(self):
        self.give(self.rules, event_ids=self.session).action_confirm()
        given = self.receipts(self.rules).with_user(self.event_user)
        given.write({"given_on": "2026-03-02", "acknowledged_on": "2026-03-03"})
        self.assertEqual(self.rules.acknowledged_count, 2)
        with self.assertRefused("acknowledged before it was given"):
            given.acknowledged_on = "2026-03-01"

    def test_only_what_holds_is_given(self):
        draft = self.new_evidence(name="Draft")
        with self.assertRefused("does not hold", UserError):
            draft.action_give()
        with self.assertRefused("not validated yet", ValidationError):
            self.env["qualiopi.learner.document"].create(
                {"registration_id": self.alice.id, "evidence_id": draft.id}
            )
        self.new_rules()
        with self.assertRefused("does not hold", UserError):
            self.rules.action_give()

    def test_who_has_only_an_older_version(self):
        """Learners whose session is over are left alone."""
        with self.on(TODAY):
            self.give(
                self.rules, event_ids=self.session | self.coming, partner_ids=self.nadia
            ).action_confirm()
            newer = self.new_rules()
            self.forget()
            outdated = newer._outdated_receipts()
            self.assertEqual(outdated.registration_id, self.chloe | self.dan)
            self.assertEqual(outdated.partner_id, self.nadia)
            self.assertEqual(newer.outdated_count, 3)
            found = outdated.search([("outdated", "=", True)])
            self.assertEqual(found, outdated)
            rest = outdated.search([("outdated", "=", False)])
            self.assertEqual(rest & outdated, outdated.browse())
            self.assertTrue(all(outdated.mapped("outdated")))
            action = newer.with_user(self.event_user).action_give_newer()
            wizard = self.env[action["res_model"]].with_user(self.event_user)
            wizard = Form(wizard.with_context(**action["context"])).save()
            wizard.action_confirm()
            self.forget()
            self.assertEqual(newer.outdated_count, 0)
            self.assertFalse(outdated.search([("outdated", "=", True)]))

    def test_who_has_a_later_one_is_up_to_date(self):
        with self.on(TODAY):
            self.give(self.rules, partner_ids=self.nadia).action_confirm()
            second = self.new_rules()
            self.give(second, partner_ids=self.nadia).action_confirm()
            self.forget()
            self.assertEqual(second.outdated_count, 0)

    def test_nobody_before_the_newer_one_holds(self):
        with self.on(TODAY):
            self.give(self.rules, partner_ids=self.nadia).action_confirm()
            newer = self.new_rules("2026-11-24")
            self.forget()
            self.assertEqual(newer.outdated_count, 0)
        with self.on("2026-11-24"):
            self.assertEqual(newer.outdated_count, 1)

    def test_picked_on_the_learners_file(self):
        learner = self.alice.with_user(self.event_user)
        learner.write(
            {
                "qualiopi_document_ids": [
                    Command.create({"evidence_id": self.rules.id}),
                    Command.create({"name": "Leaflet", "version": "2025-3"}),
                ]
            }
        )
        given = learner.qualiopi_document_ids
        given.write({"version": "7", "given_on": "2026-03-01"})
        self.assertEqual(
            {(row.name, row.version) for row in given},
            {("House rules", "1"), ("Leaflet", "7")},
        )
        self.assertEqual(self.rules.given_count, 1)

    def test_to_a_learner_or_to_somebody_else(self):
        Receipt = self.env["qualiopi.learner.document"]
        for vals in (
            {},
            {"registration_id": self.alice.id, "partner_id": self.nadia.id},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                Receipt.create({"name": "x", **vals})
                self.env.flush_all()

    def test_once_each(self):
        vals = {"evidence_id": self.rules.id, "partner_id": self.nadia.id}
        Receipt = self.env["qualiopi.learner.document"]
        Receipt.create(vals)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            Receipt.create(vals)
            self.env.flush_all()

    def test_of_the_same_company(self):
        foreign = self.env["qualiopi.evidence"].create(
            {
                "name": "Theirs",
                "company_id": self.other_company.id,
                "type_id": self.kind("house_rules").id,
                "url": "https://example.com",
            }
        )
        foreign.sudo()._validate(self.other_manager)
        with self.assertRaises(UserError):
            self.env["qualiopi.learner.document"].create(
                {"registration_id": self.alice.id, "evidence_id": foreign.id}
            )

    def test_who_may_write_it_down(self):
        for user in (self.contributor, self.internal_auditor, self.plain):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.rules.with_user(user).action_give()
        self.give(self.rules, self.manager, event_ids=self.session).action_confirm()
        given = self.receipts(self.rules)
        self.assertTrue(given.with_user(self.internal_auditor).read(["holder"]))
        self.give(self.rules, self.manager, partner_ids=self.nadia).action_confirm()
        everybody = self.receipts(self.rules)
        seen = everybody.with_user(self.desk).search([("id", "in", everybody.ids)])
        self.assertEqual(seen, given)

    def test_what_was_given_is_kept_with_the_document(self):
        self.give(self.rules, partner_ids=self.nadia).action_confirm()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.receipts(self.rules).partner_id.unlink()
            self.env.flush_all()
