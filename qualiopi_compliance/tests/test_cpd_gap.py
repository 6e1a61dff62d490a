import logging

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .cpd_common import CpdCase

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestCpdTarget(CpdCase):
    def test_calendar_year_by_default(self):
        form = Form(self.env["qualiopi.cpd.target"].with_user(self.manager))
        form.amount = 14
        target = form.save()
        self.assertEqual(str(target.date_from), "2026-01-01")
        self.assertEqual(str(target.date_to), "2026-12-31")
        self.assertEqual(target.name, "Development 2026")
        self.assertEqual(target.measure, "hours")
        self.assertEqual(target.company_id, self.company)

    def test_a_cycle_names_both_years(self):
        target = self.new_target(date_from="2026-01-01", date_to="2028-12-31")
        self.assertEqual(target.name, "Development 2026–2028")
        target.name = "Our cycle"
        target.date_to = "2029-12-31"
        self.assertEqual(target.name, "Our cycle")

    def test_no_number_is_proposed(self):
        self.assertFalse(Form(self.env["qualiopi.cpd.target"]).amount)

    def test_amount_is_more_than_nothing(self):
        for amount in (0, -3):
            with self.subTest(amount=amount), self.assertRefused("more than 0"):
                self.new_target(amount=amount)

    def test_activities_are_counted_whole(self):
        with self.assertRefused("a whole number"):
            self.new_target(measure="count", amount=2.5)
        self.new_target(measure="count", amount=2)
        self.new_target(measure="hours", amount=2.5)

    def test_period_that_ends_before_it_begins(self):
        with self.assertRefused("ends before it begins"):
            self.new_target(date_from="2026-06-01", date_to="2026-05-31")

    def test_copy_is_for_the_period_that_follows(self):
        for first, last, expected in (
            ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
            ("2026-01-01", "2028-12-31", ("2029-01-01", "2031-12-31")),
        ):
            copy = self.new_target(date_from=first, date_to=last).copy()
            with self.subTest(first=first, last=last):
                self.assertEqual((str(copy.date_from), str(copy.date_to)), expected)
                self.assertIn(expected[0][:4], copy.name)
        chosen = self.new_target().copy({"date_to": "2026-06-30"})
        self.assertEqual(str(chosen.date_from), "2026-01-01")


