from datetime import timedelta

from odoo.fields import Date
from odoo.tests import tagged

from .evidence_common import TODAY, EvidenceCase

STATES = ("later", "valid", "soon", "over", "superseded")


@tagged("post_install", "-at_install")
class TestEvidenceValidity(EvidenceCase):
    """When a document counts, on the screen and for the collectors; who is reminded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.qualiopi_expiry_days = 90
        today = Date.to_date(TODAY)

        def on(days):
            return today + timedelta(days=days)

        cls.cases = {
            "later": cls.dated(on(1)),
            "first day": cls.dated(on(0)),
            "for ever": cls.dated(on(-400)),
            "last day": cls.dated(on(-30), on(0)),
            "day after": cls.dated(on(-30), on(-1)),
            "at the horizon": cls.dated(on(-30), on(90)),
            "beyond it": cls.dated(on(-30), on(91)),
        }
        cls.expected = {
            "later": "later",
            "first day": "valid",
            "for ever": "valid",
            "last day": "soon",
            "day after": "over",
            "at the horizon": "soon",
            "beyond it": "valid",
        }

    @classmethod
    def dated(cls, day, until=False):
        return cls.new_valid(effective_on=day, valid_until=until)

    def test_on_the_very_day_and_the_day_after(self):
        with self.on(TODAY):
            for name, evidence in self.cases.items():
                with self.subTest(name=name):
                    self.assertEqual(evidence.validity, self.expected[name])

    def test_searched_as_shown(self):
        everything = self.env["qualiopi.evidence"].search(
            [("company_id", "=", self.company.id)]
        )
        for day in (TODAY, "2026-11-22", "2027-02-21", "2027-02-22", "2027-02-23"):
            with self.on(day):
                for state in STATES:
                    found = everything.search(
                        [("validity", "=", state), ("id", "in", everything.ids)]
                    )
                    shown = everything.filtered(
                        lambda row, state=state: row.validity == state
                    )
                    self.assertEqual(found, shown, (day, state))

    def test_the_collectors_count_the_same(self):
        for day in (TODAY, "2026-11-24", "2027-02-21", "2027-02-22"):
            with self.on(day):
                reading = self.company._qualiopi_reading(Date.to_date(day))
                rows = self.env.execute_query(
                    self.env["qualiopi.collector"]._held(reading, "company")
                )
                counted = len(
                    [
                        kind
                        for row in rows
                        if row[0] == self.company.id
                        for kind in row[1]
                    ]
                )
                shown = [
                    evidence
                    for evidence in self.cases.values()
                    if evidence.validity in ("valid", "soon")
                ]
                self.assertEqual(counted, len(shown), day)

    def test_only_what_is_validated(self):
        draft = self.new_evidence()
        self.assertFalse(draft.validity)
        found = self.env["qualiopi.evidence"].search([("validity", "=", False)])
        self.assertIn(draft, found)
        self.assertNotIn(self.cases["later"], found)

    def test_each_company_announces_as_long_ahead_as_it_wants(self):
        with self.on(TODAY):
            self.company.qualiopi_expiry_days = 10
            self.forget()
            evidence = self.cases["at the horizon"]
            self.assertEqual(evidence.validity, "valid")
            found = evidence.search([("validity", "=", "soon")])
            self.assertNotIn(evidence, found)

    def reminded(self):
        with self.on(TODAY):
            return {
                each.record: each
                for each in self.company._qualiopi_reminders(Date.to_date(TODAY))
                if each.record._name == "qualiopi.evidence"
            }

    def test_the_owner_is_reminded_of_what_runs_out(self):
        ending = self.cases["last day"]
        ending.user_id = self.contributor
        reminded = self.reminded()
        self.assertEqual(
            set(reminded),
            {self.cases[name] for name in ("last day", "day after", "at the horizon")},
        )
        self.assertEqual(reminded[ending].user, self.contributor)
        self.assertEqual(str(reminded[ending].due), TODAY)

    def test_and_not_of_what_was_renewed_or_filed_away(self):
        ending, past = self.cases["last day"], self.cases["day after"]
        self.new_valid(previous_id=ending.id)
        past.action_archive()
        self.assertEqual(set(self.reminded()), {self.cases["at the horizon"]})

    def test_nor_of_what_is_about_nothing_any_more(self):
        adjustment = self.new_valid("adjustment_plan", self.bruno, valid_until=TODAY)
        self.assertIn(adjustment, self.reminded())
        self.bruno.unlink()
        self.assertNotIn(adjustment, self.reminded())

    def test_the_reminder_is_given_once_and_settled(self):
        ending = self.cases["last day"]
        with self.on(TODAY):
            Reminder = self.env["qualiopi.reminder"]
            for _night in range(2):
                reminders = self.company._qualiopi_reminders(Date.to_date(TODAY))
                Reminder._remind(reminders)
            self.assertEqual(len(ending.activity_ids), 1)
            self.new_valid(previous_id=ending.id)
            reminders = self.company._qualiopi_reminders(Date.to_date(TODAY))
            self.company._qualiopi_settle(reminders)
            self.assertFalse(ending.activity_ids)