@tagged("post_install", "-at_install")
class TestCpdGap(CpdCase):
    def values(self, target, trainer=None):
        row = self.gap(target, trainer or self.outsider)
        return [row.achieved, row.validated, row.planned, row.gap, row.to_plan]

    def test_hours(self):
        target = self.new_target()
        self.assertEqual(self.values(target), [0, 0, 0, 20, 20])
        self.new_activity(name="Done", state="done", hours=6.5)
        self.new_activity(name="Validated", state="validated", hours=3)
        self.new_activity(name="Planned", hours=4)
        self.assertEqual(self.values(target), [9.5, 3, 4, 10.5, 6.5])
        self.assertFalse(self.gap(target, self.outsider).reached)

    def test_gap_is_never_negative(self):
        target = self.new_target(amount=5)
        self.new_activity(state="done", hours=4)
        self.new_activity(name="Planned", hours=4)
        self.assertEqual(self.values(target), [4, 0, 4, 1, 0])
        self.new_activity(name="More", state="done", hours=4)
        self.assertEqual(self.values(target), [8, 0, 4, 0, 0])
        self.assertTrue(self.gap(target, self.outsider).reached)

    def test_rejected_counts_for_nothing(self):
        target = self.new_target()
        activity = self.new_activity(state="done")
        activity.write({"state": "rejected", "rejection_reason": "No"})
        self.assertEqual(self.values(target), [0, 0, 0, 20, 20])

    def test_number_of_activities(self):
        target = self.new_target(measure="count", amount=2)
        self.new_activity(state="validated", hours=40, date_end="2026-05-15")
        self.new_activity(name="Planned")
        self.assertEqual(self.values(target), [1, 1, 1, 1, 0])

    def test_kind(self):
        target = self.new_target(activity_kind="exchange")
        self.new_activity(state="done")
        self.new_activity(state="done", kind="exchange", hours=2, name="Peers")
        self.assertEqual(self.values(target)[0], 2)

    def test_first_and_last_day_of_the_period_count(self):
        target = self.new_target(date_from="2026-02-01", date_to="2026-02-28")
        for number, day in enumerate(
            ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")
        ):
            self.new_activity(name=day, date=day, state="done", hours=10**number / 100)
        self.assertAlmostEqual(self.values(target)[0], 1.1)

    def test_whatever_its_source(self):
        target = self.new_target(amount=60)
        self.new_line()
        self.attend(self.insider)
        self.new_activity(self.insider, state="done")
        # the line is the same course as the activity
        self.assertEqual(self.values(target, self.insider), [42, 35, 0, 18, 18])

    def test_asked_of_one_status(self):
        target = self.new_target(trainer_kind="employee")
        self.assertTrue(self.gap(target, self.insider))
        self.assertFalse(self.gap(target, self.outsider))

    def test_who_is_asked(self):
        target = self.new_target(date_from="2025-01-01", date_to="2025-12-31")
        for state, left_on, asked in (
            ("active", False, True),
            ("suspended", False, True),
            ("draft", False, False),
            ("left", False, False),
            ("left", "2025-12-31", False),
            ("left", "2026-01-01", True),
        ):
            self.outsider.write({"state": state, "left_on": left_on})
            with self.subTest(state=state, left_on=left_on):
                self.assertEqual(bool(self.gap(target, self.outsider)), asked)
        # he left after the period: archived or not, he was there
        self.outsider.active = False
        self.assertTrue(self.gap(target, self.outsider))
        self.outsider.write({"state": "active", "left_on": False})
        self.assertFalse(self.gap(target, self.outsider))

    def test_archived_target_asks_nothing(self):
        target = self.new_target()
        target.active = False
        self.assertFalse(self.gap(target, self.outsider))

    def test_each_company_for_itself(self):
        theirs = self.new_trainer("Theirs", self.other_company)
        target = self.new_target()
        self.assertFalse(self.gap(target, theirs))
        other = self.new_target(company_id=self.other_company.id)
        self.assertEqual(self.gap(other, theirs).company_id, self.other_company)
        self.assertFalse(self.gap(other, self.outsider))

    def test_totals_of_the_company(self):
        target = self.new_target(amount=10)
        self.new_activity(state="done", hours=4)
        self.new_activity(self.insider, state="done", hours=12)
        self.forget()
        [group] = (
            self.env["qualiopi.cpd.gap"]
            .with_user(self.manager)
            .formatted_read_group(
                [("target_id", "=", target.id)],
                ["company_id"],
                ["amount:sum", "achieved:sum", "gap:sum"],
            )
        )
        # what one did too much does not make up for the others
        self.assertEqual(group["amount:sum"], 30)
        self.assertEqual(group["achieved:sum"], 16)
        self.assertEqual(group["gap:sum"], 16)
        self.assertEqual((target.person_count, target.short_count), (3, 2))

    def test_rows_have_an_identity_of_their_own(self):
        targets = self.new_target() | self.new_target(measure="count")
        rows = self.env["qualiopi.cpd.gap"].search([("target_id", "in", targets.ids)])
        self.assertEqual(len(rows), 6)
        self.assertEqual(len(set(rows.ids)), 6)
        for row in rows:
            again = self.env["qualiopi.cpd.gap"].browse(row.id)
            self.forget()
            self.assertEqual(again.target_id, row.target_id)
            self.assertIn(again.trainer_id.name, again.display_name)

    def test_row_opens_what_he_did_in_the_period(self):
        target = self.new_target(activity_kind="course")
        inside = self.new_activity(state="done")
        self.new_activity(name="Before", state="done", date="2025-05-11")
        self.new_activity(name="Book", state="done", kind="reading")
        row = self.gap(target, self.outsider).with_user(self.manager)
        action = row.action_open_ledger()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.activity_id, inside)
        action = target.with_user(self.manager).action_open_gaps()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.target_id, target)

    def test_each_sees_his_own(self):
        target = self.new_target()
        self.forget()
        gaps = self.env["qualiopi.cpd.gap"]
        self.assertEqual(
            gaps.with_user(self.contributor).search([]).trainer_id, self.own
        )
        self.assertEqual(len(gaps.with_user(self.internal_auditor).search([])), 3)
        self.assertFalse(gaps.with_user(self.other_manager).search([]))
        for user in (self.plain, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                gaps.with_user(user).search([])
        other = self.gap(target, self.outsider).with_user(self.contributor)
        with self.assertRaises(AccessError):
            other.action_open_ledger()


@tagged("post_install", "-at_install")
class TestCpdVolume(CpdCase):
    """What is read for 500 trainers costs as many queries as for 50."""

    def more_trainers(self, count):
        """Trainers with an activity, a course on the résumé and a session attended."""
        known = self.env["res.partner"].search_count([("name", "=like", "Volume %")])
        names = [f"Volume {known + number}" for number in range(count)]
        employees = self.env["hr.employee"].create(
            [{"name": name, "company_id": self.company.id} for name in names]
        )
        trainers = self.env["qualiopi.trainer"].create(
            [
                {
                    "partner_id": employee.work_contact_id.id,
                    "employee_id": employee.id,
                    "company_id": self.company.id,
                    "state": "active",
                    "user_id": False,
                }
                for employee in employees
            ]
        )
        self.env["qualiopi.cpd.activity"].create(
            [
                {
                    "trainer_id": trainer.id,
                    "name": "Assessing skills",
                    "date": "2026-05-11",
                    "hours": 7,
                    "state": "done",
                }
                for trainer in trainers
            ]
        )
        self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": trainer.employee_id.id,
                    "name": "Another course",
                    "line_type_id": self.training.id,
                    "date_start": "2026-04-01",
                    "duration": 4,
                }
                for trainer in trainers
            ]
        )
        self.env["event.registration"].create(
            [
                {
                    "event_id": self.session.id,
                    "partner_id": trainer.partner_id.id,
                    "name": trainer.name,
                    "state": "done",
                    "qualiopi_override_reason": "Ours",
                }
                for trainer in trainers
            ]
        )
        return trainers

    def read_all(self, name):
        records = self.env[name].with_user(self.manager)
        specification = {
            field: (
                {"fields": {"display_name": {}}}
                if records._fields[field].type == "many2one"
                else {}
            )
            for field in self.form_fields(records, None, "list")
        }
        return records.web_search_read([], specification)

    def test_fixed_number_of_queries(self):
        self.new_target()
        self.new_target(measure="count", amount=2)
        # core sends mails for each registration: none of our business here
        self.env = self.env(context={**self.env.context, "event_lead_rule_skip": True})
        self.more_trainers(50)
        models = ("qualiopi.cpd.ledger", "qualiopi.cpd.gap")
        for name in models:
            self.read_all(name)
        few = {name: self.queries(lambda n=name: self.read_all(n)) for name in models}
        rows = {name: self.read_all(name)["length"] for name in models}
        trainers = self.more_trainers(450)
        many = {name: self.queries(lambda n=name: self.read_all(n)) for name in models}
        _logger.info("Development of 50 and 500 trainers: %s, %s queries", few, many)
        self.assertEqual(few, many)
        self.assertEqual(rows, {models[0]: 150, models[1]: 106})
        self.assertEqual(self.read_all(models[0])["length"], 1500)
        self.assertEqual(self.read_all(models[1])["length"], 1006)

        def facts(records):
            records.with_user(self.manager).mapped("cpd_hours")

        facts(trainers[:50])
        self.assertEqual(
            self.queries(lambda: facts(trainers[:50])),
            self.queries(lambda: facts(trainers)),
        )
